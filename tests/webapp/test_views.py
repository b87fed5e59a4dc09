"""The other views of a text: as received, its TEI, its citation; and the ways between them."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from edition.exports.styled import STYLES
from edition.runs import BY_EDITION
from edition.settings import Settings
from tests.test_texts import BLOCKS, Block
from webapp import create_app

DOCUMENTS = ("icc-2022-01-20", "spark-2022-01-17")
NOT_OURS = frozenset(("permalink", *BY_EDITION))


def parsed(client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    """The words of an element that are not the page's own, single-spaced; notes and what else has words of its own left out."""

    def say(each: html.HtmlElement) -> str:
        own = isinstance(each.tag, str) and NOT_OURS.isdisjoint(each.get("class", "").split())
        return ((each.text or "") + "".join(say(child) + (child.tail or "") for child in each)) if own else ""

    return re.sub(r"[ \t\r\n]+", " ", say(element)).strip(" ")


@pytest.mark.parametrize("expected", BLOCKS, ids=lambda expected: expected.label)
def test_the_page_of_the_text_as_received_has_the_words_and_signs_received(client, expected: Block):
    page = parsed(client, f"/documents/{expected.document}/diplomatic/")
    shown = words(page.get_element_by_id(expected.label))
    assert hashlib.sha256(shown.encode()).hexdigest() == expected.sha256, shown


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_page_of_the_text_as_received_has_nothing_else(client, document):
    page = parsed(client, f"/documents/{document}/diplomatic/")
    (article,) = page.find_class("tei-text")
    notes = [note for note in page.find_class("tei-note") if "editorial" not in note.get("class")]
    assert page.find_class("editorial") == []
    assert len(words(article).split()) + sum(len(words(note).split()) for note in notes) == sum(
        block.words for block in BLOCKS if block.document == document
    )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_views_share_the_addresses_of_the_passages(client, document):
    passages = [each["id"] for each in client.get(f"/api/v1/documents/{document}").json["passage_list"]]
    assert len(passages) > 20
    for view in ("", "diplomatic/", "source/"):
        ids = parsed(client, f"/documents/{document}/{view}").xpath("//main//@id")
        assert set(passages) <= set(ids), view
        assert len(ids) == len(set(ids)), view


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_line_of_a_passage_in_the_tei_leads_to_the_passage_on_the_page(client, document):
    ids = parsed(client, f"/documents/{document}/").xpath("//@id")
    links = parsed(client, f"/documents/{document}/source/").xpath("//a[@class='to-page']")
    assert {link.get("href").removeprefix("../#") for link in links} <= set(ids)
    assert all(link.get("aria-label").startswith("Read ") for link in links)


def test_every_view_names_the_others_and_says_which_it_is(client):
    for view, name in (("", "Reading text"), ("diplomatic/", "As received"), ("source/", "TEI source")):
        page = parsed(client, f"/documents/{DOCUMENTS[0]}/{view}")
        assert page.xpath("//main//ul[@class='links']//a[@aria-current='page']/text()") == [name]
        hrefs = page.xpath("//main//ul[@class='links']//a/@href")
        assert {f"/documents/{DOCUMENTS[0]}/{each}" for each in ("", "diplomatic/", "source/", "cite/")} <= set(hrefs)


def test_the_links_of_the_text_as_received_answer(client):
    for document in DOCUMENTS:
        address = f"http://localhost/documents/{document}/diplomatic/"
        page = parsed(client, address)
        page.make_links_absolute(address)
        hrefs = page.xpath("//main//a[not(ancestor::template) and not(@download)]/@href")
        inside = {href.partition("#")[0] for href in hrefs if href.startswith("http://localhost/")}
        assert [href for href in inside if client.get(href).status_code != 200] == []


def blocks(page: html.HtmlElement) -> dict[str, str]:
    """The copyable blocks of a page of citations by their headings."""
    return {section.findtext("h2"): section.xpath("*[@data-copy]")[0].text_content() for section in page.find_class("copyable")}


def test_a_passage_is_cited_in_every_form(client):
    cited = blocks(parsed(client, "/documents/icc-2022-01-20/cite/?passage=icc.p11"))
    assert list(cited) == ["In words", *STYLES, "The quotation with its reference", "BibTeX", "RIS", "CSL-JSON"]
    assert cited["MLA"].endswith("2026, /documents/icc-2022-01-20/#icc.p11.")
    assert cited["In words"].startswith(
        "Stopio, “Workers’ struggles drowned in bourgeois faction fights” (title supplied), 20 January 2022, passage icc.p11, "
        "in Kazakhstan, January 2022: Two Articles. A Digital Edition, version "
    )
    assert cited["In words"].endswith(" /documents/icc-2022-01-20/#icc.p11")
    passage = client.get("/api/v1/documents/icc-2022-01-20/passages/icc.p11").json["text"]
    assert cited["The quotation with its reference"].strip() == f"{passage}\n\n{cited['In words']}"
    assert cited["BibTeX"].startswith("@incollection{icc-2022-01-20:icc.p11,")
    assert "SE  - icc.p11\n" in cited["RIS"]
    assert json.loads(cited["CSL-JSON"])[0]["author"] == [{"literal": "Stopio"}]


