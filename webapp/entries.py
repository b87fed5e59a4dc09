"""The entries of a register as lists need them: filed, counted, narrowed, sorted; read once a snapshot and then kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from edition.catalogue import Catalogue
from edition.records import Entry
from webapp.drawings.dates import DateError, date
from webapp.filing import filed, letter

_DATED = {"birth": "born", "death": "died", "activity": "active", "date": ""}
"""How lists say what a date is the date of."""

Sort = Literal["name", "date", "mentions"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entries: what the catalogue calls it, and what readers call several, which is also its address."""

    name: str
    many: str


KINDS = (
    Kind("person", "persons"),
    Kind("place", "places"),
    Kind("organisation", "organisations"),
    Kind("event", "events"),
    Kind("work", "works"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: what it is filed under, what a filter looks in, how often it is named, and by how many texts.

    Of the ``entry`` everything is there but its ``html``.

    ``key`` is what its address ends in: the key of the entry, with ``~2`` … where another file has an entry of the same kind
    and key. ``begins`` is the number of the first day of its first date, None without one.
    """

    kind: Kind
    entry: Entry
    key: str
    filed: str
    letter: str
    sought: str
    begins: int | None
    mentions: int
    texts: int

    @property
    def name(self) -> str:
        """What lists call it: its name, or the key where it has none."""
        return self.entry.name or self.entry.key

    @property
    def sort(self) -> str:
        """The editors' own word for what it is, for readers."""
        return self.entry.type.replace("-", " ").replace("_", " ")

    @property
    def dates(self) -> tuple[str, ...]:
        """Its dates in words, each with what it is the date of."""
        return tuple(f"{_DATED.get(each.what, each.what)} {each.words}".strip() for each in self.entry.dates if each.words)

    @property
    def position(self) -> str:
        """Where on Earth a place is: its coordinates, to a kilometre or so, or the code of the country or of a part of one."""
        if self.entry.latitude is None or self.entry.longitude is None:
            return self.entry.subdivision or self.entry.country
        north, east = self.entry.latitude, self.entry.longitude
        return f"{abs(north):.2f}° {'N' if north >= 0 else 'S'}, {abs(east):.2f}° {'E' if east >= 0 else 'W'}"

    @property
    def facts(self) -> tuple[str, ...]:
        """What a list says of it beside the name: its sort, its dates, where it is."""
        return tuple(part for part in (self.sort, *self.dates, self.position) if part)


@dataclass(frozen=True)
class Register:
    """All entries of a kind, in the order of their names, those without one last."""

    kind: Kind
    lines: tuple[Line, ...]

    @cached_property
    def types(self) -> Mapping[str, int]:
        """The editors' own words for sorts of entries, in alphabetical order, and how many there are of each."""
        return dict(sorted(Counter(line.entry.type for line in self.lines if line.entry.type).items()))

    @cached_property
    def by_entry(self) -> Mapping[tuple[str, str], Line]:
        """The lines by file and key of their entries."""
        return {(line.entry.file, line.entry.key): line for line in self.lines}

    @cached_property
    def by_key(self) -> Mapping[str, Line]:
        """The lines by what their addresses end in."""
        return {line.key: line for line in self.lines}

    @cached_property
    def gathered(self) -> int:
        """How many of the entries no register describes."""
        return sum(bool(line.entry.gathered) for line in self.lines)

    @cached_property
    def mentions(self) -> int:
        """How often the texts name an entry of this kind."""
        return sum(line.mentions for line in self.lines)

    def chosen(self, words: str, type: str, sort: Sort) -> tuple[Line, ...]:
        """The lines of a type (empty: of any) in whose names all the words stand, or pieces of words; sorted."""
        parts = filed(words).split()
        found = (line for line in self.lines if type in ("", line.entry.type) and all(part in line.sought for part in parts))
        return tuple(sorted(found, key=_ORDERS[sort]))


_ORDERS: Mapping[Sort, Callable[[Line], tuple[object, ...]]] = {
    "name": lambda line: (not line.filed, line.filed, line.key),
    "date": lambda line: (line.begins is None, line.begins or 0, line.filed, line.key),
    "mentions": lambda line: (-line.mentions, line.filed, line.key),
}


def registers(catalogue: Catalogue) -> dict[str, Register]:
    """The registers of a catalogue that have entries, by the kind's name."""
    made = (Register(kind, _lines(catalogue, kind)) for kind in KINDS)
    return {each.kind.name: each for each in made if each.lines}


def _lines(catalogue: Catalogue, kind: Kind) -> tuple[Line, ...]:
    totals = {(file, key): counts for file, key, *counts in catalogue.totals(kind.name)}
    seen: Counter[str] = Counter()
    lines = []
    for entry in catalogue.entries(kind.name):
        seen[entry.key] += 1
        key = entry.key if seen[entry.key] == 1 else f"{entry.key}~{seen[entry.key]}"
        mentions, texts = totals.get((entry.file, entry.key), (0, 0))
        lines.append(_line(kind, entry, key, mentions, texts))
    return tuple(sorted(lines, key=_ORDERS["name"]))


def _line(kind: Kind, entry: Entry, key: str, mentions: int, texts: int) -> Line:
    sought = " ".join(map(filed, (*entry.names, entry.name)))
    lean = replace(entry, html="")
    return Line(kind, lean, key, filed(entry.name), letter(entry.name), sought, _begins(entry), mentions, texts)


def _begins(entry: Entry) -> int | None:
    for each in entry.dates:
        for end in (each.earliest, each.latest):
            try:
                return date(end).begins
            except DateError:
                continue
    return None
