"""A long text on the site: its contents, its parts, and that every way to a passage leads to the part that has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Browser

from edition.build import build
from edition.settings import Settings, read
from search_index.writer import write_index
from tests.plain import PLAIN
from tests.webapp.test_nothing_lost import judged
from webapp import create_app

LENGTH = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ed="urn:x-edition">
<xsl:variable name="ed:long" select="60"/></xsl:stylesheet>"""
CHAPTER = """<div xml:id="ch{n}"><head>Chapter {n}</head><p xml:id="p{n}">In {n} the wick wants <app><lem wit="#A">oil</lem>
<rdg wit="#B">salt</rdg></app>, says
<persName ref="#ada">Ada</persName>; see <ref target="#p1">before</ref>.<note>Remark {n}.</note></p></div>"""
BOOK = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>A book</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>
<sourceDesc><p>From <ref target="#p4">there</ref>.</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="ada"><persName>Ada</persName></person></listPerson>
<listOrg><org xml:id="club"><orgName>Club</orgName><location><geo>1 2</geo></location></org></listOrg>
<linkGrp type="parallel" xml:id="oil"><link target="#p4 card.xml#see"/></linkGrp></standOff>
<text><body>{"".join(CHAPTER.format(n=n) for n in range(1, 9))}</body></text></TEI>"""

CARD = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>A card</title></titleStmt>
<publicationStmt><p>On <ref target="book.xml#p2">this</ref>.</p></publicationStmt></fileDesc></teiHeader>
<text><body><p xml:id="see">See <ref target="book.xml#p5">there</ref>,
<ref target="book.xml">the book</ref>.</p></body></text></TEI>"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A project of a book and a card, where 60 words are long."""
    project = tmp_path_factory.mktemp("book")
    for name, content in {"tei/book.xml": BOOK, "tei/card.xml": CARD, "xslt/shared/length.xsl": LENGTH}.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(content)
    settings = read(project, {}, PLAIN)
    build(settings, write_index, jobs=1)
    return settings


@pytest.fixture(scope="module")
def site(book: Settings) -> FlaskClient:
    return create_app(book).test_client()


def page(site: FlaskClient, address: str) -> html.HtmlElement:
    answer = site.get(address)
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.text)


def links(page: html.HtmlElement, path: str = "//main//a/@href") -> list[str]:
    return [str(each) for each in page.xpath(path)]


def test_the_first_page_of_a_long_text_leads_to_its_parts(site: FlaskClient) -> None:
    first = page(site, "/documents/book/")
    assert links(first, "//nav[@aria-labelledby='edition:parts']//a/@href") == [
        f"/documents/book/part/ch{n}/" for n in range(1, 9)
    ]
    assert "wick" not in first.xpath("string(//main)")
    assert first.xpath("//*[@id='edition:colophon']")


def test_a_part_says_where_it_stands_and_leads_to_its_neighbours(site: FlaskClient) -> None:
    part = page(site, "/documents/book/part/ch3/")
    assert "Chapter 3 · part 3 of 8" in " ".join(part.xpath("string(//main)").split())
    assert links(part, "//link[@rel='prev' or @rel='next']/@href") == ["/documents/book/part/ch2/", "/documents/book/part/ch4/"]
    assert links(part, "//nav[@class='neighbours']/a/@href") == [
        "/documents/book/part/ch2/",
        "/documents/book/",
        "/documents/book/part/ch4/",
    ]
    assert part.xpath("string(//title)").startswith("Chapter 3 · A book · ")
    assert "#ch3-h1" in links(part, "//nav[@aria-label='Contents']//a/@href")
    assert "Remark 3." in part.xpath("string(//section[@role='doc-endnotes'][2])")


@pytest.mark.parametrize("view", ["", "diplomatic/", "source/"])
def test_every_view_is_divided_alike(site: FlaskClient, view: str) -> None:
    assert f"/documents/book/part/ch5/{view}" in links(page(site, f"/documents/book/{view}"))
    part = page(site, f"/documents/book/part/ch5/{view}")
    assert "In 5 the wick" in " ".join(part.xpath("string(//main)").split())
    assert "In 4 the wick" not in " ".join(part.xpath("string(//main)").split())


