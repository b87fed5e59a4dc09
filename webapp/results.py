"""A whole result to take away: as a table, as JSON, as TEI; the same query string as the search page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, request, stream_with_context

from search_index.reader import Results
from webapp.asking import Question, asked
from webapp.found import Found, described, results, suggestion, values_of
from webapp.published import published
from webapp.tables import csv_answer
from webapp.views import public

blueprint = Blueprint("results", __name__)

AT_A_TIME = 500
"""Passages that are read at a time."""
COLUMNS = ("document", "title", "date", "passage", "label", "kind", "language", "address", "matches", "text")


@blueprint.get("/search.csv")
def table() -> Response:
    """A passage a line, with its whole text."""
    question = asked()
    return csv_answer(COLUMNS, map(_row, _all(question, results(question, per_page=None))))


def _row(found: Found) -> tuple[str | int, ...]:
    document, passage = found.document, found.passage
    place = (document.id, document.title, document.date, passage.id, passage.label, passage.kind, passage.language)
    return (*place, public(found.plain_address), sum(bool(piece.match) for piece in found.pieces), found.text)


@blueprint.get("/search.json")
def data() -> Response:
    """What /api/v1/search says, all hits at once."""
    question = asked()
    found = results(question, per_page=None)
    head = {**summary(question, found), "suggestion": suggestion(question, found)}
    return Response(stream_with_context(_json(head, _all(question, found))), mimetype="application/json")


def summary(question: Question, found: Results) -> dict[str, object]:
    """What was asked and how much was found, as the contract says."""
    return {
        "query": question.text,
        "understood": question.query.understood,
        "problems": [asdict(problem) for problem in question.query.problems],
        "total": found.total,
        "documents": found.documents,
        "complete": found.complete,
        "notes": list(found.notes),
        "facets": values_of(found),
    }


def _json(head: dict[str, object], hits: Iterator[Found]) -> Iterator[str]:
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "hits": ['
    for number, hit in enumerate(hits):
        yield (",\n" if number else "\n") + json.dumps(hit.data, ensure_ascii=False)
    yield "\n]}\n"


@blueprint.get("/search.xml")
def tei() -> Response:
    """The TEI of the passages in the order of the texts: a ``teiCorpus``, each passage a ``TEI`` of its own.

    A passage stands between the start tags it stands between in its document, so ids and attributes of what is around it are
    there with each of its passages, and the whole is well-formed TEI but not valid.
    """
    question = replace(asked(), sort="document")
    found = results(question, per_page=None)
    return Response(stream_with_context(_tei(question, found)), mimetype="application/tei+xml")


def _tei(question: Question, found: Results) -> Iterator[str]:
    site = published().site
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
    edition = ", ".join(part for part in (site.title, site.edition, site.date_text or site.date) if part)
    about = f"{found.total} passages in {found.documents} texts, searched for: {question.query.understood}."
    if not found.complete:
        about += " The search was cut short; there may be more."
    source = f'<p>{escape(edition)}. <ref target={quoteattr(public(request.full_path.rstrip("?")))}>{escape(question.text)}</ref></p>'
    yield _header(f"Passages found in {site.title}", f"<p>{escape(about)}</p>", source) + "\n"
    for hit in _all(question, found):
        yield _fragment(hit) + "\n"
    yield "</teiCorpus>\n"


def _header(title: str, publication: str, source: str) -> str:
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{escape(title)}</title></titleStmt>"
        f"<publicationStmt>{publication}</publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc></teiHeader>"
    )


_ROOT = re.compile(r"""<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*>""")
"""The start tag of the outermost element, as it was serialised."""


def _fragment(found: Found) -> str:
    """The stored TEI of a passage with a header: what it is, its address, under which terms."""
    address = public(found.plain_address)
    terms = " ".join(f"{each.text} {each.target}".strip() for each in found.document.licences)
    header = _header(
        f"{found.document.title}, {found.passage.label}",
        f"<p>{escape(terms or 'Nothing is stated about the rights in this text.')}</p>",
        f"<p><ref target={quoteattr(address)}>{escape(found.passage.id)}</ref></p>",
    )
    root = _ROOT.match(found.passage.tei)
    end = root.end() if root else 0
    return found.passage.tei[:end] + header + found.passage.tei[end:]


def _all(question: Question, found: Results) -> Iterator[Found]:
    for start in range(0, len(found.hits), AT_A_TIME):
        yield from described(question, found.hits[start : start + AT_A_TIME])
