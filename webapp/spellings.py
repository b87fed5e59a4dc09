"""Other ways to write what was asked: passages that name an entry however it is spelt, and words and names while typing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from search_index.query import Query
from search_index.reader import SearchError
from search_index.tree import And, Node, Not, Values
from webapp.asking import Question
from webapp.entries import Line
from webapp.filing import filed
from webapp.published import published

MOST_OFFERS = 3
"""Entries that are offered for a name."""
MOST_FORMS = 4
"""Other forms of the name that are told."""
WORDS, NAMES = 6, 4
"""Words of the texts and names of the registers that are suggested while typing."""
LONGEST = 100
_LAST_WORD = re.compile(r"[^\W_][\w'’]*$")
_PLAIN = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry one of whose names was searched: its other names, how many passages name it, and the address that finds those."""

    line: Line
    others: tuple[str, ...]
    passages: int
    address: str


def field_query(field: str, value: str) -> str:
    """The query for a value of a field: ``person:pers-tokayev``."""
    return f"{field}:{value}" if _PLAIN.fullmatch(value) else f'{field}:"{value}"'


def offers(question: Question) -> tuple[Offer, ...]:
    """The entries whose name is asked for and that passages name which the query does not find; none where it is no name."""
    here = published()
    named = (here.registers[each.kind].by_key.get(each.key) for each in here.names.named_by(question.query.tree))
    made = (_offer(question, line) for line in named if line is not None and line.mentions)
    return tuple(filter(None, made))[:MOST_OFFERS]


def _offer(question: Question, line: Line) -> Offer | None:
    naming = Values(line.kind.name, (line.key,), line.name)
    if question.query.tree is None or not _passages(question, And((naming, Not(question.query.tree)))):
        return None
    asked = filed(question.text)
    forms = {filed(name): name for name in line.entry.names}
    others = tuple(name for form, name in forms.items() if form not in (asked, line.filed))[:MOST_FORMS]
    address = url_for("search.page", **question.address(q=field_query(line.kind.name, line.key)))  # type: ignore[arg-type]
    return Offer(line, others, _passages(question, naming), address)


def _passages(question: Question, tree: Node) -> int:
    """How many passages there are of a sort, of those to which the result is narrowed."""
    index = published().index
    try:
        return index.find(Query(tree, ""), question.filters, per_page=1, facet_values=0).total if index else 0
    except SearchError:
        return 0


# While typing ---------------------------------------------------------------------------------------------------------


def suggestions(text: str) -> list[dict[str, Any]]:
    """What a reader may be about to ask: queries that go on with words of the texts, then entries of the registers.

    Of each the ``text`` to show, the ``query``, its ``kind`` (``word`` or that of the entry), and how many passages have the
    word, or how many mentions the entry.
    """
    word = _LAST_WORD.search(text)
    if word is None or len(text) > LONGEST:
        return []
    return [*_words(text[: word.start()], word[0]), *_entries(text)]


def _words(before: str, begun: str) -> Iterator[dict[str, Any]]:
    index = published().index
    for word, passages in index.beginning(begun, WORDS) if index else ():
        yield {"text": before + word, "query": before + word, "kind": "word", "count": passages}


def _entries(text: str) -> Iterator[dict[str, Any]]:
    parts = filed(text).split()
    if not parts or len(parts[-1]) < 2:
        return
    registers = published().registers.values()
    lines = (line for each in registers for line in each.chosen(text, "", "mentions") if line.mentions and _begins(line, parts))
    for line in sorted(lines, key=lambda line: -line.mentions)[:NAMES]:
        query = field_query(line.kind.name, line.key)
        yield {"text": line.name, "query": query, "kind": line.kind.name, "count": line.mentions}


def _begins(line: Line, parts: list[str]) -> bool:
    """Whether words of its names begin so."""
    names = line.sought.split()
    return all(any(name.startswith(part) for name in names) for part in parts)
