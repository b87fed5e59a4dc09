"""Where a query's words stand in a passage, and the pieces of text around them. No search engine is involved.

The same tree, words and readings as the search: what is marked is what the passage was found for.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search_index.nearness import windows
from search_index.query import Query
from search_index.readings import AnyForm, Form, Reading, Slot, readings
from search_index.tree import Leaf, Near, positive_leaves
from search_index.words import Word, words

MOST_SNIPPETS = 20
"""Occurrences in one passage that are shown with their context."""
LEAST_CONTEXT = 30
"""Characters before and after a match, however long it is."""
LONGEST_REACH = 40
"""Characters given up at most so as to cut at a space."""

Span = tuple[int, int]
"""Start and end as offsets of characters, the end not included."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A match in its context, as plain text: ``before + match + after`` stands in the passage at ``start``.

    Snippets of one passage never overlap. Where one ends as the next starts, the text goes on without a gap.
    """

    before: str
    match: str
    after: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.start + len(self.before) + len(self.match) + len(self.after)


def matches(query: Query, text: str, language: str) -> tuple[Span, ...]:
    """Where the words and phrases of a query stand in a text, in order and without overlap.

    A phrase is one span, and only where it stands as a phrase; of words near each other each is one, and only where they are
    near. What stands under NOT is not marked.
    """
    leaves = positive_leaves(query.tree)
    found = _Words(_words(text, language) if leaves else ())
    spans = {span for leaf in leaves for span in found.spans(leaf, language)}
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=512)
def _words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a text; those of passages that were shown lately are kept, since readers ask again."""
    return words(text, language)


def snippets(query: Query, text: str, language: str, width: int = 240) -> tuple[Snippet, ...]:
    """The matches of a query in a text, each with as much context as fits into ``width`` characters, at most ``MOST_SNIPPETS``.

    Matches with no word between them are one. Cut is at spaces, where there are any near, and never inside a character. A text
    without a match gives its beginning, with an empty ``match``.
    """
    return around(text, matches(query, text, language), width)


def around(text: str, places: tuple[Span, ...], width: int = 240) -> tuple[Snippet, ...]:
    """The same for places that were found in another way; they are in order and do not overlap."""
    spans = _neighbours_joined(places, text)[:MOST_SNIPPETS]
    if not spans:
        return (Snippet(text[: _cut_before(text, width, 0)], "", "", 0),)
    windows = [_window(text, span, width) for span in spans]
    for at in range(1, len(spans)):
        (first, end), (start, last) = windows[at - 1 : at + 1]
        if end > start:
            cut = _cut_before(text, (spans[at - 1][1] + spans[at][0]) // 2, spans[at - 1][1])
            windows[at - 1 : at + 1] = (first, cut), (cut, last)
    return tuple(
        Snippet(text[first:start], text[start:end], text[end:last], first)
        for (start, end), (first, last) in zip(spans, windows, strict=True)
    )


class _Words:
    """The words of a text, findable by form and by stem."""

    def __init__(self, found: tuple[Word, ...]) -> None:
        self._words = found
        self._stems: defaultdict[str, list[int]] = defaultdict(list)
        self._forms: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(found):
            self._forms[word.form].append(place)
            for stem in word.stems:
                self._stems[stem].append(place)

    def spans(self, leaf: Leaf, language: str) -> Iterator[Span]:
        """Where a leaf of a query stands, in no order."""
        for reading in readings(leaf, language):
            if isinstance(leaf, Near):
                yield from self._near(reading, leaf.distance)
            else:
                yield from self._side_by_side(reading)

    def _side_by_side(self, reading: Reading) -> Iterator[Span]:
        starts = set(self._filling(reading[0]))
        for number, slot in enumerate(reading[1:], 1):
            starts &= {place - number for place in self._filling(slot)} if starts else set()
        for place in starts:
            yield self._words[place].start, self._words[place + len(reading) - 1].end

    def _near(self, reading: Reading, distance: int) -> Iterator[Span]:
        """The words that take part: in the smallest stretches that have one for each slot, those that fill any."""
        places = tuple(self._filling(slot) for slot in reading)
        filling = sorted({place for each in places for place in each})
        for first, last in windows(places, distance):
            for place in filling[bisect_left(filling, first) : bisect_right(filling, last)]:
                yield self._words[place].start, self._words[place].end

    def _filling(self, slot: Slot) -> Sequence[int]:
        """The places of the words that fill a slot, ascending."""
        match slot:
            case AnyForm(_, stems):
                return sorted({place for stem in stems for place in self._stems.get(stem, ())})
            case Form(form):
                return self._forms.get(form, ())
            case _:
                fitting = (places for places in self._forms.values() if slot.accepts(self._words[places[0]]))
                return sorted(place for places in fitting for place in places)


# Cutting --------------------------------------------------------------------------------------------------------------


def _neighbours_joined(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Spans with nothing but spaces and punctuation between them as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not re.search(r"\w", text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _window(text: str, span: Span, width: int) -> Span:
    """From where to where a match is shown."""
    start, end = span
    context = max((width - (end - start)) // 2, LEAST_CONTEXT)
    return _cut_after(text, start - context, start), _cut_before(text, end + context, end)


def _cut_after(text: str, position: int, last: int) -> int:
    """The first place from ``position`` on, ``last`` at the latest, where a text may begin."""
    if position <= 0:
        return 0
    if space := re.compile(r"(?<=\s)(?=\S)").search(text, position, min(position + LONGEST_REACH, last) + 1):
        return space.start()
    while position < last and _is_inside_character(text, position):
        position += 1
    return position


def _cut_before(text: str, position: int, first: int) -> int:
    """The last place up to ``position``, ``first`` at the earliest, where a text may end."""
    if position >= len(text):
        return len(text)
    for place in range(position, max(position - LONGEST_REACH, first), -1):
        if text[place].isspace() and not text[place - 1].isspace():
            return place
    while position > first and _is_inside_character(text, position):
        position -= 1
    return position


_HANGUL_INNER = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
_EXTENDING = frozenset("\u200c\u200d\uff9e\uff9f")
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]+")
_VIRAMA = 9  # canonical combining class


def _is_inside_character(text: str, position: int) -> bool:
    """Whether what stands before and behind this position is one character to a reader (after Unicode Annex 29)."""
    before, behind = text[position - 1], text[position]
    if unicodedata.category(behind)[0] == "M" or behind in _EXTENDING or _HANGUL_INNER.match(behind):
        return True
    if before == "\u200d" or unicodedata.combining(before) == _VIRAMA or before + behind == "\r\n":
        return True
    if "\U0001f3fb" <= behind <= "\U0001f3ff" or "\U000e0020" <= behind <= "\U000e007f":
        return True
    if not _FLAG_LETTERS.match(behind):
        return False
    return any(run.start() < position < run.end() and (position - run.start()) % 2 for run in _FLAG_LETTERS.finditer(text))
