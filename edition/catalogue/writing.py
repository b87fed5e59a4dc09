"""A catalogue is written: once, by the build."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

from edition.catalogue.joining import join
from edition.catalogue.schema import FORMAT, MENTION, PASSAGE, SCHEMA, SETTLE
from edition.citation_trees import Citation, CitationTree, Unit
from edition.records import Annotation, Document, Entry, Link, Mention, Passage, Relation


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on its shelf (``role``), its file as a path below the TEI folder (or empty), and all that is to be known of it.

    ``ids`` are those in the document, where its file holds several documents; ``anchors`` those in the parts of one that is long.
    ``letters`` are told as ``xslt/record/correspondence.xsl`` does. ``slices`` are the TEI of the entries: key, that of the entry
    around, TEI.
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
    citation: Citation | None = None
    anchors: Iterable[tuple[str, str]] = ()
    header: str = ""
    letters: Iterable[Mapping[str, Any]] = ()
    slices: Iterable[tuple[str, str, str]] = ()


Row = Sequence[Any]
Chunk = tuple[str, Sequence[Row]]
"""Rows of a table, and its name."""

CHUNK = 1000
"""Rows that are handled at a time: a document may have as many passages as a library."""


def rows(shelved: Shelved) -> Iterator[Chunk]:
    """What the tables of a catalogue say of a document, in the order in which ``write`` takes it.

    Only passages, units and mentions of documents (not of pages, registers or the edition's own header) are kept, entries,
    relations, links and annotations of all files. Links are numbered from 0.
    """
    document, file = shelved.document.id, shelved.file
    links = [(sort, each) for sort, many in (("link", shelved.links), ("annotation", shelved.annotations)) for each in many]
    yield from _chunks("documents", [(document, shelved.role, file, _json(shelved.document))])
    yield from _chunks("entries", (entry_row(each, document, shelved.role) for each in shelved.entries))
    yield from _chunks("slices", ((file, *slice) for slice in shelved.slices))
    relations = ((each.active, each.passive, _json(each)) for each in shelved.relations)
    yield from _chunks("relations", ((one.file, one.key, other.file, other.key, said) for one, other, said in relations))
    yield from _chunks("links", ((number, sort, _json(each)) for number, (sort, each) in enumerate(links)))
    pointed = ((number, target.file, target.key) for number, (_, each) in enumerate(links) for target in each.targets)
    yield from _chunks("pointed", pointed)
    yield from _chunks("members", ((file, id, document) for id in shelved.ids))
    if shelved.role != "documents":
        return
    yield from _chunks("passages", map(_row, shelved.passages))
    yield from _chunks("headers", [(document, shelved.header)] if shelved.header else [])
    letters = (json.dumps(letter, ensure_ascii=False) for letter in shelved.letters)
    yield from _chunks("letters", ((document, file, letter) for letter in letters))
    if shelved.citation is not None:
        yield from _citation(document, shelved.citation)
    yield from _chunks("mentions", map(_mention_row, shelved.mentions))
    yield from _chunks("anchors", ((document, *anchor) for anchor in shelved.anchors))


def _chunks(table: str, rows: Iterable[Row]) -> Iterator[Chunk]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield table, chunk


def _citation(document: str, citation: Citation) -> Iterator[Chunk]:
    """The citation trees of a document, their units, and where its passages are shown."""
    for number, tree in enumerate(citation.trees):
        units = ((document, number, each.number, each.level, each.ref, each.parent, _line(each)) for each in tree.units)
        yield from _chunks("units", units)
        yield from _chunks("trees", [(document, number, _json(replace(tree, units=())))])
    places = (json.dumps(place, separators=(",", ":")) for place in citation.shown)
    yield from _chunks("shown", ((document, number, place) for number, place in enumerate(places)))


_TABLES = {
    "documents": "id, role, file, record",
    "entries": "document, role, file, key, kind, type, name, record",
    "slices": "file, key, around, tei",
    "relations": "active_file, active_key, passive_file, passive_key, record",
    "links": "number, sort, record",
    "pointed": "link, file, key",
    "members": "file, key, document",
    "passages": PASSAGE,
    "headers": "document, tei",
    "letters": "document, file, record",
    "units": "document, tree, number, level, ref, parent, record",
    "trees": "document, number, record",
    "shown": "document, number, place",
    "mentions": MENTION,
    "anchors": "document, id, part",
    "pictures": "document, product, part, begins, inside, is_page, name, width, height, words",
}
"""The columns of each table that rows come for."""
_AGAIN = ("entries", "slices", "members")
"""The tables that may be told of one key several times; only the first counts."""


def write(path: Path, documents: Iterable[Iterable[Chunk]]) -> tuple[int, int]:
    """Write the catalogue of documents, given by their rows, in their order; the numbers of documents and passages written."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {FORMAT}; BEGIN; {SCHEMA}"
        )
        links = 1
        for each in documents:
            new = 0
            for table, chunk in each:
                if table in ("links", "pointed"):
                    new += len(chunk) if table == "links" else 0
                    chunk = [(links + number, *rest) for number, *rest in chunk]
                connection.executemany(_INSERT[table], chunk)
            links += new
        connection.execute("COMMIT")
        connection.executescript(SETTLE)
        for entry in join(connection):
            connection.execute(_INSERT["entries"], entry_row(entry))
        counted = "SELECT count(*) FROM documents WHERE role = 'documents' UNION ALL SELECT count(*) FROM passages"
        (written,), (passages,) = connection.execute(counted)
    finally:
        connection.close()
    return written, passages


_INSERT = {
    table: f"INSERT {'OR IGNORE' if table in _AGAIN else ''} INTO {table} ({columns}) VALUES ({'?' + ',?' * columns.count(',')})"
    for table, columns in _TABLES.items()
}


def _row(passage: Passage) -> Row:
    values = json.dumps(dict(passage.fields), ensure_ascii=False)
    runs = json.dumps(passage.runs, separators=(",", ":"))
    return (
        passage.document, passage.id, passage.kind, passage.label, passage.language, passage.text, values, runs, passage.tei
    )  # fmt: skip


def _line(unit: Unit) -> str:
    """A unit without the names of its fields: there are as many as passages, or more."""
    return json.dumps(tuple(_values(unit).values()), ensure_ascii=False, separators=(",", ":"))


def entry_row(entry: Entry, document: str = "", role: str = "") -> Row:
    """A row of the table of entries."""
    return (document, role, entry.file, entry.key, entry.kind, entry.type, entry.name, _json(entry))


def _mention_row(mention: Mention) -> Row:
    *values, places = _values(mention).values()
    return (*values, " ".join(map(str, places)))


def _json(record: Document | CitationTree | Entry | Relation | Link | Annotation) -> str:
    return json.dumps(record, default=_values, ensure_ascii=False, separators=(",", ":"))


def _values(record: object) -> dict[str, Any]:
    """A data class as JSON has it; ``asdict`` would copy all that is in it first, which takes ten times as long."""
    return {name: getattr(record, name) for name in _NAMES[type(record)]}


class _Names(dict[type, tuple[str, ...]]):
    """The names of the fields of each data class, looked up once."""

    def __missing__(self, of: type) -> tuple[str, ...]:
        names = self[of] = tuple(each.name for each in fields(of))
        return names


_NAMES = _Names()
