"""What the corpus report is made of: each document tells what it has and where it points; the catalogue counts and compares."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edition.catalogue.opened import Opened
from edition.catalogue.schema import BITS
from edition.catalogue.stored import Row
from edition.records import Links, Pointer, resolved


def facts(record: Mapping[str, Any], links: Links, role: str, file: str) -> Iterator[tuple[str, list[Row]]]:
    """The rows of a document of a shelf in these tables, by its record, its links, and the path of its file."""
    pointers = ((is_inside, each) for is_inside, many in ((1, links.dangling), (0, links.pointers)) for each in many)
    tables: dict[str, list[Row]] = {
        "counts": [(_counted(record["elements"]), _counted(record["attributes"]))],
        "ids": [(file, id) for id in links.ids],
        "pointers": [_pointer_row(is_inside, each, file) for is_inside, each in pointers],
        "noted": list(_noted(record, links, role)),
    }
    return ((table, rows) for table, rows in tables.items() if rows)


def _noted(record: Mapping[str, Any], links: Links, role: str) -> Iterator[Row]:
    for again in links.doubled:
        yield "doubled", f"“{again.id}”, first in line {again.first_line}", again.line, 1
    for sign in record["private"]:
        yield "private", f"U+{sign['sign']:04X}", sign["line"], sign["count"]
    if role == "documents":
        for lacking in links.lacking:
            yield "lacking", lacking.what, lacking.line, 1
        if not record["header"]["title"]:
            yield "lacking", "title", 1, 1


def _counted(names: Mapping[str, int]) -> str:
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))


def _pointer_row(is_inside: int, each: Pointer, file: str) -> Row:
    return is_inside, each.sort, each.attribute, each.target, each.id, each.line, each.count, *resolved(file, each.target)


@dataclass(frozen=True, slots=True)
class Astray:
    """A pointer that names no id of the file it leads to.

    ``made`` is the name of what was made of its file, ``file`` the path of that. ``has_home`` says that some file has the id it
    gives alone, ``is_entry`` that an entry is called so, ``is_ours`` that it leads to a file of the edition.
    """

    made: str
    file: str
    pointer: Pointer
    is_inside: bool
    has_home: bool
    is_entry: bool
    is_ours: bool


_DOCUMENT = f"documents.number = {{0}}.number >> {BITS}"
"""The document of a row."""


class Reported(Opened):
    """The questions of the report."""

    def findings(self) -> Iterator[tuple[str, int, int, str, str]]:
        """What there is to report of the files: the name of what was made of each; line, column, code, message."""
        yield from self._all("SELECT made, line, column, code, message FROM findings")

    def sums(self, sort: str) -> Iterator[tuple[str, int, int]]:
        """The ``elements`` or ``attributes`` of all files, the most frequent first: how often, and in how many documents."""
        yield from self._all("SELECT name, count, documents FROM sums WHERE sort = ? ORDER BY count DESC, name", (sort,))

    def noted(self, sort: str) -> Iterator[tuple[str, str, int, int]]:
        """What was noted of one sort, in the order of the files: words, name of what was made of the file, line, how often."""
        columns = "noted.words, made, line, count"
        query = f"SELECT {columns} FROM noted JOIN documents ON {_DOCUMENT} WHERE sort = ? ORDER BY noted.number"
        yield from self._all(query.format("noted"), (sort,))

    def astray(self) -> Iterator[Astray]:
        """The pointers that name no id of a file, those within their files first: what says the same once, at its first place."""
        query = f"""SELECT made, documents.file, target, line, attribute, sum(count), sort, is_inside,
                EXISTS (SELECT 1 FROM ids WHERE ids.key = pointers.id) OR pointers.id IN (SELECT key FROM declared),
                sort = 'name' AND CASE pointers.key WHEN '' THEN target ELSE pointers.key END IN (SELECT key FROM declared),
                pointers.file IN (SELECT file FROM documents), min(pointers.number) AS first
            FROM pointers JOIN documents ON {_DOCUMENT}
            WHERE NOT EXISTS (SELECT 1 FROM ids WHERE ids.file = pointers.file AND ids.key = pointers.key)
            GROUP BY attribute, target, sort, is_inside, CASE is_inside WHEN 0 THEN pointers.file END
            ORDER BY is_inside DESC, first"""
        for made, file, target, line, attribute, count, sort, *flags, _ in self._all(query.format("pointers")):
            yield Astray(made, file, Pointer(target, line, attribute, count, sort), *map(bool, flags))
