"""Typed links between the page of a text, its formats and its metadata: FAIR Signposting Profile, levels 1 and 2.

At level 1 they stand in the head of an answer (RFC 8288), at level 2 in a set of links of its own (RFC 9264).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from edition.records import Document
from webapp.absolute import absolute
from webapp.documents import known
from webapp.downloads import formats_of, named

blueprint = Blueprint("signposting", __name__)

METADATA = frozenset(("bib", "ris", "csl.json", "jsonld"))
"""Formats that describe a text; the others have it."""
JSON, TEXT = "application/linkset+json", "application/linkset"
TEI, HTML = "application/tei+xml", "text/html"
LANDING, CONTENT = frozenset(("documents.reading",)), frozenset(("documents.tei", "downloads.document"))
"""The page of a text, and what gives its formats."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link from ``anchor``, both addresses absolute; ``type`` is a media type or empty."""

    anchor: str
    relation: str
    target: str
    type: str = ""

    def text(self, with_anchor: bool) -> str:
        """The link as a head has it."""
        anchor = f'; anchor="{self.anchor}"' if with_anchor else ""
        type = f'; type="{self.type}"' if self.type else ""
        return f'<{self.target}>; rel="{self.relation}"{type}{anchor}'


def links(document: Document) -> list[Link]:
    """The links from the page of a text, and those back to it from each of its formats."""
    page = absolute(url_for("documents.reading", id=document.id))
    licence = next((each.target for each in document.licences if _PLAIN.fullmatch(each.target)), "")
    found = [Link(page, "cite-as", page)] if current_app.config["SETTINGS"].site_url else []
    found.append(Link(page, "type", "https://schema.org/Article"))
    found += [Link(page, "license", licence)] if licence else []
    formats = [(absolute(url_for("documents.tei", id=document.id)), TEI, False)]
    for file in formats_of(document):
        extension = file.format.extension
        address = absolute(url_for("downloads.document", id=document.id, extension=extension))
        formats.append((address, file.format.media_type, extension in METADATA))
    found += [Link(page, "describedby" if is_metadata else "item", address, type) for address, type, is_metadata in formats]
    found += [Link(address, "describes" if is_metadata else "collection", page, HTML) for address, _, is_metadata in formats]
    return found


_PLAIN = re.compile(r"https?://[!#-;=?-~]+")
"""An address that can stand in the head of an answer as it is."""


@blueprint.get("/documents/<id>/linkset.json")
def linkset_in_json(id: str) -> Response:
    """All links of a text (RFC 9264, 4.2)."""
    anchors: dict[str, dict[str, Any]] = {}
    for link in links(known(id)):
        target = {"href": link.target, **({"type": link.type} if link.type else {})}
        anchors.setdefault(link.anchor, {"anchor": link.anchor}).setdefault(link.relation, []).append(target)
    return Response(json.dumps({"linkset": [*anchors.values()]}, indent=1) + "\n", mimetype=JSON)


@blueprint.get("/documents/<id>/linkset.txt")
def linkset_in_text(id: str) -> Response:
    """All links of a text as the head of an answer would have them (RFC 9264, 4.1)."""
    return Response(",\n".join(link.text(with_anchor=True) for link in links(known(id))) + "\n", mimetype=TEXT)


@blueprint.after_app_request
def point(response: Response) -> Response:
    """Level 1: the links of the page of a text and of its formats, and where all of them are."""
    if response.status_code != 200 or request.endpoint not in LANDING | CONTENT:
        return response
    given = request.view_args or {}
    id = named(**given)[0].id if "extension" in given else given["id"]
    here = absolute(request.path)
    own = [link.text(with_anchor=False) for link in links(known(id)) if link.anchor == here]
    for place, type in ((".linkset_in_json", JSON), (".linkset_in_text", TEXT)):
        own.append(Link(here, "linkset", absolute(url_for(f"signposting{place}", id=id)), type).text(with_anchor=False))
    response.headers.add("Link", ", ".join(own))
    return response
