"""What a project lays over the software: stylesheets by file name, and what an edition is called that has no header."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from edition.build import Report
from edition.catalogue import Catalogue
from edition.overrides import stylesheets
from edition.records import Document, Licence
from edition.settings import HOME, Settings, read
from edition.site import COMMON, common, folder_name
from edition.snapshot import current
from tests.plain import PLAIN
from tests.stored import page_of

OWN = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:tei="http://www.tei-c.org/ns/1.0"
exclude-result-prefixes="#all">
<xsl:import href="reading.original.xsl"/>
<xsl:template match="tei:gap" mode="reading"><b class="ours">lost</b></xsl:template>
</xsl:stylesheet>"""


def page(settings: Settings, product: str = "reading") -> str:
    return page_of(current(settings.out), product, "a.xml")


def test_a_project_may_change_a_few_templates(tmp_path: Path, make: Callable[..., Report], tei: Callable[..., str]) -> None:
    project = tmp_path / "Größe #1 100%20"  # Saxon takes addresses, not paths
    (project / "tei").mkdir(parents=True)
    settings = read(project, {}, PLAIN)
    (settings.tei / "a.xml").write_text(tei("<p>A <gap/> lamp, <supplied>of course</supplied>.</p>"))
    make(settings)
    before = page(settings)
    (project / "xslt").mkdir()
    (project / "xslt" / "reading.xsl").write_text(OWN)
    assert make(settings).transformed == 1
    assert '<b class="ours">lost</b>' in page(settings)
    assert '<b class="ours">lost</b>' in page(settings, "diplomatic")
    assert "tei-gap" not in page(settings)
    assert page(settings).count("tei-supplied") == before.count("tei-supplied") > 0
    assert make(settings).unchanged
    (project / "xslt" / "reading.xsl").write_text(OWN.replace("lost", "gone"))
    make(settings)
    assert '<b class="ours">gone</b>' in page(settings)
    assert len(list((settings.out / "xslt").iterdir())) == 1
    (project / "xslt" / "reading.xsl").unlink()
    make(settings)
    assert page(settings) == before


def test_without_stylesheets_of_its_own_a_project_has_ours(tmp_path: Path) -> None:
    assert stylesheets(read(tmp_path, {}, PLAIN)) == HOME / "xslt"
    assert stylesheets(read(HOME, {}, PLAIN)) == HOME / "xslt"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("letters-of_ada", "Letters of ada"),
        ("my-tei", "My TEI"),
        ("Ada/tei", "Ada"),
        ("Ada/data/editions", "Ada"),
    ],
)
def test_a_folder_is_called_by_the_first_name_that_says_something(tmp_path: Path, path: str, name: str) -> None:
    assert folder_name(read(tmp_path, {"tei": path}, PLAIN)) == name


def site(*documents: Document) -> Document:
    return common(([asdict(each)[name] for name in COMMON] for each in documents), "Folder")


def test_an_edition_without_a_header_is_called_by_what_its_documents_share() -> None:
    free = (Licence("Free.", "https://example.org/free"),)
    a, b, c = (Document(id, f"{id}.xml", id, series="Letters", language="de", licences=free) for id in "abc")
    other = Document("d", "d.xml", "d", language="en", publisher="P")
    assert site(a, b, c, other) == Document("edition", "", "Letters", language="de")
    assert site(a, b).licences == free
    assert site(a, other).title == "Folder"
    assert site(other) == Document("edition", "", "d", language="en", publisher="P")


def test_a_folder_of_tei_has_a_name(tmp_path: Path, make: Callable[..., Report], tei: Callable[..., str]) -> None:
    folder = tmp_path / "some-letters"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.xml").write_text(tei(title=name))
    make(settings := read(tmp_path, {"tei": str(folder)}, PLAIN))
    first = current(settings.out).id
    made = Catalogue(current(settings.out).catalogue).document("edition", "edition")
    assert made is not None
    assert (made.title, made.source) == ("Some letters", "")
    moved = folder.rename(tmp_path / "other-letters")
    make(settings := read(tmp_path, {"tei": str(moved)}, PLAIN))
    assert current(settings.out).id != first
