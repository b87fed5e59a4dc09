"""What is taken away: the formats of a document, the whole corpus, the registers as data; all as the build made them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, render_template, send_file, url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from edition.exports.graph import MOST_NAMED
from edition.records import Document
from edition.snapshot import Format
from webapp.absolute import absolute
from webapp.documents import known
from webapp.published import published

blueprint = Blueprint("downloads", __name__)

POLICIES = {
    "text/html": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox",
    "application/pdf": "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'",
}
"""Policies of files that a browser shows: a page in one file has its style inside, a browser's own reader of PDFs no sandbox."""


@dataclass(frozen=True, slots=True)
class File:
    """A document in a format, and its size."""

    format: Format
    bytes: int


@blueprint.app_template_global()
def formats_of(document: Document) -> tuple[File, ...]:
    """The formats that were made of a document, in the order in which they are shown."""
    here = published()
    sizes = here.sizes(document)
    return tuple(File(each, sizes[each.extension]) for each in here.formats if each.extension in sizes)


@blueprint.app_template_global()
def linked(document: Document) -> Markup:
    """What the JSON-LD of a document says of itself, for the head of its page: all but what it mentions."""
    made = published().in_format(document, "jsonld")
    if made is None:
        return Markup()
    said = {name: value for name, value in json.loads(made).items() if name != "mentions"}
    return htmlsafe_json_dumps(said, ensure_ascii=False)


@blueprint.get("/documents/<id>.<extension>")
def document(id: str, extension: str) -> Response:
    """A document in a format."""
    document, format = named(id, extension)
    made = published().in_format(document, format.extension)
    if made is None:
        abort(404, description=f"“{document.title}” could not be made as {format.name}.")
    return sent(made, f"{document.id}.{format.extension}", format.media_type)


def named(id: str, extension: str) -> tuple[Document, Format]:
    """The document and the format that the two parts of an address mean; the format is the longest that fits (``csl.json``)."""
    name = f"{id}.{extension}"
    matching = [each for each in published().formats if name.endswith(f".{each.extension}")]
    if not matching:
        abort(404, description="This edition has no such text, or not in this format.")
    format = max(matching, key=lambda each: len(each.extension))
    return known(name.removesuffix(f".{format.extension}")), format


@dataclass(frozen=True, slots=True)
class Listed:
    """A file on the page of downloads: its address, what it is and is about, its size and checksum."""

    address: str
    name: str
    what: str
    about: str
    media_type: str
    bytes: int
    sha256: str


@blueprint.get("/downloads/")
def page() -> str:
    """Everything that can be taken away, with sizes and checksums."""
    edition = current_app.config["SETTINGS"].edition_id
    words = url_for("downloads.downloads", name=f"{edition}-txt.zip")
    return render_template(
        "downloads.html",
        words=absolute(words) if current_app.config["SETTINGS"].site_url else "",
        archives=_listed("downloads", {f"{edition}-{extension}.zip": name for extension, name in _names().items()}),
        registers=_listed("registers", {"cmif.xml": "CMIF"}),
        total=published().catalogue.documents,
        most_named=MOST_NAMED,
        edition_id=edition,
    )


def _names() -> dict[str, str]:
    return {"tei": "TEI", **{each.extension: each.name for each in published().formats}}


def _listed(folder: str, names: Mapping[str, str]) -> list[Listed]:
    """The files of a folder of the snapshot: in the order of ``names``, which say what each is, and of the alphabet."""
    order = list(names)
    found = [(path.rpartition("/")[2], each) for path, each in published().files.items() if path.startswith(f"{folder}/")]
    found.sort(key=lambda file: (order.index(file[0]) if file[0] in order else len(order), file[0]))
    return [
        Listed(f"{url_for('home.index')}{folder}/{quote(name)}", name, *_said(name, names), each["bytes"], each["sha256"])
        for name, each in found
    ]


def _said(name: str, names: Mapping[str, str]) -> tuple[str, str, str]:
    """What a file is, for readers, what it is about, and its media type."""
    stem, _, extension = name.rpartition(".")
    what, media_type = DATA[extension]
    return names.get(name, what), ABOUT.get(stem, stem.capitalize()), media_type


DATA = {
    "csv": ("CSV", "text/csv"),
    "gexf": ("GEXF", "application/gexf+xml"),
    "json": ("JSON", "application/json"),
    "jsonld": ("JSON-LD", "application/ld+json"),
    "txt": ("BEACON", "text/plain"),
    "xml": ("TEI", "application/tei+xml"),
    "zip": ("archive", "application/zip"),
}
"""Files of the whole edition by extension: what each is, and its media type."""
ABOUT = {
    "beacon": "Which identifiers have a page here",
    "cmif": "Letters: who wrote to whom, and when",
    "cooccurrence": "Who stands beside whom",
    "mentions": "Who is named where",
}
"""Files of registers that are not a register, by stem: what they are about."""


@blueprint.get("/downloads/<name>")
def downloads(name: str) -> Response:
    """An archive of the corpus."""
    return _file(published().snapshot.downloads, name, name)


@blueprint.get("/registers/<name>.<any(csv, json, jsonld, xml, gexf, txt):extension>")
def registers(name: str, extension: str) -> Response:
    """A register as data."""
    file = f"{name}.{extension}"
    return _file(published().snapshot.registers, file, f"{current_app.config['SETTINGS'].edition_id}-{file}")


def _file(folder: Path, name: str, download_name: str) -> Response:
    if f"{folder.name}/{name}" not in published().files:
        abort(404, description="There is no such file here.")
    return send_file(folder / name, mimetype=DATA[name.rpartition(".")[2]][1], etag=False, download_name=download_name)


def sent(data: bytes, name: str, media_type: str) -> Response:
    """A file under a name that begins with that of the edition."""
    full = f"{current_app.config['SETTINGS'].edition_id}-{name}"
    answer = send_file(BytesIO(data), mimetype=media_type, etag=False, download_name=full)
    if media_type in POLICIES:
        answer.headers["Content-Security-Policy"] = POLICIES[media_type]
    return answer
