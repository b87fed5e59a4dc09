"""The edition as JSON, under /api/v1/."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, url_for

from edition.records import Document
from webapp.arguments import number, page_number
from webapp.documents import known
from webapp.published import published
from webapp.search import PER_PAGE, asked, found

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

PAGE = 100
"""Documents in one answer of the list, where ``per_page`` does not say."""
MOST = 200
"""The most that ``per_page`` may ask for."""


@blueprint.get("/documents")
def documents() -> dict[str, Any]:
    """All documents, in order, ``per_page`` at a time; ``next`` is the address of the next answer or null."""
    catalogue = published().catalogue
    page, size = page_number(), number("per_page", PAGE, MOST)
    listed = catalogue.listing(offset=(page - 1) * size, limit=size)
    more = page * size < catalogue.documents
    sizes: dict[str, Any] = {"per_page": size} if size != PAGE else {}
    return {
        "snapshot": published().snapshot.id,
        "total": catalogue.documents,
        "documents": [_summary(each) for each in listed],
        "next": url_for("api.documents", page=page + 1, **sizes) if more else None,
    }


def _summary(document: Document) -> dict[str, Any]:
    url = url_for("documents.reading", id=document.id)
    return {
        "id": document.id,
        "title": document.title,
        "url": url,
        "tei": url_for("documents.tei", id=document.id),
        "source": document.source,
        "words": document.words,
        "passages": document.passages,
        "parts": [url],
        "date": document.date or None,
        "language": document.language or None,
    }


@blueprint.get("/documents/<id>")
def document(id: str) -> dict[str, Any]:
    """One document: its header, its contents, and its passages by id, kind and label."""
    document = known(id)
    record = asdict(document) | _summary(document)
    listed = published().catalogue.passages_of(id)
    passages = [{"id": each.id, "kind": each.kind, "label": each.label, "url": _address(id, each.id)} for each in listed]
    return {"snapshot": published().snapshot.id, **record, "passage_list": passages}


@blueprint.get("/documents/<id>/passages/<passage>")
def passage(id: str, passage: str) -> dict[str, Any]:
    """One passage: its words, its TEI with the open ancestors, its address."""
    known(id)
    found = published().catalogue.passage(id, passage)
    if found is None:
        abort(404, description=f"The document “{id}” has no passage “{passage}”.")
    return {
        "snapshot": published().snapshot.id,
        "document": id,
        "id": found.id,
        "kind": found.kind,
        "label": found.label,
        "language": found.language or None,
        "text": found.text,
        "tei": found.tei,
        "url": _address(id, found.id),
    }


def _address(document: str, passage: str) -> str:
    return url_for("documents.reading", id=document, _anchor=passage)


@blueprint.get("/search")
def search() -> dict[str, Any]:
    """The search of the site, hit by hit."""
    question = asked()
    result = found(question, page_number(), number("per_page", PER_PAGE, MOST))
    problems = [asdict(problem) for problem in question.query.problems]
    return {"query": question.text, "understood": question.query.understood, "problems": problems, **result}
