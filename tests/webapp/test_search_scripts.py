"""The search in a real browser, with scripts: suggestions, results without loading the page again, from match to match."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from edition.settings import HOME

pytestmark = pytest.mark.browser

STATIC = HOME / "webapp" / "static"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


@pytest.fixture
def at(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page at a width; what goes wrong in its scripts fails the test. That an answer does not come the browser itself tells."""
    complaints: list[str] = []
    contexts = []

    def opened(path: str, width: int = 1200, **options: object) -> Page:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(path)
        page.evaluate("window.isHere = true")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [each for each in complaints if not each.startswith("Failed to load resource")] == []


def test_words_and_names_are_suggested_and_chosen_with_the_keyboard(at):
    page = at("search/")
    box = page.get_by_role("combobox", name="Search every word of the texts")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("tok")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-large [role=status]")).to_have_text(f"{options.count()} suggestions")
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert options.first.get_attribute("id") == active
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("#found")).to_contain_text("passages in 2 texts")
    expect(box).to_have_value("Tokayev")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_closes_the_suggestions_and_enter_searches_what_was_typed(at):
    page = at("search/")
    box = page.get_by_role("combobox", name="Search every word of the texts")
    box.press_sequentially("work")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("work")
    box.press("Enter")
    page.wait_for_url("**/search/?q=work")


def test_a_name_is_chosen_with_the_mouse_from_any_page(at):
    page = at("documents/")
    box = page.get_by_role("combobox", name="Search the edition")
    box.press_sequentially("nazar")
    page.get_by_role("option", name="Nazarbayev, Nursultan").click()
    page.wait_for_url("**/search/?q=person*")
    expect(page.locator("#found")).to_contain_text("passages in 2 texts")


def test_suggestions_keep_the_rules_of_access(at):
    for width in (360, 1200):
        page = at("search/", width)
        page.get_by_role("combobox", name="Search every word of the texts").press_sequentially("tok")
        expect(page.get_by_role("option").first).to_be_visible()
        assert Axe().run(page, options=RULES).response["violations"] == []
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_suggestions_that_do_not_come_cost_nothing(at):
    page = at("search/")
    page.route("**/suggest?*", lambda route: route.fulfill(status=500, json={}))
    box = page.get_by_role("combobox", name="Search every word of the texts")
    box.press_sequentially("gas")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.unroute("**/suggest?*")
    box.press("Enter")
    expect(page.locator("#found")).to_have_text("5 passages in 2 texts")


def test_results_come_without_loading_the_page_again_and_the_address_is_always_theirs(at):
    page = at("search/?q=gas")
    page.get_by_label("Narrow the result").get_by_role("link", name="struggles").click()
    expect(page.locator("#found")).to_have_text("2 passages in 1 text")
    assert page.url.endswith("/search/?q=gas&document=icc-2022-01-20")
    expect(page.locator("#found")).to_be_focused()
    box = page.get_by_role("combobox", name="Search every word of the texts")
    box.fill("workers")
    box.press("Enter")
    expect(page.locator("#found")).to_have_text("8 passages in 1 text")
    assert page.url.endswith("/search/?q=workers&document=icc-2022-01-20")
    assert "“workers”" in page.title()
    page.go_back()
    expect(page.locator("#found")).to_have_text("2 passages in 1 text")
    expect(box).to_have_value("gas")
    page.go_back()
    expect(page.locator("#found")).to_have_text("5 passages in 2 texts")
    page.go_forward()
    expect(page.locator("#found")).to_have_text("2 passages in 1 text")
    assert page.evaluate("window.isHere")
    fresh = at(page.url)
    assert fresh.locator("main").inner_text() == page.locator("main").inner_text()
    assert fresh.title() == page.title()


def test_every_control_of_the_result_leads_on_without_loading_the_page_again(at):
    page = at("search/?q=workers")
    for name, expected in (("By date", "15 passages in 2 texts"), ("Text by text", "15 passages in 2 texts")):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("link", name="Passage by passage" if name == "Text by text" else name)).to_be_visible()
        expect(page.locator("#found")).to_have_text(expected)
    page.get_by_text("Dates in the text").click()
    page.get_by_label("From").fill("2022")
    page.get_by_label("From").press("Enter")
    expect(page.locator(".chosen")).to_contain_text("Dated from 2022")
    assert page.url.endswith("q=workers&sort=date&group=document&from=2022")
    assert page.evaluate("window.isHere")


