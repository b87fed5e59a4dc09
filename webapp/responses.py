"""What every answer carries: ETag and caching, security headers, and what every template knows."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from urllib.parse import urljoin

from flask import Flask, Response, g, request

from edition.settings import Settings
from webapp import project
from webapp.published import published

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy of a page: nothing inline, nothing from elsewhere."""

DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policy of data. TEI is untrusted: opened in a browser it may carry scripts in another namespace."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


FOR_PROGRAMS = ("/api/", "/dts/", "/oai")
"""Where the addresses begin that programs ask: pages of other sites may ask them too (CORS), and wrong turns are data."""

COMPRESSED = frozenset(
    "text/html text/css text/javascript text/plain text/csv application/json application/ld+json application/xml "
    "application/tei+xml application/atom+xml image/svg+xml".split()
)
"""Media types that gzip makes smaller."""
MOST_COMPRESSED = 2_000_000
"""Bytes of an answer that are compressed while the reader waits; what is longer is sent as it is."""


def install(app: Flask) -> None:
    """Give an app its hooks."""
    digest = _digest(Path(app.root_path), app.config["SETTINGS"])
    app.url_defaults(lambda endpoint, values: values.setdefault("v", digest) if endpoint.startswith("static") else None)
    app.context_processor(_for_templates(app.config["SETTINGS"]))

    @app.before_request
    def unchanged() -> Response | None:
        g.began = perf_counter()
        if not _is_of_the_snapshot():
            return None
        address = f"{published().name} {digest} {_coding()} {request.full_path}"
        g.etag = hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        return Response(status=304) if request.if_none_match.contains(g.etag) else None

    @app.after_request
    def dressed(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        durations = {"app": (perf_counter() - g.began) * 1000, **g.get("durations", {})}
        response.headers["Server-Timing"] = ", ".join(f"{name};dur={each:.1f}" for name, each in durations.items())
        is_page = response.mimetype == "text/html"
        response.headers.setdefault("Content-Security-Policy", POLICY if is_page else DATA_POLICY)
        if request.path.startswith(FOR_PROGRAMS):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        _compress(response)
        if (request.endpoint or "").startswith("static"):
            response.headers["Cache-Control"] = _kept(request.args.get("v") == digest)
        elif "etag" in g and response.status_code in (200, 304) and "unsettled" not in g:
            response.set_etag(g.etag)
            response.headers["Cache-Control"] = "no-cache"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response


def _coding() -> str:
    """How the bytes of this answer are written, by RFC 9110, 8.4.1."""
    return "gzip" if request.accept_encodings["gzip"] else "identity"


def _compress(response: Response) -> None:
    """Makes an answer shorter that the reader's browser can unfold."""
    length = response.content_length
    if response.mimetype not in COMPRESSED or response.status_code == 206 or length is None or length > MOST_COMPRESSED:
        return
    response.vary.add("Accept-Encoding")
    if _coding() == "gzip":
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def _kept(is_fixed: bool) -> str:
    """How long style may be kept: for good at an address with a version; fonts, which style sheets name without, for a week."""
    if is_fixed:
        return "public, max-age=31536000, immutable"
    return "public, max-age=604800" if request.path.endswith(".woff2") else "no-cache"


def _is_of_the_snapshot() -> bool:
    """Whether the answer is decided by the snapshot and the address alone."""
    endpoint = request.endpoint or ""
    return request.method in ("GET", "HEAD") and bool(endpoint) and not endpoint.startswith(("static", "health.", "oai."))


def _digest(folder: Path, settings: Settings) -> str:
    """The digest of the site's own code, templates, style and settings: a new version has new ETags for the same snapshot."""
    digest = hashlib.sha256(f"{settings.site_url} {settings.edition_id}".encode())
    for each in (folder, *project.folders(settings)):
        for path in sorted(path for path in each.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            digest.update(str(path.relative_to(each)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _for_templates(settings: Settings) -> Callable[[], dict[str, object]]:
    site_url = settings.site_url

    def values() -> dict[str, object]:
        here = published()
        canonical = urljoin(site_url, request.path.lstrip("/")) if site_url else ""
        return {
            "site": here.site,
            "pages": here.pages,
            "has_registers": here.has_registers,
            "has_changes": here.has_changes,
            "canonical": canonical,
            "site_url": site_url,
            "shows_report": settings.site_report,
        }

    return values
