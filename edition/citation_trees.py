"""Where the units of a citation tree lie: in the TEI of their document, among its passages, and in the HTML of its page.

``xslt/record/citation.xsl`` says which element each unit is, by its number among all elements. Here, once at build time, these
become byte offsets into the TEI as it was parsed and offsets into the page, so that the server cuts out any unit or range by
splicing (``webapp/slices.py``): what lies between two places, between the tags that are open there. The server parses neither
TEI nor HTML.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from edition.spots import cuts


@dataclass(frozen=True, slots=True)
class Unit:
    """A citable unit of a document in one of its citation trees, by its reference there; ``parent`` is empty at the top.

    ``number`` counts depth first from 0, ``last`` is that of the last unit inside it (its own where there is none). ``data`` are
    values by property, in ``language``. ``place`` and ``words`` say where it lies: see ``located``.
    """

    ref: str
    parent: str
    type: str
    level: int
    number: int
    last: int
    language: str
    data: Mapping[str, tuple[str, ...]]
    place: tuple[int, int, tuple[int, ...], tuple[int, ...]]
    words: tuple[int, int, tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class CitationTree:
    """A way of citing a document; the first of several is the default.

    ``structure`` are the types of unit by the type they stand in, all the way down.
    """

    name: str
    description: str
    structure: Mapping[str, Any]
    units: tuple[Unit, ...] = ()


MOST_LEVELS = 50
"""Levels of a tree whose types of unit are told."""

_XML = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(/?)[^\s/>!?]+((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)  # fmt: skip


def trees(record: Mapping[str, Any]) -> tuple[CitationTree, ...]:
    """How the document of a record can be cited: its trees that have units, each with a name of its own."""
    named: dict[str, CitationTree] = {}
    for each in (tree for tree in record["trees"] if tree["units"]):
        names = itertools.chain((each["name"] or "tree",), (f"{each['name'] or 'tree'}-{n}" for n in itertools.count(2)))
        name = next(name for name in names if name not in named)
        named[name] = CitationTree(name, each["description"], each["structure"], tuple(_units(each["units"])))
    return tuple(named.values())


def _units(units: Sequence[Mapping[str, Any]]) -> Iterator[Unit]:
    """The units of a tree, each with its number and that of the last one inside it."""
    lasts: list[int] = []
    above: list[int] = []
    for number, each in enumerate(units):
        del above[each["level"] - 1 :]
        lasts.append(number)
        for outer in above:
            lasts[outer] = number
        above.append(number)
    for number, (each, last) in enumerate(zip(units, lasts, strict=True)):
        plain = {name: each[name] for name in ("ref", "parent", "type", "level", "language")}
        data = {name: tuple(values) for name, values in each["data"].items() if values}
        yield Unit(**plain, number=number, last=last, data=data, place=nested(each["place"]), words=nested(each["words"]))


def nested(place: Sequence[Any]) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    """A place as JSON has it, as tuples."""
    return place[0], place[1], tuple(place[2]), tuple(place[3])


# Finding the places, while a document is transformed.


@dataclass(slots=True)
class Element:
    """An element in its serialised document: where its start tag begins and ends, where it ends, what is around it."""

    start: int
    tag_end: int
    end: int
    outer: int


def elements(tei: bytes) -> list[Element]:
    """All elements in the order of the document; ``outer`` is the place in this list, -1 for none."""
    found: list[Element] = []
    above = [-1]
    for token in _XML.finditer(tei):
        if token[1]:
            found[above.pop()].end = token.end()
        elif token[2] is not None:
            found.append(Element(token.start(), token.end(), token.end(), above[-1]))
            if not token[2].endswith(b"/"):
                above.append(len(found) - 1)
    return found


def located(citation: Mapping[str, Any], elements: Sequence[Element], passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The citation trees of a record with their places; its ``passages`` are told theirs.

    The ``place`` of a unit is ``[start, end, open at start, open at end]``: bytes of the TEI, and the pairs of offsets of the
    tags that are open, the outermost first; at the end none where they are those at the start. Its ``words`` are ``[first, last,
    lead, tail]``: the first and the last passage that begin in it, counted from 0 (the last is before the first where none does);
    of a passage that it begins in, and of one that it ends in, ``[number, offset in its text]``, else ``[]``.

    The ``place`` of a passage is ``start, end``, then what is open there.
    """
    ground = _Ground(elements, citation)
    for passage, place in zip(passages, ground.passages(), strict=True):
        passage["place"] = place
    own = {"name": "passages", "description": "", "units": list(_own_units(citation, passages, elements))}
    trees = []
    for tree in (*citation["trees"], own):
        kept = tuple(_kept(tree["units"]))
        places = ground.places(kept)
        units = [unit | place for unit, place in zip(kept, places, strict=True)]
        repeated = _repeated(tree["units"], kept)
        trees.append({**tree, "units": units, "structure": _structure(units), "repeated": repeated})
    return trees


_TITLE = "http://purl.org/dc/terms/title"


