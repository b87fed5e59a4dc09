"""The store: what was made once, an entry a ZIP file, named by the digest of what it was made from; whole or not there.

Entries lie in folders called by the first two letters of their names. They say nothing of the clock or the machine: what is made
from the same has the same bytes. Snapshots name the entries they need; the server reads pages, TEI and formats from there.
"""

from __future__ import annotations

import io
import os
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from edition.zipped import LOCAL, Packed

FOLDER = "store"
_ENDING = ".zip"
_PACKED = (".epub", ".pdf")
"""How files end that are compressed already."""
_LEVEL = 1
"""Of compression: higher ones take several times as long for a tenth less."""
_BUFFER = 1 << 20
MOST_OPEN = 32
"""Entries that a reader keeps open: the directory of one with thousands of documents takes a while to read."""


class StoreError(Exception):
    """An entry is missing or damaged; the message says which one and what to do."""


def place(out: Path, name: str) -> Path:
    """Where the entry of a name lies."""
    return out / FOLDER / name[:2] / f"{name}{_ENDING}"


TEI, RESOLVED, HEADER = "tei.xml", "resolved.xml", "header.xml"
"""What the TEI of a document is called in its entry: as it is published; as it was parsed, which offsets count in; its header."""


def page(product: str, part: int = 0) -> str:
    """What the page of a document is called in its entry; of a long one that of a part, counted from 0."""
    return f"{product}.html.{part}" if part else f"{product}.html"


def in_format(extension: str) -> str:
    """What a document in a format is called in the entry of its formats."""
    return f"document.{extension}"


class Writer:
    """An entry that is being written, a file after the other."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def add(self, name: str, data: bytes) -> None:
        """One more file."""
        described: str | ZipInfo = name
        if name.endswith(_PACKED):
            described = ZipInfo(name)
            described.compress_type = ZIP_STORED
        with self._archive.open(described, "w") as file:
            file.write(data)

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """One more file, of any length, that is written piece by piece before the next begins."""
        with self._archive.open(name, "w", force_zip64=True) as file:
            yield file


@contextmanager
def writing(entry: Path) -> Iterator[Writer]:
    """A new entry, there as soon as all is written; an old one goes. Where something is raised, nothing changes."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    new = entry.parent.with_name(f".new-{entry.stem}-{os.getpid()}")
    try:
        with ZipFile(new, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            yield Writer(archive)
        new.replace(entry)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


_DAMAGE = (OSError, BadZipFile, zlib.error, struct.error, EOFError, KeyError, RuntimeError, ValueError)
"""What reading a ZIP file raises that is not as it was written: any byte of it may be another."""


class Entry:
    """An entry that is read, by any number of threads; a context, or closed when it is forgotten. Raises StoreError."""

    def __init__(self, entry: Path) -> None:
        self._path = entry
        self._lock = threading.Lock()  # between threads, a ZipFile loses count of who reads
        with self._worded():
            self._archive = ZipFile(entry)

    def __enter__(self) -> Entry:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    @property
    def files(self) -> Mapping[str, int]:
        """The names of the files in it, and their sizes in bytes."""
        return {each.filename: each.file_size for each in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def read(self, name: str) -> bytes:
        """A file of it."""
        with self._lock, self._worded(name):
            return self._archive.read(name)

    def packed(self, name: str) -> tuple[Packed, bytes]:
        """A file of it as it is packed, which is tried."""
        self.read(name)
        with self._lock, self._worded(name), self._path.open("rb") as file:
            said = self._archive.getinfo(name)
            file.seek(said.header_offset)
            *_, names, extra = LOCAL.unpack(file.read(LOCAL.size))
            file.seek(names + extra, os.SEEK_CUR)
            return Packed(said.compress_type, said.CRC, said.compress_size, said.file_size), file.read(said.compress_size)

    def first_line(self, name: str) -> bytes:
        """The first line of a file of it."""
        with self._lock, self._worded(name), self._archive.open(name) as file:
            return file.readline()

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file of it, one by one; for one thread."""
        with self._worded(name), self._archive.open(name) as file:
            yield from io.BufferedReader(cast(io.RawIOBase, file), _BUFFER)

    @contextmanager
    def _worded(self, name: str = "") -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as cause:
            raise StoreError(f"{self._path} is missing; run “edition build”") from cause
        except _DAMAGE as cause:
            where = f"{name} in {self._path}" if name else str(self._path)
            raise StoreError(f"{where} cannot be read ({cause}); run “edition build --force”") from cause


class Store:
    """The entries below a folder, for reading; those last used stay open."""

    def __init__(self, out: Path) -> None:
        self.entry = lru_cache(MOST_OPEN)(lambda name: Entry(place(out, name)))
        """The entry of a name."""


def is_whole(entry: Path) -> bool:
    """Whether there is an entry, each file in it as it was written."""
    try:
        with ZipFile(entry) as archive:
            return archive.testzip() is None
    except _DAMAGE:
        return False


def held(out: Path) -> dict[str, int]:
    """The entries there are, by name, and how large each is."""
    found: dict[str, int] = {}
    for folder in _listed(out / FOLDER):
        if folder.is_dir():
            found |= {each.name.removesuffix(_ENDING): each.stat().st_size for each in _listed(folder.path)}
    return found


def _listed(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []


def remove_but(out: Path, names: Set[str]) -> None:
    """Remove the entries of all other names."""
    for folder in _listed(out / FOLDER):
        for each in _listed(folder.path) if folder.is_dir() else ():
            if each.name.removesuffix(_ENDING) not in names:
                Path(each.path).unlink(missing_ok=True)


def clear(out: Path) -> None:
    """Remove what builds have left that did not end."""
    for leftover in (out / FOLDER).glob(".new-*"):
        leftover.unlink(missing_ok=True)
