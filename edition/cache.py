"""The cache: files that are whole or not there, each with its SHA-256 on a line before what it holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def hold(entry: Path, pieces: Iterable[bytes]) -> None:
    """Write an entry, piece by piece; whole or not at all, also where a piece cannot be made."""
    new = entry.with_name(f".new-{entry.name}-{os.getpid()}")
    digest = hashlib.sha256()
    try:
        with new.open("wb") as file:
            file.write(b" " * digest.digest_size * 2 + b"\n")
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
            file.seek(0)
            file.write(digest.hexdigest().encode())
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    new.replace(entry)


def is_held(entry: Path) -> bool:
    """Whether the cache has an entry, undamaged."""
    try:
        with entry.open("rb") as file:
            digest = file.readline().rstrip()
            return hashlib.file_digest(file, "sha256").hexdigest().encode() == digest
    except FileNotFoundError:
        return False


def content(entry: Path) -> bytes:
    """What an entry holds."""
    return entry.read_bytes().partition(b"\n")[2]
