"""Facets: what a result can be narrowed to, field by field, with names for readers and addresses that narrow and widen again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from search_index.kinds import KINDS
from search_index.languages import language_name
from search_index.reader import Facet as Counted
from webapp.asking import Question
from webapp.published import published

FIELDS: Mapping[str, str] = {
    "document": "Text",
    "collection": "Collection",
    "kind": "Kind of passage",
    "person": "Person",
    "organisation": "Organisation",
    "place": "Place",
    "event": "Event",
    "work": "Work",
    "year": "Year",
    "language": "Language",
}
"""The fields in the order of the page, and what they are called; one that is not here comes behind them under its own name."""

SHOWN = 8
"""Values of a field that stand beside a result; the page of the field has them all."""
OPEN = 4
"""Fields whose values can be seen before they are asked for."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field: its name, in how many passages it is, and the address that chooses it, or leaves it again."""

    value: str
    name: str
    language: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with some of its values; ``number`` counts all it has here. ``is_open`` where its values are seen at once."""

    field: str
    name: str
    values: tuple[Value, ...]
    number: int
    is_open: bool


def field_name(field: str) -> str:
    """What readers call a field."""
    return FIELDS.get(field, field.replace("-", " ").capitalize())


def value_name(field: str, value: str) -> tuple[str, str]:
    """What readers call a value of a field, and the language of that where it is not English."""
    here = published()
    if field == "document":
        document = here.catalogue.document(value)
        return (document.title, document.language) if document else (value, "")
    if field in here.registers:
        line = here.registers[field].by_key.get(value)
        return (line.name, line.entry.language) if line else (value, "")
    if field == "language":
        return language_name(value), ""
    return KINDS.get(value, value) if field == "kind" else value, ""


def facets(question: Question, counted: Iterable[Counted], total: int) -> tuple[Facet, ...]:
    """The facets of a result that can narrow it or are chosen, in the order of the page; of each the chosen values first."""
    useful = [
        (field, values, number)
        for field, values, number in counted
        if field in question.chosen or number > 1 or any(count < total for _, count in values)
    ]
    useful.sort(key=lambda each: _place(each[0]))
    return tuple(
        Facet(field, field_name(field), _values(question, field, values), number, place < OPEN or field in question.chosen)
        for place, (field, values, number) in enumerate(useful)
    )


def _place(field: str) -> tuple[int, str]:
    return (list(FIELDS).index(field) if field in FIELDS else len(FIELDS)), field


def _values(question: Question, field: str, values: Sequence[tuple[str, int]]) -> tuple[Value, ...]:
    path = url_for("search.page")
    shown = [value(question, path, field, each, count) for each, count in values]
    return tuple(sorted(shown, key=lambda each: not each.is_chosen))


def value(question: Question, path: str, field: str, value: str, count: int = 0) -> Value:
    """A value with the address of the search (at ``path``) that chooses it besides what is chosen, or leaves it."""
    name, language = value_name(field, value)
    address = question.at(path, **{field: question.toggled(field, value)})
    return Value(value, name, language, count, value in question.chosen.get(field, ()), address)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something a result is narrowed to: of what sort, its name and the language of that, and the address without it."""

    field: str
    name: str
    language: str
    address: str


def chosen(question: Question) -> tuple[Chosen, ...]:
    """All that the result is narrowed to, in the order of the page."""
    path = url_for("search.page")
    fields = sorted(question.chosen, key=_place)
    found = [_chosen(field, value(question, path, field, each)) for field in fields for each in question.chosen[field]]
    dates = (("from", "Dated from", question.since), ("to", "Dated to", question.until))
    found += [Chosen(label, given, "", question.at(path, **{name: ""})) for name, label, given in dates if given]
    return tuple(found)


def _chosen(field: str, value: Value) -> Chosen:
    return Chosen(field_name(field), value.name, value.language, value.address)
