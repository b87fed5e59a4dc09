"""An index is opened, asked and closed: query and filters in, ``Results`` out.

The directory must be one that ``search_index.writer`` wrote and nobody else can write: opening it runs what its schema says
(see ``search_index.schema``).
"""

from __future__ import annotations

import threading
import traceback
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from logging import getLogger
from operator import and_, or_
from pathlib import Path
from queue import LifoQueue
from typing import Literal

from whoosh import index
from whoosh.fields import Schema
from whoosh.reading import IndexReader

from search_index import evaluate, passage_sets, schema
from search_index.evaluate import Evaluation
from search_index.passage_sets import ValueSet
from search_index.query import Query, parse, positive_leaves

READERS = 4
"""Searches that run at the same time in one process; Python gives them one core anyway."""
LONGEST_REASON = 200
"""Characters of an engine's message that are passed on: over a damaged index it may quote half of it."""

_log = getLogger(__name__)


class SearchError(Exception):
    """The index is missing, damaged or otherwise of no use; or it has no such field."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: its number in the catalogue, its document's id, and a score that compares within one answer."""

    number: int
    document: str
    score: float


Facet = tuple[str, tuple[tuple[str, int], ...]]
"""A field and its values with their counts, the commonest first, then by the alphabet."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of an answer.

    ``total`` counts passages, ``documents`` documents. ``complete`` is False when something was left out, by the time limit or
    because a beginning stands for too many words; ``notes`` then say so in sentences for readers.
    """

    hits: tuple[Hit, ...]
    total: int
    documents: int
    facets: tuple[Facet, ...]
    complete: bool = True
    notes: tuple[str, ...] = ()


