"""Sets of passages as bits: Boolean operators, filters and facet counts are a few machine instructions each.

A passage is known here by its place in the index, from 0. A set is a Python integer whose bit n stands for place n, so ``&``,
``|``, ``&~`` and ``int.bit_count`` are the operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

_DIGIT_TO_FLAG = bytes.maketrans(b"01", b"\x00\x01")


def of_places(places: Iterable[int], size: int) -> int:
    """The set of these places, all below ``size``."""
    digits = bytearray(b"0") * (size or 1)
    for place in places:
        digits[place] = 49  # "1"
    digits.reverse()
    return int(digits, 2)


def places(bits: int) -> tuple[int, ...]:
    """The places in a set, ascending."""
    digits = f"{bits:b}".encode()[::-1]
    return tuple(compress(range(len(digits)), digits.translate(_DIGIT_TO_FLAG)))


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

    def places(self) -> tuple[int, ...]:
        """The places, ascending."""
        return tuple(8 * self.offset + place for place in places(self.bits))

    def count_in(self, hits: bytes) -> int:
        """How many passages of a set have this value; ``hits`` is ``little_endian`` of that set."""
        end = self.offset + (self.bits.bit_length() + 7) // 8
        return (int.from_bytes(hits[self.offset : end], "little") & self.bits).bit_count()


def little_endian(bits: int) -> bytes:
    """The bytes of a set, place 0 in the first."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
