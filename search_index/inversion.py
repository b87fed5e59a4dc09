"""Passages, turned from what words each has to where each word stands; a segment is written of that."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from whoosh.codec.base import Segment

from search_index import postings, schema, tallies
from search_index.known import Groups, Part
from search_index.lexicon import form_of, stem_line, term
from search_index.postings import Postings
from search_index.schema import Layout
from search_index.tallies import Tally
from search_index.words import forms, is_stemmed, reading_language, spellings

VALUE_GAP = 10_000
"""Positions between two values of one text field, so that nothing is near across them."""
_PLACE, _POSITION = 32, (1 << 32) - 1
"""A place and a position in it are kept as one number: the position in so many bits."""


class Row(NamedTuple):
    """A passage as far as the index goes: its values in the order of the fields of its layout."""

    language: str
    texts: tuple[tuple[str, ...], ...]
    keywords: tuple[tuple[str, ...], ...]
    dates: tuple[tuple[str, ...], ...]


def write(folder: Path, layout: Layout, id: str, rows: Sequence[Row]) -> tuple[Segment, Part]:
    """One segment of these passages, with the tallies of their words, and what is known of them besides."""
    fields = {name: _Words() for name in layout.texts}
    keywords: dict[str, defaultdict[str, array[int]]] = {name: defaultdict(_numbers) for name in layout.keywords}
    dates: dict[str, defaultdict[str, array[int]]] = {name: defaultdict(_numbers) for name in layout.dates}
    lengths = array("I")
    languages = tuple(reading_language(row.language) for row in rows)
    for place, (row, language) in enumerate(zip(rows, languages, strict=True)):
        for name, texts in zip(layout.texts, row.texts, strict=True):
            count = fields[name].add(place, texts, language)
            if name == schema.TEXT:
                lengths.append(count)
        for groups, values in ((keywords, row.keywords), (dates, row.dates)):
            for places, found in zip(groups.values(), values, strict=True):
                for value in dict.fromkeys(found):
                    if value:
                        places[value].append(place)
    terms = {name: words.terms() for name, words in fields.items()}
    segment = postings.write_segment(folder, layout.schema(), id, len(rows), terms)
    tallies.write(folder, id, {name: words.tally() for name, words in fields.items()})
    return segment, Part(lengths, languages, _grouped(keywords), _grouped(dates))


def _grouped(fields: Mapping[str, Mapping[str, array[int]]]) -> dict[str, Groups]:
    return {name: Groups.of(places) for name, places in fields.items()}


def _numbers() -> array[int]:
    return array("I")


class _Words:
    """The words of one text field of many passages.

    Where they stand is kept by language and spelling: a word of a text costs looking that up and adding a number, and how a form
    is written most often comes for nothing.
    """

    def __init__(self) -> None:
        self._known: defaultdict[str, dict[str, array[int] | None]] = defaultdict(dict)
        self._places: defaultdict[str, defaultdict[str, array[int]]] = defaultdict(lambda: defaultdict(lambda: array("Q")))
        self._passages: dict[str, int] = {}
        self._stems: set[str] = set()

    def add(self, place: int, texts: Sequence[str], language: str) -> int:
        """The words of a passage; how many there are."""
        known = self._known[language]
        position = place << _PLACE
        count = 0
        for text in texts:
            for spelling in spellings(text, language):
                try:
                    places = known[spelling]
                except KeyError:
                    places = known[spelling] = self._new(spelling, language)
                if places is not None:
                    places.append(position)
                    position += 1
                    count += 1
            position += VALUE_GAP
        return count

    def _new(self, spelling: str, language: str) -> array[int] | None:
        """Where the places of a word are to be kept; None if it is none."""
        form, stems = forms(spelling, language)
        if not form:
            return None
        of_word = term(form, stems)
        if is_stemmed(language):
            self._stems.update(stem_line(stem, language, of_word) for stem in stems)
        return self._places[of_word][spelling]

    def terms(self) -> Iterator[tuple[str, Postings]]:
        """Every term with its postings, both ascending."""
        for each in sorted(self._places):
            found = _postings(_merged(self._places[each].values()))
            self._passages[each] = len(found.places)
            yield each, found

    def tally(self) -> Tally:
        """How often each word occurs, once all have been written."""
        occurrences: defaultdict[str, int] = defaultdict(int)
        for of_word, places_of in self._places.items():
            form = form_of(of_word)
            for spelling, places in places_of.items():
                occurrences[tallies.written(form, spelling)] += len(places)
        return Tally(self._passages, dict(occurrences), dict.fromkeys(self._stems, 1))


def _merged(places: Collection[array[int]]) -> Sequence[int]:
    """Several ascending rows as one."""
    return next(iter(places)) if len(places) == 1 else sorted(chain.from_iterable(places))


def _postings(codes: Sequence[int]) -> Postings:
    """The positions at each place."""
    encode = schema.POSITIONS.encode
    found = Postings([], [], [])
    here = -1
    positions: list[int] = []
    for code in codes:
        place = code >> _PLACE
        if place != here:
            if positions:
                found.weights.append(len(positions))
                found.values.append(encode(positions))
            found.places.append(place)
            here, positions = place, []
        positions.append(code & _POSITION)
    found.weights.append(len(positions))
    found.values.append(encode(positions))
    return found