class Index:
    """The index of one snapshot, for any number of threads.

    A Whoosh reader must not be used by two threads at once, so each search borrows one of ``READERS`` and gives it back. All are
    opened at once: what happens to the directory afterwards, such as its removal, does not matter. After ``close`` searches that
    are under way still finish. Every failure of the engine is a SearchError.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self._readers: LifoQueue[IndexReader] = LifoQueue()
        self._searches = 0
        self._is_closed = False
        try:
            opened = index.open_dir(str(folder), readonly=True)
            for _ in range(READERS):
                self._readers.put(opened.reader())  # type: ignore[no-untyped-call]
            with self._reader() as reader:
                self._load(reader, opened.schema)
        except Exception as cause:
            self.close()
            raise _search_error(f"the search index in {folder} cannot be opened", cause) from cause

    def close(self) -> None:
        """Closes the files as soon as no search needs them; what is closed stays closed."""
        with self._lock:
            self._is_closed = True
        self._close_if_unused()

    def find(
        self,
        query: Query,
        filters: Mapping[str, Sequence[str]] | None = None,
        page: int = 1,
        per_page: int = 20,
        sort: Literal["relevance", "document"] = "relevance",
    ) -> Results:
        """The passages that match ``query`` and all ``filters``.

        A filter on a field of ``fields`` keeps passages that have one of its values, a filter on a text field those in which
        one of the values is found as a query is; a filter without a value is none. Order is by score, then by number; without
        words to look for, and with ``sort="document"``, by number: an empty query lists passages in document order. Pages count
        from 1; a page past the end is empty.

        Facets count the passages under the query and all filters except those on the facet's own field, so that a reader sees
        what switching or adding a value would give. A value that no such passage has is not listed.

        Raises SearchError when the engine fails or there is no such field.
        """
        try:
            with self._reader() as reader:
                evaluation = Evaluation(reader, self._columns)
                return self._results(evaluation, query, filters or {}, max(page - 1, 0) * per_page, per_page, sort)
        except SearchError:
            raise
        except Exception as cause:
            raise _search_error("the search index cannot be read", cause) from cause

    def _results(
        self, evaluation: Evaluation, query: Query, filters: Mapping[str, Sequence[str]], first: int, count: int, sort: str
    ) -> Results:
        """The answer with ``count`` hits from the ``first`` on."""
        matching = evaluation.passages(query.tree)
        filtered = {field: self._filter(evaluation, field, values) for field, values in filters.items() if values}
        places = passage_sets.places(reduce(and_, filtered.values(), matching))
        if sort == "relevance" and positive_leaves(query.tree):
            chosen = evaluate.best(evaluation.scores(query.tree, places), first + count)[first:]
        else:
            chosen = list(evaluation.scores(query.tree, places[first : first + count]).items())
        return Results(
            hits=tuple(Hit(self._numbers[place], self._documents[self._document_of[place]], score) for place, score in chosen),
            total=len(places),
            documents=len({self._document_of[place] for place in places}),
            facets=tuple(self._facet(field, matching, filtered) for field in self.fields),
            complete=evaluation.is_whole,
            notes=evaluation.notes,
        )

    def _filter(self, evaluation: Evaluation, field: str, values: Sequence[str]) -> int:
        """The passages that a filter keeps."""
        if field in self.fields:
            return reduce(or_, (self._values[field][value].whole() for value in values if value in self._values[field]), 0)
        if field in self._text_fields:
            return reduce(or_, (evaluation.passages(parse(value).tree, field) for value in values), 0)
        raise SearchError(f"there is no search field {field!r}")

    def _facet(self, field: str, matching: int, filtered: Mapping[str, int]) -> Facet:
        others = reduce(and_, (kept for name, kept in filtered.items() if name != field), matching)
        hits = passage_sets.little_endian(others)
        counts = ((value, each.count_in(hits)) for value, each in self._values[field].items())
        return field, tuple(sorted((each for each in counts if each[1]), key=lambda each: (-each[1], each[0])))

    # Opening and closing ----------------------------------------------------------------------------------------------

    @contextmanager
    def _reader(self) -> Iterator[IndexReader]:
        """A reader that no other thread has, as soon as there is one."""
        with self._lock:
            if self._is_closed:
                raise SearchError("the search index is closed")
            self._searches += 1
        reader = self._readers.get()
        try:
            yield reader
        finally:
            self._readers.put(reader)
            with self._lock:
                self._searches -= 1
            self._close_if_unused()

    def _close_if_unused(self) -> None:
        with self._lock:
            while self._is_closed and not self._searches and not self._readers.empty():
                self._readers.get_nowait().close()

    def _load(self, reader: IndexReader, made: Schema) -> None:
        """Reads what every search needs of every passage; it is never changed afterwards."""
        size = reader.doc_count_all()
        self.fields = schema.keyword_fields(made)
        self._text_fields = schema.text_fields(made)
        self._numbers = _numbers(reader, schema.NUMBER, size)
        self._values = {field: _value_sets(reader, field, size) for field in self.fields}
        self._documents, self._document_of = _single_values(self._values[schema.DOCUMENT], size)
        languages, language_of = _single_values(_value_sets(reader, schema.LANGUAGE, size), size)
        self._columns = evaluate.Columns(
            lengths=tuple(map(float, _numbers(reader, schema.LENGTH, size))),
            languages=tuple("" if each == schema.UNREAD else each for each in languages),
            language_of=language_of,
        )


def _search_error(message: str, cause: Exception) -> SearchError:
    """The plain error for whatever Whoosh raises over a damaged index; where it came from is logged.

    There is no end to the kinds: EOFError, struct.error, UnpicklingError, TypeError, IndexError, zlib.error …
    """
    reason = f"{type(cause).__name__}: {str(cause)[:LONGEST_REASON]}"
    _log.error("%s: %s\n%s", message, reason, "".join(traceback.format_tb(cause.__traceback__)))
    return SearchError(f"{message}; build the edition again ({reason})")


def _numbers(reader: IndexReader, field: str, size: int) -> array[int]:
    """A number for every place."""
    if not size:
        return array("I")
    column: array[int] = array("I", reader.column_reader(field, translate=False).load())
    if len(column) != size:
        raise ValueError(f"{len(column)} values of {field} for {size} passages")
    return column


def _value_sets(reader: IndexReader, field: str, size: int) -> dict[str, ValueSet]:
    """The passages of each value of a keyword field."""
    sets: dict[str, ValueSet] = {}
    for term in reader.lexicon(field) if size else ():
        sets[bytes(term).decode()] = ValueSet.of(tuple(reader.postings(field, term).all_ids()))
    return sets


def _single_values(sets: Mapping[str, ValueSet], size: int) -> tuple[tuple[str, ...], array[int]]:
    """For a field of which every passage has one value: the values, and for each place which of them it has."""
    value_of: array[int] = array("I", bytes(4 * size))
    known = 0
    for number, each in enumerate(sets.values()):
        for place in each.places():
            value_of[place] = number
            known += 1
    if known != size:
        raise ValueError(f"{known} values for {size} passages")
    return tuple(sets), value_of
