"""What is known of every passage besides where its words stand: one file, read whole when an index is opened.

Places count from 0; the passage at place n has the number n + 1 in the catalogue.
"""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from search_index.lexicon import Lexicon, Lines, form_of
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
        ends = array("I", accumulate(len(places[value]) for value in values))
        return cls(values, ends, array("I", (place for value in values for place in places[value])))

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
    (folder / FILE).write_bytes(zlib.compress(pickle.dumps(known), 1))


def read_known(folder: Path) -> Known:
    """Reads it; whatever is wrong with the file raises."""
    known = pickle.loads(zlib.decompress((folder / FILE).read_bytes()))  # noqa: S301 - see search_index.schema
    if not isinstance(known, Known):
        raise TypeError(f"{FILE} holds {type(known).__name__}")
    for name, size in known.files.items():
        if (folder / name).stat().st_size != size:
            raise ValueError(f"{name} has not the {size} bytes that were written")
    return known


# Putting it together ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WordUses:
    """The terms of one segment, and for each in how many passages it stands, how often it occurs, how it is written most often,
    and how often so.
    """

    terms: list[str]
    passages: array[int]
    occurrences: array[int]
    spellings: list[str]
    spelled: array[int]


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of the passages of one segment; places count from its first. Fields are by name.

    ``stems`` are lines (see ``Lexicon``).
    """

    lengths: array[int]
    languages: tuple[str, ...]
    keywords: Mapping[str, Mapping[str, array[int]]]
    dates: Mapping[str, Mapping[str, array[int]]]
    words: Mapping[str, WordUses]
    stems: Mapping[str, str]


_Use = list[Any]
"""What is known of a term: passages, occurrences, how it is written most often, how often so."""


class Gathering:
    """Puts parts together, one after the other."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lengths = array("I")
        self._languages: dict[str, int] = {}
        self._language_of = bytearray()
        self._places = {name: _no_places() for name in (*layout.keywords, *layout.dates)}
        self._words: dict[str, dict[str, _Use]] = {name: {} for name in layout.texts}
        self._stems: dict[str, set[str]] = {name: set() for name in layout.texts}

    def add(self, part: Part) -> None:
        """The next part."""
        first = len(self._lengths)
        self._lengths += part.lengths
        self._language_of += bytes(self._languages.setdefault(each, len(self._languages)) for each in part.languages)
        for name, values in (*part.keywords.items(), *part.dates.items()):
            for value, places in values.items():
                self._places[name][value].extend(place + first for place in places)
        for name, uses in part.words.items():
            words = self._words[name]
            rows = zip(uses.terms, uses.passages, uses.occurrences, uses.spellings, uses.spelled, strict=True)
            for term, passages, occurrences, spelling, spelled in rows:
                known = words.get(term)
                if known is None:
                    words[term] = [passages, occurrences, spelling, spelled]
                else:
                    known[0] += passages
                    known[1] += occurrences
                    if spelled > known[3]:
                        known[2:] = spelling, spelled
            self._stems[name].update(part.stems[name].splitlines())

    def known(self, folder: Path) -> Known:
        """All of them; the files of their segments are all that lies in the folder."""
        return Known(
            self._layout,
            {path.name: path.stat().st_size for path in sorted(folder.iterdir())},
            self._lengths,
            tuple(self._languages),
            bytes(self._language_of),
            {name: Groups.of(self._places[name]) for name in self._layout.keywords},
            {name: Groups.of(self._places[name]) for name in self._layout.dates},
            {name: _lexicon(self._words[name], self._stems[name]) for name in self._layout.texts},
        )


def _no_places() -> defaultdict[str, array[int]]:
    return defaultdict(lambda: array("I"))


def _lexicon(words: Mapping[str, _Use], stems: Iterable[str]) -> Lexicon:
    terms_of: dict[str, list[str]] = {}
    for term in sorted(words):
        terms_of.setdefault(form_of(term), []).append(term)
    passages, occurrences, spellings = array("I"), array("I"), []
    for form, terms in terms_of.items():
        uses = [words[term] for term in terms]
        _, _, spelling, _ = max(uses, key=lambda use: use[3])
        passages.append(sum(use[0] for use in uses))
        occurrences.append(sum(use[1] for use in uses))
        spellings.append("" if spelling == form else spelling)
    several = {form: tuple(terms) for form, terms in terms_of.items() if terms != [form]}
    return Lexicon(Lines.of(tuple(terms_of)), passages, occurrences, Lines.of(spellings), Lines.of(sorted(stems)), several)
