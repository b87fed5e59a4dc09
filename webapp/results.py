"""A whole result to take away: as a table, as JSON, as TEI; the same query string as the search page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for

from edition import store
from search_index.reader import Results
from webapp import slices
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

    A passage stands between the start tags it stands between in its document: the whole is well-formed, but not valid. What
    comes again, such as the division that two passages stand in, has its id the first time and then points there (``sameAs``).
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
    address = public(request.full_path.rstrip("?"))
    yield _header(f"Passages found in {site.title}", about, address, question.text, f"{edition}. ") + "\n"
    owners: dict[str, str] = {}
    for document, hits in groupby(_all(question, found), key=attrgetter("document")):
        whole = published().made(document, store.RESOLVED)
        yield from (_fragment(hit, slices.element(whole, hit.passage.place), owners) + "\n" for hit in hits)
    yield "</teiCorpus>\n"


def _header(title: str, publication: str, address: str, source: str, edition: str = "") -> str:
    values = {"title": title, "publication": publication, "address": address, "source": source, "edition": edition}
    return render_template("result_header.xml", **{name: _clean(value) for name, value in values.items()})


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may be typed and cannot stand in XML (XML 1.0, 2.2)."""


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


_ATTRIBUTES = r"""(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))"""
_ROOT = re.compile(rf"<[\w:.-]+{_ATTRIBUTES}*\s*>")
"""The start tag of the outermost element, as it was serialised."""
_TAG = re.compile(rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(<[\w:.-]+{_ATTRIBUTES}+\s*/?>)", re.DOTALL)
"""What may look like an attribute and is none, or a start tag with attributes."""
_ID = re.compile(r"""\sxml:id\s*=\s*["']([^"']*)["']""")
_SAME = re.compile(r"\ssameAs\s*=")


def _fragment(found: Found, tei: str, owners: dict[str, str]) -> str:
    """The TEI of a passage with a header: what it is, its address, under which terms.

    ``owners`` are the ids that were given before, each with its document; those of this passage are added.
    """
    terms = " ".join(f"{each.text} {each.target}".strip() for each in found.document.licences)
    title = f"{found.document.title}, {found.passage.label}"
    rights = terms or "Nothing is stated about the rights in this text."
    header = _header(title, rights, public(found.plain_address), found.passage.id)
    document = found.document.id
    written = _TAG.sub(lambda tag: _once(tag[0], document, owners) if tag[1] else tag[0], tei)
    root = _ROOT.match(written)
    end = root.end() if root else 0
    return written[:end] + header + written[end:]


def _once(tag: str, document: str, owners: dict[str, str]) -> str:
    """A start tag whose id is given here for the first time, else one that points to what has it."""
    id = _ID.search(tag)
    if id is None or id[1] not in owners:
        owners |= {id[1]: document} if id else {}
        return tag
    file = "" if owners[id[1]] == document else public(url_for("documents.tei", id=document))
    pointer = "" if _SAME.search(tag) else f' sameAs="{file}#{id[1]}"'
    return tag[: id.start()] + pointer + tag[id.end() :]


def _all(question: Question, found: Results) -> Iterator[Found]:
    for start in range(0, len(found.hits), AT_A_TIME):
        yield from described(question, found.hits[start : start + AT_A_TIME])
