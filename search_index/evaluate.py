"""A tree of a query against the postings of an index: which passages match, how often, how well.

Whoosh keeps the terms and their postings; combining them is done here rather than by its query objects. A phrase may hold slots
of many words (any form, a beginning), which Whoosh's positional queries answer with trees of matchers that take seconds; its
time limit looks only between hits, ours between postings; and the facets want sets of passages anyway.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from math import log
from operator import and_, or_
from time import monotonic
from typing import TypeVar

from whoosh.matching.mcore import Matcher
from whoosh.reading import IndexReader

from search_index import passage_sets, schema
from search_index.query import And, Leaf, Node, Not, Or, positive_leaves
from search_index.readings import AnyForm, Slot, readings

TIME_LIMIT = 1.5
"""Seconds for reading postings; what follows (scores, facets, snippets) stays well below half a second."""
MOST_EXPANSIONS = 4_000
"""Words that a beginning may stand for."""
POSTINGS_BETWEEN_LOOKS = 500
"""Postings read before the clock is looked at again."""

# BM25, with the values its authors give for running text (Robertson and Zaragoza 2009, 3.4.4).
K1, B = 1.2, 0.75

Term = tuple[str, bytes]
"""Field and term, as Whoosh has them."""
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of every passage by its place; read once, shared by all searches.

    ``language_of`` counts into ``languages``, which are reading languages.
    """

    lengths: tuple[float, ...]
    languages: tuple[str, ...]
    language_of: Sequence[int]

    @property
    def size(self) -> int:
        """The number of passages."""
        return len(self.lengths)


