"""What programs ask a site for before they show it: its manifest, its search, its pages, and what robots may read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from textwrap import shorten

from flask import Blueprint, Response, abort, render_template, url_for

from webapp.absolute import absolute, address
from webapp.published import published

blueprint = Blueprint("discovery", __name__)

PAPER = "#fbf9f4"
"""The ground of a page: ``--paper`` in ``static/tokens.css``."""
MOST_PLACES = 50_000
"""Addresses of one sitemap, by its protocol."""
ICONS = (192, 512)
"""The sides of the icons in pixels; the same sign as ``static/icon.svg``."""


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """The web manifest: what the edition is called, and its sign, for those who put it on their screen."""
    site = published().site
    icons = [
        {"src": url_for("static", filename=f"icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"} for side in ICONS
    ]
    values = {
        "name": site.title,
        "short_name": site.title.partition(": ")[0],
        "description": site.subtitle,
        "lang": "en",
        "start_url": url_for("home.index"),
        "scope": url_for("home.index"),
        "display": "browser",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [{"src": url_for("static", filename="icon.svg"), "sizes": "any", "type": "image/svg+xml"}, *icons],
    }
    known = {name: value for name, value in values.items() if value}
    return Response(json.dumps(known, ensure_ascii=False), mimetype="application/manifest+json")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The description of the search by which browsers offer it (OpenSearch 1.1, draft 6): names of at most 16 and 48 signs."""
    site = published().site
    return Response(
        render_template(
            "opensearch.xml",
            short=shorten(site.title, 16, placeholder="").rstrip(",:;. ") or "Edition",
            long=shorten(site.title, 48, placeholder="…"),
            absolute=absolute,
        ),
        mimetype="application/opensearchdescription+xml",
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Robots may read everything but answers of the search, which are without number (RFC 9309, 2.2.3)."""
    search = url_for("search.page").removesuffix("/")
    return Response(f"User-agent: *\nDisallow: {search}*?\nSitemap: {address('discovery.sitemap')}\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The pages of the site with the day of their last change (sitemaps.org 0.9); more than one list may have, as lists."""
    if len(list(islice(_places(), MOST_PLACES + 1))) <= MOST_PLACES:
        return _sitemap(_places())
    number = -(-sum(1 for _ in _places()) // MOST_PLACES)
    lists = ((url_for("discovery.part_of_sitemap", number=each), "") for each in range(1, number + 1))
    return _sitemap(lists, "sitemap")


@blueprint.get("/sitemap-<int:number>.xml")
def part_of_sitemap(number: int) -> Response:
    """One of the lists."""
    if number < 1 or not (places := list(islice(_places(), (number - 1) * MOST_PLACES, number * MOST_PLACES))):
        abort(404)
    return _sitemap(places)


def _sitemap(places: Iterable[tuple[str, str]], element: str = "url") -> Response:
    whole = ((absolute(path), day) for path, day in places)
    return Response(render_template("sitemap.xml", element=element, places=whole), mimetype="application/xml")


def _places() -> Iterator[tuple[str, str]]:
    """The path of every page that stands for itself, and the day of the last change of what it shows, empty where unknown."""
    here = published()
    for endpoint in ("home.index", "documents.listing", "search.page", "examples.page", "versions.page"):
        yield url_for(endpoint), here.site.date if endpoint == "home.index" else ""
    for id, day in here.catalogue.changed():
        yield url_for("documents.reading", id=id), day
        for part in here.catalogue.parts(id):
            yield url_for("documents.reading", id=id, part=part.id), day
    for id, _ in here.pages:
        yield url_for("home.prose", id=id), ""
    for register in here.registers.values():
        yield url_for("registers.listing", kind=register.kind.many), ""
        for line in register.lines:
            yield url_for("registers.entry", kind=register.kind.many, key=line.key), ""
