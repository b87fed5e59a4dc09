"""Zip files whose bytes depend on what is in them alone: no clock, no account, one order.

Files are laid one behind the other without gaps, so that what did not change is taken over from a zip file that was written here
before in stretches, packed as it is. Layout and names of fields: PKWARE's APPNOTE.TXT, 4.3 and 4.5.3 (ZIP64).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

DEFLATED, STORED = 8, 0
"""The ways in which a file is packed."""
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in a zip file: how it is packed, the CRC-32 of its bytes, how many they are packed and as they are."""

    method: int
    crc: int
    packed: int
    bytes: int


class Archive:
    """A zip file that is being written, as a context."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self._size = 0
        self._files: list[tuple[bytes, Packed, int]] = []

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:
            self._close()

    @property
    def sha256(self) -> str:
        """The digest of what was written so far; of the whole file when it is closed."""
        return self._digest.hexdigest()

    def add(self, name: str, data: bytes, compressed: bool = True) -> None:
        """One more file."""
        packer = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
        packed = packer.compress(data) + packer.flush() if compressed else data
        self.add_packed(name, Packed(DEFLATED if compressed else STORED, zlib.crc32(data), len(packed), len(data)), packed)

    def add_packed(self, name: str, said: Packed, data: bytes) -> None:
        """One more file, which is packed already."""
        self._files.append((name.encode(), said, self._size))
        self._put(LOCAL.pack(b"PK\3\4", *_shared(name.encode(), said)) + name.encode())
        self._put(data)

    def take(self, before: Written, names: list[str]) -> None:
        """More files, as an archive written before has them."""
        for start, end, some in before.stretches(names):
            self._files += [(name.encode(), said, self._size + at - start) for name, said, at in some]
            for block in before.between(start, end):
                self._put(block)

    def _put(self, data: bytes | memoryview) -> None:
        self._target.write(data)
        self._digest.update(data)
        self._size += len(data)

    def _close(self) -> None:
        start, number = self._size, len(self._files)
        self._put(b"".join(_listed(*each) for each in self._files))
        size = self._size - start
        if max(start, size) > _MOST or number > _MOST_FILES:
            self._put(_END_64.pack(b"PK\6\6", 44, _MADE, _VERSION_64, 0, 0, number, number, size, start))
            self._put(_END_64_AT.pack(b"PK\6\7", 0, start + size, 1))
        number = min(number, 0xFFFF) if number > _MOST_FILES else number
        self._put(_END.pack(b"PK\5\6", 0, 0, number, number, _short(size), _short(start), 0))


LOCAL = struct.Struct("<4s5H3L2H")
_LISTED = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_AT = struct.Struct("<4sLQL")
_MOST = 0xFFFFFFFE
_MOST_FILES = 0xFFFE
_VERSION, _VERSION_64 = 20, 45
_MADE = 3 << 8 | _VERSION
"""The system is Unix: the mode of the files is told as it has it."""
_MODE = 0o644 << 16
_DATE = 1 << 5 | 1
"""The first of January 1980, the earliest that a zip file can say."""


def _shared(name: bytes, said: Packed) -> tuple[int, ...]:
    """What is told of a file before it and in the list at the end."""
    flags = 0 if name.isascii() else 0x800
    return _VERSION, flags, said.method, 0, _DATE, said.crc, said.packed, said.bytes, len(name), 0


def _listed(name: bytes, said: Packed, at: int) -> bytes:
    if at <= _MOST:
        return _LISTED.pack(b"PK\1\2", _MADE, *_shared(name, said), 0, 0, 0, _MODE, at) + name
    _, *shared, _ = _shared(name, said)
    far = struct.pack("<2HQ", 1, 8, at)
    return _LISTED.pack(b"PK\1\2", _MADE, _VERSION_64, *shared, len(far), 0, 0, 0, _MODE, 0xFFFFFFFF) + name + far


def _short(number: int) -> int:
    return min(number, 0xFFFFFFFF) if number > _MOST else number


class Written:
    """A zip file that was written here before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            file.seek(-_END.size, 2)
            end = file.tell()
            _, _, _, number, _, size, start, _ = _END.unpack(file.read())
            if number > _MOST_FILES or max(size, start) > _MOST:
                file.seek(end - _END_64_AT.size - _END_64.size)
                *_, number, size, start = _END_64.unpack(file.read(_END_64.size))
            file.seek(start)
            listed = file.read(size)
        self._files: dict[str, tuple[Packed, int]] = dict(_read(listed, number))

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def stretches(self, names: list[str]) -> Iterator[tuple[int, int, list[tuple[str, Packed, int]]]]:
        """Where these files lie, in their order, what lies together in one: start, end, each with the place where it begins."""
        first = last = 0
        some: list[tuple[str, Packed, int]] = []
        for name in names:
            said, at = self._files[name]
            if some and at != last:
                yield first, last, some
                some = []
            first = at if not some else first
            last = at + LOCAL.size + len(name.encode()) + said.packed
            some.append((name, said, at))
        if some:
            yield first, last, some

    def between(self, start: int, end: int) -> Iterator[memoryview]:
        """The bytes between two places, block by block; each is overwritten by the next."""
        block = memoryview(bytearray(_BLOCK))
        with self._path.open("rb", buffering=0) as file:
            file.seek(start)
            while start < end and (length := file.readinto(block[: end - start])):
                yield block[:length]
                start += length


_BLOCK = 1 << 20


def _read(listed: bytes, number: int) -> Iterator[tuple[str, tuple[Packed, int]]]:
    at = 0
    for _ in range(number):
        *_, method, _, _, crc, packed, size, name, extra, _, _, _, _, where = _LISTED.unpack_from(listed, at)
        at += _LISTED.size
        if extra:
            (where,) = struct.unpack_from("<Q", listed, at + name + 4)
        yield listed[at : at + name].decode(), (Packed(method, crc, packed, size), where)
        at += name + extra
