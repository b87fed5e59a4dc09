"""What answers of Distributed Text Services are made of: collections, resources, citation trees, units, pages of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from flask import request

from edition.citation_trees import CitationTree, Unit
from edition.records import Document
from webapp.absolute import absolute, address
from webapp.dublin_core import terms
from webapp.folders import Folder
from webapp.published import published

CONTEXT = "https://dtsapi.org/context/v1.0.json"
VERSION = "1.0"
ROOT = "collection/"
"""The id of the collection of all; those of the others have their path behind it. No document's id has a slash."""
TEI, HTML, TEXT = "application/tei+xml", "text/html", "text/plain"
_DUBLIN_CORE = ("http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/")
_WORDED = frozenset(("title", "description"))
_OF_DOCUMENTS = frozenset(("identifier", "format", "type"))
_MANY = frozenset(("creator", "contributor", "language", "rights", "type"))


def entry() -> dict[str, Any]:
    """The entry point."""
    return {
        "@context": CONTEXT,
        "dtsVersion": VERSION,
        "@id": address("dts.entry"),
        "@type": "EntryPoint",
        "collection": address("dts.collection") + "{?id,page,nav}",
        "navigation": address("dts.navigation") + "{?resource,ref,start,end,down,tree,page}",
        "document": address("dts.document") + "{?resource,ref,start,end,tree,mediaType}",
    }


def collection(folder: Folder) -> dict[str, Any]:
    """A collection as it stands in answers, without its members."""
    site = published().site
    about = {name: value for name, value in _metadata(site).items() if name not in _OF_DOCUMENTS}
    described: dict[str, Any] = {} if folder.path else {"description": site.subtitle, "dublinCore": about}
    return {
        "@id": ROOT + folder.path,
        "@type": "Collection",
        "dtsVersion": VERSION,
        "title": folder.name or site.title,
        "totalParents": 1 if folder.path else 0,
        "totalChildren": len(folder.folders) + len(folder.documents),
        **{name: value for name, value in described.items() if value},
        "collection": _template("dts.collection", "id", ROOT + folder.path, "page,nav"),
    }


def resource(document: Document) -> dict[str, Any]:
    """A document as it stands in answers."""
    described = ". ".join(filter(None, (document.subtitle, document.source_description)))
    return {
        "@id": document.id,
        "@type": "Resource",
        "dtsVersion": VERSION,
        "title": document.title,
        "totalParents": 1,
        "totalChildren": 0,
        **({"description": described} if described else {}),
        "dublinCore": _metadata(document),
        "collection": _template("dts.collection", "id", document.id, "nav"),
        "navigation": _template("dts.navigation", "resource", document.id, "ref,start,end,down,tree,page"),
        "document": _template("dts.document", "resource", document.id, "ref,start,end,tree,mediaType"),
        "download": address("documents.tei", id=document.id),
        "mediaTypes": [TEI, HTML, TEXT],
        "citationTrees": [_tree(number, each) for number, each in enumerate(published().catalogue.trees(document.id))],
    }


def _template(endpoint: str, name: str, id: str, rest: str) -> str:
    return f"{address(endpoint)}?{name}={quote(id, safe='')}{{&{rest}}}"


def _metadata(document: Document) -> dict[str, Any]:
    """The Dublin Core of a document: words with their language, lists, or one value."""
    found: dict[str, Any] = {}
    for term, values in terms(document).items():
        if term in _WORDED:
            found[term] = [{"lang": document.language or "und", "value": value} for value in values]
        else:
            found[term] = list(values) if term in _MANY or len(values) > 1 else values[0]
    return found


def _tree(number: int, tree: CitationTree) -> dict[str, Any]:
    """A citation tree; the default has no name."""
    return {
        **({"identifier": tree.name} if number else {}),
        "@type": "CitationTree",
        "citeStructure": _structure(tree.structure),
        **({"description": tree.description} if tree.description else {}),
    }


def _structure(types: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"@type": "CiteStructure", "citeType": name, **({"citeStructure": _structure(inside)} if inside else {})}
        for name, inside in types.items()
    ]


def unit(each: Unit) -> dict[str, Any]:
    """A citable unit: what the encoding says of it in terms of Dublin Core, and in others by their addresses."""
    known: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, values in each.data.items():
        base = next((base for base in _DUBLIN_CORE if name.startswith(base)), "")
        worded = [{"lang": each.language or "und", "value": value} for value in values]
        (known if base else others)[name.removeprefix(base)] = worded
    return {
        "identifier": each.ref,
        "@type": "CitableUnit",
        "level": each.level,
        "parent": each.parent or None,
        "citeType": each.type,
        **({"dublinCore": known} if known else {}),
        **({"extensions": {"@context": {name: name for name in others}, **others}} if others else {}),
    }


def view(page: int, size: int, total: int) -> dict[str, Any]:
    """The way through a list that has more than one page; nothing where it has not."""
    pages = max(1, -(-total // size))
    if pages == 1:
        return {}
    return {
        "view": {
            "@id": _page(page),
            "@type": "Pagination",
            "first": _page(1),
            "previous": _page(page - 1) if page > 1 else None,
            "next": _page(page + 1) if page < pages else None,
            "last": _page(pages),
        }
    }


def _page(number: int) -> str:
    """The address of another page of what is being asked for."""
    given = [(name, value) for name, value in request.args.items() if name != "page"]
    return f"{absolute(request.path)}?{urlencode([*given, ('page', number)])}"


def units(members: Iterable[Unit]) -> Sequence[dict[str, Any]]:
    """Units as members of an answer."""
    return [unit(each) for each in members]
