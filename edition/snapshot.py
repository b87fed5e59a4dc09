"""A snapshot on disk: where things lie in it, its manifest, and how the current one is swapped.

<out>/current → snapshots/<id>          one symbolic link, replaced by one atomic rename
<out>/snapshots/<id>/downloads/  registers/  archives of the corpus, one a format; the registers as data
                     images/  the images that documents show
                     catalogue.sqlite  index/  findings.json  report.json  formats.json  manifest.json
<out>/store/…                           what was made of the documents: see ``edition.store``

What is in the store belongs to all snapshots that name it: the catalogue says where a document is, the manifest what is needed.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edition import store

MANIFEST = "manifest.json"
_WORKING = ("catalogue.sqlite", "index/")
"""Files of the machine's own making: the same rows and answers on every machine, not the same bytes."""


class SnapshotError(Exception):
    """A snapshot is missing or damaged; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that documents are taken away in: its extension, what readers call it, its media type."""

    extension: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One folder of published files."""

    path: Path

    @property
    def id(self) -> str:
        """The digest of what went in."""
        return self.path.name.partition(".")[0]

    @property
    def out(self) -> Path:
        """The folder that it shares with the store and other snapshots."""
        return self.path.resolve().parent.parent

    def where(self, name: str) -> Path:
        """A file by its name in the manifest, or an entry of the store."""
        return (self.out if name.startswith(f"{store.FOLDER}/") else self.path) / name

    @property
    def catalogue(self) -> Path:
        """The SQLite file."""
        return self.path / "catalogue.sqlite"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.path / "index"

    @property
    def findings(self) -> Path:
        """What the build had to report, JSON."""
        return self.path / "findings.json"

    @property
    def images(self) -> Path:
        """The folder of the images that documents show."""
        return self.path / "images"

    @property
    def report(self) -> Path:
        """The corpus report, JSON: see ``edition.report``."""
        return self.path / "report.json"

    @property
    def downloads(self) -> Path:
        """The folder of archives, one a format."""
        return self.path / "downloads"

    @property
    def registers(self) -> Path:
        """The folder of registers as data."""
        return self.path / "registers"

    def listed(self, folder: Path) -> tuple[str, ...]:
        """The files of a folder of it, by their paths in the snapshot; none where there is no such folder."""
        return tuple(sorted(path.relative_to(self.path).as_posix() for path in folder.glob("*")))

    @property
    def formats(self) -> Path:
        """The formats that were made, JSON."""
        return self.path / "formats.json"


def current_name(out: Path) -> str | None:
    """The folder name of the current snapshot, from the link alone; None when there is none."""
    try:
        return (out / "current").readlink().name
    except OSError:
        return None


def current(out: Path) -> Snapshot:
    """The current snapshot; raises SnapshotError when nothing was built yet or its folder is gone."""
    name = current_name(out)
    if name is None:
        raise SnapshotError(f"{out}: nothing has been built yet; run “edition build”")
    snapshot = Snapshot(out / "snapshots" / name)
    if not (snapshot.path / MANIFEST).is_file():
        raise SnapshotError(f"{snapshot.path}: the current snapshot is not whole ({MANIFEST} is missing); run “edition build”")
    return snapshot


def settle(out: Path, folder: Path, id: str) -> str:
    """Give a finished folder its name: the id, or ``<id>.2`` … where a damaged or older one of that id still stands."""
    names = (id if n == 1 else f"{id}.{n}" for n in itertools.count(1))
    name = next(name for name in names if not (out / "snapshots" / name).exists())
    folder.rename(out / "snapshots" / name)
    return name


def switch(out: Path, name: str) -> None:
    """Make a snapshot the current one, in one step that happens or does not."""
    link = out / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("snapshots") / name)
    link.replace(out / "current")


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """Files of a snapshot that a later one may take over.

    ``origin`` is the digest of all they are made from, ``entries`` are those of the store that were made on the way.
    """

    origin: str
    files: tuple[str, ...]
    entries: tuple[str, ...]


def write_manifest(
    folder: Path, entries: Mapping[str, int], known: Mapping[Path, str] = {}, made: Mapping[str, MadeFrom] = {}
) -> None:
    """List every file of a snapshot, by path, with its size and SHA-256, and the entries of the store, with their sizes.

    Of some files the SHA-256 is ``known``; ``made`` tells what some are made from.
    """
    files = {name: {"bytes": path.stat().st_size, "sha256": known.get(path) or digest(path)} for name, path in _files(folder)}
    listed = {"files": files, "store": dict(sorted(entries.items())), "made": {name: asdict(made[name]) for name in sorted(made)}}
    (folder / MANIFEST).write_text(json.dumps(listed, indent=1, ensure_ascii=False) + "\n", "utf-8")


def published(folder: Path) -> dict[str, str]:
    """The published files of a snapshot and their SHA-256, by path: what is the same on every machine."""
    files = manifest(folder)["files"]
    return {name: each["sha256"] for name, each in files.items() if not name.startswith(_WORKING)}


def needed(folder: Path) -> dict[str, int]:
    """The entries of the store that a snapshot needs, with their sizes; none where its manifest cannot be read."""
    try:
        entries: dict[str, int] = manifest(folder)["store"]
    except NO_MANIFEST:
        return {}
    return entries


def named(out: Path) -> set[str]:
    """The entries of the store that any snapshot needs."""
    return {name for folder in (out / "snapshots").glob("[!.]*") for name in needed(folder)}


def damaged(snapshot: Snapshot, thoroughly: bool = False) -> tuple[str, ...]:
    """The files of a snapshot that are missing or not as they were written, by path; the manifest alone when that cannot be read.

    So are the entries of the store that it needs, by their paths from the folder of snapshots and store. Working files are read
    whole (a damaged index can answer wrongly), the others compared by size, unless ``thoroughly``.
    """
    try:
        listed = manifest(snapshot.path)
        files, entries = listed["files"], listed["store"]
    except NO_MANIFEST:
        return (MANIFEST,)
    bad = [
        name
        for name, each in files.items()
        if not _is_as_written(snapshot.path / name, each, thoroughly or name.startswith(_WORKING))
    ]
    held = store.held(snapshot.out)
    for name, bytes in entries.items():
        place = store.place(snapshot.out, name)
        if held.get(name) != bytes or (thoroughly and not store.is_whole(place)):
            bad.append(place.relative_to(snapshot.out).as_posix())
    return tuple(bad)


NO_MANIFEST = (OSError, ValueError, KeyError)
"""What reading a manifest raises that is not there, or damaged."""


def manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a snapshot; raises what is in ``NO_MANIFEST``."""
    listed: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    return listed


def _is_as_written(path: Path, listed: Mapping[str, Any], thoroughly: bool) -> bool:
    if not path.is_file() or path.stat().st_size != listed["bytes"]:
        return False
    return not thoroughly or digest(path) == listed["sha256"]


def prune(out: Path, keep: int = 2) -> None:
    """Remove leftovers of builds that did not end, and all snapshots but the current one and the newest ``keep`` others."""
    for leftover in (*out.glob(".current-*"), *out.glob(".seen*"), *(out / "snapshots").glob(".*-*")):
        remove(leftover)
    store.clear(out)
    now = current_name(out)
    others = [path for path in (out / "snapshots").glob("[!.]*") if path.name != now]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[keep:]:
        remove(path.rename(path.with_name(f".old-{path.name}")))


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all that is in it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    found = (Path(here, name) for here, _, names in os.walk(folder) for name in names)
    return iter(sorted((path.relative_to(folder).as_posix(), path) for path in found))


def link(source: Path, target: Path) -> None:
    """Give a file that nobody changes a second name; as a copy where the file system cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
