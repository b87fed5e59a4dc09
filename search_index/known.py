"""What is known of every passage besides where its words stand: one file, read whole when an index is opened.

Places count from 0; the passage at place n has the number n + 1 in the catalogue.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path

from search_index import files
from search_index.lexicon import Lexicon
from search_index.schema import Layout

FILE = "known"


@dataclass(frozen=True, slots=True)
class Groups:
    """The places of each value of a field: those of ``values[n]`` are ``places[ends[n - 1]:ends[n]]``, ascending."""

    values: tuple[str, ...]
    ends: array[int]
    places: array[int]

    @classmethod
    def of(cls, places: Mapping[str, Sequence[int]]) -> Groups:
        """These values with their places, in alphabetical order."""
        values = tuple(sorted(places))
        rows = [places[value] for value in values]
        return cls(values, array("I", accumulate(map(len, rows))), array("I", chain.from_iterable(rows)))

    def members(self, number: int) -> array[int]:
        """The places of the value of this number."""
        return self.places[self.ends[number - 1] if number else 0 : self.ends[number]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of all passages.

    ``files`` are the other files of the index by name, with how many bytes each has; ``lengths`` are in words of the reading
    text; ``language_of`` counts into ``languages``, which are reading languages. The values of a date field are written
    "earliest/latest".
    """

    layout: Layout
    files: Mapping[str, int]
    lengths: array[int]
    languages: tuple[str, ...]
    language_of: bytes
    keywords: Mapping[str, Groups]
    dates: Mapping[str, Groups]
    lexicons: Mapping[str, Lexicon]

    @property
    def size(self) -> int:
        """The number of passages."""
        return len(self.lengths)


def write_known(folder: Path, known: Known) -> None:
    """Writes it beside the segments."""
    files.write(folder / FILE, known)


def read_known(folder: Path) -> Known:
    """Reads it; whatever is wrong with the file raises."""
    known = files.read(folder / FILE)
    if not isinstance(known, Known):
        raise TypeError(f"{FILE} holds {type(known).__name__}")
    for name, size in known.files.items():
        if (folder / name).stat().st_size != size:
            raise ValueError(f"{name} has not the {size} bytes that were written")
    return known


# Putting it together ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of the passages of one segment besides their words; places count from its first. Fields are by name."""

    lengths: array[int]
    languages: Sequence[str]
    keywords: Mapping[str, Groups]
    dates: Mapping[str, Groups]


class Gathering:
    """Puts parts together, one after the other."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lengths = array("I")
        self._languages: dict[str, int] = {}
        self._language_of = bytearray()
        self._places: dict[str, dict[str, array[int]]] = {name: {} for name in (*layout.keywords, *layout.dates)}

    def add(self, part: Part) -> None:
        """The next part."""
        first = len(self._lengths)
        self._lengths += part.lengths
        self._language_of += bytes(self._languages.setdefault(each, len(self._languages)) for each in part.languages)
        for name, groups in (*part.keywords.items(), *part.dates.items()):
            _add_places(self._places[name], groups, first)

    def known(self, folder: Path, lexicons: Mapping[str, Lexicon]) -> Known:
        """All of them, with the words of their text fields; what belongs to the index is all that lies in the folder."""
        return Known(
            self._layout,
            {path.name: path.stat().st_size for path in sorted(folder.iterdir())},
            self._lengths,
            tuple(self._languages),
            bytes(self._language_of),
            {name: Groups.of(self._places[name]) for name in self._layout.keywords},
            {name: Groups.of(self._places[name]) for name in self._layout.dates},
            lexicons,
        )


def _add_places(known: dict[str, array[int]], groups: Groups, first: int) -> None:
    """The places of values that count from ``first``."""
    places = array("I", map(first.__add__, groups.places))
    start = 0
    for value, end in zip(groups.values, groups.ends, strict=True):
        if value in known:
            known[value] += places[start:end]
        else:
            known[value] = places[start:end]
        start = end
