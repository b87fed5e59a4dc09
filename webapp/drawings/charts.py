"""Charts of who is named where: a row an entry, a column a passage (or a text, where there are many), a dot what is there.

``draw_chart`` takes columns in the order of the texts and rows with a number for each column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from webapp.drawings import NARROW, WIDE
from webapp.drawings.labels import shortened

MOST_ROWS = 40
MOST_COLUMNS = 60

NAMES = 250.0
"""Units for the names of rows on wide screens; on narrow ones a name stands above its dots."""
ROW, NARROW_ROW = 24.0, 40.0
HEAD = 34.0
BETWEEN = 12.0
"""Units between the columns of one text and those of the next."""


@dataclass(frozen=True, slots=True)
class Column:
    """A passage of a text: the text's title, the passage's label ("paragraph 3") and address."""

    document: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry, and how often each column names it."""

    key: str
    name: str
    href: str
    counts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How often all columns together name it."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Dot:
    """A number as a dot."""

    x: float
    radius: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is drawn. ``total`` and ``words`` say the numbers to those who do not see; ``text`` is the name, cut to fit."""

    row: Row
    text: str
    y: float
    dots: tuple[Dot, ...]
    total: str
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one text: its title, cut to fit, over a line from ``left`` to ``right``."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The drawing for one width; its dots begin at ``left``."""

    width: float
    height: float
    left: float
    groups: tuple[Group, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says of one row and one text: each column that names the entry, and how often."""

    document: str
    numbers: tuple[tuple[Column, int], ...]

    @property
    def count(self) -> int:
        """How often the text names the entry."""
        return sum(number for _, number in self.numbers)


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart for wide and for narrow screens, and as a table: rows with a cell a text. No rows, no grids.

    ``unit`` is what a column is (``passage``, ``text``, ``group of passages``, ``group of texts``); ``left_out`` counts the
    entries that are named less often than those shown.
    """

    wide: Grid | None
    narrow: Grid | None
    unit: str
    documents: tuple[str, ...]
    table: tuple[tuple[Row, tuple[Cell, ...]], ...]
    left_out: int


@lru_cache(maxsize=8)
def draw_chart(columns: tuple[Column, ...], rows: tuple[Row, ...], unit: str = "passage") -> Chart:
    """The chart of the rows that are named at all, those named most often first; a column is a ``unit``, passage or text.

    Raises ValueError when a row has not one number for each column.
    """
    if any(len(row.counts) != len(columns) for row in rows):
        raise ValueError("each row has one number for each column")
    named = sorted((row for row in rows if row.count), key=lambda row: (-row.count, row.name))
    shown = named[:MOST_ROWS]
    if not shown:
        return Chart(None, None, "passage", (), (), 0)
    columns, shown, unit = _merged(columns, shown, unit)
    documents = tuple(dict.fromkeys(column.document for column in columns)) if unit.endswith("passage") else ()
    table = tuple((row, tuple(_cells(row, columns, documents or ("",)))) for row in shown)
    wide, narrow = (_grid(columns, shown, width, bool(documents)) for width in (WIDE, NARROW))
    return Chart(wide, narrow, unit, documents, table, len(named) - len(shown))


def _merged(columns: Sequence[Column], rows: Sequence[Row], unit: str) -> tuple[tuple[Column, ...], list[Row], str]:
    """Columns and rows with no more columns than a drawing can show, and what a column is then."""
    if len(columns) <= MOST_COLUMNS:
        return tuple(columns), list(rows), unit
    if unit == "text":
        return *_binned(columns, rows), "group of texts"
    documents = list(dict.fromkeys(column.document for column in columns))
    if len(documents) > 1:
        whose = [documents.index(column.document) for column in columns]
        first = [whose.index(number) for number in range(len(documents))]
        # A text has no address of its own here: that of its first passage, without the passage.
        texts = [Column(name, name, columns[at].href.partition("#")[0]) for name, at in zip(documents, first, strict=True)]
        rows = [replace(row, counts=_summed(row.counts, whose, len(documents))) for row in rows]
        return (tuple(texts), rows, "text") if len(texts) <= MOST_COLUMNS else (*_binned(texts, rows), "group of texts")
    return *_binned(columns, rows), "group of passages"


def _summed(counts: Sequence[int], places: Sequence[int], number: int) -> tuple[int, ...]:
    sums = [0] * number
    for count, place in zip(counts, places, strict=True):
        sums[place] += count
    return tuple(sums)


def _binned(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[tuple[Column, ...], list[Row]]:
    """Neighbouring columns made one, as many as needed."""
    size = -(-len(columns) // MOST_COLUMNS)
    bins = [columns[start : start + size] for start in range(0, len(columns), size)]
    names = [each[0].label if len(each) == 1 else f"{each[0].label} to {each[-1].label}" for each in bins]
    merged = tuple(replace(each[0], label=name) for each, name in zip(bins, names, strict=True))
    places = [number // size for number in range(len(columns))]
    return merged, [replace(row, counts=_summed(row.counts, places, len(bins))) for row in rows]


def _cells(row: Row, columns: Sequence[Column], documents: Sequence[str]) -> Iterator[Cell]:
    for document in documents:
        numbers = zip(columns, row.counts, strict=True)
        yield Cell(document, tuple((column, count) for column, count in numbers if count and document in ("", column.document)))


def _grid(columns: Sequence[Column], rows: Sequence[Row], width: float, is_grouped: bool) -> Grid:
    is_wide = width == WIDE
    left, height, head = (NAMES, ROW, HEAD) if is_wide else (6.0, NARROW_ROW, HEAD)
    places, groups = _places(columns, left, width - 6, is_grouped)
    most = max(max(row.counts) for row in rows)
    largest = min(9.0, max(3.5, (places[1] - places[0]) * 0.48 if len(places) > 1 else 9.0))
    lines = []
    for number, row in enumerate(rows):
        y = head + number * height + (height / 2 if is_wide else height - 11)
        numbered = [(x, column, count) for x, column, count in zip(places, columns, row.counts, strict=True) if count]
        dots = tuple(Dot(x, max(2.2, largest * sqrt(count / most))) for x, _, count in numbered)
        text = shortened(row.name, NAMES - 14 if is_wide else width - 12)
        lines.append(Line(row, text, y, dots, _total(row, columns, is_grouped), _words(numbered, is_grouped)))
    return Grid(width, head + len(rows) * height + 4, left, groups, tuple(lines))


def _places(columns: Sequence[Column], left: float, right: float, is_grouped: bool) -> tuple[list[float], tuple[Group, ...]]:
    """The middle of each column, and the columns of each text as a group."""
    changes = [is_grouped and one.document != other.document for one, other in pairwise(columns)]
    step = (right - left - BETWEEN * sum(changes)) / len(columns)
    places = [left + step / 2]
    for is_change in changes:
        places.append(places[-1] + step + BETWEEN * is_change)
    if not is_grouped:
        return places, ()
    groups = []
    for document in dict.fromkeys(column.document for column in columns):
        own = [x for x, column in zip(places, columns, strict=True) if column.document == document]
        groups.append(Group(shortened(document, own[-1] - own[0] + step), own[0] - step / 2, own[-1] + step / 2))
    return places, tuple(groups)


def _total(row: Row, columns: Sequence[Column], is_grouped: bool) -> str:
    """How often the entry is named, in all and in each text."""
    total = f"{row.name}: {row.count:,} mention{'' if row.count == 1 else 's'}"
    if not is_grouped:
        return total
    cells = _cells(row, columns, tuple(dict.fromkeys(column.document for column in columns)))
    return "; ".join((total, *(f"{cell.document} {cell.count:,}" for cell in cells if cell.count)))


def _words(numbered: Sequence[tuple[float, Column, int]], is_grouped: bool) -> str:
    """Column after column with its number; the title of a text where its columns begin."""
    words, before = [], ""
    for _, column, count in numbered:
        title = f"{column.document}, " if is_grouped and column.document != before else ""
        words.append(f"{title}{column.label}: {count:,}")
        before = column.document
    return "; ".join(words)
