"""The outlines of countries, and how they come onto a flat sheet.

``countries.json`` holds arcs, lines that two countries may share, in hundredths of a degree (longitude and latitude; a
first point, then steps; they cross the 180th meridian without being cut), and for each country (ISO 3166-1 alpha-2) its
rings as lists of arcs: ``~n`` is arc ``n`` backwards. Decision 9 tells where it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from pathlib import Path

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x to the right and y downwards on a sheet."""
Ring = tuple[Point, ...]
"""A closed line, its first point not repeated."""
Projection = Callable[[float, float], Point]
"""Longitude and latitude in degrees to x to the right and y upwards, in radii of the globe."""

OTHERS = ""
"""What stands for the code of land that has none."""

ANTARCTIC = -58.0
"""The latitude below which a map of the world is cut off when nothing of interest is there."""

SMALLEST_RING = 1.2
"""Square units below which an island is not drawn."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Arcs as points, and the rings of each country as lists of arcs."""

    arcs: tuple[Ring, ...]
    countries: dict[str, tuple[tuple[int, ...], ...]]

    def rings(self, code: str, arcs: Sequence[Ring] | None = None) -> Iterator[Ring]:
        """The rings of a country, none where the code is unknown; ``arcs`` replace the atlas' own, simplified ones perhaps."""
        lines = arcs or self.arcs
        for ring in self.countries.get(code, ()):
            points: list[Point] = []
            for each in ring:
                points.extend((lines[each] if each >= 0 else lines[~each][::-1])[:-1])
            yield _continued(points)

    def main_ring(self, code: str) -> Ring:
        """The largest ring of a country: its mainland."""
        return max(self.rings(code), key=_area_on_the_globe, default=())


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """The atlas of the house, read once."""
    data = json.loads(Path(__file__).with_name("countries.json").read_text("utf-8"))
    countries = {code: tuple(tuple(ring) for ring in rings) for code, rings in data["countries"].items()}
    return Atlas(tuple(_points(arc) for arc in data["arcs"]), countries | {OTHERS: tuple(tuple(ring) for ring in data["others"])})


def _continued(points: Iterable[Point]) -> Ring:
    """A line that counts its longitudes on beyond 180 where it crosses that meridian."""
    line: list[Point] = []
    turns = 0
    for lon, lat in points:
        if line and abs(lon + turns - line[-1][0]) > 180:
            turns += -360 if lon + turns > line[-1][0] else 360
        line.append((lon + turns, lat))
    return tuple(line)


def _points(steps: Sequence[int]) -> Ring:
    x = y = 0
    points = []
    for east, north in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + east, y + north
        points.append((x / 100, y / 100))
    return _continued(points)


@lru_cache(maxsize=16)
def simplified_arcs(tolerance: float) -> tuple[Ring, ...]:
    """The arcs of the atlas with no more points than ``tolerance`` (degrees of a great circle) asks for; ends stay."""
    return tuple(_simplified(arc, tolerance) for arc in atlas().arcs)


def _simplified(line: Ring, tolerance: float) -> Ring:
    """A line without the points that lie closer than ``tolerance`` to the rest of it (Douglas and Peucker)."""
    flat = [(lon * cos(radians(lat)), lat) for lon, lat in line]
    kept = {0, len(line) - 1}
    stretches = [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        (x0, y0), (x1, y1) = flat[first], flat[last]
        length = hypot(x1 - x0, y1 - y0)
        east, north = ((x1 - x0) / length, (y1 - y0) / length) if length else (0.0, 0.0)
        far, distance = first, tolerance
        for middle in range(first + 1, last):
            x, y = flat[middle]
            away = abs((x - x0) * north - (y - y0) * east) if length else hypot(x - x0, y - y0)
            if away > distance:
                far, distance = middle, away
        if far != first:
            kept.add(far)
            stretches += [(first, far), (far, last)]
    return tuple(line[index] for index in sorted(kept))


def _distance_to_stretch(point: Point, first: Point, last: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, first, last
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length))
    return hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0))


