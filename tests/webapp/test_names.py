"""Names, dates and events on the page of a text: links, marks that can be switched off, cards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from markupsafe import Markup
from playwright.sync_api import Browser, BrowserContext, Page, expect

from edition.build import build
from edition.settings import read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app, splicing

ICC = "/documents/icc-2022-01-20/"
SPARK = "/documents/spark-2022-01-17/"
CORPUS = Path(__file__).parents[1] / "corpus"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def test_insertions_stand_in_their_order() -> None:
    insertions = [(1, 2, "<mark>"), (1, 1, "</mark>"), (0, 2, "<mark>"), (2, 1, "</mark>")]
    assert splicing.spliced(Markup("ab"), insertions) == "<mark>a</mark><mark>b</mark>"


def test_what_names_several_leads_to_the_first() -> None:
    named = [("2 9", "person", "a"), ("2 9", "place", "b"), ("5", "work", "é")]
    assert list(splicing.links(named, "/r/")) == [
        (2, 0, ' href="/r/persons/a/" data-kind="person"'),
        (9, 0, ' href="/r/persons/a/" data-kind="person"'),
        (5, 0, ' href="/r/works/%C3%A9/" data-kind="work"'),
    ]


@pytest.mark.parametrize("path", [ICC, SPARK])
def test_every_name_leads_to_a_page_and_every_id_is_one(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    ids = Counter(re.findall(r'<[a-z][^>]*? id="([^"]*)"', page))
    assert [id for id, number in ids.items() if number > 1] == []
    mentions = re.findall(r'<a [^>]*data-mention="\d+"[^>]*>', page)
    addresses = {address for mention in mentions for address in re.findall(r'href="([^"]*)"', mention)}
    assert len(mentions) > 60
    assert all(" href=" in mention for mention in mentions)
    assert {client.get(address).status_code for address in addresses} == {200}
    within = re.findall(r'href="#([^"]*)"', page)
    assert {unquote(target) for target in within} - set(ids) == set()


@pytest.mark.parametrize("path", [ICC, SPARK])
def test_every_expression_of_time_has_its_item_and_the_item_leads_back(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    items = re.findall(r'<li id="(edition:on-[^"]*)"><a class="expression-words" href="#([^"]*)"', page)
    assert {f"edition:on-{unquote(back)}" for _, back in items} == {item for item, _ in items}
    assert len(items) > 25
    assert {unquote(target) for target in re.findall(r'href="#(edition%3Aon-[^"]*)"', page)} == {item for item, _ in items}


def test_a_search_marks_words_in_names_too(client: FlaskClient) -> None:
    page = client.get(ICC + "?q=Tokayev").text
    assert re.search(r'data-kind="person" data-mention="\d+"><mark id="hit-\d+">Tokayev</mark></a>', page)
    plain = re.sub(r"</?mark[^>]*>", "", page)
    assert "<a class=" in plain


def test_a_name_that_no_register_knows_leads_to_what_is_gathered_of_it_and_an_unknown_thing_nowhere(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p><persName ref="none.xml#a">Ada</persName> '
        '<rs ref="none.xml#b">it</rs> in <placeName>Bad  Ischl</placeName></p></body></text></TEI>'
    )
    settings = read(tmp_path, {}, PLAIN)
    build(settings, write_index, jobs=1)
    client = create_app(settings).test_client()
    page = client.get("/documents/a/").text
    assert 'id="edition:m1" href="/registers/persons/a/" data-kind="person" data-mention="1">Ada</a>' in page
    assert '<a class="tei-rs" id="edition:m2" data-mention="2">it</a>' in page
    assert "all its mentions have the same reference" in client.get("/registers/persons/a/").text
    assert "gathered by the name as it is written" in client.get("/registers/places/bad_ischl/").text
    assert "No register describes them" not in client.get("/registers/places/").text
    assert "No register describes" in client.get("/registers/places/").text
    found = client.get("/api/v1/search?place=bad_ischl").get_json()
    assert (found["total"], [each["label"] for each in found["facets"]["person"]]) == (1, ["Ada"])
    assert client.get("/api/v1/registers/places/bad_ischl").get_json()["gathered"] == "name"


def test_a_page_without_the_names_of_a_kind_offers_no_box_for_it(tmp_path: Path) -> None:
    settings = read(tmp_path, {"tei": str(CORPUS)}, PLAIN)
    build(settings, write_index, jobs=1)
    client = create_app(settings).test_client()
    boxes = {
        document: re.findall(
            r'<input type="checkbox" name="(\w+)" value="on" checked>', client.get(f"/documents/{document}/").text
        )
        for document in ("lamp", "song")
    }
    assert boxes == {"lamp": ["persons", "organisations", "places", "works", "events", "dates"], "song": []}


# In a browser


@pytest.fixture
def at(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page at a width; ``options`` are those of a browser context. What goes wrong in its scripts fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str, width: int = 1440, **options: object) -> Page:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


LINE = "element => getComputedStyle(element).textDecorationColor"
UNSEEN = "rgba(0, 0, 0, 0)"
PERSON = "#icc\\.p9 a[data-kind=person]"


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("box", "marked"),
    [
        ("persons", PERSON),
        ("organisations", "#icc\\.p8 a[data-kind=organisation]"),
        ("places", "#icc\\.p8 a[data-kind=place]"),
        ("events", "#icc-d04"),
        ("dates", "#icc-d02"),
    ],
)
def test_each_kind_is_marked_until_it_is_switched_off(at: Callable[..., Page], scripts: bool, box: str, marked: str) -> None:
    page = at(ICC, java_script_enabled=scripts)
    name = page.locator(marked).first
    assert name.evaluate(LINE) != UNSEEN
    page.locator(f"[name={box}]").uncheck()
    assert name.evaluate(LINE) == UNSEEN
    others = {"persons": "#icc-d02"}.get(box, PERSON)
    assert page.locator(others).first.evaluate(LINE) != UNSEEN


@pytest.mark.browser
def test_what_was_switched_off_stays_so_and_is_no_stop_for_the_keyboard(at: Callable[..., Page]) -> None:
    page = at(ICC)
    page.locator("[name=persons]").uncheck()
    page.goto(SPARK)
    expect(page.locator("[name=persons]")).not_to_be_checked()
    person = page.locator(".tei-text a[data-kind=person]").first
    assert person.evaluate(LINE) == UNSEEN
    expect(person).to_have_attribute("tabindex", "-1")
    page.locator("[name=persons]").check()
    assert person.evaluate(LINE) != UNSEEN
    expect(person).to_have_attribute("tabindex", "0")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1440])
def test_a_card_opens_by_keyboard_and_gives_the_focus_back(at: Callable[..., Page], width: int) -> None:
    page = at(ICC, width)
    name = page.locator(PERSON).first
    name.focus()
    page.keyboard.press("Enter")
    card = page.locator(".name-card")
    expect(card).to_be_focused()
    expect(card).to_contain_text("Nazarbayev, Nursultan")
    expect(card).to_contain_text("mentions in")
    expect(card.get_by_role("link", name="Wikidata")).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(name).to_be_focused()


@pytest.mark.browser
def test_leaving_a_card_by_the_keyboard_closes_it(at: Callable[..., Page]) -> None:
    page = at(ICC)
    page.locator(PERSON).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".name-card")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
    expect(page.locator(".name-card")).to_have_count(0)


@pytest.mark.browser
def test_the_card_of_an_expression_says_what_its_item_says(at: Callable[..., Page]) -> None:
    page = at(ICC)
    page.locator("#icc-d02").click()
    card = page.locator(".name-card")
    expect(card).to_contain_text("between 1 January 2022 and 10 January 2022, certainty: medium")
    expect(card).to_contain_text("editorial rule")
    page.mouse.click(5, 5)
    expect(card).to_have_count(0)


@pytest.mark.browser
def test_a_second_click_closes_a_card_and_a_new_tab_is_left_alone(at: Callable[..., Page]) -> None:
    page = at(ICC)
    name = page.locator("#icc\\.p1 a[data-kind=place]").first
    name.click()
    expect(page.locator(".name-card")).to_contain_text("Kazakhstan")
    name.click()
    expect(page.locator(".name-card")).to_have_count(0)
    with page.context.expect_page() as opened:
        name.click(modifiers=["Control"])
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/registers/places/pl-kazakhstan/")


@pytest.mark.browser
def test_without_scripts_a_name_leads_to_its_entry_and_a_date_to_its_item(at: Callable[..., Page]) -> None:
    page = at(ICC, java_script_enabled=False)
    page.locator("#icc-d02").click()
    assert unquote(page.url).endswith("#edition:on-icc-d02")
    page.locator(PERSON).first.click()
    assert page.url.endswith("/registers/persons/pers-nazarbayev/")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_names_and_cards_meet_the_accessibility_rules(at: Callable[..., Page], scheme: str, width: int) -> None:
    page = at(ICC, width, color_scheme=scheme)
    page.locator(PERSON).first.press("Enter")
    expect(page.locator(".name-card")).to_be_focused()
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
