"""Pieces of a document: what lies between two places of its TEI, its page or its text, joined from what the build has stored.

``edition.citation_trees`` says what a place is. Tags that are open where a piece begins are written before it, those open where
it ends are closed behind it; so every piece is well-formed, and nothing is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from edition.citation_trees import Unit
from edition.records import Passage
from webapp.splicing import Insertion, spliced

_NAME = re.compile(rb"<([^\s/>]+)")
_WRAPPER = b'<dts:wrapper xmlns:dts="https://w3id.org/api/dts#">', b"</dts:wrapper>"


@dataclass(frozen=True, slots=True)
class Piece:
    """From the beginning of one unit to the end of another, or of one and the same."""

    start: int
    end: int
    opened: tuple[int, ...]
    closed: tuple[int, ...]
    first: int
    last: int
    lead: tuple[int, ...]
    tail: tuple[int, ...]

    @classmethod
    def between(cls, first: Unit, last: Unit) -> Piece:
        """The piece that holds both units and what lies between them."""
        ending = max(first, last, key=lambda unit: unit.place[1])
        start, _, opened, _ = first.place
        _, end, same, closed = ending.place
        return cls(start, end, opened, closed or same, first.words[0], ending.words[1], first.words[2], ending.words[3])

    @property
    def passages(self) -> range:
        """The passages that may have words in it, by their numbers in the document."""
        begun = self.lead[0] if self.lead else self.first
        return range(begun, max(self.last + 1, begun + bool(self.lead)))

    def words(self, number: int, text: str) -> str:
        """The words of a passage that are in the piece, none of one that ended before it."""
        if number < self.first and not (self.lead and number == self.lead[0]):
            return ""
        start = self.lead[1] if self.lead and number == self.lead[0] else 0
        end = self.tail[1] if self.tail and number == self.tail[0] else len(text)
        return text[start:end].strip()


def tei(whole: bytes, piece: Piece) -> bytes:
    """A piece of the TEI of a document as a document: in a wrapper, inside the tags that are open at both ends."""
    before, after = (
        [whole[start:end] for start, end in zip(offsets[::2], offsets[1::2], strict=True)]
        for offsets in (piece.opened, piece.closed)
    )
    common = _alike(piece.opened[::2], piece.closed[::2])
    parts = [*before[:common], _WRAPPER[0], *before[common:], whole[piece.start : piece.end], *_closed(after[common:])]
    return b"".join((b'<?xml version="1.0" encoding="UTF-8"?>\n', *parts, _WRAPPER[1], *_closed(after[:common]), b"\n"))


def element(whole: bytes, place: Sequence[int]) -> str:
    """An element of the TEI of a document at its place, inside the tags that are open there."""
    start, end, *opened = place
    tags = [whole[first:last] for first, last in zip(opened[::2], opened[1::2], strict=True)]
    return b"".join((*tags, whole[start:end], *_closed(tags))).decode()


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """How many tags are the same, from the outermost on."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _closed(tags: Sequence[bytes]) -> Iterator[bytes]:
    """The end tags of these start tags, the innermost first."""
    for tag in reversed(tags):
        name = _NAME.match(tag)
        yield b"</%s>" % (name[1] if name else b"")


def text(piece: Piece, passages: Mapping[int, Passage]) -> str:
    """The words of a piece, a blank line between passages; ``passages`` by their numbers."""
    return "\n\n".join(words for number, each in passages.items() if (words := piece.words(number, each.text))) + "\n"


def html(
    piece: Piece,
    passages: Mapping[int, Passage],
    fragment: str,
    insertions: Iterable[Insertion] = (),
) -> Markup:
    """A piece of a page: its passages as the page has them, in its order, with what is around them; notes stand at the end.

    Of a passage that is not whole there are only the words. ``insertions`` go into the page.
    """
    words = {number: piece.words(number, each.text) for number, each in passages.items() if each.shown}
    pending = sorted(insertions)
    out: list[str] = []
    opened: list[tuple[int, int]] = []
    end = 0
    for number in sorted((number for number in words if words[number]), key=lambda number: passages[number].shown[0]):
        start, content, content_end, behind, *around = passages[number].shown
        if start < end:
            continue  # it stands in the one before
        tags = list(zip(around[::2], around[1::2], strict=True))
        common = _alike(opened, tags)
        out += (_end_tag(fragment, tag) for tag in reversed(opened[common:]))
        out += (fragment[first:last] for first, last in tags[common:])
        opened = tags
        if words[number] != passages[number].text:
            out += (fragment[start:content], str(escape(words[number])), fragment[content_end:behind])
        else:
            here = pending[bisect_left(pending, (start,)) : bisect_left(pending, (behind,))]
            inside = [(offset - start, order, markup) for offset, order, markup in here]
            out.append(str(spliced(Markup(fragment[start:behind]), inside)))  # noqa: S704  our own page
            end = behind
    out += (_end_tag(fragment, tag) for tag in reversed(opened))
    return Markup("".join(out))  # noqa: S704  pieces of our own page, whole elements


def _end_tag(fragment: str, tag: tuple[int, int]) -> str:
    name = re.match(r"<([^\s>]+)", fragment[tag[0] : tag[1]])
    return f"</{name[1] if name else ''}>"
