"""What a catalogue knows of documents and their passages."""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import accumulate
from typing import Any

from edition.catalogue.opened import Opened
from edition.catalogue.schema import BITS, PASSAGE, WORDS
from edition.records import Change, Document, Heading, Licence, Part, Passage, Picture, Reference, Responsibility


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the store has a document of a shelf, by its path there: an entry, its number in it, the entry with its formats."""

    role: str
    path: str
    entry: str
    member: int
    formats: str


_STORED = "SELECT role, path, made, member, formats FROM documents"


class Texts(Opened):
    """The questions about documents and passages."""

    def listing(self, role: str = "documents", offset: int = 0, limit: int = -1) -> tuple[Document, ...]:
        """The documents of a shelf in order of their paths, from ``offset`` on, at most ``limit`` (-1: all)."""
        query = "SELECT record FROM documents WHERE role = ? ORDER BY number LIMIT ? OFFSET ?"
        return tuple(_document(record) for (record,) in self._all(query, (role, limit, offset)))

    def summaries(self, *names: str) -> Iterator[list[Any]]:
        """These values of each document after its id, in order of their paths: quicker than whole documents."""
        paths = ", ".join(f"'$.{name}'" for name in names)
        query = f"SELECT id, json_extract(record, {paths}) FROM documents WHERE role = 'documents' ORDER BY number"
        for id, values in self._all(query):
            yield [id, *json.loads(values)]

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

    def titles(self) -> tuple[tuple[str, str, str], ...]:
        """The documents in their order, by id, title and path below the documents folder."""
        query = "SELECT id, json_extract(record, '$.title'), source FROM documents WHERE role = 'documents' ORDER BY number"
        return tuple(self._all(query))

    def last_changed(self, limit: int) -> tuple[Document, ...]:
        """The documents with dated changes, those that were changed last first, at most ``limit``."""
        changed = "json_extract(record, '$.changes[0].date')"  # the latest is the first
        query = (
            f"SELECT record FROM documents WHERE role = 'documents' AND {changed} > '' ORDER BY {changed} DESC, number LIMIT ?"
        )
        return tuple(_document(record) for (record,) in self._all(query, (limit,)))

    def changed(self) -> tuple[tuple[str, str], ...]:
        """The documents in their order, by id and the day of the last change, empty where none is dated."""
        day = "ifnull(json_extract(record, '$.changes[0].date'), '')"
        return tuple(self._all(f"SELECT id, {day} FROM documents WHERE role = 'documents' ORDER BY number"))

    def letters(self) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
        """The letters in the order of the documents: the document’s id, the path of its file, what was done with the letter."""
        for document, file, record in self._all("SELECT document, file, record FROM letters ORDER BY number"):
            yield document, file, json.loads(record)

    def harvest(self) -> Iterator[tuple[str, str, str, bool, bool]]:
        """The documents, withdrawn ones too, sorted by id: id, path, day of the last change, is withdrawn, has a header."""
        rows = self._all("""SELECT id, path, ifnull(json_extract(record, '$.changes[0].date'), ''),
            role = 'withdrawn', has_header FROM documents WHERE role IN ('documents', 'withdrawn') GROUP BY id ORDER BY id""")
        return ((id, path, day, bool(is_withdrawn), bool(has_header)) for id, path, day, is_withdrawn, has_header in rows)

    def stored(self, id: str, role: str = "documents") -> tuple[str, int, str]:
        """Where the store has a document: an entry, its number in it, and the entry with its formats; all empty for none."""
        found = self._all("SELECT made, member, formats FROM documents WHERE role = ? AND id = ?", (role, id))
        return found[0] if found else ("", 0, "")

    def all_stored(self) -> Iterator[Stored]:
        """Where the store has the documents of all shelves, in their order."""
        rows = self._all(f"{_STORED} WHERE role != 'withdrawn' AND made != '' ORDER BY number")
        return (Stored(*row) for row in rows)

    def paths(self) -> tuple[tuple[str, str], ...]:
        """The documents in their order, by id and the path of their own files in a snapshot."""
        query = "SELECT id, path FROM documents WHERE role = 'documents' ORDER BY number"
        return tuple(self._all(query))

    def passage(self, document: str, id: str) -> Passage | None:
        """One passage, or None."""
        return next(self._passages("WHERE document = ? AND id = ?", (document, id)), None)

    def part(self, document: str, id: str) -> str:
        """The id of the part of a document that an id of its pages is in; empty where it is read whole, or has no such id."""
        if document not in self._in_parts:
            return ""
        found = self._all("SELECT part FROM anchors WHERE document = ? AND id = ?", (document, id))
        return str(found[0][0]) if found else ""

    @cached_property
    def _in_parts(self) -> frozenset[str]:
        """The ids of the documents that are read in parts."""
        return frozenset(document for (document,) in self._all("SELECT DISTINCT document FROM anchors"))

    def parts(self, document: str) -> tuple[Part, ...]:
        """The parts that a document is read in; none where it is read whole."""
        found = self.document(document) if document in self._in_parts else None
        return found.parts if found else ()

    def number(self, document: str, id: str) -> int:
        """The number of a passage; 0 where there is none."""
        found = self._all("SELECT number FROM passages WHERE document = ? AND id = ?", (document, id))
        return self._number(found[0][0]) if found else 0

    def _number(self, stored: int) -> int:
        """The number of a passage, which counts from 1 through all documents, from that of its row."""
        document, place = divmod(stored, 1 << BITS)
        documents, before = self._spans
        return before[bisect_left(documents, document)] + place + 1

    def _stored(self, number: int) -> int:
        """The number of the row of a passage, from its own."""
        documents, before = self._spans
        last = bisect_left(before, number) - 1
        return (documents[last] << BITS) + number - before[last] - 1

    @cached_property
    def _spans(self) -> tuple[array[int], array[int]]:
        """The numbers of the documents with passages, and how many passages there are before those of each."""
        rows = self._all("SELECT number, passages FROM documents WHERE passages > 0 ORDER BY number")
        before = accumulate((passages for _, passages in rows[:-1]), initial=0)
        return array("q", (number for number, _ in rows)), array("q", before if rows else ())

    def pictures_in(self, document: str, product: str, part: int) -> tuple[Picture, ...]:
        """The images in a page of a document, of a long one in a part (from 0), in the order of the page."""
        columns = ", ".join(each.name for each in fields(Picture))
        query = f"SELECT {columns} FROM pictures WHERE document = ? AND product = ? AND part = ? ORDER BY begins"
        return tuple(Picture(*row) for row in self._all(query, (document, product, part)))

    def passages_of(self, document: str, limit: int = -1) -> tuple[Passage, ...]:
        """The passages of a document in the order of the text, the first ``limit`` of them (-1: all)."""
        return tuple(self._passages("WHERE document = ? ORDER BY number LIMIT ?", (document, limit)))

    def passages_at(self, document: str, numbers: range) -> dict[int, Passage]:
        """The passages of a document at these places in it, counted from 0, by place."""
        where = "WHERE document = ? ORDER BY number LIMIT ? OFFSET ?"
        return dict(zip(numbers, self._passages(where, (document, len(numbers), numbers.start)), strict=False))

    def numbered(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """The passages with these numbers, in the order of ``numbers``."""
        return self._stored_at([self._stored(number) for number in numbers])

    def _stored_at(self, numbers: Sequence[int]) -> tuple[Passage, ...]:
        """The passages in the rows of these numbers, in this order."""
        found: dict[int, Passage] = {}
        for start in range(0, len(numbers), 500):
            part = list(numbers[start : start + 500])
            marks = ",".join("?" * len(part))
            rows = self._all(f"SELECT number, {PASSAGE} FROM passages WHERE number IN ({marks})", part)
            found |= {row[0]: _passage(row[1:]) for row in rows}
        return tuple(found[number] for number in numbers)

    def all_passages(self) -> Iterator[tuple[int, Passage]]:
        """Every passage with its number, streamed in order, without its places."""
        connection = sqlite3.connect(self._address, uri=True)
        try:
            rows = connection.execute(f"SELECT {WORDS} FROM passages ORDER BY number")
            for number, row in enumerate(rows, 1):
                yield number, _passage(row)
        finally:
            connection.close()

    def outline(self) -> tuple[tuple[str, str, str], ...]:
        """All passages in order, by document, id and label."""
        return tuple(self._all("SELECT document, id, label FROM passages ORDER BY number"))

    def kinds_and_languages(self) -> tuple[tuple[str, str], ...]:
        """The kinds of passage and the languages that stand together in any passage."""
        return tuple(self._all("SELECT DISTINCT kind, language FROM passages ORDER BY kind, language"))

    def _passages(self, where: str, values: Sequence[Any], columns: str = PASSAGE) -> Iterator[Passage]:
        return map(_passage, self._all(f"SELECT {columns} FROM passages {where}", values))

    @cached_property
    def _documents_by_file(self) -> dict[str, str]:
        """The ids of the documents that are alone in their files."""
        alone = "SELECT file, id FROM documents WHERE role = 'documents' AND file != '' GROUP BY file HAVING count(*) = 1"
        return dict(self._all(alone))

    @cached_property
    def _divided(self) -> frozenset[str]:
        """The files that hold several documents."""
        return frozenset(file for (file,) in self._all("SELECT DISTINCT file FROM members"))

    def _document_at(self, file: str, key: str) -> str:
        """The id of the document an element is in, empty where it is in none."""
        if file not in self._divided:
            return self._documents_by_file.get(file, "")
        return next((id for (id,) in self._all("SELECT document FROM members WHERE file = ? AND key = ?", (file, key))), "")

    def _references(self, stored: Iterable[dict[str, str]]) -> tuple[Reference, ...]:
        return tuple(Reference(each["file"], each["key"], self._document_at(each["file"], each["key"])) for each in stored)


def _passage(row: Sequence[Any]) -> Passage:
    document, id, kind, label, language, text, fields, *places = row
    values = {name: tuple(each) for name, each in json.loads(fields).items()}
    return Passage(document, id, kind, label, language, text, values, *(tuple(map(int, each.split())) for each in places))


def _document(record: str) -> Document:
    values = json.loads(record)
    return Document(
        **values
        | {
            "authors": tuple(values["authors"]),
            "responsibilities": tuple(Responsibility(**each) for each in values["responsibilities"]),
            "changes": tuple(Change(**each) for each in values["changes"]),
            "licences": tuple(Licence(**each) for each in values["licences"]),
            "contents": tuple(Heading(**each) for each in values["contents"]),
            "parts": tuple(Part(**each) for each in values["parts"]),
        }
    )
