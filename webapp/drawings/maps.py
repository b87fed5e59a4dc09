"""Maps of places: the world, or what part of it there is to show, and the country with most of the places.

``draw_map`` takes spots and gives figures, the key of what had no room for its name, and what is not drawn with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil, hypot, sqrt

from webapp.drawings import NARROW, WIDE
from webapp.drawings.geography import OTHERS, Point, Ring, View, atlas, country_at, fitted, inner_points, path
from webapp.drawings.labels import LINE, Box, around, box_of, is_free, outwards, text_width

MOST_DOTS = 200
"""Dots on a map; beyond that those named least often stay in the table."""

NEAR = 7.0
"""Units within which two dots become one."""

MOST_NUMBERS = 40
"""Numbers in the key of a picture; what is named less often and has no room for its name is a dot alone."""

TINY = 5.0
"""Units across below which a country is a dot."""

NOT_A_PLACE = "no coordinates and no country code are known"
NOT_IN_ATLAS = "the map has no country of this code"
TOO_MANY = f"only the {MOST_DOTS} places named most often have a dot"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: a country by its code (ISO 3166-1 alpha-2), or a point by its coordinates in degrees.

    The code of a part of a country (ISO 3166-2, ``CN-XJ``) counts as no country. ``is_area`` is for a sea or a region, which
    gets its name at the point but no dot. ``kind`` is a word for readers; ``count`` is how often the place is named.
    ``note`` tells readers why the place has neither code nor coordinates, if there is a better reason than that none is known.
    """

    key: str
    name: str
    href: str
    kind: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    count: int = 0
    is_area: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """What those hear who do not see the map."""
        counted = f"{self.count:,} mention{'' if self.count == 1 else 's'}" if self.count else ""
        return ", ".join(part for part in (self.name, self.kind, counted) if part)


