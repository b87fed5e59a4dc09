"""What a reader asks of the search, read from the address, and the addresses of the same question with something changed.

All of it stands in the query string, by the names of the contract: pages, data and downloads read it with ``asked``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from flask import abort, request

from search_index.query import Query, parse, resolved
from webapp.drawings.dates import DateError, date
from webapp.published import published

Sort = Literal["relevance", "document", "date"]
SORTS: Mapping[Sort, str] = {"relevance": "best first", "document": "in order of the texts", "date": "by date"}
"""How what is found can be sorted, and what readers call that."""
SAFE = "!$'()*,/:;?@"
"""Signs that need no escape in a query string (RFC 3986, 3.4) and none in a form."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked.

    ``text`` is the query as typed, ``parsed`` as understood, ``query`` with the names it asks for looked up. ``chosen`` are the
    values it is narrowed to, by search field (each may have several), ``since`` and ``until`` the dates, as written or empty.
    ``is_grouped`` asks for one item a text.
    """

    text: str
    parsed: Query
    query: Query
    chosen: Mapping[str, tuple[str, ...]]
    since: str
    until: str
    sort: Sort
    is_grouped: bool

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """All that narrows, as the index takes it."""
        dates = {"from": self.since, "to": self.until}
        return {**self.chosen, **{name: (value,) for name, value in dates.items() if value}}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked."""
        return self.query.tree is None and not self.filters

    def address(self, **changed: object) -> dict[str, object]:
        """The query string of this question with something changed, as ``url_for`` takes it, without what goes without saying.

        Its first page, unless ``page`` is given.
        """
        values: dict[str, object] = {
            "q": self.text,
            **self.chosen,
            "from": self.since,
            "to": self.until,
            "sort": self.sort if self.sort != "relevance" else "",
            "group": "document" if self.is_grouped else "",
            **changed,
        }
        return {name: value for name, value in values.items() if value}

    def at(self, path: str, **changed: object) -> str:
        """The address of this question, or of it with something changed, at a path of the site.

        What ``url_for`` would give; a page has a hundred of them, and ``url_for`` takes its time.
        """
        query = urlencode(self.address(**changed), doseq=True, safe=SAFE)
        return f"{path}?{query}" if query else path

    def toggled(self, field: str, value: str) -> tuple[str, ...]:
        """The values of a field with one chosen besides what is chosen, or no longer chosen."""
        chosen = self.chosen.get(field, ())
        return tuple(each for each in chosen if each != value) if value in chosen else (*chosen, value)

    def narrowed(self, field: str, value: str) -> Question:
        """The same question, of what has this value alone."""
        return replace(self, chosen={**self.chosen, field: (value,)})


def asked() -> Question:
    """The question of this request; 400 in words where a sort, a grouping or a date is none."""
    text = request.args.get("q", "").strip()
    index = published().index
    given = ((name, tuple(dict.fromkeys(filter(None, request.args.getlist(name))))) for name in (index.fields if index else ()))
    group = request.args.get("group", "")
    if group not in ("", "document"):
        abort(400, description="“group” must be document.")
    parsed = parse(text)
    return Question(
        text,
        parsed,
        resolved(parsed, published().names.lookup),
        {name: values for name, values in given if values},
        _date("from"),
        _date("to"),
        _sort(),
        bool(group),
    )


def _sort() -> Sort:
    given = request.args.get("sort") or "relevance"
    sort = next((sort for sort in SORTS if sort == given), None)
    return sort or abort(400, description=f"“sort” must be one of {', '.join(SORTS)}.")


def _date(name: str) -> str:
    given = request.args.get(name, "").strip()
    try:
        if given:
            date(given)
    except DateError:
        abort(400, description=f"“{name}” must be a year, a month or a day, as in 1910, 1910-05 or 1910-05-12.")
    return given
