"""The catalogue of a snapshot: documents, passages, entries, mentions and links in one SQLite file, and the questions it answers.

Written once by the build, then opened read-only and immutable. Passages are numbered from 1 in the order of the documents
and of the text; the search index knows a passage by that number.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from edition.records import (
    Annotation,
    Dating,
    Document,
    Entry,
    Form,
    Heading,
    Identifier,
    Licence,
    Link,
    Mention,
    Passage,
    Reference,
    Relation,
    Responsibility,
)

_SCHEMA = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    role TEXT NOT NULL,        -- 'documents', 'pages', 'registers' or 'edition': the shelf of tei/ it stands on
    file TEXT NOT NULL,        -- its path below the TEI folder, or empty
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
    record TEXT NOT NULL,      -- edition.records.Entry as JSON
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
    words TEXT NOT NULL,
    id TEXT NOT NULL,
    mark INTEGER NOT NULL,     -- the number of its element in the document
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    places TEXT NOT NULL       -- offsets parted by spaces, see edition.spots
);
CREATE INDEX mentions_by_entry ON mentions (file, key);
CREATE INDEX mentions_by_passage ON mentions (document, passage);
CREATE TABLE tallies (         -- how often a document names an entry, in the order of the documents
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE TABLE relations (
    number INTEGER PRIMARY KEY,
    active_file TEXT NOT NULL,
    active_key TEXT NOT NULL,
    passive_file TEXT NOT NULL,
    passive_key TEXT NOT NULL,
    record TEXT NOT NULL       -- edition.records.Relation as JSON
);
CREATE INDEX relations_by_active ON relations (active_file, active_key);
CREATE INDEX relations_by_passive ON relations (passive_file, passive_key);
CREATE TABLE links (
    number INTEGER PRIMARY KEY,
    sort TEXT NOT NULL,        -- 'link' or 'annotation'
    record TEXT NOT NULL       -- edition.records.Link or Annotation as JSON
);
CREATE TABLE targets (
    link INTEGER NOT NULL,     -- the number of a link
    document TEXT NOT NULL     -- the id of a document it leads to
);
CREATE INDEX targets_by_document ON targets (document, link);
CREATE TABLE parts (           -- the ids in a file that holds several documents
    file TEXT NOT NULL,
    key TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (file, key)
) WITHOUT ROWID;
CREATE TEMP TABLE pointed (link INTEGER NOT NULL, file TEXT NOT NULL, key TEXT NOT NULL);
"""
_SETTLE_MENTIONS = """
BEGIN;
CREATE INDEX documents_by_file ON documents (file);
INSERT INTO targets SELECT DISTINCT link, document FROM (
    SELECT link, CASE WHEN EXISTS (SELECT 1 FROM parts WHERE parts.file = pointed.file)
        THEN (SELECT document FROM parts WHERE parts.file = pointed.file AND parts.key = pointed.key)
        ELSE (SELECT id FROM documents WHERE documents.file = pointed.file AND role = 'documents') END AS document FROM pointed
    ) WHERE document IS NOT NULL;
CREATE INDEX entries_by_key_alone ON entries (key, number);
UPDATE mentions SET file = ifnull((SELECT file FROM entries WHERE entries.key = mentions.key ORDER BY number LIMIT 1), '')
    WHERE file = '';
DELETE FROM mentions
    WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.file = mentions.file AND entries.key = mentions.key);
INSERT INTO tallies SELECT file, key, document, count(*) FROM mentions NOT INDEXED
    GROUP BY file, key, document ORDER BY min(number);
CREATE INDEX tallies_by_entry ON tallies (file, key, mentions);
COMMIT;
"""
"""When all entries are known: who gave a key alone meant the first entry that has it; what means no entry is no mention."""


_STORED = (Document, Passage, Entry, Mention, Relation, Link, Annotation)
_FORMAT = zlib.crc32(repr((_SCHEMA, [list(record.__slots__) for record in _STORED])).encode()) >> 1  # SQLite's has a sign
"""Of the catalogue, so that a server never reads one whose tables or records are others than its own."""


