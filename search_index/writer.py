"""Passages become an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from whoosh import index

from edition.records import Field, Passage
from search_index import schema
from search_index.words import Word, is_stemmed, reading_language, words

MEMORY_MB = 64
"""Postings kept in memory before they are sorted to a file."""
VALUE_GAP = 100
"""Positions between two values of one text field, so that no phrase goes across."""


def write_index(folder: Path, fields: Sequence[Field], passages: Iterable[tuple[int, Passage, str]]) -> int:
    """Writes the index of all passages into ``folder`` and gives their number.

    A passage comes with its number in the catalogue, from 1 and ascending, and the collection its document is in (empty:
    none). The same passages give the same answers, not the same bytes. Raises ValueError for fields or an order that cannot
    be, OSError where it cannot write; what is in the folder then is no index.
    """
    made = schema.schema(fields)
    texts = tuple(field.name for field in fields if field.type == "text")
    keywords = tuple(field.name for field in fields if field.type == "keyword")
    folder.mkdir(parents=True, exist_ok=True)
    writer = index.create_in(str(folder), made).writer(limitmb=MEMORY_MB)
    count = last = 0
    try:
        for number, passage, collection in passages:
            if number <= last:
                raise ValueError(f"passage {number} comes after passage {last}")
            last = number
            found = words(passage.text, passage.language)
            row = {
                schema.NUMBER: number,
                schema.LENGTH: len(found),
                schema.LANGUAGE: (reading_language(passage.language) or schema.UNREAD,),
                schema.DOCUMENT: (passage.document,),
                schema.COLLECTION: (collection,),
                **_positions(schema.TEXT, (found,), passage.language),
                **{name: passage.fields.get(name, ()) for name in keywords},
            }
            for name in texts:
                values = tuple(words(value, passage.language) for value in passage.fields.get(name, ()))
                row |= _positions(name, values, passage.language)
            writer.add_document(**row)
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    for lock in folder.glob("*_WRITELOCK"):
        lock.unlink()
    return count


def _positions(field: str, values: Sequence[Sequence[Word]], language: str) -> Mapping[str, Mapping[str, Sequence[int]]]:
    """Where each form and each stem of a text field stands."""
    forms: defaultdict[str, list[int]] = defaultdict(list)
    stems: defaultdict[str, list[int]] = defaultdict(list)
    stemmed = is_stemmed(language)
    position = 0
    for value in values:
        for word in value:
            forms[word.form].append(position)
            if stemmed:
                for stem in word.stems:
                    stems[schema.term_of(stem, language)].append(position)
            position += 1
        position += VALUE_GAP
    return {field: forms, schema.stems_of(field): stems}
