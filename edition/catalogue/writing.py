"""A catalogue is written, by the build: from nothing, or from the one before, where the rows of some documents are replaced."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import astuple, dataclass, fields, replace
from itertools import count, islice
from pathlib import Path
from typing import Any, Self

from edition.catalogue.schema import BITS, ENTRY, FORMAT, MENTION, PASSAGE, SCHEMA
from edition.catalogue.settling import settle, settle_tokens
from edition.catalogue.stored import Row, as_json, entry_row, insertion, values_of
from edition.citation_trees import CitationTree, Unit
from edition.findings import Finding
from edition.records import Annotation, Document, Entry, Link, Mention, Passage, Picture, Relation


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on its shelf (``role``), its file as a path below the TEI folder (or empty), and all that is to be known of it.

    ``ids`` are those in the document, where its file holds several documents; ``anchors`` those in the parts of one that is long.
    ``letters`` are told as ``xslt/record/correspondence.xsl`` does. ``slices`` are the TEI of the entries: key, that of the entry
    around, TEI. ``member`` is its number in the entry of its file in the store.
    """

    role: str
    document: Document
    file: str
    passages: Iterable[Passage]
    entries: Iterable[Entry]
    mentions: Iterable[Mention]
    relations: Iterable[Relation] = ()
    links: Iterable[Link] = ()
    annotations: Iterable[Annotation] = ()
    ids: Iterable[str] = ()
    trees: Iterable[CitationTree] = ()
    anchors: Iterable[tuple[str, str]] = ()
    has_header: bool = False
    letters: Iterable[Mapping[str, Any]] = ()
    slices: Iterable[tuple[str, str, str]] = ()
    member: int = 0


Chunk = tuple[str, Sequence[Row]]
"""Rows of a table, and its name."""

CHUNK = 1000
"""Rows that are handled at a time: a document may have as many passages as a library."""


def rows(shelved: Shelved) -> Iterator[Chunk]:
    """What the tables of a catalogue say of a document, in the order in which ``write`` takes it.

    Only passages, units and mentions of documents (not of pages, registers or the edition's own header) are kept, entries,
    relations, links and annotations of all files.
    """
    document, file = shelved.document.id, shelved.file
    links = [(sort, each) for sort, many in (("link", shelved.links), ("annotation", shelved.annotations)) for each in many]
    record = as_json(shelved.document)
    yield from _chunks("documents", [(document, shelved.role, file, shelved.member, shelved.has_header, record)])
    yield from _chunks("declared", (entry_row(each, document, shelved.role) for each in shelved.entries))
    yield from _chunks("slices", ((file, *slice) for slice in shelved.slices))
    relations = ((each.active, each.passive, as_json(each)) for each in shelved.relations)
    yield from _chunks("stated", ((one.file, one.key, other.file, other.key, said) for one, other, said in relations))
    yield from _chunks("links", ((sort, as_json(each)) for sort, each in links))
    pointed = ((number, target.file, target.key) for number, (_, each) in enumerate(links) for target in each.targets)
    yield from _chunks("pointed", pointed)
    yield from _chunks("members", ((file, id, document) for id in shelved.ids))
    if shelved.role != "documents":
        return
    yield from _chunks("passages", map(_row, shelved.passages))
    letters = (json.dumps(letter, ensure_ascii=False) for letter in shelved.letters)
    yield from _chunks("letters", ((document, file, letter) for letter in letters))
    yield from _trees(document, shelved.trees)
    yield from _chunks("pointing", map(_mention_row, shelved.mentions))
    yield from _chunks("anchors", ((document, *anchor) for anchor in shelved.anchors))


def _chunks(table: str, rows: Iterable[Row]) -> Iterator[Chunk]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield table, chunk


def _trees(document: str, trees: Iterable[CitationTree]) -> Iterator[Chunk]:
    """The citation trees of a document, and their units."""
    for number, tree in enumerate(trees):
        units = ((document, number, each.number, each.level, each.ref, each.parent, _line(each)) for each in tree.units)
        yield from _chunks("units", units)
        yield from _chunks("trees", [(document, number, as_json(replace(tree, units=())))])


_NUMBERED = {
    "passages": PASSAGE,
    "letters": "document, file, record",
    "declared": ENTRY,
    "pointing": MENTION,
    "stated": "active_file, active_key, passive_file, passive_key, record",
    "links": "sort, record",
    "pointed": "link, file, key",
    "counts": "elements, attributes",
    "ids": "file, key",
    "pointers": "is_inside, sort, attribute, target, id, line, count, file, key",
    "noted": "sort, words, line, count",
}
_OTHERS = {
    "slices": "file, key, around, tei",
    "members": "file, key, document",
    "units": "document, tree, number, level, ref, parent, record",
    "trees": "document, number, record",
    "anchors": "document, id, part",
}
"""The columns of each table that rows come for besides ``documents``; in some the rows of a document are numbered."""
_OF_DOCUMENT = ("units", "trees", "anchors")
_OF_FILE = ("slices", "members")
"""The tables whose rows are those of a document, or of a file, by its name."""
_NAMING = ("declared", "slices", "stated", "pointed", "members", "pointing")
"""The tables that what other documents name depends on, and what registers as data tell."""


