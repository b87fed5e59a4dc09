"""Maps, timelines and charts: positions without a browser, then how they look in one."""

from __future__ import annotations

import datetime
import gzip
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from jinja2 import Environment, FileSystemLoader
from lxml import etree
from playwright.sync_api import Browser, Page, Route

from edition.settings import HOME
from webapp.drawings import WIDE, charts, maps, timelines
from webapp.drawings.charts import Column, Row, draw_chart
from webapp.drawings.dates import DateError, date, day_number, in_words, of_day
from webapp.drawings.geography import OTHERS, angle, atlas, azimuthal, country_at, equal_earth, fitted, longitudes
from webapp.drawings.labels import Box, box_of, shortened, text_width
from webapp.drawings.maps import Picture, Spot, draw_map
from webapp.drawings.timelines import Dated, draw_timeline

STATIC = HOME / "webapp" / "static"
ARTEFACTS = Path(__file__).parent.parent / "artefacts"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
PLAIN = Environment(loader=FileSystemLoader(HOME / "webapp" / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def register(kind: str, element: str) -> list[etree._Element]:
    return list(etree.parse(HOME / "tei" / "registers" / f"{kind}.xml").iter(TEI + element))


def name_of(entry: etree._Element) -> str:
    return " ".join("".join(entry[0].itertext()).split())


def spot(entry: etree._Element) -> Spot:
    where = entry.findtext(f".//{TEI}geo")
    latitude, longitude = map(float, where.split()) if where else (None, None)
    codes = {each.get("type"): each.text or "" for each in entry.iter(TEI + "idno")}
    code = codes.get("ISO3166-1") or codes.get("ISO3166-2", "")
    kind = entry.get("type", "")
    return Spot(entry.get(ID, ""), name_of(entry), f"/{entry.get(ID)}/", kind, code, latitude, longitude, 3, kind == "sea")


def dated(entry: etree._Element) -> Dated:
    first = entry.get("when") or entry.get("notBefore", "")
    last = entry.get("when") or entry.get("notAfter", "")
    return Dated(entry.get(ID, ""), name_of(entry), f"/{entry.get(ID)}/", first, last, "when" in entry.attrib, (("ICC", 2),))


PLACES = tuple(spot(entry) for entry in register("places", "place"))
EVENTS = tuple(dated(entry) for entry in register("events", "event"))
MAP = draw_map(PLACES)
TIMELINE = draw_timeline(EVENTS)
PICTURES = [picture for figure in MAP.figures for picture in (figure.wide, figure.narrow)]


def city(name: str, latitude: float, longitude: float, count: int = 1) -> Spot:
    return Spot(name, name, f"/{name}/", "city", "", latitude, longitude, count)


def map_html(drawn: maps.Map = MAP) -> str:
    return str(PLAIN.get_template("drawings/map.html").module.figures(drawn, "places", "Places", {"KZ": "Kazakhstan"}))  # type: ignore[attr-defined]


def timeline_html(drawn: timelines.Timeline = TIMELINE) -> str:
    return str(PLAIN.get_template("drawings/timeline.html").module.panels(drawn, "events", "Events"))  # type: ignore[attr-defined]


def chart_html(drawn: charts.Chart) -> str:
    macros = PLAIN.get_template("drawings/chart.html").module
    return str(macros.figure(drawn, "who", "Who is named")) + str(macros.table(drawn, "Who is named"))  # type: ignore[attr-defined]


# Projections and outlines


def test_the_corners_of_the_world_lie_where_the_authors_of_the_projection_put_them():
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(180, 0)[0] == pytest.approx(2.7066, abs=1e-4)
    assert equal_earth(0, 90)[1] == pytest.approx(1.3174, abs=1e-4)


def test_a_part_of_the_world_has_its_centre_in_the_middle_and_north_above():
    project = azimuthal((67, 48))
    assert project(67, 48) == pytest.approx((0, 0), abs=1e-9)
    assert project(67, 50)[1] > 0
    assert project(70, 48)[0] > 0


def test_every_country_of_the_register_has_an_outline():
    codes = {place.country for place in PLACES if len(place.country) == 2}
    assert {"KZ", "RU", "CN", "US"} <= codes <= set(atlas().countries)


@pytest.mark.parametrize(
    ("point", "code"), [((76.9, 43.2), "KZ"), ((-173, 65.5), "RU"), ((34.1, 45), "UA"), ((33.5, 35.3), "CY")]
)
def test_points_lie_in_the_country_that_iso_3166_puts_them_in(point, code):
    assert country_at(*point) == code


def test_the_sea_is_in_no_country():
    assert country_at(-30, 30) == ""


def test_a_country_on_both_sides_of_the_180th_meridian_is_cut_there():
    view = fitted([(-100, 40), (100, 60), (20, -30)], WIDE, 500, 40)
    for ring in view.rings("RU"):
        assert max(abs(one[0] - other[0]) for one, other in pairwise(ring)) < WIDE / 4


@given(some.lists(some.floats(-180, 180), min_size=1, max_size=8))
def test_the_shortest_stretch_of_longitudes_holds_them_all(values):
    west, extent = longitudes(values)
    assert 0 <= extent <= 360
    assert all((value - west + 1e-6) % 360 <= extent + 1e-5 for value in values)


@given(some.lists(some.tuples(some.floats(-60, 60), some.floats(-60, 70)), min_size=1, max_size=6))
def test_what_a_view_is_made_for_lies_within_it(points):
    view = fitted(points, WIDE, 520, 40)
    assert all(view.holds(view.place(*point), -1) for point in points)
    assert view.height <= 520


def test_one_place_alone_has_its_surroundings():
    view = fitted([(2.35, 48.86)], 340, 400, 22)
    corners = tuple(view.edge())
    assert angle(corners[0], corners[8]) > 5


# Maps


def test_every_place_of_the_edition_is_drawn_or_told_why_not():
    assert {each.key for each in MAP.drawn} | {each.spot.key for each in MAP.missing} == {place.key for place in PLACES}
    assert len(MAP.drawn) + len(MAP.missing) == len(PLACES)
    reasons = {each.spot.key: each.reason for each in MAP.missing}
    assert reasons["pl-xinjiang"] == "a part of China, which is drawn as a whole"
    assert reasons["pl-eldorado"] == maps.NOT_A_PLACE


def test_the_country_with_most_of_the_places_is_drawn_larger():
    assert [figure.country for figure in MAP.figures] == ["", "KZ"]
    assert MAP.figures[0].wide.frame


def numbers_and_names(picture: Picture) -> Iterator[tuple[str, Box]]:
    for mark in picture.marks:
        if mark.number:
            yield str(mark.number), Box(mark.text_x - 7, mark.text_y - 7, mark.text_x + 7, mark.text_y + 7)
        elif mark.text:
            yield mark.text, box_of(mark.text_x, mark.text_y, mark.anchor, (mark.text,))
        if mark.radius:
            r = mark.radius
            yield "dot", Box(mark.x - r, mark.y - r, mark.x + r, mark.y + r)


@pytest.mark.parametrize("picture", PICTURES)
def test_names_dots_and_numbers_of_a_map_stand_within_it_and_touch_nothing(picture):
    boxes = [(what, box) for what, box in numbers_and_names(picture)]
    assert all(box.within(picture.width, picture.height) for _, box in boxes)
    for (what, one), (other_what, other) in combinations(boxes, 2):
        # Names of places at one point are lines of one label, set solid.
        assert not one.touches(other, apart=-2.5), (what, other_what)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_each_place_that_is_drawn_is_one_link_for_those_who_hear_the_page(width):
    svgs = re.findall(rf'<svg class="drawing-{width}".*?</svg>', map_html(), re.S)
    links = [html.unescape(label) for svg in svgs for label in re.findall(r'<a class="map-[^>]*aria-label="([^"]+)"', svg)]
    # A country that has room for its name in both figures is hidden in one, and a large one may be in the second as well.
    assert {label.split(",")[0] for label in links} == {spot.name.split(",")[0] for spot in MAP.drawn}
    for svg in svgs:
        named = re.findall(r'aria-label="([^"]+)"', svg)
        assert len(named) == len(set(named))


def test_a_map_is_small():
    for svg in re.findall(r"<svg.*?</svg>", map_html(), re.S):
        assert len(gzip.compress(svg.encode())) < 20_000
    assert len(gzip.compress(map_html().encode())) < 40_000


def test_a_name_is_written_as_text_and_never_as_markup():
    drawn = draw_map((city('<script>"&', 48, 2),))
    assert "<script" not in map_html(drawn)
    assert "&lt;script&gt;" in map_html(drawn)


def test_places_in_one_town_are_one_map_of_its_surroundings():
    drawn = draw_map((city("Paris", 48.86, 2.35, 5), city("Louvre", 48.86, 2.34)))
    assert len(drawn.figures) == 1
    marks = drawn.figures[0].wide.marks
    assert [mark.text for mark in marks] == ["Paris", "Louvre"]
    assert [bool(mark.radius) for mark in marks] == [True, False]


def test_a_country_too_small_to_be_seen_has_a_dot():
    spots = (Spot("mt", "Malta", "/mt/", country="MT"), Spot("us", "United States", "/us/", country="US"))
    mark = next(mark for mark in draw_map((*spots, city("Tokyo", 35.7, 139.7))).figures[0].wide.marks if mark.spot.key == "mt")
    assert mark.radius
    assert mark.text or mark.number


def test_places_named_seldom_stay_out_of_a_crowded_map():
    crowd = tuple(city(f"p{number}", 30 + number % 25, number % 37, number) for number in range(maps.MOST_DOTS + 5))
    drawn = draw_map(crowd)
    assert {each.spot.key for each in drawn.missing} == {f"p{number}" for number in range(5)}
    assert {each.reason for each in drawn.missing} == {maps.TOO_MANY}


A_SPOT = some.builds(
    lambda name, lat, lon, code, count: Spot("", name, "/", "", code, lat, lon, count),
    some.text("aeilmostzAMŻ шж東京", min_size=1, max_size=30),
    some.floats(-89, 89),
    some.floats(-180, 180),
    some.sampled_from(("", "", "FJ", "AQ", "MT", "US", "KZ", "KI", "ZZ", "FR-75")),
    some.integers(0, 99),
)


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(some.lists(A_SPOT, min_size=1, max_size=16))
def test_whatever_the_places_are_their_names_touch_nothing(spots):
    drawn = draw_map(tuple(replace(spot, key=str(number)) for number, spot in enumerate(spots)))
    for picture in (picture for figure in drawn.figures for picture in (figure.wide, figure.narrow)):
        boxes = list(numbers_and_names(picture))
        assert all(box.within(picture.width, picture.height) for what, box in boxes if what != "dot")
        for (what, one), (other_what, other) in combinations(boxes, 2):
            # Dots of neighbours may overlap; those nearer than NEAR are one.
            assert what == other_what == "dot" or not one.touches(other, apart=-2.5), (what, other_what)


def test_without_a_place_that_can_be_drawn_there_is_no_map():
    drawn = draw_map((Spot("x", "Eldorado", "/x/", note="a place of legend"), Spot("y", "Nowhere", "/y/", country="ZZ")))
    assert drawn.figures == ()
    assert [each.reason for each in drawn.missing] == ["a place of legend", maps.NOT_IN_ATLAS]
    assert OTHERS not in {spot.key for spot in drawn.drawn}


def test_places_on_both_sides_of_the_pacific_rim_lie_side_by_side():
    drawn = draw_map((city("Suva", -18.1, 178.4), city("Apia", -13.8, -171.8)))
    suva, apia = drawn.figures[0].wide.marks
    assert 0 < suva.x < apia.x < WIDE


# Dates


@given(some.dates())
def test_days_are_counted_as_the_calendar_counts_them(day):
    assert day_number(day.year, day.month, day.day) == day.toordinal() - datetime.date.min.toordinal()
    back = of_day(day_number(day.year, day.month, day.day))
    assert (back.year, back.month, back.day) == (day.year, day.month, day.day)


@given(some.integers(-2_000_000, 2_000_000))
def test_every_number_is_a_day_before_christ_too(number):
    assert of_day(number).begins == number


@pytest.mark.parametrize(
    ("first", "last", "is_certain", "words"),
    [
        ("2022-01-05", "2022-01-05", True, "5 January 2022"),
        ("2022-01-02", "2022-01-11", False, "between 2 and 11 January 2022"),
        ("2021-12-30", "2022-01-11", True, "30 December 2021 to 11 January 2022"),
        ("1945-05-08", "1945-09-02", False, "between 8 May and 2 September 1945"),
        ("2012-06", "2012-06", True, "June 2012"),
        ("1910", "1920", True, "1910 to 1920"),
        ("-0043-03-15", "-0043-03-15", True, "15 March 44 BC"),
        ("", "1945", False, "before 1945"),
        ("1945", "", False, "after 1945"),
        ("1945", "", True, "from 1945"),
    ],
)
def test_dates_are_said_in_words(first, last, is_certain, words):
    assert in_words(date(first) if first else None, date(last) if last else None, is_certain) == words


@pytest.mark.parametrize("wrong", ["yesterday", "2022-13", "2022-00-01", "22"])
def test_what_is_no_date_is_refused(wrong):
    with pytest.raises(DateError):
        date(wrong)


# Timelines


def test_the_fortnight_in_which_most_happened_has_a_panel_of_its_own():
    overview, january = TIMELINE.panels
    assert (overview.title, january.title) == ("1945 to 2022", "1 to 20 January 2022")
    assert len(january.marks) == 17
    assert [mark.name for mark in overview.marks if mark.kind == "crowd"] == ["17 more, drawn larger below"]
    assert len(overview.marks) + len(january.marks) == len(EVENTS) + 1


def test_long_years_without_an_event_are_left_out_of_the_axis():
    labels = [tick.label for tick in TIMELINE.panels[0].ticks if tick.label]
    assert labels[:3] == ["1945", "1991", "2011"]
    assert labels[-1] == "2022"
    assert len(TIMELINE.panels[0].breaks) == 2


def test_an_uncertain_date_is_drawn_from_its_first_to_the_end_of_its_last_day():
    january = TIMELINE.panels[1]
    unrest = next(mark for mark in january.marks if mark.name.startswith("Protests"))
    days = {tick.label: tick.x for tick in january.ticks}
    assert unrest.kind == "uncertain"
    assert unrest.left == pytest.approx(days["2"])
    assert unrest.right == pytest.approx(days["12"])
    assert unrest.words == "Protests and unrest in Kazakhstan, January 2022, between 2 and 11 January 2022; ICC: 2 mentions"


def test_a_day_is_a_point_in_the_middle_of_its_day():
    january = TIMELINE.panels[1]
    days = {tick.label: tick.x for tick in january.ticks}
    order = next(mark for mark in january.marks if mark.name.startswith("Shoot"))
    assert order.kind == "point"
    assert days["7"] < (order.left + order.right) / 2 < days["8"]


@pytest.mark.parametrize("panel", TIMELINE.panels, ids=lambda panel: panel.title)
def test_names_on_a_timeline_lie_within_it_and_touch_nothing_in_their_lane(panel):
    boxes = []
    for mark in panel.marks:
        text = box_of(mark.text_x, mark.y + 4.5, mark.anchor, (mark.text,))
        boxes.append(Box(min(mark.left, text.left), mark.y - 9, max(mark.right, text.right), mark.y + 9))
    assert all(box.within(panel.width, panel.height) for box in boxes)
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))


