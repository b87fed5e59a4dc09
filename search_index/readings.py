"""What a word, a pattern or a phrase of a query asks of a passage in a given language.

Both the engine and the marking of hits work from this, so they cannot disagree: a query is read by the rules of the passage's
own language, never by those of another. The result is a few *readings*, each a row of slots; a passage is found where its words
fill the slots of one reading: side by side, or for ``Near`` within so many words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from search_index import words as language_words
from search_index.tree import Exact, Item, Leaf, Near, Pattern, Phrase, Similar, Word
from search_index.words import pattern_words, words

LONGEST_OF_ONE = 5
"""Letters of a word that may differ in one of them; longer ones may in two."""


@dataclass(frozen=True, slots=True)
class AnyForm:
    """Room for a word that shares a stem with the one asked for; ``form`` is the one asked for, folded."""

    form: str
    stems: tuple[str, ...]

    def accepts(self, word: language_words.Word) -> bool:
        """Whether ``word``, read in the same language, is the word asked for."""
        return any(stem in self.stems for stem in word.stems)


@dataclass(frozen=True, slots=True)
class Form:
    """Room for a word of this form, folded."""

    form: str

    def accepts(self, word: language_words.Word) -> bool:
        """Whether ``word`` has this form."""
        return word.form == self.form


@dataclass(frozen=True, slots=True)
class Like:
    """Room for a word whose form is like a pattern, folded: ``*`` any letters or none, ``?`` one letter."""

    pattern: str

    def accepts(self, word: language_words.Word) -> bool:
        """Whether the form of ``word`` is like the pattern."""
        return _expression(self.pattern).fullmatch(word.form) is not None


@dataclass(frozen=True, slots=True)
class Alike:
    """Room for a word whose form is at most ``distance`` steps away from this one, folded: see ``is_alike``."""

    form: str
    distance: int

    def accepts(self, word: language_words.Word) -> bool:
        """Whether ``word`` is spelled nearly so."""
        return is_alike(self.form, word.form, self.distance)


Slot = AnyForm | Form | Like | Alike
Reading = tuple[Slot, ...]


def readings(leaf: Leaf, language: str) -> tuple[Reading, ...]:
    """The rows of slots that a leaf of a query stands for in a passage of ``language``: as written first, no row twice.

    A number of four digits or more is the same with its thousands apart: 3000, 3,000, 3.000, 3 000. No row is empty; there
    may be none.
    """
    items = leaf.items if isinstance(leaf, Phrase | Near) else (leaf,)
    written = tuple(slot for item in items for slot in _slots(item, language))
    rows = (written, _thousands_apart(written, language), _thousands_joined(written, language))
    return tuple(dict.fromkeys(row for row in rows if row))


def _slots(item: Item, language: str) -> Reading:
    match item:
        case Word(text):
            return tuple(AnyForm(word.form, word.stems) for word in words(text, language))
        case Exact(text):
            return tuple(Form(word.form) for word in words(text, language))
        case Similar(text):
            return tuple(_alike(word.form) for word in words(text, language))
        case Pattern(text):
            return tuple(_like(word) for word in pattern_words(text, language) if word.form.strip("*"))


def _alike(form: str) -> Slot:
    """A word of one letter is spelled like no other."""
    return Alike(form, 1 if len(form) <= LONGEST_OF_ONE else 2) if len(form) > 1 else Form(form)


def _like(word: language_words.Word) -> Slot:
    """In scripts without spaces each letter is a word: only some words of a pattern have a sign."""
    return Like(re.sub(r"\*+", "*", word.form)) if "*" in word.form or "?" in word.form else AnyForm(word.form, word.stems)


@lru_cache(maxsize=1024)
def _expression(pattern: str) -> re.Pattern[str]:
    """The first place for each part between stars is the best one, so nothing is tried twice."""
    first, *rest = (re.escape(part).replace(r"\?", ".") for part in pattern.split("*"))
    if not rest:
        return re.compile(first, re.DOTALL)
    return re.compile(first + "".join(f"(?>.*?{part})" for part in rest[:-1]) + ".*" + rest[-1], re.DOTALL)


def is_alike(one: str, other: str, distance: int) -> bool:
    """Whether so many steps at most lead from one spelling to the other: a letter more, less or another, two neighbours swapped.

    No letter is touched twice (optimal string alignment).
    """
    if abs(len(one) - len(other)) > distance:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for place, its in enumerate(other, 1):
            steps = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != its))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == its:
                steps = min(steps, last[place - 2] + 1)
            row.append(steps)
        if min(row) > distance:
            return False
    return row[-1] <= distance


_LONG_NUMBER = re.compile(r"[1-9][0-9]{3,}")
_FIRST_GROUP = re.compile(r"[1-9][0-9]{0,2}")
_NEXT_GROUP = re.compile(r"[0-9]{3}")


def _thousands_apart(row: Reading, language: str) -> Reading:
    """``3000`` as ``3``, ``000``."""
    slots: list[Slot] = []
    for slot in row:
        if isinstance(slot, AnyForm) and _LONG_NUMBER.fullmatch(slot.form):
            slots += _slots(Word(f"{int(slot.form):,}"), language)
        else:
            slots.append(slot)
    return tuple(slots)


def _thousands_joined(row: Reading, language: str) -> Reading:
    """``3``, ``000`` as ``3000``."""
    slots: list[Slot] = []
    at = 0
    while at < len(row):
        groups = _number_at(row[at:])
        if len(groups) > 1:
            slots += _slots(Word("".join(groups)), language)
        else:
            slots.append(row[at])
        at += max(len(groups), 1)
    return tuple(slots)


def _number_at(row: Reading) -> tuple[str, ...]:
    """The groups of digits at the beginning of a row that are one number: ``("3", "000")``."""
    groups: list[str] = []
    for slot in row:
        group = _NEXT_GROUP if groups else _FIRST_GROUP
        if not isinstance(slot, AnyForm) or not group.fullmatch(slot.form):
            break
        groups.append(slot.form)
    return tuple(groups)
