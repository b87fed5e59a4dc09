"""Where words stand near each other: the one answer of engine and marking."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

Stretch = tuple[int, int]
"""The places of the first and the last word, counted in words."""


def windows(places: Sequence[Sequence[int]], distance: int) -> Iterator[Stretch]:
    """The smallest stretches in which every slot has a word of its own, in order; none has another inside.

    ``places`` are for each slot where words stand that fill it, ascending; the last word of a stretch is at most ``distance``
    places behind the first.
    """
    given = _Given(places)
    found = sorted(given.fills)
    first = 0
    for last in found:
        given.take(last)
        beginning = None
        while first < len(found) and (given.is_whole or found[first] < last - distance):
            beginning = found[first] if found[first] >= last - distance else None
            given.leave(found[first], last)
            first += 1
        if beginning is not None:
            yield beginning, last


class _Given:
    """Which word of a stretch is given to which slot: always as many as can be (augmenting paths)."""

    def __init__(self, places: Sequence[Sequence[int]]) -> None:
        self._places = places
        self.fills: defaultdict[int, list[int]] = defaultdict(list)
        for slot, each in enumerate(places):
            for place in each:
                self.fills[place].append(slot)
        self._word_of: dict[int, int] = {}
        self._slot_of: dict[int, int] = {}

    @property
    def is_whole(self) -> bool:
        """Whether every slot has a word."""
        return len(self._word_of) == len(self._places)

    def take(self, word: int) -> None:
        """A word comes in behind the others."""
        self._settle(word, set())

    def leave(self, word: int, last: int) -> None:
        """The first word goes, ``last`` is the last that stays; another one may stand in for it."""
        slot = self._slot_of.pop(word, None)
        if slot is not None:
            del self._word_of[slot]
            self._fill(slot, word, last, {slot})

    def _settle(self, word: int, tried: set[int]) -> bool:
        """Finds a slot for a word, if need be one whose word can go elsewhere."""
        for slot in self.fills[word]:
            if slot not in self._word_of:
                self._give(slot, word)
                return True
        for slot in self.fills[word]:
            if slot not in tried:
                tried.add(slot)
                if self._settle(self._word_of[slot], tried):
                    self._give(slot, word)
                    return True
        return False

    def _fill(self, slot: int, gone: int, last: int, tried: set[int]) -> bool:
        """Finds a word behind ``gone`` for a slot, if need be one whose slot can have another."""
        there = self._places[slot]
        words = range(bisect_right(there, gone), bisect_right(there, last))
        # Of more words than there are slots one is free.
        for number in islice(words, len(self._places) + 1):
            if there[number] not in self._slot_of:
                self._give(slot, there[number])
                return True
        for number in words:
            other = self._slot_of[there[number]]
            if other not in tried:
                tried.add(other)
                if self._fill(other, gone, last, tried):
                    self._give(slot, there[number])
                    return True
        return False

    def _give(self, slot: int, word: int) -> None:
        self._word_of[slot] = word
        self._slot_of[word] = slot
