"""Zip files whose bytes depend on what is in them alone (no clock, no account, one order), and those of the whole corpus."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO

from edition.settings import Settings
from edition.snapshot import Format, Snapshot

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say."""
_PACKED = ("epub", "pdf")
"""Formats that are compressed already."""


class Archive:
    """A zip file that is being written, as a context."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w")

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes, compressed: bool = True) -> None:
        """One more file."""
        info = zipfile.ZipInfo(name, _MOMENT)
        info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        info.create_system = 3
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, data)


def write_archives(snapshot: Snapshot, formats: Iterable[Format], settings: Settings) -> None:
    """The TEI, and each format of all documents, an archive each; in it a folder of the archive's name."""
    snapshot.downloads.mkdir(exist_ok=True)
    _archive(snapshot.path / "tei", snapshot.downloads / f"{settings.edition_id}-tei.zip", True)
    for each in formats:
        folder = snapshot.path / "exports" / each.extension
        if folder.is_dir():
            name = f"{settings.edition_id}-{each.extension}.zip"
            _archive(folder, snapshot.downloads / name, each.extension not in _PACKED)


def _archive(folder: Path, target: Path, compressed: bool) -> None:
    with target.open("wb") as file, Archive(file) as archive:
        for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()):
            archive.add(f"{target.stem}/{name}", (folder / name).read_bytes(), compressed)
