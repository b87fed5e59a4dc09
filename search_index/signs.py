"""The signs a query is made of: operators, parentheses, and what is looked for between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_index.tree import And, Dated, Exact, Field, Item, Leaf, Near, Node, Or, Pattern, Phrase, Similar, Word
from search_index.words import pattern_words, words

MOST_WORDS = 100
"""Words of a query that are searched, those in the values of fields counted."""
MOST_NEAR = 15
"""Words that are looked for near each other."""
LONGEST_DISTANCE = 1_000
"""Words that two may be apart and be near each other."""
FIELDS = ("person", "place", "organisation", "event", "work", "in", "document", "collection", "language", "date")
OPERATORS = frozenset(("AND", "OR", "NOT"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood, in a sentence for readers, and the character of the query it is about (from 0)."""

    position: int
    message: str


class SyntaxProblem(Exception):
    """The query as a whole cannot be followed."""

    def __init__(self, position: int, message: str) -> None:
        self.problem = Problem(position, message)


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator or a parenthesis by its name, or something to look for."""

    position: int
    name: str = ""
    node: Node | None = None


_QUOTES = '"“”„‟«»〝〞〟＂「」『』'
_SIGN = re.compile(rf"\s+|[(){_QUOTES}]|[^\s(){_QUOTES}]+")
_TOGETHER = re.compile(rf"[^\s(){_QUOTES}]+")
_QUOTE = re.compile(f"[{_QUOTES}]")
_NAME = re.compile(rf"([^\W\d_]+):(?=(?P<value>[^\s()])?)(?=(?P<word>[\w{_QUOTES}])?)")
_NEARNESS = re.compile(r"~(\d*)")
_SIMILARITY = re.compile(r"~(\d*)[^\w*?~]*\Z")
_WILDCARDS = "*?"


class Signs:
    """The signs of a query in order, read once; raises SyntaxProblem where one cannot be, keeps lesser ``problems``."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._words_left = MOST_WORDS
        self.problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Sign]:
        while found := _SIGN.match(self._text, self._at):
            start, sign = self._at, found.group()
            if sign in "()" or sign in OPERATORS:
                self._at = found.end()
                yield Sign(start, sign)
            elif sign.isspace():
                self._at = found.end()
            else:
                yield from self._sought(start)

    def _sought(self, start: int) -> Iterator[Sign]:
        """What is to be looked for from here on, behind NOT if it has a minus sign."""
        behind = self._text[start + 1 : start + 2]
        is_excluded = self._text[start] == "-" and behind != ")" and bool(behind.strip())
        self._at += is_excluded
        node = None if is_excluded and behind == "(" else self._node()
        if is_excluded and (node or behind == "("):
            yield Sign(start, "NOT")
        if node:
            yield Sign(start, node=node)

    def _node(self) -> Node | None:
        """A field, or words; None where there are none, only punctuation."""
        start = self._at
        name = _NAME.match(self._text, start)
        if name is None:
            return self._leaf()
        known, value = name[1].lower() in FIELDS, name["value"]
        if known and value:
            self._at = name.end()
            return self._field(name[1].lower(), start)
        if known:
            self._tell(start, f"A value is missing directly behind “{name.group()}”: it was searched as a word.")
        elif name["word"]:
            self._tell(start, f"“{name[1]}” is no field: it was searched as a word. The fields are {', '.join(FIELDS)}.")
            self._at = name.end()
            return joined(And, tuple(each for each in (self.plain(name[1], start), self._leaf()) if each))
        return self._leaf()

    def _leaf(self) -> Leaf | None:
        """A phrase, words near each other, or words written together; with ``=`` before it in this form only."""
        is_exact = self._text[self._at] == "="
        self._at += is_exact
        if _QUOTE.match(self._text, self._at):
            return self._quoted(is_exact)
        start, text = self._at, self._together()
        return self._item(text, start, is_exact)

    def _together(self) -> str:
        """What is written together from here on; empty at a space or parenthesis."""
        found = _TOGETHER.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return found.group() if found else ""

    def _inside(self) -> tuple[str, int]:
        """What stands between the quotation marks here, and where."""
        start = self._at + 1
        closing = _QUOTE.search(self._text, start)
        if closing is None:
            raise SyntaxProblem(start - 1, "This quotation mark is never closed.")
        self._at = closing.end()
        return self._text[start : closing.start()], start

    def _quoted(self, is_exact: bool) -> Leaf | None:
        text, start = self._inside()
        found = (self._item(each.group(), start + each.start(), is_exact) for each in re.finditer(r"\S+", text))
        items = tuple(item for item in found if item)
        nearness = _NEARNESS.match(self._text, self._at)
        if nearness is None:
            return Phrase(items) if len(items) > 1 else next(iter(items), None)
        self._at = nearness.end()
        return self._near(items, nearness)

    def _near(self, items: tuple[Item, ...], nearness: re.Match[str]) -> Leaf | None:
        """Items near each other, as far as the number behind ``~`` can be followed."""
        position = nearness.start()
        if len(items) < 2:
            self._tell(position, "Near each other can only be two words or more, inside the quotation marks.")
            return next(iter(items), None)
        if not nearness[1]:
            self._tell(position, "Behind ~ a number must say within how many words; the phrase was searched.")
            return Phrase(items)
        if sum(len(pattern_words(item.text, "")) for item in items) > MOST_NEAR:
            self._tell(position, f"Near each other at most {MOST_NEAR} words are looked for; the phrase was searched.")
            return Phrase(items)
        distance = int(nearness[1])
        if distance < len(items) - 1:
            self._tell(position, f"{len(items)} words take more room; they were searched within {len(items) - 1}.")
        return Near(items, min(max(distance, len(items) - 1), LONGEST_DISTANCE))

    def _item(self, text: str, position: int, is_exact: bool) -> Item | None:
        """Words that are written together; None if there is no word, only punctuation."""
        similarity = _SIMILARITY.search(text)
        if similarity:
            text = text[: similarity.start()]
        found = pattern_words(text, "")
        is_pattern = any(sign in word.form for word in found for sign in _WILDCARDS)
        if is_pattern and not any(word.form.strip(_WILDCARDS) for word in found):
            raise SyntaxProblem(position + found[0].start, f"A {text[found[0].start]} needs letters beside it.")
        kept = self._within_limit([(word.start, word.end) for word in found], position)
        text = text[found[0].start : kept] if kept else ""
        if not text:
            return None
        if similarity and (is_pattern or similarity[1]):
            where = position + similarity.start()
            self._tell(where, "Similar spelling is written word~, without a number and without * or ?.")
        if is_pattern:
            return Pattern(text)
        if similarity:
            return Similar(text)
        return Exact(text) if is_exact else Word(text)

    def plain(self, text: str, position: int) -> Word | None:
        """Words that are written together, signs left aside."""
        found = words(text, "")
        kept = self._within_limit([(word.start, word.end) for word in found], position)
        return Word(text[found[0].start : kept]) if kept else None

    def _within_limit(self, found: list[tuple[int, int]], position: int) -> int:
        """Where the last of these words ends that is searched, 0 if none is."""
        kept = found[: self._words_left]
        if len(kept) < len(found) and not any(problem.message == _TOO_MANY for problem in self.problems):
            self._tell(position + found[len(kept)][0], _TOO_MANY)
        self._words_left -= len(kept)
        return kept[-1][1] if kept else 0

    def _tell(self, position: int, message: str) -> None:
        self.problems += (Problem(position, message),)

    # Fields -----------------------------------------------------------------------------------------------------------

    def _field(self, name: str, start: int) -> Node | None:
        """A field by name and what stands behind the colon."""
        is_quoted = bool(_QUOTE.match(self._text, self._at))
        position = self._at + is_quoted
        text = self._inside()[0].strip() if is_quoted else self._together().rstrip(",;")
        if not text:
            self._tell(start, f"A value is missing behind “{name}:”.")
            return None
        if name == "date":
            return self._dated(text, position)
        if not self._within_limit([(0, 1)], start):
            return None
        return Field(name, text, start)

    def _dated(self, text: str, position: int) -> Node | None:
        """A date or a span of time; what is neither is searched as words."""
        found = _PERIOD.fullmatch(text)
        if not found or not (found["date"] or found["earliest"] or found["latest"]):
            self._tell(position, f"“{text}” is no date: write date:2011..2022, date:2022-01 or date:2022-01-05.")
            return self.plain(text, position)
        earliest, latest = (_iso(found["date"] or found[end] or "") for end in ("earliest", "latest"))
        if earliest and latest and _moment(earliest, "01") > _moment(latest, "31"):
            self._tell(position, "The later date comes first: they were searched the other way round.")
            earliest, latest = latest, earliest
        return Dated(earliest, latest)


