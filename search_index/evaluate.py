"""A tree of a query against an index: which passages match, how often, how well.

Whoosh keeps the terms and their postings; combining them is done here rather than by its query objects. A phrase may hold slots
of many words (any form, a pattern), which Whoosh's positional queries answer with trees of matchers that take seconds; its time
limit looks only between hits, ours between blocks of postings; and the facets want sets of passages anyway.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial, reduce
from itertools import chain, compress, islice, pairwise
from math import log
from operator import and_, or_
from time import monotonic
from typing import TypeVar

from whoosh.reading import IndexReader

from search_index import passage_sets, postings, schema
from search_index.dates import Intervals
from search_index.known import Groups, Known
from search_index.lexicon import Lexicon
from search_index.nearness import windows
from search_index.passage_sets import FieldSets
from search_index.postings import Postings
from search_index.readings import Alike, AnyForm, Form, Like, Reading, Slot, readings
from search_index.tree import And, Dated, Field, Leaf, Near, Node, Not, Or, Values, positive_leaves

TIME_LIMIT = 1.2
"""Seconds for reading postings."""
TIME_LIMIT_AFTERWARDS = 0.4
"""Seconds more for what is made of them: scores and facets."""
MOST_EXPANSIONS = 4_000
"""Words that a pattern may stand for."""
KEPT_EXPANSIONS = 64
"""Patterns whose words are kept for the next search."""
STEPS_BETWEEN_LOOKS = 500
"""Passages that are looked at before the clock is."""

# BM25, with the values its authors give for running text (Robertson and Zaragoza 2009, 3.4.4).
K1, B = 1.2, 0.75

Counts = Mapping[int, float]
"""How often something occurs, by place; only places where it does."""
Row = tuple[tuple[str, ...], ...]
"""For each slot of a reading the terms of the index that fill it."""
Found = TypeVar("Found")


class Grounds:
    """What every evaluation of one index is made on; it is made once and never changed."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.all = (1 << known.size) - 1
        self.fields = {name: FieldSets(groups, known.size) for name, groups in known.keywords.items()}
        self.dates = {name: Intervals(groups, known.size) for name, groups in known.dates.items()}
        dates = self.dates.get(schema.DATE) or Intervals(Groups.of({}), known.size)
        self.earliest = dates.earliest()
        """The earliest day of each passage, as a number."""
        average = sum(known.lengths) / known.size or 1.0 if known.size else 1.0
        self.dampings = array("d", (K1 * (1 - B + B * length / average) for length in known.lengths))
        """What the length of each passage does to its scores."""
        self.total_words = sum(known.lengths)
        self.expanded = lru_cache(KEPT_EXPANSIONS)(partial(_expanded, known.lexicons))
        """See ``_expanded``; every language asks for the same, and who turns a page once more."""
        self.text_fields = tuple(name for name in (schema.TEXT, schema.RECEIVED) if name in known.lexicons)
        """Where words are looked for: the reading text, and the text as received where it differs."""

    def having(self, field: str, values: Iterable[str]) -> int:
        """The passages with one of the values in a keyword field; none where there is no such field."""
        return self.fields[field].having(values) if field in self.fields else 0

    def dated(self, earliest: str, latest: str) -> int:
        """The passages with a date in this period."""
        return self.dates[schema.DATE].overlapping(earliest, latest) if schema.DATE in self.dates else 0


def _expanded(lexicons: Mapping[str, Lexicon], slot: Like | Alike, field: str, most: int) -> tuple[tuple[str, ...], bool]:
    """The terms of a field's words that are like a pattern or spelled nearly so, of so many at most; whether these are all."""
    lexicon = lexicons[field]
    found = lexicon.alike(slot.form, slot.distance) if isinstance(slot, Alike) else lexicon.like(slot.pattern)
    forms = tuple(islice(found, most + 1))
    return tuple(term for form in forms[:most] for term in lexicon.terms(form)), len(forms) <= most