def equal_earth(lon: float, lat: float) -> Point:
    """The whole world, areas kept (Šavrič, Patterson and Jenny, 2018)."""
    theta = asin(sqrt(3) / 2 * sin(radians(lat)))
    square = theta * theta
    sixth = square**3
    x = radians(lon) * cos(theta) / (1.340264 - 3 * 0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square))
    return 2 * sqrt(3) / 3 * x, theta * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square))


def azimuthal(centre: Point) -> Projection:
    """A part of the world seen from above its centre, areas kept (Lambert)."""
    lon0, lat0 = centre
    sine, cosine = sin(radians(lat0)), cos(radians(lat0))

    def project(lon: float, lat: float) -> Point:
        east = radians(lon - lon0)
        height, width = sin(radians(lat)), cos(radians(lat))
        factor = sqrt(2 / max(1e-9, 1 + sine * height + cosine * width * cos(east)))
        return factor * width * sin(east), factor * (cosine * height - sine * width * cos(east))

    return project


@dataclass(frozen=True, slots=True)
class View:
    """A sheet: a projection, enlarged and shifted so that what matters lies between (0, 0) and (width, height).

    ``centre`` is the middle of a part of the world and None for the whole of it; ``scale`` is units a radius of the globe.
    """

    width: float
    height: float
    scale: float
    shift: Point
    centre: Point | None = None

    def place(self, lon: float, lat: float) -> Point:
        """Where a point of the globe lies on the sheet, or beyond its edge."""
        x, y = (azimuthal(self.centre) if self.centre else equal_earth)(lon, lat)
        return self.shift[0] + x * self.scale, self.shift[1] - y * self.scale

    def edge(self) -> Iterator[Point]:
        """Points of the globe along the edge of a part of the world, clockwise from the top left."""
        if self.centre is None:
            return
        w, h = self.width, self.height
        for (x0, y0), (x1, y1) in (((0, 0), (w, 0)), ((w, 0), (w, h)), ((w, h), (0, h)), ((0, h), (0, 0))):
            for step in range(8):
                x, y = x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8
                yield _unprojected(self.centre, (x - self.shift[0]) / self.scale, (self.shift[1] - y) / self.scale)

    def holds(self, point: Point, margin: float = 0) -> bool:
        """Whether a point of the sheet lies within it."""
        return margin <= point[0] <= self.width - margin and margin <= point[1] <= self.height - margin

    def rings(self, code: str, is_named: bool = False) -> tuple[Ring, ...]:
        """The outlines of a country on the sheet, cut at its edges, without what is too small to see; the largest first.

        A country that is named keeps one outline, however small.
        """
        arcs = simplified_arcs(round(degrees(0.6 / self.scale), 3))
        drawn = self._all_drawn(atlas().rings(code, arcs))
        if is_named and not drawn:
            drawn = self._all_drawn(atlas().rings(code))[:1]
        return tuple(ring for number, ring in enumerate(drawn) if area(ring) >= SMALLEST_RING or (is_named and number == 0))

    def _all_drawn(self, rings: Iterable[Ring]) -> list[Ring]:
        """Rings on the sheet, the largest first."""
        return sorted((ring for each in rings for ring in self._drawn(each) if len(ring) > 2), key=area, reverse=True)

    def _drawn(self, ring: Ring) -> Iterator[Ring]:
        """A ring on the sheet: none where it is on the far side of the globe, two or more where the rim of the world cuts it."""
        if self.centre is None:
            pieces: Iterable[Ring] = _cut_at_the_rim(ring)
            project: Projection = equal_earth
        else:
            pieces = (ring,) if any(angle(self.centre, point) < 90 for point in ring) else ()
            project = azimuthal(self.centre)
        dx, dy = self.shift
        for piece in pieces:
            points = ((dx + x * self.scale, dy - y * self.scale) for x, y in (project(lon, lat) for lon, lat in piece))
            yield clipped(tuple(points), -4, -4, self.width + 4, self.height + 4)


