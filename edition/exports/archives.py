"""Zip files whose bytes depend on what is in them alone (no clock, no account, one order), and those of the whole corpus."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO

from edition.catalogue import Catalogue
from edition.settings import Settings
from edition.snapshot import Format, Snapshot
from edition.store import TEI, Store, in_format

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
    with closing(Catalogue(snapshot.catalogue)) as catalogue:
        stored = tuple(catalogue.all_stored())
    archive = partial(_archive, Store(settings.out))
    tei = ((f"{each.role}/{each.path}", each.entry, f"{each.member}/{TEI}") for each in stored)
    archive(tei, snapshot.downloads / f"{settings.edition_id}-tei.zip")
    for each in formats:
        made = (
            (f"{PurePosixPath(one.path).with_suffix('')}.{each.extension}", one.formats, in_format(each.extension))
            for one in stored
            if one.formats
        )
        archive(made, snapshot.downloads / f"{settings.edition_id}-{each.extension}.zip", each.extension not in _PACKED)


def _archive(store: Store, files: Iterable[tuple[str, str, str]], target: Path, compressed: bool = True) -> None:
    """Write an archive of files, by the name of each in it, the entry of the store that may have it, and its name there."""
    is_empty = True
    with target.open("wb") as file, Archive(file) as archive:
        for name, entry, member in sorted(files):
            made = store.entry(entry)
            if member in made:
                archive.add(f"{target.stem}/{name}", made.read(member), compressed)
                is_empty = False
    if is_empty:
        target.unlink()
