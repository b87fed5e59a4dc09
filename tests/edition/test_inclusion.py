"""XInclude: what is put in place, what is not and why, and that a document is made anew when what it includes has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from edition import inclusion, store
from edition.build import Report
from edition.catalogue import Catalogue
from edition.findings import Finding
from edition.review import review
from edition.settings import Settings, read
from edition.snapshot import current
from tests.plain import PLAIN
from tests.stored import file_of, page_of
from webapp.slices import element

TEI = "http://www.tei-c.org/ns/1.0"
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
PART = f'<div xmlns="{TEI}" xml:id="part" xml:lang="de"><p xml:id="p1">Ein <hi>Licht</hi>.</p><p xml:id="p2">Zwei.</p></div>'
DOCUMENT = (
    f'<TEI xmlns="{TEI}" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>A</title></titleStmt></fileDesc></teiHeader>'
    "<text><body><p>Here:</p>\n{}</body></text></TEI>"
)
Write = Callable[[str, str], Path]
Text = Callable[..., str]

MADE = {
    'href="parts/b.xml"': "Here: Ein Licht. Zwei.",
    'href="./parts/../parts/b.xml"': "Here: Ein Licht. Zwei.",
    'href="parts/b.xml" xpointer="p2"': "Here: Zwei.",
    'href="parts/b.xml#p2"': "Here: Zwei.",
    'href="parts/b.xml" xpointer="element(part/2)"': "Here: Zwei.",
    'href="parts/b.xml" xpointer="element(/1/1)"': "Here: Ein Licht.",
    'href="parts/b.xml" xpointer="xpointer(id(\'p2\'))"': "Here: Zwei.",
    'href="parts/c.txt" parse="text"': "Here: plain <words> & signs",
}
"""Inclusions, and the words of a document with them."""

FAILED = {
    'href="nowhere.xml"': ("E303", "there is no such file"),
    'href="parts/b.xml" xpointer="nobody"': ("E303", "has no such element"),
    'href="parts/b.xml" xpointer="xpath(//p)"': ("E303", "write the id"),
    'href="parts/torn.xml"': ("E303", "not well-formed"),
    'href="parts/latin.txt" parse="text"': ("E303", "encoding"),
    'href="../secret.xml"': ("E305", "outside the TEI folder"),
    'href="parts/link.xml"': ("E305", "outside the TEI folder"),
    'href="file:///etc/passwd" parse="text"': ("E305", "outside the TEI folder"),
    'href="/etc/passwd" parse="text"': ("E305", "outside the TEI folder"),
    'href="http://127.0.0.1:9/b.xml"': ("E305", "outside the TEI folder"),
    'href="//127.0.0.1:9/b.xml"': ("E305", "outside the TEI folder"),
}
"""Inclusions that cannot be made: code and words of the finding."""


def including(attributes: str, fallback: str = "") -> str:
    """A document that includes something on its line 2."""
    inside = f"<xi:fallback>{fallback}</xi:fallback>" if fallback else ""
    return DOCUMENT.format(f"<div><ab><xi:include {XI} {attributes}>{inside}</xi:include></ab></div>")


@pytest.fixture
def folder(tmp_path: Path) -> Settings:
    """A folder of TEI, and a file beside it that nobody may read."""
    return prepared(tmp_path)


def prepared(project: Path) -> Settings:
    """A project with parts to include, and a file beside its TEI that nobody may read."""
    (project / "secret.xml").write_text(f'<p xmlns="{TEI}">SECRET</p>')
    parts = project / "texts" / "parts"
    parts.mkdir(parents=True)
    (parts / "b.xml").write_text(PART)
    (parts / "c.txt").write_text("plain <words> & signs")
    (parts / "torn.xml").write_text("<div>")
    (parts / "latin.txt").write_bytes(b"caf\xe9")
    (parts / "link.xml").symlink_to(project / "secret.xml")
    return read(project, {"tei": "texts"}, PLAIN)


@pytest.fixture
def write(folder: Settings) -> Write:
    """Writes a file of the folder."""

    def written(name: str, content: str) -> Path:
        path = folder.tei / name
        path.write_text(content)
        return path

    return written


@pytest.fixture
def text(folder: Settings, make: Callable[..., Report]) -> Text:
    """The passages of a document after a build."""

    def passages(id: str = "a") -> str:
        make(folder)
        return words(folder, id)

    return passages


def words(folder: Settings, id: str) -> str:
    return " ".join(each.text for each in Catalogue(current(folder.out).catalogue).passages_of(id))


def found(folder: Settings) -> list[tuple[str, int, str]]:
    """What validation says, but of the parts that every project here has."""
    told = (each for each in review(folder).findings if each.code not in LACKING)
    return [(each.path, each.line, each.code) for each in told if not each.path.endswith(("torn.xml", "link.xml"))]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Report]) -> Settings:
    """A document for each inclusion, made1.xml …, failed1.xml …, instead1.xml … with a fallback."""
    folder = prepared(tmp_path_factory.mktemp("inclusions"))
    for n, attributes in enumerate(MADE):
        (folder.tei / f"made{n}.xml").write_text(including(attributes))
    for n, attributes in enumerate(FAILED):
        (folder.tei / f"failed{n}.xml").write_text(including(attributes))
        (folder.tei / f"instead{n}.xml").write_text(including(attributes, "Instead"))
    make(folder)
    return folder


@pytest.fixture(scope="module")
def findings(built: Settings) -> tuple[Finding, ...]:
    return review(built).findings


@pytest.mark.parametrize("n", range(len(MADE)))
def test_what_is_included_stands_in_its_place(built: Settings, findings: tuple[Finding, ...], n: int) -> None:
    assert words(built, f"made{n}") == list(MADE.values())[n]
    assert [each for each in findings if f"made{n}" in each.path and each.code[1:2] == "3" and each.code not in LACKING] == []


LACKING = ("W303", "W304")


@pytest.mark.parametrize("n", range(len(FAILED)))
def test_what_cannot_be_included_is_found_and_marked_or_has_its_fallback(
    built: Settings, findings: tuple[Finding, ...], n: int
) -> None:
    code, why = list(FAILED.values())[n]
    assert (words(built, f"failed{n}"), words(built, f"instead{n}")) == ("Here:", "Here: Instead")
    told = {each.path: each for each in findings if each.path.endswith(f"d{n}.xml") and each.code not in LACKING}
    assert {(path, each.line, each.code) for path, each in told.items()} == {
        (f"texts/failed{n}.xml", 2, code),
        (f"texts/instead{n}.xml", 2, "W306"),
    }
    assert all(why in each.message for each in told.values())
    reading = page_of(current(built.out), "reading", f"failed{n}.xml")
    assert "[not included: " in reading
    assert "SECRET" not in reading
    assert "root:" not in reading


def test_a_file_that_is_only_part_of_others_is_told_to_be_that(folder: Settings, write: Write) -> None:
    write("parts/d.xml", PART)
    write("a.xml", including('href="parts/b.xml"'))
    assert found(folder) == [("texts/parts/b.xml", 1, "N001"), ("texts/parts/d.xml", 1, "E002")]


def test_a_document_of_its_own_stays_one_where_another_includes_part_of_it(folder: Settings, write: Write, text: Text) -> None:
    write("b.xml", DOCUMENT.format('<p xml:id="x">A lamp.</p>'))
    write("a.xml", including('href="b.xml" xpointer="x"'))
    assert (text("a"), text("b")) == ("Here: A lamp.", "Here: A lamp.")
    assert found(folder) == [("texts/parts/b.xml", 1, "E002")]  # and its ids, borrowed, are no ids of several files


@pytest.mark.parametrize("attributes", ['href="a.xml"', 'xpointer="here"'])
def test_a_document_that_includes_itself_is_found(folder: Settings, write: Write, text: Text, attributes: str) -> None:
    write("a.xml", DOCUMENT.format(f'<div xml:id="here"><p>A</p><xi:include {XI} {attributes}/></div>'))
    assert text().startswith("Here: A")
    assert ("texts/a.xml", 2, "E304") in found(folder)


def test_inclusions_in_a_circle_end(folder: Settings, write: Write, text: Text) -> None:
    write(
        "parts/b.xml",
        f'<div xmlns="{TEI}"><p>B</p><xi:include {XI} href="c.xml"/></div>'.replace("xi:", "x:").replace(":xi", ":x"),
    )
    write(
        "parts/c.xml",
        f'<div xmlns="{TEI}"><p>C</p><xi:include {XI} href="b.xml"/></div>'.replace("xi:", "x:").replace(":xi", ":x"),
    )
    write("a.xml", including('href="parts/b.xml"'))
    assert text() == "Here: B C"
    assert ("texts/a.xml", 2, "E304") in found(folder)


def test_inclusions_that_double_and_double_again_end(
    folder: Settings, write: Write, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inclusion, "MOST_INCLUDED", 10_000)
    for n in range(12):
        twice = f'<xi:include {XI} href="{n + 1}.xml"/>' * 2
        write(f"parts/{n}.xml", f'<div xmlns="{TEI}">{twice}</div>')
    write("parts/12.xml", f'<p xmlns="{TEI}">{"x" * 1000}</p>')
    reach = inclusion.Reach(folder.tei, {path: _sha(path) for path in (folder.tei / "parts").iterdir()})
    path = write("a.xml", including('href="parts/0.xml"'))
    made = inclusion.whole(path.read_bytes(), path, "a.xml", reach)
    assert "E304" in {each.code for each in made.findings}
    assert sum(len(each.text or "") for each in made.tree.iter()) < 20_000


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_included_too_deep_is_one_finding(folder: Settings, write: Write) -> None:
    write("parts/b.xml", f'<p xmlns="{TEI}">{"<hi>" * 1100}<seg xml:id="x"/>{"</hi>" * 1100}</p>')
    deep = "<hi>" * 1100
    write("a.xml", DOCUMENT.format(f'<p>{deep}<xi:include {XI} href="parts/b.xml"/>{deep.replace("<", "</")}</p>'))
    assert ("texts/a.xml", 2, "E009") in found(folder)


def test_a_document_is_made_anew_when_what_it_includes_has_changed(
    folder: Settings, write: Write, make: Callable[..., Report], text: Text
) -> None:
    write("other.xml", DOCUMENT.format("<p>A lamp.</p>"))
    write("parts/b.xml", f'<div xmlns="{TEI}"><xi:include {XI} href="c.xml"/></div>')
    write("parts/c.xml", f'<p xmlns="{TEI}">One.</p>')
    write("a.xml", including('href="parts/b.xml"'))
    assert text() == "Here: One."
    assert make(folder).unchanged
    write("parts/c.xml", f'<p xmlns="{TEI}">Two.</p>')
    report = make(folder)
    assert (report.unchanged, report.transformed) == (False, 1)
    assert text() == "Here: Two."
    (folder.tei / "parts/c.xml").unlink()
    assert text() == "Here:"
    write("parts/c.xml", f'<p xmlns="{TEI}">Three.</p>')
    assert text() == "Here: Three."


def test_what_is_included_keeps_its_language_and_says_where_it_is_from(folder: Settings, write: Write, text: Text) -> None:
    write("a.xml", including('href="parts/b.xml" xpointer="p2"'))
    text()
    last = list(Catalogue(current(folder.out).catalogue).passages_of("a"))[-1]
    assert last.language == "de"
    assert 'xml:base="parts/b.xml"' in element(file_of(current(folder.out), store.RESOLVED, "a.xml"), last.place)


def test_the_file_itself_stays_as_it_is(folder: Settings, write: Write, text: Text) -> None:
    path = write("a.xml", including('href="parts/b.xml"'))
    text()
    assert file_of(current(folder.out), store.TEI, "a.xml") == path.read_bytes()
