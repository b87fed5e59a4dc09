"""A catalogue is written: once, by the build."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

from edition.catalogue.joining import join
from edition.catalogue.schema import FORMAT, MENTION, PASSAGE, SCHEMA, SETTLE
from edition.citation_trees import Citation, CitationTree, Unit
from edition.records import Annotation, Document, Entry, Link, Mention, Passage, Picture, Relation


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
    pictures: Iterable[Picture] = ()
    letters: Iterable[Mapping[str, Any]] = ()
    slices: Iterable[tuple[str, str, str]] = ()


def write(path: Path, shelved: Iterable[Shelved]) -> tuple[int, int]:
    """Write the catalogue of these files in their order; the numbers of documents and passages written.

    Only passages, units and mentions of documents (not of pages, registers or the edition's own header) are kept, entries,
    relations, links and annotations of all files.
    Files are taken one at a time.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {FORMAT}; BEGIN; {SCHEMA}"
        )
        documents = passages = 0
        for each in shelved:
            row = (each.document.id, each.role, each.file, _json(each.document))
            connection.execute("INSERT INTO documents (id, role, file, record) VALUES (?, ?, ?, ?)", row)
            for entry in each.entries:
                _write_entry(connection, entry, each.document.id, each.role)
            slices = ((each.file, *slice) for slice in each.slices)
            connection.executemany("INSERT OR IGNORE INTO slices VALUES (?, ?, ?, ?)", slices)
            _write_links(connection, each)
            members = ((each.file, id, each.document.id) for id in each.ids)
            connection.executemany("INSERT OR IGNORE INTO members VALUES (?, ?, ?)", members)
            if each.role == "documents":
                rows = map(_row, each.passages)
                passages += connection.executemany(f"INSERT INTO passages {_COLUMNS}", rows).rowcount
                if each.header:
                    connection.execute("INSERT INTO headers VALUES (?, ?)", (each.document.id, each.header))
                letters = ((each.document.id, each.file, json.dumps(letter, ensure_ascii=False)) for letter in each.letters)
                connection.executemany("INSERT INTO letters (document, file, record) VALUES (?, ?, ?)", letters)
                if each.citation is not None:
                    _write_citation(connection, each.document.id, each.citation)
                mentions = map(_mention_row, each.mentions)
                connection.executemany(
                    f"INSERT INTO mentions ({MENTION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", mentions
                )
                anchors = ((each.document.id, *anchor) for anchor in each.anchors)
                connection.executemany("INSERT INTO anchors VALUES (?, ?, ?)", anchors)
                connection.executemany("INSERT INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(astuple, each.pictures))
                documents += 1
        connection.execute("COMMIT")
        connection.executescript(SETTLE)
        for entry in join(connection):
            _write_entry(connection, entry)
    finally:
        connection.close()
    return documents, max(passages, 0)


_COLUMNS = f"({PASSAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _row(passage: Passage) -> tuple[str, ...]:
    values = json.dumps(dict(passage.fields), ensure_ascii=False)
    runs = json.dumps(passage.runs, separators=(",", ":"))
    return (
        passage.document, passage.id, passage.kind, passage.label, passage.language, passage.text, values, runs, passage.tei
    )  # fmt: skip


def _write_citation(connection: sqlite3.Connection, document: str, citation: Citation) -> None:
    """The citation trees of a document, their units, and where its passages are shown."""
    for number, tree in enumerate(citation.trees):
        units = ((document, number, each.number, each.level, each.ref, each.parent, _line(each)) for each in tree.units)
        connection.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?)", units)
        connection.execute("INSERT INTO trees VALUES (?, ?, ?)", (document, number, _json(replace(tree, units=()))))
    shown = ((document, number, json.dumps(place, separators=(",", ":"))) for number, place in enumerate(citation.shown))
    connection.executemany("INSERT INTO shown VALUES (?, ?, ?)", shown)


def _line(unit: Unit) -> str:
    """A unit without the names of its fields: there are as many as passages, or more."""
    return json.dumps(tuple(_values(unit).values()), ensure_ascii=False, separators=(",", ":"))


def _write_links(connection: sqlite3.Connection, shelved: Shelved) -> None:
    """The relations, links and annotations of a file."""
    relations = (
        (each.active.file, each.active.key, each.passive.file, each.passive.key, _json(each)) for each in shelved.relations
    )
    columns = "(active_file, active_key, passive_file, passive_key, record) VALUES (?, ?, ?, ?, ?)"
    connection.executemany(f"INSERT INTO relations {columns}", relations)
    for sort, linking in (("link", shelved.links), ("annotation", shelved.annotations)):
        for each in linking:
            number = connection.execute("INSERT INTO links (sort, record) VALUES (?, ?)", (sort, _json(each))).lastrowid
            pointed = ((number, target.file, target.key) for target in each.targets)
            connection.executemany("INSERT INTO pointed VALUES (?, ?, ?)", pointed)


_ENTRY_COLUMNS = "(document, role, file, key, kind, type, name, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def _write_entry(connection: sqlite3.Connection, entry: Entry, document: str = "", role: str = "") -> None:
    """An entry, and by what it is called elsewhere; of several with one id in a file only the first."""
    row = (document, role, entry.file, entry.key, entry.kind, entry.type, entry.name, _json(entry))
    written = connection.execute(f"INSERT OR IGNORE INTO entries {_ENTRY_COLUMNS}", row)
    if written.rowcount:
        called = ((alias, entry.kind, entry.file, entry.key, written.lastrowid) for alias in entry.same)
        connection.executemany("INSERT INTO called VALUES (?, ?, ?, ?, ?)", called)


def _mention_row(mention: Mention) -> tuple[Any, ...]:
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
