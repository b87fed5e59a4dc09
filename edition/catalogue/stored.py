"""Records as rows of a catalogue have them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from edition.citation_trees import CitationTree
from edition.records import Annotation, Document, Entry, Link, Relation

Row = Sequence[Any]


def insertion(table: str, columns: str) -> str:
    """The statement that adds a row; of one that is there already the first counts, where a table may be told of it again."""
    again = "OR IGNORE" if table in _AGAIN else ""
    return f"INSERT {again} INTO {table} ({columns}) VALUES ({'?' + ', ?' * columns.count(',')})"


_AGAIN = ("declared", "slices", "members")


def entry_row(entry: Entry, document: str = "", role: str = "") -> Row:
    """A row of the tables of entries."""
    return (document, role, entry.file, entry.key, entry.kind, entry.type, entry.name, as_json(entry))


def as_json(record: Document | CitationTree | Entry | Relation | Link | Annotation) -> str:
    """A record as JSON, with the names of its fields."""
    return json.dumps(record, default=values_of, ensure_ascii=False, separators=(",", ":"))


def values_of(record: object) -> dict[str, Any]:
    """A data class as JSON has it; ``asdict`` would copy all that is in it first, which takes ten times as long."""
    return {name: getattr(record, name) for name in _NAMES[type(record)]}


class _Names(dict[type, tuple[str, ...]]):
    """The names of the fields of each data class, looked up once."""

    def __missing__(self, of: type) -> tuple[str, ...]:
        names = self[of] = tuple(each.name for each in fields(of))
        return names


_NAMES = _Names()
