"""What a word, a prefix or a phrase of a query asks of a passage in a given language.

Both the engine and the marking of hits work from this, so they cannot disagree: a query is read by the rules of the passage's
own language, never by those of another. The result is a few *readings*, each a row of slots; a passage is found where its words
fill the slots of one reading, side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search_index import words as language_words
from search_index.query import Leaf, Phrase, Prefix, Word
from search_index.words import words


@dataclass(frozen=True, slots=True)
class AnyForm:
    """Room for a word that shares a stem with the one asked for; ``form`` is the one asked for, folded."""

    form: str
    stems: tuple[str, ...]

    def accepts(self, word: language_words.Word) -> bool:
        """Whether ``word``, read in the same language, is the word asked for."""
        return any(stem in self.stems for stem in word.stems)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Room for a word whose form begins so."""

    form: str

    def accepts(self, word: language_words.Word) -> bool:
        """Whether ``word`` begins so."""
        return word.form.startswith(self.form)


Slot = AnyForm | Beginning
Reading = tuple[Slot, ...]


def readings(leaf: Leaf, language: str) -> tuple[Reading, ...]:
    """The rows of slots that a leaf of a query stands for in a passage of ``language``: as written first, no row twice.

    A number of four digits or more is the same with its thousands apart: 3000, 3,000, 3.000, 3 000. No row is empty; there
    may be none.
    """
    items = leaf.items if isinstance(leaf, Phrase) else (leaf,)
    written = tuple(slot for item in items for slot in _slots(item, language))
    rows = (written, _thousands_apart(written, language), _thousands_joined(written, language))
    return tuple(dict.fromkeys(row for row in rows if row))


def _slots(item: Word | Prefix, language: str) -> Reading:
    found = words(item.text, language)
    whole = found[:-1] if isinstance(item, Prefix) else found
    slots: Reading = tuple(AnyForm(word.form, word.stems) for word in whole)
    if isinstance(item, Prefix) and found:
        slots += (Beginning(found[-1].form),)
    return slots


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
