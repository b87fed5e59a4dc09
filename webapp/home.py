"""The home page and the prose of the edition."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from edition.records import Document
from webapp.published import published

blueprint = Blueprint("home", __name__)

SHOWN = 12
"""Texts on the home page; the list of texts has them all."""
FIRST_WORDS = 40


@blueprint.get("/")
def index() -> str:
    """What the edition is, its texts, a search box."""
    here = published()
    documents = here.catalogue.listing(limit=SHOWN)
    introduction = here.fragment("reading", here.site, "edition") if here.site.source else ""
    first_words = {document.id: beginning(document) for document in documents}
    return render_template(
        "home.html",
        documents=documents,
        total=here.catalogue.documents,
        introduction=introduction,
        first_words=first_words,
    )


def beginning(document: Document) -> str:
    """How a text begins: the first words of its first paragraph, or of whatever it has."""
    passages = published().catalogue.passages_of(document.id, limit=50)
    first = next((passage for passage in passages if passage.kind in ("paragraph", "line")), passages[0] if passages else None)
    if first is None:
        return ""
    words = first.text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


@blueprint.get("/pages/<id>/")
def prose(id: str) -> str:
    """A page of prose."""
    here = published()
    page = here.catalogue.document(id, "pages")
    if page is None:
        abort(404, description="This edition has no such page.")
    return render_template("page.html", page=page, fragment=here.fragment("reading", page, "pages"))
