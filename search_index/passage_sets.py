"""Sets of passages as bits: Boolean operators, filters and facet counts are a few machine instructions each.

A passage is known here by its place in the index, from 0. A set is a Python integer whose bit n stands for place n, so ``&``,
``|``, ``&~`` and ``int.bit_count`` are the operations.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress

from search_index.known import Groups

_DIGIT_TO_FLAG = bytes.maketrans(b"01", b"\x00\x01")


def of_places(places: Iterable[int], size: int) -> int:
    """The set of these places, all below ``size``."""
    digits = bytearray(b"0") * (size or 1)
    for place in places:
        digits[place] = 49  # "1"
    digits.reverse()
    return int(digits, 2)


def flags(bits: int) -> bytes:
    """A byte for every place up to the last in the set: 1 if it is in the set."""
    return f"{bits:b}".encode()[::-1].translate(_DIGIT_TO_FLAG)


def places(bits: int) -> tuple[int, ...]:
    """The places in a set, ascending."""
    if bits.bit_count() * 8 < bits.bit_length():
        return tuple(found.start() for found in re.finditer("1", f"{bits:b}"[::-1]))
    found = flags(bits)
    return tuple(compress(range(len(found)), found))


@dataclass(frozen=True, slots=True)
class ValueSet:
    """The passages that have one value of a field, without the empty bytes below: a document's passages are neighbours, so
    that sixty thousand documents take no more room than their passages.
    """

    offset: int
    bits: int

    @classmethod
    def of(cls, members: Sequence[int]) -> ValueSet:
        """The set of these places, of which there is at least one, ascending."""
        offset = members[0] // 8
        first = offset * 8
        return cls(offset, of_places((place - first for place in members), members[-1] - first + 1))

    def whole(self) -> int:
        """The set as an integer like any other."""
        return self.bits << (8 * self.offset)

    def count_in(self, hits: bytes) -> int:
        """How many passages of a set have this value; ``hits`` is ``little_endian`` of that set."""
        end = self.offset + (self.bits.bit_length() + 7) // 8
        return (int.from_bytes(hits[self.offset : end], "little") & self.bits).bit_count()


def little_endian(bits: int) -> bytes:
    """The bytes of a set, place 0 in the first."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


MOST_ROOM = 16
"""Bytes that a set may take for each of its passages; a value whose passages are further apart keeps their places instead."""
FEW = 1 / 8
"""Up to this share of all passages, their values are looked up one by one; of more, each value's passages are counted."""


class FieldSets:
    """The values of a field by passage, and the passages of each value: sets where they lie close enough, else rows of places."""

    def __init__(self, groups: Groups, size: int) -> None:
        self._groups = groups
        self._size = size
        self._close: dict[str, ValueSet] = {}
        self._apart: dict[str, Sequence[int]] = {}
        values_of = array("I", bytes(4 * (size + 1)))
        for place in groups.places:
            values_of[place + 1] += 1
        self._ends = array("I", accumulate(values_of))
        """Where in ``_numbers`` those of each place begin: the numbers of its values."""
        self._numbers = array("I", bytes(4 * len(groups.places)))
        next_of = self._ends[:]
        for number, value in enumerate(groups.values):
            members = groups.members(number)
            for place in members:
                self._numbers[next_of[place]] = number
                next_of[place] += 1
            if (members[-1] - members[0]) // 8 <= MOST_ROOM * len(members):
                self._close[value] = ValueSet.of(members)
            else:
                self._apart[value] = members

    def having(self, values: Iterable[str]) -> int:
        """The passages that have one of the values."""
        found = 0
        apart: list[Sequence[int]] = []
        for value in values:
            if value in self._close:
                found |= self._close[value].whole()
            elif value in self._apart:
                apart.append(self._apart[value])
        return found | of_places(chain.from_iterable(apart), self._size) if apart else found

    def counts(self, hits: int, members: Sequence[int]) -> Counter[str]:
        """How many passages of a set, whose ``members`` are those places, have each value; only values that one has."""
        if len(members) < FEW * self._size:
            ends, numbers, values = self._ends, self._numbers, self._groups.values
            found = Counter(chain.from_iterable(numbers[ends[place] : ends[place + 1]] for place in members))
            return Counter({values[number]: count for number, count in found.items()})
        packed = little_endian(hits)
        counts = Counter({value: count for value, each in self._close.items() if (count := each.count_in(packed))})
        is_hit = flags(hits).ljust(self._size, b"\0")
        apart = ((value, sum(map(is_hit.__getitem__, own))) for value, own in self._apart.items())
        counts.update({value: count for value, count in apart if count})
        return counts


def single_values(groups: Groups, size: int) -> list[int]:
    """For a field of which every passage has one value: for each place the number of the value it has."""
    value_of = [-1] * size
    for number in range(len(groups.values)):
        for place in groups.members(number):
            value_of[place] = number
    if -1 in value_of:
        raise ValueError("a passage has no value")
    return value_of
