"""The versions of the edition and what was changed: a page, and a feed of the changes (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, abort, render_template

from edition.records import Change, Document
from webapp.absolute import absolute
from webapp.published import published

blueprint = Blueprint("versions", __name__)

SHOWN = 100
"""Changes of the texts on the page and in the feed: the last ones; the header of each text has all of them."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the edition: its name, the day it came out (ISO 8601 or empty, and in words), what the header says of it."""

    name: str
    date: str
    date_text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of a text; ``number`` counts the changes of that text from the first, so that it stays when others come."""

    document: Document
    change: Change
    number: int


def versions(site: Document) -> tuple[Version, ...]:
    """The versions that the header of the edition tells of, the latest first; the present one even if no change names it."""
    named = [change for change in site.changes if change.version]
    told = {name: tuple(changes) for name, changes in groupby(named, key=lambda change: change.version)}
    before = [
        Version(name, changes[0].date, changes[0].date_text, changes) for name, changes in told.items() if name != site.edition
    ]
    present = Version(site.edition, site.date, site.date_text, told.get(site.edition, ()))
    return (present, *before) if site.edition or site.date else tuple(before)


def last_changes(documents: Iterable[Document], limit: int) -> list[Changed]:
    """The dated changes of these texts, the latest first, at most ``limit``."""
    changes = (
        Changed(document, change, len(document.changes) - place)
        for document in documents
        for place, change in enumerate(document.changes)
        if change.date
    )
    return sorted(changes, key=lambda each: each.change.date, reverse=True)[:limit]


@blueprint.get("/versions/")
def page() -> str:
    """The versions, and the last changes of the texts, day by day."""
    here = published()
    changes = last_changes(here.catalogue.last_changed(SHOWN), SHOWN)
    days = [(day, list(changed)) for day, changed in groupby(changes, key=lambda each: each.change.date)]
    return render_template("versions.html", versions=versions(here.site), days=days, shown=SHOWN, is_cut=len(changes) == SHOWN)


@blueprint.get("/feed.atom")
def feed() -> Response:
    """The last changes of the texts as an Atom feed, an entry each. Where no change is dated there is none."""
    changes = last_changes(published().catalogue.last_changed(SHOWN), SHOWN)
    if not changes:
        abort(404, description="The headers of the texts date no changes.")
    made = render_template("feed.atom.xml", changes=changes, absolute=absolute, moment=_moment)
    return Response(made, mimetype="application/atom+xml")


def _moment(day: str) -> str:
    """The beginning of a day, a month or a year in universal time, as the feed has moments (RFC 3339)."""
    return f"{day}{'-01' * (2 - day.count('-'))}T00:00:00Z"