class Evaluation:
    """One search: reads each posting list it needs once, until its time is up.

    ``is_whole`` is False as soon as something had to be left out; ``notes`` then say what, in sentences for readers. What is
    given is always right: passages may be missing, but none is there that does not match.
    """

    def __init__(self, reader: IndexReader, columns: Columns) -> None:
        self._reader = reader
        self._columns = columns
        self._all = (1 << columns.size) - 1
        self._deadline = monotonic() + TIME_LIMIT
        self._counts: dict[tuple[Leaf, str], tuple[dict[int, float], bool]] = {}
        self._expansions: dict[tuple[str, str], tuple[Term, ...]] = {}
        self.is_whole = True
        self.notes: tuple[str, ...] = ()

    def passages(self, tree: Node | None, field: str = schema.TEXT) -> int:
        """The set of passages whose ``field`` matches; without a tree, all."""
        match tree:
            case None:
                return self._all
            case And(parts):
                return reduce(and_, (self.passages(part, field) for part in parts))
            case Or(parts):
                return reduce(or_, (self.passages(part, field) for part in parts))
            case Not(part):
                return self._all_but(part, field)
            case leaf:
                return passage_sets.of_places(self.counts(leaf, field), self._columns.size)

    def _all_but(self, part: Node, field: str) -> int:
        """Of a part that could not be read to the end nobody knows which passages are without it: none is given."""
        found, whole = self._noting(lambda: self.passages(part, field))
        return self._all & ~found if whole else 0

    def _noting(self, read: Callable[[], Found]) -> tuple[Found, bool]:
        """What ``read`` gives, and whether nothing had to be left out for it."""
        before, self.is_whole = self.is_whole, True
        found = read()
        whole, self.is_whole = self.is_whole, before and self.is_whole
        return found, whole

    def scores(self, tree: Node | None, hits: Collection[int]) -> dict[int, float]:
        """How well each place in ``hits`` matches: BM25 over the leaves, a phrase counting as one word.

        An occurrence in the very form that was asked for counts twice. Six decimals, so that order does not hang on rounding.
        """
        size, lengths = self._columns.size, self._columns.lengths
        average = sum(lengths) / size or 1.0 if size else 1.0
        scores = dict.fromkeys(hits, 0.0)
        for leaf in positive_leaves(tree) if scores else ():
            counts = self.counts(leaf, schema.TEXT)
            exact = self._exact_counts(leaf)
            rarity = log(1 + (size - len(counts) + 0.5) / (len(counts) + 0.5))
            for place in scores:
                if count := counts.get(place):
                    count += exact.get(place, 0)
                    scores[place] += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * lengths[place] / average))
        return {place: round(score, 6) for place, score in scores.items()}

    # Leaves: what a word, a beginning or a phrase is in the index ---------------------------------------------------

    def counts(self, leaf: Leaf, field: str) -> dict[int, float]:
        """How often the leaf occurs, by place; only places where it does."""
        if (leaf, field) not in self._counts:
            self._counts[leaf, field] = self._noting(lambda: self._count(leaf, field))
        counts, whole = self._counts[leaf, field]
        self.is_whole &= whole
        return counts

    def _count(self, leaf: Leaf, field: str) -> dict[int, float]:
        """Each reading is good for passages in its own language only; readings that come to the same terms are read once."""
        languages_of: dict[tuple[tuple[Term, ...], ...], set[int]] = {}
        for number, language in enumerate(self._columns.languages):
            for reading in readings(leaf, language):
                row = tuple(self._terms(slot, language, field) for slot in reading)
                if all(row):
                    languages_of.setdefault(row, set()).add(number)
        counts: dict[int, float] = {}
        language_of = self._columns.language_of
        for row, languages in languages_of.items():
            found = self._occurrences(row[0]) if len(row) == 1 else self._side_by_side(row)
            for place, count in found.items():
                if language_of[place] in languages:
                    counts[place] = counts.get(place, 0) + count
        return counts

    def _exact_counts(self, leaf: Leaf) -> dict[int, float]:
        """How often a single word occurs in the form it was written in; nothing for other leaves."""
        forms = {
            reading[0].form
            for language in self._columns.languages
            for reading in readings(leaf, language)
            if len(reading) == 1 and isinstance(reading[0], AnyForm)
        }
        return self._occurrences(tuple(self._existing((schema.TEXT, form.encode()) for form in forms)))

    def _terms(self, slot: Slot, language: str, field: str) -> tuple[Term, ...]:
        """The terms of the index that fill a slot in this language."""
        if isinstance(slot, AnyForm):
            return tuple(self._existing(schema.terms_of(field, slot.stems, language)))
        return self._expanded(slot.form, field)

    def _existing(self, terms: Iterable[Term]) -> Iterator[Term]:
        return (term for term in terms if term in self._reader)

    def _expanded(self, beginning: str, field: str) -> tuple[Term, ...]:
        """The words that begin so, at most ``MOST_EXPANSIONS``, in the order of the alphabet."""
        if (beginning, field) not in self._expansions:
            found = islice(self._reader.expand_prefix(field, beginning), MOST_EXPANSIONS + 1)
            self._expansions[beginning, field] = tuple((field, term) for term in found)
        terms = self._expansions[beginning, field]
        if len(terms) > MOST_EXPANSIONS:
            self._leave_out(f"More than {MOST_EXPANSIONS:,} words begin with “{beginning}”; not all were searched.")
        return terms[:MOST_EXPANSIONS]

    # Postings ---------------------------------------------------------------------------------------------------------

    def _occurrences(self, terms: tuple[Term, ...]) -> dict[int, float]:
        """How often any of the terms occurs, by place."""
        counts: dict[int, float] = {}
        for term in terms:
            for matcher in self._postings(term):
                place = matcher.id()
                counts[place] = counts.get(place, 0) + matcher.weight()
        return counts

    def _side_by_side(self, row: tuple[tuple[Term, ...], ...]) -> dict[int, float]:
        """How often words of the row stand one directly after the other, by place; the rarest word is looked up first."""
        frequency = [sum(self._reader.doc_frequency(*term) for term in terms) for terms in row]
        starts: dict[int, set[int]] | None = None
        for slot in sorted(range(len(row)), key=frequency.__getitem__):
            found = self._starts(row[slot], slot, starts)
            if starts is not None:
                found = {place: both for place, each in found.items() if (both := each & starts[place])}
            starts = found
            if not starts:
                break
        return {place: float(len(each)) for place, each in (starts or {}).items()}

    def _starts(self, terms: tuple[Term, ...], slot: int, within: Collection[int] | None) -> dict[int, set[int]]:
        """The positions where a row would begin that has one of the terms in this slot, by place."""
        starts: dict[int, set[int]] = {}
        for term in terms:
            for matcher in self._postings(term) if within is None else self._postings_in(term, within):
                found = (position - slot for position in schema.POSITIONS.decode_positions(matcher.value()))
                starts.setdefault(matcher.id(), set()).update(found)
        return starts

    def _postings(self, term: Term) -> Iterator[Matcher]:
        """A matcher moved from posting to posting, until there are no more or the time is up."""
        matcher = self._reader.postings(*term)
        while not self._is_late():
            for _ in range(POSTINGS_BETWEEN_LOOKS):
                if not matcher.is_active():
                    return
                yield matcher
                matcher.next()

    def _postings_in(self, term: Term, places: Collection[int]) -> Iterator[Matcher]:
        """The same, for these places only."""
        matcher = self._reader.postings(*term)
        for count, place in enumerate(sorted(places)):
            if not matcher.is_active() or (count % POSTINGS_BETWEEN_LOOKS == 0 and self._is_late()):
                return
            matcher.skip_to(place)
            if matcher.is_active() and matcher.id() == place:
                yield matcher

    def _is_late(self) -> bool:
        if monotonic() < self._deadline:
            return False
        self._leave_out("The search took too long and was cut short.")
        return True

    def _leave_out(self, note: str) -> None:
        self.is_whole = False
        if note not in self.notes:
            self.notes += (note,)


def best(scores: dict[int, float], count: int) -> list[tuple[int, float]]:
    """The ``count`` best places with their scores, best first, the earlier of two equals first."""
    return heapq.nsmallest(count, scores.items(), key=lambda each: (-each[1], each[0]))
