"""The catalogue of a snapshot: documents and passages in one SQLite file, and the questions it answers.

Written once by the build, then opened read-only and immutable. Passages are numbered from 1 in the order of the documents
and of the text; the search index knows a passage by that number.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from edition.records import Document, Heading, Licence, Passage, Responsibility

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    role TEXT NOT NULL,        -- 'documents', 'pages' or 'edition': the shelf of tei/ it stands on
    record TEXT NOT NULL,      -- edition.records.Document as JSON
    UNIQUE (role, id)
);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    fields TEXT NOT NULL,      -- JSON, field name → values
    runs TEXT NOT NULL,        -- JSON, see edition.runs
    tei TEXT NOT NULL,
    UNIQUE (document, id)
);
"""


class CatalogueError(Exception):
    """The catalogue is missing or damaged."""


def write(path: Path, entries: Iterable[tuple[str, Document, Iterable[Passage]]]) -> tuple[int, int]:
    """Write the catalogue of ``(role, document, passages)`` in their order; the numbers of documents and passages written.

    Only passages of documents (not of pages or of the edition's own header) are kept. Entries are taken one at a time.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        documents = passages = 0
        for role, document, its_passages in entries:
            row = (document.id, role, json.dumps(asdict(document), ensure_ascii=False))
            connection.execute("INSERT INTO documents (id, role, record) VALUES (?, ?, ?)", row)
            if role == "documents":
                rows = map(_row, its_passages)
                passages += connection.executemany(f"INSERT INTO passages {_COLUMNS}", rows).rowcount
                documents += 1
        connection.execute("COMMIT")
    finally:
        connection.close()
    return documents, max(passages, 0)


_COLUMNS = "(document, id, kind, label, language, text, fields, runs, tei) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _row(passage: Passage) -> tuple[str, ...]:
    fields = json.dumps(dict(passage.fields), ensure_ascii=False)
    runs = json.dumps(passage.runs, separators=(",", ":"))
    return (
        passage.document, passage.id, passage.kind, passage.label, passage.language, passage.text, fields, runs, passage.tei
    )  # fmt: skip


def _close(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()


class Catalogue:
    """An open catalogue; safe to use from several threads (a connection each)."""

    def __init__(self, path: Path) -> None:
        self._address = path.resolve().as_uri() + "?mode=ro&immutable=1"
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self.close = weakref.finalize(self, _close, self._connections)
        """Closes the connections of all threads, when nobody asks any more; also done when the catalogue is forgotten."""
        try:
            self.passages = int(self._all("SELECT count(*) FROM passages")[0][0])
            totals = "SELECT count(*), total(json_extract(record, '$.words')) FROM documents WHERE role = 'documents'"
            self.documents, self.words = map(int, self._all(totals)[0])
        except sqlite3.Error as error:
            raise CatalogueError(f"{path}: the catalogue cannot be read ({error})") from error

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)  # to be closed from any
            self._connections.append(self._local.connection)
        return self._local.connection.execute(query, values).fetchall()  # type: ignore[no-any-return]

    def listing(self, role: str = "documents", offset: int = 0, limit: int = -1) -> tuple[Document, ...]:
        """The documents of a shelf in order of their paths, from ``offset`` on, at most ``limit`` (-1: all)."""
        query = "SELECT record FROM documents WHERE role = ? ORDER BY number LIMIT ? OFFSET ?"
        return tuple(_document(record) for (record,) in self._all(query, (role, limit, offset)))

    def document(self, id: str, role: str = "documents") -> Document | None:
        """The document with this id, or None."""
        rows = self._all("SELECT record FROM documents WHERE role = ? AND id = ?", (role, id))
        return _document(rows[0][0]) if rows else None

    def neighbours(self, id: str) -> tuple[Document | None, Document | None]:
        """The documents before and after this one on the shelf of documents."""
        where = "role = 'documents' AND number {0} (SELECT number FROM documents WHERE role = 'documents' AND id = ?)"
        before = self._all(f"SELECT record FROM documents WHERE {where.format('<')} ORDER BY number DESC LIMIT 1", (id,))
        after = self._all(f"SELECT record FROM documents WHERE {where.format('>')} ORDER BY number LIMIT 1", (id,))
        return _document(before[0][0]) if before else None, _document(after[0][0]) if after else None

    def passage(self, document: str, id: str) -> Passage | None:
        """One passage, or None."""
        return next(self._passages("WHERE document = ? AND id = ?", (document, id)), None)

    def passages_of(self, document: str, limit: int = -1) -> tuple[Passage, ...]:
        """The passages of a document in the order of the text, the first ``limit`` of them (-1: all)."""
        return tuple(self._passages("WHERE document = ? ORDER BY number LIMIT ?", (document, limit)))

    def numbered(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """The passages with these numbers, in the order of ``numbers``."""
        found: dict[int, Passage] = {}
        for start in range(0, len(numbers), 500):
            part = list(numbers[start : start + 500])
            marks = ",".join("?" * len(part))
            rows = self._all(f"SELECT number, {_READ} FROM passages WHERE number IN ({marks})", part)
            found |= {row[0]: _passage(row[1:]) for row in rows}
        return tuple(found[number] for number in numbers)

    def all_passages(self) -> Iterator[tuple[int, Passage]]:
        """Every passage with its number, streamed in order."""
        connection = sqlite3.connect(self._address, uri=True)
        try:
            for row in connection.execute(f"SELECT number, {_READ} FROM passages ORDER BY number"):
                yield row[0], _passage(row[1:])
        finally:
            connection.close()

    def _passages(self, where: str, values: Sequence[Any]) -> Iterator[Passage]:
        return map(_passage, self._all(f"SELECT {_READ} FROM passages {where}", values))


_READ = "document, id, kind, label, language, text, fields, runs, tei"


def _passage(row: Sequence[Any]) -> Passage:
    document, id, kind, label, language, text, fields, runs, tei = row
    values = {name: tuple(each) for name, each in json.loads(fields).items()}
    return Passage(document, id, kind, label, language, text, values, tuple(json.loads(runs)), tei)


def _document(record: str) -> Document:
    values = json.loads(record)
    return Document(
        **values
        | {
            "authors": tuple(values["authors"]),
            "responsibilities": tuple(Responsibility(**each) for each in values["responsibilities"]),
            "licences": tuple(Licence(**each) for each in values["licences"]),
            "contents": tuple(Heading(**each) for each in values["contents"]),
        }
    )
