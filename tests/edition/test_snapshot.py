"""The snapshot on disk: a reader always finds one, whole; the manifest lists every file."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest

from edition.snapshot import Snapshot, SnapshotError, current, current_name, published, switch
from edition.store import TEI
from tests.stored import file_of


def test_readers_never_miss_the_current_snapshot_while_it_is_switched(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "snapshots" / name).mkdir(parents=True)
        (tmp_path / "snapshots" / name / "manifest.json").write_text(name)
    switch(tmp_path, "a")
    seen: set[str] = set()
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add(current(tmp_path).path.name + (tmp_path / "current" / "manifest.json").read_text())
            except Exception as failure:  # noqa: BLE001
                failures.append(failure)
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for n in range(400):
        switch(tmp_path, "ab"[n % 2])
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert {name[0] for name in seen} == {"a", "b"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "snapshots"]


def test_nothing_built_and_nothing_whole_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="nothing has been built yet; run “edition build”"):
        current(tmp_path)
    switch(tmp_path, "gone")
    assert current_name(tmp_path) == "gone"
    with pytest.raises(SnapshotError, match=r"manifest.json is missing.*run “edition build”"):
        current(tmp_path)


def test_the_manifest_lists_every_file_with_size_and_digest(built: Snapshot) -> None:
    listed = json.loads((built.path / "manifest.json").read_text())["files"]
    there = {path.relative_to(built.path).as_posix(): path.read_bytes() for path in built.path.rglob("*") if path.is_file()}
    del there["manifest.json"]
    assert listed == {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in there.items()}
    assert list(listed) == sorted(listed)


def test_published_are_all_files_but_those_the_machine_works_with(built: Snapshot) -> None:
    folders = {"downloads", "registers"}
    assert {name.split("/")[0] for name in published(built.path)} == folders | {"findings.json", "report.json", "formats.json"}
    formats = json.loads(built.formats.read_text("utf-8"))
    registers = len(list(built.registers.iterdir()))
    archives = 1 + len(formats)
    assert len(published(built.path)) == archives + registers + 3


def test_the_manifest_lists_the_entries_of_the_store_with_their_sizes(built: Snapshot) -> None:
    listed = json.loads((built.path / "manifest.json").read_text())["store"]
    assert listed == {path.stem: path.stat().st_size for path in (built.out / "store").rglob("*.zip")}
    assert list(listed) == sorted(listed)
    assert len(listed) == 10 + 3 + 5  # files, formats of documents, JSON-LD of registers


def test_the_tei_is_published_byte_for_byte(built: Snapshot) -> None:
    corpus = Path(__file__).parents[1] / "corpus"
    assert file_of(built, TEI, "garden/plan.xml") == (corpus / "documents/garden/plan.xml").read_bytes()
    assert file_of(built, TEI, "edition.xml", "edition") == (corpus / "edition.xml").read_bytes()
    assert file_of(built, TEI, "about.xml", "pages") == (corpus / "pages/about.xml").read_bytes()
