"""Passages are cut into batches at stable places, and a segment that the index before has already is taken over.

Where a batch ends depends on what its passages hold, not on how many came before: a document that is changed, added or removed
changes the batch it is in, and seldom the next one. A segment is named after the digest of all that decides what is in it, so one
of the same name has the same answers. Its files are never written to again, so several indexes may have them in common.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import pickle
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from whoosh.codec.base import Segment

from search_index import inversion
from search_index.inversion import Row
from search_index.known import Part
from search_index.schema import Layout

LEAST, CHANCE, MOST = 500_000, 500_000, 4_000_000
"""Characters of the rows of a batch: so many it has at least, then each further one ends it with a chance of one in so many, and
there are never more than the most and a row. That is some 4,000 short passages, half a second of work.
"""
_CHECKED = hashlib.sha256().digest_size
"""Bytes before all others in the file of what is known of a segment: their digest."""


class Batch(NamedTuple):
    """The passages of one segment, and its name."""

    name: str
    rows: tuple[Row, ...]


class Made(NamedTuple):
    """A segment that lies in a folder, and what is known of its passages."""

    segment: Segment
    part: Part


def batches(layout: Layout, rows: Iterable[tuple[str, Row]]) -> Iterator[Batch]:
    """The rows of all passages in pieces; each comes with the id of its passage, so that no two in an index are the same."""
    batch: list[Row] = []
    size, name = 0, _start(layout)
    for id, row in rows:
        written = repr((id, *row)).encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(written).digest()
        name.update(digest)
        batch.append(row)
        size += len(written)
        is_end = size > LEAST and int.from_bytes(digest[:8]) < len(written) / CHANCE * 2**64
        if is_end or size > MOST:
            yield Batch(name.hexdigest()[:32], tuple(batch))
            batch, size, name = [], 0, _start(layout)
    if batch:
        yield Batch(name.hexdigest()[:32], tuple(batch))


def _start(layout: Layout) -> hashlib._Hash:
    return hashlib.sha256(repr((layout, _software())).encode())


@cache
def _software() -> str:
    """The digest of all that decides what a row becomes: our code, the libraries, and Python, which knows the letters."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    digest.update("".join(f"{name} {importlib.metadata.version(name)}\n" for name in ("pystemmer", "whoosh3")).encode())
    return digest.hexdigest()


def make(folder: Path, layout: Layout, batch: Batch) -> Made:
    """Writes the segment of a batch, with what an index after this one has to know to take it over."""
    made = Made(*inversion.write(folder, layout, batch.name, batch.rows))
    files = {path.name: _digest(path) for path in folder.glob(f"*{batch.name}.*")}
    packed = zlib.compress(pickle.dumps((files, made)), 1)
    _file(folder, batch.name).write_bytes(hashlib.sha256(packed).digest() + packed)
    return made


def taken_over(before: Path, folder: Path, name: str) -> Made | None:
    """The segment of this name from the index before; None where there is none, or where its files are damaged."""
    linked: list[Path] = []
    try:
        content = _file(before, name).read_bytes()
        if hashlib.sha256(content[_CHECKED:]).digest() != content[:_CHECKED]:
            return None
        files, made = pickle.loads(zlib.decompress(content[_CHECKED:]))  # noqa: S301 - see search_index.schema
        if any(_digest(before / file) != digest for file, digest in files.items()):
            return None
        for file in (*files, _file(before, name).name):
            linked.append(folder / file)
            _link(before / file, folder / file)
    except OSError:
        for path in linked:
            path.unlink(missing_ok=True)  # it must not be written to: the other index has the same file
        return None
    return Made(*made)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.made"


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _link(there: Path, here: Path) -> None:
    """The same file in another folder, a copy where the file system has no such thing."""
    try:
        os.link(there, here)
    except OSError:
        shutil.copyfile(there, here)
