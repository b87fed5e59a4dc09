"""The cache: what was made once, an entry a folder, named by the digest of what it was made from; whole or not there.

The file ``made`` in an entry has the SHA-256 of the rest of it on its first line, then a line of JSON for each thing made.
``files`` on such a line are other files of the entry (name, size, SHA-256): a snapshot has them as they are. How large they are
together comes last.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edition.snapshot import remove

_MADE = "made"


@dataclass(frozen=True, slots=True)
class File:
    """A file of an entry: where it lies, its size in bytes, its SHA-256."""

    path: Path
    bytes: int
    sha256: str


Put = Callable[[str, bytes], tuple[str, int, str]]
"""Writes a file of an entry under this name; gives what a line says of it."""


def hold(entry: Path, made: Callable[[Put], Iterator[Mapping[str, Any]]]) -> None:
    """Write an entry: the lines that ``made`` gives, and the files it puts beside them. An old one goes."""
    new = entry.with_name(f".new-{entry.name}-{os.getpid()}")
    new.mkdir(parents=True)
    total = 0

    def put(name: str, data: bytes) -> tuple[str, int, str]:
        nonlocal total
        (new / name).write_bytes(data)
        total += len(data)
        return name, len(data), hashlib.sha256(data).hexdigest()

    digest = hashlib.sha256()
    try:
        with (new / _MADE).open("wb") as file:
            file.write(b" " * digest.digest_size * 2 + b"\n")
            for each in made(put):
                line = line_of(each)
                digest.update(line)
                file.write(line)
            last = b"%d\n" % total
            digest.update(last)
            file.write(last)
            file.seek(0)
            file.write(digest.hexdigest().encode())
    except BaseException:
        remove(new)
        raise
    if entry.exists():
        remove(entry)
    new.rename(entry)


def line_of(said: Mapping[str, Any]) -> bytes:
    """A value as a line of JSON."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def is_held(entry: Path, thoroughly: bool = False) -> bool:
    """Whether the cache has an entry, whole, and its files as long as they were; ``thoroughly``: as they were."""
    try:
        data = (entry / _MADE).read_bytes()
        digest, _, said = data.partition(b"\n")
        sizes = {each.name: each.stat().st_size for each in os.scandir(entry)}
    except FileNotFoundError:
        return False
    if hashlib.sha256(said).hexdigest().encode() != digest:
        return False
    if sum(sizes.values()) - sizes[_MADE] != int(said[:-1].rpartition(b"\n")[2]):
        return False
    return not thoroughly or all(
        hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
        for line in lines(entry)
        for file in files(entry, json.loads(line))
    )


def lines(entry: Path) -> Iterator[bytes]:
    """The lines of an entry, each JSON; raises FileNotFoundError when it is gone."""
    with (entry / _MADE).open("rb") as file:
        file.readline()
        line = file.readline()
        for following in file:
            yield line
            line = following


def files(entry: Path, said: Mapping[str, Any]) -> tuple[File, ...]:
    """The files that a line speaks of."""
    return tuple(File(entry / name, bytes, sha256) for name, bytes, sha256 in said.get("files", ()))