def test_a_witness_is_read_in_parts(site: FlaskClient) -> None:
    first = page(site, "/documents/book/witness/B/")
    assert links(first, "//nav[@aria-labelledby='edition:parts']//a/@href")[4] == "/documents/book/witness/B/part/ch5/"
    part = page(site, "/documents/book/witness/B/part/ch5/")
    assert "In 5 the wick wants salt" in " ".join(part.xpath("string(//main)").split())
    assert "In 4 the wick" not in part.xpath("string(//main)")
    assert "[[" not in part.xpath("string(//main)")
    assert links(part, "//nav[@aria-label='Witnesses']//a/@href")[0] == "/documents/book/witness/A/part/ch5/"
    assert links(part, "//nav[@class='neighbours']/a/@href")[0] == "/documents/book/witness/B/part/ch4/"
    assert "../ch1/#p1" in links(part)
    assert site.get("/documents/book/witness/B/?passage=p4").location == "/documents/book/witness/B/part/ch4/#p4"


def test_beside_another_text_it_is_read_in_parts(site: FlaskClient) -> None:
    first = page(site, "/compare/book/card/")
    assert "In 1 the wick" in first.xpath("string(//main)")
    assert "In 2 the wick" not in first.xpath("string(//main)")
    assert links(first, "//nav[@class='column-parts']//a/@href") == ["/compare/book/card/?left_part=ch2", "/documents/book/"]
    assert links(first, "//span[@class='counterparts']/a/@href") == ["/compare/book/card/?left_part=ch4#p4"]
    topic = page(site, "/compare/book/card/?topic=oil")
    assert "In 4 the wick" in topic.xpath("string(//main)")
    assert links(topic, "//span[@class='counterparts']/a/@href") == ["#see", "#p4"]
    turned = page(site, "/compare/card/book/?right_part=p7")
    assert "In 7 the wick" in turned.xpath("string(//main)")
    assert "/compare/book/card/?left_part=ch7" in links(turned)
    assert "/documents/book/part/ch7/../ch1/#p1" in links(turned)
    assert site.get("/compare/book/card/?left_part=nothing").status_code == 404


def test_every_link_of_every_page_leads_to_a_place_that_is_there(site: FlaskClient) -> None:
    waiting = ["/documents/book/"]
    seen: dict[str, html.HtmlElement] = {}
    pointing: list[tuple[str, str]] = []
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen[address] = page(site, address)
        for link in links(seen[address], "//main//a[not(ancestor::template)]/@href"):
            there, _, id = urljoin(address, link).partition("#")
            if there.startswith("/documents/book/") and "?" not in there:
                waiting.append(there)
                pointing.append((there, unquote(id)))
    assert {f"/documents/book/part/ch{n}/{view}" for n in range(1, 9) for view in ("", "diplomatic/", "source/")} < set(seen)
    assert [each for each in pointing if each[1] and not seen[each[0]].xpath("//*[@id=$id]", id=each[1])] == []


def test_a_hit_leads_to_its_part_and_is_marked_there(site: FlaskClient) -> None:
    (hit,) = site.get("/api/v1/search?q=remark+in:note&document=book&per_page=1").json["hits"]
    assert hit["url"].startswith("/documents/book/part/ch1/?q=")
    part = page(site, "/documents/book/part/ch7/?q=wick")
    assert part.xpath("string(//mark)") == "wick"
    assert len(part.xpath("//mark")) == 1
    assert "8 passages found for “wick”, in 8 parts" in page(site, "/documents/book/?q=wick").xpath("string(//main)")


