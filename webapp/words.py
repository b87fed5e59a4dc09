"""The words of the texts, counted: how frequent, compared between two texts, near a word. As pages and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from flask import Blueprint, Response, abort, render_template, request, url_for

from edition.records import Passage
from search_index.query import Query, parse
from search_index.reader import Hit, Index, SearchError
from search_index.words import fold
from webapp import frequencies
from webapp.arguments import number, page_number
from webapp.documents import known
from webapp.frequencies import Collocate, Collocates, Counts, Key
from webapp.published import published
from webapp.tables import Cell, csv_answer

blueprint = Blueprint("words", __name__)

PER_PAGE = 100
WINDOW, WIDEST = 5, 20
"""Words before and behind a word that are near it: as a rule, and at most."""
MOST_IN_LIST = 200
"""Texts that a list to choose from has; where there are more, the id is written."""
AT_A_TIME = 500
"""Passages that are read from the catalogue at a time."""

View = Literal["list", "compare", "near"]
SORTS: Mapping[View, Mapping[str, str]] = {
    "list": {"count": "most frequent first", "word": "by the alphabet"},
    "compare": {"likelihood": "by log-likelihood", "ratio": "by log ratio", "word": "by the alphabet"},
    "near": {"likelihood": "by log-likelihood", "dice": "by logDice", "count": "most frequent first", "word": "by the alphabet"},
}
"""How each table can be sorted, the usual way first."""
COLUMNS: Mapping[View, tuple[str, ...]] = {
    "list": ("word", "count", "per_10000"),
    "compare": ("word", "count_1", "per_10000_1", "count_2", "per_10000_2", "log_likelihood", "log_ratio"),
    "near": ("word", "near", "in_all", "log_likelihood", "log_dice"),
}
Row = tuple[str, int] | Key | Collocate


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be counted, and in which texts. ``document`` and ``other`` are ids, empty for all texts."""

    view: View
    document: str
    other: str
    begins: str
    node: str
    window: int
    sort: str

    def address(self, **changed: object) -> dict[str, Any]:
        """The query string of the same with something changed, as ``url_for`` takes it; what goes without saying is left out."""
        mine: dict[str, object] = {"view": self.view if self.view != "list" else "", "document": self.document}
        if self.view == "compare":
            mine["with"] = self.other
        elif self.view == "near":
            mine |= {"node": self.node, "window": self.window if self.window != WINDOW else ""}
        usual = next(iter(SORTS[self.view]))
        values = {**mine, "begins": self.begins, "sort": self.sort if self.sort != usual else "", **changed}
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Table:
    """What was counted: rows in their order, the counts they come from, and for words near a word what is to be said of them."""

    rows: Sequence[Row]
    counts: tuple[Counts, ...]
    near: Collocates | None = None

    @property
    def is_cut(self) -> bool:
        """Whether words were left out because there are too many."""
        return any(each.is_cut for each in self.counts)


