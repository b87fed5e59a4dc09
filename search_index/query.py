"""What a reader typed becomes a tree: the one place that knows the query language.

    gas price         both words, in any form            "gas price"        the phrase; typographic quotation marks too
    gas OR oil        either                             "gas price"~4      within four words of each other, in any order
    gas NOT oil       without; also ``gas -oil``         =strikes           this form only; ``="gas price"`` all of them
    (gas OR oil)      parentheses group                  work* *isation     any letters, or none; ``wom?n`` one letter
                                                         tokaev~            similar spelling

    person:tokayev place:"Alma-Ata" organisation: event: work:     passages that name an entry, by its key or a name
    in:note document:spark collection:letters language:en          passages of a kind, a text, a folder, a language
    date:2011..2022 date:2022-01-05 date:..2011 date:2022-01..     passages with such a date

``NOT`` binds closest, then words side by side (or joined by ``AND``), then ``OR``. Operators are in capitals. Words that are
written together ("gas-price", "3,000", "U.S.") are searched as they are written, side by side.

Wrong syntax is never an error. Where a part is not understood its words are searched; where the whole is not, all words are
searched plainly, signs left aside. Either way a problem points at the character. Punctuation that means nothing here is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from search_index.signs import OPERATORS, Problem, Sign, Signs, SyntaxProblem, plain_words
from search_index.tree import And, Field, Node, Not, Or, Values, understood

LONGEST_QUERY = 2_000
"""Characters of a query that are read."""
DEEPEST_NESTING = 20
"""Parentheses within parentheses."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query as understood: ``tree`` is None if it has no word, ``understood`` says it in plain English."""

    tree: Node | None
    understood: str
    problems: tuple[Problem, ...] = ()


def parse(text: str) -> Query:
    """The query a reader typed. Never raises; what could not be followed stands in ``problems``, in the order of the query."""
    kept, problems = _cut_to_length(text)
    signs = Signs(kept)
    try:
        tree = _Parser(tuple(signs), len(kept)).tree()
        problems += signs.problems
    except SyntaxProblem as wrong:
        tree, more = plain_words(kept)
        problems += (wrong.problem, *more)
    if tree is None and text.strip() and not problems:
        problems = (Problem(0, "There is no word to look for."),)
    return Query(tree, understood(tree), tuple(sorted(problems, key=lambda problem: problem.position)))


Lookup = Callable[[str, str], tuple[tuple[str, ...], str]]
"""The values that a field of this name and text stands for in an edition, and what to call them; no values: it has none."""


def resolved(query: Query, lookup: Lookup) -> Query:
    """The query with every ``Field`` looked up; what the edition does not have finds nothing, and is a problem."""
    problems = list(query.problems)

    def settled(node: Node) -> Node:
        match node:
            case And(parts):
                return And(tuple(map(settled, parts)))
            case Or(parts):
                return Or(tuple(map(settled, parts)))
            case Not(part):
                return Not(settled(part))
            case Field(name, text, position):
                values, label = lookup(name, text)
                if not values:
                    problems.append(Problem(position, _NOT_THERE[name].format(text)))
                return Values("kind" if name == "in" else name, values, label)
            case leaf:
                return leaf

    tree = settled(query.tree) if query.tree else None
    return replace(
        query, tree=tree, understood=understood(tree), problems=tuple(sorted(problems, key=lambda each: each.position))
    )


_NOT_THERE = {
    **{name: f"The registers have no {name} of the name or key “{{}}”." for name in ("person", "place", "organisation")},
    **{name: f"The registers have no {name} of the name or key “{{}}”." for name in ("event", "work")},
    "in": "There are no passages of the kind “{}”.",
    "document": "There is no text of the id “{}”, nor one with these words in its title.",
    "collection": "There is no collection “{}”.",
    "language": "There are no passages in the language “{}”.",
}


def _cut_to_length(text: str) -> tuple[str, tuple[Problem, ...]]:
    """As much of a query as is read, cut where a word ends if it has any end."""
    if len(text) <= LONGEST_QUERY:
        return text, ()
    kept = text[:LONGEST_QUERY]
    if not text[LONGEST_QUERY].isspace() and (gap := re.search(r"\s\S*\Z", kept)) and kept[: gap.start()].strip():
        kept = kept[: gap.start()]
    return kept, (Problem(len(kept), f"Only the first {LONGEST_QUERY:,} characters are read."),)


# Grammar ------------------------------------------------------------------------------------------------------------


class _Parser:
    """Signs to tree by recursive descent, at most ``DEEPEST_NESTING`` deep. Raises SyntaxProblem."""

    def __init__(self, signs: tuple[Sign, ...], end: int) -> None:
        self._signs = signs
        self._end = Sign(end, "end")
        self._at = 0

    def tree(self) -> Node | None:
        """The whole query."""
        if not self._signs:
            return None
        tree = self._either(0)
        if self._next.name == ")":
            raise SyntaxProblem(self._next.position, "This parenthesis was never opened.")
        return tree

    @property
    def _next(self) -> Sign:
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
        is_negated = False
        while self._next.name == "NOT":
            is_negated = not is_negated
            self._at += 1
        part = self._part(depth)
        return Not(part) if is_negated else part

    def _part(self, depth: int) -> Node:
        sign = self._next
        if sign.node:
            self._at += 1
            return sign.node
        if sign.name != "(":
            raise self._missing(sign)
        if depth == DEEPEST_NESTING:
            raise SyntaxProblem(sign.position, f"Parentheses nest at most {DEEPEST_NESTING} deep.")
        self._at += 1
        part = self._either(depth + 1)
        if self._next.name != ")":
            raise SyntaxProblem(sign.position, "This parenthesis is never closed.")
        self._at += 1
        return part

    def _missing(self, sign: Sign) -> SyntaxProblem:
        """What to say where a word was expected and ``sign`` came."""
        before = self._signs[self._at - 1] if self._at else None
        if before and before.name in OPERATORS:
            return SyntaxProblem(before.position, "A word is missing after this operator.")
        if before and before.name == "(" and sign.name in ("end", ")"):
            return SyntaxProblem(before.position, "There is no word in this parenthesis.")
        if sign.name == ")":
            return SyntaxProblem(sign.position, "This parenthesis was never opened.")
        return SyntaxProblem(sign.position, f"A word is missing before this {sign.name}.")