def test_a_mention_leads_to_its_part(site: FlaskClient) -> None:
    mentions = links(page(site, "/registers/persons/ada/"))
    assert [link.split("#")[0] for link in mentions if "/part/" in link] == [f"/documents/book/part/ch{n}/" for n in range(1, 9)]
    assert page(site, "/documents/book/part/ch6/").xpath("string(//a[@data-kind='person']/@href)") == "/registers/persons/ada/"


def test_what_is_no_place_has_coordinates_but_no_map(site: FlaskClient) -> None:
    shown = page(site, "/registers/organisations/club/")
    assert "1.00° N, 2.00° E" in shown.xpath("string(//main)")
    assert "/registers/organisations/#edition:map" not in links(shown)


def test_the_header_and_a_citation_lead_to_the_part(site: FlaskClient) -> None:
    assert "../part/ch4/#p4" in links(page(site, "/documents/book/header/"))
    assert "/documents/book/part/ch4/#p4" in links(page(site, "/documents/book/cite/?passage=p4"))


def test_another_text_leads_to_the_part(site: FlaskClient) -> None:
    ways = links(page(site, "/documents/card/"), "//a[@class='tei-ref']/@href")
    assert ways == ["../book/part/ch5/#p5", "../book/"]
    assert "../../book/part/ch5/#p5" in links(page(site, "/documents/card/diplomatic/"))
    assert "../../book/part/ch2/#p2" in links(page(site, "/documents/card/header/"))


def test_the_sitemap_lists_the_parts(book: Settings) -> None:
    listed = create_app(replace(book, site_url="https://example.org/")).test_client().get("/sitemap.xml").text
    assert "<loc>https://example.org/documents/book/part/ch8/</loc>" in listed


def test_the_data_names_the_pages_in_order(site: FlaskClient) -> None:
    document, _ = site.get("/api/v1/documents").json["documents"]
    assert document["parts"] == [f"/documents/book/part/ch{n}/" for n in range(1, 9)]
    assert site.get("/api/v1/documents/book/passages/p4").json["url"] == "/documents/book/part/ch4/#p4"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/documents/book/?passage=p4", "/documents/book/part/ch4/#p4"),
        ("/documents/book/diplomatic/?passage=p4", "/documents/book/part/ch4/diplomatic/#p4"),
        ("/documents/book/?passage=nowhere", "/documents/book/"),
        ("/documents/book/part/p4/", "/documents/book/part/ch4/#p4"),
    ],
)
def test_a_passage_by_its_name_alone_is_found(site: FlaskClient, address: str, leads_to: str) -> None:
    answer = site.get(address)
    assert (answer.status_code, answer.location) == (302, leads_to)


def test_a_part_that_is_not_there_is_not_found(site: FlaskClient) -> None:
    assert site.get("/documents/book/part/nothing/").status_code == 404
    assert site.get("/documents/book/part/nothing/source/").status_code == 404


def test_the_file_is_whole(site: FlaskClient) -> None:
    with site.get("/documents/book.xml") as answer:
        assert answer.text == BOOK


def test_the_address_of_a_passage_leads_on_to_its_part(
    book: Settings, browser: Browser, served: Callable[..., AbstractContextManager[str]]
) -> None:
    with served(book.project, book.out) as address:
        tab = browser.new_page(viewport={"width": 360, "height": 720})
        faults: list[str] = []
        tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        tab.goto(address + "documents/book/#p6")
        tab.wait_for_url(re.compile("/part/ch6/#p6$"))
        assert tab.locator("#p6:target").inner_text().startswith("In 6 the wick")
        tab.get_by_role("link", name="Next part Chapter 7").click()
        tab.wait_for_url(re.compile("/part/ch7/$"))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
        assert not faults
        tab.close()


def test_nothing_of_a_long_text_is_lost(shared: Path, book: Settings, served: Callable[..., AbstractContextManager[str]]) -> None:
    with served(book.project, book.out) as address:
        done = judged(shared, book.project / "tei", address)
        assert done.stdout.startswith("2 of 2 documents complete; 0 of"), done.stdout + done.stderr
