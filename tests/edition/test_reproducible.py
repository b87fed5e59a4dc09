"""The same input gives the same snapshot: id, published bytes, rows of the catalogue; whatever machine, path and time."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from edition.build import Report
from edition.settings import HOME, Settings, read
from edition.snapshot import Snapshot, current, published
from edition.store import place

CORPUS = Path(__file__).parents[1] / "corpus"
BUILD = "from scripts.cli import main; main()"


def outcome(settings: Settings) -> tuple[str, dict[str, str], list[Any]]:
    """Id, published files and entries of the store with their digests, and every row of the catalogue."""
    snapshot = current(settings.out)
    connection = sqlite3.connect(snapshot.catalogue)
    try:
        rows = [
            row for table in ("documents", "passages") for row in connection.execute(f"SELECT * FROM {table} ORDER BY number")
        ]
    finally:
        connection.close()
    entries = {name: sha256(place(settings.out, name).read_bytes()).hexdigest() for name in manifest(snapshot)["store"]}
    return snapshot.id, published(snapshot.path) | entries, rows


def manifest(snapshot: Snapshot) -> dict[str, Any]:
    listed: dict[str, Any] = json.loads((snapshot.path / "manifest.json").read_text("utf-8"))
    return listed


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, make: Callable[..., Report]) -> tuple[str, dict[str, str], list[Any]]:
    folder = tmp_path_factory.mktemp("expected")
    shutil.copytree(CORPUS, folder / "tei")
    shutil.copy(CORPUS / "documents" / "song.xml", folder / "tei" / "documents" / "torn.xml")
    settings = read(folder, {}, {})
    spoil(settings)
    make(settings)
    return outcome(settings)


def spoil(settings: Settings) -> None:
    """Adds what gives findings: a file that is not well-formed, an element without a rule, two files with one id."""
    song = (settings.documents / "song.xml").read_text()
    (settings.documents / "torn.xml").write_text(song[:-20])
    (settings.documents / "strange.xml").write_text(song.replace("Soup!", "<strange>Soup!</strange>"))
    (settings.documents / "garden.plan.xml").write_text(song)


def test_there_is_something_to_compare(expected: tuple[str, dict[str, str], list[Any]]) -> None:
    id, files, rows = expected
    assert len(id) == 16
    folders = {"downloads", "registers", "findings.json", "report.json", "formats.json"}
    assert {name.partition("/")[0] for name in files if len(name) != 64} == folders
    assert len([name for name in files if len(name) == 64]) >= 20
    assert len(rows) > 50


@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, ("--jobs", "1")),
        ({"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, ("--jobs", "2")),
        ({"LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"}, ("--jobs", "1", "--force")),
    ],
    ids=["C locale", "UTF-8 locale", "Turkish"],
)
def test_neither_place_nor_time_zone_nor_locale_nor_chance_matters(
    tmp_path: Path, expected: tuple[str, dict[str, str], list[Any]], environment: dict[str, str], options: tuple[str, ...]
) -> None:
    project = tmp_path / "un autre dossier"
    shutil.copytree(CORPUS, project / "tei")
    settings = read(project, {}, {})
    spoil(settings)
    command = (sys.executable, "-c", BUILD, "build", "--project", str(project), *options)
    subprocess.run(command, cwd=HOME, env=os.environ | environment, check=True, capture_output=True)
    assert outcome(settings) == expected


def test_the_order_of_files_in_a_folder_does_not_matter(
    tmp_path: Path, expected: tuple[str, dict[str, str], list[Any]], make: Callable[..., Report]
) -> None:
    settings = read(tmp_path, {}, {})
    for source in sorted(CORPUS.rglob("*.xml"), reverse=True):
        target = tmp_path / "tei" / source.relative_to(CORPUS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        os.utime(target, (0, 0))
    spoil(settings)
    make(settings)
    assert outcome(settings) == expected


def test_a_tei_folder_outside_the_project_gives_the_same_wherever_it_is(tmp_path: Path, make: Callable[..., Report]) -> None:
    outcomes = []
    for name in ("here", "over there"):
        shutil.copytree(CORPUS, tmp_path / name / "texts")
        (tmp_path / name / "project").mkdir()
        settings = read(tmp_path / name / "project", {"tei": "../texts"}, {})
        spoil(settings)
        make(settings)
        outcomes.append(outcome(settings))
    assert outcomes[0] == outcomes[1]


def test_edited_and_edited_back_is_as_it_was(corpus: Settings, make: Callable[..., Report]) -> None:
    make(corpus)
    first = outcome(corpus)
    song = corpus.documents / "song.xml"
    original = song.read_bytes()
    song.write_bytes(original.replace(b"Rain on", b"Snow on"))
    make(corpus)
    assert outcome(corpus)[0] != first[0]
    song.write_bytes(original)
    assert make(corpus).unchanged
    assert outcome(corpus) == first
    song.write_bytes(original.replace(b"Rain on", b"Snow on"))
    make(corpus)
    shutil.rmtree(corpus.out / "snapshots" / first[0])
    song.write_bytes(original)
    assert make(corpus).transformed == 0
    assert outcome(corpus) == first


def test_the_public_address_is_part_of_what_goes_in(corpus: Settings, make: Callable[..., Report]) -> None:
    here = make(corpus).snapshot
    elsewhere = read(corpus.project, {"site.url": "https://example.org"}, {})
    assert make(elsewhere).snapshot != here
