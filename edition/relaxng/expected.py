"""What a RELAX NG pattern expects, as names and in an editor's words."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from lxml import etree

from edition.relaxng.derivatives import (
    AnyName,
    Attribute,
    Choice,
    Compound,
    Data,
    Element,
    Group,
    List,
    Name,
    NameClass,
    Names,
    Pattern,
    Text,
    Value,
    closed,
    namespace_of,
    opened,
)

MOST_NAMES, MOST_VALUES = 8, 20
"""Names, or values of a closed list, in one message; of more, the others are counted."""
NEAR, NEARER = 0.72, 0.85
"""How alike two names must be (difflib's ratio) for one to be a slip of the pen for the other, and if they begin differently."""
_XML = "http://www.w3.org/XML/1998/namespace"


def spelled_out(names: NameClass) -> Iterator[Name | AnyName]:
    """The single names and wildcards of a name class."""
    if isinstance(names, Names):
        for part in names.parts:
            yield from spelled_out(part)
    else:
        yield names


@lru_cache(maxsize=4096)
def next_elements(pattern: Pattern) -> frozenset[NameClass]:
    """The elements that may come next."""
    match pattern:
        case Element():
            return frozenset(spelled_out(pattern.names))
        case Group():
            found: set[NameClass] = set()
            for part in pattern.parts:
                found |= next_elements(part)
                if not part.nullable:
                    break
            return frozenset(found)
        case Compound():
            return frozenset().union(*(next_elements(part) for part in pattern.parts))
    return frozenset()


@lru_cache(maxsize=4096)
def needed_elements(pattern: Pattern) -> frozenset[NameClass]:
    """The elements of which one must still come; none if nothing must."""
    if pattern.nullable:
        return frozenset()
    match pattern:
        case Element():
            return frozenset(spelled_out(pattern.names))
        case Choice():
            return frozenset().union(*(needed_elements(part) for part in pattern.parts))
        case Compound():
            return next((needed for part in pattern.parts if (needed := needed_elements(part))), frozenset())
    return frozenset()


@lru_cache(maxsize=4096)
def passed_over(pattern: Pattern, tag: str) -> frozenset[NameClass]:
    """The elements that must come before one of the name ``tag`` and have not come."""
    if not isinstance(pattern, Compound):
        return frozenset()
    found: set[NameClass] = set()
    for part in pattern.parts:
        if opened(part, tag, forgiving=True):
            found |= passed_over(part, tag)
            if isinstance(pattern, Group):
                break
        elif isinstance(pattern, Group):
            found |= needed_elements(part)
    return frozenset(found)


@lru_cache(maxsize=4096)
def known_attributes(pattern: Pattern) -> frozenset[NameClass]:
    """The attributes that may stand there, together or not."""
    match pattern:
        case Attribute():
            return frozenset(spelled_out(pattern.names))
        case Compound():
            return frozenset().union(*(known_attributes(part) for part in pattern.parts))
    return frozenset()


@lru_cache(maxsize=4096)
def lacking_attributes(pattern: Pattern) -> tuple[frozenset[NameClass], ...]:
    """What attributes are still required: one of each set."""
    if not pattern.has_attributes or closed(pattern) is closed(pattern, forgiving=True):
        return ()
    match pattern:
        case Attribute():
            return (frozenset(spelled_out(pattern.names)),)
        case Choice():
            ways = [lacking_attributes(part) for part in pattern.parts]
            if not all(ways):
                return ()
            common = tuple(one for one in ways[0] if all(one in way for way in ways))
            return common or (frozenset().union(*(one for way in ways for one in way)),)
        case Compound():
            return tuple(dict.fromkeys(one for part in pattern.parts for one in lacking_attributes(part)))
    return ()


@lru_cache(maxsize=4096)
def takes_text(pattern: Pattern) -> bool:
    """Whether there may be text."""
    match pattern:
        case Compound():
            return any(takes_text(part) for part in pattern.parts)
        case Text():
            return True
    return pattern.has_strings


def values(pattern: Pattern) -> tuple[str, ...]:
    """The strings that are named one by one."""
    match pattern:
        case Value():
            return (pattern.written,)
        case List():
            return values(pattern.content)
        case Compound():
            return tuple(dict.fromkeys(value for part in pattern.parts for value in values(part)))
    return ()


def value_in_words(pattern: Pattern, written: str) -> str:
    """What a value must be, and which of the listed values ``written`` may have meant."""
    listed = values(pattern)
    shown = [f"“{value}”" for value in listed if value]
    said = [] if len(shown) == len(listed) else ["empty"]
    if shown:
        said.append(("one of " if len(shown) > 1 else "") + _counted(shown, MOST_VALUES))
    said.extend(dict.fromkeys(_descriptions(pattern)))
    *before, last = said or ["empty"]
    what = f"{', '.join(before)}, or {last}" if before else last
    if _is_list(pattern):
        what = f"words with spaces between, each {what}"
    near = _near(written, listed)
    return f"the value must be {what}" + (f"; did you mean “{near}”?" if near else "")


def _descriptions(pattern: Pattern) -> Iterator[str]:
    match pattern:
        case Data():
            yield pattern.datatype.words
        case Text():
            yield "any text"
        case List():
            yield from _descriptions(pattern.content)
        case Compound():
            for part in pattern.parts:
                yield from _descriptions(part)


def _is_list(pattern: Pattern) -> bool:
    return isinstance(pattern, List) or (isinstance(pattern, Choice) and any(_is_list(part) for part in pattern.parts))


class Namer:
    """Names as the editor of a document writes them: bare in the namespace of its outermost element, otherwise with a prefix."""

    def __init__(self, root: etree._Element) -> None:
        self._namespace = namespace_of(str(root.tag))
        self._prefixes = {uri: prefix for prefix, uri in root.nsmap.items() if prefix} | {_XML: "xml"}

    def element(self, name: str | NameClass) -> str:
        """``<p>``, or words for a wildcard."""
        if isinstance(name, AnyName):
            return "any element" + self._wildcard(name, self.element)
        if isinstance(name, Names):
            return self.elements(name.parts)
        tag = name.tag if isinstance(name, Name) else name
        namespace = namespace_of(tag)
        if namespace == self._namespace:
            return f"<{_local(tag)}>"
        if namespace in self._prefixes:
            return f"<{self._prefixes[namespace]}:{_local(tag)}>"
        return f'<{_local(tag)} xmlns="{namespace}">'

    def attribute(self, name: str | NameClass) -> str:
        """``@ref``, or words for a wildcard."""
        if isinstance(name, AnyName):
            return "any attribute" + self._wildcard(name, self.attribute)
        if isinstance(name, Names):
            return self.attributes(name.parts)
        tag = name.tag if isinstance(name, Name) else name
        prefix = self._prefixes.get(namespace_of(tag))
        return f"@{prefix}:{_local(tag)}" if prefix else f"@{tag}"

    def elements(self, names: Iterable[NameClass]) -> str:
        """Their names in alphabetical order, not too many of them."""
        return _counted(_sorted(self.element(name) for name in names))

    def attributes(self, names: Iterable[NameClass]) -> str:
        """Their names in alphabetical order, not too many of them."""
        return _counted(_sorted(self.attribute(name) for name in names))

    def _wildcard(self, wildcard: AnyName, word: Callable[[NameClass], str]) -> str:
        said = f" of the namespace “{wildcard.namespace}”" if wildcard.namespace else ""
        if wildcard.namespace == "":
            said = " without a namespace"
        if wildcard.excepted is None:
            return said
        others = [
            "those" + self._wildcard(name, word) if isinstance(name, AnyName) else word(name)
            for name in spelled_out(wildcard.excepted)
        ]
        return f"{said} but not {_counted(others)}"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name[0] not in "<@", name.strip("<@").casefold(), name))


