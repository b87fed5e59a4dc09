"""Distributed Text Services 1.0, level 1, under /dts/: documents by collection, their citation trees, any piece of them.

https://dtsapi.org/specifications/versions/v1.0/ says what is asked and answered, and in its tables what a wrong request gets;
where they are silent, an unknown thing is 404 and a value that cannot be understood 400.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, render_template, request, url_for

from edition import store
from edition.citation_trees import Unit
from edition.records import Document
from webapp import dts_objects, slices, splicing
from webapp.absolute import absolute, address
from webapp.arguments import page_number
from webapp.documents import refuse_withdrawn
from webapp.dts_objects import HTML, ROOT, TEI, TEXT
from webapp.folders import Folder
from webapp.published import published
from webapp.responses import POLICY

blueprint = Blueprint("dts", __name__, url_prefix="/dts")

MEMBERS = 100
"""Members of a collection in one answer."""
UNITS = 1000
"""Units of a document in one answer."""
_BOTTOM = 1_000_000
"""A level below all."""


@blueprint.get("/")
def entry() -> Response:
    """Where everything else is."""
    return _answer(dts_objects.entry())


@blueprint.get("/collection/")
def collection() -> Response:
    """A collection with its members; without ``id`` that of all. A document too; with ``nav=parents`` what either stands in."""
    id, page, nav = request.args.get("id") or ROOT, page_number(), request.args.get("nav") or "children"
    if nav not in ("children", "parents"):
        abort(400, description="“nav” must be “children” or “parents”.")
    if id.startswith(ROOT):
        return _collection(published().folders.get(id.removeprefix(ROOT)) or _unknown(id), nav, page)
    document = published().catalogue.document(id) or _unknown(id)
    _check_page(page, MEMBERS, 0)
    return _answer(_context(dts_objects.resource(document)) | _parents(document.collection, nav))


def _unknown(id: str) -> NoReturn:
    refuse_withdrawn(id)
    abort(404, description=f"There is no collection or document “{id}”.")


def _collection(folder: Folder, nav: str, page: int) -> Response:
    outer = folder.path.rpartition("/")[0] if folder.path else None
    members = _parents(outer, nav) or _members(folder, page)
    return _answer(_context(dts_objects.collection(folder)) | members)


def _parents(path: str | None, nav: str) -> dict[str, Any]:
    """The collection that something stands in, where that is asked for; the collection of all stands in none."""
    if nav != "parents":
        return {}
    return {"member": [] if path is None else [dts_objects.collection(published().folders[path])]}


def _members(folder: Folder, page: int) -> dict[str, Any]:
    """A page of what is in a collection: collections, then documents; and the way to the others."""
    here = published()
    inside = [*((path, True) for path in folder.folders), *((id, False) for id in folder.documents)]
    _check_page(page, MEMBERS, len(inside))
    shown = inside[(page - 1) * MEMBERS : page * MEMBERS]
    members = [dts_objects.collection(here.folders[path]) for path, is_folder in shown if is_folder]
    documents = (here.catalogue.document(id) for id, is_folder in shown if not is_folder)
    members += [dts_objects.resource(document) for document in documents if document]
    return {"member": members, **dts_objects.view(page, MEMBERS, len(inside))}


@blueprint.get("/navigation/")
def navigation() -> Response:
    """Units of a document: one (``ref``), a range (``start``, ``end``), and what is inside them ``down`` to a depth."""
    document = _resource()
    first, last = _asked(document)
    down, page = _down(), page_number()
    if down is None and first is None:
        abort(400, description="Say “ref”, “start” and “end”, or “down”.")
    if down == 0 and (first is None or first is not last):
        abort(400, description="“down=0” asks for the units beside one; say that as “ref”.")
    answer = _context({"@id": absolute(request.full_path.rstrip("?")), "@type": "Navigation", "dtsVersion": dts_objects.VERSION})
    answer["resource"] = dts_objects.resource(document)
    if first and last:
        asked = {"ref": first} if first is last else {"start": first, "end": last}
        answer |= {name: dts_objects.unit(each) for name, each in asked.items()}
    if down is not None:
        found, total = _units(document, first, last, down, page)
        _check_page(page, UNITS, total)
        answer |= {"member": dts_objects.units(found), **dts_objects.view(page, UNITS, total)}
    return _answer(answer)


def _units(document: Document, first: Unit | None, last: Unit | None, down: int, page: int) -> tuple[tuple[Unit, ...], int]:
    """A page of the units that are asked for, and how many there are."""
    catalogue, tree, offset = published().catalogue, _tree(document), (page - 1) * UNITS
    if down == 0 and first:
        return catalogue.siblings(document.id, tree, first.parent, offset, UNITS)
    above = max(first.level, last.level) if first and last else 0
    level = _BOTTOM if down < 0 else above + down
    start, end = (first.number, max(first.last, last.last)) if first and last else (0, _BOTTOM)
    return catalogue.units_between(document.id, tree, start, end, level, offset, UNITS)


@blueprint.get("/document/")
def document() -> Response:
    """A document, or the piece of it from one unit (``ref``, or ``start``) to its end, or that of another (``end``)."""
    document = _resource()
    media = request.args.get("mediaType") or TEI
    if media not in _WRITTEN:
        abort(404, description=f"“mediaType” can be {', '.join(_WRITTEN)}.")
    first, last = _asked(document, whole_is_fine=True)
    response = _WRITTEN[media](document, slices.Piece.between(first, last) if first and last else None)
    response.headers["Link"] = f'<{address("dts.collection", id=document.id)}>; rel="collection"'
    return response


def _as_tei(document: Document, piece: slices.Piece | None) -> Response:
    """The whole as it is published, byte for byte; a piece of it as it was parsed."""
    if piece is None:
        return Response(published().made(document, store.TEI), mimetype=TEI)
    return Response(slices.tei(published().made(document, store.RESOLVED), piece), mimetype=TEI)


def _as_html(document: Document, piece: slices.Piece | None) -> Response:
    """A page of nothing but the words, with the style of the edition; its links lead into it."""
    here = published()
    fragment = here.whole("reading", document)
    named = splicing.links(here.catalogue.named_in(document.id), url_for("registers.index"))
    if piece is None:
        shown = splicing.spliced(fragment, named)
    else:
        shown = slices.html(piece, here.catalogue.passages_at(document.id, piece.passages), fragment, named)
    response = Response(render_template("dts.html", document=document, fragment=shown), mimetype=HTML)
    response.headers["Content-Security-Policy"] = POLICY.replace("base-uri 'none'", "base-uri 'self'")
    return response


def _as_text(document: Document, piece: slices.Piece | None) -> Response:
    """The reading text, a blank line between passages."""
    catalogue = published().catalogue
    if piece is None:
        words = "\n\n".join(each.text for each in catalogue.passages_of(document.id)) + "\n"
    else:
        words = slices.text(piece, catalogue.passages_at(document.id, piece.passages))
    return Response(words, mimetype=TEXT)


_WRITTEN = {TEI: _as_tei, HTML: _as_html, TEXT: _as_text}
"""The media types of a document, and what writes it so."""


def _resource() -> Document:
    """The document that is asked for; 400 where none is, 404 where there is no such."""
    id = request.args.get("resource") or abort(400, description="Say which document: “resource”.")
    return published().catalogue.document(id) or _unknown(id)


def _asked(document: Document, whole_is_fine: bool = False) -> tuple[Unit | None, Unit | None]:
    """The units at the beginning and the end of what is asked for, one and the same where it is one; nothing for the whole."""
    ref, start, end = (request.args.get(name) or "" for name in ("ref", "start", "end"))
    if ref and (start or end):
        abort(400, description="“ref” cannot be given together with “start” or “end”.")
    if bool(start) != bool(end):
        abort(400, description="“start” and “end” must be given together.")
    if not (ref or start):
        if not whole_is_fine:
            _tree(document)
        return None, None
    first = _unit(document, ref or start)
    last = first if ref else _unit(document, end)
    if last.number < first.number:
        abort(404, description=f"“{end}” comes before “{start}”: there is no such range.")
    return first, last


def _unit(document: Document, ref: str) -> Unit:
    found = published().catalogue.unit(document.id, _tree(document), ref)
    return found or abort(404, description=f"This citation tree of “{document.id}” has no unit “{ref}”.")


def _tree(document: Document) -> int:
    """The number of the tree that is asked for; 404 where there is none of that name. The default is asked for by none."""
    name = request.args.get("tree")
    if not name:
        return 0
    trees = published().catalogue.trees(document.id)
    found = next((number for number, each in enumerate(trees) if number and each.name == name), 0)
    return found or abort(404, description=f"“{document.id}” has no citation tree “{name}”.")


def _down() -> int | None:
    """How deep, -1 for all the way; None where it is not said."""
    given = request.args.get("down")
    if not given:
        return None
    if given == "-1" or (given.isascii() and given.isdigit() and len(given) < 7):
        return int(given)
    return abort(400, description="“down” must be -1, 0 or a whole number up to 999999.")


def _check_page(page: int, size: int, total: int) -> None:
    if page > max(1, -(-total // size)):
        abort(404, description=f"There is no page {page}.")


def _context(queried: Mapping[str, Any]) -> dict[str, Any]:
    return {"@context": dts_objects.CONTEXT, **queried}


def _answer(values: Mapping[str, Any]) -> Response:
    return Response(json.dumps(values, ensure_ascii=False), mimetype="application/ld+json")
