"""What fields of a query stand for in an edition, and which entries its words name."""

import pytest

from edition.catalogue import Catalogue, Shelved, Writing, rows
from edition.records import Document, Entry, Mention, Passage
from search_index.entries import MOST_NAMED, Names
from search_index.query import parse, resolved
from search_index.tree import And, Values, Word

ENTRIES = (
    ("a.xml", "kjt", "person", "Tokayev, Kassym-Jomart", ("Tokayev, Kassym-Jomart", "Қасым-Жомарт Тоқаев")),
    ("a.xml", "nn", "person", "Nazarbayev, Nursultan", ("Nazarbayev, Nursultan",)),
    ("a.xml", "zh", "place", "Zhanaozen", ("Zhanaozen", "Janaozen", "Жаңаөзен")),
    ("a.xml", "alm", "place", "Almaty", ("Almaty", "Alma-Ata")),
    ("a.xml", "kz", "place", "Kazakhstan", ("Kazakhstan",)),
    ("b.xml", "kz", "place", "Kazakh SSR", ("Kazakh SSR",)),
    ("a.xml", "strike", "event", "Strike and killings at Zhanaozen in 2011", ("Strike and killings at Zhanaozen in 2011",)),
    ("a.xml", "bg", "organisation", "British Gas", ("British Gas",)),
    *(("a.xml", f"union{number}", "organisation", f"Union {number}", (f"Union {number}",)) for number in range(MOST_NAMED + 1)),
    ("a.xml", "nameless", "work", "", ()),
)
DOCUMENTS = (("fire", "fire.xml", "The Fire spreads"), ("l.fire", "l/fire.xml", "A Letter"), ("l.x.y", "l/x/y.xml", "Y"))


