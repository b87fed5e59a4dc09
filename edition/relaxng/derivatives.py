"""RELAX NG patterns and what is left of them when a piece of a document has been read: their derivatives.

After James Clark, "An algorithm for RELAX NG validation" (2002), with one change: the derivative by a start tag does not carry
the open elements along. It tells which element patterns the tag may begin and, for each, what may follow the element's end.
So derivatives do not depend on where in a document they are taken, and a few thousand of them serve any number of files.

Equal patterns are one object, so they compare and hash by identity; derivatives are kept in caches of bounded size.
Names are written ``{namespace}local``, as lxml writes them. "Section" is one of the RELAX NG specification (OASIS, 2001).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar
from weakref import WeakValueDictionary

from edition.relaxng.datatypes import Datatype, words

KEPT = 2**16
"""Derivatives of each sort that are kept."""


@dataclass(frozen=True, slots=True)
class Name:
    """The class of one name."""

    tag: str

    def contains(self, tag: str) -> bool:
        """Whether ``tag`` belongs to the class."""
        return tag == self.tag


@dataclass(frozen=True, slots=True)
class AnyName:
    """The class of all names, or of all names of one namespace, but those of ``excepted``."""

    namespace: str | None
    excepted: NameClass | None

    def contains(self, tag: str) -> bool:
        """Whether ``tag`` belongs to the class."""
        if self.namespace is not None and namespace_of(tag) != self.namespace:
            return False
        return self.excepted is None or not self.excepted.contains(tag)


@dataclass(frozen=True, slots=True)
class Names:
    """The class of the names of several classes."""

    parts: tuple[NameClass, ...]

    def contains(self, tag: str) -> bool:
        """Whether ``tag`` belongs to the class."""
        return any(part.contains(tag) for part in self.parts)


NameClass = Name | AnyName | Names


def namespace_of(tag: str) -> str:
    """The namespace of a name, empty if it has none."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


@dataclass(frozen=True, eq=False)
class Pattern:
    """What may stand in some place; ``number`` counts patterns in the order they were made."""

    number: int = field(init=False, default_factory=itertools.count().__next__)

    @cached_property
    def nullable(self) -> bool:
        """Whether nothing at all may stand there."""
        return False

    @cached_property
    def has_attributes(self) -> bool:
        """Whether attributes may, or must, stand there."""
        return False

    @cached_property
    def has_strings(self) -> bool:
        """Whether a text there is judged by its characters: by a datatype, a value or a list."""
        return False


class Empty(Pattern):
    """Nothing."""

    nullable = cached_property(lambda _: True)


class NotAllowed(Pattern):
    """What no document has."""


class Text(Pattern):
    """Any text, or none."""

    nullable = cached_property(lambda _: True)


class _String(Pattern):
    has_strings = cached_property(lambda _: True)


@dataclass(frozen=True, eq=False)
class Data(_String):
    """A string of a datatype, but none that ``excepted`` matches."""

    datatype: Datatype
    excepted: Pattern


@dataclass(frozen=True, eq=False)
class Value(_String):
    """One string, or another that means the same in its datatype."""

    datatype: Datatype
    written: str


@dataclass(frozen=True, eq=False)
class List(_String):
    """Words that white space parts; the content is matched word by word."""

    content: Pattern


@dataclass(frozen=True, eq=False)
class Attribute(Pattern):
    """An attribute."""

    names: NameClass
    value: Pattern
    has_attributes = cached_property(lambda _: True)


@dataclass(frozen=True, eq=False)
class Element(Pattern):
    """An element; its content is read from the schema when it is needed, since elements contain one another."""

    names: NameClass
    read_content: Callable[[], Pattern]

    @cached_property
    def content(self) -> Pattern:
        """Its attributes and its content."""
        return self.read_content()


@dataclass(frozen=True, eq=False)
class Compound(Pattern):
    """A pattern of patterns."""

    parts: tuple[Pattern, ...]

    @cached_property
    def nullable(self) -> bool:
        """Whether nothing at all may stand there."""
        return all(part.nullable for part in self.parts)

    @cached_property
    def has_attributes(self) -> bool:
        """Whether attributes may, or must, stand there."""
        return any(part.has_attributes for part in self.parts)

    @cached_property
    def has_strings(self) -> bool:
        """Whether a text there is judged by its characters."""
        return any(part.has_strings for part in self.parts)


