"""Field types and what the index makes of them: one table.

The words of text fields are terms of the engine, with their postings. Everything else is known of every passage and read whole
when an index is opened: ``search_index.known``.

An index directory is code: Whoosh unpickles the schema it finds there, and so do we what is known of the passages. So it is only
ever one that the build wrote, in a place where nobody else can write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from whoosh import fields, formats

from edition.records import Field

TEXT, RECEIVED = "text", "received"
"""The reading text, which every index has, and the text as received where that differs."""
DOCUMENT, COLLECTION, DATE = "document", "collection", "date"
NAMED = ("person", "place", "organisation", "event", "work")
"""What a passage may name: the kinds of entries."""
TYPES = ("text", "keyword", "date")
"""``text`` is searched word by word, ``keyword`` by whole values, which are counted; ``date`` by what intervals overlap."""

_FIXED = (Field(TEXT, "", "text"), *(Field(name, "", "keyword") for name in (DOCUMENT, COLLECTION, *NAMED)))


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of an index's fields by type, in alphabetical order."""

    texts: tuple[str, ...]
    keywords: tuple[str, ...]
    dates: tuple[str, ...]

    @classmethod
    def of(cls, more: Sequence[Field]) -> Layout:
        """Those that every index has and ``more``. Raises ValueError for a name or a type that cannot be."""
        types = {each.name: each.type for each in _FIXED}
        for each in more:
            if each.name in types or each.name.startswith("_"):
                raise ValueError(f"a search field cannot be called {each.name!r}: the index has one of that name")
            if each.type not in TYPES:
                raise ValueError(f"the search field {each.name!r} has the type {each.type!r}; known are {', '.join(TYPES)}")
            types[each.name] = each.type
        return cls(*(tuple(sorted(name for name, type_ in types.items() if type_ == wanted)) for wanted in TYPES))

    def schema(self) -> fields.Schema:
        """What the engine has to know of them."""
        return fields.Schema(**{name: WordPositions() for name in self.texts})


class Positions(formats.Format):
    """Where a term stands in a passage: a byte for the distance to the one before, 255 for "254 on, and more", 254 at the end.

    Whoosh pickles the value of each posting, which takes more room and time than the value, unless it is told that all are of one
    size: then it joins them. So we say so, and take them apart by their ends.
    """

    def fixed_value_size(self) -> int:
        """Not true, but see above."""
        return 1

    def encode(self, positions: Sequence[int]) -> bytes:
        """Positions count from 0 and ascend; there is at least one."""
        if positions[-1] < _END:  # nearly always
            if len(positions) == 1:
                return _ONE[positions[0]]
            return bytes((positions[0], *(here - before for before, here in pairwise(positions)), _END))
        return b"".join(_far(here - before) for before, here in pairwise((0, *positions))) + bytes((_END,))

    def taken_apart(self, values: bytes) -> list[bytes]:
        """The values of several postings, which were joined, without their ends."""
        return values.split(bytes((_END,)))[:-1]

    def decode_positions(self, value: bytes) -> list[int]:
        """What ``encode`` was given; ``value`` is without its end."""
        if _FURTHER not in value:
            return list(accumulate(value))
        distances = (_END if byte == _FURTHER else byte for byte in value)
        return [position for byte, position in zip(value, accumulate(distances), strict=True) if byte != _FURTHER]

    def starts(self, value: bytes, first: int) -> Iterable[int]:
        """The positions in ``value``, counted from ``first``."""
        if _FURTHER not in value:
            return islice(accumulate(value, initial=first), 1, None)
        return (first + position for position in self.decode_positions(value))


_END, _FURTHER = 254, 255
_ONE = tuple(bytes((position, _END)) for position in range(_END))


def _far(distance: int) -> bytes:
    far, near = divmod(distance, _END)
    return bytes((_FURTHER,)) * far + bytes((near,))


POSITIONS = Positions()


class WordPositions(fields.FieldType):
    """Terms with their positions: the words are found by ``search_index.words``, not by an analyser of the engine."""

    format = POSITIONS

    def __init__(self) -> None:
        pass

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as the engine stores it."""
        return value if isinstance(value, bytes) else value.encode()


def around(folder: str) -> Iterator[str]:
    """A collection and every collection around it: ``a/b`` and ``a`` for ``a/b``, none for the empty one."""
    return (folder[:end] for end in range(1, len(folder) + 1) if folder[end : end + 1] in ("", "/"))
