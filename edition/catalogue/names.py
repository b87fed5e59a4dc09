"""What a catalogue knows of register entries, of the words that mention them, and of how they are related."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from edition.catalogue.schema import MENTION, WORDS
from edition.catalogue.texts import Texts
from edition.records import Dating, Entry, Form, Identifier, Indexed, IndexedDocument, Mention, Passage, Reference


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


_END = 2**63 - 1
"""Behind the end of any page."""


class Names(Texts):
    """The questions about entries, mentions and relations."""

    def has_entries(self) -> bool:
        """Whether any file declares an entry."""
        return bool(self._all("SELECT 1 FROM entries LIMIT 1"))

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """The register entries of a kind in the order of the files and of each file."""
        return self._entries("WHERE kind = ? ORDER BY number", (kind,))

    def slices(self, kind: str) -> dict[tuple[str, str], tuple[str, str]]:
        """The TEI of the entries of a kind that have any, by file and key: the key of the entry around it or empty, the TEI."""
        rows = self._all("SELECT file, key, around, tei FROM slices JOIN entries USING (file, key) WHERE kind = ?", (kind,))
        return {(file, key): (around, tei) for file, key, around, tei in rows}

    def entry(self, kind: str, key: str) -> Entry | None:
        """The entry of a kind with this key, the first if several files have one, or None."""
        return next(iter(self._entries("WHERE kind = ? AND key = ? ORDER BY number LIMIT 1", (kind, key))), None)

    def entry_at(self, reference: Reference) -> Entry | None:
        """The entry a pointer names, or None."""
        return next(iter(self._entries("WHERE file = ? AND key = ?", (reference.file, reference.key))), None)

    def entry_called(self, key: str) -> Entry | None:
        """The first entry of any kind with this key, or None."""
        return next(iter(self._entries("WHERE key = ? ORDER BY number LIMIT 1", (key,))), None)

    def entries_in(self, document: str) -> tuple[Entry, ...]:
        """The entries a document mentions, in the order of their first mention."""
        first = "SELECT file, key, min(number) AS first FROM mentions WHERE document = ? GROUP BY file, key"
        return self._entries(f"JOIN ({first}) USING (file, key) ORDER BY first", (document,))

    def naming(self) -> Iterator[tuple[str, str, str, str, str]]:
        """The documents in their order: id, path, path of the file, the digest of what they name and what is known of that.

        And the entry of the store that has their formats; empty where none is noted.
        """
        query = """SELECT id, path, source, ifnull(known, ''), formats
            FROM documents LEFT JOIN tokens USING (number) WHERE role = 'documents' ORDER BY number"""
        yield from self._all(query)

    def names(self) -> str:
        """The digest of all that is declared and named, and of the files of registers and the header of the edition."""
        query = """SELECT names, CASE role WHEN 'registers' THEN made WHEN 'edition' THEN made || record ELSE '' END
            FROM documents ORDER BY number"""
        return hashlib.sha256(json.dumps(self._all(query)).encode()).hexdigest()

    def entry_names(self) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
        """All entries, in their order: kind, key (as that of ``named_in``), preferred name, all names."""
        query = "SELECT kind, address, name, json_extract(record, '$.names') FROM entries ORDER BY number"
        for kind, address, name, names in self._all(query):
            yield kind, address, name, tuple(json.loads(names))

    def addresses(self) -> dict[tuple[str, str], str]:
        """What the address of each entry ends in, by its file and key: the key, where several of a kind have it with a number."""
        return {(file, key): address for file, key, address in self._all("SELECT file, key, address FROM entries")}

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

    def mentions_of(self, entry: Entry) -> tuple[Mention, ...]:
        """Every mention of an entry, in the order of the documents and of the text."""
        query = f"SELECT {MENTION} FROM mentions WHERE file = ? AND key = ? ORDER BY number"
        return tuple(_mention(row) for row in self._all(query, (entry.file, entry.key)))

    def mentions_on(self, entry: Entry, offset: int, limit: int) -> tuple[tuple[Mention, Passage], ...]:
        """A page of the mentions of an entry, each with its passage, in the order of the documents and of the text."""
        columns = ", ".join(f"mentions.{name}" for name in MENTION.split(", "))
        query = f"""SELECT {columns}, passages.number FROM mentions
            JOIN passages ON passages.document = mentions.document AND passages.id = mentions.passage
            WHERE file = ? AND key = ? ORDER BY mentions.number LIMIT ? OFFSET ?"""
        rows = self._all(query, (entry.file, entry.key, limit, offset))
        numbers = list(dict.fromkeys(row[-1] for row in rows))
        passages = dict(zip(numbers, self._stored_at(numbers), strict=True))
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

    def first_mentions(self, document: str) -> tuple[tuple[str, str, str], ...]:
        """What a document names, each once: file and key of the entry, and the passage that names it first; in that order."""
        query = (
            "SELECT file, key, passage, min(number) AS first FROM mentions WHERE document = ? GROUP BY file, key ORDER BY first"
        )
        return tuple((file, key, passage) for file, key, passage, _ in self._all(query, (document,)))

    def all_named(self) -> Iterator[tuple[int, str, str]]:
        """What every passage names, streamed in the order of their numbers: number of the passage, kind and key of the entry.

        Keys are those of ``named_in``.
        """
        query = """SELECT passages.number, entries.kind, entries.address
            FROM passages CROSS JOIN pointing ON pointing.document = passages.document AND pointing.passage = passages.id
            JOIN meant ON meant.number = pointing.number JOIN entries ON entries.file = meant.file AND entries.key = meant.key
            ORDER BY passages.number, pointing.number"""
        connection = sqlite3.connect(self._address, uri=True)
        try:
            for stored, kind, address in connection.execute(query):
                yield self._number(stored), kind, address
        finally:
            connection.close()

    def all_mentions(self) -> Iterator[tuple[str, ...]]:
        """What every document names, streamed in their order: document, passage, element, words, certainty, file and key."""
        query = """SELECT mentions.document, passage, element, mentions.words, certainty, mentions.file, mentions.key
            FROM documents JOIN mentions ON mentions.document = documents.id
            JOIN entries ON entries.file = mentions.file AND entries.key = mentions.key
            WHERE documents.role = 'documents' ORDER BY documents.number, mentions.number"""
        connection = sqlite3.connect(self._address, uri=True)
        try:
            yield from connection.execute(query)
        finally:
            connection.close()

    def indexed(self) -> Iterator[IndexedDocument]:
        """The documents in order, as the search index takes them; what was made of the file and what is named make the token."""
        query = """SELECT id, path, made || ' ' || ifnull(named, ''), size, passages
            FROM documents LEFT JOIN tokens USING (number) WHERE role = 'documents' ORDER BY number"""
        for id, path, token, size, length in self._all(query):
            yield IndexedDocument(id, path.rpartition("/")[0], token, size, length, partial(self._indexed, id))

    def _indexed(self, document: str) -> Iterator[Indexed]:
        """The passages of a document, without their places, and what each names."""
        named: defaultdict[str, defaultdict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        query = """SELECT passage, kind, address FROM mentions JOIN entries USING (file, key)
            WHERE mentions.document = ? ORDER BY mentions.number"""
        for passage, kind, address in self._all(query, (document,)):
            named[passage][kind][address] = None
        for each in self._passages("WHERE document = ? ORDER BY number", (document,), WORDS):
            yield Indexed(each, {kind: tuple(keys) for kind, keys in named[each.id].items()})

    def named_in(self, document: str, start: int = 0, end: int = _END) -> Iterator[tuple[str, str, str]]:
        """What a document names, in order: the offsets of the links in its page (parted by spaces), kind and key of the entry.

        Of a long document what is named between the offsets of a part.

        Where several files have an entry of this kind and key, the second of them has ``~2`` behind the key, and so on.
        """
        query = """SELECT places, kind, address FROM mentions JOIN entries USING (file, key)
            WHERE mentions.document = ? AND places != '' AND CAST(places AS INTEGER) BETWEEN ? AND ? ORDER BY mentions.number"""
        yield from self._all(query, (document, start, end))

    def mentions_in(self, document: str) -> Iterator[tuple[Mention, str, str]]:
        """The mentions of a document in order, each with kind and key (as in ``named_in``) of its entry."""
        columns = ", ".join(f"mentions.{name}" for name in MENTION.split(", "))
        query = f"""SELECT {columns}, entries.kind, address FROM mentions JOIN entries USING (file, key)
            WHERE mentions.document = ? ORDER BY mentions.number"""
        for *row, kind, address in self._all(query, (document,)):
            yield _mention(row), kind, address

    def named_at(self, passage: Passage) -> tuple[tuple[str, str, int, int], ...]:
        """What a passage names, in order: kind and key of the entry as in ``named_in``, start and end of the words in it."""
        query = """SELECT kind, address, start, end FROM mentions JOIN entries USING (file, key)
            WHERE mentions.document = ? AND passage = ? ORDER BY mentions.number"""
        return tuple(self._all(query, (passage.document, passage.id)))

    def relations_of(self, entry: Entry) -> tuple[Related, ...]:
        """What an entry is related to, in the order of the encoding; relations to what is no entry are left out."""
        query = """SELECT relations.number, relations.record, 1, entries.record FROM relations
                JOIN entries ON entries.file = passive_file AND entries.key = passive_key WHERE active_file = ? AND active_key = ?
            UNION ALL SELECT relations.number, relations.record, 0, entries.record FROM relations
                JOIN entries ON entries.file = active_file AND entries.key = active_key WHERE passive_file = ? AND passive_key = ?
            ORDER BY 1"""
        rows = self._all(query, (entry.file, entry.key) * 2)
        return tuple(self._related(json.loads(relation), bool(active), other) for _, relation, active, other in rows)

    def _related(self, relation: dict[str, Any], is_active: bool, other: str) -> Related:
        date = Dating(**relation["date"]) if relation["date"] else None
        sources = self._references(relation["sources"])
        return Related(
            relation["name"], self._entry(json.loads(other)), is_active, relation["mutual"], date, relation["remark"], sources
        )

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
                "same": tuple(stored["same"]),
            }
        )


def _mention(row: Sequence[Any]) -> Mention:
    return replace(Mention(*row), places=tuple(map(int, row[-1].split())))
