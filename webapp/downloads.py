"""What is taken away: the formats of a document, as the build made them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, send_file

from edition.exports.formats import Format
from edition.records import Document
from webapp.documents import known
from webapp.published import published

blueprint = Blueprint("downloads", __name__)

POLICIES = {
    "text/html": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; frame-ancestors 'none'; sandbox",
    "application/pdf": "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'",
}
"""Policies of files that a browser shows: a page in one file has its style inside, a browser's own reader of PDFs no sandbox."""


@dataclass(frozen=True, slots=True)
class File:
    """A document in a format: where it lies, and its size."""

    format: Format
    path: Path
    bytes: int


@blueprint.app_template_global()
def formats_of(document: Document) -> tuple[File, ...]:
    """The formats that were made of a document, in the order in which they are shown."""
    here = published()
    paths = ((each, here.snapshot.export(each.extension, document.path)) for each in here.formats)
    return tuple(File(each, path, path.stat().st_size) for each, path in paths if path.is_file())


@blueprint.get("/documents/<id>.<extension>")
def document(id: str, extension: str) -> Response:
    """A document in a format."""
    name = f"{id}.{extension}"
    matching = [each for each in published().formats if name.endswith(f".{each.extension}")]
    if not matching:
        abort(404, description="This edition has no such text, or not in this format.")
    format = max(matching, key=lambda each: len(each.extension))
    document = known(name.removesuffix(f".{format.extension}"))
    path = published().snapshot.export(format.extension, document.path)
    if not path.is_file():
        abort(404, description=f"“{document.title}” could not be made as {format.name}.")
    return sent(path, f"{document.id}.{format.extension}", format.media_type)


def sent(path: Path, name: str, media_type: str) -> Response:
    """A file under a name that begins with that of the edition."""
    full = f"{current_app.config['SETTINGS'].edition_id}-{name}"
    answer = send_file(path, mimetype=media_type, etag=False, download_name=full)
    if media_type in POLICIES:
        answer.headers["Content-Security-Policy"] = POLICIES[media_type]
    return answer
