"""The catalogue of a snapshot: documents, passages, entries and mentions in one SQLite file, and the questions it answers.

Written once by the build, then opened read-only and immutable. Passages are numbered from 1 in the order of the documents
and of the text; the search index knows a passage by that number.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from edition.records import Document, Entry, Heading, Licence, Mention, Passage, Responsibility

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    role TEXT NOT NULL,        -- 'documents', 'pages', 'registers' or 'edition': the shelf of tei/ it stands on
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
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,    -- the id of the file that declares it, on its shelf
    role TEXT NOT NULL,
    file TEXT NOT NULL,        -- the path of that file below the TEI folder
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    names TEXT NOT NULL,       -- JSON
    UNIQUE (file, key)
);
CREATE INDEX entries_by_key ON entries (kind, key);
CREATE TABLE mentions (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL,
    passage TEXT NOT NULL,
    file TEXT NOT NULL,        -- with key: the entry that is meant
    key TEXT NOT NULL,
    element TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX mentions_by_entry ON mentions (file, key);
"""
_SETTLE_MENTIONS = """
BEGIN;
CREATE INDEX entries_by_key_alone ON entries (key, number);
UPDATE mentions SET file = ifnull((SELECT file FROM entries WHERE entries.key = mentions.key ORDER BY number LIMIT 1), '')
    WHERE file = '';
DELETE FROM mentions
    WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.file = mentions.file AND entries.key = mentions.key);
COMMIT;
"""
"""When all entries are known: who gave a key alone meant the first entry that has it; what means no entry is no mention."""


class CatalogueError(Exception):
    """The catalogue is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file on its shelf (``role``), and all that is to be known of it."""

    role: str
    document: Document
    passages: Iterable[Passage]
    entries: Iterable[Entry]
    mentions: Iterable[Mention]


def write(path: Path, shelved: Iterable[Shelved]) -> tuple[int, int]:
    """Write the catalogue of these files in their order; the numbers of documents and passages written.

    Only passages and mentions of documents (not of pages, registers or the edition's own header) are kept, entries of all files.
    Files are taken one at a time.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;" + _SCHEMA)
        documents = passages = 0
        for each in shelved:
            row = (each.document.id, each.role, json.dumps(asdict(each.document), ensure_ascii=False))
            connection.execute("INSERT INTO documents (id, role, record) VALUES (?, ?, ?)", row)
            entries = (_entry_row(each, entry) for entry in each.entries)
            connection.executemany(f"INSERT OR IGNORE INTO entries {_ENTRY_COLUMNS}", entries)  # of a doubled id the first
            if each.role == "documents":
                rows = map(_row, each.passages)
                passages += connection.executemany(f"INSERT INTO passages {_COLUMNS}", rows).rowcount
                mentions = map(astuple, each.mentions)
                connection.executemany(f"INSERT INTO mentions ({_MENTION}) VALUES (?, ?, ?, ?, ?, ?)", mentions)
                documents += 1
        connection.execute("COMMIT")
        connection.executescript(_SETTLE_MENTIONS)
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


_ENTRY_COLUMNS = "(document, role, file, key, kind, type, name, names) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_ENTRY = "file, key, kind, type, name, names"
_MENTION = "document, passage, file, key, element, words"


def _entry_row(shelved: Shelved, entry: Entry) -> tuple[str, ...]:
    names = json.dumps(entry.names, ensure_ascii=False)
    return (shelved.document.id, shelved.role, entry.file, entry.key, entry.kind, entry.type, entry.name, names)


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

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """The register entries of a kind in the order of the files and of each file."""
        return self._entries("WHERE kind = ? ORDER BY number", (kind,))

    def entry(self, kind: str, key: str) -> Entry | None:
        """The entry of a kind with this key, the first if several files have one, or None."""
        return next(iter(self._entries("WHERE kind = ? AND key = ? ORDER BY number LIMIT 1", (kind, key))), None)

    def entries_in(self, document: str) -> tuple[Entry, ...]:
        """The entries a document mentions, in the order of their first mention."""
        first = "SELECT file, key, min(number) AS first FROM mentions WHERE document = ? GROUP BY file, key"
        return self._entries(f"JOIN ({first}) USING (file, key) ORDER BY first", (document,))

    def mentions_of(self, entry: Entry) -> tuple[Mention, ...]:
        """Every mention of an entry, in the order of the documents and of the text."""
        query = f"SELECT {_MENTION} FROM mentions WHERE file = ? AND key = ? ORDER BY number"
        return tuple(Mention(*row) for row in self._all(query, (entry.file, entry.key)))

    def _entries(self, where: str, values: Sequence[Any]) -> tuple[Entry, ...]:
        rows = self._all(f"SELECT {_ENTRY} FROM entries {where}", values)
        return tuple(Entry(file, key, kind, type, name, tuple(json.loads(names))) for file, key, kind, type, name, names in rows)

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
