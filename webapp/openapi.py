"""The description of the API (OpenAPI 3.1), for programs; and the page about it, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, url_for

from edition.records import Document
from webapp.absolute import absolute, address
from webapp.operations import ADDRESS, NUMBER, OPERATIONS, TEXT, Operation, Parameter, record
from webapp.published import Published, published

blueprint = Blueprint("openapi", __name__, url_prefix="/api")

FAULTS = {
    "400": "Something in the address is not as it should be.",
    "404": "There is no such thing, or no such address.",
    "410": "It was withdrawn; the detail says when and why.",
    "503": "The search is out of order at the moment.",
}
"""What an operation may answer instead, and what that means."""


@blueprint.get("/v1/openapi.json")
def description() -> dict[str, Any]:
    """The description of all operations."""
    site = published().site
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "version": "1",
            "description": "The edition as JSON: texts, their passages, registers, search. Addresses are relative to the site. "
            "A list goes on at the address that `next` gives, until that is null. Nothing needs a key; every site may ask.",
        },
        "servers": [{"url": address("openapi.page") + "v1"}],
        "paths": {each.path: {"get": _operation(each)} for each in OPERATIONS},
        "components": {"schemas": {"Problem": record(type=ADDRESS, title=TEXT, status=NUMBER, detail=TEXT)}},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": [_parameter(each) for each in operation.parameters],
        "responses": {
            "200": {"description": operation.about, "content": {"application/json": {"schema": operation.answer}}},
            **{code: {"description": words, "content": problem} for code, words in FAULTS.items()},
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "path" if parameter.is_path else "query",
        "required": parameter.is_path,
        "description": parameter.about,
        "schema": {"type": "array", "items": parameter.schema} if parameter.is_list else parameter.schema,
    }


@blueprint.get("/")
def page() -> str:
    """What programs can ask, with examples from this edition."""
    here = published()
    document = next(iter(here.catalogue.listing(limit=1)), None)
    shown = [(each, _example(each, here, document)) for each in OPERATIONS]
    return render_template("api.html", operations=shown, document=document, absolute=absolute)


def _example(operation: Operation, here: Published, document: Document | None) -> str:
    """An address of this operation that has an answer; empty where this edition has nothing for it."""
    register = next(iter(here.registers.values()), None)
    passage = next(iter(here.catalogue.passages_of(document.id, 1)), None) if document else None
    given: Mapping[str, str | None] = {
        "id": document.id if document else None,
        "passage": passage.id if passage else None,
        "kind": f"{register.kind.name}s" if register else None,
        "key": next(iter(register.by_key), None) if register else None,
    }
    values: dict[str, Any] = {each.name: given[each.name] for each in operation.parameters if each.is_path}
    if None in values.values():
        return ""
    if operation.name in ("search", "suggest"):
        values["q"] = passage.text.split()[0].strip(".,:;!?«»“”()[]") if passage and passage.text else ""
    return url_for(f"api.{operation.name}", **values)