_TOO_MANY = f"Only the first {MOST_WORDS} words are searched."
_DAY = r"-?\d{1,9}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_PERIOD = re.compile(rf"(?P<date>{_DAY})|(?P<earliest>{_DAY})?\s*(?:\.\.\.?|…|–)\s*(?P<latest>{_DAY})?", re.ASCII)


def _iso(date: str) -> str:
    """A date as ISO 8601 writes it: the year with four digits at least."""
    return re.sub(r"\A(-?)(\d+)", lambda year: year[1] + year[2].lstrip("0").zfill(4), date)


def _moment(iso: str, rest: str) -> tuple[int, str, str]:
    """A date to compare; where it has no month or day, ``rest`` is taken."""
    year, month, day = (*re.split(r"(?<=\d)-", iso), rest, rest)[:3]
    return int(year), month, day


_PLAIN = re.compile(rf"(?:(?<![^\s(){_QUOTES}])-?(?:{'|'.join(FIELDS)}):)?([^\s()*{_QUOTES}]+)", re.IGNORECASE)


def plain_words(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """All words of a query, signs, operators and the names of fields left aside."""
    signs = Signs("")
    found = ((_NEARNESS.sub("", each[1]), each.start(1)) for each in _PLAIN.finditer(text))
    leaves = (signs.plain(each, where) for each, where in found if each not in OPERATORS)
    return joined(And, tuple(dict.fromkeys(leaf for leaf in leaves if leaf))), signs.problems


def joined(kind: type[And] | type[Or], parts: tuple[Node, ...]) -> Node | None:
    """One part as it is, several as one node."""
    if len(parts) > 1:
        return kind(parts)
    return parts[0] if parts else None