def test_who_is_not_named_is_not_named(client):
    page = parsed(client, "/documents/spark-2022-01-17/cite/")
    cited = blocks(page)
    assert cited["In words"].startswith("“Putin to the Rescue")
    assert "author" not in cited["BibTeX"] + cited["CSL-JSON"]
    assert "AU  - " not in cited["RIS"]
    assert "No author is named" in page.text_content()


def test_the_permanent_address_is_that_of_the_site_whoever_asks(edition: Settings):
    site = create_app(dataclasses.replace(edition, site_url="https://kz.example.org/ed/")).test_client()
    address = "https://kz.example.org/ed/documents/icc-2022-01-20/#icc.p2"
    for host in ("localhost", "elsewhere.example"):
        cited = blocks(parsed_from(site, "/documents/icc-2022-01-20/cite/?passage=icc.p2", host))
        assert cited["In words"].endswith(f" {address}")
        assert f"url = {{{address}}}" in cited["BibTeX"]
        assert f"UR  - {address}\n" in cited["RIS"]
        assert json.loads(cited["CSL-JSON"])[0]["URL"] == address


def parsed_from(client, address: str, host: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(address, headers={"Host": host}).text)


def test_a_passage_that_the_text_does_not_have_is_not_cited(client):
    answer = client.get("/documents/icc-2022-01-20/cite/?passage=%3Cicc.p99")
    assert answer.status_code == 404
    assert "has no passage “&lt;icc.p99”" in answer.text
    assert client.get("/documents/none/cite/").status_code == 404
    assert client.get("/documents/none/diplomatic/").status_code == 404


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def without_javascript(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_the_tei_is_folded_and_opened_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto("documents/icc-2022-01-20/source/")
    title = page.locator(".xml-source", has_text="<titleStmt").get_by_text("<titleStmt")
    assert not title.is_visible()
    expect(page.locator("[id='icc.p1']")).to_be_visible()
    page.locator("summary", has_text="<teiHeader").focus()
    page.keyboard.press("Enter")
    expect(title).to_be_visible()


@pytest.mark.browser
def test_a_passage_is_shown_even_where_its_part_was_closed(page: Page):
    page.goto("documents/icc-2022-01-20/source/")
    page.locator("summary", has_text="<body").click()
    assert not page.locator("[id='icc.p9']").is_visible()
    page.evaluate("location.hash = 'icc.p9'")
    expect(page.locator("[id='icc.p9']")).to_be_in_viewport()


@pytest.mark.browser
def test_from_the_tei_to_the_page_and_on_to_the_text_as_received_it_stays_the_same_passage(page: Page):
    page.goto("documents/spark-2022-01-17/source/#spark.p9")
    page.locator("[id='spark.p9'] > .to-page").click()
    assert page.url.endswith("/documents/spark-2022-01-17/#spark.p9")
    expect(page.locator("[id='spark.p9']")).to_contain_text("Orano")
    page.evaluate("scrollTo(0, document.getElementById('spark.p9').getBoundingClientRect().top + scrollY - 20)")
    page.evaluate("document.querySelector('main a[data-same-passage][href*=diplomatic]').click()")
    page.wait_for_url("**/diplomatic/#spark.p9")
    expect(page.locator("[id='spark.p9']")).to_contain_text("Oreno")


@pytest.mark.browser
def test_the_sign_of_a_passage_leads_to_its_citation(page: Page):
    page.goto("documents/icc-2022-01-20/")
    page.locator("[id='icc.p3'] > .permalink").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cite", exact=True).last.click()
    page.wait_for_url("**/cite/?passage=icc.p3")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cite this passage")


@pytest.mark.browser
def test_a_citation_is_copied(page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("documents/icc-2022-01-20/cite/?passage=icc.p3")
    page.get_by_role("button", name="Copy RIS").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("TY  - CHAP\nID  - icc-2022-01-20:icc.p3\n")


@pytest.mark.browser
def test_a_passage_is_chosen_without_javascript(without_javascript: Page):
    page = without_javascript
    page.goto("documents/icc-2022-01-20/cite/")
    page.get_by_label("A passage of this text").fill("icc.p4")
    page.get_by_role("button", name="Cite").click()
    assert page.url.endswith("/cite/?passage=icc.p4")
    expect(page.locator("#bibtex + pre")).to_contain_text("icc.p4")
