"""What a catalogue knows of citation: trees and their units."""

from __future__ import annotations

import json
from typing import Any

from edition.catalogue.opened import Opened
from edition.citation_trees import CitationTree, Unit, nested


class Citing(Opened):
    """The questions about citation trees."""

    def trees(self, document: str) -> tuple[CitationTree, ...]:
        """The citation trees of a document without their units, the default first."""
        rows = self._all("SELECT record FROM trees WHERE document = ? ORDER BY number", (document,))
        return tuple(CitationTree(**json.loads(record) | {"units": ()}) for (record,) in rows)

    def unit(self, document: str, tree: int, ref: str) -> Unit | None:
        """The unit with this reference in a tree of a document, by the number of the tree, or None."""
        rows = self._all("SELECT record FROM units WHERE document = ? AND tree = ? AND ref = ?", (document, tree, ref))
        return _unit(rows[0][0]) if rows else None

    def siblings(self, document: str, tree: int, parent: str, offset: int, limit: int) -> tuple[tuple[Unit, ...], int]:
        """The units inside one (or at the top, where ``parent`` is empty), from ``offset`` on; and how many there are."""
        return self._units("document = ? AND tree = ? AND parent = ?", (document, tree, parent), offset, limit)

    def units_between(
        self, document: str, tree: int, first: int, last: int, level: int, offset: int, limit: int
    ) -> tuple[tuple[Unit, ...], int]:
        """The units with numbers from ``first`` to ``last``, down to a level, from ``offset`` on; and how many there are."""
        where = "document = ? AND tree = ? AND number BETWEEN ? AND ? AND level <= ?"
        return self._units(where, (document, tree, first, last, level), offset, limit)

    def _units(self, where: str, values: tuple[Any, ...], offset: int, limit: int) -> tuple[tuple[Unit, ...], int]:
        total = self._all(f"SELECT count(*) FROM units WHERE {where}", values)[0][0]
        rows = self._all(f"SELECT record FROM units WHERE {where} ORDER BY number LIMIT ? OFFSET ?", (*values, limit, offset))
        return tuple(_unit(record) for (record,) in rows), total


def _unit(record: str) -> Unit:
    ref, parent, type, level, number, last, language, data, place, words = json.loads(record)
    values = {name: tuple(each) for name, each in data.items()}
    return Unit(ref, parent, type, level, number, last, language, values, nested(place), nested(words))
