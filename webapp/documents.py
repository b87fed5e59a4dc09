"""Documents: the list, the reading view, the source, the TEI itself."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, render_template, request, send_file
from markupsafe import Markup

from edition import runs
from edition.records import Document, Passage
from search_index.marks import matches
from search_index.query import Query, parse
from search_index.reader import SearchError
from webapp.arguments import page_number
from webapp.published import published

blueprint = Blueprint("documents", __name__, url_prefix="/documents")

PAGE = 100
"""Documents on a page of the list."""


@blueprint.get("/")
def listing() -> str:
    """All documents, a page at a time."""
    catalogue = published().catalogue
    page = page_number()
    documents = catalogue.listing(offset=(page - 1) * PAGE, limit=PAGE)
    return render_template(
        "documents.html",
        documents=documents,
        total=catalogue.documents,
        words=catalogue.words,
        page=page,
        page_count=max(1, -(-catalogue.documents // PAGE)),
    )


@blueprint.get("/<id>/")
def reading(id: str) -> str:
    """The reading view; ``?q=`` marks what a search finds in it."""
    document = known(id)
    fragment = published().fragment("reading", document)
    text = request.args.get("q", "").strip()
    query = parse(text)
    hits = 0
    if query.tree is not None:
        fragment, hits = marked(document, fragment, query)
    before, after = published().catalogue.neighbours(id)
    return render_template(
        "document.html",
        document=document,
        fragment=fragment,
        query=text if query.tree is not None else "",
        hits=hits,
        previous=before,
        next=after,
    )


@blueprint.get("/<id>/source/")
def source(id: str) -> str:
    """The TEI, highlighted."""
    document = known(id)
    return render_template("source.html", document=document, fragment=published().fragment("source", document))


@blueprint.get("/<id>.xml")
def tei(id: str) -> Response:
    """The TEI as published, byte for byte."""
    path = published().snapshot.tei("documents", known(id).source)
    return send_file(path, mimetype="application/tei+xml", etag=False, download_name=f"{id}.xml")


def known(id: str) -> Document:
    """The document of this id, or the answer 404."""
    document = published().catalogue.document(id)
    if document is None:
        abort(404, description="This edition has no such text.")
    return document


def marked(document: Document, fragment: Markup, query: Query) -> tuple[Markup, int]:
    """The fragment with ``<mark>`` around what the query matches in the passages it finds, and how many matches that is.

    Matches are numbered ``hit-1`` … in the order of the page; one that markup interrupts is marked in pieces. While the search is
    out of order nothing is marked.
    """
    pieces: list[tuple[int, int, bool]] = []
    for passage in found_in(document, query):
        text = runs.text(fragment, passage.runs)
        for start, end in matches(query, text, passage.language):
            places = runs.places(passage.runs, start, end)
            pieces += [(first, last, n == 0) for n, (first, last) in enumerate(places)]
    out: list[Markup] = []
    position = hits = 0
    for first, last, begins in sorted(pieces):
        hits += begins
        opening = Markup('<mark id="hit-{}">').format(hits) if begins else Markup("<mark>")
        out += [fragment[position:first], opening, fragment[first:last], Markup("</mark>")]
        position = last
    return Markup("").join([*out, fragment[position:]]), hits


def found_in(document: Document, query: Query) -> tuple[Passage, ...]:
    """The passages of a document that a search finds; none while the search is out of order."""
    here = published()
    if here.index is None:
        return ()
    try:
        results = here.index.find(query, {"document": (document.id,)}, per_page=document.passages, sort="document")
    except SearchError:
        g.unsettled = True
        return ()
    if not results.complete:
        g.unsettled = True  # cut short by the clock: not the same answer every time
    return here.catalogue.numbered([hit.number for hit in results.hits])
