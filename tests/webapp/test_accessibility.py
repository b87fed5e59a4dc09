"""Every kind of page for everyone, and light: rules of WCAG, the keyboard, small and wide screens, no JavaScript.

The public statement (``/pages/accessibility/``) renders ``webapp/accessibility.json``. This writes it, if every test passes:

    .venv/bin/pytest tests/webapp/test_accessibility.py --record

Screenshots of what was tested are left in ``tests/artefacts/`` (not kept in git).
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Response

from edition.settings import HOME
from tests.site_pages import FURTHER, KINDS
from webapp.accessibility import CHECKS, RESULTS

pytestmark = pytest.mark.browser

ARTEFACTS = HOME / "tests" / "artefacts"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
REFLOW = (320, 1600)
"""CSS pixels: a window of 1280 px at 400 % of zoom, and a wide screen."""

PAGE_LIMIT, SCRIPT_LIMIT = 60 * 1024, 15 * 1024
"""Bytes, compressed: HTML, style and scripts together; scripts alone."""

pages = pytest.mark.parametrize("kind", KINDS)

VISIBLE = (
    "const seen = e => e.checkVisibility({opacityProperty: false, visibilityProperty: true}) && e.getClientRects().length > 0;"
)
TABBABLE = f"""() => {{ {VISIBLE}
    const groups = new Set();
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
        e.tabIndex >= 0 && !e.disabled && e.type !== 'hidden' && seen(e)
        && !(e.type === 'radio' && (groups.has(e.name) || !groups.add(e.name)))); }}"""
"""What the keyboard should reach: every control that can be seen, one of each group of radio buttons."""


class Window(NamedTuple):
    """A window that goes from page to page, and what went wrong in it."""

    page: Page
    complaints: list[str]
    rules: Mapping[str, object]


@pytest.fixture(scope="module", params=list(product(SCHEMES, WIDTHS)), ids=lambda each: f"{each[0]}-{each[1]}")
def window(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Window]:
    """A window of a width; in the dark, where only colours are others, the rules of colours are enough."""
    scheme, width = request.param
    context = browser.new_context(base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    yield Window(page, watched(page, address), {"runOnly": OF_COLOURS} if scheme == "dark" else {})
    context.close()


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page of a kind at a width; ``options`` are those of a browser context.

    Each context has one window, which stays for other pages unless there is to be one ``anew``.
    """
    windows: dict[object, Page] = {}

    def open_page(kind: str, width: int = 1000, anew: bool = False, **options: object) -> Page:
        key = (width, *options.items())
        if anew and key in windows:
            windows.pop(key).context.close()
        if key not in windows:
            context = browser.new_context(base_url=address, viewport={"width": width, "height": 800}, **options)
            windows[key] = context.new_page()
        windows[key].goto((KINDS | FURTHER)[kind])
        return windows[key]

    yield open_page
    for window in windows.values():
        window.context.close()


def violations(page: Page, options: Mapping[str, object] | None = None, where: str = "document") -> list[str]:
    """What axe finds: the rule, how it is helped, the elements."""
    page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], **(options or {})}
    found = page.evaluate(f"options => axe.run({where}, options).then(results => results.violations)", options)
    return [f"{each['id']}: {each['help']}: {[node['html'][:200] for node in each['nodes'][:5]]}" for each in found]


