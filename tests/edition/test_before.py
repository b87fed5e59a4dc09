"""What is taken over from the snapshot before is what would have been made, and is tried before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from edition.build import Report
from edition.settings import Settings, read
from edition.snapshot import Snapshot, current, published
from edition.store import place
from tests.edition.test_incremental import hurt, touch
from tests.stored import stored

ARCHIVES = ["downloads/edition-bib.zip", "downloads/edition-tei.zip", "downloads/edition-txt.zip"]


@pytest.fixture
def project(corpus: Settings) -> Settings:
    """The tiny edition with two formats."""
    return read(corpus.project, {"exports.without": "xml html epub pdf json jsonld ris csl.json"}, {})


def same_at_once(settings: Settings, make: Callable[..., Report]) -> Snapshot:
    """The current snapshot, which has the bytes that a build from nothing makes."""
    step_by_step, made = current(settings.out), published(current(settings.out).path)
    make(settings, force=True)
    assert published(current(settings.out).path) == made
    assert [name for name in made if name.startswith("downloads/")] == ARCHIVES
    return step_by_step


def inodes(settings: Settings) -> dict[str, int]:
    folder = current(settings.out).registers
    return {path.name: path.stat().st_ino for path in folder.iterdir() if path.name != "cmif.xml"}


def test_documents_come_change_and_go_and_archives_and_registers_are_as_if_made_at_once(
    project: Settings, tei: Callable[..., str], make: Callable[..., Report]
) -> None:
    make(project)
    touch(project)
    make(project)
    (project.documents / "a").mkdir()
    (project.documents / "a" / "new.xml").write_text(
        tei('<p><persName ref="x:1">Ada</persName> and <persName ref="x:2">Bo</persName></p>')
    )
    make(project)
    (project.documents / "lamp.xml").unlink()
    make(project)
    same_at_once(project, make)


def test_registers_are_taken_over_until_something_is_named_otherwise(project: Settings, make: Callable[..., Report]) -> None:
    make(project)
    before = inodes(project)
    touch(project)
    make(project)
    assert inodes(project) == before
    lamp = project.documents / "lamp.xml"
    lamp.write_text(lamp.read_text().replace("<orgName ", '<orgName cert="low" ', 1))
    make(project)
    assert not set(inodes(project).values()) & set(before.values())
    assert "low" in (same_at_once(project, make).registers / "mentions.csv").read_text()


def test_a_register_is_renewed_if_only_a_comment_in_it_changed(project: Settings, make: Callable[..., Report]) -> None:
    make(project)
    persons = project.tei / "registers" / "persons.xml"
    persons.write_bytes(persons.read_bytes() + b"<!-- later -->\n")
    make(project)
    assert (current(project.out).registers / "persons.xml").read_bytes() == persons.read_bytes()


@pytest.mark.parametrize("file", ["downloads/edition-tei.zip", "registers/mentions.csv"])
@pytest.mark.parametrize("damage", ["flipped", "removed"])
def test_what_is_damaged_is_not_taken_over(project: Settings, make: Callable[..., Report], file: str, damage: str) -> None:
    make(project)
    hurt(current(project.out).path / file, damage)
    touch(project)
    make(project)
    same_at_once(project, make)


def test_of_a_document_that_did_not_change_archives_read_nothing_anew(project: Settings, make: Callable[..., Report]) -> None:
    make(project)
    whole = (current(project.out).downloads / "edition-txt.zip").read_bytes()
    formats: Path = place(project.out, stored(current(project.out), "lamp.xml").formats)
    formats.write_bytes(bytes(formats.stat().st_size))
    (project.documents / "new.xml").write_bytes((project.documents / "song.xml").read_bytes())
    make(project)
    archive = (current(project.out).downloads / "edition-txt.zip").read_bytes()
    assert len(archive) > len(whole)
    same_at_once(project, make)
