"""Walks through the site in a real browser: with the keyboard, without JavaScript, on paper.

What holds for every kind of page is in ``test_accessibility.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from edition.settings import HOME

pytestmark = pytest.mark.browser

ARTEFACTS = HOME / "tests" / "artefacts"
ICC, SPARK = "documents/icc-2022-01-20/", "documents/spark-2022-01-17/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1000, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def without_javascript(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": 400, "height": 800})
    yield context.new_page()
    context.close()


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(page: Page):
    page.goto(ICC)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    assert skip.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_footnote_is_reached_and_left_with_the_keyboard_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto(ICC)
    page.locator("[id='ref:icc.fn1']").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#icc.fn1")
    assert page.evaluate("document.querySelector(':target').id") == "icc.fn1"
    page.keyboard.press("Tab")  # browsers go on from the target
    assert page.locator("[id='icc.fn1'] :focus").count() == 1
    while page.locator(":focus").get_attribute("role") != "doc-backlink":  # past the names in the note
        page.keyboard.press("Tab")
        assert page.locator("[id='icc.fn1'] :focus").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "ref:icc.fn1"


def opacity(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("link => getComputedStyle(link).opacity"))


def test_a_passage_shows_its_link_on_hover_and_on_focus(page: Page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(ICC)
    link = "[id='icc.p2'] > .permalink"
    assert opacity(page, link) == 0
    page.locator("[id='icc.p2']").hover()
    assert opacity(page, link) == 1
    page.mouse.move(0, 0)
    assert opacity(page, link) == 0
    page.locator(link).focus()
    assert opacity(page, link) == 1
    page.keyboard.press("Enter")
    assert page.url.endswith("#icc.p2")


def test_search_works_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto("")
    page.get_by_role("searchbox", name="Search every word of the texts").fill('"cannon fodder"')
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("1 passage in 1 text")
    page.locator(".hits a").first.click()
    assert page.url.endswith("#icc.p9")
    mark = page.locator("mark#hit-1")
    assert mark.inner_text() == "cannon fodder"
    assert mark.is_visible()


def test_search_is_narrowed_to_a_text_and_widened_again_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto("search/?q=gas")
    page.get_by_text("Narrow the result").click()
    page.locator(".facet a", has_text="struggles").click()
    expect(page.locator("main")).to_contain_text("2 passages in 1 text")
    page.locator(".chosen a").click()
    expect(page.locator("main")).to_contain_text("5 passages in 2 texts")


def test_search_from_a_text_stays_in_that_text(without_javascript: Page):
    page = without_javascript
    page.goto(SPARK)
    page.get_by_role("searchbox", name="Search in this text").fill("gas")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("3 passages in 1 text")


def test_the_footnote_works_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto(ICC)
    page.locator("[id='ref:icc.fn1']").click()
    assert page.url.endswith("#icc.fn1")
    assert page.locator("[id='icc.fn1']").is_visible()
    page.locator("[id='icc.fn1'] [role='doc-backlink']").click()
    assert page.url.endswith(("#ref:icc.fn1", "#ref%3Aicc.fn1"))


def test_a_line_of_text_has_a_book_s_measure(page: Page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(ICC)
    characters = page.locator("[id='icc.p1']").evaluate(
        """p => { const range = document.createRange(); range.selectNodeContents(p);
        const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top / 10))).size;
        return p.innerText.length / lines; }"""
    )
    assert 52 <= characters <= 72


def test_paper_shows_the_text_and_the_note_but_no_navigation(page: Page):
    page.goto(ICC)
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert page.locator("[id='icc.fn1']").is_visible()
    ARTEFACTS.mkdir(exist_ok=True)
    page.pdf(path=ARTEFACTS / "icc.pdf", format="A4")
