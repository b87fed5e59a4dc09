"""Reading in a real browser: notes, numbers, settings, the tools of a passage; by finger, by keyboard, without scripts."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from edition.build import build
from edition.settings import HOME, read
from search_index.writer import write_index
from tests.plain import PLAIN

pytestmark = pytest.mark.browser

ICC = "documents/icc-2022-01-20/"
SPARK = "documents/spark-2022-01-17/"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
STATIC = HOME / "webapp" / "static"

BOXES = """() => [...document.querySelectorAll('.note-list > li')].map(note => {
    const box = note.getBoundingClientRect(), text = document.querySelector('.tei-text').getBoundingClientRect();
    const marker = document.getElementById('ref:' + note.id).getBoundingClientRect();
    return {left: box.left - text.right, right: innerWidth - box.right, top: box.top, bottom: box.bottom,
            below: box.top - marker.top}; })"""
"""Where the notes stand: beyond the text's edge, from the window's edge, and how far below their markers."""


@pytest.fixture
def at(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page at a width; ``options`` are those of a browser context. What goes wrong in its scripts fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(path: str, width: int, **options: object) -> Page:
        base = options.pop("base_url", address)
        context = browser.new_context(base_url=base, viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.goto(path)
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def in_order(page: Page) -> list[dict[str, float]]:
    boxes = sorted(page.evaluate(BOXES), key=lambda box: box["top"])
    assert all(above["bottom"] < below["top"] for above, below in pairwise(boxes)), boxes
    return boxes


@pytest.mark.parametrize("path", [ICC, SPARK])
@pytest.mark.parametrize("width", [1120, 1440, 1920])
def test_on_a_wide_screen_notes_stand_beside_the_text_at_their_markers(at, path, width):
    page = at(path, width)
    boxes = in_order(page)
    assert len(boxes) == 3
    assert all(box["left"] > 20 and box["right"] > 0 for box in boxes)
    assert all(-20 <= box["below"] < 200 for box in boxes)
    assert page.locator(".notes > h2").first.is_visible()  # for those who listen, as ever


def test_notes_follow_their_markers_when_the_text_is_set_larger_or_the_window_changes(at):
    page = at(ICC, 1440)
    page.get_by_text("Size, lines, face").click()
    page.get_by_label("Larger").check()
    page.wait_for_timeout(200)
    assert all(-20 <= box["below"] < 400 for box in in_order(page))
    page.set_viewport_size({"width": 1150, "height": 700})
    page.wait_for_timeout(200)
    assert all(-20 <= box["below"] < 400 and box["left"] > 20 for box in in_order(page))
    page.set_viewport_size({"width": 800, "height": 700})
    page.wait_for_timeout(200)
    assert all(box["left"] < 0 for box in page.evaluate(BOXES))


def test_a_marker_leads_to_its_note_beside_the_text_without_a_jump_and_the_note_leads_back(at):
    page = at(ICC, 1440)
    marker = page.locator("[id='ref:icc.fn1']")
    marker.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    marker.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#icc.fn1")
    assert page.evaluate("[document.querySelector(':target').id, scrollY]") == ["icc.fn1", before]
    back = page.locator("[id='icc.fn1'] [role='doc-backlink']")
    for _ in range(page.locator("[id='icc.fn1'] a").count()):
        page.keyboard.press("Tab")  # browsers go on from the target
        if back.evaluate("link => link === document.activeElement"):
            break
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "ref:icc.fn1"


def test_a_link_to_a_note_from_elsewhere_shows_it_beside_the_text(at):
    page = at(ICC + "#icc.ed2", 1440)
    page.wait_for_timeout(200)
    expect(page.locator("[id='icc.ed2']")).to_be_in_viewport()
    expect(page.locator("[id='ref:icc.ed2']")).to_be_in_viewport()


def test_on_a_phone_a_tap_opens_the_note_under_the_line_and_a_second_closes_it(at):
    page = at(ICC, 360, has_touch=True)
    marker = page.locator("[id='ref:icc.ed1']")
    assert marker.get_attribute("aria-expanded") == "false"
    marker.tap()
    note = page.get_by_role("note", name="editors’ note a")
    expect(note).to_contain_text("Two sources name Karim Massimov")
    assert marker.get_attribute("aria-expanded") == "true"
    assert page.locator(f"[id='{marker.get_attribute('aria-controls')}']").count() == 1
    below = note.bounding_box()["y"] - marker.bounding_box()["y"]
    assert 0 < below < 40
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "document.querySelectorAll('[id]').length === new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
    )
    marker.tap()
    assert note.count() == 0
    assert marker.get_attribute("aria-expanded") == "false"


def test_with_the_keyboard_a_note_is_opened_read_and_closed_and_focus_returns(at):
    page = at(ICC, 360)
    marker = page.locator("[id='ref:icc.ed1']")
    marker.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.note-here') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "ref:icc.ed1"
    assert page.locator(".note-here").count() == 0


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_notes_stand_at_the_end_and_links_lead_both_ways(at, width):
    page = at(ICC, width, java_script_enabled=False)
    end = page.locator(".tei-text").bounding_box()
    for note in page.locator(".note-list > li").all():
        assert note.is_visible()
        assert note.bounding_box()["y"] > end["y"] + end["height"]
    page.locator("[id='ref:icc.fn1']").click()
    assert page.url.endswith("#icc.fn1")
    page.locator("[id='icc.fn1'] [role='doc-backlink']").click()
    assert page.url.endswith(("#ref:icc.fn1", "#ref%3Aicc.fn1"))


def test_on_paper_notes_stand_at_the_end_whatever_the_screen_and_what_is_open(at):
    page = at(ICC, 360)
    page.locator("[id='ref:icc.ed1']").click()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(media="print")
    end = page.locator(".tei-text").bounding_box()
    assert all(note.bounding_box()["y"] > end["y"] + end["height"] for note in page.locator(".note-list > li").all())
    assert not page.locator(".note-here").is_visible() if page.locator(".note-here").count() else True
    assert re.search(
        r"Stopio\. “Workers’ struggles .+ 20 January 2022\.? In: .+ Snapshot [0-9a-f]{16}",
        page.locator(".printed-from").inner_text(),
    )


def test_notes_too_many_for_the_margin_are_opened_at_their_markers(
    at, tmp_path: Path, served: Callable[..., AbstractContextManager[str]]
):
    note = f"<note>{'A long remark on a short word. ' * 40}</note>"
    statements = "<titleStmt><title>Dense</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>"
    header = f"<teiHeader><fileDesc>{statements}</fileDesc></teiHeader>"
    body = f"<body><p>{f'Word{note} ' * 30}</p></body>"
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text xml:lang="en">{body}</text></TEI>'
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "dense.xml").write_text(text, "utf-8")
    settings = read(tmp_path, {}, PLAIN)
    build(settings, write_index, jobs=1)
    with served(settings.project, settings.out) as address:
        page = at("documents/dense/", 1440, base_url=address)
        marker = page.locator(".note-ref").first
        assert marker.get_attribute("aria-expanded") == "false"
        marker.click()
        expect(page.locator(".note-here")).to_be_visible()


def computed(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(f"e => getComputedStyle(e).getPropertyValue('{name}')")


def pixels(page: Page) -> float:
    return float(computed(page, "body", "font-size").removesuffix("px"))


def test_settings_stay_when_the_page_is_loaded_again_and_on_other_pages(at):
    page = at(ICC, 1440)
    normal, measure = pixels(page), page.locator(".tei-text").bounding_box()["width"]
    page.get_by_text("Size, lines, face").click()
    page.get_by_label("Small").check()
    page.get_by_label("Short").check()
    page.get_by_label("Sans").check()
    page.get_by_label("Paragraph numbers").check()
    page.reload()
    assert pixels(page) == pytest.approx(normal * 0.875)
    assert page.locator(".tei-text").bounding_box()["width"] < measure
    assert "system-ui" in computed(page, "body", "font-family")
    assert page.get_by_label("Paragraph numbers").is_checked()
    page.goto("documents/")
    assert pixels(page) == pytest.approx(normal * 0.875)
    page.goto(SPARK)
    page.get_by_text("Size, lines, face").click()
    assert page.get_by_label("Sans").is_checked()
    page.get_by_label("Serif").check()
    for group in ("size", "width"):
        page.locator(f"input[name={group}][value='']").check()
    page.get_by_label("Paragraph numbers").uncheck()
    page.reload()
    assert pixels(page) == normal
    assert "Literata" in computed(page, "body", "font-family")
    assert page.evaluate("localStorage.getItem('reading-settings')") == "{}"


def test_a_page_bears_with_whatever_is_in_its_storage(at):
    page = at(ICC, 1440)
    for nonsense in ("{", "[]", "null", '{"a-b": 1}', '{"size": "none"}'):
        page.evaluate("words => localStorage.setItem('reading-settings', words)", nonsense)
        page.reload()
        page.get_by_text("Size, lines, face").click()
        page.get_by_label("Small").check()
        assert page.evaluate("document.documentElement.dataset.size") == "small"


def test_settings_work_without_scripts(at):
    page = at(ICC, 800, java_script_enabled=False)
    normal = pixels(page)
    page.get_by_text("Size, lines, face").click()
    page.get_by_label("Larger").check()
    assert pixels(page) == pytest.approx(normal * 1.35)
    page.get_by_label("Sans").check()
    assert "system-ui" in computed(page, "body", "font-family")


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_paragraph_numbers_stand_in_the_margin_on_demand(at, width):
    page = at(ICC, width, java_script_enabled=False)
    sign = "[id='icc.p12'] > .permalink"
    assert computed(page, sign, "opacity") == "0"
    page.get_by_label("Paragraph numbers").check()
    assert computed(page, sign, "opacity") == "1"
    number = page.locator(sign).evaluate("""e => { const box = getComputedStyle(e, '::before');
        return [box.content, parseFloat(box.height), parseFloat(box.lineHeight), box.overflowY]; }""")
    assert "Link to paragraph 12" in number[0] or "attr(aria-label)" in number[0]
    assert number[1] <= number[2] * 1.3  # one line shows, the last: the number
    assert page.locator(sign).bounding_box()["x"] >= 0
    assert computed(page, "[id='icc.h2'] > .permalink", "opacity") == "0"


def test_the_sign_of_a_passage_offers_its_link_and_its_tei(at, address):
    page = at(ICC, 1440, permissions=["clipboard-read", "clipboard-write"])
    page.locator("[id='icc.p2']").hover()
    page.locator("[id='icc.p2'] > .permalink").click()
    tools = page.get_by_role("group", name="This passage")
    expect(tools).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.keyboard.press("Enter")
    expect(tools.get_by_role("status")).to_have_text("Link to paragraph 2 copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{ICC}#icc.p2")
    assert tools.get_by_role("link", name="TEI").get_attribute("href") == "/documents/icc-2022-01-20/source/#icc.p2"
    page.keyboard.press("Escape")
    expect(tools).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Link to paragraph 2"
    page.keyboard.press("Enter")
    expect(tools).to_be_visible()
    page.locator("[id='icc.p2'] > .permalink").click()
    expect(tools).to_have_count(0)


def test_the_tools_of_a_passage_close_when_the_keyboard_goes_on(at):
    page = at(ICC, 360)
    page.locator("[id='icc.p2'] > .permalink").focus()
    page.keyboard.press("Enter")
    tools = page.get_by_role("group", name="This passage")
    expect(tools).to_be_visible()
    for _ in range(tools.locator("a, button").count()):
        page.keyboard.press("Tab")
    expect(tools).to_have_count(0)
    assert page.locator("[id='icc.p2'] > .permalink").evaluate(
        "sign => (sign.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) > 0"
    )


def test_the_contents_mark_the_section_that_is_being_read(at):
    page = at(ICC, 1440)
    current = page.locator(".contents a[aria-current='true']")
    expect(current).to_have_count(0)
    page.locator("[id='icc.h3']").evaluate("e => e.scrollIntoView()")
    expect(current).to_have_text("Kazakhstan remains an imperialist issue")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(current).to_have_count(1)
    expect(current).to_have_text("The working class has nothing to gain from the conflict between bourgeois gangs")


def test_page_and_tei_change_places_at_the_same_passage(at):
    page = at(ICC, 1000)
    page.locator("[id='icc.p9']").evaluate("e => e.scrollIntoView()")
    page.get_by_role("link", name="TEI source").evaluate("link => link.click()")
    page.wait_for_url("**/source/#icc.p9")
    page.locator("[id='icc.p11']").evaluate("e => e.scrollIntoView()")
    page.get_by_role("link", name="Reading text").evaluate("link => link.click()")
    page.wait_for_url(f"**/{ICC}#icc.p11")
    expect(page.locator("[id='icc.p11']")).to_be_in_viewport()


def stops(page: Page) -> list[str]:
    """What the keyboard reaches from the top of the page to its end."""
    reached = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate("""() => { const e = document.activeElement; if (!e || e === document.body) return null;
            const box = e.getBoundingClientRect();
            const name = (e.id || e.getAttribute('href') || e.name || e.textContent) + ' ' + e.className;
            return [name, box.width > 0 && box.height > 0]; }""")
        if here is None:
            return reached
        assert here[1], here
        reached.append(here[0])
    raise AssertionError("the keyboard does not leave the page")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_keyboard_reaches_everything_and_leaves(at, width):
    page = at(ICC, width)
    page.get_by_text("Size, lines, face").click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.reload()
    walked = stops(page)
    for selector in (".permalink", ".note-ref", ".note-back", ".contents a"):
        for each in page.locator(selector).all():
            name = each.evaluate("e => (e.id || e.getAttribute('href')) + ' ' + e.className")
            assert name in walked, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_a_page_is_accessible_with_everything_open(at, scheme, width):
    page = at(ICC, width, color_scheme=scheme)
    page.get_by_text("Size, lines, face").click()
    page.get_by_label("Paragraph numbers").check()
    page.locator("[id='ref:icc.ed1']").click()
    page.locator("[id='icc.p11'] > .permalink").click()
    expect(page.get_by_role("group", name="This passage")).to_be_visible()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_nothing_moves_while_a_page_with_settings_and_notes_is_loaded(at):
    page = at(SPARK, 1440)
    page.evaluate("localStorage.setItem('reading-settings', JSON.stringify({size: 'large', face: 'sans', numbers: 'on'}))")
    page.reload()
    page.evaluate("document.fonts.ready")
    shift = page.evaluate(
        """() => new Promise(done => { new PerformanceObserver(list =>
            done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(0), 500); })"""
    )
    assert shift < 0.01


def test_scripts_are_small():
    assert sum(len(gzip.compress(path.read_bytes())) for path in STATIC.glob("*.js")) <= 15 * 1024
