"""What is known of every passage besides where its words stand: one file, read whole when an index is opened.

Places count from 0; the passage at place n has the number n + 1 in the catalogue.
"""

from __future__ import annotations

import pickle
import zlib
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

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
    """The words of a text field: in how many passages each term stands; how often each form is written so, by the two as
    ``written`` joins them; the lines of its stems (see ``Lexicon``).
    """

    passages: Mapping[str, int]
    occurrences: Mapping[str, int]
    stems: Sequence[str]


def written(spelling: str, form: str) -> str:
    """A form and how it is written, as one."""
    return f"{spelling}\n{form}"


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of the passages of one segment; places count from its first. Fields are by name."""

    lengths: array[int]
    languages: Sequence[str]
    keywords: Mapping[str, Groups]
    dates: Mapping[str, Groups]
    words: Mapping[str, WordUses]


class Gathering:
    """Puts parts together, one after the other."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lengths = array("I")
        self._languages: dict[str, int] = {}
        self._language_of = bytearray()
        self._places: dict[str, dict[str, array[int]]] = {name: {} for name in (*layout.keywords, *layout.dates)}
        self._words = {name: _Words() for name in layout.texts}

    def add(self, part: Part) -> None:
        """The next part."""
        first = len(self._lengths)
        self._lengths += part.lengths
        self._language_of += bytes(self._languages.setdefault(each, len(self._languages)) for each in part.languages)
        for name, groups in (*part.keywords.items(), *part.dates.items()):
            _add_places(self._places[name], groups, first)
        for name, uses in part.words.items():
            self._words[name].add(uses)

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
            {name: words.lexicon() for name, words in self._words.items()},
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


class _Words:
    """The words of a text field in all parts: see ``WordUses``."""

    def __init__(self) -> None:
        self._passages: defaultdict[str, int] = defaultdict(int)
        self._occurrences: defaultdict[str, int] = defaultdict(int)
        self._stems: set[str] = set()

    def add(self, uses: WordUses) -> None:
        for total, counts in ((self._passages, uses.passages), (self._occurrences, uses.occurrences)):
            for each, count in counts.items():
                total[each] += count
        self._stems.update(uses.stems)

    def lexicon(self) -> Lexicon:
        passages: defaultdict[str, int] = defaultdict(int)
        terms_of: defaultdict[str, list[str]] = defaultdict(list)
        for term in sorted(self._passages):
            form = form_of(term)
            passages[form] += self._passages[term]
            terms_of[form].append(term)
        several = {form: tuple(terms) for form, terms in terms_of.items() if terms != [form]}
        occurrences: defaultdict[str, int] = defaultdict(int)
        spellings: dict[str, tuple[int, str]] = {}
        for each, count in self._occurrences.items():
            spelling, _, form = each.partition("\n")
            occurrences[form] += count
            commonest = -count, spelling
            if form not in spellings or commonest < spellings[form]:
                spellings[form] = commonest
        best = ((form, spellings[form][1]) for form in passages)
        return Lexicon(
            Lines.of(tuple(passages)),
            array("I", passages.values()),
            array("I", map(occurrences.__getitem__, passages)),
            Lines.of(["" if spelling == form else spelling for form, spelling in best]),
            Lines.of(sorted(self._stems)),
            several,
        )
