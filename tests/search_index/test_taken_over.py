"""What did not change is taken over from the index before, and no answer tells."""

import os
from dataclasses import replace
from functools import partial
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition.records import Field, IndexedDocument
from search_index import segments
from search_index.known import read_known
from search_index.query import parse
from search_index.reader import Index
from search_index.writer import write_index

from .conftest import FIELDS, PASSAGES, documents_of
from .test_agreement import Searched, _known, check


def called(id, document):
    """A document with the same passages under another id."""
    return tuple(replace(each, passage=replace(each.passage, document=id)) for each in document)


def _small():
    for id, group in groupby(PASSAGES, key=lambda each: each.passage.document):
        passages = tuple(group)
        for number in range(0, len(passages), 2):
            yield called(f"{id}-{number}", passages[number : number + 2])


DOCUMENTS = tuple(_small())


@pytest.fixture(scope="module", autouse=True)
def small_segments():
    """The corpus of the tests is small, and should have several segments all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments, "LEAST", 100)
        patch.setattr(segments, "MOST", 250)
        yield


def numbered(documents):
    """The passages of some documents by their numbers."""
    return [replace(each, number=number) for number, each in enumerate((each for some in documents for each in some), 1)]


def write(folder, documents, before=None, fields=FIELDS):
    """An index of some documents."""
    write_index(folder, fields, handed_over(documents), before, jobs=1)
    return folder


def handed_over(documents, asked=None):
    """Some documents as a build hands them over, those without passages too; which are asked for is written to ``asked``."""
    given = []
    for number, each in enumerate(documents):
        (document,) = documents_of(each) or (IndexedDocument(f"empty-{number}", "", "", 0, 0, tuple),)
        given.append(document if asked is None else replace(document, passages=partial(_noted, asked, document)))
    return given


def _noted(asked, document):
    asked.append(document.id)
    return document.passages()


def altered(document, text):
    """The document with another text in its last passage."""
    *rest, last = document
    return (*rest, replace(last, passage=replace(last.passage, text=text)))


def taken(folder, before):
    """The segments that two indexes have in common, and those that one has alone."""
    own = {path.name for path in folder.glob("*.trm")}
    common = {name for name in own if (before / name).exists() and (before / name).samefile(folder / name)}
    return common, own - common


def answers(folder):
    """What an index says to some queries, and all it knows of words."""
    index = Index(folder)
    queries = ("", "tokayev", "the OR der OR la", '"the strikes"', "s* -strike", "tokaev~", "person:Brien", "date:2011..2022")
    found = [index.find(parse(query), sort=sort) for query in queries for sort in ("relevance", "document", "date")]
    index.close()
    return found, read_known(folder).lexicons


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The index of all documents."""
    return write(tmp_path_factory.mktemp("before") / "index", DOCUMENTS)


EDITS = st.lists(st.tuples(st.sampled_from("craemt"), st.integers(0, 20), st.sampled_from(PASSAGES)), min_size=1, max_size=4)


def edited(documents, edits):
    """Documents with some added, changed, emptied, removed, put elsewhere, and given twice under two names."""
    documents = list(documents)
    for count, (what, place, each) in enumerate(edits):
        place %= len(documents) + 1
        there = documents[place : place + 1]
        new = f"new-{len(documents)}-{count}"
        match what:
            case "a":
                documents.insert(place, called(new, [each]))
            case "c":
                documents[place : place + 1] = [altered(some, each.passage.text) for some in there if some]
            case "e":
                documents[place : place + 1] = [() for _ in there]
            case "t":
                documents += [called(new, some) for some in there]
            case _:
                del documents[place : place + 1]
                documents[:0] = there if what == "m" else []
    return documents


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=EDITS, second=EDITS, random=st.randoms(use_true_random=True))
def test_an_index_that_takes_over_answers_as_one_that_does_not(before, tmp_path_factory, first, second, random):
    here = tmp_path_factory.mktemp("edited")
    once = edited(DOCUMENTS, first)
    twice = edited(once, second)
    rebuilt = write(here / "twice", twice, write(here / "once", once, before))
    assert answers(rebuilt) == answers(write(here / "fresh", twice))
    if numbered(twice):
        searched = Searched(Index(rebuilt), numbered(twice), _known)
        for _ in range(5):
            check(searched, searched.query(random), searched.filters(random), random.choice(("relevance", "date")))
        searched.index.close()


def test_passages_are_asked_for_only_where_a_segment_is_new(before, tmp_path):
    asked = []
    write_index(tmp_path / "same", FIELDS, handed_over(DOCUMENTS, asked), before, jobs=1)
    assert asked == []
    write_index(tmp_path / "more", FIELDS, handed_over([called("new", DOCUMENTS[0]), *DOCUMENTS], asked), before, jobs=1)
    assert "new" in asked
    assert len(asked) < len(DOCUMENTS)


