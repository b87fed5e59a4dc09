"""The query language explained by examples that find something in the edition that is served.

They are made from the words of its first texts, its register and its dates; a kind of question that finds nothing here is left
out. Made once a snapshot.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from flask import Blueprint, abort, render_template

from edition.records import Passage
from search_index.kinds import KINDS
from search_index.query import parse, resolved
from search_index.reader import SearchError
from search_index.words import Word, fold, words
from webapp.frequencies import EDITORIAL
from webapp.published import published
from webapp.spellings import field_query

blueprint = Blueprint("examples", __name__)

TEXTS, OF_A_TEXT = 5, 200
"""Texts and passages from which words are taken."""
LONG = 5
"""Letters of a word that says something."""
TRIED = 12
"""Candidates for an example before it is left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it means, and how many passages it finds in how many texts."""

    query: str
    meaning: str
    passages: int
    documents: int


Section = tuple[str, tuple[Example, ...]]


@blueprint.get("/search/help/")
def page() -> str:
    """The query language, with examples."""
    if published().index is None:
        abort(503)
    return render_template("search_help.html", sections=sections())


def first_examples() -> tuple[Example, ...]:
    """Those for a reader's first questions."""
    return _first_examples(published().name)


@lru_cache(maxsize=2)
def _first_examples(snapshot: str) -> tuple[Example, ...]:
    return _made(_of_words(_Sample()))


def sections() -> tuple[Section, ...]:
    """All examples, by what they are about."""
    return _sections(published().name)


@lru_cache(maxsize=2)
def _sections(snapshot: str) -> tuple[Section, ...]:
    sample = _Sample()
    rows = {
        "Words": _of_words(sample),
        "Words together": _of_words_together(sample),
        "Other spellings": _of_spellings(sample),
        "One, the other, not": _of_choices(sample),
        "Persons, places and what else the texts name": _of_names(),
        "Where and when": _of_places_in_the_text(sample),
    }
    made = ((title, _made(each)) for title, each in rows.items())
    return tuple((title, found) for title, found in made if found)


def _made(rows: Iterable[tuple[str, Iterable[str]]]) -> tuple[Example, ...]:
    """An example for each meaning that any of its queries finds something for."""
    return tuple(filter(None, (_first(meaning, queries) for meaning, queries in rows)))


def _first(meaning: str, queries: Iterable[str]) -> Example | None:
    """The first of these queries that finds something, as an example."""
    for query in islice(dict.fromkeys(queries), TRIED):
        passages, documents = _found(query)
        if passages:
            return Example(query, meaning, passages, documents)
    return None


def _found(query: str) -> tuple[int, int]:
    """How many passages and texts a query finds."""
    here = published()
    try:
        results = here.index.find(resolved(parse(query), here.names.lookup), per_page=1, facet_values=0) if here.index else None
    except SearchError:
        return 0, 0
    return (results.total, results.documents) if results else (0, 0)


