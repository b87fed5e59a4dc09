"""A copy of the tiny edition for each test, and builds of it that need no search engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from edition.build import Report, build
from edition.catalogue import Catalogue
from edition.records import Field, IndexedDocument
from edition.settings import Settings, read
from edition.snapshot import Snapshot, current
from tests.plain import PLAIN

CORPUS = Path(__file__).parents[1] / "corpus"
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>'
    "<publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>"
    "<text><body>{body}</body></text></TEI>"
)


def write_numbers(folder: Path, fields: Sequence[Field], documents: Sequence[IndexedDocument], before: Path | None) -> int:
    """The smallest index: the numbers of the passages, a line each, and how often it was written with one before it."""
    folder.mkdir(parents=True)
    times = before / "times" if before else None
    (folder / "times").write_text(times.read_text() + "I" if times and times.exists() else "")
    passages = [each for document in documents for each in document.passages()]
    numbers = [str(number) for number, _ in enumerate(passages, 1)]
    (folder / "numbers").write_text("\n".join(numbers))
    return len(numbers)


@pytest.fixture
def tei() -> Callable[..., str]:
    """A whole document around the content of a body."""
    return lambda body="<p>A lamp.</p>", title="A lamp": TEI.format(body=body, title=title)


@pytest.fixture
def corpus(tmp_path: Path) -> Settings:
    """The tiny edition in a project folder of its own."""
    shutil.copytree(CORPUS, tmp_path / "tei")
    return read(tmp_path, {}, PLAIN)


@pytest.fixture(scope="session")
def make() -> Callable[..., Report]:
    """Builds a project with one worker, unless told otherwise."""
    return lambda settings, **options: build(settings, write_numbers, **{"jobs": 1} | options)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The snapshot of the tiny edition, for tests that only look."""
    folder = tmp_path_factory.mktemp("built")
    settings = read(folder, {"tei": str(CORPUS)}, {})
    build(settings, write_numbers, jobs=1)
    return current(settings.out)


@pytest.fixture(scope="session")
def catalogue(built: Snapshot) -> Catalogue:
    return Catalogue(built.catalogue)
