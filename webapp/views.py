"""Other views of a document: its text as received, its header in words, and how it is cited."""

from __future__ import annotations

import json
from urllib.parse import urljoin

from flask import Blueprint, abort, current_app, render_template, request
from werkzeug.wrappers import Response

from edition import citations
from edition.exports.styled import ADDRESS, STYLED
from edition.records import Document, Passage
from webapp import splicing
from webapp.documents import known
from webapp.parts import contents, shown_part
from webapp.places import address
from webapp.published import published

blueprint = Blueprint("views", __name__, url_prefix="/documents")
blueprint.add_app_template_global(citations.full_title, "full_title")


@blueprint.get("/<id>/diplomatic/")
@blueprint.get("/<id>/part/<part>/diplomatic/")
def diplomatic(id: str, part: str = "") -> str | Response:
    """The text as received or transcribed, of a long text its contents or a part."""
    document = known(id)
    here = shown_part(document, part, "views.diplomatic")
    if here is None:
        return contents(document, "As received", "views.diplomatic")
    if isinstance(here, Response):
        return here
    fragment = here.fragment("diplomatic")
    fragment = splicing.spliced(fragment, [*here.pictures("diplomatic"), *here.ways(fragment)])
    return render_template("diplomatic.html", document=document, here=here, fragment=fragment)


@blueprint.get("/<id>/header/")
def header(id: str) -> str:
    """The header in words: who, what, where from, on what terms, what was changed."""
    document = known(id)
    fragment = published().fragment("header", document)
    return render_template(
        "header.html", document=document, fragment=splicing.spliced(fragment, splicing.ways(fragment, published().catalogue.part))
    )


@blueprint.get("/<id>/cite/")
def cite(id: str) -> str:
    """How the text is cited, or with ``?passage=`` that passage."""
    document = known(id)
    passage = asked_passage(document)
    place = address(id, passage.id if passage else None)
    citation = citations.Citation(document, passage, published().site, public(place))
    return render_template(
        "cite.html",
        document=document,
        passage=passage,
        citation=citation,
        place=place,
        parts=citations.in_words(citation),
        styles=_styled(document, citation),
        formats=(
            ("BibTeX", "bibtex", citations.bibtex(citation)),
            ("RIS", "ris", citations.ris(citation)),
            ("CSL-JSON", "csl-json", citations.csl_json(citation)),
        ),
        quotation=citations.quotation(citation),
    )


def _styled(document: Document, citation: citations.Citation) -> list[tuple[str, list[tuple[str, str]]]]:
    """The citation in each style, in pieces; none where the build could not make them."""
    made = published().in_format(document, STYLED)
    return [
        (name, [(words.replace(ADDRESS, citation.address), kind) for words, kind in pieces])
        for name, pieces in json.loads(made or b"[]")
    ]


def asked_passage(document: Document) -> Passage | None:
    """The passage ``?passage=`` names; None where it names none, the answer 404 where the document has no such passage."""
    asked = request.args.get("passage", "").strip()
    if not asked:
        return None
    passage = published().catalogue.passage(document.id, asked)
    if passage is None:
        abort(404, description=f"The text “{document.title}” has no passage “{asked}”.")
    return passage


def public(path: str) -> str:
    """The permanent address of a path: at the site's public address where the project has one, else the path itself."""
    return urljoin(current_app.config["SETTINGS"].site_url, path.lstrip("/")) if current_app.config["SETTINGS"].site_url else path
