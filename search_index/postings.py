"""Whoosh's files, written and read without its writer, matchers and queries: the one place that knows what is inside them.

Its own writer sorts every posting through files, its matchers go from posting to posting; here a term's postings are written one
after the other and read block by block, which is many times faster. The files are the same: Whoosh reads what is written here,
and its matchers give the same answers (``tests/search_index/test_postings.py``).
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate, islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from whoosh import fields, index
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import HashReader
from whoosh.filedb.structfile import StructFile
from whoosh.reading import IndexReader, TermNotFound

from search_index.schema import POSITIONS

NAME = "MAIN"
"""What Whoosh calls the only index of a folder."""
BLOCK = 1024
"""Postings that are read at once."""
COMPRESSION, LEAST_COMPRESSED = 3, 64
"""How hard zlib tries, and the postings of a block that is worth it: a small one takes longer than all else and gains little."""
_SLOT = Struct("!Iq")
"""A slot of Whoosh's table of terms."""


class Postings(NamedTuple):
    """Postings of a term: the places, ascending, how often it occurs at each, and where (see ``schema.Positions``)."""

    places: list[int]
    weights: list[float]
    values: list[bytes]


def write_segment(
    folder: Path, schema: fields.Schema, id: str, size: int, terms: Mapping[str, Iterable[tuple[str, Postings]]]
) -> Segment:
    """One segment of ``size`` passages; its places count from 0. The terms of a field ascend.

    ``id`` is unlike that of any other segment: small letters and digits.
    """
    storage = FileStorage(str(folder))
    codec = W3Codec(blocklimit=BLOCK)
    segment: Segment = codec.new_segment(storage, NAME)
    segment.segid = id
    segment.set_doc_count(size)
    writer = codec.field_writer(storage, segment)
    for name in sorted(terms):
        writer.start_field(name, schema[name])
        for term, postings in terms[name]:
            writer.start_term(term.encode())
            _add(writer._postwriter, postings)
            writer.finish_term()
        writer.finish_field()
    writer.close()
    return segment


def _add(writer: W3PostingsWriter, postings: Postings) -> None:
    """What ``writer.add_posting`` does for each posting, done for a block at once; the last one is left to its ``finish``."""
    for first in range(0, len(postings.places), BLOCK):
        if first:
            writer._write_block()
        writer._ids = array("I", postings.places[first : first + BLOCK])
        writer._weights = array("f", postings.weights[first : first + BLOCK])
        writer._values = postings.values[first : first + BLOCK]
        writer._maxweight = max(writer._weights)
        writer._compression = COMPRESSION if len(writer._ids) >= LEAST_COMPRESSED else 0


def write_contents(folder: Path, schema: fields.Schema, segments: Sequence[Segment]) -> None:
    """Makes an index of segments that lie in the folder, one after the other."""
    index.TOC(schema, list(segments), 0).write(FileStorage(str(folder)), NAME)


def open_index(folder: Path) -> index.FileIndex:
    """The index in a folder."""
    return index.FileIndex(_MappedStorage(str(folder), readonly=True), indexname=NAME)


class _MappedStorage(FileStorage):
    """Files as parts of memory: the system keeps of them what is read. Whoosh itself copies each whole, for each reader."""

    def open_file(self, name: str, *_args: object, **_options: object) -> StructFile:
        with Path(self._fpath(name)).open("rb") as file:
            content: Any = mmap(file.fileno(), 0, access=ACCESS_READ) if os.fstat(file.fileno()).st_size else BytesIO()
            return _MappedFile(content, name=name)


class _MappedFile(StructFile):
    def get(self, position: int, length: int) -> bytes:
        content = self.file if isinstance(self.file, mmap) else b""
        return content[position : position + length]


def blocks(reader: IndexReader, field: str, term: str) -> Iterator[Postings]:
    """The postings of a term; none where it does not occur. Nothing is decoded but the block that is asked for."""
    text = term.encode()
    for leaf, first in _having(reader, field, text):
        try:
            matcher: Any = leaf.postings(field, text)
        except TermNotFound:  # another one has the same hash
            continue
        while matcher.is_active():
            matcher._read_data()
            distances, weights, values = matcher._data
            places = list(islice(accumulate(distances, initial=first), 1, None))
            if not isinstance(weights, tuple):  # the same for all
                weights = (weights or 1.0,) * len(places)
            yield Postings(places, list(weights), POSITIONS.taken_apart(values))
            matcher._next_block()


def _having(reader: IndexReader, field: str, text: bytes) -> Iterator[tuple[IndexReader, int]]:
    """The segments that have a term, or one with the same hash, with their first places.

    Most terms are in few of many segments, and Whoosh makes it dear to learn that one is not there. Its table of terms is a hash
    table in a file, with the same hash in each segment: it is made once, and looked up without taking anything else in hand.
    """
    key, digest = b"", 0
    for leaf, first in reader.leaf_readers():
        terms: Any = getattr(leaf, "_terms", None)
        if terms is None:  # a segment of nothing
            continue
        if not key:
            key = terms._keycoder(field, text)
            digest = terms._tindex.hashfn(key)
        if _has_hash(terms._tindex, digest):
            yield leaf, first


def _has_hash(table: HashReader, digest: int) -> bool:
    """Whether a table has a key with this hash; each slot holds the hash and the place of a key, an empty one ends the search."""
    start, slots = table.tables[digest & 255]
    for number in range(slots):
        slot = ((digest >> 8) + number) % slots
        found, place = _SLOT.unpack_from(table.dbfile.file, start + slot * _SLOT.size)
        if not place or found == digest:
            return bool(place)
    return False