def _counted(names: Collection[str], most: int = MOST_NAMES) -> str:
    shown = list(names)[:most]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} other{'s' * (more > 1)}" if more else "")


@lru_cache(maxsize=4096)
def near_name(tag: str, names: frozenset[NameClass]) -> str | None:
    """The name of the same namespace, or else of any, that ``tag`` is most like; None if it is like none."""
    tags = sorted({name.tag for name in names if isinstance(name, Name)})
    same = [other for other in tags if namespace_of(other) == namespace_of(tag)]
    found = _near(_local(tag), [_local(other) for other in same])
    if found:
        return next(other for other in same if _local(other) == found)
    return next((other for other in tags if _local(other) == _local(tag)), None)


def _near(written: str, names: Collection[str]) -> str | None:
    """The name most like the written one, if it is like enough: letters exchanged, or few others; case does not count."""
    folded = written.casefold()
    by_folded = {name.casefold(): name for name in reversed(list(names))}
    exchanged = [name for name in by_folded if sorted(name) == sorted(folded)]
    if exchanged:
        return by_folded[exchanged[0]]
    close = difflib.get_close_matches(folded, by_folded, n=5, cutoff=NEAR)
    alike = [(difflib.SequenceMatcher(None, name, folded).ratio(), name[:1] == folded[:1], name) for name in close]
    alike = [one for one in alike if one[1] or one[0] >= NEARER]
    return by_folded[max(alike)[2]] if alike else None
