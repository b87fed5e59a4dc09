"""What programs ask a site for before they show it: its manifest, and what robots may read."""

from __future__ import annotations

import json
from textwrap import shorten
from urllib.parse import urljoin

from flask import Blueprint, Response, current_app, render_template, request, url_for

from webapp.published import published

blueprint = Blueprint("discovery", __name__)

PAPER = "#fbf9f4"
"""The ground of a page: ``--paper`` in ``static/tokens.css``."""
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
    home = current_app.config["SETTINGS"].site_url or request.url_root
    return Response(
        render_template(
            "opensearch.xml",
            short=shorten(site.title, 16, placeholder="").rstrip(",:;. ") or "Edition",
            long=shorten(site.title, 48, placeholder="…"),
            absolute=lambda path: urljoin(home, path.lstrip("/")),
        ),
        mimetype="application/opensearchdescription+xml",
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Robots may read everything but answers of the search, which are without number (RFC 9309, 2.2.3)."""
    search = url_for("search.page").removesuffix("/")
    return Response(f"User-agent: *\nDisallow: {search}*?\n", mimetype="text/plain")
