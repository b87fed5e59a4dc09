"""What a reader typed becomes a tree: the one place that knows the query language.

    gas price         both words, in any form          "gas price"     the phrase; typographic quotation marks too
    work*             words that begin so              gas OR oil      either
    gas NOT oil       without; also ``gas -oil``       (gas OR oil)    parentheses group

``NOT`` binds closest, then words side by side (or joined by ``AND``), then ``OR``. Operators are in capitals. Words that are
written together ("gas-price", "3,000", "U.S.") are searched as they are written, side by side.

Wrong syntax is never an error: the words are then searched plainly, all of them, signs left aside, and a problem points at the
character. Punctuation that means nothing here is no problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_index.words import words

LONGEST_QUERY = 2_000
"""Characters of a query that are read."""
MOST_WORDS = 100
"""Words of a query that are searched."""
DEEPEST_NESTING = 20
"""Parentheses within parentheses."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any form, as the reader wrote it; several words side by side where it was written together."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with ``text``; if ``text`` is several words, the last one is the beginning."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one directly after the other; at least two items."""

    items: tuple[Word | Prefix, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All parts, at least two, in any order."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts, of which there are at least two."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but ``part``."""

    part: Node


Leaf = Word | Prefix | Phrase
Node = Leaf | And | Or | Not


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood, in a sentence for readers, and the character of the query it is about (from 0)."""

    position: int
    message: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: ``tree`` is None if it has no word, ``understood`` says it in plain English."""

    tree: Node | None
    understood: str
    problems: tuple[Problem, ...] = ()


def parse(text: str) -> Query:
    """The query a reader typed. Never raises; what could not be followed stands in ``problems``."""
    kept, problems = _cut_to_length(text)
    try:
        signs, more = _signs(kept)
        problems += more
        tree = _Parser(signs, len(kept)).tree()
    except _SyntaxProblem as wrong:
        tree, more = _plain(kept)
        problems += (wrong.problem, *more)
    if tree is None and text.strip() and not problems:
        problems = (Problem(0, "There is no word to look for."),)
    return Query(tree, understood(tree), problems)


def positive_leaves(tree: Node | None) -> tuple[Leaf, ...]:
    """The words and phrases a passage is found *for*, in the order of the query: those that stand under no ``Not``."""
    match tree:
        case None | Not():
            return ()
        case And(parts) | Or(parts):
            return tuple(dict.fromkeys(leaf for part in parts for leaf in positive_leaves(part)))
        case leaf:
            return (leaf,)


def understood(tree: Node | None) -> str:
    """A tree in plain words: ``“gas” and words beginning with “work” and not “oil”``; without a tree "all passages"."""
    match tree:
        case None:
            return "all passages"
        case Word(text):
            return f"“{text}”"
        case Prefix(text):
            return f"words beginning with “{text}”"
        case Phrase(items):
            return f"the phrase “{' '.join(f'{i.text}*' if isinstance(i, Prefix) else i.text for i in items)}”"
        case Not(part):
            return f"not {_grouped(part)}"
        case And(parts):
            return " and ".join(map(_grouped, parts))
        case Or(parts):
            return " or ".join(map(_grouped, parts))


def _grouped(part: Node) -> str:
    return f"({understood(part)})" if isinstance(part, And | Or) else understood(part)


# Signs: what the query is made of -------------------------------------------------------------------------------------

_QUOTES = '"“”„‟«»〝〞〟＂「」『』'
_SIGN = re.compile(rf"\s+|[(){_QUOTES}]|[^\s(){_QUOTES}]+")
_QUOTE = re.compile(f"[{_QUOTES}]")
_OPERATORS = frozenset(("AND", "OR", "NOT"))


class _SyntaxProblem(Exception):
    def __init__(self, position: int, message: str) -> None:
        self.problem = Problem(position, message)


@dataclass(frozen=True, slots=True)
class _Sign:
    """An operator or a parenthesis by its name, or something to look for."""

    position: int
    name: str = ""
    leaf: Leaf | None = None


class _Budget:
    """Counts the words of a query and cuts it where there are too many."""

    def __init__(self) -> None:
        self.left = MOST_WORDS
        self.problems: tuple[Problem, ...] = ()

    def take(self, text: str, position: int) -> str:
        """``text`` from its first to its last word, as far as the budget reaches: empty if it has none."""
        found = words(text, "")
        if len(found) > self.left:
            if not self.problems:
                where = position + found[self.left].start
                self.problems = (Problem(where, f"Only the first {MOST_WORDS} words are searched."),)
            found = found[: self.left]
        self.left -= len(found)
        return text[found[0].start : found[-1].end] if found else ""


def _cut_to_length(text: str) -> tuple[str, tuple[Problem, ...]]:
    """As much of a query as is read, cut where a word ends if it has any end."""
    if len(text) <= LONGEST_QUERY:
        return text, ()
    kept = text[:LONGEST_QUERY]
    if not text[LONGEST_QUERY].isspace() and (gap := re.search(r"\s\S*\Z", kept)) and kept[: gap.start()].strip():
        kept = kept[: gap.start()]
    return kept, (Problem(len(kept), f"Only the first {LONGEST_QUERY:,} characters are read."),)


def _signs(text: str) -> tuple[tuple[_Sign, ...], tuple[Problem, ...]]:
    """The signs of a query in order; raises _SyntaxProblem where one cannot be."""
    signs: list[_Sign] = []
    budget = _Budget()
    position = 0
    while found := _SIGN.match(text, position):
        start, position, sign = position, found.end(), found.group()
        if sign in _QUOTES:
            position = _closing_quote(text, position)
            signs += _phrase(text[start + 1 : position - 1], start + 1, budget)
        elif sign in "()" or sign in _OPERATORS:
            signs.append(_Sign(start, sign))
        elif not sign.isspace():
            excluded = sign[0] == "-" and (len(sign) > 1 or text[position : position + 1] in (*_QUOTES, "("))
            leaf = _item(sign, start, budget)
            if excluded and (leaf or len(sign) == 1):
                signs.append(_Sign(start, "NOT"))
            if leaf:
                signs.append(_Sign(start, leaf=leaf))
    return tuple(signs), budget.problems


def _closing_quote(text: str, start: int) -> int:
    """Where the phrase that begins at ``start`` is over, behind its closing mark."""
    end = _QUOTE.search(text, start)
    if end is None:
        raise _SyntaxProblem(start - 1, "This quotation mark is never closed.")
    return end.end()


def _phrase(text: str, position: int, budget: _Budget) -> Iterator[_Sign]:
    """The phrase inside quotation marks as one sign; none if it has no word."""
    found = ((each.group(), position + each.start()) for each in re.finditer(r"\S+", text))
    items = tuple(item for each, where in found if (item := _item(each, where, budget)))
    if items:
        yield _Sign(position - 1, leaf=Phrase(items) if len(items) > 1 else items[0])


def _item(sign: str, position: int, budget: _Budget) -> Word | Prefix | None:
    """A word or the beginning of one; None if there is no word in the sign, only punctuation, or no budget left."""
    star = sign.find("*")
    if star == -1:
        text = budget.take(sign, position)
        return Word(text) if text else None
    before, after = sign[:star], sign[star + 1 :]
    found = words(before, "")
    if not found or found[-1].end != len(before) or "*" in after or words(after, ""):
        raise _SyntaxProblem(position + star, "A * can stand at the end of a word only, for any ending.")
    text = budget.take(before, position)
    if not text:
        return None
    return Prefix(text) if before.endswith(text) else Word(text)


def _plain(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """All words of a query, signs and operators left aside."""
    budget = _Budget()
    found = ((each.group(), each.start()) for each in re.finditer(rf"[^\s()*{_QUOTES}]+", text))
    taken = (budget.take(each, where) for each, where in found if each not in _OPERATORS)
    leaves = tuple(dict.fromkeys(Word(each) for each in taken if each))
    return _joined(And, leaves), budget.problems


def _joined(kind: type[And] | type[Or], parts: tuple[Node, ...]) -> Node | None:
    """One part as it is, several as one node."""
    if len(parts) > 1:
        return kind(parts)
    return parts[0] if parts else None


# Grammar ------------------------------------------------------------------------------------------------------------


class _Parser:
    """Signs to tree by recursive descent, at most ``DEEPEST_NESTING`` deep. Raises _SyntaxProblem."""

    def __init__(self, signs: tuple[_Sign, ...], end: int) -> None:
        self._signs = signs
        self._end = _Sign(end, "end")
        self._at = 0

    def tree(self) -> Node | None:
        """The whole query."""
        if not self._signs:
            return None
        tree = self._either(0)
        if self._next.name == ")":
            raise _SyntaxProblem(self._next.position, "This parenthesis was never opened.")
        return tree

    @property
    def _next(self) -> _Sign:
        return self._signs[self._at] if self._at < len(self._signs) else self._end

    def _either(self, depth: int) -> Node:
        parts = [self._all(depth)]
        while self._next.name == "OR":
            self._at += 1
            parts.append(self._all(depth))
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while self._next.name not in ("OR", ")", "end"):
            if self._next.name == "AND":
                self._at += 1
            parts.append(self._one(depth))
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self, depth: int) -> Node:
        negated = False
        while self._next.name == "NOT":
            negated = not negated
            self._at += 1
        part = self._part(depth)
        return Not(part) if negated else part

    def _part(self, depth: int) -> Node:
        sign = self._next
        if sign.leaf:
            self._at += 1
            return sign.leaf
        if sign.name != "(":
            raise self._missing(sign)
        if depth == DEEPEST_NESTING:
            raise _SyntaxProblem(sign.position, f"Parentheses nest at most {DEEPEST_NESTING} deep.")
        self._at += 1
        part = self._either(depth + 1)
        if self._next.name != ")":
            raise _SyntaxProblem(sign.position, "This parenthesis is never closed.")
        self._at += 1
        return part

    def _missing(self, sign: _Sign) -> _SyntaxProblem:
        """What to say where a word was expected and ``sign`` came."""
        before = self._signs[self._at - 1] if self._at else None
        if before and before.name in _OPERATORS:
            return _SyntaxProblem(before.position, "A word is missing after this operator.")
        if before and before.name == "(" and sign.name in ("end", ")"):
            return _SyntaxProblem(before.position, "There is no word in this parenthesis.")
        if sign.name == ")":
            return _SyntaxProblem(sign.position, "This parenthesis was never opened.")
        return _SyntaxProblem(sign.position, f"A word is missing before this {sign.name}.")
