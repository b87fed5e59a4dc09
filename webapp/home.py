"""The home page and the prose of the edition."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

from flask import Blueprint, abort, render_template, url_for

from edition.records import Document
from webapp import splicing
from webapp.entries import Line, Register
from webapp.published import published
from webapp.texts import opening

blueprint = Blueprint("home", __name__)

SHOWN = 10
"""Texts on the home page; the list of texts has them all."""
NAMED = 6
"""Entries of each register on the home page."""


@blueprint.get("/")
def index() -> str:
    """What the edition is, its texts, a search box, and the ways in: by names, places, time, and from text to text."""
    here = published()
    documents = here.catalogue.listing(limit=SHOWN)
    return render_template(
        "home.html",
        documents=documents,
        apart=here.texts.apart,
        total=here.catalogue.documents,
        openings={document.id: opening(here.catalogue, document) for document in documents},
        comparisons=_comparisons(documents),
        introduction=here.fragment("reading", here.site, "edition") if here.site.source else "",
        registers=[(register, foremost(register)) for register in sorted(here.registers.values(), key=_is_of_time)],
    )


def _is_of_time(register: Register) -> bool:
    return register.kind.name == "event"


def foremost(register: Register) -> tuple[Line, ...]:
    """The entries that the texts name most often; events in order of time."""
    named = (line for line in register.lines if line.mentions)
    lines = nsmallest(NAMED, named, key=lambda line: (-line.mentions, line.filed, line.key))
    if _is_of_time(register):
        lines.sort(key=lambda line: (line.begins is None, line.begins or 0))
    return tuple(lines)


def _comparisons(documents: Iterable[Document]) -> list[tuple[Document, Document, str]]:
    """The pairs among these texts whose passages the editors linked, with the address where they stand side by side."""
    known = {document.id: document for document in documents}
    pairs = ((left, right) for left, right in published().catalogue.linked_documents() if left in known and right in known)
    return [(known[left], known[right], url_for("compare.page", left=left, right=right)) for left, right in pairs]


@blueprint.get("/pages/<id>/")
def prose(id: str) -> str:
    """A page of prose."""
    here = published()
    page = here.catalogue.document(id, "pages")
    if page is None:
        abort(404, description="This edition has no such page.")
    fragment = here.fragment("reading", page, "pages")
    led = splicing.spliced(fragment, splicing.ways(fragment, here.catalogue.part))
    return render_template("page.html", page=page, fragment=led)