class Group(Compound):
    """One part after the other."""


class Interleave(Compound):
    """All parts, between one another."""


class OneOrMore(Compound):
    """The only part, once or again and again."""


class Choice(Compound):
    """One of the parts."""

    @cached_property
    def nullable(self) -> bool:
        """Whether nothing at all may stand there."""
        return any(part.nullable for part in self.parts)


EMPTY = Empty()
NOT_ALLOWED = NotAllowed()
TEXT = Text()

_made: WeakValueDictionary[tuple[type[Compound], tuple[Pattern, ...]], Compound] = WeakValueDictionary()


def _one(kind: type[Compound], parts: Iterable[Pattern]) -> Pattern:
    key = (kind, tuple(parts))
    found = _made.get(key)
    if found is None:
        found = _made[key] = kind(key[1])
    return found


def _flat(kind: type[Compound], parts: Iterable[Pattern]) -> Iterator[Pattern]:
    for part in parts:
        if isinstance(part, kind):
            yield from part.parts
        else:
            yield part


def _number(pattern: Pattern) -> int:
    return pattern.number


def choice(*parts: Pattern) -> Pattern:
    """The choice of the parts, in its simplest form."""
    different = {part for part in _flat(Choice, parts) if part is not NOT_ALLOWED}
    if EMPTY in different and any(part.nullable for part in different if part is not EMPTY):
        different.remove(EMPTY)
    if len(different) < 2:
        return different.pop() if different else NOT_ALLOWED
    return _one(Choice, sorted(different, key=_number))


def group(*parts: Pattern) -> Pattern:
    """The parts one after the other, in its simplest form."""
    return _sequence(Group, [part for part in _flat(Group, parts) if part is not EMPTY])


def interleave(*parts: Pattern) -> Pattern:
    """The parts between one another, in its simplest form."""
    return _sequence(Interleave, sorted((part for part in _flat(Interleave, parts) if part is not EMPTY), key=_number))


def _sequence(kind: type[Compound], parts: list[Pattern]) -> Pattern:
    if NOT_ALLOWED in parts:
        return NOT_ALLOWED
    if len(parts) < 2:
        return parts[0] if parts else EMPTY
    return _one(kind, parts)


def one_or_more(part: Pattern) -> Pattern:
    """The part again and again, in its simplest form."""
    if part in (EMPTY, NOT_ALLOWED, TEXT) or isinstance(part, OneOrMore):
        return part
    if isinstance(part, Choice) and EMPTY in part.parts:
        return choice(EMPTY, one_or_more(choice(*(other for other in part.parts if other is not EMPTY))))
    return _one(OneOrMore, (part,))


def attribute(names: NameClass, value: Pattern) -> Pattern:
    """An attribute, unless there is no value it could have."""
    return NOT_ALLOWED if value is NOT_ALLOWED else Attribute(names, value)


_Begun = TypeVar("_Begun", Attribute, Element)
_Rest = Callable[[Pattern], Pattern]
"""What the whole becomes when a part of it has become something else."""


def opened(pattern: Pattern, tag: str, forgiving: bool = False) -> Mapping[Element, Pattern]:
    """The derivative by a start tag: each element pattern it may begin, and what may follow the end of that element.

    ``forgiving`` passes over what should have come before.
    """
    match pattern:
        case Element():
            return {pattern: EMPTY} if pattern.names.contains(tag) else {}
        case Compound():
            return _compound_opened(pattern, tag, forgiving)
    return {}


@lru_cache(KEPT)
def _compound_opened(pattern: Compound, tag: str, forgiving: bool) -> Mapping[Element, Pattern]:
    return _merged((opened(part, tag, forgiving), rest) for part, rest in _next_parts(pattern, forgiving))


