"""Search: the page, and the one way from a query string to described hits that page and API share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from flask import Blueprint, abort, g, render_template, request, url_for
from markupsafe import Markup

from edition.records import Passage
from search_index.marks import Snippet, snippets
from search_index.query import Query, parse
from search_index.reader import Hit, Results, SearchError
from webapp.arguments import page_number
from webapp.nearby import entries_near
from webapp.published import published
from webapp.texts import opening

blueprint = Blueprint("search", __name__)

PER_PAGE = 20
FIRST_WORDS = 40
"""Words of a text from which the examples are taken."""
Sort = Literal["relevance", "document"]


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the text as typed, as parsed, and the values it is narrowed to, by search field (each may have several)."""

    text: str
    query: Query
    filters: Mapping[str, tuple[str, ...]]
    sort: Sort


def asked() -> Question:
    """The question of this request; 400 where its sort is none."""
    text = request.args.get("q", "").strip()
    index = published().index
    given = ((name, tuple(value for value in request.args.getlist(name) if value)) for name in (index.fields if index else ()))
    return Question(text, parse(text), {name: values for name, values in given if values}, _sort())


def _sort() -> Sort:
    match request.args.get("sort", "relevance"):
        case "relevance" | "document" as sort:
            return sort
        case _:
            abort(400, description="“sort” must be relevance or document.")


def found(question: Question, page: int, per_page: int) -> dict[str, Any]:
    """What the search finds, described as the contract says, but for the query itself; 503 where the search is out of order."""
    results = _results(question, page, per_page)
    if not results.complete:
        g.unsettled = True  # cut short by the clock: not the same answer every time
    passages = published().catalogue.numbered([hit.number for hit in results.hits])
    return {
        "total": results.total,
        "documents": results.documents,
        "page": page,
        "pages": max(1, -(-results.total // per_page)),
        "complete": results.complete,
        "notes": list(results.notes),
        "hits": [_hit(question, hit, passage) for hit, passage in zip(results.hits, passages, strict=True)],
        "facets": {field: [_value(field, *each) for each in values] for field, values in results.facets},
        "suggestion": None,
    }


def _results(question: Question, page: int, per_page: int) -> Results:
    index = published().index
    if index is None:
        abort(503)
    try:
        return index.find(question.query, question.filters, page, per_page, question.sort)
    except SearchError:
        abort(503)


def _hit(question: Question, hit: Hit, passage: Passage) -> dict[str, Any]:
    shown = snippets(question.query, passage.text, passage.language)
    document = published().catalogue.document(passage.document)
    words: dict[str, Any] = {"q": question.text} if question.query.tree is not None else {}
    return {
        "document": passage.document,
        "title": document.title if document else passage.document,
        "passage": passage.id,
        "label": passage.label,
        "kind": passage.kind,
        "language": passage.language,
        "url": url_for("documents.reading", id=passage.document, **words, _anchor=passage.id),
        "score": round(hit.score, 4),
        "snippets": [{"before": each.before, "match": each.match, "after": each.after} for each in shown],
        "html": _html(shown, passage.text),
    }


def _html(shown: Sequence[Snippet], text: str) -> Markup:
    """The snippets of a passage as one line of HTML, with … where words were left out."""
    line, end = Markup(""), 0
    for each in shown:
        if each.start > end:
            line += " … " if end else "… "
        line += each.before
        if each.match:
            line += Markup("<mark>{}</mark>").format(each.match)
        line += each.after
        end = each.end
    return line + " …" if end < len(text) else line


def _value(field: str, value: str, count: int) -> dict[str, Any]:
    document = published().catalogue.document(value) if field == "document" else None
    return {"value": value, "label": document.title if document else value, "count": count}


@blueprint.get("/search/")
def page() -> tuple[str, int]:
    """The search page; all of its state is in the address."""
    question = asked()
    number = page_number()
    if published().index is None:
        return _page(question, unavailable=True), 503
    if question.query.tree is None:
        return _page(question, examples=_examples()), 200
    results = found(question, number, PER_PAGE)
    results["facets"] = {field: [_link(question, field, each) for each in values] for field, values in results["facets"].items()}
    near = () if results["total"] else entries_near(question.text)
    return _page(question, results=results, near=near), 200


def _page(question: Question, **values: object) -> str:
    query = {"text": question.text, "understood": question.query.understood, "problems": question.query.problems}
    return render_template("search.html", query=query, filters=question.filters, **values)


def _link(question: Question, field: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """A facet's value with the address that narrows to it, or widens again if it is chosen."""
    chosen = question.filters.get(field, ())
    selected = value["value"] in chosen
    others = {name: values for name, values in question.filters.items() if name != field}
    target = others if selected else others | {field: (value["value"],)}
    return {**value, "selected": selected, "url": url_for("search.page", q=question.text, **target)}


def _examples() -> tuple[str, ...]:
    """Queries that find something in this edition, from how its first text begins: a word, a phrase, the beginning of a word."""
    catalogue = published().catalogue
    openings = (opening(catalogue, document) for document in catalogue.listing(limit=1))
    words = [word for each in openings if each for word in each.passage.text.split()[:FIRST_WORDS] if word.isalpha()]
    longest = max(words, key=len, default="")
    if len(longest) < 4:
        return ()
    place = words.index(longest)
    phrase = " ".join(words[max(0, place - 1) : max(0, place - 1) + 2])
    return (longest, f'"{phrase}"', f"{longest[: len(longest) // 2]}*")