def fits(page: Page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")


def watched(page: Page, address: str) -> list[str]:
    """What goes wrong on the page: errors, warnings, requests to another host."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith((address, "data:")) else None)
    return complaints


@pages
def test_no_rule_of_wcag_is_violated(window: Window, kind: str, request: pytest.FixtureRequest):
    page, complaints, rules = window
    complaints.clear()
    page.goto(KINDS[kind])
    page.evaluate("document.fonts.ready")
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{re.sub(r'[^a-zA-Z0-9]+', '-', request.node.callspec.id)}.png")
    assert violations(page, rules) == []
    assert fits(page)
    assert [each for each in complaints if "status of 404" not in each] == []


@pytest.mark.parametrize("kind", FURTHER)
def test_rules_hold_on_further_pages(opened, kind):
    """Contrast is measured on a part of them: it takes half a minute on a page of some thousand elements."""
    page = opened(kind, 768)
    assert violations(page, {"rules": {"color-contrast": {"enabled": False}}}) == []
    part = "{include: [['.site-header'], ['.document-head'], ['.leaf-text > *:first-child > *:nth-child(-n + 12)']]}"
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page, {"runOnly": ["color-contrast"]}, part) == []


@pytest.mark.parametrize("width", REFLOW)
@pytest.mark.parametrize("kind", KINDS | FURTHER)
def test_nothing_scrolls_sideways(opened, kind: str, width: int):
    assert fits(opened(kind, width))


@pages
def test_a_reader_s_own_spacing_cuts_nothing_off(opened, kind: str):
    page = opened(kind, 320, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } "
        "p { margin-block-end: 2em !important }"
    )
    assert fits(page)
    clipped = page.evaluate(
        f"""() => {{ {VISIBLE} return [...document.querySelectorAll('main *')].filter(e => {{
            const style = getComputedStyle(e);
            return seen(e) && style.overflowY === 'hidden' && style.clipPath === 'none' && e.scrollHeight > e.clientHeight + 1;
        }}).map(e => e.outerHTML.slice(0, 120)); }}"""
    )
    assert clipped == []


@pytest.mark.parametrize("width", [320, 1440])
@pages
def test_every_target_is_large_enough(opened, kind: str, width: int):
    """Outside of sentences and of the texts themselves; a label counts with its box, and a drawing has its table."""
    page = opened(kind, width)
    small = page.evaluate(
        f"""() => {{ {VISIBLE}
        const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
            .filter(seen).map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()]);
        const inSentence = e => {{
            if (!getComputedStyle(e).display.startsWith('inline') || e.matches('button, input, select')) return false;
            if (e.closest('.tei-text')) return true;
            let block = e.parentElement;
            while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
            const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {{
                const text = texts.currentNode;
                if (/[\\p{{L}}\\p{{N}}]/u.test(text.data) && !text.parentElement.closest('a, button')) return true;
            }}
            return false;
        }};
        const twice = e => e.closest('svg') && all.some(([other]) =>
            !other.closest('svg') && other.getAttribute('href') === e.getAttribute('href'));
        return all.filter(([e, box]) => Math.min(box.width, box.height) < 23.9 && !inSentence(e) && !twice(e)
                && getComputedStyle(e).position !== 'absolute')
            .map(([e, box]) => `${{box.width.toFixed()}} × ${{box.height.toFixed()}} ${{e.outerHTML.slice(0, 150)}}`); }}"""
    )
    assert small == []


@pages
def test_the_keyboard_reaches_everything_and_can_be_seen(opened, kind: str):
    """Tab reaches every control, shows where it is, and goes on; to the end, from which no window comes back to another page."""
    page = opened(kind, anew=True, reduced_motion="reduce")
    expected = page.evaluate(f"({TABBABLE})().length")
    page.evaluate(
        f"""() => {{
        window.stops = [];
        window.expected = new Set(({TABBABLE})());
        const looks = e => {{ const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.boxShadow].join(); }};
        window.before = new Map([...window.expected].map(e => [e, looks(e)]));
        document.addEventListener('focusin', ({{target}}) => {{
            const box = target.getBoundingClientRect();
            const inside = box.width > 0 && box.height > 0
                && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
            const within = (place, end) => Math.min(Math.max(place, 0), end - 1);
            const middle = document.elementFromPoint(
                within(box.left + box.width / 2, innerWidth), within(box.top + box.height / 2, innerHeight));
            window.stops.push({{target, inside, differs: looks(target) !== window.before.get(target),
                covered: middle && !middle.contains(target) && !target.contains(middle)
                    && ['fixed', 'sticky'].includes(getComputedStyle(middle).position)}});
        }});
        }}"""
    )
    for _ in range(expected + 20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    else:
        pytest.fail("the keyboard does not come to the end of the page")
    told = "e => e.outerHTML.slice(0, 150)"
    reached = "stop => stop.target === e || (e.type === 'radio' && stop.target.name === e.name)"
    assert page.evaluate(f"[...expected].filter(e => !stops.some({reached})).map({told})") == []
    for fault in ("!stop.inside", "!stop.differs", "stop.covered"):
        assert page.evaluate(f"stops.filter(stop => {fault}).map(stop => stop.target).map({told})") == [], fault


@pages
def test_headings_are_in_order_and_landmarks_have_names(opened, kind: str):
    """Headings in order, landmarks that can be told apart, a language, a title."""
    page = opened(kind)
    told = page.evaluate(
        f"""() => {{ {VISIBLE}
        const named = e => (e.getAttribute('aria-label') ?? (e.getAttribute('aria-labelledby') ?? '').split(' ')
            .map(id => document.getElementById(id)?.textContent ?? '').join(' ')).trim();
        const landmarks = [...document.querySelectorAll('main, nav, aside, search, body > header, body > footer, '
            + '[role=search], [role=navigation], [role=region]')];
        return {{
            lang: document.documentElement.lang, title: document.title,
            levels: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen).map(e => +e.tagName[1]),
            landmarks: landmarks.filter(seen).map(e => [e.getAttribute('role') ?? e.tagName.toLowerCase(), named(e)]),
            titles: document.querySelectorAll('main [title], header [title], footer [title]').length,
        }}; }}"""
    )
    assert told["lang"] == "en"
    assert told["title"].strip()
    levels = told["levels"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    landmarks = [tuple(each) for each in told["landmarks"]]
    assert max(Counter(landmarks).values()) == 1, landmarks
    assert all(name for role, name in landmarks if role not in ("main", "header", "footer")), landmarks
    assert told["titles"] == 0


@pages
def test_nothing_moves_where_motion_is_unwelcome(opened, kind: str):
    moving = opened(kind, reduced_motion="reduce").evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(e => ['', '::before', '::after'].filter(part => {
            const style = getComputedStyle(e, part || null);
            const seconds = [style.transitionDuration, style.animationDuration].join().split(',').map(parseFloat);
            return Math.max(...seconds) > 0.011 || style.scrollBehavior === 'smooth';
        }).map(part => e.outerHTML.slice(0, 100) + part))"""
    )
    assert moving == []