def test_a_thing_of_which_one_end_is_unknown_reaches_to_the_rim():
    drawn = draw_timeline(
        (Dated("a", "A", "/a/", "", "1905"), Dated("b", "B", "/b/", "1900", "1910"), Dated("c", "C", "/c/", "", ""))
    )
    before, whole = drawn.panels[0].marks
    assert before.left == whole.left
    assert before.right < whole.right
    assert [thing.key for thing in drawn.undated] == ["c"]


def test_many_dates_become_bars_that_count_them_all():
    letters = tuple(
        Dated(str(n), f"Letter {n}", f"/{n}/", f"{1880 + n % 50}-03-01", f"{1880 + n % 50}-03-01") for n in range(900)
    )
    panel = draw_timeline(letters).panels[0]
    assert panel.marks == ()
    assert sum(int(bar.words.rpartition(" ")[2]) for bar in panel.bars) == 900 == panel.left_out
    assert panel.bars[0].words.startswith("1880 to 1884: ")


def test_without_dates_there_is_no_timeline():
    assert draw_timeline(()).panels == ()


def test_a_name_on_a_timeline_is_escaped():
    assert "<b>" not in timeline_html(draw_timeline((Dated("x", "<b>", "/x/", "1900", "1900"),)))


# Charts

TWO_TEXTS = tuple(Column(text, f"paragraph {n}", f"/{text}/#p{n}") for text in ("First", "Second") for n in range(1, 21))