def test_a_document_larger_than_a_segment_is_cut_up_and_read_once(tmp_path):
    long = called("long", [each for some in DOCUMENTS for each in some])
    asked = []
    documents = [*DOCUMENTS[:2], long, *DOCUMENTS[2:]]
    write_index(tmp_path / "long", FIELDS, handed_over(documents, asked), jobs=1)
    assert asked == [each.id for each in handed_over(documents)]
    changed = [altered(DOCUMENTS[0], "Another text."), *documents[1:]]
    del asked[:]
    write_index(tmp_path / "changed", FIELDS, handed_over(changed, asked), tmp_path / "long", jobs=1)
    assert "long" not in asked
    assert answers(tmp_path / "changed") == answers(write(tmp_path / "fresh", changed))


def test_a_changed_document_changes_its_segment_and_seldom_another(before, tmp_path):
    assert len(list(before.glob("*.trm"))) > 6
    made = 0
    for number, document in enumerate(DOCUMENTS):
        some = [*DOCUMENTS[:number], altered(document, "Another text."), *DOCUMENTS[number + 1 :]]
        common, own = taken(write(tmp_path / str(number), some, before), before)
        assert common
        made += len(own)
    assert made <= 2 * len(DOCUMENTS)


def test_documents_before_and_behind_leave_the_others_in_their_segments(before, tmp_path):
    new = called("new", DOCUMENTS[0])
    for name, some in (("before", [new, *DOCUMENTS]), ("behind", [*DOCUMENTS, new]), ("without", DOCUMENTS[1:])):
        common, own = taken(write(tmp_path / name, some, before), before)
        assert len(common) > len(own)


@pytest.mark.parametrize("suffix", [".trm", ".pst", ".made", ".words"])
def test_a_damaged_segment_is_written_anew_and_the_damaged_one_left_alone(tmp_path, suffix):
    before = write(tmp_path / "before", DOCUMENTS)
    path = sorted(before.glob(f"*{suffix}"))[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x55
    path.write_bytes(content)
    gone = sorted(before.glob(f"*{suffix}"))[1]
    gone.unlink()
    rebuilt = write(tmp_path / "rebuilt", DOCUMENTS, before)
    assert answers(rebuilt) == answers(write(tmp_path / "fresh", DOCUMENTS))
    assert len(taken(rebuilt, before)[1]) == 2
    assert path.read_bytes() == content
    assert not gone.exists()


@pytest.mark.parametrize("name", ["sums", "known"])
def test_sums_that_are_damaged_or_gone_are_added_up_anew(tmp_path, name):
    before = write(tmp_path / "before", DOCUMENTS)
    fresh = answers(write(tmp_path / "fresh", DOCUMENTS[1:]))
    content = bytearray((before / name).read_bytes())
    for share in (0.1, 0.5, 0.9):
        changed = content[:]
        changed[int(len(content) * share)] ^= 0x55
        (before / name).write_bytes(changed)
        assert answers(write(tmp_path / f"{name} {share}", DOCUMENTS[1:], before)) == fresh
    (before / name).unlink()
    assert answers(write(tmp_path / "gone", DOCUMENTS[1:], before)) == fresh


def test_how_a_word_is_written_most_often_is_counted_through_all_segments(tmp_path):
    texts = [f"{text} {'and so on ' * 20}" for text in ("Oil, Oil, Oil", "oil, oil", "oil, oil")]
    documents = [altered(called(f"d{number}", DOCUMENTS[0][:1]), text) for number, text in enumerate(texts)]
    folder = write(tmp_path / "all", documents)
    assert len(list(folder.glob("*.trm"))) == len(documents)
    assert spelled(folder, "oil") == "oil"
    assert spelled(write(tmp_path / "fewer", documents[:2], folder), "oil") == "Oil"


def spelled(folder, form):
    """How a word is written in what an index offers."""
    index = Index(folder)
    ((spelling, _),) = index.beginning(form, 1)
    index.close()
    return spelling


def test_without_an_index_before_everything_is_written(tmp_path, before):
    assert answers(write(tmp_path / "index", DOCUMENTS, tmp_path / "nowhere")) == answers(before)


def test_other_fields_and_other_software_make_other_segments(tmp_path, before, monkeypatch):
    more = write(tmp_path / "more", DOCUMENTS, before, (*FIELDS, Field("hand", "", "keyword")))
    assert not taken(more, before)[0]
    monkeypatch.setattr(segments, "_software", lambda: "another version")
    assert not taken(write(tmp_path / "other", DOCUMENTS, before), before)[0]


def test_where_files_cannot_be_linked_they_are_copied(tmp_path, before, monkeypatch):
    def link(*_paths):
        raise OSError("not here")

    monkeypatch.setattr(os, "link", link)
    rebuilt = write(tmp_path / "index", DOCUMENTS, before)
    assert not taken(rebuilt, before)[0]
    assert {path.name for path in rebuilt.glob("*.trm")} == {path.name for path in before.glob("*.trm")}
    assert answers(rebuilt) == answers(before)


def test_an_index_outlives_the_one_it_took_over_from(tmp_path):
    before = write(tmp_path / "before", DOCUMENTS)
    rebuilt = write(tmp_path / "rebuilt", DOCUMENTS, before)
    expected = answers(before)
    for path in before.iterdir():
        path.unlink()
    assert answers(rebuilt) == expected
