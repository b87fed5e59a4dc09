"""A catalogue that is renewed is the one that is written from nothing: the same rows, in the same order."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edition import products
from edition.catalogue import Catalogue, Chunk, RenewalError, Writing, is_renewable
from edition.catalogue.schema import BITS
from edition.findings import Finding
from edition.inputs import listed
from edition.settings import Settings, read
from edition.snapshot import current, published
from tests.plain import PLAIN

ADA = '<listPerson><person xml:id="ada"><persName>Ada {}</persName><idno type="GND">118</idno></person></listPerson>'
SONG = '<lg xml:id="song"><l>{}</l><l>Slate</l></lg>'
VERSIONS: dict[str, tuple[str, ...]] = {
    "a.xml": (
        "<p>A <persName>Tom</persName>.</p>",
        "<p>Later <persName>Tom</persName>.</p>",
        '<p>A <persName ref="#ada">Ada</persName> <hi>and</hi> <persName>tom</persName></p><p><placeName>Mill</placeName></p>',
    ),
    "b.xml": (ADA.format("Reed"), ADA.format("Reed, the elder"), "<p>No list here.</p>"),
    "c.xml": (
        '<p><persName ref="gnd:118">she</persName>, <rs type="person" ref="#eve">Eve</rs></p>',
        '<p><rs type="person" ref="gnd:118 #eve">she</rs></p>',
        '<p><rs type="person" ref="gnd:118">she</rs> <rs type="person" ref="#eve">she</rs></p>',
    ),
    "d.xml": (SONG.format("Rain"), SONG.format("More rain")),
    "e.xml": (
        f'{ADA.format("Reed")}<p xml:id="p">Rain</p><linkGrp><link target="d.xml#song #p"/></linkGrp>',
        '<p xml:id="p">Rain</p><linkGrp><link target="#p d.xml#song"/><link target="f.xml#m2 #p"/></linkGrp>',
    ),
    "f.xml": ('<p xml:id="m1">One</p>|<p xml:id="m2">Two, of <persName>Tom</persName></p>', '<p xml:id="m1">One</p>'),
}
"""What stands in the files of an edition at different times; in one several documents may stand, parted by ``|``."""
EDITIONS = st.dictionaries(st.sampled_from(sorted(VERSIONS)), st.integers(0, 2), min_size=1)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a version of a file: its name in the cache, and the rows of each document."""

    name: str
    documents: tuple[tuple[Chunk, ...], ...]


Shelf = Callable[[dict[str, int]], list[Made]]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., object]) -> Shelf:
    """The files of an edition, given by their versions, in order."""
    made: dict[tuple[str, int], Made] = {}
    for version in range(3):
        folder = tmp_path_factory.mktemp(f"version{version}")
        (folder / "tei").mkdir()
        for name, bodies in VERSIONS.items():
            (folder / "tei" / name).write_text(whole(bodies[version % len(bodies)]))
        project = read(folder, {}, PLAIN)
        make(project)
        inputs, _ = listed(project, products.software(project))
        for each in inputs:
            kept = [one for one in products.held(each) or () if not isinstance(one, Finding)]
            rows = tuple(
                tuple((table, [tuple(row) for row in chunk]) for table, chunk in one.rows) for one in products.held(each) or ()
            )
            assert len(rows) == len(kept)
            made[each.source, version] = Made(each.entry.name, rows)
    return lambda versions: [made[name, versions[name]] for name in sorted(versions)]


def whole(bodies: str) -> str:
    """A file of one or several documents."""
    header = (
        "<teiHeader><fileDesc><titleStmt><title>A lamp</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>"
        "<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>"
    )
    namespace = 'xmlns="http://www.tei-c.org/ns/1.0"'
    texts = [f"<TEI {namespace}>{header}<text><body>{body}</body></text></TEI>" for body in bodies.split("|")]
    return texts[0] if len(texts) == 1 else f"<teiCorpus {namespace}>{header}{''.join(texts)}</teiCorpus>"


def written(path: Path, files: Sequence[Made], is_before: bool = False) -> tuple[int, int]:
    """Write the catalogue of these files, or renew the one that is there."""
    with Writing(path, [each.name for each in files], is_before) as writing:
        for each in files:
            if not writing.has(each.name):
                for rows in each.documents:
                    writing.add(each.name, rows)
                writing.add_findings(each.name, [Finding("", 1, 1, "W101", f"Of {each.name}.")])
        return writing.settle()


def told(path: Path) -> dict[str, list[Any]]:
    """All rows of a catalogue, with the places of documents among all in place of their numbers."""
    with closing(sqlite3.connect(path)) as connection:
        numbers = [number for (number,) in connection.execute("SELECT number FROM documents ORDER BY number")]
        place = {number: place for place, number in enumerate(numbers)}
        entries = {number: n for n, (number,) in enumerate(connection.execute("SELECT number FROM entries ORDER BY number"))}
        found: dict[str, list[Any]] = {}
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            cursor = connection.execute(f"SELECT * FROM {table}")
            columns = [each[0] for each in cursor.description]
            rows = cursor.fetchall()
            for n, column in enumerate(columns):
                if (column == "number" and table not in ("trees", "units", "shown")) or (table, column) == ("targets", "link"):
                    rows = [(*row[:n], plain(row[n], table, place, entries), *row[n + 1 :]) for row in rows]
            found[table] = rows if table in ("tallies", "targets") else sorted(rows, key=repr)
        return found