def _cut_at_the_rim(ring: Ring) -> Iterator[Ring]:
    """The pieces of a ring between -180 and 180; one that runs round the pole is closed by way of the pole."""
    if abs(ring[-1][0] - ring[0][0]) > 180:
        pole = -90.0 if ring[0][1] < 0 else 90.0
        ring = (*ring, (ring[-1][0], pole), (ring[0][0], pole))
    for turn in (-360, 0, 360):
        if piece := clipped(ring, -180 + turn, -91, 180 + turn, 91):
            yield tuple((lon - turn, lat) for lon, lat in piece)


def fitted(points: Sequence[Point], width: float, tallest: float, margin: float, least: float = 6) -> View:
    """The view that shows all points, ``width`` units across and at most ``tallest`` high, with a margin.

    From 120 degrees of longitude on it is the whole world; a part of it is at least ``least`` degrees wide.
    """
    west, extent = longitudes(point[0] for point in points)
    if extent > 120:
        return _world(points, width)
    latitudes = [point[1] for point in points]
    centre = (_turned(west + extent / 2), (min(latitudes) + max(latitudes)) / 2)
    project = azimuthal(centre)
    for _ in range(2):  # the middle of the drawing is not that of the degrees: see where it came out, and go there
        flat = [project(*point) for point in points]
        x, y = (min(p[0] for p in flat) + max(p[0] for p in flat)) / 2, (min(p[1] for p in flat) + max(p[1] for p in flat)) / 2
        centre = _unprojected(centre, x, y)
        project = azimuthal(centre)
    flat = [project(*point) for point in points]
    across = max(2 * max(abs(p[0]) for p in flat), radians(least))
    up = max(2 * max(abs(p[1]) for p in flat), radians(least) * 0.6)
    height = min(tallest, max(width * 0.5, (width - 2 * margin) * up / across + 2 * margin))
    scale = min((width - 2 * margin) / across, (height - 2 * margin) / up)
    return View(width, round(height), scale, (width / 2, round(height) / 2), centre)


def _world(points: Sequence[Point], width: float) -> View:
    """The whole world, without Antarctica unless a point is there."""
    whole = any(lat < ANTARCTIC for _, lat in points)
    arcs = simplified_arcs(0.5)
    flat = [equal_earth(_turned(lon), lat) for arc in arcs for lon, lat in arc if whole or lat > ANTARCTIC]
    left, right = min(p[0] for p in flat), max(p[0] for p in flat)
    low, high = min(p[1] for p in flat), max(p[1] for p in flat)
    scale = (width - 8) / (right - left)
    return View(width, round((high - low) * scale + 8), scale, (4 - left * scale, 4 + high * scale))


def longitudes(values: Iterable[float]) -> Point:
    """Where the shortest stretch of longitude that holds all values begins, and how many degrees it goes on eastwards."""
    ordered = sorted({value % 360 for value in values})
    gaps = [(later - earlier, later) for earlier, later in pairwise(ordered)]
    gap, west = max([*gaps, (ordered[0] + 360 - ordered[-1], ordered[0])])
    return _turned(west), max(0.0, 360 - gap)


def _turned(lon: float) -> float:
    """The same meridian between -180 and 180."""
    return (lon + 180) % 360 - 180


def _unprojected(centre: Point, x: float, y: float) -> Point:
    """The point of the globe that lies at (x, y) in the azimuthal projection."""
    distance = hypot(x, y)
    if distance == 0:
        return centre
    lon0, lat0 = radians(centre[0]), radians(centre[1])
    arc = 2 * asin(min(1.0, distance / 2))
    lat = asin(cos(arc) * sin(lat0) + y * sin(arc) * cos(lat0) / distance)
    lon = lon0 + atan2(x * sin(arc), distance * cos(lat0) * cos(arc) - y * sin(lat0) * sin(arc))
    return _turned(degrees(lon)), degrees(lat)