@blueprint.get("/search/words/")
def page() -> str:
    """A table with the form that asks for it."""
    asked, at = _asked(), page_number()
    table = _table(asked)
    rows = table.rows[(at - 1) * PER_PAGE : at * PER_PAGE] if table else ()
    catalogue = published().catalogue
    return render_template(
        "words.html",
        asked=asked,
        table=table,
        rows=rows,
        longest=max(map(_length, table.rows), default=0) if table else 0,
        length=_length,
        sorts=SORTS[asked.view],
        texts=catalogue.listing() if catalogue.documents <= MOST_IN_LIST else (),
        titles={id: known(id) for id in (asked.document, asked.other) if id},
        number=len(table.rows) if table else 0,
        page=at,
        page_count=max(1, -(-len(table.rows) // PER_PAGE)) if table else 1,
        most_words=frequencies.MOST_WORDS,
        widest=WIDEST,
        word_address=_word_address,
    )


@blueprint.get("/search/words.csv")
def data() -> Response:
    """The whole table."""
    asked = _asked()
    table = _table(asked)
    return csv_answer(COLUMNS[asked.view], _cells(table) if table else ())


def _cells(table: Table) -> Iterator[tuple[Cell, ...]]:
    first, *more = table.counts
    for row in table.rows:
        match row:
            case Key(_, left, right, likelihood, ratio):
                other = more[0]
                rates = (left, _rate(first, left), right, _rate(other, right))
                yield spelled(row, table), *rates, round(likelihood, 2), round(ratio, 2)
            case Collocate(_, near, everywhere, likelihood, dice):
                yield spelled(row, table), near, everywhere, round(likelihood, 2), round(dice, 2)
            case (_, count):
                yield spelled(row, table), count, _rate(first, count)


def _rate(counts: Counts, count: int) -> float:
    return round(counts.per_ten_thousand(count), 2)


def spelled(row: Row, table: Table) -> str:
    """The word of a row as it is written most often."""
    form = row[0] if isinstance(row, tuple) else row.form
    return next((each.spelled[form] for each in table.counts if form in each.spelled), form)


blueprint.add_app_template_global(spelled, "word_of_row")


def _length(row: Row) -> float:
    """What the bar of a row shows."""
    return abs(row.ratio) if isinstance(row, Key) else row.near if isinstance(row, Collocate) else row[1]


def _word_address(row: Row, document: str = "") -> str:
    """The search for a word in just this form."""
    form = row[0] if isinstance(row, tuple) else row.form
    return url_for("search.page", q=f"={form}", **({"document": document} if document else {}))  # type: ignore[arg-type]


# What is asked --------------------------------------------------------------------------------------------------------


def _asked() -> Asked:
    given = {name: request.args.get(name, "").strip() for name in ("view", "document", "with", "begins", "node", "sort")}
    view = next((view for view in SORTS if view == (given["view"] or "list")), None)
    if view is None:
        abort(400, description=f"“view” must be one of {', '.join(SORTS)}.")
    sort = given["sort"] or next(iter(SORTS[view]))
    if sort not in SORTS[view]:
        abort(400, description=f"“sort” must be one of {', '.join(SORTS[view])}.")
    document, other = given["document"], given["with"]
    if view == "compare" and not (document or other):
        document, other = _two_texts()
    for id in filter(None, (document, other)):
        known(id)
    return Asked(view, document, other, given["begins"], given["node"], number("window", WINDOW, WIDEST), sort)


def _two_texts() -> tuple[str, str]:
    """The texts that are compared where none is named: the first two."""
    first = [document.id for document in published().catalogue.listing(limit=2)]
    return (first[0], first[1]) if len(first) == 2 else ("", "")


# What is counted ------------------------------------------------------------------------------------------------------


def _table(asked: Asked) -> Table | None:
    """The table that is asked for; None where it cannot be made yet: no two texts, or no word."""
    match asked.view:
        case "list":
            counts = counts_of(asked.document)
            rows: Sequence[Row] = [*counts.forms.items()]
            table = Table(rows, (counts,))
        case "compare":
            if asked.document == asked.other or not (asked.document and asked.other):
                return None
            both = counts_of(asked.document), counts_of(asked.other)
            table = Table(frequencies.keywords(*both), both)
        case "near":
            query = parse(asked.node)
            if query.tree is None:
                return None
            counts = counts_of(asked.document)
            hits = _found(query, {"document": (asked.document,)} if asked.document else {})
            near = frequencies.collocates(query, _passages(hits), len(hits), counts, asked.window)
            table = Table(near.words, (counts,), near)
    begins = fold(asked.begins)
    kept = [row for row in table.rows if (row[0] if isinstance(row, tuple) else row.form).startswith(begins)]
    return Table(sorted(kept, key=_KEYS[asked.sort]), table.counts, table.near)


_KEYS: Mapping[str, Any] = {
    "count": lambda row: (-_length(row), row[0] if isinstance(row, tuple) else row.form),
    "word": lambda row: row[0] if isinstance(row, tuple) else row.form,
    "likelihood": lambda row: (-row.likelihood, row.form),
    "ratio": lambda row: (-row.ratio, row.form),
    "dice": lambda row: (-row.dice, row.form),
}


def counts_of(document: str) -> Counts:
    """The words of a text, or of all texts; counted once a snapshot and kept for a while."""
    return _counts_of(published().name, document)


@lru_cache(maxsize=16)
def _counts_of(snapshot: str, document: str) -> Counts:
    if document:
        return frequencies.counted(published().catalogue.passages_of(document))
    editorial = _passages(_found(parse(""), {"kind": (frequencies.EDITORIAL,)}))
    return frequencies.without(_index().frequencies(), editorial)


def _index() -> Index:
    return published().index or abort(503)


def _found(query: Query, filters: Mapping[str, Sequence[str]]) -> Sequence[Hit]:
    """All passages a query finds, in the order of the texts."""
    try:
        return _index().find(query, filters, per_page=None, sort="document", facet_values=0).hits
    except SearchError:
        abort(503)


def _passages(hits: Sequence[Hit]) -> Iterator[Passage]:
    """These passages, read as they are needed."""
    for start in range(0, len(hits), AT_A_TIME):
        yield from published().catalogue.numbered([hit.number for hit in hits[start : start + AT_A_TIME]])
