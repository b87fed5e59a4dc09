"""Timelines: an overview of all dates, and by themselves the days or years where most of them crowd.

``draw_timeline`` takes dated things and gives panels, the overview first. Long stretches in which nothing happens are cut out
of an axis, visibly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from webapp.drawings import NARROW, WIDE
from webapp.drawings.dates import MONTHS, Date, date, day_number, in_words, of_day, said
from webapp.drawings.labels import shortened, text_width

CROWD = 5
"""Things that make a panel of their own, if they are also a quarter of all."""
MOST_ROWS = 60
"""Things of one panel that are drawn one by one; beyond that those named least often stay in the table."""
LANE = 26.0
AXIS = 40.0
"""Units of a lane, and of the axis above the lanes."""
BREAK = 36.0
"""Units of a place where the axis leaves time out."""
SIDE = 20.0
"""Units left free on both sides."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A thing with a date: ``first`` and ``last`` are ISO 8601 or empty where that end is not known.

    ``is_certain`` is false where the two are limits between which it happened; ``counts`` are how often each text names it,
    by the text's short name.
    """

    key: str
    name: str
    href: str
    first: str
    last: str
    is_certain: bool = True
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How often all texts name it."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing on its panel: from ``left`` to ``right`` in units across (``narrow_left``, ``narrow_right`` on a phone).

    ``kind`` is ``point`` (a day too small to have a length), ``span``, ``uncertain`` (somewhere between both ends) or ``crowd``
    (things that have a panel of their own). ``date`` says when in words, ``words`` all of it for those who do not see.
    ``text`` is the name, cut to fit; ``is_inside`` says that it stands on the mark.
    """

    name: str
    href: str
    date: str
    words: str
    kind: str
    left: float
    right: float
    narrow_left: float
    narrow_right: float
    counts: tuple[tuple[str, int], ...] = ()
    y: float = 0
    text: str = ""
    text_x: float = 0
    anchor: str = "start"
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across a panel with its label, empty where there is no room for one; ``above`` is the label of the upper row."""

    x: float
    label: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many things begin in a stretch of time, where they are too many for one line each."""

    left: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A stretch of time: marks in lanes, or bars. ``left_out`` counts what has no mark because there are too many."""

    title: str
    width: float
    height: float
    ticks: tuple[Tick, ...]
    narrow_ticks: tuple[Tick, ...]
    breaks: tuple[float, ...]
    narrow_breaks: tuple[float, ...]
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The panels, overview first; none without a date. ``undated`` are the things no axis can show."""

    panels: tuple[Panel, ...]
    undated: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """A thing with the numbers of its first day and of the day after its last."""

    thing: Dated
    begins: int
    ends: int
    words: str


@lru_cache(maxsize=8)
def draw_timeline(things: tuple[Dated, ...]) -> Timeline:
    """The timeline of dated things. Raises DateError when a date is none."""
    undated = tuple(thing for thing in things if not thing.first and not thing.last)
    spans = sorted(_spans(things), key=lambda span: (span.begins, span.ends, span.thing.name))
    if not spans:
        return Timeline((), undated)
    axis = _Axis.of(spans, WIDE)
    crowds = [crowd for crowd in _crowds(spans, axis.kept) if len(crowd) < len(spans)]
    crowded = {span.thing.key for crowd in crowds for span in crowd}
    panels = [_panel([span for span in spans if span.thing.key not in crowded], crowds, spans)]
    panels += [_panel(crowd, (), crowd) for crowd in crowds]
    return Timeline(tuple(panels), undated)


def _spans(things: Sequence[Dated]) -> Iterator[_Span]:
    """The things that have a date; an end that is not known is that of all the others."""
    dated = [(thing, date(thing.first) if thing.first else None, date(thing.last) if thing.last else None) for thing in things]
    known = [end for _, *ends in dated for end in ends if end is not None]
    for thing, first, last in dated:
        if first or last:
            begins = first.begins if first else min(each.begins for each in known)
            ends = last.ends if last else max(each.ends for each in known)
            yield _Span(thing, begins, max(ends, begins + 1), in_words(first, last, thing.is_certain))