def angle(one: Point, other: Point) -> float:
    """Degrees of the great circle between two points of the globe."""
    lon1, lat1, lon2, lat2 = (radians(value) for value in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return degrees(2 * asin(min(1.0, sqrt(half))))


def country_at(lon: float, lat: float) -> str:
    """The code of the country a point of the globe lies in, or nothing."""
    for code, (west, south, east, north), ring in _boxed_rings():
        for here in (lon, lon + 360, lon - 360):
            if west <= here <= east and south <= lat <= north and inside((here, lat), ring):
                return code
    return ""


@lru_cache(maxsize=1)
def _boxed_rings() -> tuple[tuple[str, tuple[float, float, float, float], Ring], ...]:
    return tuple(
        (code, (min(p[0] for p in ring), min(p[1] for p in ring), max(p[0] for p in ring), max(p[1] for p in ring)), ring)
        for code in atlas().countries
        if code != OTHERS
        for ring in atlas().rings(code)
    )


def inside(point: Point, ring: Ring) -> bool:
    """Whether a point lies within a ring."""
    x, y = point
    within = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            within = not within
    return within


def area(ring: Ring) -> float:
    """The area of a flat ring, in square units."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _area_on_the_globe(ring: Ring) -> float:
    return area(tuple((lon * cos(radians(lat)), lat) for lon, lat in ring))


def inner_points(ring: Ring, width: float, height: float, step: float = 6) -> list[Point]:
    """Points within a ring and the sheet, those farthest from its border first: where its name may stand."""
    shown = clipped(ring, 0, 0, width, height)
    if len(shown) < 3:
        return []
    left, right = min(p[0] for p in shown), max(p[0] for p in shown)
    top, bottom = min(p[1] for p in shown), max(p[1] for p in shown)
    if right - left < 0.01 or bottom - top < 0.01:
        return []
    step = max(min(step, (right - left) / 5, (bottom - top) / 5), (right - left) / 20, (bottom - top) / 20)
    edges = tuple(zip(shown, shown[1:] + shown[:1], strict=True))
    found = []
    for row in range(int((bottom - top) / step) + 1):
        for column in range(int((right - left) / step) + 1):
            point = (left + (column + 0.5) * step, top + (row + 0.5) * step)
            if inside(point, shown):
                found.append((-min(_distance_to_stretch(point, *edge) for edge in edges), point))
    return [point for _, point in sorted(found)]


def clipped(ring: Ring, left: float, top: float, right: float, bottom: float) -> Ring:
    """The part of a ring within a rectangle (Sutherland and Hodgman)."""
    points = list(ring)
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        before, points = points, []
        for start, end in zip(before, before[1:] + before[:1], strict=True):
            here, there = (start[axis] - limit) * sign >= 0, (end[axis] - limit) * sign >= 0
            if here:
                points.append(start)
            if here != there:
                part = (limit - start[axis]) / (end[axis] - start[axis])
                points.append((start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    return tuple(points)


def path(rings: Iterable[Ring]) -> str:
    """Rings as the ``d`` of an SVG path: steps of tenths of a unit, as short as they can be written."""
    return "".join(_subpath(ring) for ring in rings)


def _subpath(ring: Ring) -> str:
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    (x, y), written = tenths[0], [f"M{_tenth(tenths[0][0])}{_apart(_tenth(tenths[0][1]))}l"]
    for end_x, end_y in tenths[1:]:
        if (end_x, end_y) != (x, y):
            east = _tenth(end_x - x)
            written.append((east if written[-1].endswith("l") else _apart(east)) + _apart(_tenth(end_y - y)))
            x, y = end_x, end_y
    return "".join(written) + "z" if len(written) > 1 else ""


def _tenth(value: int) -> str:
    sign, whole, part = "-" if value < 0 else "", abs(value) // 10, abs(value) % 10
    return f"{sign}{whole}" if not part else f"{sign}{whole or ''}.{part}"


def _apart(number: str) -> str:
    """A number after another: a minus sign keeps them apart, otherwise a blank does."""
    return number if number.startswith("-") else f" {number}"
