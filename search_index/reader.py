"""An index is opened, asked and closed: query and filters in, ``Results`` out.

The directory must be one that ``search_index.writer`` wrote and nobody else can write: opening it runs what is said in it
(see ``search_index.schema``).
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from heapq import nsmallest
from logging import getLogger
from operator import and_, or_
from pathlib import Path
from queue import LifoQueue
from typing import Literal

from whoosh.reading import IndexReader

from search_index import evaluate, known, passage_sets, postings, schema, suggestion
from search_index.evaluate import Evaluation, Grounds
from search_index.query import Query, parse
from search_index.tree import positive_leaves
from search_index.words import words

READERS = 4
"""Searches that run at the same time in one process; Python gives them one core anyway."""
LONGEST_REASON = 200
"""Characters of an engine's message that are passed on: over a damaged index it may quote half of it."""
FROM, TO = "from", "to"
"""The filters that keep passages with a date in a period."""

_log = getLogger(__name__)


class SearchError(Exception):
    """The index is missing, damaged or otherwise of no use; or it has no such field."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: its number in the catalogue, its document's id, and a score that compares within one answer."""

    number: int
    document: str
    score: float


Facet = tuple[str, tuple[tuple[str, int], ...], int]
"""A field, its values with their counts, the commonest first, then by the alphabet, and how many values there are in all."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of an answer.

    ``total`` counts passages, ``documents`` documents. ``complete`` is False when something was left out, by the time limit or
    because a pattern stands for too many words; ``notes`` then say so in sentences for readers.
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
            opened = postings.open_index(folder)
            for _ in range(READERS):
                self._readers.put(opened.reader())  # type: ignore[no-untyped-call]
            self._load(folder)
        except Exception as cause:
            self.close()
            raise _search_error(f"the search index in {folder} cannot be opened", cause) from cause

    def _load(self, folder: Path) -> None:
        """Reads what every search needs of every passage; it is never changed afterwards."""
        read = known.read_known(folder)
        with self._reader() as reader:
            if reader.doc_count_all() != read.size:
                raise ValueError(f"{reader.doc_count_all()} passages in the segments, {read.size} known")
        self._grounds = Grounds(read)
        self._lexicon = read.lexicons[schema.TEXT]
        self._text_fields = read.layout.texts
        self.fields = read.layout.keywords
        documents = read.keywords[schema.DOCUMENT]
        self._documents = documents.values
        self._document_of = passage_sets.single_values(documents, read.size)

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
        per_page: int | None = 20,
        sort: Literal["relevance", "document", "date"] = "relevance",
        facet_values: int = 20,
    ) -> Results:
        """The passages that match ``query`` and all ``filters``.

        A filter on a field of ``fields`` keeps passages that have one of its values, a filter on a text field those in which
        one of the values is found as a query is; ``from`` and ``to`` those with a date in this period. A filter without a value
        is none. Order is by score, then by number; without words to look for, and with ``sort="document"``, by number: an empty
        query lists passages in document order; with ``sort="date"`` by the earliest date, those without one last, then by
        number. Pages count from 1; a page past the end is empty. Without ``per_page`` there is one, with everything on it.

        Facets count the passages under the query and all filters except those on the facet's own field, so that a reader sees
        what switching or adding a value would give. Of each the ``facet_values`` commonest are given, and those that are
        chosen. A value that no such passage has is not listed, unless it is chosen. With ``facet_values=0`` there are no facets.

        Raises SearchError when the engine fails or there is no such field.
        """

        with self._search_errors(), self._reader() as reader:
            evaluation = Evaluation(reader, self._grounds)
            matching = evaluation.passages(query.tree)
            filtered = self._filtered(evaluation, {name: values for name, values in (filters or {}).items() if any(values)})
            places = passage_sets.places(reduce(and_, filtered.values(), matching))
            first, count = (max(page - 1, 0) * per_page, per_page) if per_page is not None else (0, len(places))
            hits, scores = self._page(evaluation, query, places, first, count, sort)
            facets = tuple(
                self._facet(evaluation, field, matching, filtered, places, (filters or {}).get(field, ()), facet_values)
                for field in (self.fields if facet_values else ())
            )
            return Results(
                hits=tuple(Hit(place + 1, self._documents[self._document_of[place]], round(scores[place], 6)) for place in hits),
                total=len(places),
                documents=len(set(map(self._document_of.__getitem__, places))),
                facets=facets,
                complete=evaluation.is_whole,
                notes=evaluation.notes,
            )

    def _filtered(self, evaluation: Evaluation, filters: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """The passages that each filter keeps; the period is one filter."""
        kept: dict[str, int] = {}
        for name, values in filters.items():
            if name in (FROM, TO):
                (earliest, latest) = (next(filter(None, filters.get(each, ())), "") for each in (FROM, TO))
                kept[FROM] = self._grounds.dated(earliest, latest)
            elif name in self.fields:
                kept[name] = self._grounds.having(name, values)
            elif name in self._text_fields:
                kept[name] = reduce(or_, (evaluation.passages(parse(value).tree, (name,)) for value in values))
            else:
                raise SearchError(f"there is no search field {name!r}")
        return kept

    def _page(
        self, evaluation: Evaluation, query: Query, places: Sequence[int], first: int, count: int, sort: str
    ) -> tuple[Sequence[int], Sequence[float]]:
        """The ``count`` places from the ``first`` on in the order that was asked for, and the scores by place."""
        is_ranked = sort == "relevance" and positive_leaves(query.tree)
        if sort == "date":
            places = nsmallest(first + count, places, key=self._grounds.earliest.__getitem__)
        page = places if is_ranked else places[first : first + count]
        scores = evaluation.scores(query.tree, page)
        return (evaluate.ranked(page, scores, first + count)[first:] if is_ranked else page), scores

    def _facet(
        self,
        evaluation: Evaluation,
        field: str,
        matching: int,
        filtered: Mapping[str, int],
        places: Sequence[int],
        chosen: Sequence[str],
        most: int,
    ) -> Facet:
        """``places`` are those that match and that all filters keep."""
        if evaluation.is_late(afterwards=True):
            return field, (), 0
        others = reduce(and_, (kept for name, kept in filtered.items() if name != field), matching)
        counts = self._grounds.fields[field].counts(others, passage_sets.places(others) if field in filtered else places)
        listed = nsmallest(most, counts.items(), key=_commonest_first)
        unlisted = set(filter(None, chosen)) - {value for value, _ in listed}
        more = sorted(((value, counts[value]) for value in unlisted), key=_commonest_first)
        return field, (*listed, *more), len(counts)

    # Words --------------------------------------------------------------------------------------------------------------

    def beginning(self, text: str, count: int) -> tuple[tuple[str, int], ...]:
        """The words that begin so, as they are written most often, each with the number of its passages, the commonest first.

        None where the text has more than one word, or none.
        """
        found = words(text, "")
        if len(found) != 1:
            return ()
        numbers = self._lexicon.beginning(found[0].form, count)
        return tuple((self._lexicon.spelling(number), self._lexicon.passages[number]) for number in numbers)

    def suggestion(self, query: Query) -> str | None:
        """A query in which each word that occurs nowhere is another one, spelled nearly so, that does; None if it is the same.

        Of several the nearest, of these the commonest. ``query`` is as ``parse`` gives it.
        """
        return suggestion.suggestion(query.tree, self._grounds.known)

    def frequencies(self) -> Iterator[tuple[str, str, int]]:
        """Each form in the reading text of all passages, ascending, how it is written most often, and how often it occurs."""
        for number, count in enumerate(self._lexicon.occurrences):
            yield self._lexicon.forms[number], self._lexicon.spelling(number), count

    def frequency(self, form: str) -> int:
        """How often a word of this form, folded, occurs in the reading text of all passages."""
        return self._lexicon.occurrences_of(form)

    @property
    def total_words(self) -> int:
        """How many words the reading text of all passages has."""
        return self._grounds.total_words

    # Opening and closing ------------------------------------------------------------------------------------------------

    @contextmanager
    def _search_errors(self) -> Iterator[None]:
        """Every failure of the engine as a SearchError."""
        try:
            yield
        except SearchError:
            raise
        except Exception as cause:
            raise _search_error("the search index cannot be read", cause) from cause

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


def _commonest_first(each: tuple[str, int]) -> tuple[int, str]:
    return -each[1], each[0]


def _search_error(message: str, cause: Exception) -> SearchError:
    """The plain error for whatever Whoosh raises over a damaged index; where it came from is logged.

    There is no end to the kinds: EOFError, struct.error, UnpicklingError, TypeError, IndexError, zlib.error …
    """
    reason = f"{type(cause).__name__}: {str(cause)[:LONGEST_REASON]}"
    _log.error("%s: %s\n%s", message, reason, "".join(traceback.format_tb(cause.__traceback__)))
    return SearchError(f"{message}; build the edition again ({reason})")
