"""Registers: all of them, each with its entries, and each entry with every place that names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby, islice
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from edition.records import Document, Entry, Form, Mention, Passage, Reference
from webapp.arguments import page_number
from webapp.descriptions import description, entry_address, line_of
from webapp.drawings.charts import MOST_COLUMNS, MOST_ROWS, Chart, Column, Row, draw_chart
from webapp.drawings.dates import DateError, date
from webapp.drawings.maps import Map, Spot, draw_map
from webapp.drawings.timelines import Dated, Timeline, draw_timeline
from webapp.entries import KINDS, Line, Register, Sort
from webapp.filing import filed
from webapp.places import address
from webapp.published import published

blueprint = Blueprint("registers", __name__, url_prefix="/registers")

PAGE = 200
"""Entries of a register, or mentions of an entry, on a page."""
SHOWN = 6
"""Entries of each kind that the page of all registers names."""
MOST_TEXTS = 4
"""Texts that have a column each in a list; where there are more, one column counts them."""
AROUND = 80
"""Signs before and after the words of a mention."""
NAMED = 4
"""Texts that the head of an entry names with the number of their mentions."""
BESIDE = 30
"""Entries that a page says are named in the same passages."""
AREAS = frozenset(
    ("sea", "ocean", "lake", "river", "region", "mountains", "mountain range", "desert", "continent", "archipelago")
)
"""Sorts of places that are no point: their names stand on the map without a dot."""


@blueprint.get("/")
def index() -> str:
    """All registers, and who is named where."""
    registers = published().registers.values()
    first = {each.kind: each.chosen("", "", "mentions")[:SHOWN] for each in registers}
    return render_template("registers.html", registers=registers, first=first, chart=_chart(registers))


@blueprint.get("/<kind>/")
def listing(kind: str) -> str | Redirect:
    """A register: its entries, a page at a time; ``?q=``, ``?type=`` and ``?sort=`` choose and order them."""
    if moved := _moved(kind):
        return redirect(url_for("registers.listing", kind=moved, **_given()), 301)
    register = known_register(kind)
    asked = Asked.of(register)
    lines = register.chosen(asked.q, asked.type, asked.sort)
    page = page_number()
    shown = lines[(page - 1) * PAGE : page * PAGE]
    texts = _texts()
    return render_template(
        "register.html",
        register=register,
        others=[each for each in published().registers.values() if each is not register],
        asked=asked,
        groups=_groups(shown, asked.sort == "name"),
        counts={line.key: counts_of(line) for line in shown} if texts else {},
        total=len(lines),
        page=page,
        page_count=max(1, -(-len(lines) // PAGE)),
        letters=_letters(lines) if asked.sort == "name" else (),
        texts=texts,
        map=_map(register.lines) if register.kind.name == "place" and not asked.is_narrow else None,
        map_names={line.entry.country: line.name for line in register.lines if line.entry.country},
        timeline=_timeline(register.lines) if register.kind.name == "event" and not asked.is_narrow else None,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to, and how it is sorted."""

    q: str
    type: str
    sort: Sort

    @classmethod
    def of(cls, register: Register) -> Asked:
        """What this request asks of a register; 400 where its sort is none. Events come by date, all else by name."""
        usual: Sort = "date" if register.kind.name == "event" else "name"
        return cls(request.args.get("q", "").strip(), request.args.get("type", "").strip(), _sort(usual))

    @property
    def is_narrow(self) -> bool:
        """Whether some of the entries may be left out."""
        return bool(self.q or self.type)

    def but(self, **changed: object) -> dict[str, Any]:
        """The query string of the same question with something changed; what is empty is left out."""
        values: dict[str, object] = {"q": self.q, "type": self.type, "sort": self.sort, **changed}
        return {name: value for name, value in values.items() if value}


def _given() -> dict[str, Any]:
    """The query string of a list as it was given, what is known of it."""
    return {name: request.args[name] for name in ("q", "type", "sort", "page") if name in request.args}


def _sort(usual: Sort) -> Sort:
    match request.args.get("sort") or usual:
        case "name" | "date" | "mentions" as sort:
            return sort
        case _:
            abort(400, description="“sort” must be name, date or mentions.")


def _groups(lines: Sequence[Line], is_by_letter: bool) -> list[tuple[str, list[Line]]]:
    """The lines of a page letter by letter, or all of them under no letter."""
    groups = groupby(lines, lambda line: line.letter if is_by_letter else "")
    return [(letter, list(group)) for letter, group in groups]