def attributed(pattern: Pattern, name: str) -> Mapping[Attribute, Pattern]:
    """The derivative by an attribute: each attribute pattern it may be, and what then remains."""
    match pattern:
        case Attribute():
            return {pattern: EMPTY} if pattern.names.contains(name) else {}
        case Compound(has_attributes=True):
            return _compound_attributed(pattern, name)
    return {}


@lru_cache(KEPT)
def _compound_attributed(pattern: Compound, name: str) -> Mapping[Attribute, Pattern]:
    return _merged((attributed(part, name), rest) for part, rest in _any_parts(pattern))


def _merged(derivatives: Iterable[tuple[Mapping[_Begun, Pattern], _Rest]]) -> Mapping[_Begun, Pattern]:
    merged: dict[_Begun, Pattern] = {}
    for derivative, whole in derivatives:
        for begun, rest in derivative.items():
            merged[begun] = choice(merged.get(begun, NOT_ALLOWED), whole(rest))
    return merged


@lru_cache(KEPT)
def closed(pattern: Pattern, forgiving: bool = False) -> Pattern:
    """The derivative by the end of a start tag: attributes that are still required make it not allowed, unless ``forgiving``."""
    if not pattern.has_attributes:
        return pattern
    match pattern:
        case Attribute():
            return EMPTY if forgiving else NOT_ALLOWED
        case Choice():
            return choice(*(closed(part, forgiving) for part in pattern.parts))
        case Group():
            return group(*(closed(part, forgiving) for part in pattern.parts))
        case Interleave():
            return interleave(*(closed(part, forgiving) for part in pattern.parts))
        case OneOrMore():
            return one_or_more(closed(pattern.parts[0], forgiving))
    return pattern


def after_text(pattern: Pattern, string: str | None = None) -> Pattern:
    """The derivative by a text: by the whole string between two tags, or (None) by some text among elements.

    Strings that are judged by their characters never stand beside elements (section 7.2).
    """
    return _after_text(pattern, string if pattern.has_strings else None)


@lru_cache(KEPT)
def _after_text(pattern: Pattern, string: str | None) -> Pattern:
    match pattern:
        case Text():
            return TEXT
        case Data() if string is not None:
            fits = pattern.datatype.allows(string) and not allows(pattern.excepted, string)
            return EMPTY if fits else NOT_ALLOWED
        case Value() if string is not None:
            return EMPTY if pattern.datatype.equals(string, pattern.written) else NOT_ALLOWED
        case List() if string is not None:
            rest = pattern.content
            for word in words(string):
                rest = after_text(rest, word)
            return EMPTY if rest.nullable else NOT_ALLOWED
        case Compound():
            return choice(*(whole(after_text(part, string)) for part, whole in _next_parts(pattern, False)))
    return NOT_ALLOWED


def allows(pattern: Pattern, string: str) -> bool:
    """Whether the string can be the value of an attribute, or the only content of an element (section 6.2.8)."""
    return (pattern.nullable and is_blank(string)) or after_text(pattern, string).nullable


def is_blank(string: str) -> bool:
    """Whether there is nothing but white space, as XML counts it."""
    return not string.strip(" \t\r\n")


def _next_parts(pattern: Compound, forgiving: bool) -> Iterator[tuple[Pattern, _Rest]]:
    """The parts that may come next, in the order of the content."""
    if not isinstance(pattern, Group):
        yield from _any_parts(pattern)
        return
    for i, part in enumerate(pattern.parts):
        yield part, lambda rest, i=i: group(rest, *pattern.parts[i + 1 :])  # type: ignore[misc]
        if not (part.nullable or forgiving):
            return


def _any_parts(pattern: Compound) -> Iterator[tuple[Pattern, _Rest]]:
    """All parts, for what has no order."""
    parts = pattern.parts
    match pattern:
        case Choice():
            yield from ((part, lambda rest: rest) for part in parts)
        case OneOrMore():
            yield parts[0], lambda rest: group(rest, choice(EMPTY, pattern))
        case Group() | Interleave():
            together = group if isinstance(pattern, Group) else interleave
            for i, part in enumerate(parts):
                yield part, lambda rest, i=i: together(*parts[:i], rest, *parts[i + 1 :])  # type: ignore[misc]