def test_on_a_phone_what_narrows_stays_open_while_it_is_used(at):
    page = at("search/?q=workers", 360)
    assert not page.get_by_role("link", name="paragraphs").is_visible()
    page.get_by_text("Narrow the result").click()
    page.get_by_role("link", name="paragraphs").click()
    expect(page.locator("#found")).to_have_text("12 passages in 2 texts")
    expect(page.get_by_role("link", name="editors’ notes")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_wide_screen_what_narrows_stands_beside_the_result(at, scripts):
    page = at("search/?q=workers", 1440, java_script_enabled=scripts) if scripts else at("search/?q=workers", 1440)
    link = page.get_by_role("link", name="paragraphs")
    expect(link).to_be_visible()
    assert link.bounding_box()["x"] < page.locator("#found").bounding_box()["x"]


def test_an_answer_that_does_not_come_is_loaded_as_a_page(at):
    page = at("search/?q=gas")
    page.route("**/search/?q=gas&*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.evaluate("document.querySelector('.facet a').click()")
    page.wait_for_url("**document=*")
    assert page.evaluate("window.isHere") is None


def test_from_match_to_match_with_enter_and_with_keys(at):
    page = at("documents/icc-2022-01-20/?q=Tokayev")
    number = page.locator("mark[id]").count()
    page.get_by_role("link", name="To the first").focus()
    page.keyboard.press("Enter")
    for at_match in range(1, 4):
        assert page.evaluate("document.querySelector(':target').id") == f"hit-{at_match}"
        expect(page.locator(".hit-steps:visible")).to_have_text(
            f"‹{at_match} of {number}›" if at_match > 1 else f"1 of {number}›"
        )
        expect(page.locator(".hit-steps:visible [rel=next]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".hit-steps:visible")).to_contain_text(f"{at_match + 1} of {number}")
    expect(page.locator(".hit-steps:visible [rel=next]")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator(".hit-steps:visible")).to_contain_text(f"3 of {number}")
    expect(page.locator(".hit-steps:visible [rel=prev]")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".hit-steps:visible")).to_contain_text(f"4 of {number}")
    expect(page.locator("#hit-4")).to_be_in_viewport()
    page.get_by_role("link", name="How to search").focus()
    page.keyboard.press("n")
    assert page.url.endswith("#hit-4")


def test_from_match_to_match_without_javascript(browser: Browser, address: str):
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": 400, "height": 800})
    page = context.new_page()
    page.goto("documents/icc-2022-01-20/?q=Tokayev")
    page.get_by_role("link", name="To the first").click()
    for place in (1, 2, 3):
        expect(page.locator(f"#hit-{place}")).to_be_in_viewport()
        page.get_by_role("link", name="Next match").click()
        assert page.url.endswith(f"#hit-{place + 1}")
    page.get_by_role("link", name="Match before").click()
    assert page.url.endswith("#hit-3")
    context.close()


def test_the_scripts_of_the_search_page_weigh_at_most_four_kilobytes(at):
    page = at("search/?q=gas")
    names = page.evaluate("[...document.scripts].map(each => new URL(each.src).pathname.split('/').at(-1))")
    assert "search.js" in names
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names) <= 4096


def test_right_to_left_lines_of_a_concordance_are_mirrored(at):
    page = at("search/concordance/?q=workers&order=left")
    boxes = """() => { const line = document.querySelectorAll('.concordance .line')[2];
        return ['.before', '.from'].map(name => line.querySelector(name).getBoundingClientRect().left); }"""
    before, behind = page.evaluate(boxes)
    assert before < behind
    page.evaluate("document.querySelectorAll('.concordance .line')[2].dir = 'rtl'")
    before, behind = page.evaluate(boxes)
    assert before > behind
