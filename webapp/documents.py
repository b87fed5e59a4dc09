"""Documents: the list, the reading view, the source, the TEI itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from edition import runs
from edition.records import Document, Passage
from edition.store import TEI
from search_index.marks import Span, matches
from search_index.query import Query, parse, resolved
from search_index.words import words
from webapp import splicing
from webapp.arguments import page_number
from webapp.drawings.dates import Date, DateError, date
from webapp.found import apart, entries_asked, names_in
from webapp.parts import Shown, contents, found_in, shown_part
from webapp.places import address
from webapp.published import published
from webapp.texts import SORTS, Sort, Text, Texts, ordered

blueprint = Blueprint("documents", __name__, url_prefix="/documents")
blueprint.add_app_template_global(address, "place_of")

PAGE = 100
"""Documents on a page of the list."""


@blueprint.get("/")
def listing() -> str:
    """All documents, a page at a time; ``?q=``, ``author``, ``language``, ``place`` … choose, ``sort`` orders."""
    here = published()
    asked = Asked.of_request()
    texts = asked.answer(here.texts)
    page = page_number()
    shown = texts[(page - 1) * PAGE : page * PAGE]
    return render_template(
        "documents.html",
        documents=[document for text in shown if (document := here.catalogue.document(text.id)) is not None],
        texts=here.texts,
        asked=asked,
        sorts=SORTS,
        total=len(texts),
        words=sum(text.words for text in texts),
        page=page,
        page_count=max(1, -(-len(texts) // PAGE)),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to, and how it is sorted; ``since`` and ``until`` as they were written."""

    q: str
    author: str
    language: str
    since: str
    until: str
    place: str
    series: str
    sort: Sort

    @classmethod
    def of_request(cls) -> Asked:
        """What this request asks; 400 where its sort is none."""
        given = {
            name: request.args.get(name, "").strip() for name in ("q", "author", "language", "from", "to", "place", "series")
        }
        given["since"], given["until"] = given.pop("from"), given.pop("to")
        return cls(**given, sort=_sort())

    @property
    def narrows(self) -> bool:
        """Whether any of it leaves texts out."""
        return any((self.q, self.author, self.language, self.since, self.until, self.place, self.series))

    def answer(self, texts: Texts) -> tuple[Text, ...]:
        """The texts that are asked for, sorted; 400 where a date is none."""
        since, until = _date("from", self.since), _date("to", self.until)
        found = texts.chosen(self.q, self.author, self.language, since, until, self.place, self.series)
        return ordered(found, self.sort)

    def but(self, **changed: object) -> dict[str, Any]:
        """The query string of the same question with something changed; what is empty or goes without saying is left out."""
        given = {"q": self.q, "author": self.author, "language": self.language, "from": self.since, "to": self.until}
        given |= {"place": self.place, "series": self.series}
        values: dict[str, object] = {**given, "sort": self.sort, **changed}
        return {name: value for name, value in values.items() if value and value != "order"}


def _sort() -> Sort:
    given = request.args.get("sort") or "order"
    sort = next((sort for sort in SORTS if sort == given), None)
    return sort or abort(400, description=f"“sort” must be one of {', '.join(SORTS)}.")


def _date(name: str, given: str) -> Date | None:
    try:
        return date(given) if given else None
    except DateError:
        abort(400, description=f"“{name}” must be a year, a month or a day, as in 1910, 1910-05 or 1910-05-12.")


@blueprint.get("/<id>/")
@blueprint.get("/<id>/part/<part>/")
def reading(id: str, part: str = "") -> str | Response:
    """The reading view, of a long text its contents or a part; ``?q=`` marks what a search finds in it."""
    document = known(id)
    text = request.args.get("q", "").strip()
    query = resolved(parse(text), published().names.lookup)
    here = shown_part(document, part)
    if here is None:
        return contents(document, "", "documents.reading", query, text)
    if isinstance(here, Response):
        return here
    fragment = here.fragment("reading")
    insertions, hits = splicing.marks(matched(here, fragment, query), fragment) if query.tree is not None else ([], 0)
    named = tuple(published().catalogue.named_in(id, here.start, here.end))
    insertions += splicing.links(named, url_for("registers.index"), here.start)
    insertions += here.pictures("reading")
    insertions += here.ways(fragment)
    before, after = published().catalogue.neighbours(id)
    return render_template(
        "document.html",
        document=document,
        here=here,
        fragment=splicing.spliced(fragment, insertions),
        query=text if query.tree is not None else "",
        hits=hits,
        kinds=splicing.kinds(named, fragment),
        previous=before,
        next=after,
        snapshot=published().name,
    )


@blueprint.get("/<id>/source/")
@blueprint.get("/<id>/part/<part>/source/")
def source(id: str, part: str = "") -> str | Response:
    """The TEI, highlighted."""
    document = known(id)
    here = shown_part(document, part, "documents.source")
    if here is None:
        return contents(document, "TEI source", "documents.source")
    if isinstance(here, Response):
        return here
    return render_template("source.html", document=document, here=here, fragment=here.fragment("source"))


@blueprint.get("/<id>.xml")
def tei(id: str) -> Response:
    """The TEI as published, byte for byte."""
    data = BytesIO(published().made(known(id), TEI))
    return send_file(data, mimetype="application/tei+xml", etag=False, download_name=f"{id}.xml")


def known(id: str) -> Document:
    """The document of this id, or the answer 404, or 410 where it was withdrawn."""
    document = published().catalogue.document(id)
    if document is None:
        refuse_withdrawn(id)
        abort(404, description="This edition has no such text.")
    return document


def refuse_withdrawn(id: str) -> None:
    """Answers 410 where the document of this id was withdrawn: what it was, when that was done, and why."""
    gone = published().catalogue.document(id, "withdrawn")
    if gone is not None:
        change = gone.changes[0]
        name = f"“{gone.title}”" + (f" by {', '.join(gone.authors)}" if gone.authors else "")
        when = f" on {change.date_text}" if change.date_text else ""
        abort(410, description=f"{name} was withdrawn from this edition{when}. {change.text}".strip())


def matched(here: Shown, fragment: Markup, query: Query) -> Iterator[tuple[int, int, bool]]:
    """Where in the fragment the words stand that the query matches in the passages it finds, and whether a match begins there.

    A match that markup interrupts is in pieces. While the search is out of order there is none.
    """
    entries = entries_asked(query)
    numbers = [number for number in found_in(here.document, query) if number in here.passages]
    for passage in published().catalogue.numbered(numbers):
        offsets = tuple(offset - here.start for offset in passage.runs)
        text = runs.text(fragment, offsets)
        names = _in_page(names_in(entries, passage), passage, text)
        for start, end in apart((*matches(query, text, passage.language), *names)):
            places = runs.places(offsets, start, end)
            yield from ((first, last, n == 0) for n, (first, last) in enumerate(places))


def _in_page(spans: tuple[Span, ...], passage: Passage, text: str) -> Iterator[Span]:
    """Where words of a passage stand in its text as the page has it: the same words, with other spaces and signs between them."""
    written, shown = (words(each, passage.language) if spans else () for each in (passage.text, text))
    if [word.form for word in written] == [word.form for word in shown]:
        for start, end in spans:
            inside = [place for place, word in enumerate(written) if start <= word.start and word.end <= end]
            if inside:
                yield shown[inside[0]].start, shown[inside[-1]].end