def _crowds(spans: Sequence[_Span], kept: int) -> list[list[_Span]]:
    """Where many things lie close together in a short part of the time that is drawn."""
    near = max(3, kept // 40)
    crowds: list[list[_Span]] = []
    until = 0
    for span in spans:
        if span.ends - span.begins > kept / 4:
            continue
        if crowds and span.begins - until <= near:
            crowds[-1].append(span)
            until = max(until, span.ends)
        else:
            crowds.append([span])
            until = span.ends
    least = max(CROWD, len(spans) / 4)
    return [crowd for crowd in crowds if len(crowd) >= least and max(span.ends for span in crowd) - crowd[0].begins <= kept / 3]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Time laid along a width: stretches of days (first, after the last), one beside the other, with breaks between."""

    stretches: tuple[tuple[int, int], ...]
    width: float

    @classmethod
    def of(cls, spans: Sequence[_Span], width: float) -> _Axis:
        """The axis that shows all spans: an empty stretch longer than a fifth of the whole is left out."""
        total = max(span.ends for span in spans) - spans[0].begins
        stretches = [[spans[0].begins, spans[0].ends]]
        for span in spans[1:]:
            if span.begins - stretches[-1][1] > max(total / 5, 3):
                stretches.append([span.begins, span.ends])
            else:
                stretches[-1][1] = max(stretches[-1][1], span.ends)
        whole = sum(ends - begins for begins, ends in stretches)
        return cls(tuple(_rounded(begins, ends, whole) for begins, ends in stretches), width)

    @property
    def kept(self) -> int:
        """Days on the axis."""
        return sum(ends - begins for begins, ends in self.stretches)

    @property
    def unit(self) -> float:
        """Units a day."""
        return (self.width - 2 * SIDE - self.gap * (len(self.stretches) - 1)) / self.kept

    @property
    def gap(self) -> float:
        """Units of a break."""
        return BREAK * (0.6 if self.width < WIDE else 1)

    def place(self, day: float) -> float:
        """Where a day lies across."""
        x = SIDE
        for begins, ends in self.stretches:
            if day <= ends:
                return x + max(0.0, day - begins) * self.unit
            x += (ends - begins) * self.unit + self.gap
        return self.width - SIDE

    def breaks(self) -> tuple[float, ...]:
        """The middles of the places where time is left out."""
        return tuple(self.place(ends) + self.gap / 2 for _, ends in self.stretches[:-1])

    def ticks(self) -> tuple[Tick, ...]:
        """Lines at round dates, as many as have room for a label."""
        step = next((each for each in STEPS if each[1] * self.unit >= each[2]), STEPS[-1])
        ticks: list[Tick] = []
        free = above_free = 0.0
        for begins, ends in self.stretches:
            for number, (day, label, above) in enumerate(_round_days(begins, ends, step[0])):
                x = self.place(day)
                above = above or (_above(day, step[0]) if number == 0 else "")
                above = above if x >= above_free else ""
                above_free = x + text_width(above) + 8 if above else above_free
                half = text_width(label) / 2
                shown = label if x - half >= free and x + half <= self.width else ""
                free = x + half + 6 if shown else free
                ticks.append(Tick(x, shown, above))
        return tuple(ticks)


STEPS = (
    *(("day", 1, 20), ("two days", 2, 24), ("week", 7, 24), ("month", 30, 30), ("quarter", 91, 30)),
    *((str(years), years * 365, 42) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
)
"""From tick to tick: a name or a number of years, about how many days, and the least units for it."""


def _rounded(begins: int, ends: int, whole: int) -> tuple[int, int]:
    """A stretch made up to whole years, months or days, by how much time there is to draw."""
    first, last = of_day(begins), of_day(ends - 1)
    if whole > 3 * 365:
        return Date(first.year).begins, Date(last.year).ends
    if whole > 92:
        return Date(first.year, first.month).begins, Date(last.year, last.month).ends
    return begins, ends


def _round_days(begins: int, ends: int, step: str) -> Iterator[tuple[int, str, str]]:
    """The round dates of a stretch: the number of the day, its label, and that of the row above where something new begins."""
    if step in ("day", "two days", "week"):
        days = {"day": 1, "two days": 2, "week": 7}[step]
        for number in range(begins, ends, days):
            here = of_day(number)
            yield number, str(here.day), _above(number, step) if here.day <= days and number > begins else ""
        return
    first, last = of_day(begins), of_day(ends - 1)
    if step in ("month", "quarter"):
        for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month, 1 if step == "month" else 3):
            year, place = divmod(month, 12)
            yield max(begins, day_number(year, place + 1, 1)), MONTHS[place][:3], str(year) if place == 0 else ""
        return
    years = int(step)
    for year in range(-(-first.year // years) * years, last.year + 1, years):
        yield max(begins, day_number(year, 1, 1)), Date(year).parts[-1], ""


def _above(day: int, step: str) -> str:
    """What the row above says of a day: its month and year, or its year."""
    here = of_day(day)
    if step in ("day", "two days", "week"):
        return said(replace(here, day=0))
    return here.parts[-1] if step in ("month", "quarter") else ""


def _panel(spans: Sequence[_Span], crowds: Sequence[Sequence[_Span]], extent: Sequence[_Span]) -> Panel:
    """A panel over the time of ``extent``: its things, and a mark for each crowd that has a panel of its own."""
    wide, narrow = _Axis.of(extent, WIDE), _Axis.of(extent, NARROW)
    shown = _named_most(spans)
    marks = [_mark(span, wide, narrow) for span in shown]
    marks += [_crowd_mark(crowd, number, wide, narrow) for number, crowd in enumerate(crowds, start=2)]
    marks.sort(key=lambda mark: mark.left)
    laid, lanes = _in_lanes(marks)
    left_out = len(spans) - len(shown)
    bars = _bars(spans, wide) if left_out else ()
    height = AXIS + lanes * LANE + (BARS if bars else 0) + 6
    if bars:
        laid = tuple(replace(mark, y=mark.y + BARS) for mark in laid)
    title = _range(extent)
    ticks = (wide.ticks(), narrow.ticks(), wide.breaks(), narrow.breaks())
    return Panel(title, WIDE, height, *ticks, laid, bars, left_out)


def _named_most(spans: Sequence[_Span]) -> list[_Span]:
    """All, or those named more often than any that is left out because there would be more than ``MOST_ROWS``."""
    if len(spans) <= MOST_ROWS:
        return list(spans)
    limit = sorted((span.thing.count for span in spans), reverse=True)[MOST_ROWS]
    return [span for span in spans if span.thing.count > limit]


def _range(spans: Sequence[_Span]) -> str:
    """The time of some things in words: "1 to 20 January 2022", "1945 to 2022"."""
    first, last = of_day(spans[0].begins), of_day(max(span.ends for span in spans) - 1)
    if last.begins - first.begins > 366:
        first, last = Date(first.year), Date(last.year)
    return in_words(first, last, is_certain=True)


def _mark(span: _Span, wide: _Axis, narrow: _Axis) -> Mark:
    thing = span.thing
    named = [f"{text}: {count} mention{'' if count == 1 else 's'}" for text, count in thing.counts if count]
    ends = [axis.place(day) for axis in (wide, narrow) for day in (span.begins, span.ends)]
    is_day = span.ends - span.begins == 1
    kind = "point" if is_day or (thing.is_certain and ends[1] - ends[0] < 8) else "span" if thing.is_certain else "uncertain"
    words = "; ".join((f"{thing.name}, {span.words}", *named))
    return Mark(thing.name, thing.href, span.words, words, kind, *_at_least(ends, 0 if kind == "point" else 10), thing.counts)


def _at_least(ends: Sequence[float], width: float) -> tuple[float, float, float, float]:
    """Left and right ends, moved apart where they are closer than ``width``."""
    left, right, narrow_left, narrow_right = ends
    more, narrow_more = max(0.0, width - right + left) / 2, max(0.0, width - narrow_right + narrow_left) / 2
    return left - more, right + more, narrow_left - narrow_more, narrow_right + narrow_more


def _crowd_mark(crowd: Sequence[_Span], number: int, wide: _Axis, narrow: _Axis) -> Mark:
    when = _range(crowd)
    begins, ends = crowd[0].begins, max(span.ends for span in crowd)
    places = [axis.place(day) for axis in (wide, narrow) for day in (begins, ends)]
    name = f"{len(crowd)} more, drawn larger below"
    return Mark(name, f"#{number}", when, f"{when}: {name}", "crowd", *_at_least(places, 14))


def _in_lanes(marks: Sequence[Mark]) -> tuple[tuple[Mark, ...], int]:
    """The marks with their names, each in the first lane where nothing touches it, and the number of lanes."""
    lanes: list[float] = []
    laid = []
    for mark in marks:
        centre = (mark.left + mark.right) / 2
        left, right = (centre - 5, centre + 5) if mark.kind == "point" else (mark.left, mark.right)
        name = f"{mark.date}: {mark.name}" if mark.kind == "crowd" else mark.name
        room_after, room_before = WIDE - right - 6, left - 6
        width = text_width(name)
        is_inside = max(room_after, room_before) < width <= right - left - 12
        is_after = width <= room_after or room_after >= room_before
        text = name if is_inside else shortened(name, room_after if is_after else room_before)
        width = 0 if is_inside else text_width(text)
        begins, ends = (left, right + 6 + width) if is_after else (left - 6 - width, right)
        lane = next((number for number, taken in enumerate(lanes) if taken + 12 <= begins), len(lanes))
        if lane == len(lanes):
            lanes.append(0)
        lanes[lane] = ends
        place, anchor = (left + 6, "start") if is_inside else (right + 6, "start") if is_after else (left - 6, "end")
        y = AXIS + (lane + 0.5) * LANE
        laid.append(replace(mark, y=y, text=text, text_x=place, anchor=anchor, is_inside=is_inside))
    return tuple(laid), len(lanes)


BARS = 90.0
"""Units of the bars above the lanes."""


def _bars(spans: Sequence[_Span], axis: _Axis) -> tuple[Bar, ...]:
    """How many things begin from tick to tick."""
    edges = sorted({round(tick.x, 1) for tick in axis.ticks()} | {axis.width - SIDE})
    starts: dict[float, list[_Span]] = {}
    for span in spans:
        left = max((edge for edge in edges if edge <= axis.place(span.begins) + 0.05), default=SIDE)
        starts.setdefault(left, []).append(replace(span, ends=span.begins + 1))
    most = max(len(each) for each in starts.values())
    bars = []
    for left, each in sorted(starts.items()):
        right = next((edge for edge in edges if edge > left), axis.width - SIDE)
        bars.append(Bar(left, max(right - left - 1, 1), (BARS - 20) * len(each) / most, f"{_range(each)}: {len(each):,}"))
    return tuple(bars)
