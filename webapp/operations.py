"""What can be asked under /api/v1/: one table, from which the routes, the OpenAPI description and the page about it are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.arguments import LAST_PAGE
from webapp.asking import SORTS
from webapp.entries import KINDS

PAGE = 100
"""Documents or entries in one answer, where ``per_page`` does not say."""
MOST = 200
"""The most that ``per_page`` may ask for."""

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri-reference"}


def optional(schema: Schema) -> Schema:
    """Of this schema, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def many(schema: Schema) -> Schema:
    """A list of it."""
    return {"type": "array", "items": schema}


def record(**properties: Schema) -> Schema:
    """An object that has exactly these properties."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def texts(*names: str) -> dict[str, Schema]:
    """Properties that are texts."""
    return dict.fromkeys(names, TEXT)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of the query string, or a part of the address (``is_path``); ``is_list`` ones may be given several times."""

    name: str
    about: str
    schema: Schema
    is_path: bool = False
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask: its name, its address below /api/v1, what it gives, with what parameters, in what form."""

    name: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: Schema

    @property
    def rule(self) -> str:
        """The address as a rule of Flask's."""
        return self.path.replace("{", "<").replace("}", ">")


PAGES = (
    Parameter("page", "which page of the list, from 1", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}),
    Parameter("per_page", "how many on a page", {"type": "integer", "minimum": 1, "maximum": MOST}),
)
_ID = Parameter("id", "a document, by its id", TEXT, is_path=True)
_KIND = Parameter("kind", "a register", {"type": "string", "enum": [f"{kind.name}s" for kind in KINDS]}, is_path=True)
_QUERY = Parameter("q", "what is sought, in the language of the site’s search", TEXT)
_MONTH = "(0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?|02(-(0[1-9]|[12][0-9]))?"
_DATE: Schema = {"type": "string", "pattern": f"^(-?[0-9]{{4}}(-({_MONTH}))?)?$"}
FIELDS = ("document", "collection", "kind", "language", "year", *(kind.name for kind in KINDS))
"""The fields a search can be narrowed by."""

_SUMMARY: dict[str, Schema] = {
    **texts("id", "title"),
    "url": ADDRESS,
    "tei": ADDRESS,
    "source": TEXT,
    "words": NUMBER,
    "passages": NUMBER,
    "parts": many(ADDRESS),
    "date": optional(TEXT),
    "language": optional(TEXT),
}
_DATING = record(**texts("words", "earliest", "latest", "certainty", "what"), is_duration=TRUTH)
_LISTED: dict[str, Schema] = {
    **texts("key", "kind", "name"),
    "names": many(TEXT),
    "type": optional(TEXT),
    "gathered": optional(TEXT),
    "dates": many(_DATING),
    "url": ADDRESS,
    "mentions": NUMBER,
    "documents": {"type": "object", "additionalProperties": NUMBER},
}
_PROBLEM = record(position=NUMBER, message=TEXT)
_HIT = record(
    **texts("document", "title", "passage", "label", "kind", "language", "html"),
    url=ADDRESS,
    score={"type": "number"},
    received=TRUTH,
    snippets=many(record(**texts("before", "match", "after"))),
)

OPERATIONS = (
    Operation(
        "documents",
        "/documents",
        "All documents, in order.",
        PAGES,
        record(snapshot=TEXT, total=NUMBER, documents=many(record(**_SUMMARY)), next=optional(ADDRESS)),
    ),
    Operation(
        "document",
        "/documents/{id}",
        "One document: its header, its contents, and its passages by id, kind and label.",
        (_ID,),
        record(
            snapshot=TEXT,
            **_SUMMARY,
            **texts("path", "subtitle", "series", "publisher", "edition", "date_text", "place", "source_description"),
            title_supplied=TRUTH,
            authors=many(TEXT),
            responsibilities=many(record(**texts("role", "name"))),
            licences=many(record(**texts("text", "target", "status"))),
            contents=many(record(**texts("id", "text"), level=NUMBER, part=NUMBER)),
            changes=many(record(**texts("date", "date_text", "text", "who", "version", "status"))),
            passage_list=many(record(**texts("id", "kind", "label"), url=ADDRESS)),
        ),
    ),
    Operation(
        "passage",
        "/documents/{id}/passages/{passage}",
        "One passage: its words, its TEI with the open ancestors, its address.",
        (_ID, Parameter("passage", "a passage of it, by its id", TEXT, is_path=True)),
        record(**texts("snapshot", "document", "id", "kind", "label", "text", "tei"), language=optional(TEXT), url=ADDRESS),
    ),
    Operation(
        "register",
        "/registers/{kind}",
        "The entries of a register, chosen and ordered as on its page.",
        (
            _KIND,
            Parameter("q", "words of the names", TEXT),
            Parameter("type", "the editors’ word for the sort of entry", TEXT),
            Parameter("sort", "the order", {"type": "string", "enum": ["name", "date", "mentions"]}),
            *PAGES,
        ),
        record(snapshot=TEXT, kind=TEXT, total=NUMBER, entries=many(record(**_LISTED)), next=optional(ADDRESS)),
    ),
    Operation(
        "entry",
        "/registers/{kind}/{key}",
        "One entry: what is known of it, and its mentions in context.",
        (_KIND, Parameter("key", "an entry, by its key", TEXT, is_path=True), PAGES[0]),
        record(
            snapshot=TEXT,
            **_LISTED,
            file=optional(TEXT),
            forms=many(record(**texts("name", "language", "type"), sources=many(record(**texts("file", "key", "document"))))),
            identifiers=many(record(**texts("type", "value", "url"))),
            coordinates=optional(many({"type": "number"})),
            country=optional(TEXT),
            summary=optional(TEXT),
            relations=many(record(name=TEXT, is_turned=TRUTH, others=many(record(url=ADDRESS, name=TEXT, when=optional(TEXT))))),
            beside=many(record(url=ADDRESS, passages=NUMBER)),
            mention_list=many(
                record(**texts("document", "passage", "label", "before", "words", "after"), certainty=optional(TEXT), url=ADDRESS)
            ),
            next=optional(ADDRESS),
        ),
    ),
    Operation(
        "search",
        "/search",
        "The search of the site, hit by hit, with its facets.",
        (
            _QUERY,
            *(Parameter(field, f"only passages of this {field}; several may be given", TEXT, is_list=True) for field in FIELDS),
            Parameter("from", "only dates from this year, month or day on", _DATE),
            Parameter("to", "only dates up to this year, month or day", _DATE),
            Parameter("sort", "the order", {"type": "string", "enum": list(SORTS)}),
            *PAGES,
        ),
        record(
            **texts("query", "understood"),
            problems=many(_PROBLEM),
            total=NUMBER,
            documents=NUMBER,
            complete=TRUTH,
            notes=many(TEXT),
            facets={"type": "object", "additionalProperties": many(record(**texts("value", "label"), count=NUMBER))},
            page=NUMBER,
            pages=NUMBER,
            hits=many(_HIT),
            next=optional(ADDRESS),
            suggestion=optional(TEXT),
        ),
    ),
    Operation(
        "suggest",
        "/suggest",
        "Words of the texts and names of the registers that begin like what is being typed.",
        (Parameter("q", "what was typed so far", TEXT),),
        record(query=TEXT, suggestions=many(record(**texts("text", "query", "kind"), count=NUMBER))),
    ),
)
