"""The site in a real browser: accessible in both schemes and at every width, with the keyboard, without JavaScript.

Screenshots of what was tested are left in ``tests/artefacts/`` (not kept in git).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import NoReturn

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

ARTEFACTS = Path(__file__).parent.parent / "artefacts"
PAGES = {
    "home": "",
    "texts": "documents/",
    "icc": "documents/icc-2022-01-20/",
    "spark": "documents/spark-2022-01-17/",
    "marked": "documents/icc-2022-01-20/?q=gas+OR+partnership",
    "source": "documents/icc-2022-01-20/source/",
    "search": "search/",
    "found": "search/?q=workers",
    "nothing-found": "search/?q=xyzzy",
    "misunderstood": "search/?q=(gas",
    "about": "pages/about/",
    "encoding": "pages/encoding/",
    "not-found": "documents/none/",
}
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="module")
def browser(cannot_run: Callable[[str], NoReturn]) -> Iterator[Browser]:
    chromium = shutil.which("chromium") or cannot_run("Chromium is not installed")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


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


@pytest.fixture(scope="module", params=list(product(SCHEMES, WIDTHS)), ids=lambda each: f"{each[0]}-{each[1]}")
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    scheme, width = request.param
    context = browser.new_context(base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900})
    yield context
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_fits_its_width_and_asks_nobody_else(context: BrowserContext, name, address, request):
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(address) else None)
    page.goto(PAGES[name])
    page.evaluate("document.fonts.ready")
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{request.node.callspec.id}.png", full_page=True)
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert [each for each in complaints if "status of 404" not in each] == []
    page.close()


@pytest.mark.parametrize("width", [320, 1600])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_the_narrowest_and_a_wide_screen(page: Page, name, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(PAGES[name])
    assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(page: Page):
    page.goto(PAGES["icc"])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    assert skip.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_footnote_is_reached_and_left_with_the_keyboard(page: Page):
    page.goto(PAGES["icc"])
    page.locator("[id='ref:icc.fn1']").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#icc.fn1")
    assert page.evaluate("document.querySelector(':target').id") == "icc.fn1"
    page.keyboard.press("Tab")  # browsers go on from the target
    assert page.locator(":focus").get_attribute("role") == "doc-backlink"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "ref:icc.fn1"


def opacity(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("link => getComputedStyle(link).opacity"))


def test_a_passage_shows_its_link_on_hover_and_on_focus(page: Page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(PAGES["icc"])
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


def test_every_stop_of_the_keyboard_can_be_seen_and_none_is_a_trap(page: Page):
    page.goto(PAGES["spark"])
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
            const box = e.getBoundingClientRect(), style = getComputedStyle(e);
            return [e.outerHTML.slice(0, 80), box.width > 0 && box.height > 0,
                    style.outlineStyle !== 'none' || style.boxShadow !== 'none']; }"""
        )
        if here is None:
            break
        stops.append(here)
    assert len(stops) > 30
    assert all(visible for _, visible, _ in stops)
    assert all(outlined for _, _, outlined in stops), [stop for stop in stops if not stop[2]]
    assert len({stop[0] for stop in stops}) > 25


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
    page.locator(".facet a", has_text="struggles").click()
    expect(page.locator("main")).to_contain_text("2 passages in 1 text")
    page.locator(".facet a[aria-current]").click()
    expect(page.locator("main")).to_contain_text("5 passages in 2 texts")


def test_search_from_a_text_stays_in_that_text(without_javascript: Page):
    page = without_javascript
    page.goto(PAGES["spark"])
    page.get_by_role("searchbox", name="Search in this text").fill("gas")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("3 passages in 1 text")


def test_the_footnote_works_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto(PAGES["icc"])
    page.locator("[id='ref:icc.fn1']").click()
    assert page.url.endswith("#icc.fn1")
    assert page.locator("[id='icc.fn1']").is_visible()
    page.locator("[id='icc.fn1'] [role='doc-backlink']").click()
    assert page.url.endswith(("#ref:icc.fn1", "#ref%3Aicc.fn1"))


def test_nothing_moves_when_the_fonts_arrive(page: Page):
    page.goto(PAGES["icc"])
    page.evaluate("document.fonts.ready")
    shift = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
            done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true})
            || setTimeout(() => done(0), 500))"""
    )
    assert shift < 0.02


def test_a_line_of_text_has_a_book_s_measure(page: Page):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(PAGES["icc"])
    characters = page.locator("[id='icc.p1']").evaluate(
        """p => { const range = document.createRange(); range.selectNodeContents(p);
        const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top / 10))).size;
        return p.innerText.length / lines; }"""
    )
    assert 52 <= characters <= 72


def test_paper_shows_the_text_and_the_note_but_no_navigation(page: Page):
    page.goto(PAGES["icc"])
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert page.locator("[id='icc.fn1']").is_visible()
    ARTEFACTS.mkdir(exist_ok=True)
    page.pdf(path=ARTEFACTS / "icc.pdf", format="A4")