def counts(**columns: int) -> tuple[int, ...]:
    return tuple(columns.get(f"c{number}", 0) for number in range(len(TWO_TEXTS)))


PEOPLE = (
    Row("a", "Seldom", "/a/", counts(c0=1)),
    Row("b", "Often", "/b/", counts(c1=4, c2=1, c20=2)),
    Row("c", "Never", "/c/", counts()),
)


def test_rows_come_by_number_and_say_their_numbers():
    often, seldom = draw_chart(TWO_TEXTS, PEOPLE).wide.lines
    assert (often.row.key, seldom.row.key) == ("b", "a")
    assert often.total == "Often: 7 mentions; First 5; Second 2"
    assert often.words == "First, paragraph 2: 4; paragraph 3: 1; Second, paragraph 1: 2"
    assert often.dots[0].radius == pytest.approx(2 * often.dots[1].radius, rel=0.1)


def test_the_table_says_the_same_as_the_dots():
    drawn = draw_chart(TWO_TEXTS, PEOPLE)
    assert drawn.documents == ("First", "Second")
    row, cells = drawn.table[0]
    assert (row.name, [cell.count for cell in cells]) == ("Often", [5, 2])
    assert '<a href="/First/#p2">paragraph 2</a> (4)' in chart_html(drawn)


