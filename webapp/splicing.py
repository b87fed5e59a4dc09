"""Putting a page together: markup written into a fragment at the offsets where it belongs.

The fragment depends on its document alone; what the rest of the edition knows (which entry a name means) and what the reader asks
(which words to mark) is written in when the page is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

Insertion = tuple[int, int, str]
"""Where, in what order among those at one place, and what markup."""


def spliced(fragment: Markup, insertions: Iterable[Insertion]) -> Markup:
    """The fragment with all insertions at their offsets."""
    text = str(fragment)
    out: list[str] = []
    position = 0
    for offset, _, markup in sorted(insertions):
        out += (text[position:offset], markup)
        position = offset
    out.append(text[position:])
    return Markup("".join(out))  # noqa: S704  what is joined is markup, every piece of it


def links(named: Iterable[tuple[str, str, str]], registers: str) -> Iterable[Insertion]:
    """The links of names to their entries: ``named`` is as ``Catalogue.named_in`` gives it, ``registers`` their address.

    An element that names several entries leads to the first.
    """
    linked: set[str] = set()
    for places, kind, key in named:
        if places in linked:
            continue
        linked.add(places)
        markup = f' href="{registers}{kind}s/{quote(key, safe="")}/" data-kind="{kind}"'
        for offset in places.split():
            yield int(offset), 0, markup


KINDS = ("person", "organisation", "place", "work", "event")
"""The kinds of entries, in the order in which pages offer to switch them off."""


def kinds(named: Iterable[tuple[str, str, str]], fragment: Markup) -> tuple[str, ...]:
    """What can be switched off in a page: the kinds of entries it names, and events and dates where it tells of them."""
    there = {kind for _, kind, _ in named}
    dates = ("dates",) if 'class="tei-date expression' in fragment or 'class="tei-time expression' in fragment else ()
    return tuple(f"{kind}s" for kind in KINDS if kind in there) + dates


def marks(pieces: Iterable[tuple[int, int, bool]]) -> tuple[list[Insertion], int]:
    """``<mark>`` around pieces of the fragment (start, end, whether a match begins here), and the number of matches.

    Matches are numbered ``hit-1`` … in the order of the page; one that markup interrupts is marked in pieces.
    """
    insertions: list[Insertion] = []
    hits = 0
    for first, last, begins in sorted(pieces):
        hits += begins
        insertions += [(first, 2, f'<mark id="hit-{hits}">' if begins else "<mark>"), (last, 1, "</mark>")]
    return insertions, hits
