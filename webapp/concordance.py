"""The concordance: each place where the words of a query stand, a line each, in their context, sorted by what is around."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from flask import Blueprint, Response, abort, render_template, request

from edition.records import Passage
from search_index.reader import Results
from search_index.words import fold
from webapp.arguments import page_number
from webapp.asking import Question, asked
from webapp.facets import chosen
from webapp.found import results, words_found
from webapp.places import View, address
from webapp.published import published
from webapp.tables import csv_answer
from webapp.views import public

blueprint = Blueprint("concordance", __name__)

PER_PAGE = 50
MOST_PASSAGES = 2_500
"""Passages whose lines are made and sorted; of more the first in order of the texts, and the page says so."""
AROUND = 70
"""Signs before and after the words."""
SORTED_BY = 5
"""Words on a side by which lines are sorted."""

Order = Literal["position", "left", "right", "match"]
ORDERS: Mapping[Order, str] = {
    "position": "in order of the texts",
    "left": "by the words before",
    "right": "by the words after",
    "match": "by the words found",
}
"""How lines can be sorted, and what readers call that; ``left`` and ``right`` are so in scripts that are written to the right."""
COLUMNS = ("document", "title", "passage", "label", "language", "address", "before", "match", "after")


@dataclass(frozen=True, slots=True)
class Line:
    """Words that were found, what stands around them, and the passage; ``received`` where they stand in the text as received."""

    passage: Passage
    before: str
    match: str
    after: str
    is_received: bool

    @property
    def address(self) -> str:
        """The address of the passage, in the view that has the words."""
        view: View = "views.diplomatic" if self.is_received else "documents.reading"
        return address(self.passage.document, self.passage.id, view)


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a question, sorted. ``passages`` is the number of those that were read, of all that were ``found``."""

    lines: tuple[Line, ...]
    passages: int
    found: Results


@blueprint.get("/search/concordance/")
def page() -> str:
    """The lines, a page at a time."""
    question, order, number = asked(), _order(), page_number()
    made = None if question.is_empty else _concordance(question, order)
    lines = made.lines[(number - 1) * PER_PAGE : number * PER_PAGE] if made else ()
    ids = {line.passage.document for line in lines}
    return render_template(
        "concordance.html",
        question=question,
        order=order,
        orders=ORDERS,
        chosen=chosen(question),
        made=made,
        lines=lines,
        documents={id: published().catalogue.document(id) for id in ids},
        page=number,
        page_count=max(1, -(-len(made.lines) // PER_PAGE)) if made else 1,
    )


@blueprint.get("/search/concordance.csv")
def table() -> Response:
    """All lines as a table."""
    question = asked()
    return csv_answer(COLUMNS, map(_row, _concordance(question, _order()).lines))


def _row(line: Line) -> tuple[str, ...]:
    passage = line.passage
    document = published().catalogue.document(passage.document)
    title = document.title if document else ""
    place = (passage.document, title, passage.id, passage.label, passage.language, public(line.address))
    return (*place, line.before, line.match, line.after)


def _order() -> Order:
    given = request.args.get("order") or "position"
    order = next((order for order in ORDERS if order == given), None)
    return order or abort(400, description=f"“order” must be one of {', '.join(ORDERS)}.")


def _concordance(question: Question, order: Order) -> Concordance:
    found = results(question, 1, MOST_PASSAGES, facet_values=0, sort="document")
    passages = published().catalogue.numbered([hit.number for hit in found.hits])
    lines = [line for passage in passages for line in _lines(question, passage)]
    if order != "position":
        lines.sort(key=_KEYS[order])
    return Concordance(tuple(lines), len(passages), found)


def _lines(question: Question, passage: Passage) -> Iterator[Line]:
    text, spans, is_received = words_found(question, passage)
    for start, end in spans:
        yield Line(passage, _end_of(text[:start]), text[start:end], _beginning_of(text[end:]), is_received)


def _end_of(text: str) -> str:
    return text if len(text) <= AROUND else text[text.find(" ", len(text) - AROUND) + 1 :][-2 * AROUND :]


def _beginning_of(text: str) -> str:
    return text if len(text) <= AROUND else text[: max(text.rfind(" ", 0, AROUND), 0) or AROUND]


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(fold, words)))


_KEYS: Mapping[Order, Callable[[Line], tuple[str, ...]]] = {
    "left": lambda line: _folded(line.before.split()[: -SORTED_BY - 1 : -1]),
    "right": lambda line: _folded(line.after.split()[:SORTED_BY]),
    "match": lambda line: _folded(line.match.split()),
}
