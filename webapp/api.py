"""The edition as JSON, under /api/v1/: the answers to what ``webapp.operations`` lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, request, url_for

from edition import store
from edition.records import Document
from webapp import registers, slices
from webapp.arguments import number, page_number
from webapp.asking import asked
from webapp.descriptions import entry_address
from webapp.documents import known
from webapp.entries import Line
from webapp.found import PER_PAGE, described, results, suggestion
from webapp.operations import MOST, OPERATIONS, PAGE
from webapp.places import address
from webapp.published import published
from webapp.results import summary
from webapp.spellings import suggestions

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

VALUES = 100
"""Values of each facet of the search."""


def documents() -> dict[str, Any]:
    """All documents, in order, ``per_page`` at a time; ``next`` is the address of the next answer or null."""
    catalogue = published().catalogue
    page, size = page_number(), number("per_page", PAGE, MOST)
    listed = catalogue.listing(offset=(page - 1) * size, limit=size)
    more = page * size < catalogue.documents
    sizes: dict[str, Any] = {"per_page": size} if size != PAGE else {}
    return {
        "snapshot": published().snapshot.id,
        "total": catalogue.documents,
        "documents": [_summary(each) for each in listed],
        "next": url_for("api.documents", page=page + 1, **sizes) if more else None,
    }


def _summary(document: Document) -> dict[str, Any]:
    url = url_for("documents.reading", id=document.id)
    return {
        "id": document.id,
        "title": document.title,
        "url": url,
        "tei": url_for("documents.tei", id=document.id),
        "source": document.source,
        "words": document.words,
        "passages": document.passages,
        "parts": [url_for("documents.reading", id=document.id, part=part.id) for part in document.parts] or [url],
        "date": document.date or None,
        "language": document.language or None,
    }


def document(id: str) -> dict[str, Any]:
    """One document: its header, its contents, and its passages by id, kind and label."""
    document = known(id)
    record = asdict(document) | _summary(document)
    listed = published().catalogue.passages_of(id)
    passages = [{"id": each.id, "kind": each.kind, "label": each.label, "url": address(id, each.id)} for each in listed]
    return {"snapshot": published().snapshot.id, **record, "passage_list": passages}


def passage(id: str, passage: str) -> dict[str, Any]:
    """One passage: its words, its TEI with the open ancestors, its address."""
    document = known(id)
    found = published().catalogue.passage(id, passage)
    if found is None:
        abort(404, description=f"The document “{id}” has no passage “{passage}”.")
    return {
        "snapshot": published().snapshot.id,
        "document": id,
        "id": found.id,
        "kind": found.kind,
        "label": found.label,
        "language": found.language or None,
        "text": found.text,
        "tei": slices.element(published().made(document, store.RESOLVED), found.place),
        "url": address(id, found.id),
    }


def search() -> dict[str, Any]:
    """The search of the site, hit by hit."""
    question, page, size = asked(), page_number(), number("per_page", PER_PAGE, MOST)
    found = results(question, page, size, VALUES)
    sizes: dict[str, Any] = {"per_page": size} if size != PER_PAGE else {}
    return {
        **summary(question, found),
        "page": page,
        "pages": max(1, -(-found.total // size)),
        "hits": [hit.data for hit in described(question, found.hits)],
        "next": question.at(url_for("api.search"), page=page + 1, **sizes) if page * size < found.total else None,
        "suggestion": suggestion(question, found),
    }


def suggest() -> dict[str, Any]:
    """Words of the texts and names of the registers that begin like what is being typed."""
    text = request.args.get("q", "").strip()
    return {"query": text, "suggestions": suggestions(text)}


def register(kind: str) -> dict[str, Any]:
    """The entries of a register, ``per_page`` at a time, chosen and ordered as on its page; ``next`` is an address or null."""
    found = registers.known_register(kind)
    asked = registers.Asked.of(found)
    lines = found.chosen(asked.q, asked.type, asked.sort)
    page, size = page_number(), number("per_page", PAGE, MOST)
    sizes: dict[str, Any] = {"per_page": size} if size != PAGE else {}
    more = page * size < len(lines)
    return {
        "snapshot": published().snapshot.id,
        "kind": found.kind.name,
        "total": len(lines),
        "entries": [_listed(line) for line in lines[(page - 1) * size : page * size]],
        "next": url_for("api.register", kind=kind, **asked.but(page=page + 1), **sizes) if more else None,
    }


def _listed(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "kind": line.kind.name,
        "name": line.name,
        "names": list(line.entry.names),
        "type": line.entry.type or None,
        "gathered": line.entry.gathered or None,
        "dates": [asdict(each) for each in line.entry.dates],
        "url": entry_address(line),
        "mentions": line.mentions,
        "documents": registers.counts_of(line),
    }


def entry(kind: str, key: str) -> dict[str, Any]:
    """One entry: what is known of it, and its mentions in context, as many at a time as on its page; ``next`` as above."""
    line = registers.known_register(kind).by_key.get(key)
    if line is None:
        abort(404, description=f"The register of {kind} has no entry “{key}”.")
    page = page_number()
    return {
        "snapshot": published().snapshot.id,
        **_listed(line),
        "file": None if line.entry.gathered else line.entry.file,
        "forms": [asdict(each) for each in line.entry.forms],
        "identifiers": [asdict(each) for each in line.entry.identifiers],
        "coordinates": [line.entry.latitude, line.entry.longitude] if line.entry.latitude is not None else None,
        "country": line.entry.subdivision or line.entry.country or None,
        "summary": line.entry.summary or None,
        "relations": [_relation(each) for each in registers.relations(line)],
        "beside": [{"url": entry_address(each), "passages": passages} for each, passages in registers.companions(line)],
        "mention_list": [_mention(each) for each in registers.contexts(line, page)],
        "next": url_for("api.entry", kind=kind, key=key, page=page + 1) if page * registers.PAGE < line.mentions else None,
    }


def _relation(relation: registers.Relation) -> dict[str, Any]:
    others = [{"url": entry_address(each.line), "name": each.line.name, "when": each.words or None} for each in relation.others]
    return {"name": relation.name, "is_turned": relation.is_turned, "others": others}


def _mention(context: registers.Context) -> dict[str, Any]:
    return {
        "document": context.document.id,
        "passage": context.passage.id,
        "label": context.passage.label,
        "before": context.before,
        "words": context.words,
        "after": context.after,
        "certainty": context.certainty or None,
        "url": context.address,
    }


_ANSWERS: tuple[Callable[..., dict[str, Any]], ...] = (documents, document, passage, register, entry, search, suggest)
for _operation, _answer in zip(OPERATIONS, _ANSWERS, strict=True):
    blueprint.add_url_rule(_operation.rule, _operation.name, _answer)