def test_dots_lie_within_the_chart_and_texts_apart():
    for grid in (draw_chart(TWO_TEXTS, PEOPLE).wide, draw_chart(TWO_TEXTS, PEOPLE).narrow):
        assert all(grid.left < dot.x < grid.width and dot.radius < 10 for line in grid.lines for dot in line.dots)
        assert grid.groups[0].right < grid.groups[1].left
        assert grid.lines[-1].y < grid.height


def test_a_chart_of_many_entries_shows_forty_and_counts_the_rest():
    many = tuple(Row(str(number), f"Row {number}", "/", counts(c3=number + 1)) for number in range(100))
    drawn = draw_chart(TWO_TEXTS, many)
    assert (len(drawn.table), drawn.left_out) == (charts.MOST_ROWS, 60)
    assert "60 more" in chart_html(drawn)


def test_many_passages_are_counted_by_text_and_those_of_one_text_in_groups():
    columns = tuple(Column(f"Text {n // 10}", f"p {n}", f"/{n // 10}/#p{n}") for n in range(300))
    drawn = draw_chart(columns, (Row("a", "A", "/a/", (1,) * 300),))
    assert drawn.unit == "text"
    assert drawn.table[0][1][0].numbers[0] == (Column("Text 0", "Text 0", "/0/"), 10)
    one = draw_chart(tuple(Column("Text", f"p {n}", "/") for n in range(300)), (Row("a", "A", "/a/", (1,) * 300),))
    assert one.unit == "group of passages"
    assert one.table[0][1][0].numbers[0][0].label == "p 0 to p 4"


