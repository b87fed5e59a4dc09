"""The words of an index: every form, how often it occurs, how it is written most often, and which forms have which stem.

A form is nearly always one term of the index. Where the accents of a word decide about its ending (see ``words.Word``), it is
several: the form alone, and the form with the stem that its accents give.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate

from search_index.words import is_stemmed, reading_language

_BEHIND = "\0"
"""Stands between a form and the stem of its accents, and sorts before any letter."""


def term(form: str, stems: Sequence[str]) -> str:
    """The term of the index for a word of this form with these stems."""
    return form + _BEHIND + stems[1] if len(stems) > 1 else form


def form_of(term: str) -> str:
    """The form of a word with this term."""
    return term.partition(_BEHIND)[0]


def stem_line(stem: str, language: str, term: str) -> str:
    """What is kept of a word whose language has stems: they carry their language, so that German is not found by English ones."""
    return f"{reading_language(language)} {stem}{_BEHIND}{term}"


@dataclass(frozen=True, slots=True)
class Lines:
    """Many short strings as one: a tenth of the memory, and one regular expression looks through all of them.

    ``text`` has a line feed before and behind each; ``starts`` are where they begin.
    """

    text: str
    starts: array[int]

    @classmethod
    def of(cls, lines: Sequence[str]) -> Lines:
        """These strings, none of which has a line feed."""
        starts = accumulate(map((1).__add__, map(len, lines)), initial=1)
        return cls("\n".join(("", *lines, "")), array("I", starts))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[str]:
        return iter(self.text.split("\n")[1:-1])

    def __getitem__(self, number: int) -> str:
        return self.text[self.starts[number] : self.starts[number + 1] - 1]

    # What follows is for strings in ascending order.

    def find(self, line: str) -> int | None:
        """The number of this string, if it is there."""
        number = bisect_left(range(len(self)), line, key=self.__getitem__)
        return number if number < len(self) and self[number] == line else None

    def beginning(self, text: str) -> range:
        """The numbers of those that begin so."""
        first = bisect_left(range(len(self)), text, key=self.__getitem__)
        return range(first, self.behind(text, first))

    def behind(self, text: str, number: int) -> int:
        """The number of the first from ``number`` on that does not begin so; mostly it is near."""
        step = 1
        while number + step < len(self) and self[number + step].startswith(text):
            number += step
            step *= 2
        ahead = range(number, min(number + step, len(self)))
        return number + bisect_left(ahead, True, key=lambda each: not self[each].startswith(text))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one text field.

    ``forms`` ascend; by their numbers, ``passages`` are how many have the form (one that has it as two terms counts twice),
    ``occurrences`` how often it occurs in all, ``spellings`` how it is written most often, empty where as the form. ``stems`` are
    ``stem_line``s. ``terms_of`` names the terms of those forms that are not just one.
    """

    forms: Lines
    passages: array[int]
    occurrences: array[int]
    spellings: Lines
    stems: Lines
    terms_of: Mapping[str, tuple[str, ...]]

    def terms(self, form: str) -> tuple[str, ...]:
        """The terms of a form; none where it does not occur."""
        if form in self.terms_of:
            return self.terms_of[form]
        return (form,) if self.forms.find(form) is not None else ()

    def passages_of(self, term: str) -> int:
        """In how many passages the form of a term stands."""
        number = self.forms.find(form_of(term))
        return 0 if number is None else self.passages[number]

    def occurrences_of(self, form: str) -> int:
        """How often a word of this form occurs."""
        number = self.forms.find(form)
        return 0 if number is None else self.occurrences[number]

    def stemmed(self, stems: Iterable[str], language: str) -> tuple[str, ...]:
        """The terms of the words of a language that have one of the stems."""
        if not is_stemmed(language):
            return tuple(term for stem in stems for term in self.terms(stem))
        begun = (stem_line(stem, language, "") for stem in stems)
        found = (self.stems[number][len(line) :] for line in begun for number in self.stems.beginning(line))
        return tuple(dict.fromkeys(found))

    def spelling(self, number: int) -> str:
        """How the form of this number is written most often."""
        return self.spellings[number] or self.forms[number]

    def like(self, pattern: str) -> Iterator[str]:
        """The forms that are like a pattern (see ``readings.Like``), ascending."""
        first, *rest = (re.escape(part).replace(r"\?", r"[^\n]") for part in pattern.split("*"))
        # The first place for each part between stars is the best one, so nothing is tried twice: a form takes at most as many
        # steps as the square of its length.
        middle = "".join(rf"(?>[^\n]*?{part})" for part in rest[:-1])
        last = rf"[^\n]*{rest[-1]}" if rest else ""
        return (found.group()[1:] for found in re.finditer(rf"\n{first}{middle}{last}(?=\n)", self.forms.text))

    def alike(self, form: str, distance: int) -> Iterator[str]:
        """The forms that are spelled nearly so (see ``readings.Alike``), ascending.

        The forms are read in their order: what two neighbours share at the beginning is looked at once, and where a beginning is
        too far away already, all forms that share it are left aside.
        """
        forms, steps = self.forms, _Steps(form, distance)
        states = [steps.none, steps.start]
        before, number = "", 0
        while number < len(forms):
            current = forms[number]
            depth = _shared(before, current, len(states) - 2)
            del states[depth + 2 :]
            while depth < len(current) and any(states[-1]):
                states.append(steps.next(states[-1], states[-2], current[depth], current[depth - 1] if depth else ""))
                depth += 1
            if not any(states[-1]):
                before = current[:depth]
                number = forms.behind(before, number)
                continue
            if steps.are_enough(states[-1]):
                yield current
            before = current
            number += 1

    def beginning(self, text: str, count: int) -> tuple[int, ...]:
        """The numbers of the forms that begin so and occur in most passages, at most ``count``, the commonest first."""
        return tuple(nsmallest(count, self.forms.beginning(text), key=lambda number: (-self.passages[number], number)))


NO_WORDS = Lexicon(Lines.of(()), array("I"), array("I"), Lines.of(()), Lines.of(()), {})

_State = list[int]


class _Steps:
    """Which letters of a word may be used up after so many steps away from it: an automaton, simulated by bits.

    A state has a row of bits for each number of steps; bit n is set where the first n letters can be used up (after Wu and Manber
    1992, with neighbours swapped as one step).
    """

    def __init__(self, form: str, distance: int) -> None:
        self._most = range(1, distance + 1)
        self._all = (1 << (len(form) + 1)) - 1
        self._end = 1 << len(form)
        self._places: dict[str, int] = {}
        for place, letter in enumerate(form):
            self._places[letter] = self._places.get(letter, 0) | 1 << place
        self.none = [0] * (distance + 1)
        self.start = [((1 << (steps + 1)) - 1) & self._all for steps in range(distance + 1)]

    def next(self, state: _State, before: _State, letter: str, last: str) -> _State:
        """The state after another letter; ``before`` is that before the ``last`` one."""
        here = self._places.get(letter, 0)
        swapped = here & (self._places.get(last, 0) >> 1)
        row = (state[0] & here) << 1
        rows = [row]
        for steps in self._most:
            less = state[steps - 1]
            row = (((state[steps] & here) | less | row) << 1 | less | (before[steps - 1] & swapped) << 2) & self._all
            rows.append(row)
        return rows

    def are_enough(self, state: _State) -> bool:
        """Whether all letters can be used up."""
        return any(row & self._end for row in state)


def _shared(one: str, other: str, most: int) -> int:
    """How many letters two words share at the beginning, ``most`` at most."""
    for at, (left, right) in enumerate(zip(one[:most], other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other), most)
