"""Words counted: how often each stands in the texts, which tell one text from another, which stand near a word.

A word is what the search takes for one (``search_index.words``) and counts by its form: capitals and accents make no other word,
endings do. No word is left out for being common. The editors' notes are: they are about the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log, log2

from edition.records import Passage
from search_index.marks import matches
from search_index.query import Query
from search_index.words import fold, spellings, words

MOST_WORDS = 400_000
"""Words of one text that are counted for a page: of a longer one the first passages with so many, and the page says so."""
MOST_SIGNS = 1_000_000
"""Length of the passages that are read for the words near a word, in characters; of more the first, and the page says so."""
EDITORIAL = "editorial"
"""The kind of passage that is left out."""
HALF = 0.5
"""What stands for a frequency of 0 where a ratio is taken, after Hardie."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each form stands in some passages, and how it is spelled most often there.

    ``total`` is the number of words; ``is_cut`` where some were left out because there are too many.
    """

    forms: Mapping[str, int]
    spelled: Mapping[str, str]
    total: int
    is_cut: bool = False

    def per_ten_thousand(self, count: int) -> float:
        """A number of words in ten thousand."""
        return 10_000 * count / self.total if self.total else 0.0


def counted(passages: Iterable[Passage]) -> Counts:
    """The words of passages, of at most ``MOST_WORDS``."""
    written: Counter[str] = Counter()
    read, is_cut = 0, False
    for passage in passages:
        if read >= MOST_WORDS:
            is_cut = True
            break
        if passage.kind != EDITORIAL:
            found = spellings(passage.text, passage.language)
            written.update(found)
            read += len(found)
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for spelling, count in sorted(written.items(), key=lambda each: (-each[1], each[0])):
        if form := fold(spelling):
            counts[form] += count
            spelled.setdefault(form, spelling)
    return Counts(counts, spelled, counts.total(), is_cut)


def without(forms: Iterable[tuple[str, str, int]], editorial: Iterable[Passage]) -> Counts:
    """Forms with how they are spelled and how often they occur in all passages, less the words of the editors' notes."""
    noted = Counter(word.form for passage in editorial for word in words(passage.text, passage.language))
    counts: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for form, spelling, count in forms:
        if count > noted[form]:
            counts[form] = count - noted[form]
            spelled[form] = spelling
    return Counts(counts, spelled, sum(counts.values()))


# Two texts ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A word of two texts: how often it stands in each, the log-likelihood of the difference, and the log ratio.

    The ratio is above 0 where the first text has the word more often for its length.
    """

    form: str
    left: int
    right: int
    likelihood: float
    ratio: float


def keywords(left: Counts, right: Counts) -> tuple[Key, ...]:
    """All words of two texts, those that tell them apart most first."""
    forms = left.forms.keys() | right.forms.keys()
    found = [_key(form, left.forms.get(form, 0), right.forms.get(form, 0), left.total, right.total) for form in forms]
    return tuple(sorted(found, key=lambda key: (-key.likelihood, key.form)))


def _key(form: str, left: int, right: int, left_total: int, right_total: int) -> Key:
    ratio = log2((left or HALF) / left_total / ((right or HALF) / right_total)) if left_total and right_total else 0.0
    return Key(form, left, right, log_likelihood(left, right, left_total, right_total), ratio)


def log_likelihood(left: int, right: int, left_total: int, right_total: int) -> float:
    """How surprising it is that a word stands so often in two texts of these lengths, if it were as frequent in both: G².

    G² = 2 (a ln(a / E₁) + b ln(b / E₂)), where E₁ = c (a + b) / (c + d), E₂ = d (a + b) / (c + d), after Rayson and Garside,
    "Comparing corpora using frequency profiling", 2000. 0 where they stand as expected.
    """
    expected = (left + right) / (left_total + right_total) if left_total + right_total else 0.0
    pairs = ((left, left_total * expected), (right, right_total * expected))
    return max(2 * sum(seen * log(seen / awaited) for seen, awaited in pairs if seen), 0.0)


# Near a word ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near another: how often there, how often in all, the log-likelihood of that, and the logDice of the pair."""

    form: str
    near: int
    all: int
    likelihood: float
    dice: float


@dataclass(frozen=True, slots=True)
class Collocates:
    """What stands near the words that a query finds; ``nodes`` counts those, ``around`` the words near them.

    ``passages`` is the number of passages that were read for it, of all that were ``found``.
    """

    words: tuple[Collocate, ...]
    nodes: int
    around: int
    passages: int
    found: int


def collocates(query: Query, passages: Iterable[Passage], found: int, counts: Counts, window: int) -> Collocates:
    """The words at most ``window`` words before or behind a match of the query in the same passage, the least expected first.

    ``counts`` are those of all the passages that were searched. A word near two matches counts once. Listed is what stands there
    more often than would be expected. Of all passages ``found`` the first are read, so many that they have ``MOST_SIGNS``.
    """
    nodes, read, signs, near = 0, 0, 0, Counter[str]()
    for passage in passages:
        if signs > MOST_SIGNS:
            break
        read += 1
        if passage.kind == EDITORIAL:
            continue
        signs += len(passage.text)
        matched, around = _around(query, passage, window)
        nodes += matched
        near.update(around)
    total = sum(near.values())
    likely = (_collocate(form, count, counts, total, nodes) for form, count in near.items())
    kept = sorted((each for each in likely if each is not None), key=lambda each: (-each.likelihood, each.form))
    return Collocates(tuple(kept), nodes, total, read, found)


def _around(query: Query, passage: Passage, window: int) -> tuple[int, Iterator[str]]:
    """How often a query matches in a passage, and the forms of the words near by."""
    spans = matches(query, passage.text, passage.language)
    there = words(passage.text, passage.language) if spans else ()
    inside = {place for place, word in enumerate(there) for start, end in spans if word.start < end and start < word.end}
    near = {place for node in inside for place in range(max(node - window, 0), min(node + window + 1, len(there)))}
    return len(spans), (there[place].form for place in sorted(near - inside))


def _collocate(form: str, near: int, counts: Counts, around: int, nodes: int) -> Collocate | None:
    everywhere = max(counts.forms.get(form, 0), near)
    elsewhere, far = everywhere - near, max(counts.total - around, 0)
    if near * far <= elsewhere * around:
        return None
    return Collocate(
        form, near, everywhere, _four_cells(near, elsewhere, around, far), 14 + log2(2 * near / (nodes + everywhere))
    )


def _four_cells(near: int, elsewhere: int, around: int, far: int) -> float:
    """G² of the table: this word and other words, near the match and elsewhere (Dunning 1993)."""
    total, word = around + far, near + elsewhere
    cells = (
        (near, around * word),
        (elsewhere, far * word),
        (around - near, around * (total - word)),
        (far - elsewhere, far * (total - word)),
    )
    return max(2 * sum(seen * log(seen * total / product) for seen, product in cells if seen > 0), 0.0)