def plain(number: int, table: str, place: dict[int, int], entries: dict[int, int]) -> object:
    if table in ("documents", "tokens"):
        return place[number]
    return entries[number] if table == "entries" else (place[number >> BITS], number % (1 << BITS))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITIONS, min_size=2, max_size=5))
def test_whatever_changes_between_two_editions(
    shelf: Shelf, tmp_path_factory: pytest.TempPathFactory, editions: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("renewed")
    renewed, anew = folder / "renewed", folder / "anew"
    written(renewed, shelf(editions[0]))
    for edition in editions[1:]:
        anew.unlink(missing_ok=True)
        counts = written(anew, shelf(edition))
        assert written(renewed, shelf(edition), is_before=True) == counts
        assert told(renewed) == told(anew)
        opened = Catalogue(renewed)
        assert [opened.number(each.document, each.id) for _, each in opened.all_passages()] == list(range(1, counts[1] + 1))
        opened.close()
    shutil.rmtree(folder)


def test_what_is_settled_stays_where_nothing_is_named_otherwise(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "catalogue"
    written(path, shelf({"a.xml": 0, "d.xml": 0}))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE tallies SET mentions = 99")
        connection.commit()
    written(path, shelf({"a.xml": 1, "d.xml": 0}), is_before=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT mentions FROM tallies").fetchall() == [(99,)]
    written(path, shelf({"a.xml": 2, "d.xml": 0}), is_before=True)
    with closing(sqlite3.connect(path)) as connection:
        assert (99,) not in connection.execute("SELECT mentions FROM tallies").fetchall()


def test_documents_in_another_order_are_written_from_nothing(shelf: Shelf, tmp_path: Path) -> None:
    files = shelf({"a.xml": 0, "b.xml": 0, "c.xml": 0})
    written(tmp_path / "catalogue", files)
    with pytest.raises(RenewalError):
        written(tmp_path / "catalogue", [files[1], files[0], files[2]], is_before=True)


def test_a_catalogue_is_worth_renewing_that_has_half_of_it(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "catalogue"
    assert not is_renewable(path, ["x"])
    written(path, shelf({"a.xml": 0, "b.xml": 0}))
    names = [each.name for each in shelf({"a.xml": 0, "b.xml": 1, "c.xml": 0})]
    assert is_renewable(path, names[:2])
    assert not is_renewable(path, names)
    path.write_bytes(b"no catalogue")
    assert not is_renewable(path, names[:2])


def test_a_build_renews_the_catalogue_before(corpus: Settings, tmp_path: Path, make: Callable[..., object]) -> None:
    song, persons = corpus.documents / "song.xml", corpus.tei / "registers" / "persons.xml"
    whole_song, (corner, *_) = song.read_text(), (corpus.documents / "garden").iterdir()
    make(corpus)
    for n, change in enumerate(
        (
            lambda: song.write_text(whole_song.replace("Rain", "Much rain")),
            lambda: (corpus.documents / "another.xml").write_text(whole_song),
            lambda: persons.write_text(persons.read_text().replace("Alder, Tom", "Alder, Thomas")),
            lambda: corner.rename(corner.with_name("corner.xml")),
            lambda: (corpus.tei / "edition.xml").unlink(),
            song.unlink,
            lambda: (corpus.documents / "another.xml").write_text("<TEI>"),
        )
    ):
        change()
        make(corpus)
        renewed = current(corpus.out)
        at_once = replace(corpus, out=tmp_path / f"at once {n}")
        make(at_once)
        anew = current(at_once.out)
        assert told(renewed.catalogue) == told(anew.catalogue)
        assert published(renewed.path) == published(anew.path)
        assert renewed.findings.read_text() == anew.findings.read_text()
        with closing(sqlite3.connect(renewed.catalogue)) as opened:
            numbers = [number for (number,) in opened.execute("SELECT number FROM documents ORDER BY number")]
        with closing(sqlite3.connect(anew.catalogue)) as opened:
            assert n < 2 or numbers != [number for (number,) in opened.execute("SELECT number FROM documents ORDER BY number")]


@pytest.mark.parametrize("besides", [True, False], ids=["with another document in its file", "alone in its file"])
def test_of_two_documents_with_one_id_the_first_is_there(corpus: Settings, make: Callable[..., Any], besides: bool) -> None:
    several, alone = corpus.documents / "a.xml", corpus.documents / "a.song.xml"
    corpus_of_two = whole("<p>One</p>|<p>Two</p>").replace("<TEI ", '<TEI xml:id="song" ', 1)
    start = corpus_of_two.rindex("<TEI ")
    several.write_text(corpus_of_two if besides else corpus_of_two[:start] + "</teiCorpus>")

    def found() -> tuple[str, list[str]]:
        findings = make(corpus).findings
        with closing(Catalogue(current(corpus.out).catalogue)) as opened:
            (passage, *_) = opened.passages_of("a.song")
        return passage.text, [each.code for each in findings if each.is_error]

    assert found() == ("One", [])
    alone.write_text(whole("<p>Alone</p>"))
    assert found() == ("Alone", ["E004"])
    alone.unlink()
    assert found() == ("One", [])
