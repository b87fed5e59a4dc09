"""Tables for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = Sequence[str | int | float]


def write_table(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """A table as CSV (RFC 4180), the names of its columns first; what a spreadsheet would take for a formula has ' before it."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(header)
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    path.write_text(table.getvalue(), "utf-8", newline="")


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