class RenewalError(Exception):
    """The catalogue before cannot be renewed: documents stand in another order, or a new one lacks room or an id of its own."""


def is_renewable(path: Path, made: Sequence[str]) -> bool:
    """Whether there is a catalogue that is worth renewing: it has half of what was made of these files, or more.

    Files from outside the TEI folder have no path in it by which their rows could be told from each other; and where a document
    was left out because another had its id (E004), it may have its place now.
    """
    try:
        with closing(sqlite3.connect(path.resolve().as_uri() + "?mode=ro&immutable=1", uri=True)) as connection:
            ((format,),) = connection.execute("PRAGMA user_version")
            there = connection.execute("SELECT DISTINCT made, file = '' FROM documents WHERE made != ''").fetchall()
            is_left_out = connection.execute("SELECT 1 FROM findings WHERE code = 'E004'").fetchone()
    except sqlite3.Error:
        return False
    is_like = 2 * len({*made} & {*dict(there)}) >= len(made)
    return format == FORMAT and is_like and not is_left_out and not any(is_outside for _, is_outside in there)


class Writing:
    """A catalogue that is being written; before ``settle`` it is none.

    ``made`` are the names of what was made of the files of the edition, in their order, in which they must also be asked for and
    added. Where the path ``is_before``, the catalogue there is another one: what it has of them stays, and all else goes. Raises
    RenewalError, and sqlite3.Error.
    """

    def __init__(self, path: Path, made: Sequence[str], is_before: bool = False) -> None:
        self._gone: dict[int, str] = {}
        self._new: dict[int, str] = {}
        self._last = 0
        self._is_new = not is_before
        self._step = 1 << max(0, min(MOST_STEP, 62 - BITS - len(made).bit_length()))
        self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            begin = "" if is_before else f"PRAGMA user_version = {FORMAT}; {SCHEMA}"
            pragmas = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
            self._connection.executescript(f"{pragmas} BEGIN; {begin}")
            self._kept = self._cleared(set(made))
            self._in_order = sorted(self._gone)
            self._rooms = self._measured(made)
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self._connection.close()

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()

    def _cleared(self, made: Set[str]) -> dict[str, tuple[int, int]]:
        """Remove what is not of these files; the first and last number of the documents of each that is kept."""
        kept: dict[str, tuple[int, int]] = {}
        for number, id, role, file, name, names in self._all("SELECT number, id, role, file, made, names FROM documents"):
            if name in made:
                first, last = kept.get(name, (number, number))
                kept[name] = min(first, number), max(last, number)
                continue
            self._gone[number] = names
            self._all("DELETE FROM documents WHERE number = ?", (number,))
            for table in _NUMBERED:
                self._all(f"DELETE FROM {table} WHERE number BETWEEN ? AND ?", (number << BITS, (number + 1 << BITS) - 1))
            for table in _OF_FILE:
                self._all(f"DELETE FROM {table} WHERE file = ?", (file,))
            for table in _OF_DOCUMENT if role == "documents" else ():
                self._all(f"DELETE FROM {table} WHERE document = ?", (id,))
        self._all("DELETE FROM pictures")
        self._all(_WITHOUT)
        return kept

    def _measured(self, made: Sequence[str]) -> dict[str, tuple[int, int]]:
        """For each file that is not kept the number it must stay below (0: none), and how many in a row are still to come."""
        rooms: dict[str, tuple[int, int]] = {}
        end = waiting = 0
        for name in reversed(made):
            if name in self._kept:
                first, last = self._kept[name]
                if end and last >= end:
                    raise RenewalError
                end, waiting = first, 0
            else:
                waiting += 1
                rooms[name] = end, waiting
        return rooms

    def has(self, name: str) -> bool:
        """Whether what was made of a file is in the catalogue already."""
        if name in self._kept:
            _, self._last = self._kept[name]
        return name in self._kept

    def add(self, name: str, chunks: Iterable[Chunk]) -> None:
        """Add a document, given by its rows."""
        number = self._last = self._free(*self._rooms.get(name, (0, 1)))
        rows = {table: count(number << BITS) for table in _NUMBERED}
        names, marks, size = hashlib.sha256(), _Places(), 0
        for table, chunk in chunks:
            if table in _NAMING:
                plain = chunk if table != "pointing" else [_named(row, marks) for row in chunk]
                names.update(json.dumps([table, *plain], ensure_ascii=False).encode())
            if table == "passages":
                size += sum(len(text) + len(fields) for *_, text, fields, _, _, _ in chunk)
            if table == "documents":
                ((id, role, file, *rest),) = chunk
                names.update(json.dumps([id, role, file]).encode())
                if not self._is_new and self._all("SELECT 1 FROM documents WHERE role = ? AND id = ?", (role, id)):
                    raise RenewalError  # which of the two comes first?
                self._all(_INSERT[table], (number, id, role, file, name, *rest))
            elif table in _NUMBERED:
                self._connection.executemany(_INSERT[table], ((next(rows[table]), *row) for row in chunk))
            else:
                self._connection.executemany(_INSERT[table], chunk)
        self._new[number] = names.hexdigest()
        passages = next(rows["passages"]) - (number << BITS)
        settled = (self._new[number], passages, size, number)
        self._all("UPDATE documents SET names = ?, passages = ?, size = ? WHERE number = ?", settled)

    def _free(self, end: int, waiting: int) -> int:
        """A number for a document behind the last and before ``end`` (0: the last of all), where so many are to find room."""
        gone = self._in_order
        first = bisect_right(gone, self._last)
        if (bisect_left(gone, end) if end else len(gone)) - first >= waiting:
            return gone[first]  # most often it is the same document, changed
        step = min(self._step, (end - self._last) // (waiting + 1)) if end else self._step
        if not step:
            raise RenewalError
        return self._last + step

    def said(self, *names: str) -> Iterator[list[Any]]:
        """These values of each document added so far, in their order."""
        paths = ", ".join(f"'$.{name}'" for name in names)
        query = f"SELECT json_extract(record, {paths}) FROM documents WHERE role = 'documents' ORDER BY number"
        return (json.loads(values) for (values,) in self._connection.execute(query))

    def with_images(self) -> frozenset[str]:
        """What was made of the files that name images, as far as it is in the catalogue already."""
        query = f"SELECT DISTINCT number >> {BITS} FROM pointers WHERE sort = 'image'"
        return frozenset(made for (made,) in self._all(f"SELECT made FROM documents WHERE number IN ({query})"))

    def add_pictures(self, pictures: Iterable[Picture]) -> None:
        """Add the images that a page shows; none is in the catalogue before, since they are files of their own."""
        self._connection.executemany(_PICTURE, map(astuple, pictures))

    def add_findings(self, name: str, findings: Iterable[Finding]) -> None:
        """Add what there is to report of a file."""
        self._connection.executemany(_FINDING, _findings(name, findings))

    def settle(self) -> tuple[int, int]:
        """Settle what follows from all documents together; the numbers of documents and passages."""
        self._connection.execute("COMMIT")
        if self._is_new or self._new != self._gone:
            settle(self._connection)
            settle_tokens(self._connection, None)
        else:
            settle_tokens(self._connection, self._new)
        counted = "SELECT count(*), total(passages) FROM documents WHERE role = 'documents'"
        ((documents, passages),) = self._all(counted)
        return documents, int(passages)


MOST_STEP = 20
"""Between two documents of a catalogue that is written from nothing there is room for as many as so many bits can number."""

_INSERT = {
    "documents": "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, '', '', 0, 0, ?)",
    **{table: insertion(table, f"number, {columns}") for table, columns in _NUMBERED.items()},
    **{table: insertion(table, columns) for table, columns in _OTHERS.items()},
}


_WITHOUT = "DELETE FROM findings WHERE made NOT IN (SELECT made FROM documents UNION SELECT formats FROM documents)"
_PICTURE = insertion("pictures", ", ".join(each.name for each in fields(Picture)))


_FINDING = "INSERT INTO findings VALUES (?, ?, ?, ?, ?)"


def _findings(name: str, findings: Iterable[Finding]) -> Iterator[Row]:
    return ((name, each.line, each.column, each.code, each.message) for each in findings)


def note_formats(path: Path, noted: Iterable[tuple[str, str, Iterable[Finding]]]) -> None:
    """Tell a catalogue which entries of the store now have the formats of documents (empty: none), and what there is to report.

    Of each document that this changes for: its id, the entry, the findings.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        for id, entry, findings in noted:
            connection.execute(
                "DELETE FROM findings WHERE made = (SELECT formats FROM documents WHERE role = 'documents' AND id = ?)", (id,)
            )
            connection.execute("UPDATE documents SET formats = ? WHERE role = 'documents' AND id = ?", (entry, id))
            connection.executemany(_FINDING, _findings(entry, findings))
        connection.execute("COMMIT")


class _Places(dict[int, int]):
    """Each number, and how many others were asked for before it."""

    def __missing__(self, key: int) -> int:
        place = self[key] = len(self)
        return place


def _named(row: Row, marks: _Places) -> Row:
    """What decides what a mention means, and what is told of it; where in the passage its words stand does not."""
    _, passage, file, key, element, words, _, mark, _, _, certainty, sort, _ = row
    return passage, file, key, element, words, marks[mark], certainty, sort


def _row(passage: Passage) -> Row:
    values = json.dumps(dict(passage.fields), ensure_ascii=False)
    places = (" ".join(map(str, each)) for each in (passage.runs, passage.shown, passage.place))
    return (passage.document, passage.id, passage.kind, passage.label, passage.language, passage.text, values, *places)


def _line(unit: Unit) -> str:
    """A unit without the names of its fields: there are as many as passages, or more."""
    return json.dumps(tuple(values_of(unit).values()), ensure_ascii=False, separators=(",", ":"))


def _mention_row(mention: Mention) -> Row:
    *values, places = values_of(mention).values()
    return (*values, " ".join(map(str, places)))