def test_a_row_with_another_number_of_columns_is_refused():
    with pytest.raises(ValueError, match="one number for each column"):
        draw_chart(TWO_TEXTS, (Row("a", "A", "/", (1, 2)),))


def test_a_chart_of_nothing_is_not_drawn():
    assert draw_chart((), ()).wide is None
    assert chart_html(draw_chart((), ())).strip() == ""


def test_a_text_is_cut_only_where_it_has_to_be():
    assert shortened("Almaty", 200) == "Almaty"
    cut = shortened("Almaty International Airport", 80)
    assert cut.endswith("…")
    assert text_width(cut) <= 80


# In a browser


def show(page: Page, body: str) -> None:
    """The drawings on a page with the style of the site, as if at an address of their own."""
    links = "".join(f'<link rel="stylesheet" href="/{name}.css">' for name in ("tokens", "base", "frame", "pages", "drawings"))
    head = f'<meta charset="utf-8"><title>Drawings</title><meta name="viewport" content="width=device-width">{links}'
    whole = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><main><h1>Drawings</h1>{body}</main></body></html>'

    def answer(route: Route) -> None:
        name = route.request.url.partition("drawings.test/")[2]
        route.fulfill(path=STATIC / name) if name else route.fulfill(body=whole, content_type="text/html")

    page.route("http://drawings.test/**", answer)
    page.goto("http://drawings.test/")
    page.evaluate("document.fonts.ready")


TOUCHING = """() => [...document.querySelectorAll('svg')].filter(svg => svg.checkVisibility()).flatMap(svg => {
  const sheet = svg.getBoundingClientRect(), scale = sheet.width / svg.viewBox.baseVal.width;
  // A line box is higher than its letters: only half of it counts.
  const boxes = [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect(), part = box.height / 4;
    return {words: text.textContent, left: box.left, right: box.right, top: box.top + part, bottom: box.bottom - part};
  });
  const outside = boxes.filter(box => box.left < sheet.left - 1 || box.right > sheet.right + 1
    || box.top < sheet.top || box.bottom > sheet.bottom).map(box => 'outside: ' + box.words);
  const touching = boxes.flatMap((one, at) => boxes.slice(at + 1).filter(other => one.left < other.right
    && other.left < one.right && one.top < other.bottom && other.top < one.bottom).map(other => one.words + ' / ' + other.words));
  return outside.concat(touching);
})"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_drawings_fit_are_accessible_and_their_words_touch_nothing(browser: Browser, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    drawn = draw_chart(TWO_TEXTS, PEOPLE)
    show(page, map_html() + timeline_html() + chart_html(drawn))
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(TOUCHING) == []
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"drawings-{scheme}-{width}.png", full_page=True)
    rules = {
        "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=rules)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.browser
def test_the_keyboard_reaches_a_place_on_the_map_and_sees_where_it_is(browser: Browser):
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    show(page, map_html())
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.get_attribute("aria-label") == "Moscow, city, 3 mentions"
    assert focused.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    page.close()
