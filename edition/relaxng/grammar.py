"""Does a document keep to a RELAX NG schema, and if not, where and why, in an editor's words.

Validation is by derivatives (``edition.relaxng.derivatives``; James Clark, "An algorithm for RELAX NG validation", 2002). Each
element may be read as one or several element patterns of the schema; a reading is given up when the document departs from it.
Where none is left there is a fault; it is told once, and reading goes on as though the document were right there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from lxml import etree

from edition.relaxng.derivatives import (
    EMPTY,
    NOT_ALLOWED,
    Compound,
    Element,
    Name,
    NameClass,
    Names,
    Pattern,
    after_text,
    allows,
    attributed,
    choice,
    closed,
    is_blank,
    namespace_of,
    opened,
)
from edition.relaxng.expected import (
    Namer,
    known_attributes,
    lacking_attributes,
    near_name,
    needed_elements,
    next_elements,
    passed_over,
    spelled_out,
    takes_text,
    value_in_words,
)
from edition.relaxng.schema import GrammarError, read_schema

__all__ = ["Fault", "Grammar", "GrammarError"]

LONGEST_QUOTED = 60
"""Characters of a value or a text that a message repeats."""

Kind = Literal["element", "attribute", "value", "missing-attribute", "incomplete", "text"]
_Readings = Mapping[Element, Pattern]
"""What an element may be, and for each what may still come in it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One departure from the schema; the line is where the start tag ends or the text begins, the column is not known: 1."""

    line: int
    column: int
    kind: Kind
    message: str


class Grammar:
    """A RELAX NG schema in XML syntax, read once; raises GrammarError when it cannot be."""

    def __init__(self, path: Path) -> None:
        start = read_schema(path)
        self._document = Element(Names(()), lambda: start)  # as though the outermost element were in one without a name
        self._elements: dict[str, list[Element]] = {}
        for element in _reachable(start):
            for name in spelled_out(element.names):
                if isinstance(name, Name):
                    self._elements.setdefault(name.tag, []).append(element)

    def faults(self, tree: etree._ElementTree) -> Iterator[Fault]:
        """All faults of a document as reading finds them (that an element is incomplete, at its end); none if it is valid.

        What follows from another fault is not told. Whether ids are unique, and what points at them exists, is not asked here.
        """
        return _Judgement(self._document, self._elements, tree).faults()


def _reachable(start: Pattern) -> Iterator[Element]:
    """Every element pattern that a document may come to."""
    seen: set[Pattern] = set()
    waiting = [start]
    while waiting:
        pattern = waiting.pop()
        if pattern in seen:
            continue
        seen.add(pattern)
        if isinstance(pattern, Element):
            yield pattern
            waiting.append(pattern.content)
        elif isinstance(pattern, Compound):
            waiting.extend(reversed(pattern.parts))


@dataclass(slots=True)
class _Open:
    """An element that has begun and not ended, or the document around the outermost element (then ``node`` is that element)."""

    node: etree._Element
    readings: _Readings
    is_document: bool = False
    after: Mapping[Element, _Readings] = field(default_factory=dict)
    """For each reading of the parent: what this element may be in it, and what may then follow."""
    stages: dict[str, _Readings] = field(default_factory=dict)
    """The readings that were given up for others when a child came, by the name of the child."""
    last: str | None = None
    """The name of the child before, if it was at its place."""
    lacks: set[NameClass] = field(default_factory=set)
    """What has been reported to be missing."""
    faulty: bool = False
    """Whether a fault of its content was told; then what is only out of order, or missing, is no news."""
    in_run: bool = False
    """Whether the child before was out of place."""
    is_doubtful: bool = False
    """Whether it is out of place itself, perhaps misnamed; then what stands directly in it is no measure."""


class _Judgement:
    """One document before one schema."""

    def __init__(self, document: Element, elements: Mapping[str, list[Element]], tree: etree._ElementTree) -> None:
        self._root = tree.getroot()
        self._elements = elements
        self._known: frozenset[NameClass] = frozenset(map(Name, elements))
        self._name = Namer(self._root)
        self._open = [_Open(self._root, {document: document.content}, is_document=True)]

    def faults(self) -> Iterator[Fault]:
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, node in walk:
            if event == "start":
                yield from self._begin(node)
                if not self._open[-1].readings:
                    walk.skip_subtree()
            else:
                yield from self._end(self._open.pop())

    # The start of an element: its place, then its attributes

    def _begin(self, node: etree._Element) -> Iterator[Fault]:
        parent = self._open[-1]
        if not parent.is_document:
            yield from self._text(parent, node)
        tag = str(node.tag)
        after: Mapping[Element, _Readings] = _after(parent.readings, tag)
        parent.in_run = parent.in_run and not after
        if not after:
            after, fault = self._out_of_place(parent, node)
            if fault:
                yield fault
        candidates = {element: element.content for readings in after.values() for element in readings}
        begun = _Open(node, candidates or {element: element.content for element in self._elements.get(tag, ())}, after=after)
        begun.is_doubtful = begun.faulty = parent.in_run
        if begun.readings:
            yield from self._attributes(begun)
        self._open.append(begun)

    def _out_of_place(self, parent: _Open, node: etree._Element) -> tuple[Mapping[Element, _Readings], Fault | None]:
        """How to go on after an element that is not allowed where it is, and the fault, unless it follows from another."""
        tag, readings = str(node.tag), parent.readings.values()
        after = _after(parent.readings, tag, forgiving=True)
        if after:
            needed = _union(passed_over(pattern, tag) for pattern in readings)
            fault = None if parent.faulty else self._too_early(parent, node, needed)
            parent.lacks |= needed
            parent.faulty, parent.in_run = True, False
            return after, fault
        told = tag in self._elements and (parent.in_run or parent.is_doubtful or Name(tag) in parent.lacks)
        fault = None if told else self._misplaced(parent, node)
        parent.faulty = parent.in_run = True
        if tag not in self._elements:
            meant = near_name(tag, _union(next_elements(pattern) for pattern in readings))
            after = _after(parent.readings, meant) if meant and namespace_of(meant) == namespace_of(tag) else {}
        return after, fault

    def _too_early(self, parent: _Open, node: etree._Element, needed: frozenset[NameClass]) -> Fault:
        one_of = "one of " if len(needed) > 1 else ""
        said = f"{self._tag(node)} is not allowed yet{self._in(parent)}: {one_of}{self._name.elements(needed)} must come first"
        return _fault(node, "element", said)

    def _misplaced(self, parent: _Open, node: etree._Element) -> Fault:
        """The fault of an element that may not stand where it does, however much had come before."""
        tag, name, here = str(node.tag), self._tag(node), self._in(parent)
        expected = _union(next_elements(pattern) for pattern in parent.readings.values())
        allowed = f"Allowed here: {self._name.elements(expected)}"
        if not expected:
            text = any(takes_text(pattern) for pattern in parent.readings.values())
            allowed = "Only text is allowed here" if text else "No element is allowed here"
        if parent.is_document:
            allowed = f"The outermost element must be {self._name.elements(expected)}"
        if tag not in self._elements:
            meant = near_name(tag, expected) or near_name(tag, self._known)
            unknown = f"{name} is not an element of this schema"
            said = f"{unknown}; did you mean {self._name.element(meant)}?" if meant else f"{unknown}. {allowed}"
            return _fault(node, "element", said)
        for follower, readings in reversed(parent.stages.items()):
            if _after(readings, tag) and follower == tag:
                return _fault(node, "element", f"{name} is not allowed again{here}. {allowed}")
            if _after(readings, tag):
                said = f"{name} is not allowed here{here}: it must come before {self._name.element(follower)}"
                return _fault(node, "element", said)
        return _fault(node, "element", f"{name} is not allowed{here}. {allowed}")

    def _attributes(self, begun: _Open) -> Iterator[Fault]:
        """The faults of a start tag; a missing attribute is told together with a wrong one, which may be meant for it."""
        told: list[Fault] = []
        readings = begun.readings
        for name, value in begun.node.items():
            readings, fault = self._attribute(begun.node, readings, str(name), str(value))
            told.extend([fault] if fault else [])
        readings, missing = self._attributes_end(begun.node, readings)
        if missing and told:
            told[-1] = replace(told[-1], message=f"{told[-1].message}; {missing.message}")
        elif missing:
            told.append(missing)
            begun.faulty |= missing.kind == "element"
        is_another = any(each.kind != "missing-attribute" for each in told)  # what only lacks one is still meant for this place
        elsewhere = self._as_elsewhere(begun.node) if is_another else {}
        begun.readings = elsewhere or readings
        if not begun.is_doubtful:
            yield from told[:1] if elsewhere else told

    def _as_elsewhere(self, node: etree._Element) -> _Readings:
        """The readings of an element, wherever it may stand, that allow its attributes just as they are."""
        found: dict[Element, Pattern] = {}
        for element in self._elements.get(str(node.tag), ()):
            pattern = element.content
            for name, value in node.items():
                rests = attributed(pattern, str(name)).items()
                pattern = choice(*(rest for attribute, rest in rests if allows(attribute.value, str(value))))
            if closed(pattern) is not NOT_ALLOWED:
                found[element] = closed(pattern)
        return found

    def _attribute(self, node: etree._Element, readings: _Readings, name: str, value: str) -> tuple[_Readings, Fault | None]:
        """The readings that allow the attribute; if there are none, those that go on as though it were right, and the fault."""
        left: dict[Element, Pattern] = {}
        for element, pattern in readings.items():
            for found, rest in attributed(pattern, name).items():
                if allows(found.value, value):
                    left[element] = choice(left[element], rest) if element in left else rest
        if left:
            return left, None
        found_at = {element: attributed(pattern, name) for element, pattern in readings.items()}
        left = {element: choice(*rests.values()) for element, rests in found_at.items() if rests}
        if left:
            allowed = choice(*(found.value for rests in found_at.values() for found in rests))
            message = f'{self._name.attribute(name)}="{_shortened(value)}" of {self._tag(node)}: {value_in_words(allowed, value)}'
            return left, _fault(node, "value", message)
        return self._unknown_attribute(node, readings, name)

    def _unknown_attribute(self, node: etree._Element, readings: _Readings, name: str) -> tuple[_Readings, Fault]:
        attribute, tag = self._name.attribute(name), self._tag(node)
        if any(attributed(element.content, name) for element in readings):
            others = self._name.attributes(Name(other) for other in map(str, node.attrib) if _exclude(readings, other, name))
            return readings, _fault(
                node, "attribute", f"{attribute} of {tag} is not allowed together with {others or 'the others'}"
            )
        known = _union(known_attributes(pattern) for pattern in readings.values())
        meant = near_name(name, known)
        if meant is None:
            allowed = f"It may have {self._name.attributes(known)}" if known else "It may have no further attribute"
            return readings, _fault(node, "attribute", f"{attribute} is not an attribute of {tag}. {allowed}")
        supposed = {e: choice(*rests.values()) for e, pattern in readings.items() if (rests := attributed(pattern, meant))}
        message = f"{attribute} is not an attribute of {tag}; did you mean {self._name.attribute(meant)}?"
        return supposed, _fault(node, "attribute", message)

    def _attributes_end(self, node: etree._Element, readings: _Readings) -> tuple[_Readings, Fault | None]:
        left = {element: rest for element, pattern in readings.items() if (rest := closed(pattern)) is not NOT_ALLOWED}
        if left:
            return left, None
        left = {element: closed(pattern, forgiving=True) for element, pattern in readings.items()}
        lacking = lacking_attributes(choice(*readings.values()))
        if not lacking:
            return left, _fault(node, "element", f"{self._tag(node)} is never allowed by this schema")
        said = " and ".join(("one of " if len(one) > 1 else "") + self._name.attributes(one) for one in lacking)
        plural = "s" if len(lacking) > 1 else ""
        return left, _fault(node, "missing-attribute", f"{self._tag(node)} lacks the attribute{plural} {said}")

    # Text, and the end of an element

    def _text(self, parent: _Open, following: etree._Element | None) -> Iterator[Fault]:
        """The text between two elements of a parent, or before its end."""
        if is_blank(_text_before(parent.node, following)):
            return
        left = {element: rest for element, pattern in parent.readings.items() if (rest := after_text(pattern)) is not NOT_ALLOWED}
        if left:
            parent.readings, parent.in_run = left, False
        elif not parent.faulty:
            parent.faulty = True
            yield self._stray_text(parent.node, following)

    def _stray_text(self, parent: etree._Element, following: etree._Element | None) -> Fault:
        text, before = next(piece for piece in _pieces(parent, following) if not is_blank(piece[0]))
        line = (_line(parent) if before is None else _last_line(before)) + text[: len(text) - len(text.lstrip())].count("\n")
        return Fault(line, 1, "text", f"text is not allowed directly in {self._tag(parent)}: “{_shortened(text)}”")

    def _end(self, ended: _Open) -> Iterator[Fault]:
        """Is the element complete?  What it may have been decides how its parent goes on."""
        node, parent = ended.node, self._open[-1]
        if ended.readings:
            if len(node) == 0 or next(node.iterchildren("*"), None) is None:
                text = _text_before(node, None)
                complete = [element for element, pattern in ended.readings.items() if allows(pattern, text)]
                fault = None if complete or ended.faulty else self._wrong_text(ended, text)
            else:
                yield from self._text(ended, None)
                complete = [element for element, pattern in ended.readings.items() if pattern.nullable]
                fault = None if complete or ended.faulty else self._incomplete(ended)
            if fault:
                yield fault
            ended.readings = dict.fromkeys(complete or ended.readings, EMPTY)
        if ended.after:
            is_known = any(child in ended.readings for followers in ended.after.values() for child in followers)
            left = {
                element: choice(*(rest for child, rest in followers.items() if child in ended.readings or not is_known))
                for element, followers in ended.after.items()
            }
            left = {element: rest for element, rest in left.items() if rest is not NOT_ALLOWED}
            if left != parent.readings:
                parent.stages.setdefault(str(node.tag), parent.readings)
                parent.readings = left
            parent.last = str(node.tag)

    def _wrong_text(self, ended: _Open, text: str) -> Fault:
        """The fault of an element without elements whose text, or lack of it, is not allowed."""
        patterns = list(ended.readings.values())
        by_characters = [pattern for pattern in patterns if pattern.has_strings]
        if by_characters and (not is_blank(text) or not any(needed_elements(pattern) for pattern in patterns)):
            shown = f"“{_shortened(text)}” in {self._tag(ended.node)}" if text else f"{self._tag(ended.node)} is empty"
            return _fault(ended.node, "value", f"{shown}: {value_in_words(choice(*by_characters), text)}")
        if is_blank(text) or any(after_text(pattern) is not NOT_ALLOWED for pattern in patterns):
            return self._incomplete(ended)
        return self._stray_text(ended.node, None)

    def _incomplete(self, ended: _Open) -> Fault:
        needed = _union(needed_elements(pattern) for pattern in ended.readings.values())
        after = f"after {self._name.element(ended.last)} " if ended.last else ""
        one_of = "one of " if len(needed) > 1 else ""
        message = f"{self._tag(ended.node)} is incomplete: {after}it needs {one_of}{self._name.elements(needed)}"
        return _fault(ended.node, "incomplete", message)

    # Words

    def _tag(self, node: etree._Element) -> str:
        return self._name.element(str(node.tag))

    def _in(self, parent: _Open) -> str:
        return "" if parent.is_document else f" in {self._tag(parent.node)}"


def _after(readings: _Readings, tag: str, forgiving: bool = False) -> dict[Element, _Readings]:
    """For each reading that allows an element of that name next: what that element may be, and what may follow it."""
    return {element: after for element, pattern in readings.items() if (after := opened(pattern, tag, forgiving))}


def _exclude(readings: Iterable[Element], one: str, other: str) -> bool:
    """Whether of two attributes that may each stand there the one leaves no room for the other."""
    rests = [rest for element in readings for rest in attributed(element.content, one).values()]
    return one != other and not any(attributed(rest, other) for rest in rests)


def _union(sets: Iterable[frozenset[NameClass]]) -> frozenset[NameClass]:
    return frozenset().union(*sets)


def _text_before(parent: etree._Element, following: etree._Element | None) -> str:
    """The text between an element, or the start of the parent, and ``following``, or the end of the parent."""
    return "".join(text for text, _ in _pieces(parent, following))


def _pieces(parent: etree._Element, following: etree._Element | None) -> list[tuple[str, etree._Element | None]]:
    """The same in pieces, as comments and processing instructions part it, each with the node before it (None: the start)."""
    before = following.getprevious() if following is not None else parent[-1] if len(parent) else None
    pieces: list[tuple[str, etree._Element | None]] = []
    while before is not None:
        pieces.append((before.tail or "", before))
        if isinstance(before.tag, str):
            return pieces[::-1]
        before = before.getprevious()
    return [(parent.text or "", None), *pieces[::-1]]


def _line(node: etree._Element) -> int:
    return node.sourceline or 1


def _last_line(node: etree._Element) -> int:
    """The line an element ends on: libxml2 knows only where start tags end, the rest is counted."""
    breaks = 0
    while len(node):
        node = node[-1]
        breaks += (node.tail or "").count("\n")
    return _line(node) + breaks + ((node.text or "").count("\n") if isinstance(node.tag, str) else 0)


def _fault(node: etree._Element, kind: Kind, message: str) -> Fault:
    return Fault(_line(node), 1, kind, message)


def _shortened(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= LONGEST_QUOTED else value[: LONGEST_QUOTED - 1] + "…"
