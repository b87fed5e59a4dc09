"""The index against a plain scan over the passages: same passages, same counts, same facets, for every operator."""

import re
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from edition.build import build
from edition.catalogue import Catalogue
from edition.settings import read
from edition.snapshot import current
from search_index.entries import Names
from search_index.marks import matches
from search_index.query import parse, resolved
from search_index.reader import Index
from search_index.tree import And
from search_index.words import words
from search_index.writer import write_index
from tests.plain import PLAIN

from .conftest import PASSAGES
from .plain_scan import Numbered, PlainScan, counts, earliest, kept, values

NAMED = ("person", "place", "organisation", "event", "work")
VALUED = ("document", "collection", *NAMED, "kind", "language", "year")
MORE = ("strike", "work", "tuer", "haus", "книга", "3000", "the", "o’brien", "a", "1")
DAYS = ("2011", "2022-01", "2022-01-05", "2022-01-06", "1899-12-31", "-0044-03-15", "0100", "1991", "1300", "1912")


class Searched:
    """Some passages with their index, and queries that may find something in them."""

    def __init__(self, index: Index, passages, lookup) -> None:
        self.index = index
        self.lookup = lookup
        self.scan = PlainScan(passages)
        passages = self.scan.passages
        texts = [text for each in passages for text in (each.passage.text, *each.passage.fields.get("received", ()))]
        self._rows = [row for text in texts if (row := _typed(text))]
        self._words = sorted({word for row in self._rows for word in row})
        found = {(field, value) for each in passages for field in VALUED for value in values(each, field)}
        self._values = sorted(found | {(field, "nowhere") for field in VALUED})

    def asked(self, query: str):
        """The query as understood here."""
        return resolved(parse(query), self.lookup)

    def query(self, random: Random, depth: int = 2) -> str:
        """A query of any operators, at most so deep."""
        match random.randrange(8) if depth else 0:
            case 1 | 2:
                return f"({' '.join(self.query(random, depth - 1) for _ in range(random.randint(2, 3)))})"
            case 3 | 4:
                return f"({' OR '.join(self.query(random, depth - 1) for _ in range(random.randint(2, 3)))})"
            case 5:
                return random.choice(("-", "NOT ")) + self.query(random, depth - 1)
            case 6:
                return self.condition(random)
            case _:
                return self.leaf(random)

    def leaf(self, random: Random) -> str:
        """A word, a phrase or words near each other."""
        match random.randrange(6):
            case 0:
                return f'="{self._together(random)}"'
            case 1:
                return f'"{self._together(random)}"'
            case 2:
                apart = self._together(random).split()
                random.shuffle(apart)
                return f'"{" ".join(apart)}"~{random.randint(1, 9)}'
            case 3:
                return f"={self._word(random)}"
            case _:
                return self._item(random)

    def condition(self, random: Random) -> str:
        """A field with a value that some passage has, or none; or dates."""
        match random.randrange(5):
            case 0:
                return f"date:{random.choice(DAYS)}"
            case 1:
                return f"date:{random.choice(('', random.choice(DAYS)))}..{random.choice(DAYS)}"
            case _:
                field = random.choice([field for field in VALUED if field != "year"])
                value = random.choice([value for name, value in self._values if name == field])
                return f'{"in" if field == "kind" else field}:"{value}"'

    def filters(self, random: Random) -> dict[str, list[str]]:
        """What a result is narrowed to."""
        chosen: dict[str, list[str]] = {}
        for _ in range(random.choice((0, 0, 1, 2, 3))):
            field, value = random.choice([each for each in self._values if each[0] in self.index.fields])
            chosen.setdefault(field, []).append(value)
        dated = random.choice(((), (), ("from",), ("to",), ("from", "to")))
        return chosen | {end: [random.choice(DAYS)] for end in dated}

    def _word(self, random: Random) -> str:
        """A word of the passages, or a piece of one."""
        word = random.choice(random.choice(self._rows)) if random.random() < 0.5 else random.choice(self._words)
        start = random.randrange(len(word))
        piece = _typed(word[start : start + 4]) or [word]
        return random.choice((word, word, word.upper(), piece[0], random.choice(MORE)))

    def _item(self, random: Random) -> str:
        """A word as each operator has it."""
        word = self._word(random)
        place = random.randrange(len(word))
        before, letter, behind = word[:place], word[place], word[place + 1 :]
        wild = (f"{word}*", f"*{word}", f"{before}*{behind}a", f"{before}?{behind}a", f"a*?{behind}", f"{before}*")
        spoilt = (f"{before}{behind}a", f"{before}{behind[:1]}{letter}{behind[1:]}", f"{before}x{behind}")
        return random.choice((word, random.choice(wild), f"{random.choice(spoilt)}~"))

    def _together(self, random: Random) -> str:
        """Words that stand together, or nearly, or do not."""
        row = random.choice(self._rows)
        start = random.randrange(len(row))
        found = row[start : start + random.randint(2, 4)]
        for place in range(len(found)):
            if random.random() < 0.2:
                found[place] = self._item(random)
        return " ".join(found if len(found) > 1 else [*found, self._item(random)])