@pages
def test_everything_is_there_without_javascript(opened, kind: str):
    """Without JavaScript: everything is there, fits, leads somewhere, and no control is dead."""
    page = opened(kind, 360, java_script_enabled=False)
    assert fits(page)
    told = page.evaluate(
        f"""() => {{ {VISIBLE} return {{
            words: document.querySelector('main').innerText.length,
            hidden: [...document.querySelectorAll('main [hidden]')].map(e => e.outerHTML.slice(0, 100)),
            dead: [...document.querySelectorAll('button')].filter(e => seen(e) && (!e.form || e.type === 'button'))
                .map(e => e.outerHTML.slice(0, 100)),
            nowhere: [...document.querySelectorAll('a[href^="#"]')].map(e => e.getAttribute('href').slice(1))
                .filter(id => id && !document.getElementById(decodeURIComponent(id))),
        }}; }}"""
    )
    assert told["words"] > 60
    assert told["hidden"] == []
    assert told["dead"] == []
    assert told["nowhere"] == []


@pytest.mark.parametrize("width", [360, 1440])
@pages
def test_a_page_is_light_and_nothing_shifts(browser: Browser, address: str, kind: str, width: int):
    """What a page weighs, whom it asks, and that nothing on it moves while it comes."""
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    page.goto(KINDS[kind])
    page.evaluate("document.fonts.ready")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
                .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 200); })"""
    )
    families = page.evaluate(
        "[...new Set([...document.fonts].filter(face => face.status === 'loaded').map(face => face.family))]"
    )
    assert {urlsplit(each.url).netloc for each in came if not each.url.startswith("data:")} == {urlsplit(address).netloc}
    weights = Counter[str]()
    for each in came:
        weights[each.request.resource_type] += len(gzip.compress(each.body())) if each.request.resource_type != "font" else 0
    context.close()
    assert sum(weights.values()) <= PAGE_LIMIT, weights
    assert weights["script"] <= SCRIPT_LIMIT, weights
    assert shift < 0.01
    assert len(families) <= 2


# The table, and the results that are published


def test_every_kind_of_page_is_in_the_table(client: FlaskClient):
    """An address of the site that ends in a slash is a page."""
    adapter = client.application.url_map.bind("localhost")
    covered = {adapter.match("/" + each.partition("?")[0])[0] for each in (KINDS | FURTHER).values()}
    rules = [
        rule
        for rule in client.application.url_map.iter_rules()
        if rule.rule.endswith("/") and not rule.rule.startswith(("/api/v1/", "/dts/"))
    ]
    assert [rule.rule for rule in rules if rule.endpoint not in covered and not rule.redirect_to] == []


def checks_of(module: object) -> set[str]:
    return {name.removeprefix("test_") for name in vars(module) if name.removeprefix("test_") in CHECKS}


def test_every_check_of_the_statement_is_a_test_here(request: pytest.FixtureRequest):
    assert checks_of(request.module) == set(CHECKS)


def test_the_published_results_are_of_every_check_and_every_kind_of_page(request: pytest.FixtureRequest):
    """If not, run the tests of this file with --record."""
    if request.config.getoption("record"):
        pytest.skip("they are being written")
    results = json.loads(RESULTS.read_text("utf-8"))
    assert results["kinds"] == KINDS
    assert {check: sorted(runs) for check, runs in results["checks"].items()} == dict.fromkeys(CHECKS, sorted(KINDS))


@pytest.fixture(scope="module", autouse=True)
def record(request: pytest.FixtureRequest) -> Iterator[None]:
    """With ``--record``: the results, written after the last test if none has failed."""
    if not request.config.getoption("record"):
        yield
        return
    browser: Browser = request.getfixturevalue("browser")
    client: FlaskClient = request.getfixturevalue("client")
    yield
    session = request.session
    if session.testsfailed:
        pytest.fail("not every test passed; no results were written")
    runs: dict[str, Counter[str]] = {check: Counter() for check in CHECKS}
    for item in session.items:
        check = item.originalname.removeprefix("test_")  # type: ignore[attr-defined]
        kind = item.callspec.params.get("kind") if hasattr(item, "callspec") else None
        if item.path == request.path and check in CHECKS and kind in KINDS:
            runs[check][kind] += 1
    site = client.application.extensions["holder"].now().site
    results = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "title": site.title,
        "edition": site.edition,
        "software": version("tei-edition"),
        "tools": {
            "Chromium": browser.version,
            "axe-core": re.search(r"axe v([\d.]+)", AXE)[1],  # type: ignore[index]
            "Playwright": version("playwright"),
        },
        "widths": WIDTHS,
        "schemes": SCHEMES,
        "kinds": KINDS,
        "checks": runs,
    }
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