def _own_units(
    citation: Mapping[str, Any], passages: Sequence[Mapping[str, Any]], elements: Sequence[Element]
) -> Iterator[dict[str, Any]]:
    """The units of our own tree: divisions and passages, in one another as they stand."""
    divisions = zip(*(citation["divisions"][name] for name in ("ref", "type", "at", "language", "title")), strict=True)
    called = (
        (each["id"], each["kind"], at, "en", each["label"]) for each, at in zip(passages, citation["passages"], strict=True)
    )
    rows = sorted((*divisions, *called), key=itemgetter(2))
    refs = {at: ref for ref, _, at, _, _ in rows}
    for ref, type_, at, language, title in rows:
        outer = elements[at - 1].outer + 1
        while outer and outer not in refs:
            outer = elements[outer - 1].outer + 1
        unit = {"ref": ref, "parent": refs.get(outer, ""), "type": type_, "at": at, "point": False, "language": language}
        yield unit | {"data": {_TITLE: [title] if title else []}}


def _kept(units: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The units with a reference that none before has, but for those in a unit left out; with their ``level``."""
    seen: set[str] = set()
    above: list[tuple[str, bool]] = []  # the units around, and whether each is kept
    for unit in units:
        while above and above[-1][0] != unit["parent"]:
            above.pop()
        is_kept = unit["ref"] not in seen and all(kept for _, kept in above[-1:])
        above.append((unit["ref"], is_kept))
        seen.add(unit["ref"])
        if is_kept:
            yield {**unit, "level": len(above)}


def _repeated(units: Sequence[Mapping[str, Any]], kept: Sequence[Mapping[str, Any]]) -> str:
    """The first reference that several units have; empty where each has its own."""
    pairs = itertools.zip_longest(units, kept)
    return next((unit["ref"] for unit, other in pairs if not other or unit["ref"] != other["ref"]), "")


def _structure(units: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The types of unit at each level, each with those inside it, in the order in which they first occur."""
    root: dict[str, Any] = {}
    inside = {"": root}
    for unit in units:
        if unit["level"] <= MOST_LEVELS:
            inside[unit["ref"]] = inside[unit["parent"]].setdefault(unit["type"], {})
    return root


class _Ground:
    """A document in which units are placed."""

    def __init__(self, elements: Sequence[Element], citation: Mapping[str, Any]) -> None:
        self._elements = elements
        self._tags: dict[int, list[int]] = {-1: []}  # what is open in each element, as far as it was asked for
        self._passages = [elements[at - 1] for at in citation["passages"]]
        self._starts = [each.start for each in self._passages]
        self._around = _around(self._passages)
        self._cuts = [cuts(text) for text in citation["cut"]]
        self._end = elements[citation["end"] - 1]

    def passages(self) -> Iterator[list[int]]:
        """Where each passage lies."""
        return ([each.start, each.end, *self._open(each.outer)] for each in self._passages)

    def places(self, units: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The place and the words of each unit of a tree."""
        ends = self._ends(units)
        for unit, (end, opened_at_end, sign) in zip(units, ends, strict=True):
            element = self._elements[unit["at"] - 1]
            start, opened = element.start, self._open(element.outer)
            yield {
                "place": [start, end, opened, [] if opened_at_end == opened else opened_at_end],
                "words": [
                    bisect_left(self._starts, start),
                    bisect_left(self._starts, end) - 1,
                    self._cut(start, (unit["at"], False)),
                    self._cut(end, sign),
                ],
            }

    def _ends(self, units: Sequence[Mapping[str, Any]]) -> list[tuple[int, list[int], tuple[int, bool]]]:
        """Where each unit ends, what is open there, and the sign of that place.

        A milestone's text goes on to the next unit beside it, or to the end of the unit around both.
        """
        following: dict[str, Mapping[str, Any]] = {}  # by parent, the unit that comes next there
        beside: list[Mapping[str, Any] | None] = []
        for unit in reversed(units):
            beside.append(following.get(unit["parent"]))
            following[unit["parent"]] = unit
        ends: dict[str, tuple[int, list[int], tuple[int, bool]]] = {}
        for unit, after in zip(units, reversed(beside), strict=True):
            element = self._elements[unit["at"] - 1]
            end = (element.end, self._open(element.outer), (unit["at"], True))
            if unit["point"]:
                if after and (start := self._elements[after["at"] - 1]).start > element.start:
                    end = (start.start, self._open(start.outer), (after["at"], False))
                elif not after:
                    end = ends.get(unit["parent"], (self._end.end, self._open(self._end.outer), (0, True)))
            ends[unit["ref"]] = end if end[0] > element.start else (element.end, self._open(element.outer), (unit["at"], True))
        return [ends[unit["ref"]] for unit in units]

    def _open(self, innermost: int) -> list[int]:
        """The offsets of the start tags of an element and those around it, the outermost first."""
        inside: list[int] = []
        while innermost not in self._tags:
            inside.append(innermost)
            innermost = self._elements[innermost].outer
        for each in reversed(inside):
            element = self._elements[each]
            self._tags[each] = [*self._tags[element.outer], element.start, element.tag_end]
        return self._tags[inside[0] if inside else innermost]

    def _cut(self, offset: int, sign: tuple[int, bool]) -> list[int]:
        """The passage that is open at an offset, and the place in its text; empty where there is none, or no word is parted."""
        number = bisect_left(self._starts, offset) - 1
        while number >= 0 and self._passages[number].end <= offset:
            number = self._around[number]
        cut = self._cuts[number].get(sign) if number >= 0 else None
        return [] if cut is None else [number, cut]


def _around(passages: Sequence[Element]) -> list[int]:
    """For each passage the innermost one around it, -1 for none."""
    around: list[int] = []
    above: list[int] = []
    for number, passage in enumerate(passages):
        while above and passages[above[-1]].end <= passage.start:
            above.pop()
        around.append(above[-1] if above else -1)
        above.append(number)
    return around