@dataclass(frozen=True, slots=True)
class Missing:
    """A place that is not drawn, and why."""

    spot: Spot
    reason: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A country that is named: the ``d`` of its path, and its shade from 1 (named seldom) to 4.

    ``is_marked`` says that a mark of the picture stands for it too.
    """

    spot: Spot
    path: str
    shade: int
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, a name or a number that leads to a place.

    ``radius`` is 0 without a dot, ``text`` empty without words; ``number`` is that of the key, or 0; ``leader`` runs from the
    place to a number that stands beside it. ``is_repeated`` says that another figure has the place as well.
    """

    spot: Spot
    x: float
    y: float
    radius: float = 0
    text: str = ""
    text_x: float = 0
    text_y: float = 0
    anchor: str = "start"
    number: int = 0
    leader: tuple[float, float, float, float] | None = None
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing: land that nobody names, countries that are named, marks, and the frame of the figure that shows more."""

    width: float
    height: float
    land: str
    shapes: tuple[Shape, ...]
    marks: tuple[Mark, ...]
    frame: str = ""

    @property
    def key(self) -> tuple[Mark, ...]:
        """The marks that have a number for want of room, by number."""
        return tuple(sorted((mark for mark in self.marks if mark.number), key=lambda mark: mark.number))


@dataclass(frozen=True, slots=True)
class Figure:
    """The same drawing for wide and for narrow screens; ``country`` is the code of the one it is about, empty for all."""

    wide: Picture
    narrow: Picture
    country: str = ""


@dataclass(frozen=True, slots=True)
class Map:
    """What there is to see of places: figures (none where no place can be drawn), the places on them, and those that are not."""

    figures: tuple[Figure, ...]
    drawn: tuple[Spot, ...]
    missing: tuple[Missing, ...]


@lru_cache(maxsize=8)
def draw_map(spots: tuple[Spot, ...]) -> Map:
    """The map of places, in the order given."""
    missing = [Missing(spot, reason) for spot in spots if (reason := _why_not(spot, spots))]
    left_out = {each.spot.key for each in missing}
    drawn = [spot for spot in spots if spot.key not in left_out]
    dots = sorted((spot for spot in drawn if spot.latitude is not None and not _is_country(spot)), key=lambda spot: -spot.count)
    missing += [Missing(spot, TOO_MANY) for spot in dots[MOST_DOTS:]]
    left_out = {each.spot.key for each in missing}
    drawn = [spot for spot in drawn if spot.key not in left_out]
    if not drawn:
        return Map((), (), tuple(missing))
    return Map(_figures(drawn), tuple(drawn), tuple(missing))


def _why_not(spot: Spot, spots: Sequence[Spot]) -> str:
    """Why a place cannot be drawn, or nothing."""
    if _is_country(spot) or (spot.latitude is not None and spot.longitude is not None):
        return ""
    if "-" in spot.country:
        whole = next((each.name for each in spots if each.country == spot.country[:2]), "")
        return (
            f"a part of {whole}, which is drawn as a whole" if whole else "a part of a country; the map has whole countries only"
        )
    return spot.note or (NOT_IN_ATLAS if spot.country else NOT_A_PLACE)


def _is_country(spot: Spot) -> bool:
    return spot.country != OTHERS and spot.country in atlas().countries


def _figures(spots: Sequence[Spot]) -> tuple[Figure, ...]:
    """All places, and the country with most of them where that shows more."""
    everything = [_extent(spot) for spot in spots]
    points = [point for each in everything for point in each]
    country = _busiest_country(spots)
    wholes = [fitted(points, width, tallest, margin) for width, tallest, margin in ((WIDE, 520, 40), (NARROW, 420, 26))]
    if not country:
        return (Figure(_picture(spots, wholes[0]), _picture(spots, wholes[1])),)
    part = [*atlas().main_ring(country), *(_position(spot) for spot in spots if not _is_country(spot) and _is_in(spot, country))]
    parts = [fitted(part, width, tallest, margin) for width, tallest, margin in ((WIDE, 520, 40), (NARROW, 420, 22))]
    if parts[0].scale < 1.8 * wholes[0].scale:
        return (Figure(_picture(spots, wholes[0]), _picture(spots, wholes[1])),)
    details = [_picture(spots, view, is_part=True) for view in parts]
    overviews = [_picture(spots, *each) for each in zip(wholes, parts, map(_shown, details), strict=True)]
    return Figure(overviews[0], overviews[1]), Figure(details[0], details[1], country)


def _position(spot: Spot) -> Point:
    assert spot.longitude is not None  # noqa: S101 - what has no coordinates has been left out
    assert spot.latitude is not None  # noqa: S101
    return spot.longitude, spot.latitude


def _extent(spot: Spot) -> Ring:
    return atlas().main_ring(spot.country) if _is_country(spot) else (_position(spot),)


def _is_in(spot: Spot, country: str) -> bool:
    return country_at(*_position(spot)) == country


def _busiest_country(spots: Sequence[Spot]) -> str:
    """The code of the country with most of the dots, if it has three."""
    countries = Counter(country_at(*_position(spot)) for spot in spots if not _is_country(spot))
    countries.pop("", None)
    code, number = max(countries.items(), key=lambda item: item[1], default=("", 0))
    return code if number >= 3 else ""


def _shown(picture: Picture) -> frozenset[str]:
    """The keys of the places a picture leads to."""
    return frozenset(mark.spot.key for mark in picture.marks)


def _picture(
    spots: Sequence[Spot], view: View, part: View | None = None, elsewhere: Set[str] = frozenset(), is_part: bool = False
) -> Picture:
    """A drawing of the places within a view; those ``elsewhere`` are in the figure of ``part``, which this one frames."""
    named = {spot.country: spot for spot in spots if _is_country(spot)}
    land = path(ring for code in atlas().countries if code not in named for ring in view.rings(code))
    outlines = {code: rings for code in named if (rings := view.rings(code, is_named=True))}
    most = max((spot.count for spot in named.values()), default=0)
    dots = [spot for spot in spots if not _is_country(spot) and view.holds(view.place(*_position(spot)), 2)]
    lettering = _Lettering(view, elsewhere)
    tiny = {code: rings[0] for code, rings in outlines.items() if _span(rings[0]) < TINY}
    points = [(spot, *view.place(*_position(spot))) for spot in dots if not spot.is_area]
    points += [(named[code], *_middle(ring)) for code, ring in tiny.items() if view.holds(_middle(ring), 2)]
    lettering.dots([point for point in points if point[0].key not in elsewhere])
    lettering.areas([spot for spot in dots if spot.key not in elsewhere and spot.is_area])
    lettering.countries([(named[code], rings[0]) for code, rings in outlines.items() if code not in tiny], is_part)
    lettering.numbers()
    order = {spot.key: number for number, spot in enumerate(spots)}
    marks = tuple(sorted(lettering.marks, key=lambda mark: order[mark.spot.key]))
    marked = {mark.spot.key for mark in marks} | elsewhere
    shapes = tuple(
        Shape(named[code], path(rings), _shade(named[code].count, most), named[code].key in marked)
        for code, rings in outlines.items()
    )
    return Picture(view.width, view.height, land, shapes, marks, _frame(view, part) if part else "")


def _shade(count: int, most: int) -> int:
    return max(1, ceil(4 * sqrt(count / most))) if most else 1


def _frame(view: View, part: View) -> str:
    """The edge of a part on the sheet of the whole; nothing where it runs across the rim of the world."""
    edge = tuple(view.place(*point) for point in part.edge())
    steps = (abs(one[0] - other[0]) for one, other in pairwise(edge))
    return "" if max(steps) > view.width / 2 else path([edge])


@dataclass
class _Lettering:
    """The marks of one picture, set one after another so that none touches those before it."""

    view: View
    elsewhere: Set[str]
    marks: list[Mark] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    nameless: list[Mark] = field(default_factory=list)

    def _is_free(self, box: Box) -> bool:
        return is_free(box, self.taken, self.view.width, self.view.height)

    def _name(self, mark: Mark, candidates: Iterable[tuple[float, float, str]], needed: Callable[[Mark], bool]) -> None:
        """Give a mark its name at the first candidate that is free, or leave it for a number if it needs one."""
        for x, y, anchor in candidates:
            box = box_of(x, y, anchor, (mark.spot.name,))
            if self._is_free(box):
                self.taken.append(box)
                self.marks.append(replace(mark, text=mark.spot.name, text_x=x, text_y=y, anchor=anchor))
                return
        if needed(mark):
            self.nameless.append(mark)

    def dots(self, points: Sequence[tuple[Spot, float, float]]) -> None:
        """Dots, those named most often first; places at one point share a dot and stand below each other."""
        groups: list[list[Mark]] = []
        most = max((spot.count for spot, *_ in points), default=0)
        for spot, x, y in sorted(points, key=lambda point: -point[0].count):
            group = next((group for group in groups if hypot(group[0].x - x, group[0].y - y) < NEAR), None)
            if group:
                group.append(replace(group[0], spot=spot, radius=0))
            else:
                groups.append([Mark(spot, x, y, 3 + 3 * sqrt(spot.count / most) if most else 4)])
        for first, *_ in groups:
            reach = first.radius + 1
            self.taken.append(Box(first.x - reach, first.y - reach, first.x + reach, first.y + reach))
        for group in groups:
            self._group(group)

    def _group(self, group: Sequence[Mark]) -> None:
        names = [mark.spot.name for mark in group]
        first = group[0]
        for x, y, anchor in around(first.x, first.y, first.radius, len(group)) if len(group) <= 4 else ():
            box = box_of(x, y, anchor, names)
            if self._is_free(box):
                self.taken.append(box)
                for row, mark in enumerate(group):
                    place = {"text_x": x, "text_y": y + row * LINE, "anchor": anchor}
                    self.marks.append(replace(mark, text=mark.spot.name, **place))  # type: ignore[arg-type]
                return
        for mark in group:
            self._name(mark, around(mark.x, mark.y, first.radius), lambda mark: True)

    def areas(self, spots: Sequence[Spot]) -> None:
        """Names of seas and regions, at their point or near it."""
        for spot in spots:
            x, y = self.view.place(*_position(spot))
            near = [(x, y), *((a, b) for a, b in outwards(x, y) if hypot(a - x, b - y) < 30)]
            self._name(Mark(spot, x, y), ((a, b + 4.5, "middle") for a, b in near), lambda mark: True)

    def countries(self, outlines: Sequence[tuple[Spot, Ring]], is_part: bool) -> None:
        """Names of countries within their outlines, small ones first: large ones have room left."""
        for spot, ring in sorted(outlines, key=lambda each: len(each[1]) and _span(each[1])):
            shown = inner_points(ring, self.view.width, self.view.height)
            if not shown:
                continue
            mark = Mark(spot, *shown[0], is_repeated=spot.key in self.elsewhere)
            fits = text_width(spot.name) <= 1.25 * _span(ring)
            candidates = ((x, y + 4.5, "middle") for x, y in shown[:400]) if fits else ()
            self._name(mark, candidates, lambda mark: not is_part and mark.spot.key not in self.elsewhere)

    def numbers(self) -> None:
        """Numbers for what found no room for its name, in the order of the alphabet; a dot alone where there is none for that."""
        self.nameless.sort(key=lambda mark: -mark.spot.count)
        self.marks += self.nameless[MOST_NUMBERS:]
        number = 0
        for mark in sorted(self.nameless[:MOST_NUMBERS], key=lambda mark: mark.spot.name):
            half = 4.5 + 3.4 * len(str(number + 1))
            inner = () if mark.radius else ((mark.x, mark.y),)
            for x, y in (*inner, *outwards(mark.x, mark.y)):
                box = Box(x - half, y - 7.5, x + half, y + 7.5)
                if self._is_free(box):
                    number += 1
                    self.taken.append(box)
                    leader = None if (x, y) == (mark.x, mark.y) else (mark.x, mark.y, x, y)
                    self.marks.append(replace(mark, number=number, text_x=x, text_y=y, anchor="middle", leader=leader))
                    break
            else:
                self.marks.append(mark)


def _middle(ring: Ring) -> Point:
    """The middle of the rectangle around a ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _span(ring: Ring) -> float:
    """How wide a ring is."""
    return max(x for x, _ in ring) - min(x for x, _ in ring)
