"""Tables for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

Row = Sequence[str | int | float]


def write_table(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """A table as CSV (RFC 4180), the names of its columns first; what a spreadsheet would take for a formula has ' before it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        waiting = iter(rows)
        while some := list(islice(waiting, _AT_ONCE)):
            writer.writerows(zip(*map(_plain, zip(*some, strict=True)), strict=True))


_AT_ONCE = 10_000


def _plain(column: Sequence[str | int | float]) -> Iterator[str | int | float]:
    """A column without formulas; few columns have any."""
    firsts = {cell[:1] for cell in column if isinstance(cell, str)}
    if firsts.isdisjoint(_FORMULA):
        return iter(column)
    return (f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in column)


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
