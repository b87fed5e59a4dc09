"""What a reader may have meant whose address leads nowhere or whose search finds nothing: names spelled so or nearly so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from flask import url_for

from webapp.entries import Line
from webapp.filing import filed
from webapp.published import published

MOST = 5
"""How many are named."""
LONGEST = 60
"""A longer word than this is no slip of the pen."""
_OPERATORS = re.compile(r"\b(?:OR|NOT)\b|\w+:")
_KINDS_OF_PAGE = frozenset(
    (
        "documents",
        "registers",
        "pages",
        "search",
        "compare",
        "source",
        "diplomatic",
        "cite",
        "header",
        "part",
        "index",
        "api",
        "v1",
        "static",
    )
)


@dataclass(frozen=True, slots=True)
class Near:
    """A page that may be meant: its title and the language of that, what it is, its address."""

    title: str
    language: str
    what: str
    address: str


def entries_near(query: str) -> tuple[Line, ...]:
    """The entries in whose names the words of a query stand, those named most often first; then those spelled nearly so."""
    words = filed(_OPERATORS.sub(" ", query))
    if not words or len(words) > LONGEST:
        return ()
    registers = published().registers.values()
    found = [line for each in registers for line in each.chosen(words, "", "mentions")[:MOST]] if len(words) > 1 else []
    similar = _similar(words, ((name, line) for each in registers for line in each.lines for name in _names(line)))
    lines = (line for group in (found, similar) for line in sorted(group, key=lambda line: -line.mentions))
    return tuple({(line.kind.name, line.key): line for line in lines}.values())[:MOST]


def _names(line: Line) -> Iterator[str]:
    """What a name can be written for: each form of it, and each word of them."""
    for name in map(filed, (line.name, *line.entry.names)):
        yield name
        yield from name.split()


def _similar(words: str, candidates: Iterable[tuple[str, Line]]) -> list[Line]:
    """The lines one of whose names is nearly ``words``: it begins with the same letter and is not much longer or shorter."""
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    for name, line in candidates:
        if name[:1] == words[0] and abs(len(name) - len(words)) <= 3:
            lines[name].append(line)
    return [line for name in get_close_matches(words, lines, n=MOST, cutoff=0.75) for line in lines[name][:MOST]]


def pages_near(path: str) -> tuple[Near, ...]:
    """The texts, pages and entries whose id or title holds what an address asks for, or is nearly that; texts first."""
    parts = [part for part in unquote(path).split("/") if part and part not in _KINDS_OF_PAGE]
    words = filed(re.sub(r"\.\w+$", "", parts[0])) if parts else ""
    if len(words) < 2 or len(words) > LONGEST:
        return ()
    return tuple([*_texts_near(words), *_prose_near(words), *_entries_near(words)][:MOST])


def _texts_near(words: str) -> list[Near]:
    here = published()
    ids = [text.id for text in here.texts.chosen(words)[:MOST]]
    if not ids:
        known = {filed(text.id): text.id for text in here.texts.all if filed(text.id)[:1] == words[0]}
        ids = [known[name] for name in get_close_matches(words, known, n=MOST, cutoff=0.6)]
    found = filter(None, map(here.catalogue.document, ids))
    return [Near(each.title, each.language, "text", url_for("documents.reading", id=each.id)) for each in found]


def _prose_near(words: str) -> list[Near]:
    titles = dict(published().pages)
    near = get_close_matches(words, titles, n=MOST, cutoff=0.6)
    return [Near(titles[id], "", "page", url_for("home.prose", id=id)) for id in near]


def _entries_near(words: str) -> list[Near]:
    return [
        Near(line.name, "", line.kind.name, url_for("registers.entry", kind=line.kind.many, key=line.key))
        for line in entries_near(words)
    ]