class Evaluation:
    """One search: reads each posting list it needs once, until its time is up.

    ``is_whole`` is False as soon as something had to be left out; ``notes`` then say what, in sentences for readers. What is
    given is always right: passages may be missing, but none is there that does not match.
    """

    def __init__(self, reader: IndexReader, grounds: Grounds) -> None:
        self._reader = reader
        self._grounds = grounds
        self._known = grounds.known
        self._deadline = monotonic() + TIME_LIMIT
        self._counts: dict[tuple[Leaf, str], tuple[Counts, bool]] = {}
        self._read: dict[tuple[str, str], Postings] = {}
        self.is_whole = True
        self.notes: tuple[str, ...] = ()

    def passages(self, tree: Node | None, fields: Sequence[str] | None = None) -> int:
        """The set of passages that match, in one of the text ``fields`` (not given: the text, or the text as received).

        Without a tree, all.
        """
        match tree:
            case None:
                return self._grounds.all
            case And(parts):
                return reduce(and_, (self.passages(part, fields) for part in parts))
            case Or(parts):
                return reduce(or_, (self.passages(part, fields) for part in parts))
            case Not(part):
                return self._all_but(part, fields)
            case Values(field, values):
                return self._grounds.having(field, values)
            case Dated(earliest, latest):
                return self._grounds.dated(earliest, latest)
            case Field():
                return 0  # nothing is known of it: see ``resolved``
            case leaf:
                found = (self._leaf(leaf, field) for field in fields or self._grounds.text_fields)
                return reduce(or_, (passage_sets.of_places(counts, self._known.size) for counts in found))

    def _all_but(self, part: Node, fields: Sequence[str] | None) -> int:
        """Of a part that could not be read to the end nobody knows which passages are without it: none is given."""
        found, whole = self._noting(lambda: self.passages(part, fields))
        return self._grounds.all & ~found if whole else 0

    def _noting(self, read: Callable[[], Found]) -> tuple[Found, bool]:
        """What ``read`` gives, and whether nothing had to be left out for it."""
        before, self.is_whole = self.is_whole, True
        found = read()
        whole, self.is_whole = self.is_whole, before and self.is_whole
        return found, whole

    # Scores ------------------------------------------------------------------------------------------------------------

    def scores(self, tree: Node | None, hits: Collection[int]) -> Sequence[float]:
        """How well the place of each hit matches, by place: BM25 over the leaves, a phrase counting as one word.

        An occurrence in the very form that was asked for counts twice.
        """
        dampings, size = self._grounds.dampings, self._known.size
        scores = array("d", bytes(8 * size))
        for leaf in positive_leaves(tree) if hits else ():
            if self.is_late(afterwards=True):
                break
            counts = self._counted(leaf)
            exact = self._exact(leaf)
            rarity = (K1 + 1) * log(1 + (size - len(counts) + 0.5) / (len(counts) + 0.5))
            for place in counts if len(counts) < len(hits) else hits:
                if count := counts.get(place):
                    count += exact.get(place, 0)
                    scores[place] += rarity * count / (count + dampings[place])
        return scores

    def _counted(self, leaf: Leaf) -> Counts:
        """How often a leaf occurs: in the reading text, else in the text as received."""
        found = [self._leaf(leaf, field) for field in reversed(self._grounds.text_fields)]
        return reduce(lambda one, other: {**one, **other} if one else other, found)

    def _exact(self, leaf: Leaf) -> Counts:
        """How often a single word occurs in the form it was written in; nothing for other leaves."""
        forms = {
            reading[0].form
            for language in self._known.languages
            for reading in readings(leaf, language)
            if len(reading) == 1 and isinstance(reading[0], AnyForm)
        }
        terms = (term for form in forms for term in self._known.lexicons[schema.TEXT].terms(form))
        return self._occurrences(tuple(terms), schema.TEXT)

    # Leaves: what a word, a pattern or a phrase is in the index --------------------------------------------------------

    def _leaf(self, leaf: Leaf, field: str) -> Counts:
        """How often the leaf occurs in a field."""
        if (leaf, field) not in self._counts:
            self._counts[leaf, field] = self._noting(lambda: self._count(leaf, field))
        counts, whole = self._counts[leaf, field]
        self.is_whole &= whole
        return counts

    def _count(self, leaf: Leaf, field: str) -> Counts:
        """Each reading is good for passages in its own language only; readings that come to the same terms are read once."""
        languages_of: dict[Row, set[int]] = {}
        for number, language in enumerate(self._known.languages):
            for reading in readings(leaf, language):
                if row := self._row(reading, language, field):
                    languages_of.setdefault(row, set()).add(number)
        counts: dict[int, float] = {}
        for row, languages in languages_of.items():
            if len(row) == 1:
                found = self._in_languages(self._occurrences(row[0], field), languages)
            else:
                found = self._together(row, languages, field, leaf.distance if isinstance(leaf, Near) else None)
            if counts:
                for place, count in found.items():
                    counts[place] = counts.get(place, 0) + count
            else:
                counts = dict(found)
        return counts

    def _in_languages(self, counts: Counts, languages: Collection[int]) -> Counts:
        """Of these places those with passages in one of the languages."""
        if len(languages) == len(self._known.languages):
            return counts
        is_one = self._are_in(languages)
        return dict(compress(counts.items(), map(is_one.__getitem__, counts)))

    def _are_in(self, languages: Collection[int]) -> bytes:
        """A byte for each place: 1 if its passage is in one of the languages."""
        return self._known.language_of.translate(bytes(number in languages for number in range(256)))

    def _row(self, reading: Reading, language: str, field: str) -> Row | None:
        """The terms of the index that fill each slot in this language; None if one cannot be filled."""
        row: list[tuple[str, ...]] = []
        for slot in reading:
            terms = self._terms(slot, language, field)
            if not terms:
                return None
            row.append(terms)
        return tuple(row)

    def _terms(self, slot: Slot, language: str, field: str) -> tuple[str, ...]:
        """The terms of the index that fill a slot in this language."""
        lexicon = self._known.lexicons[field]
        match slot:
            case AnyForm(_, stems):
                return lexicon.stemmed(stems, language)
            case Form(form):
                return lexicon.terms(form)
        return self._expanded(slot, field)

    def _expanded(self, slot: Like | Alike, field: str) -> tuple[str, ...]:
        """The terms of all words that fill a slot, of the first ``MOST_EXPANSIONS`` in the order of the alphabet."""
        if self.is_late():
            return ()
        terms, are_all = self._grounds.expanded(slot, field, MOST_EXPANSIONS)
        if not are_all:
            pattern = slot.form if isinstance(slot, Alike) else slot.pattern
            self._leave_out(f"More than {MOST_EXPANSIONS:,} words are like “{pattern}”; not all were searched.")
        return terms

    # Postings ----------------------------------------------------------------------------------------------------------

    def _postings(self, term: str, field: str) -> Postings:
        """The postings of a term, as far as there is time."""
        if (term, field) in self._read:
            return self._read[term, field]
        found = Postings([], [], [])
        for block in postings.blocks(self._reader, field, term):
            if self.is_late():
                return found
            found.places.extend(block.places)
            found.weights.extend(block.weights)
            found.values.extend(block.values)
        self._read[term, field] = found
        return found

    def _occurrences(self, terms: Iterable[str], field: str) -> Counts:
        """How often any of the terms occurs."""
        first, *rest = sorted((self._postings(term, field) for term in terms), key=lambda each: -len(each.places)) or (_NONE,)
        counts = dict(zip(first.places, first.weights, strict=True))
        for each in rest:
            for place, weight in zip(each.places, each.weights, strict=True):
                counts[place] = counts.get(place, 0) + weight
        return counts

    def _together(self, row: Row, languages: Collection[int], field: str, distance: int | None) -> Counts:
        """How often words of the row stand together in these languages: side by side, or within a ``distance`` in any order."""
        passages = self._known.lexicons[field].passages_of
        order = sorted(range(len(row)), key=lambda slot: sum(map(passages, row[slot])))
        is_one = self._are_in(languages)
        places: set[int] = set()
        for slot in order:
            here = set(chain.from_iterable(self._postings(term, field).places for term in row[slot]))
            places = here & places if slot != order[0] else set(filter(is_one.__getitem__, here))
            if not places:
                return {}
        return self._near(row, places, field, distance) if distance is not None else self._side_by_side(row, order, places, field)

    def _side_by_side(self, row: Row, order: Sequence[int], places: Collection[int], field: str) -> Counts:
        """How often words of the row stand one directly after the other; a place and a position in it are one number here."""
        starts: set[int] = set()
        for slot in order:
            here: set[int] = set()
            for place, value in self._values(row[slot], places, field):
                here.update(schema.POSITIONS.starts(value, (place << 32) - slot))
            starts = here & starts if slot != order[0] else here
            places = {start >> 32 for start in starts}
        return Counter(start >> 32 for start in starts)

    def _near(self, row: Row, places: Collection[int], field: str, distance: int) -> Counts:
        """How often words of the row stand within a distance, each slot filled by another word."""
        positions: dict[int, list[list[int]]] = {place: [[] for _ in row] for place in places}
        for slot, terms in enumerate(row):
            for place, value in self._values(terms, places, field):
                positions[place][slot] += schema.POSITIONS.decode_positions(value)
        counts: dict[int, float] = {}
        for some in _slices(positions.items()):
            if self.is_late():
                break
            counts |= {place: count for place, each in some if (count := stretches(each, distance))}
        return counts

    def _values(self, terms: Iterable[str], places: Collection[int], field: str) -> Iterator[tuple[int, bytes]]:
        """Where the terms stand at these places."""
        for term in terms:
            found = self._postings(term, field)
            for some in _slices(compress(zip(found.places, found.values, strict=True), map(places.__contains__, found.places))):
                if self.is_late():
                    return
                yield from some

    def is_late(self, afterwards: bool = False) -> bool:
        """Whether the time is up: that for reading, or that for what comes ``afterwards``."""
        if monotonic() < self._deadline + (TIME_LIMIT_AFTERWARDS if afterwards else 0):
            return False
        self._leave_out("The search took too long and was cut short.")
        return True

    def _leave_out(self, note: str) -> None:
        self.is_whole = False
        if note not in self.notes:
            self.notes += (note,)


_NONE = Postings([], [], [])


def stretches(positions: Sequence[Sequence[int]], distance: int) -> int:
    """How many ``nearness.windows`` there are, fast where there are two slots and no word fills both."""
    if len(positions) != 2 or not set(positions[0]).isdisjoint(positions[1]):
        return sum(1 for _ in windows(tuple(map(sorted, positions)), distance))
    found = sorted((*((place, 0) for place in positions[0]), *((place, 1) for place in positions[1])))
    return sum(1 for (place, slot), (behind, other) in pairwise(found) if slot != other and behind - place <= distance)


def _slices(of: Iterable[Found]) -> Iterator[list[Found]]:
    """The same in pieces of ``STEPS_BETWEEN_LOOKS``."""
    rest = iter(of)
    while some := list(islice(rest, STEPS_BETWEEN_LOOKS)):
        yield some


def ranked(places: Iterable[int], scores: Sequence[float], count: int) -> Sequence[int]:
    """The ``count`` best of these places, best first, the earlier of two equals first.

    Scores count to six decimals, so that order does not hang on how they were added up.
    """
    found = [(-int(scores[place] * 1_000_000 + 0.5), place) for place in places]
    return [place for _, place in heapq.nsmallest(count, found)]