class _Sample:
    """Words of the first texts, as they stand there."""

    def __init__(self) -> None:
        catalogue = published().catalogue
        listed = catalogue.listing(limit=TEXTS)
        passages = [each for document in listed for each in catalogue.passages_of(document.id, OF_A_TEXT)]
        self.passages = [(each, words(each.text, each.language)) for each in passages if each.kind != EDITORIAL]
        written = Counter(each.text[word.start : word.end] for each, found in self.passages for word in found)
        self.counts: Counter[str] = Counter()
        self.spelled: dict[str, str] = {}
        for spelling, count in sorted(written.items(), key=lambda each: (-each[1], each[0])):
            if spelling.isalpha():
                self.counts[fold(spelling)] += count
                self.spelled.setdefault(fold(spelling), spelling)

    @property
    def frequent(self) -> list[str]:
        """Words that say something, the most frequent first."""
        return [form for form, _ in sorted(self.counts.items(), key=lambda each: (-each[1], each[0])) if len(form) >= LONG]

    @property
    def inflected(self) -> list[str]:
        """Of those the ones that stand there in several forms; all where there is none."""
        forms: defaultdict[str, set[str]] = defaultdict(set)
        for _, found in self.passages:
            for word in found:
                forms[word.stems[0]] |= {word.form} & self.counts.keys()
        several = {form for each in forms.values() if len(each) > 1 for form in each}
        return [form for form in self.frequent if form in several] or self.frequent

    @property
    def patterns(self) -> list[str]:
        """Words with one letter left open, so that they stand for several words, those that stand there most often first."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for form in self.counts:
            for place in range(1, len(form) - 1):
                found[f"{form[:place]}?{form[place + 1 :]}"].add(form)
        sizes = {pattern: sum(self.counts[form] for form in each) for pattern, each in found.items() if len(pattern) >= LONG - 1}
        return sorted(sizes, key=lambda pattern: (-min(len(found[pattern]), 2), -sizes[pattern], pattern))

    def pairs(self, least: int, most: int) -> Iterator[tuple[str, str]]:
        """Words of a passage so many words apart, as they are written, those that say most first."""
        found = Counter(pair for passage, there in self.passages for pair in _pairs(passage, there, least, most))
        yield from (
            pair for pair, _ in sorted(found.items(), key=lambda each: (-each[1], -len(each[0][0] + each[0][1]), each[0]))
        )


def _pairs(passage: Passage, there: tuple[Word, ...], least: int, most: int) -> Iterator[tuple[str, str]]:
    for at, word in enumerate(there):
        for other in there[at + least : at + most + 1]:
            between = passage.text[word.end : other.start]
            if min(len(word.form), len(other.form)) >= LONG and not set(between) & set(".?!:;"):
                yield word.form, other.form


def _of_words(sample: _Sample) -> Iterator[tuple[str, Iterable[str]]]:
    inflected = sample.inflected
    yield "a word, in any of its forms; capitals and accents do not matter", (sample.spelled[form] for form in inflected)
    yield "this form of it and no other", (f"={form}" for form in inflected)
    pairs = (f"{one} {other}" for one in inflected[:3] for other in sample.frequent if other != one)
    yield "both words, anywhere in the same passage", pairs


def _of_words_together(sample: _Sample) -> Iterator[tuple[str, Iterable[str]]]:
    yield "the phrase: the words one directly after the other, in any of their forms", _phrases(sample, '"{} {}"')
    yield "the phrase in just these forms", _phrases(sample, '="{} {}"')
    near = (f'"{other} {one}"~4' for one, other in sample.pairs(2, 4) if one != other)
    yield "the words within four words of each other, whichever comes first", near


def _phrases(sample: _Sample, form: str) -> Iterator[str]:
    return (form.format(one, other) for one, other in sample.pairs(1, 1))


def _of_spellings(sample: _Sample) -> Iterator[tuple[str, Iterable[str]]]:
    long = sorted((form for form in sample.frequent if len(form) >= LONG + 2), key=lambda form: -sample.counts[form])
    beginnings = Counter(form[:LONG] for form in long)
    endings = Counter(form[-LONG:] for form in long)
    yield "all words that begin so: * stands for any letters, or none", (f"{part}*" for part, _ in beginnings.most_common())
    yield "all words that end so", (f"*{part}" for part, _ in endings.most_common())
    yield "? stands for one letter", sample.patterns
    yield (
        "words that are spelled nearly so",
        (f"{form[:3]}{form[4:]}~" for form in long if form[:3] + form[4:] not in sample.counts),
    )


def _of_choices(sample: _Sample) -> Iterator[tuple[str, Iterable[str]]]:
    pairs = list(islice(((one, other) for one, other in pairwise(sample.frequent) if one[:3] != other[:3]), TRIED))
    yield "either of them, or both; OR in capitals", (f"{one} OR {other}" for one, other in pairs)
    yield "the first without the second; NOT in capitals, or a minus: -", (f"{one} NOT {other}" for one, other in pairs)
    threes = zip(pairs, sample.frequent[2:], strict=False)
    yield "parentheses keep together what belongs together", (f"({one} OR {other}) {third}" for (one, other), third in threes)


def _of_names() -> Iterator[tuple[str, Iterable[str]]]:
    for kind, register in published().registers.items():
        lines = [line for line in register.chosen("", "", "mentions") if line.mentions]
        by_name = (field_query(kind, line.name) for line in lines)
        yield f"passages that name this {kind}, however it is spelled there", by_name
        if kind == "person":
            yield "the same by the key of the register", (field_query(kind, line.key) for line in lines)


def _of_places_in_the_text(sample: _Sample) -> Iterator[tuple[str, Iterable[str]]]:
    catalogue = published().catalogue
    kinds = Counter(passage.kind for passage, _ in sample.passages)
    for kind, _ in kinds.most_common():
        if kind != "paragraph":
            of_kind = Counter(word.form for passage, there in sample.passages if passage.kind == kind for word in there)
            found = (f"{form} in:{kind}" for form, _ in of_kind.most_common() if len(form) >= LONG)
            yield f"the word in {KINDS.get(kind, kind)} only", found
    first = catalogue.listing(limit=1)
    yield "the word in one text", (f"{form} {field_query('document', each.id)}" for each in first for form in sample.frequent)
    years = sorted(int(year) for year, _ in _values("year") if year.removeprefix("-").isdigit())
    yield (
        "passages with a date in these years, as the editors tagged it",
        ([f"date:{years[0]:04}..{years[-1]:04}"] if years else ()),
    )
    yield "with a date in this year", (f"date:{year}" for year, _ in _values("year"))
    if len(languages := dict(_values("language"))) > 1:
        yield "passages in a language, by its code or its English name", (field_query("language", each) for each in languages)
    yield "texts of one collection", (field_query("collection", each) for each in dict(_values("collection")))


def _values(field: str) -> tuple[tuple[str, int], ...]:
    """The commonest values of a field in all passages."""
    index = published().index
    found = index.find(parse(""), per_page=1, facet_values=TRIED).facets if index else ()
    return next((values for name, values, _ in found if name == field), ())
