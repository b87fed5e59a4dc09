"""The search page: form, what was found, and the ways to narrow it; all of its state is in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, url_for

from search_index.languages import language_name
from search_index.reader import Hit
from webapp.arguments import page_number
from webapp.asking import SORTS, Question, asked
from webapp.examples import first_examples
from webapp.facets import chosen, facets, field_name, value
from webapp.found import PER_PAGE, Found, described, results, suggestion
from webapp.nearby import entries_near
from webapp.published import published
from webapp.spellings import offers

blueprint = Blueprint("search", __name__)
blueprint.add_app_template_global(language_name, "language_name_of")

TEXTS = 10
"""Texts on a page where passages are grouped."""
OF_A_TEXT = 3
"""Passages of each that are shown there."""
MOST_VALUES = 100_000
VALUES = 200
"""Values on a page of a field."""


@blueprint.get("/search/")
def page() -> str | tuple[str, int]:
    """The search page."""
    question = asked()
    number = page_number()
    if published().index is None:
        return _page(question, unavailable=True), 503
    if question.is_empty:
        return _page(question, examples=first_examples())
    found = results(question, number, None if question.is_grouped else PER_PAGE)
    shown = found.hits[:0] if question.is_grouped else found.hits
    groups = _groups(question, found.hits, number) if question.is_grouped else []
    size, counted = (TEXTS, found.documents) if question.is_grouped else (PER_PAGE, found.total)
    return _page(
        question,
        found=found,
        hits=list(described(question, shown)),
        groups=groups,
        facets=facets(question, found.facets, found.total),
        page=number,
        page_count=max(1, -(-counted // size)),
        suggestion=suggestion(question, found),
        offers=offers(question),
        near=() if found.total else entries_near(question.text),
    )


def _page(question: Question, **values: object) -> str:
    has_dates = "year" in (index.fields if (index := published().index) else ())
    return render_template("search.html", question=question, chosen=chosen(question), sorts=SORTS, has_dates=has_dates, **values)


@dataclass(frozen=True, slots=True)
class Group:
    """A text with the first of the passages that were found in it; ``number`` counts all, ``address`` has them."""

    hits: tuple[Found, ...]
    number: int
    address: str


def _groups(question: Question, hits: Iterable[Hit], page: int) -> list[Group]:
    """A page of texts in the order of their first hits."""
    by_text: dict[str, list[Hit]] = {}
    for hit in hits:
        by_text.setdefault(hit.document, []).append(hit)
    here = url_for("search.page")
    groups = []
    for id, found in list(by_text.items())[(page - 1) * TEXTS : page * TEXTS]:
        address = question.narrowed("document", id).at(here, group="")
        groups.append(Group(tuple(described(question, found[:OF_A_TEXT])), len(found), address))
    return groups


@blueprint.get("/search/facet/<field>/")
def facet(field: str) -> str:
    """All values of a field under a question, commonest first."""
    index = published().index
    if index is None:
        abort(503)
    if field not in index.fields:
        abort(404, description="The search has no such field.")
    question = asked()
    page = page_number()
    found = results(question, 1, 1, facet_values=MOST_VALUES)
    _, values, number = next(each for each in found.facets if each[0] == field)
    here = url_for("search.page")
    shown = values[(page - 1) * VALUES : page * VALUES]
    return render_template(
        "search_facet.html",
        question=question,
        field=field,
        name=field_name(field),
        values=[value(question, here, field, each, count) for each, count in shown],
        number=number,
        page=page,
        page_count=max(1, -(-len(values) // VALUES)),
        chosen=chosen(question),
    )
