"""Documents are cut into batches at stable places, and a segment that the index before has already is taken over.

Where a batch ends depends on the documents near by, not on how many came before: one that is changed, added or removed changes
the batch it is in, and seldom the next one. A segment is named after the digest of all that decides what is in it, so one of the
same name has the same answers, and its passages need not be looked at. Its files are never written to again, so several indexes
may have them in common.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from whoosh.codec.base import Segment

from edition.records import Indexed, IndexedDocument
from edition.snapshot import digest, link
from search_index import files, inversion, schema
from search_index.inversion import Row
from search_index.known import Part
from search_index.schema import Layout

LEAST, MOST = 100_000, 300_000
"""Characters of a batch: it has at least so many and at most so many, if the documents can be divided so. That is some 1,500
short passages, a quarter of a second of work.
"""


class Batch(NamedTuple):
    """What becomes one segment: its name, and its rows, which are only asked for if it is new."""

    name: str
    rows: Callable[[], Sequence[Row]]


class Made(NamedTuple):
    """A segment that lies in a folder, and what is known of its passages."""

    segment: Segment
    part: Part


def batches(layout: Layout, documents: Sequence[IndexedDocument]) -> Iterator[Batch]:
    """The passages of all documents in pieces: those of some documents, or a part of those of one larger than the most."""
    documents = [each for each in documents if each.length]
    start = 0
    while start < len(documents):
        end = _end(documents, start)
        some = documents[start:end]
        rows = cache(partial(_rows, layout, some))  # a document of several parts is read once
        parts = min(-(-some[0].size // MOST), some[0].length) if len(some) == 1 else 1
        for part in range(parts):
            yield Batch(_name(layout, some, part, parts), partial(_part, rows, part, parts))
        start = end


def _end(documents: Sequence[IndexedDocument], start: int) -> int:
    """Where the batch ends that begins at ``start``: after one document at least, but for that within the bounds.

    Of several places it is the one behind the id with the least checksum, which is found again wherever the batch before ended.
    What is left at the end is one batch if it can be.
    """
    size, ends = documents[start].size, [start + 1]
    for end in range(start + 2, len(documents) + 1):
        before, size = size, size + documents[end - 1].size
        if size > MOST:
            return min(ends, key=lambda end: zlib.crc32(documents[end - 1].id.encode()))
        if before < LEAST:
            ends.clear()
        ends.append(end)
    return len(documents)


def _name(layout: Layout, documents: Sequence[IndexedDocument], part: int, parts: int) -> str:
    """Ids are in it, so that no two batches of an index have the same."""
    held = [(each.id, each.collection, each.token) for each in documents]
    return hashlib.sha256(repr((layout, _software(), held, part, parts)).encode()).hexdigest()[:32]


@cache
def _software() -> str:
    """The digest of all that decides what a row becomes: our code, the libraries, and Python, which knows the letters."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    digest.update("".join(f"{name} {importlib.metadata.version(name)}\n" for name in ("pystemmer", "whoosh3")).encode())
    return digest.hexdigest()


def _rows(layout: Layout, documents: Sequence[IndexedDocument]) -> Sequence[Row]:
    """The passages of these documents as far as the index goes. Raises ValueError where there are more or fewer than was said."""
    rows: list[Row] = []
    for document in documents:
        before = len(rows)
        rows.extend(_row(layout, document, each) for each in document.passages())
        if len(rows) - before != document.length:
            raise ValueError(f"{document.id} has {len(rows) - before} passages, not {document.length}")
    return rows


def _row(layout: Layout, document: IndexedDocument, each: Indexed) -> Row:
    values = {
        **each.passage.fields,
        **each.named,
        schema.TEXT: (each.passage.text,),
        schema.DOCUMENT: (document.id,),
        schema.COLLECTION: tuple(schema.around(document.collection)),
    }
    of_type = (tuple(map(values.get, names, repeat(()))) for names in (layout.texts, layout.keywords, layout.dates))
    return Row(each.passage.language, *of_type)


def _part(rows: Callable[[], Sequence[Row]], part: int, parts: int) -> Sequence[Row]:
    found = rows()
    return found[len(found) * part // parts : len(found) * (part + 1) // parts]


def make(folder: Path, layout: Layout, name: str, rows: Sequence[Row]) -> Made:
    """Writes the segment of a batch, with what an index after this one has to know to take it over."""
    made = Made(*inversion.write(folder, layout, name, rows))
    digests = {path.name: digest(path) for path in folder.glob(f"*{name}.*")}
    files.write(_file(folder, name), (digests, made))
    return made


def is_there(before: Path, name: str) -> bool:
    """Whether the index before has a segment of this name, damaged or not."""
    return _file(before, name).exists()


def taken_over(before: Path, folder: Path, name: str) -> Made | None:
    """The segment of this name from the index before; None where there is none, or where its files are damaged."""
    linked: list[Path] = []
    try:
        digests, made = files.read(_file(before, name))
        if any(digest(before / file) != known for file, known in digests.items()):
            return None
        for file in (*digests, _file(before, name).name):
            linked.append(folder / file)
            link(before / file, folder / file)
    except (OSError, files.DamagedError):
        for path in linked:
            path.unlink(missing_ok=True)  # it must not be written to: the other index has the same file
        return None
    return Made(*made)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.made"