def _typed(text: str) -> list[str]:
    """The words of a text as a reader may type them, without signs that mean something in a query."""
    typed = (re.sub(r'[()*"“”„«»?~=:「」『』]', "", word).lstrip("-").lower() for word in text.split())
    return [word for word in typed if words(word, "")]


def check(searched: Searched, query: str, filters, sort: str) -> None:
    asked = searched.asked(query)
    found = searched.index.find(asked, filters, per_page=None, sort=sort)
    numbers = [hit.number for hit in found.hits]
    matching = searched.scan.matching(asked.tree)
    there = kept(matching, filters)
    assert found.complete
    assert sorted(numbers) == [each.number for each in there]
    assert (found.total, found.documents) == (len(there), len({each.passage.document for each in there}))
    if sort == "relevance":
        assert searched.index.find(asked, filters, per_page=None).hits == found.hits
    else:
        assert numbers == [each.number for each in sorted(there, key=earliest if sort == "date" else lambda each: each.number)]
    for field, listed, number in found.facets:
        counted = counts(kept(matching, filters, but=field), field)
        commonest = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:20]
        chosen = set(filters.get(field, ())) - {value for value, _ in commonest}
        assert list(listed[: len(commonest)]) == commonest
        assert dict(listed[len(commonest) :]) == {value: counted[value] for value in chosen}
        assert number == len(counted)


def agree(searched: Searched, examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.randoms(use_true_random=True))
    def compare(random):
        query, filters = searched.query(random), searched.filters(random)
        note(f"{query} {filters}")
        check(searched, query, filters, random.choice(("relevance", "relevance", "document", "date")))

    compare()


def mark(searched: Searched, examples: int) -> None:
    """What is found is marked and what is marked is found."""

    @settings(max_examples=examples, deadline=None)
    @given(st.randoms(use_true_random=True))
    def compare(random):
        query = searched.leaf(random)
        note(query)
        asked = searched.asked(query)
        found = {hit.number for hit in searched.index.find(asked, per_page=None).hits}
        if asked.tree is not None and not isinstance(asked.tree, And):  # of its words some are marked where not all are found
            assert found == {each.number for each in searched.scan.passages if _is_marked(asked, each)}

    compare()


def _is_marked(query, each: Numbered) -> bool:
    passage = each.passage
    return any(matches(query, text, passage.language) for text in (passage.text, *passage.fields.get("received", ())))


def _known(name: str, text: str):
    """In the small corpus everything is called as it is."""
    field = "kind" if name == "in" else name
    there = any(text in values(each, field) for each in PASSAGES)
    return ((text,) if there else ()), text


@pytest.fixture(scope="module")
def small(index):
    return Searched(index, PASSAGES, _known)


def searched_in(out):
    """What was built there."""
    snapshot = current(out)
    catalogue = Catalogue(snapshot.catalogue)
    named = {number: list(rows) for number, rows in groupby(catalogue.all_named(), key=itemgetter(0))}
    collections = {document.id: document.collection for document in catalogue.listing()}
    passages = [Numbered(number, passage, collections[passage.document]) for number, passage in catalogue.all_passages()]
    passages = [replace(each, named=_by_kind(named.get(each.number, ()))) for each in passages]
    return Searched(Index(snapshot.index), passages, Names(catalogue).lookup)


def _by_kind(rows):
    return {kind: tuple(key for _, other, key in rows if other == kind) for kind in NAMED}


@pytest.fixture(scope="module")
def ours(edition):
    return searched_in(edition.out)


@pytest.fixture(scope="module")
def many_languages(shared, tmp_path_factory):
    """Short texts of many editions, in ten languages and more."""
    here = tmp_path_factory.mktemp("languages")
    for folder in sorted((shared / "corpora").iterdir()):
        short = sorted(path for path in folder.rglob("*.xml") if path.stat().st_size < 25_000)
        for path in short[:2]:
            target = here / "tei" / "documents" / folder.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    out = read(here, {"out": str(here / "build")}, PLAIN)
    build(out, write_index, jobs=2)
    return searched_in(out.out)


def test_the_index_agrees_with_a_plain_scan_over_a_small_corpus(small):
    agree(small, 600)


def test_the_index_agrees_with_a_plain_scan_over_our_texts(ours):
    agree(ours, 200)


def test_the_index_agrees_with_a_plain_scan_over_texts_in_many_languages(many_languages):
    assert len({each.passage.language for each in many_languages.scan.passages}) >= 8
    agree(many_languages, 100)


def test_what_is_found_is_marked_and_what_is_marked_is_found(small, ours):
    mark(small, 400)
    mark(ours, 100)


def test_what_is_found_in_many_languages_is_marked(many_languages):
    mark(many_languages, 60)


def test_every_word_in_many_languages_is_found_where_it_stands(many_languages):
    for each in many_languages.scan.passages:
        written = {word.lower() for word in each.passage.text.split()}
        for word in sorted(written & set(_typed(each.passage.text)))[::5]:
            found = many_languages.index.find(parse(word), per_page=None, facet_values=1)
            assert each.number in {hit.number for hit in found.hits}, word
