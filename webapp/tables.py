"""Tables for other programs: CSV, a row at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from flask import Response, stream_with_context

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What words begin with that spreadsheets would take for a formula."""

Cell = str | int | float


def csv_answer(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A table as CSV (RFC 4180, UTF-8), the names of its columns first, sent as the rows come."""
    return Response(stream_with_context(_lines(header, rows)), content_type="text/csv; charset=utf-8; header=present")


def _lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Through())
    yield writer.writerow(header)
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])


class _Through:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _safe(cell: Cell) -> Cell:
    """Words that cannot be taken for a formula: an apostrophe goes before those that could."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
