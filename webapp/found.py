"""From a question to described hits: what page, data, downloads and concordance share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlencode

from flask import abort, g
from markupsafe import Markup, escape

from edition.records import Document, Passage
from search_index.marks import Snippet, Span, around, matches
from search_index.query import Query
from search_index.reader import Hit, Results, SearchError
from search_index.tree import And, Node, Or, Values
from webapp import places
from webapp.asking import SAFE, Question, Sort
from webapp.entries import KINDS
from webapp.facets import SHOWN, value_name
from webapp.published import published

PER_PAGE = 20
CONTEXT, LESS_CONTEXT = 240, 140
"""Signs of a snippet; of each where a passage has many."""
MANY = 3


def results(
    question: Question, page: int = 1, per_page: int | None = PER_PAGE, facet_values: int = SHOWN, sort: Sort | None = None
) -> Results:
    """What the index finds; 503 where the search is out of order. How long it took goes into ``Server-Timing``."""
    index = published().index
    if index is None:
        abort(503)
    began = perf_counter()
    try:
        found = index.find(question.query, question.filters, page, per_page, sort or question.sort, facet_values)
    except SearchError:
        abort(503)
    g.durations = {**g.get("durations", {}), "search": (perf_counter() - began) * 1000 + g.get("durations", {}).get("search", 0)}
    if not found.complete:
        g.unsettled = True  # cut short by the clock: not the same answer every time
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, as readers see it.

    ``pieces`` are its text around the words that were found, of the text as received where they stand only there
    (``is_received``); ``address`` is that of the passage in the view that has them, marked; ``plain_address`` that of the
    passage itself.
    """

    document: Document
    passage: Passage
    score: float
    text: str
    pieces: tuple[Snippet, ...]
    is_received: bool
    address: str
    plain_address: str

    @property
    def html(self) -> Markup:
        """The pieces as one line of HTML, with … where words were left out."""
        line, end = [], 0
        for each in self.pieces:
            if each.start > end:
                line.append(" … " if end else "… ")
            line += (escape(each.before), f"<mark>{escape(each.match)}</mark>" if each.match else "", escape(each.after))
            end = each.end
        if end < len(self.text):
            line.append(" …")
        return Markup("".join(line))  # noqa: S704 - escaped piece by piece

    @property
    def data(self) -> dict[str, Any]:
        """The same as the contract says for data."""
        return {
            "document": self.document.id,
            "title": self.document.title,
            "passage": self.passage.id,
            "label": self.passage.label,
            "kind": self.passage.kind,
            "language": self.passage.language,
            "url": self.address,
            "score": round(self.score, 4),
            "received": self.is_received,
            "snippets": [{"before": each.before, "match": each.match, "after": each.after} for each in self.pieces],
            "html": str(self.html),
        }


def described(question: Question, hits: Sequence[Hit]) -> Iterator[Found]:
    """The hits with their passages, in their order."""
    catalogue = published().catalogue
    documents: dict[str, Document] = {}
    for hit, passage in zip(hits, catalogue.numbered([hit.number for hit in hits]), strict=True):
        if hit.document not in documents:
            documents[hit.document] = catalogue.document(hit.document) or Document(hit.document, "", hit.document)
        yield _described(question, hit, passage, documents[hit.document])


def _described(question: Question, hit: Hit, passage: Passage, document: Document) -> Found:
    text, spans, is_received = words_found(question, passage)
    context = CONTEXT if len(spans) <= MANY else LESS_CONTEXT
    anchor = "#" + quote(passage.id, safe=SAFE)
    plain = places.page(document.id, passage.id)
    if is_received:
        shown = places.page(document.id, passage.id, "views.diplomatic")
    else:
        words = urlencode({"q": question.text}, safe=SAFE) if question.query.tree is not None else ""
        shown = f"{plain}?{words}" if words else plain
    return Found(document, passage, hit.score, text, around(text, spans, context), is_received, shown + anchor, plain + anchor)


def words_found(question: Question, passage: Passage) -> tuple[str, tuple[Span, ...], bool]:
    """The text of a passage, where in it stand the words it was found for, and whether it is the text as received.

    Those are the words of the query and the names of entries that it asks for; where it asks for neither, the names of entries
    the result is narrowed to.
    """
    spans = matches(question.query, passage.text, passage.language) + names_in(entries_asked(question.query), passage)
    received = " ".join(passage.fields.get("received", ()))
    if not spans and received and (there := matches(question.query, received, passage.language)):
        return received, there, True
    if not spans:
        spans = names_in({(kind.name, key) for kind in KINDS for key in question.chosen.get(kind.name, ())}, passage)
    return passage.text, apart(spans), False


def entries_asked(query: Query) -> set[tuple[str, str]]:
    """The entries a query asks for, by kind and key."""
    return set(_entries_of(query.tree)) if query.tree is not None else set()


def _entries_of(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _entries_of(part)
        case Values(field, values) if any(field == kind.name for kind in KINDS):
            yield from ((field, value) for value in values)


def names_in(entries: set[tuple[str, str]], passage: Passage) -> tuple[Span, ...]:
    """Where a passage names one of these entries."""
    if not entries:
        return ()
    named = published().catalogue.named_at(passage)
    return tuple((start, end) for kind, key, start, end in named if (kind, key) in entries)


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def values_of(found: Results) -> dict[str, list[dict[str, Any]]]:
    """The facets as the contract says."""
    return {
        field: [{"value": value, "label": value_name(field, value)[0], "count": count} for value, count in values]
        for field, values, _ in found.facets
    }


def suggestion(question: Question, found: Results) -> str | None:
    """The query spelled as words that are there, where some of its words are nowhere and that may be why little was found."""
    index = published().index
    return index.suggestion(question.parsed) if index is not None and not found.total else None