def write(path, shelved):
    """A catalogue of these documents."""
    with Writing(path, [each.document.id for each in shelved]) as writing:
        for each in shelved:
            writing.add(each.document.id, rows(each))
        writing.settle()


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names of a small edition."""
    path = tmp_path_factory.mktemp("names") / "catalogue.sqlite"
    entries = [Entry(file, key, kind, "", name, names) for file, key, kind, name, names in ENTRIES]
    languages = {"fire": ("en", "note"), "l.fire": ("en-GB", "editorial"), "l.x.y": ("de", "quote")}
    shelved = [
        Shelved("documents", Document(id, source, title), source, (Passage(id, "p", kind, "", language, "words"),), (), ())
        for (id, source, title), (language, kind) in zip(DOCUMENTS, languages.values(), strict=True)
    ]
    registers = [
        Shelved("registers", Document(file, file, file), file, (), [each for each in entries if each.file == file], ())
        for file in ("a.xml", "b.xml")
    ]
    write(path, [*shelved, *registers])
    catalogue = Catalogue(path)
    yield Names(catalogue)
    catalogue.close()


@pytest.mark.parametrize(
    ("name", "text", "values", "label"),
    [
        ("person", "kjt", ("kjt",), "Tokayev, Kassym-Jomart"),
        ("person", "tokayev", ("kjt",), "Tokayev, Kassym-Jomart"),
        ("person", "Kassym-Jomart Tokayev", ("kjt",), "Tokayev, Kassym-Jomart"),
        ("person", "Тоқаев", ("kjt",), "Tokayev, Kassym-Jomart"),
        ("person", "tok?yev", ("kjt",), "Tokayev, Kassym-Jomart"),
        ("person", "*bayev", ("nn",), "Nazarbayev, Nursultan"),
        ("person", "Tokay", (), "“Tokay”"),
        ("person", "Almaty", (), "“Almaty”"),
        ("person", "?!", (), "“?!”"),
        ("place", "Alma-Ata", ("alm",), "Almaty"),
        ("place", "janaozen", ("zh",), "Zhanaozen"),
        ("place", "a*", ("alm",), "Almaty"),
        ("place", "kz", ("kz",), "Kazakhstan"),
        ("place", "kz~2", ("kz~2",), "Kazakh SSR"),
        ("place", "kazakh*", ("kz", "kz~2"), "Kazakhstan or Kazakh SSR"),
        ("organisation", "union 3", ("union3",), "Union 3"),
        ("organisation", "union", tuple(f"union{number}" for number in range(MOST_NAMED + 1)), "any of the 6 called “union”"),
        ("work", "nameless", ("nameless",), "nameless"),
        ("document", "fire", ("fire",), "“The Fire spreads”"),
        ("document", "spreads", ("fire",), "“The Fire spreads”"),
        ("document", "FIRE", ("fire", "l.fire"), "“The Fire spreads” or “A Letter”"),
        ("collection", "l", ("l",), "“l”"),
        ("collection", "x", ("l/x",), "“l/x”"),
        ("collection", "l/x", ("l/x",), "“l/x”"),
        ("collection", "fire", (), "“fire”"),
        ("in", "note", ("note",), "notes"),
        ("in", "Footnotes", ("note",), "notes"),
        ("in", "editors' notes", ("editorial",), "editors’ notes"),
        ("in", "quotation", ("quote",), "quotations"),
        ("in", "headings", (), "“headings”"),
        ("language", "en", ("en", "en-GB"), "English"),
        ("language", "EN_gb", ("en-GB",), "English"),
        ("language", "English", ("en", "en-GB"), "English"),
        ("language", "german", ("de",), "German"),
        ("language", "fr", (), "“fr”"),
    ],
)
def test_a_field_stands_for_what_the_edition_has_of_this_key_or_name(names, name, text, values, label):
    assert names.lookup(name, text) == (values, label)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("Zhanaozen", ["zh"]),
        ("janaozen strike", ["zh"]),
        ("Tokayev", ["kjt"]),
        ("kassym tokayev", ["kjt"]),
        ('gas "Nursultan Nazarbayev"', ["bg", "nn"]),
        ("=almaty OR gas", ["alm", "bg"]),
        ("alma* OR tokaev~", []),
        ("NOT Zhanaozen", []),
        ("union", []),
        ("union 3", ["union3"]),
        ("strike", []),
        ("Strike and killings at Zhanaozen", ["strike"]),
        ("at in note:", []),
        ("", []),
    ],
)
def test_words_that_are_a_good_part_of_a_name_name_the_entry(names, query, keys):
    assert [each.key for each in names.named_by(parse(query).tree)] == keys


def test_a_query_is_resolved_with_the_names_of_an_edition(names):
    query = resolved(parse("gas place:Alma-Ata"), names.lookup)
    assert query.tree == And((Word("gas"), Values("place", ("alm",), "Almaty")))
    assert query.understood == "“gas”, in passages that name Almaty"


def test_passages_name_entries_by_the_keys_of_their_addresses(tmp_path):
    path = tmp_path / "catalogue.sqlite"
    texts = [Passage("d", id, "paragraph", "", "en", "words") for id in ("a", "b", "c")]
    named = [("b", "b.xml", "kz"), ("b", "b.xml", "kz"), ("a", "a.xml", "kz"), ("b", "", "alm"), ("c", "a.xml", "gone")]
    mentions = [Mention("d", passage, file, key, "name", "words", number=n) for n, (passage, file, key) in enumerate(named)]
    entries = {file: [Entry(*row[:3], "", *row[3:]) for row in ENTRIES if row[0] == file] for file in ("a.xml", "b.xml")}
    shelved = [Shelved("registers", Document(file, file, file), file, (), entries[file], ()) for file in entries]
    write(path, [Shelved("documents", Document("d", "d.xml", "D"), "d.xml", texts, (), mentions), *shelved])
    catalogue = Catalogue(path)
    found = [(1, "place", "kz"), (2, "place", "kz~2"), (2, "place", "kz~2"), (2, "place", "alm")]
    assert list(catalogue.all_named()) == found
    catalogue.close()
