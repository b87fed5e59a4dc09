"""Editions of other people’s corpora: served whole, each link answers, a browser has nothing against the pages."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Browser

from edition.build import Report, build
from edition.review import review
from edition.settings import Settings, read
from search_index.writer import write_index
from tests.corpora import compared
from tests.plain import PLAIN
from tests.webapp.test_accessibility import fits, violations, watched
from tests.webapp.test_nothing_lost import judged
from webapp import create_app

LARGEST, LEAST = 30_000, 2
"""Bytes of the longest file taken; of a corpus of longer ones its smallest are taken, so many."""
LONG_FOR_AXE = 1_000
"""Words: longer pages take axe too long."""
WITHOUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
"""It is measured on the edition’s own pages, whose colours all have."""


@pytest.fixture(scope="module")
def project(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The shorter documents of all corpora as one edition, a collection each."""
    folder = tmp_path_factory.mktemp("corpora")
    for corpus in sorted(each for each in (shared / "corpora").iterdir() if each.is_dir()):
        files = sorted(corpus.rglob("*.xml"), key=lambda path: path.stat().st_size)
        for path in [each for each in files if each.stat().st_size <= LARGEST] or files[:LEAST]:
            target = folder / "tei" / path.relative_to(corpus.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return read(folder, {}, PLAIN)


@pytest.fixture(scope="module")
def report(project: Settings) -> Report:
    return build(project, write_index, jobs=2)


@pytest.fixture(scope="module")
def site(project: Settings, report: Report) -> FlaskClient:
    return create_app(project).test_client()


def test_what_is_refused_is_no_tei_of_today(report: Report) -> None:
    assert report.documents > 50
    refused = {each.path.split("/")[1] for each in report.findings if each.code in ("E001", "E002", "E003")}
    assert "p4-legacy" in refused
    assert {each.code for each in report.findings if each.is_error} <= {"E001", "E002", "E003", "E303"}


def test_nothing_of_the_corpora_is_lost(project: Settings, site: FlaskClient) -> None:
    found = list(compared(project.documents, site))
    assert sum(each.words for each in found) > 30_000
    assert [each for each in found if each.missing or not each.is_served] == []


def test_a_program_that_knows_nothing_of_ours_finds_nothing_lost(
    shared: Path, project: Settings, report: Report, served: Callable[..., AbstractContextManager[str]]
) -> None:
    with served(project.project, project.out) as address:
        done = judged(shared, project.documents, address)
    assert " 0 of " in done.stdout, done.stdout + done.stderr
    assert "0 documents not served" in done.stdout


def test_each_link_of_the_corpora_answers(project: Settings, site: FlaskClient) -> None:
    """From every document: its pages, and where they lead to, down to the place on the page."""
    documents = documents_of(site)
    views = ("", "diplomatic/", "source/", "header/", "cite/")
    pages: dict[str, tuple[int, set[str]]] = {}
    wrong: list[str] = []
    for address in [
        "/",
        "/documents/",
        "/registers/",
        "/registers/places/",
        *(each["url"] + view for each in documents for view in views),
    ]:
        for link in links(site, address):
            place, _, fragment = link.partition("#")
            status, ids = pages.setdefault(place, opened(site, place)) if place not in pages else pages[place]
            if status not in (200, 301, 302, 308) or (fragment and ids and unquote(fragment) not in ids):
                wrong.append(f"{address} → {link}")
    assert len(pages) > 300
    assert not wrong, "\n".join(wrong)


def test_a_link_to_a_text_that_is_not_there_is_none(tmp_path: Path) -> None:
    """An address nobody answers is no help to a reader; the build has told the editor."""
    for name, body in (("a", '<ref target="b.xml">b</ref> <ref target="c.xml#x">c</ref>'), ("b", "b")):
        text = f"<text><body><p>{body}</p></body></text>"
        (tmp_path / f"{name}.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{text}</TEI>')
    alone = read(tmp_path, {}, PLAIN)
    assert "E302" in {each.code for each in review(alone, jobs=1).findings}
    build(alone, write_index, jobs=1)
    for view, up in (("", "../"), ("diplomatic/", "../../")):
        shown = create_app(alone).test_client().get(f"/documents/a/{view}").text
        assert f'<a class="tei-ref" href="{up}b/" data-text="b">b</a>' in shown
        assert re.search(r'<a class="tei-ref" *>c</a>', shown)


def documents_of(site: FlaskClient) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    address = "/api/v1/documents"
    while address:
        answer = site.get(address).json
        assert answer is not None
        found += answer["documents"]
        address = answer["next"] or ""
    return [{**each, "url": urlsplit(each["url"]).path} for each in found]


def links(site: FlaskClient, address: str) -> Iterator[str]:
    """Where a page leads to on this site, each address once; questions to the search are another test’s."""
    tree = page(site, address)
    for template in tree.xpath("//template"):
        template.drop_tree()
    there = (urlsplit(urljoin(f"http://localhost{address}", href)) for href in tree.xpath("//@href"))
    yield from sorted(
        {f"{each.path}#{each.fragment}".rstrip("#") for each in there if each.netloc == "localhost" and not each.query}
    )


def opened(site: FlaskClient, address: str) -> tuple[int, set[str]]:
    """The status of an answer, and the ids of a page; a page has none twice."""
    with site.get(address) as answer:
        if "html" not in answer.content_type or answer.status_code != 200:
            return answer.status_code, set()
        ids = Counter(html.document_fromstring(answer.text).xpath("//@id"))
    assert not [id for id, times in ids.items() if times > 1], address
    return answer.status_code, set(ids)


def page(site: FlaskClient, address: str) -> html.HtmlElement:
    answer = site.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.text)


@pytest.mark.browser
def test_a_browser_has_nothing_against_a_page_of_each_corpus(
    project: Settings,
    site: FlaskClient,
    browser: Browser,
    served: Callable[..., AbstractContextManager[str]],
) -> None:
    chosen = longest_of_each(documents_of(site))
    assert len(chosen) >= 12
    with served(project.project, project.out) as address:
        context = browser.new_context(base_url=address, viewport={"width": 360, "height": 900})
        shown = context.new_page()
        complaints = watched(shown, address)
        for corpus, url in chosen.items():
            for view in ("", *witness_of(site, url)):
                shown.goto(url.removeprefix("/") + view)
                assert (corpus, view, violations(shown, WITHOUT_CONTRAST)) == (corpus, view, [])
                assert (corpus, view, fits(shown), complaints) == (corpus, view, True, [])
        context.close()


def longest_of_each(documents: list[Mapping[str, str]]) -> dict[str, str]:
    """The address of one document of each corpus: the longest that is not too long."""
    chosen: dict[str, tuple[int, str]] = {}
    for each in documents:
        corpus, size = each["source"].split("/")[0], int(each["words"])
        if size <= LONG_FOR_AXE or corpus not in chosen:
            chosen[corpus] = max(chosen.get(corpus, (0, "")), (min(size, LONG_FOR_AXE), each["url"]))
    return {corpus: url for corpus, (_, url) in chosen.items()}


def witness_of(site: FlaskClient, url: str) -> tuple[str, ...]:
    """The way to the page of the first witness of a document, where it has one."""
    found = re.search(r'href="(witness/[^"]+/)"', site.get(url).text)
    return (found[1],) if found else ()
