"""Whom texts name: by id across files, by addresses elsewhere, or, where no register has them, gathered by what is written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from edition.catalogue import Catalogue
from edition.settings import read
from edition.snapshot import current
from tests.plain import PLAIN

PERSONS = (
    '<listPerson><person xml:id="ada"><persName>Ada Reed</persName><idno type="GND">118</idno></person>'
    '<person xml:id="tom"><persName ref="https://viaf.org/viaf/7">Tom</persName></person></listPerson>'
)

Named = Callable[..., dict[tuple[str, str], list[str]]]


@pytest.fixture
def opened(tmp_path: Path, make, tei) -> Callable[..., Catalogue]:
    """The catalogue of documents with these bodies, a.xml first."""

    def catalogue(*bodies: str) -> Catalogue:
        folder = tmp_path / "texts"
        folder.mkdir()
        for name, body in zip("abcdef", bodies, strict=False):
            (folder / f"{name}.xml").write_text(tei(body))
        settings = read(tmp_path, {"tei": str(folder)}, PLAIN)
        make(settings)
        return Catalogue(current(settings.out).catalogue)

    return catalogue


@pytest.fixture
def named(opened: Callable[..., Catalogue]) -> Named:
    """Kind and key of each entry that documents with these bodies name, with the words that name it."""

    def found(*bodies: str) -> dict[tuple[str, str], list[str]]:
        with closing(opened(*bodies)) as catalogue:
            kinds = ("person", "place", "organisation", "event", "work")
            entries = [entry for kind in kinds for entry in catalogue.entries(kind)]
            words = {(entry.kind, entry.key): [mention.words for mention in catalogue.mentions_of(entry)] for entry in entries}
            return {key: each for key, each in words.items() if each}

    return found


NAMES = (
    '<persName ref="#ada">{}</persName>',
    '<persName ref="b.xml#ada">{}</persName>',
    '<persName ref="gone.xml#ada">{}</persName>',
    '<persName ref="ada">{}</persName>',
    '<persName key="ada">{}</persName>',
    '<persName corresp="#ada">{}</persName>',
    '<persName sameAs="b.xml#ada">{}</persName>',
    '<persName ref="http://d-nb.info/gnd/118">{}</persName>',
    '<persName ref="gnd:118">{}</persName>',
    '<persName ref="gnd:118 #ada b.xml#ada">{}</persName>',
    '<rs type="person" ref="#ada">{}</rs>',
    '<name type="person" key="ada">{}</name>',
)


def test_an_entry_of_another_file_is_named_by_its_id_or_by_an_address_elsewhere(named: Named) -> None:
    names = [name.format(name[1:-1].partition("<")[0].replace(">{}", "").replace('"', "")) for name in NAMES]
    body = "".join(f"<p>{name}</p>" for name in (*names, '<persName ref="viaf:7">T</persName>', "<persName>Ada Reed</persName>"))
    found = named(body, PERSONS)
    assert list(found) == [("person", "ada"), ("person", "tom")]
    assert len(found["person", "ada"]) == len(NAMES)
    assert found["person", "tom"] == ["T"]


def test_what_no_register_has_is_gathered_by_what_it_points_at(named: Named) -> None:
    names = '<persName ref="#eve">Eve</persName> <persName key="eve">she</persName> <placeName ref="#eve">Eve</placeName>'
    elsewhere = '<rs type="work" ref="https://example.org/books/7/">Lamps</rs>'
    assert named(f"<p>{names} {elsewhere}</p>", PERSONS) == {
        ("person", "eve"): ["Eve", "she"],
        ("place", "eve"): ["Eve"],
        ("work", "example.org-books-7"): ["Lamps"],
    }


def test_without_a_register_names_are_gathered_as_they_are_written_but_for_case_and_space(named: Named) -> None:
    names = "".join(f"<persName>{name}</persName> " for name in ("Ada Reed", "ADA\n REED", "A. Reed", "A-Reed"))
    assert named(
        f"<p>{names}</p>",
        "<p><name type='place'>Bad Ischl</name> <rs>there</rs></p><p xml:id='here'>A <persName ref='#here'>name</persName></p>",
    ) == {
        ("person", "ada_reed"): ["Ada Reed", "ADA REED"],
        ("person", "a-reed"): ["A-Reed"],
        ("person", "a._reed"): ["A. Reed"],
        ("place", "bad_ischl"): ["Bad Ischl"],
    }


def test_what_is_gathered_says_so_and_how(opened: Callable[..., Catalogue]) -> None:
    with closing(
        opened('<p><persName>Ada</persName> <persName>ADA</persName> <persName ref="viaf:7">Tom</persName></p>')
    ) as made:
        ada, tom = (made.entry("person", key) for key in ("ada", "viaf.org-viaf-7"))
    assert ada is not None
    assert (ada.name, ada.names, ada.gathered) == ("Ada", ("Ada", "ADA"), "name")
    assert tom is not None
    assert (tom.gathered, [each.url for each in tom.identifiers]) == ("reference", ["https://viaf.org/viaf/7"])


def test_an_entry_that_several_files_say_with_one_id_and_address_is_one(opened: Callable[..., Catalogue]) -> None:
    entry = '<listPerson><person xml:id="ada"><persName>{}</persName><idno type="GND">{}</idno></person></listPerson>'
    bodies = [
        f"<p><persName ref='#ada'>A</persName></p>{entry.format(*each)}" for each in (("Ada", 1), ("Ada Reed", 1), ("Eve", 2))
    ]
    with closing(opened(*bodies)) as made:
        ada, eve = made.entries("person")
        assert (ada.name, ada.names, len(made.mentions_of(ada))) == ("Ada Reed", ("Ada Reed", "Ada"), 2)
        assert (eve.name, len(made.mentions_of(eve))) == ("Eve", 1)


@pytest.mark.parametrize(
    ("key", "facts", "entries"),
    [
        ("king", "", 2),
        ("king-2", "", 2),
        ("p1207", "", 1),
        ("ada", '<birth when="1866-07-11"/>', 1),
        ("ada", "<birth><date when='1866-07-11'>{}</date></birth>", 1),
        ("ada", "<birth when='187{}'/>", 2),
    ],
)
def test_an_entry_copied_into_several_files_is_one(opened: Callable[..., Catalogue], key: str, facts: str, entries: int) -> None:
    entry = (
        f'<p><persName ref="#{key}">A</persName></p><listPerson><person xml:id="{key}"><persName>Ada</persName>{facts}</person>'
    )
    with closing(opened(*(f"{entry.format(n)}</listPerson>" for n in (1, 2)))) as made:
        assert [len(made.mentions_of(each)) for each in made.entries("person")] == [2 // entries] * entries


def test_a_place_copied_into_several_files_is_one(opened: Callable[..., Catalogue]) -> None:
    entry = (
        '<listPlace><place xml:id="wien"><placeName>Wien</placeName><location><geo>48.2 {}</geo></location></place></listPlace>'
    )
    with closing(opened(*(entry.format(longitude) for longitude in (16.37, 16.37, 9.5)))) as made:
        assert [each.longitude for each in made.entries("place")] == [16.37, 9.5]


def test_what_has_no_id_and_points_at_an_entry_is_no_entry_but_names_that(named: Named) -> None:
    person = "<person corresp='#ada'><persName>A. <name type='reg'>Reed</name></persName></person>"
    assert named(f"<p>x<note><listPerson>{person}</listPerson></note></p>", PERSONS) == {("person", "ada"): ["A. Reed"]}


def test_a_speech_joins_whoever_speaks_but_its_words_are_no_name(named: Named) -> None:
    speech = "<p><said who='#{0}'>Rain!</said></p><sp who='#{0}'><speaker>{1}</speaker><p>Rain!</p></sp>"
    found = named(f"{PERSONS}<p/>", speech.format("ada", "Ada.") + speech.format("eve", "Eve."))
    assert found == {("person", "ada"): ["Rain!", "Ada."], ("person", "eve"): ["Eve."]}
