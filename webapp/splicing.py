"""Putting a page together: markup written into a fragment at the offsets where it belongs.

The fragment depends on its document alone; what the rest of the edition knows (which entry a name means) and what the reader asks
(which words to mark) is written in when the page is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, unquote

from markupsafe import Markup

from edition.records import Picture

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


def links(named: Iterable[tuple[str, str, str]], registers: str, start: int = 0) -> Iterable[Insertion]:
    """The links of names to their entries: ``named`` is as ``Catalogue.named_in`` gives it, ``registers`` their address.

    An element that names several entries leads to the first. The fragment begins at the offset ``start`` of the reading text.
    """
    linked: set[str] = set()
    for places, kind, key in named:
        if places in linked:
            continue
        linked.add(places)
        markup = f' href="{registers}{kind}s/{quote(key, safe="")}/" data-kind="{kind}"'
        for offset in places.split():
            yield int(offset) - start, 0, markup


def pictures(found: Iterable[Picture], address: Callable[[str], str]) -> Iterator[Insertion]:
    """The images of a page, each at the ``address`` of its name: where the page says that one is missing, and that is hidden."""
    for each in found:
        image = Markup('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">')
        shown = image.format(address(each.name), each.words or "image without a description", each.width, each.height)
        if each.is_page:
            shown = Markup('<a class="page-thumbnail" href="{}">{}</a>').format(address(each.name), shown)
        yield each.begins, 0, str(shown)
        yield each.inside, 0, " hidden"


def ways(fragment: str, part: Callable[[str, str], str], depth: int = 1) -> Iterator[Insertion]:
    """On the way to a passage of another text that is read in parts, the part that has it, as ``part`` says by document and id.

    A stylesheet sees one file: it writes the address of the other text. Such an address goes up at least ``depth`` folders.
    """
    for link in re.finditer(rf'href="(?:\.\./){{{depth},}}(?:documents/)?([^"/#]+)/#([^"]+)"', fragment):
        if found := part(unquote(link[1]), unquote(link[2])):
            yield link.start(2) - 1, 0, f"part/{quote(found, safe='')}/"


KINDS = ("person", "organisation", "place", "work", "event")
"""The kinds of entries, in the order in which pages offer to switch them off."""


def kinds(named: Iterable[tuple[str, str, str]], fragment: Markup) -> tuple[str, ...]:
    """What can be switched off in a page: the kinds of entries it names, and events and dates where it tells of them."""
    there = {kind for _, kind, _ in named}
    dates = ("dates",) if 'class="tei-date expression' in fragment or 'class="tei-time expression' in fragment else ()
    return tuple(f"{kind}s" for kind in KINDS if kind in there) + dates


def marks(pieces: Iterable[tuple[int, int, bool]], fragment: str) -> tuple[list[Insertion], int]:
    """``<mark>`` around pieces of the fragment (start, end, whether a match begins here), and the number of matches.

    Matches are numbered ``hit-1`` … in the order of the page; one that markup interrupts is marked in pieces. Behind each, and
    behind the link that it stands in, are the ways to the one before and the next.
    """
    insertions: list[Insertion] = []
    behind: dict[int, list[int]] = {}
    hits = 0
    for first, last, begins in sorted(pieces):
        hits += begins
        insertions += [(first, 3, f'<mark id="hit-{hits}">' if begins else "<mark>"), (last, 1, "</mark>")]
        if begins:
            behind.setdefault(_end_of_link(fragment, last), []).append(hits)
    steps = ((place, 2, _steps(numbers[0], numbers[-1], hits)) for place, numbers in behind.items())
    return [*insertions, *steps], hits


def _end_of_link(fragment: str, place: int) -> int:
    """Behind the link that is open at this place, else the place: no link stands in another."""
    opened = max(fragment.rfind(start, 0, place) for start in ("<a ", "<a>"))
    closed = fragment.find("</a>", opened) if opened >= 0 else -1
    return closed + len("</a>") if closed >= place else place


def _steps(first: int, last: int, hits: int) -> str:
    """The links that style shows beside the match that a link has led to."""
    before = f'<a rel="prev" href="#hit-{first - 1}" aria-label="Match before">‹</a>' if first > 1 else ""
    behind = f'<a rel="next" href="#hit-{last + 1}" aria-label="Next match">›</a>' if last < hits else ""
    return f'<span class="hit-steps">{before}<span>{first} of {hits}</span>{behind}</span>' if before or behind else ""