class CatalogueError(Exception):
    """The catalogue is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on its shelf (``role``), its file as a path below the TEI folder (or empty), and all that is to be known of it.

    ``ids`` are those in the document, where its file holds several documents.
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


def write(path: Path, shelved: Iterable[Shelved]) -> tuple[int, int]:
    """Write the catalogue of these files in their order; the numbers of documents and passages written.

    Only passages and mentions of documents (not of pages, registers or the edition's own header) are kept, entries, relations,
    links and annotations of all files.
    Files are taken one at a time.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(
            f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {_FORMAT}; BEGIN; {_SCHEMA}"
        )
        documents = passages = 0
        for each in shelved:
            row = (each.document.id, each.role, each.file, _json(each.document))
            connection.execute("INSERT INTO documents (id, role, file, record) VALUES (?, ?, ?, ?)", row)
            entries = (_entry_row(each, entry) for entry in each.entries)
            connection.executemany(f"INSERT OR IGNORE INTO entries {_ENTRY_COLUMNS}", entries)  # of a doubled id the first
            _write_links(connection, each)
            parts = ((each.file, id, each.document.id) for id in each.ids)
            connection.executemany("INSERT OR IGNORE INTO parts VALUES (?, ?, ?)", parts)
            if each.role == "documents":
                rows = map(_row, each.passages)
                passages += connection.executemany(f"INSERT INTO passages {_COLUMNS}", rows).rowcount
                mentions = map(_mention_row, each.mentions)
                connection.executemany(f"INSERT INTO mentions ({_MENTION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", mentions)
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
_MENTION = "document, passage, file, key, element, words, id, mark, start, end, certainty, places"


def _entry_row(shelved: Shelved, entry: Entry) -> tuple[str, ...]:
    return (
        shelved.document.id, shelved.role, entry.file, entry.key, entry.kind, entry.type, entry.name, _json(entry)
    )  # fmt: skip


def _mention_row(mention: Mention) -> tuple[Any, ...]:
    return (*astuple(mention)[:-1], " ".join(map(str, mention.places)))


def _mention(row: Sequence[Any]) -> Mention:
    return replace(Mention(*row), places=tuple(map(int, row[-1].split())))


def _json(record: Document | Entry | Relation | Link | Annotation) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Related:
    """An entry that another is related to: ``name`` says how, of the one that is ``is_active`` (or of both, if ``is_mutual``)."""

    name: str
    entry: Entry
    is_active: bool
    is_mutual: bool
    date: Dating | None
    remark: str
    sources: tuple[Reference, ...]


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
            if self._all("PRAGMA user_version")[0][0] != _FORMAT:
                raise CatalogueError(f"{path}: another version of this software made the catalogue; run “edition build”")
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

    def all_named(self) -> Iterator[tuple[int, str, str]]:
        """What every passage names, streamed in the order of their numbers: number of the passage, kind and key of the entry.

        Keys are those of ``named_in``.
        """
        query = f"""SELECT passages.number, entries.kind, entries.key, ({_EARLIER})
            FROM passages CROSS JOIN mentions ON mentions.document = passages.document AND mentions.passage = passages.id
            JOIN entries ON entries.file = mentions.file AND entries.key = mentions.key
            ORDER BY passages.number, mentions.number"""
        connection = sqlite3.connect(self._address, uri=True)
        try:
            for number, kind, key, before in connection.execute(query):
                yield number, kind, _address_key(key, before)
        finally:
            connection.close()

    def entry_names(self) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
        """All entries, in their order: kind, key (as that of ``named_in``), preferred name, all names."""
        query = f"SELECT kind, key, ({_EARLIER}), name, json_extract(record, '$.names') FROM entries ORDER BY number"
        for kind, key, before, name, names in self._all(query):
            yield kind, _address_key(key, before), name, tuple(json.loads(names))

    def titles(self) -> tuple[tuple[str, str, str], ...]:
        """The documents in their order, by id, title and path below the documents folder."""
        extracted = "json_extract(record, '$.title'), json_extract(record, '$.source')"
        return tuple(self._all(f"SELECT id, {extracted} FROM documents WHERE role = 'documents' ORDER BY number"))

    def kinds_and_languages(self) -> tuple[tuple[str, str], ...]:
        """The kinds of passage and the languages that stand together in any passage."""
        return tuple(self._all("SELECT DISTINCT kind, language FROM passages ORDER BY kind, language"))

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """The register entries of a kind in the order of the files and of each file."""
        return self._entries("WHERE kind = ? ORDER BY number", (kind,))

    def entry(self, kind: str, key: str) -> Entry | None:
        """The entry of a kind with this key, the first if several files have one, or None."""
        return next(iter(self._entries("WHERE kind = ? AND key = ? ORDER BY number LIMIT 1", (kind, key))), None)

    def entry_at(self, reference: Reference) -> Entry | None:
        """The entry a pointer names, or None."""
        return next(iter(self._entries("WHERE file = ? AND key = ?", (reference.file, reference.key))), None)

    def entries_in(self, document: str) -> tuple[Entry, ...]:
        """The entries a document mentions, in the order of their first mention."""
        first = "SELECT file, key, min(number) AS first FROM mentions WHERE document = ? GROUP BY file, key"
        return self._entries(f"JOIN ({first}) USING (file, key) ORDER BY first", (document,))

    def mentions_of(self, entry: Entry) -> tuple[Mention, ...]:
        """Every mention of an entry, in the order of the documents and of the text."""
        query = f"SELECT {_MENTION} FROM mentions WHERE file = ? AND key = ? ORDER BY number"
        return tuple(_mention(row) for row in self._all(query, (entry.file, entry.key)))

    def named_in(self, document: str) -> Iterator[tuple[str, str, str]]:
        """What a document names, in order: the offsets of the links in its page (parted by spaces), kind and key of the entry.

        Where several files have an entry of this kind and key, the second of them has ``~2`` behind the key, and so on.
        """
        query = f"""SELECT places, kind, key, ({_EARLIER})
            FROM mentions JOIN entries USING (file, key)
            WHERE mentions.document = ? AND places != '' ORDER BY mentions.number"""
        for places, kind, key, before in self._all(query, (document,)):
            yield places, kind, _address_key(key, before)

    def named_at(self, passage: Passage) -> tuple[tuple[str, str, int, int], ...]:
        """What a passage names, in order: kind and key of the entry as in ``named_in``, start and end of the words in it."""
        query = f"""SELECT kind, key, ({_EARLIER}), start, end FROM mentions JOIN entries USING (file, key)
            WHERE mentions.document = ? AND passage = ? ORDER BY mentions.number"""
        rows = self._all(query, (passage.document, passage.id))
        return tuple((kind, _address_key(key, before), start, end) for kind, key, before, start, end in rows)

    def relations_of(self, entry: Entry) -> tuple[Related, ...]:
        """What an entry is related to, in the order of the encoding; relations to what is no entry are left out."""
        query = """SELECT relations.number, relations.record, 1, entries.record FROM relations
                JOIN entries ON entries.file = passive_file AND entries.key = passive_key WHERE active_file = ? AND active_key = ?
            UNION ALL SELECT relations.number, relations.record, 0, entries.record FROM relations
                JOIN entries ON entries.file = active_file AND entries.key = active_key WHERE passive_file = ? AND passive_key = ?
            ORDER BY 1"""
        rows = self._all(query, (entry.file, entry.key) * 2)
        return tuple(self._related(json.loads(relation), bool(active), other) for _, relation, active, other in rows)

    def links_between(self, left: str, right: str) -> tuple[Link, ...]:
        """The links that lead to passages of both of these documents, in the order of the encoding."""
        query = """SELECT DISTINCT links.number, record FROM links
            JOIN targets AS one ON one.link = links.number JOIN targets AS other ON other.link = links.number
            WHERE sort = 'link' AND one.document = ? AND other.document = ? ORDER BY links.number"""
        rows = self._all(query, (left, right))
        return tuple(self._link(json.loads(record)) for _, record in rows)

    def annotations_of(self, document: str) -> tuple[Annotation, ...]:
        """The stand-off remarks on a document or its passages, in the order of the encoding."""
        query = (
            "SELECT record FROM links JOIN targets ON link = number WHERE sort = 'annotation' AND document = ? ORDER BY number"
        )
        found = (json.loads(record) for (record,) in self._all(query, (document,)))
        return tuple(Annotation(each["type"], self._references(each["targets"]), each["html"]) for each in found)

    def linked_documents(self) -> tuple[tuple[str, str], ...]:
        """The pairs of documents that links lead to both of, each pair once, in the order of the documents."""
        query = """SELECT DISTINCT left.id, right.id FROM targets AS one JOIN targets AS other USING (link)
            JOIN links ON links.number = link JOIN documents AS left ON left.id = one.document
            JOIN documents AS right ON right.id = other.document
            WHERE sort = 'link' AND left.role = 'documents' AND right.role = 'documents' AND left.number < right.number
            ORDER BY left.number, right.number"""
        return tuple((left, right) for left, right in self._all(query))

    @cached_property
    def _documents_by_file(self) -> dict[str, str]:
        """The ids of the documents that are alone in their files."""
        alone = "SELECT file, id FROM documents WHERE role = 'documents' AND file != '' GROUP BY file HAVING count(*) = 1"
        return dict(self._all(alone))

    @cached_property
    def _divided(self) -> frozenset[str]:
        """The files that hold several documents."""
        return frozenset(file for (file,) in self._all("SELECT DISTINCT file FROM parts"))

    def _document_at(self, file: str, key: str) -> str:
        """The id of the document an element is in, empty where it is in none."""
        if file not in self._divided:
            return self._documents_by_file.get(file, "")
        return next((id for (id,) in self._all("SELECT document FROM parts WHERE file = ? AND key = ?", (file, key))), "")

    def _references(self, stored: Iterable[dict[str, str]]) -> tuple[Reference, ...]:
        return tuple(Reference(each["file"], each["key"], self._document_at(each["file"], each["key"])) for each in stored)

    def _related(self, relation: dict[str, Any], is_active: bool, other: str) -> Related:
        date = Dating(**relation["date"]) if relation["date"] else None
        sources = self._references(relation["sources"])
        return Related(
            relation["name"], self._entry(json.loads(other)), is_active, relation["mutual"], date, relation["remark"], sources
        )

    def _link(self, stored: dict[str, Any]) -> Link:
        return Link(**stored | {"targets": self._references(stored["targets"])})

    def has_entries(self) -> bool:
        """Whether any file declares an entry."""
        return bool(self._all("SELECT 1 FROM entries LIMIT 1"))

    def totals(self, kind: str) -> Iterator[tuple[str, str, int, int]]:
        """The entries of a kind that are named, by file and key: how often, and by how many documents."""
        query = """SELECT file, key, sum(mentions), count(*) FROM entries JOIN tallies USING (file, key)
            WHERE kind = ? GROUP BY file, key"""
        yield from self._all(query, (kind,))

    def counts_of(self, entry: Entry) -> dict[str, int]:
        """How often each document names an entry, by its id, in the order of the documents; only those that do."""
        return dict(
            self._all("SELECT document, mentions FROM tallies WHERE file = ? AND key = ? ORDER BY rowid", (entry.file, entry.key))
        )

    def mentions_on(self, entry: Entry, offset: int, limit: int) -> tuple[tuple[Mention, Passage], ...]:
        """A page of the mentions of an entry, each with its passage, in the order of the documents and of the text."""
        columns = ", ".join(f"mentions.{name}" for name in _MENTION.split(", "))
        query = f"""SELECT {columns}, passages.number FROM mentions
            JOIN passages ON passages.document = mentions.document AND passages.id = mentions.passage
            WHERE file = ? AND key = ? ORDER BY mentions.number LIMIT ? OFFSET ?"""
        rows = self._all(query, (entry.file, entry.key, limit, offset))
        numbers = list(dict.fromkeys(row[-1] for row in rows))
        passages = dict(zip(numbers, self.numbered(numbers), strict=True))
        return tuple((_mention(row[:-1]), passages[row[-1]]) for row in rows)

    def companions(self, entry: Entry, limit: int) -> tuple[tuple[str, str, int], ...]:
        """The entries named in the same passages as this one, by file and key, with the number of those passages; most first."""
        query = """WITH here AS (SELECT DISTINCT document, passage FROM mentions WHERE file = ?1 AND key = ?2)
            SELECT file, key, count(DISTINCT mentions.document || char(10) || mentions.passage) AS passages, min(number) AS first
            FROM here JOIN mentions USING (document, passage) WHERE NOT (file = ?1 AND key = ?2)
            GROUP BY file, key ORDER BY passages DESC, first LIMIT ?3"""
        return tuple((file, key, number) for file, key, number, _ in self._all(query, (entry.file, entry.key, limit)))

    def passages_naming(self, entry: Entry) -> tuple[tuple[str, str, int], ...]:
        """The passages that name an entry, by document and id, and how often each does."""
        query = "SELECT document, passage, count(*) FROM mentions WHERE file = ? AND key = ? GROUP BY document, passage"
        return tuple(self._all(query, (entry.file, entry.key)))

    def outline(self) -> tuple[tuple[str, str, str], ...]:
        """All passages in order, by document, id and label."""
        return tuple(self._all("SELECT document, id, label FROM passages ORDER BY number"))

    def first_mentions(self, document: str) -> tuple[tuple[str, str, str], ...]:
        """What a document names, each once: file and key of the entry, and the passage that names it first; in that order."""
        query = (
            "SELECT file, key, passage, min(number) AS first FROM mentions WHERE document = ? GROUP BY file, key ORDER BY first"
        )
        return tuple((file, key, passage) for file, key, passage, _ in self._all(query, (document,)))

    def linked_with(self, document: str, limit: int) -> tuple[Document, ...]:
        """The documents that links lead to from this one, in the order of the encoding, at most ``limit``."""
        query = """SELECT other.document, min(link) AS first FROM targets AS one JOIN targets AS other USING (link)
            JOIN links ON number = link WHERE sort = 'link' AND one.document = ? AND other.document != one.document
            GROUP BY other.document ORDER BY first, other.document LIMIT ?"""
        found = (self.document(id) for id, _ in self._all(query, (document, limit)))
        return tuple(each for each in found if each)

    def _entries(self, where: str, values: Sequence[Any]) -> tuple[Entry, ...]:
        return tuple(self._entry(json.loads(record)) for (record,) in self._all(f"SELECT record FROM entries {where}", values))

    def _entry(self, stored: dict[str, Any]) -> Entry:
        forms = (Form(**form | {"sources": self._references(form["sources"])}) for form in stored["forms"])
        return Entry(
            **stored
            | {
                "names": tuple(stored["names"]),
                "forms": tuple(forms),
                "dates": tuple(Dating(**date) for date in stored["dates"]),
                "identifiers": tuple(Identifier(**each) for each in stored["identifiers"]),
                "where": self._references(stored["where"]),
            }
        )

    def _passages(self, where: str, values: Sequence[Any]) -> Iterator[Passage]:
        return map(_passage, self._all(f"SELECT {_READ} FROM passages {where}", values))


_EARLIER = """SELECT count(*) FROM entries AS other
    WHERE other.kind = entries.kind AND other.key = entries.key AND other.number < entries.number"""


def _address_key(key: str, earlier: int) -> str:
    """The key of an entry in its address, where so many entries of its kind before it have the same."""
    return f"{key}~{earlier + 1}" if earlier else key


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
