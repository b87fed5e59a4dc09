"""The pages a long text is read in: which part a page shows, and the contents that lead to the parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from flask import abort, g, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from edition.records import Document, Heading, Part
from search_index.query import Query
from search_index.reader import SearchError
from webapp import splicing
from webapp.images import image_address
from webapp.places import View, address
from webapp.published import published

MOST_HEADINGS = 500
"""Headings of a text that its contents list; of a text with more, those that the parts begin with."""
NEAR = 3
"""Parts before and after this one that its page lists."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a text: all, or the part with this ``number``, counted from 1.

    ``passages`` are their numbers in the catalogue; the words lie between ``start`` and ``end`` of the reading text.
    """

    document: Document
    part: Part | None
    number: int
    passages: range
    start: int
    end: int

    def fragment(self, product: str) -> Markup:
        """Its HTML of one kind."""
        return published().fragment(product, self.document, part=max(0, self.number - 1))

    def pictures(self, product: str) -> Iterator[splicing.Insertion]:
        """What shows the images in it that lie beside the TEI."""
        found = published().catalogue.pictures_in(self.document.id, product, max(0, self.number - 1))
        return splicing.pictures(found, image_address)

    def ways(self, fragment: Markup) -> Iterator[splicing.Insertion]:
        """What makes links to passages of other long texts lead to their parts."""
        return splicing.ways(fragment, published().catalogue.part, 3 if self.part else 1)

    @property
    def previous(self) -> Part | None:
        """The part before."""
        return self.document.parts[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Part | None:
        """The part after."""
        return self.document.parts[self.number] if 0 < self.number < len(self.document.parts) else None

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in it."""
        return tuple(each for each in self.document.contents if each.part == self.number)

    @property
    def around(self) -> tuple[tuple[int, Part], ...]:
        """The parts near this one and itself, with their numbers."""
        numbered = tuple(enumerate(self.document.parts, 1))
        return numbered[max(0, self.number - 1 - NEAR) : self.number + NEAR]


def shown_part(document: Document, part: str, view: View = "documents.reading") -> Shown | Response | None:
    """The part of a document that is asked for; the whole of one that is not divided; None for the contents of one that is.

    ``?passage=`` leads to where that id is; so does the id of what began a part once, or stands within one. The answer is 404
    where the document has no such part.
    """
    catalogue = published().catalogue
    sought = request.args.get("passage", "").strip()
    if sought and not part:
        is_there = not document.parts or catalogue.part(document.id, sought)
        return redirect(address(document.id, sought if is_there else None, view))
    if not part:
        return None if document.parts else _whole(document)
    for number, each in enumerate(document.parts, 1):
        if each.id == part:
            return _part(document, number, each)
    if catalogue.part(document.id, part):
        return redirect(address(document.id, part, view))
    _refuse(document, part)


def part_of(document: Document, id: str) -> Shown:
    """The part of a document that has an id; without one the first; the whole of a document that is not divided.

    The answer is 404 where the document has no such id.
    """
    if not document.parts:
        return _whole(document)
    part = published().catalogue.part(document.id, id) or id or document.parts[0].id
    for number, each in enumerate(document.parts, 1):
        if each.id == part:
            return _part(document, number, each)
    _refuse(document, id)


def _whole(document: Document) -> Shown:
    return Shown(document, None, 0, range(_ALL), 0, _ALL)


_ALL = 2**62
"""More than any number of a passage, and behind the end of any text."""


def _part(document: Document, number: int, part: Part) -> Shown:
    first = published().catalogue.number(document.id, part.first) if part.first else 0
    return Shown(document, part, number, range(first, first + part.passages), part.start, part.end)


def _refuse(document: Document, part: str) -> NoReturn:
    abort(404, description=f"The text “{document.title}” has no part “{part}”.")


def contents(document: Document, view: str, endpoint: View, query: Query | None = None, text: str = "", **said: object) -> str:
    """The first page of a long text: its contents, which lead to its parts; with a query, how many passages of each it finds.

    The template is told what else is ``said`` of the view.
    """
    asked = query is not None and query.tree is not None
    before, after = published().catalogue.neighbours(document.id)
    listed = document.contents if len(document.contents) <= MOST_HEADINGS else ()
    return render_template(
        "parts.html",
        document=document,
        view=view,
        previous=before,
        next=after,
        endpoint=endpoint,
        headings=[_within(listed, number, part) for number, part in enumerate(document.parts, 1)],
        query=text if asked else "",
        found=_counted(document, found_in(document, query)) if query is not None and asked else {},
        **said,
    )


def _within(headings: Sequence[Heading], number: int, part: Part) -> list[Heading]:
    """The headings in a part but the one that it is called by."""
    here = [each for each in headings if each.part == number]
    return here[1:] if here and here[0].text == part.title else here


def _counted(document: Document, numbers: Sequence[int]) -> Counter[int]:
    """How many of these passages are in each part, by its number."""
    number = next((published().catalogue.number(document.id, each.first) for each in document.parts if each.first), 0)
    part_of: list[int] = []
    for part, each in enumerate(document.parts, 1):
        part_of += [part] * each.passages
    return Counter(part_of[found - number] for found in numbers)


def found_in(document: Document, query: Query) -> tuple[int, ...]:
    """The passages of a document that a search finds, by number; none while the search is out of order."""
    here = published()
    if here.index is None:
        return ()
    try:
        results = here.index.find(query, {"document": (document.id,)}, per_page=document.passages, sort="document")
    except SearchError:
        g.unsettled = True
        return ()
    if not results.complete:
        g.unsettled = True  # cut short by the clock: not the same answer every time
    return tuple(hit.number for hit in results.hits)