def _letters(lines: Sequence[Line]) -> dict[str, int]:
    """The letters of a list that is sorted by name, in their order, and the page on which each begins."""
    pages: dict[str, int] = {}
    for place, line in enumerate(lines):
        pages.setdefault(line.letter, place // PAGE + 1)
    return pages


def _texts() -> tuple[Document, ...]:
    """The texts that have a column in lists; none where they are too many."""
    catalogue = published().catalogue
    return catalogue.listing() if catalogue.documents <= MOST_TEXTS else ()


def known_register(kind: str) -> Register:
    """The register at this address, or the answer 404."""
    found = next((each for each in published().registers.values() if each.kind.many == kind), None)
    if found is None:
        abort(404, description="This edition has no such register.")
    return found


def _moved(kind: str) -> str:
    """The address of a register where one kind of entry is said for several; empty where nothing is to be changed."""
    return next((each.many for each in KINDS if each.name == kind), "")


@blueprint.get("/<kind>/<key>/")
def entry(kind: str, key: str) -> str | Redirect | Response:
    """An entry: what the editors know of it, and every place that names it."""
    register = published().registers.get(next((each.name for each in KINDS if kind in (each.many, each.name)), ""))
    line = register.by_key.get(key) if register else None
    if line is None:
        return _elsewhere(kind, key)
    if kind != line.kind.many:
        return redirect(entry_address(line), 301)
    page = page_number()
    counts = counts_of(line)
    catalogue = published().catalogue
    whole = catalogue.entry_at(Reference(line.entry.file, line.entry.key)) or line.entry
    return render_template(
        "entry.html",
        line=line,
        html=description(whole),
        forms=_forms(whole),
        relations=relations(line),
        texts=[(catalogue.document(id), number) for id, number in islice(counts.items(), NAMED)],
        counts=counts,
        texts_in_all=catalogue.documents,
        groups=[(document, list(group)) for document, group in groupby(contexts(line, page), lambda each: each.document)],
        page=page,
        page_count=max(1, -(-line.mentions // PAGE)),
        beside=companions(line),
    )


def _elsewhere(kind: str, key: str) -> Redirect | Response:
    """To the entry of this key in another register, or a page that names what is spelled nearly so."""
    registers = published().registers.values()
    for each in registers:
        if key in each.by_key:
            return redirect(entry_address(each.by_key[key]), 301)
    lines = {name: line for each in registers for line in each.lines for name in (line.key, line.filed)}
    near = get_close_matches(filed(key) or key, lines, n=5, cutoff=0.6) if len(key) < 60 else []
    found = dict.fromkeys(lines[name].key for name in near)
    lines_by_key = {line.key: line for line in lines.values()}
    page = render_template("register_unknown.html", key=key, near=[lines_by_key[each] for each in found], registers=registers)
    return make_response(page, 404)


def _forms(entry: Entry) -> list[tuple[Form, tuple[Document, ...]]]:
    """The names of an entry, each once, with the texts that are said to use it."""
    catalogue = published().catalogue
    ids = ((form, dict.fromkeys(source.document for source in form.sources if source.document)) for form in entry.forms)
    return [(form, tuple(filter(None, map(catalogue.document, each)))) for form, each in ids]


@dataclass(frozen=True, slots=True)
class Other:
    """The other end of a relation: an entry, when that was, what the editors remark, the passages it is taken from."""

    line: Line
    words: str
    remark: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What an entry is to others, in a word of the editors; ``is_turned`` where the others are that to it."""

    name: str
    is_turned: bool
    others: tuple[Other, ...]


def relations(line: Line) -> tuple[Relation, ...]:
    """The relations of an entry, those of one sort together; with events and the places where they were."""
    found: dict[tuple[str, bool], list[Other]] = {}
    for each in published().catalogue.relations_of(line.entry):
        other = line_of(each.entry.file, each.entry.key)
        if other is not None:
            words = each.date.words if each.date else ""
            key = (each.name, not each.is_active and not each.is_mutual)
            found.setdefault(key, []).append(Other(other, words, each.remark, _sources(each.sources)))
    places = [other for each in line.entry.where if (other := line_of(each.file, each.key)) is not None]
    found |= {("where", False): [Other(other, "", "", ()) for other in places]} if places else {}
    events = _events_at(line) if line.kind.name == "place" else []
    found |= {("events here", False): [Other(other, ", ".join(other.dates), "", ()) for other in events]} if events else {}
    return tuple(Relation(name, is_turned, tuple(others)) for (name, is_turned), others in found.items())


def _sources(references: Iterable[Reference]) -> tuple[tuple[str, str], ...]:
    """The passages a relation is taken from: what they are called, and their addresses."""
    catalogue = published().catalogue
    found = ((each, catalogue.passage(each.document, each.key)) for each in references if each.document)
    return tuple((passage.label, address(each.document, passage.id)) for each, passage in found if passage)


def _events_at(line: Line) -> list[Line]:
    """The events of a place, in order of time."""
    here = (line.entry.file, line.entry.key)
    events = published().registers["event"].chosen("", "", "date") if "event" in published().registers else ()
    return [event for event in events if any((each.file, each.key) == here for each in event.entry.where)]


@dataclass(frozen=True, slots=True)
class Context:
    """Words that name an entry, with those around them, and the address of the very spot.

    ``is_cut_before`` and ``is_cut_after`` say that the passage has more words on that side; ``certainty`` is the editors' word
    for how sure they are that this entry is meant, empty where they say nothing.
    """

    document: Document
    passage: Passage
    address: str
    before: str
    words: str
    after: str
    is_cut_before: bool
    is_cut_after: bool
    certainty: str


def contexts(line: Line, page: int) -> tuple[Context, ...]:
    """A page of the mentions of an entry, in the order of the documents and of the text."""
    catalogue = published().catalogue
    found = catalogue.mentions_on(line.entry, (page - 1) * PAGE, PAGE)
    ids = {mention.document for mention, _ in found}
    documents = {id: catalogue.document(id) or Document(id, "", id) for id in ids}
    return tuple(_context(documents[mention.document], mention, passage) for mention, passage in found)


def _context(document: Document, mention: Mention, passage: Passage) -> Context:
    before, after = passage.text[: mention.start], passage.text[mention.end :]
    first = 0 if len(before) <= AROUND else before.find(" ", len(before) - AROUND) + 1
    last = len(after) if len(after) <= AROUND else after.rfind(" ", 0, AROUND)
    return Context(
        document,
        passage,
        address(document.id, mention.id or passage.id),
        before[first:],
        passage.text[mention.start : mention.end],
        after[: max(last, 0)],
        first > 0,
        last < len(after),
        mention.certainty,
    )


def counts_of(line: Line) -> dict[str, int]:
    """How often each text names an entry, by the text's id."""
    return published().catalogue.counts_of(line.entry)


def companions(line: Line) -> tuple[tuple[Line, int], ...]:
    """The entries named in the same passages, and in how many."""
    found = ((line_of(file, key), number) for file, key, number in published().catalogue.companions(line.entry, BESIDE))
    return tuple((each, number) for each, number in found if each is not None)


def _map(lines: Sequence[Line]) -> Map:
    """The map of places."""
    return draw_map(tuple(map(_spot, lines)))


def _spot(line: Line) -> Spot:
    entry = line.entry
    return Spot(
        line.key,
        line.name,
        entry_address(line),
        line.sort,
        entry.subdivision or entry.country,
        entry.latitude,
        entry.longitude,
        line.mentions,
        line.sort in AREAS,
        entry.summary,
    )


def _timeline(lines: Sequence[Line]) -> Timeline:
    """The line of time of events: each with its first date."""
    titles = {text.id: text.title for text in _texts()}
    return draw_timeline(tuple(_dated(line, titles) for line in lines))


def _dated(line: Line, titles: Mapping[str, str]) -> Dated:
    first, last, lasts = "", "", True
    for each in line.entry.dates[:1]:
        first, last, lasts = _if_date(each.earliest), _if_date(each.latest), each.is_duration
    counts = tuple((titles[id], number) for id, number in counts_of(line).items()) if titles else ()
    return Dated(line.key, line.name, entry_address(line), first, last, lasts or first == last, counts)


def _if_date(iso: str) -> str:
    try:
        return iso if iso and date(iso) else ""
    except DateError:
        return ""


def _chart(registers: Iterable[Register]) -> Chart:
    """Who is named where: the entries named most often, passage by passage, or text by text where there are many."""
    catalogue = published().catalogue
    named = (line for each in registers for line in each.lines if line.mentions)
    lines = sorted(named, key=lambda line: (-line.mentions, line.name))
    shown = lines[:MOST_ROWS]
    titles = {document.id: document.title for document in catalogue.listing()}
    if catalogue.passages <= MOST_COLUMNS or len(titles) == 1:
        return replace(draw_chart(*_by_passage(shown, titles)), left_out=len(lines) - len(shown))
    columns = tuple(Column(title, title, url_for("documents.reading", id=id)) for id, title in titles.items())
    rows = (Row(line.key, line.name, entry_address(line), _counted(line, titles)) for line in shown)
    return replace(draw_chart(columns, tuple(rows), "text"), left_out=len(lines) - len(shown))


def _counted(line: Line, ids: Iterable[str]) -> tuple[int, ...]:
    counts = counts_of(line)
    return tuple(counts.get(id, 0) for id in ids)


def _by_passage(lines: Sequence[Line], titles: Mapping[str, str]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    outline = published().catalogue.outline()
    columns = tuple(Column(titles[document], label, address(document, id)) for document, id, label in outline)
    rows = []
    for line in lines:
        named = {(document, id): number for document, id, number in published().catalogue.passages_naming(line.entry)}
        counts = tuple(named.get((document, id), 0) for document, id, _ in outline)
        rows.append(Row(line.key, line.name, entry_address(line), counts))
    return columns, tuple(rows)
