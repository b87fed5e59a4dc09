"""Field types and what the engine makes of them: one table.

An index directory is code: Whoosh unpickles the schema it finds there. So it is only ever one that the build wrote, in a
place where nobody else can write.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from whoosh import columns, fields, formats

from edition.records import Field
from search_index.words import is_stemmed, reading_language

# The fields every index has. Values of one passage: its number in the catalogue, how many words it has, the language by whose
# rules it was read (``words.reading_language``), its words.
NUMBER, LENGTH, LANGUAGE, TEXT = "passage-number", "passage-length", "reading-language", "text"
DOCUMENT, COLLECTION = "document", "collection"
UNREAD = "-"
"""The value of ``LANGUAGE`` where no rules are known."""


class Positions(formats.Format):
    """Where a term stands in a passage: a byte for the distance to the one before, 255 for "255 further, and read on"."""

    def encode(self, positions: Sequence[int]) -> bytes:
        """Positions count from 0 and ascend."""
        encoded = bytearray()
        before = 0
        for position in positions:
            far, near = divmod(position - before, 255)
            encoded += b"\xff" * far
            encoded.append(near)
            before = position
        return bytes(encoded)

    def decode_positions(self, value: bytes) -> list[int]:
        """What ``encode`` was given."""
        return [position for distance, position in zip(value, accumulate(value), strict=True) if distance != 255]


POSITIONS = Positions()
Rows = Generator[tuple[bytes, int, float, bytes], None, None]


class WordPositions(fields.FieldType):
    """Terms with their positions as they are given: the words are found by ``search_index.words``, not by an analyser."""

    format = POSITIONS

    def __init__(self) -> None:
        pass

    def index(self, value: Mapping[str, Sequence[int]], **_options: object) -> Rows:
        """Whoosh's rows of (term, frequency, weight, positions)."""
        for term, positions in value.items():
            yield term.encode(), len(positions), float(len(positions)), POSITIONS.encode(positions)


class Values(fields.FieldType):
    """A tuple of values, each searched and counted as it stands."""

    format = formats.Existence()

    def __init__(self) -> None:
        pass

    def index(self, value: Sequence[str], **_options: object) -> Rows:
        """Whoosh's rows of (term, frequency, weight, nothing)."""
        return ((each.encode(), 1, 1.0, b"") for each in sorted(set(value)) if each)


def stems_of(field: str) -> str:
    """The engine's field for the stems of a text field; positions in both are the same words."""
    return f"{field}.stems"


def term_of(stem: str, language: str) -> str:
    """The engine's term for a stem: it carries its language, so that German is never found by English stems."""
    return f"{reading_language(language)} {stem}"


def terms_of(field: str, stems: Sequence[str], language: str) -> tuple[tuple[str, bytes], ...]:
    """Where words with these stems are found, as pairs of field and term: unstemmed languages have forms only."""
    if is_stemmed(language):
        return tuple((stems_of(field), term_of(stem, language).encode()) for stem in stems)
    return tuple((field, stem.encode()) for stem in stems)


TYPES: Mapping[str, Callable[[str], dict[str, fields.FieldType]]] = {
    "text": lambda name: {name: WordPositions(), stems_of(name): WordPositions()},
    "keyword": lambda name: {name: Values()},
}


def schema(fields_: Sequence[Field]) -> fields.Schema:
    """The engine's schema for these fields and the fixed ones. Raises ValueError for a name or a type that cannot be."""
    number: columns.Column = columns.NumericColumn("I")  # type: ignore[no-untyped-call]
    made: dict[str, Any] = {NUMBER: fields.COLUMN(number), LENGTH: fields.COLUMN(number), LANGUAGE: Values()}
    for each in (Field(TEXT, "", "text"), Field(DOCUMENT, "", "keyword"), Field(COLLECTION, "", "keyword"), *fields_):
        if each.name in made or each.name.startswith("_"):
            raise ValueError(f"a search field cannot be called {each.name!r}: the index has one of that name")
        if each.type not in TYPES:
            raise ValueError(f"the search field {each.name!r} has the type {each.type!r}; known are {', '.join(TYPES)}")
        made |= TYPES[each.type](each.name)
    return fields.Schema(**made)


def keyword_fields(made: fields.Schema) -> tuple[str, ...]:
    """The fields of a schema that can be filtered by value and counted, in alphabetical order."""
    return tuple(name for name, type_ in made.items() if isinstance(type_, Values) and name != LANGUAGE)


def text_fields(made: fields.Schema) -> tuple[str, ...]:
    """The fields of a schema that are searched word by word, in alphabetical order."""
    words = {name for name, type_ in made.items() if isinstance(type_, WordPositions)}
    return tuple(sorted(words - set(map(stems_of, words))))
