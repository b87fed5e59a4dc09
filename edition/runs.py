"""Where the words of a passage lie in the HTML of its page, so that a search hit can be marked by splicing.

The HTML is the fragment ``xslt/reading.xsl`` made, so its form is known: void elements have no end tag, attribute values are
quoted, a passage is the element that carries its id. Found once at build time; the server never parses HTML.

Runs are a flat tuple of offsets into the fragment, ``start, end, start, end, …``, in the order of the page. A pair with
``start == end`` is a place where words part though no character stands there (a block begins, an entity like ``&amp;``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

TOKEN = re.compile(r"<(/?)([a-zA-Z][-\w]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->|&#?\w+;", re.DOTALL)
"""What stands between words: a tag (``/`` of an end tag, name, attributes), a comment, an entity."""
_ID = re.compile(r"\sid=\"([^\"]*)\"")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr".split()
)
BY_EDITION = frozenset(("by-edition", "permalink", "note-ref", "note-back", "note-marker", "visually-hidden"))
"""Classes of elements whose words are the edition's, not the text's; they are never marked."""


def runs(fragment: str, passages: Set[str]) -> dict[str, tuple[int, ...]]:
    """The runs of each of the passages that has any, by id."""
    found: dict[str, list[int]] = {}
    stack: list[tuple[str, str | None]] = []  # element name, the passage whose words it holds (None: nobody's)
    position = 0
    for token in TOKEN.finditer(fragment):
        here = stack[-1][1] if stack else None
        if here is not None and token.start() > position:
            found.setdefault(here, []).extend((position, token.start()))
        position = token.end()
        name = token[2]
        if here is not None and (not name or name not in _INLINE):
            found.setdefault(here, []).extend((position, position))
        if not name:
            continue
        if token[1]:
            while stack and stack.pop()[0] != name:
                pass
        elif name not in VOID:
            stack.append((name, _owner(token[3], here, passages)))
    return {id: tuple(_tidy(offsets)) for id, offsets in found.items()}


def _owner(attributes: str, outer: str | None, passages: Set[str]) -> str | None:
    classes = _CLASS.search(attributes)
    if classes and not BY_EDITION.isdisjoint(classes[1].split()):
        return None
    id = _ID.search(attributes)
    return unescaped(id[1]) if id and unescaped(id[1]) in passages else outer


def unescaped(value: str) -> str:
    """The value of an attribute as it is meant."""
    return value.replace("&#34;", '"').replace("&gt;", ">").replace("&amp;", "&")


def _tidy(offsets: list[int]) -> Iterable[int]:
    """Without the partings at the start, at the end and behind one another."""
    pairs = list(zip(offsets[::2], offsets[1::2], strict=True))
    while pairs and pairs[-1][0] == pairs[-1][1]:
        pairs.pop()
    parted = True
    for start, end in pairs:
        if start != end or not parted:
            yield from (start, end)
        parted = start == end


def text(fragment: str, runs: tuple[int, ...]) -> str:
    """The words of a passage as the page shows them, one character of space where they part."""
    return "".join(fragment[start:end] or " " for start, end in zip(runs[::2], runs[1::2], strict=True))


def places(runs: tuple[int, ...], start: int, end: int) -> Iterable[tuple[int, int]]:
    """The pieces of the fragment in which the characters ``start`` to ``end`` of ``text(fragment, runs)`` stand."""
    offset = 0
    for first, last in zip(runs[::2], runs[1::2], strict=True):
        length = max(last - first, 1)
        low, high = max(start - offset, 0), min(end - offset, last - first)
        if low < high:
            yield first + low, first + high
        offset += length
