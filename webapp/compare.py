"""Two texts side by side: the topics that editors' links give them in common, what only one of them names, where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from edition.records import Annotation, Document, Link
from webapp import splicing
from webapp.columns import Column, Counterpart
from webapp.documents import known
from webapp.entries import Kind, Line
from webapp.parts import Shown, part_of
from webapp.published import published

blueprint = Blueprint("compare", __name__)

MOST = 60
"""Passages of a topic in one text, and entries of a kind that only one text names, that the page lists."""
PARTNERS = 6
"""Texts that the page of a text offers to be compared with."""
SIDES = ("left", "right")
ONLY_HERE = "only-here"
"""The type of a list of remarks each of which names what only this text has."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What editors link the texts by: its word in the address, its name, the links."""

    key: str
    name: str
    links: tuple[Link, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the editors remark on it."""
        return tuple(dict.fromkeys(link.remark for link in self.links if link.remark))

    def places(self, document: Document) -> tuple[str, ...]:
        """The ids in a document that it leads to, each once."""
        return tuple(dict.fromkeys(id for link in self.links for id in _places(link, document)))


@dataclass(frozen=True, slots=True)
class Named:
    """Entries of a kind that only one of the texts names, each with the first passage that does, and how many more there are."""

    kind: Kind
    lines: tuple[tuple[Line, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark of the editors, and the passages it is on: their names and addresses in the page."""

    html: Markup
    places: tuple[tuple[str, str], ...]


@blueprint.get("/compare/<left>/<right>/")
def page(left: str, right: str) -> str | Response:
    """The two texts; ``?topic=`` marks the passages of a topic in both.

    Of a long text a part: the one that has the id ``left_part`` or ``right_part``, else the topic, else the first.
    """
    documents = known(left), known(right)
    if left == right:
        return redirect(url_for("documents.reading", id=left))
    topics = _topics(published().catalogue.links_between(left, right))
    chosen = _chosen(topics)
    sides = {side: _shown(document, side, chosen) for side, document in zip(SIDES, documents, strict=True)}
    one = _column(sides, "left", chosen)
    other = _column(sides, "right", chosen, one.ids)
    columns = (one, _html(one, other, topics, chosen)), (other, _html(other, one, topics, chosen))
    named = [each for column, _ in columns for each in _named_in(column)]
    return render_template(
        "compare.html",
        columns=columns,
        kinds=splicing.kinds(named, Markup("").join(html for _, html in columns)),
        turned=_address({side: sides[other] for side, other in zip(SIDES, reversed(SIDES), strict=True)}, chosen),
        topics=topics,
        chosen=chosen,
        previous=_neighbour(topics, chosen, -1),
        next=_neighbour(topics, chosen, 1),
        most=MOST,
        only_one=tuple((column, _remarks(column), _named(column, beside)) for column, beside in ((one, other), (other, one))),
        differences=_differences(one, other),
    )


@blueprint.app_template_global()
def compared_with(document: Document) -> tuple[Document, ...]:
    """The documents whose passages editors link with passages of this one, at most ``PARTNERS``."""
    return published().catalogue.linked_with(document.id, PARTNERS)


def _topics(links: Iterable[Link]) -> tuple[Topic, ...]:
    """Links of one id are one topic; those without an id are told apart by what they are about, or by their type."""
    groups: defaultdict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in links:
        groups[(link.id,) if link.id else ("", link.topic, link.type)].append(link)
    return tuple(
        Topic(
            group[0].id or f"topic-{number}", group[0].topic or group[0].type.replace("-", " ") or "Linked passages", tuple(group)
        )
        for number, group in enumerate(groups.values(), 1)
    )


def _places(link: Link, document: Document) -> Iterable[str]:
    return (each.key for each in link.targets if each.document == document.id and each.key)


def _chosen(topics: Sequence[Topic]) -> Topic | None:
    """The topic that is asked for; the answer 404 where these texts have no such topic."""
    asked = request.args.get("topic", "").strip()
    if not asked:
        return None
    topic = next((topic for topic in topics if topic.key == asked), None)
    if topic is None:
        abort(404, description=f"These two texts have no topic “{asked}” in common.")
    return topic


def _neighbour(topics: Sequence[Topic], chosen: Topic | None, step: int) -> Topic | None:
    """The topic before or after the one that is chosen; after none comes the first."""
    place = topics.index(chosen) + step if chosen else min(step, 0)
    return topics[place] if 0 <= place < len(topics) else None


def _shown(document: Document, side: str, topic: Topic | None) -> Shown:
    """What is shown of a text on a side."""
    asked = request.args.get(f"{side}_part", "").strip()
    known_places = (id for id in topic.places(document) if published().catalogue.part(document.id, id)) if topic else ()
    return part_of(document, asked or next(iter(known_places), ""))


def _address(sides: Mapping[str, Shown], topic: Topic | None) -> str:
    """The address of the page with these texts and parts."""
    values: dict[str, Any] = {side: here.document.id for side, here in sides.items()}
    values |= {f"{side}_part": here.part.id for side, here in sides.items() if here.part}
    return url_for("compare.page", **values, topic=topic.key if topic else None)


def _column(sides: Mapping[str, Shown], side: str, topic: Topic | None, taken: Container[str] = frozenset()) -> Column:
    here = sides[side]
    home = url_for("documents.reading", id=here.document.id, part=here.part.id if here.part else None)

    def turned(id: str) -> str:
        return _address({**sides, side: part_of(here.document, id)}, topic)

    return Column(here, here.fragment("reading"), home, f"compare:title-{side}", turned, taken)


def _html(column: Column, other: Column, topics: Sequence[Topic], chosen: Topic | None) -> Markup:
    """A column with its names linked to their entries, its topics marked, and its passages led to those of the other."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for topic in topics:
        for id in topic.places(column.document):
            keys[id].append(topic.key)
    here = column.here
    insertions = [
        *splicing.links(_named_in(column), url_for("registers.index"), here.start),
        *here.pictures("reading"),
        *here.ways(column.source),
    ]
    return column.html(insertions, keys, _counterparts(column, other, topics), chosen.key if chosen else "")


def _named_in(column: Column) -> tuple[tuple[str, str, str], ...]:
    here = column.here
    return tuple(published().catalogue.named_in(here.document.id, here.start, here.end))


def _counterparts(column: Column, other: Column, topics: Sequence[Topic]) -> Mapping[str, Sequence[Counterpart]]:
    """For each place of a column the places of the other that a link joins it with, with the topics of those links."""
    found: defaultdict[str, defaultdict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    places: dict[str, tuple[int, int]] = {}
    for topic, link in ((each, link) for each in topics for link in each.links):
        for id, beside in product(_places(link, column.document), tuple(_places(link, other.document))):
            if place := other.place(beside):
                places[beside] = place
                found[id][beside][topic.key] = topic.name
    return {
        id: [Counterpart(name, other.href(name), beside[name]) for name in sorted(beside, key=places.__getitem__)]
        for id, beside in found.items()
    }


def _named(column: Column, other: Column) -> tuple[Named, ...]:
    """What the text of a column names and that of the other does not, kind by kind, in the order of the text."""
    catalogue = published().catalogue
    elsewhere = {(entry, key) for entry, key, _ in catalogue.first_mentions(other.document.id)}
    alone = [each for each in catalogue.first_mentions(column.document.id) if each[:2] not in elsewhere]
    groups = []
    for register in published().registers.values():
        lines = [(register.by_entry[file, key], passage) for file, key, passage in alone if (file, key) in register.by_entry]
        if lines:
            groups.append(Named(register.kind, tuple(lines[:MOST]), max(0, len(lines) - MOST)))
    return tuple(groups)


def _remarks(column: Column) -> tuple[Remark, ...]:
    """The topics that the editors say only this text has."""
    annotations = published().catalogue.annotations_of(column.document.id)
    return tuple(_remark(each, column) for each in annotations if each.type == ONLY_HERE)


def _differences(one: Column, other: Column) -> tuple[Remark, ...]:
    """What the editors remark on passages of both texts at once."""
    annotations = published().catalogue.annotations_of(one.document.id)
    both = {one.document.id, other.document.id}
    return tuple(_remark(each, one, other) for each in annotations if both <= {target.document for target in each.targets})


def _remark(annotation: Annotation, *columns: Column) -> Remark:
    places = (
        (target.key, column.href(target.key))
        for target in annotation.targets
        for column in columns
        if target.document == column.document.id and column.place(target.key)
    )
    return Remark(Markup(annotation.html), tuple(dict.fromkeys(places)))  # noqa: S704  what our stylesheets wrote
