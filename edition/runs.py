"""Where passages, their words and the mentions lie in the HTML of a page, so that all of them can be marked by splicing.

The HTML is the fragment ``xslt/reading.xsl`` made, so its form is known: void elements have no end tag, attribute values are
quoted, a passage is the element that carries its id, a mention one that carries its number, ``data-mention``. It gets its address
when the page is put together. Found once at build time; the server never parses HTML.

Runs are a flat tuple of offsets into the fragment, ``start, end, start, end, …``, in the order of the page. A pair with
``start == end`` is a place where words part though no character stands there (a block begins, an entity like ``&amp;``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

TOKEN = re.compile(r"<(/?)([a-zA-Z][-\w]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<!--.*?-->|&#?\w+;", re.DOTALL)
"""What stands between words: a tag (``/`` of an end tag, name, attributes), a comment, an entity."""
_ID = re.compile(r"\sid=\"([^\"]*)\"")
_NUMBER = re.compile(r"\sdata-mention=\"(\d+)\"")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr".split()
)
BY_EDITION = frozenset(("by-edition", "permalink", "note-ref", "note-back", "note-marker", "visually-hidden"))
"""Classes of elements whose words are the edition's, not the text's; they are never marked."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where things lie in a page, by offsets: the runs of each passage that has any, the tags of each that is there, and of each
    mention, by number, the places where attributes can be added to its tags.

    The tags of a passage are ``start, content, content end, end, *open``: the pairs of offsets of the tags that are open there,
    the outermost first.
    """

    runs: Mapping[str, tuple[int, ...]]
    tags: Mapping[str, tuple[int, ...]]
    mentions: Mapping[int, tuple[int, ...]]


def page(fragment: str, passages: Set[str]) -> Page:
    """Where these passages, and all mentions, lie in a page."""
    runs: dict[str, list[int]] = {}
    tags: dict[str, list[int]] = {}
    mentions: dict[int, list[int]] = {}
    above: list[_Open] = []
    here: str | None = None  # the passage whose words these are (None: nobody's)
    position = 0
    for token in TOKEN.finditer(fragment):
        start, end = token.span()
        if here is not None and start > position:
            runs.setdefault(here, []).extend((position, start))
        position = end
        closing, name, attributes = token.groups()
        if here is not None and name not in _INLINE:
            runs.setdefault(here, []).extend((end, end))
        if not name:
            continue
        if closing:
            while above:
                inner = above.pop()
                if inner.passage:
                    tags[inner.passage][2:4] = (start, end)
                if inner.name == name:
                    break
            here = above[-1].words_of if above else None
            continue
        id = ""
        if attributes:
            if number := _NUMBER.search(attributes):
                mentions.setdefault(int(number[1]), []).append(token.start(3) + number.start())
            if (found := _ID.search(attributes)) and (given := unescaped(found[1])) in passages:
                id = given
        if name in VOID:
            continue
        if id:
            here = id
        if attributes and (classes := _CLASS.search(attributes)) and _is_by_edition(classes[1]):
            here = None
        is_first = bool(id) and id not in tags
        if is_first:
            tags[id] = [start, end, 0, 0, *(offset for each in above for offset in (each.start, each.end))]
        above.append(_Open(name, start, end, here, id if is_first else ""))
    return Page(
        {id: tuple(_tidy(offsets)) for id, offsets in runs.items()},
        {id: tuple(offsets) for id, offsets in tags.items()},
        {number: tuple(offsets) for number, offsets in mentions.items()},
    )


class _Open(NamedTuple):
    """An element that is open: where its start tag lies, whose words it holds, and the passage that it is, if it is one."""

    name: str
    start: int
    end: int
    words_of: str | None
    passage: str


@cache
def _is_by_edition(classes: str) -> bool:
    return not BY_EDITION.isdisjoint(classes.split())


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
