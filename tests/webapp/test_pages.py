"""The pages a reader meets, as the server sends them."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

PAGES = (
    "/",
    "/documents/",
    "/documents/icc-2022-01-20/",
    "/documents/icc-2022-01-20/?q=gas",
    "/documents/icc-2022-01-20/diplomatic/",
    "/documents/icc-2022-01-20/source/",
    "/documents/icc-2022-01-20/cite/",
    "/documents/icc-2022-01-20/cite/?passage=icc.p11",
    "/documents/spark-2022-01-17/",
    "/search/",
    "/search/?q=Zhanaozen",
    "/search/?q=xyzzy",
    "/search/?q=((gas",
    "/search/?q=person:tokayev&place=pl-kazakhstan",
    "/search/?q=workers&group=document",
    "/search/facet/place/?q=workers",
    "/search/help/",
    "/search/concordance/?q=workers",
    "/search/words/",
    "/search/words/?view=compare",
    "/search/words/?view=near&node=gas",
    "/pages/about/",
    "/pages/encoding/",
    "/nothing/here/",
)


def parsed(client: FlaskClient, address: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(address).text)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_title_a_language_landmarks_and_a_skip_link(client, address):
    page = parsed(client, address)
    assert page.get("lang") == "en"
    assert page.findtext(".//title").strip()
    assert len(page.findall(".//main")) == 1
    assert page.find(".//header") is not None
    assert page.find(".//nav") is not None
    assert page.find(".//footer") is not None
    skip = page.xpath("(//body//a)[1]")[0]
    assert skip.get("href") == "#" + page.find(".//main").get("id")
    assert len(page.findall(".//h1")) == 1


@pytest.mark.parametrize("address", PAGES)
def test_headings_do_not_skip_a_level(client, address):
    levels = [int(heading.tag[1]) for heading in parsed(client, address).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_links_inside_a_page_lead_somewhere(client, address):
    page = parsed(client, address)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inside = {unquote(href[1:]) for href in page.xpath("//a/@href") if href.startswith("#")}
    assert inside <= set(ids)


def is_answer_of_the_search(address: str) -> bool:
    return address.startswith("/search") and "?" in address


def test_every_link_of_the_site_answers(client):
    """Answers of the search lead to one another without end: of those that another leads to, none is followed."""
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        answer = client.get(address, follow_redirects=True, buffered=True)
        assert answer.status_code == 200, address
        if answer.mimetype != "text/html":
            continue
        for target in html.document_fromstring(answer.text).xpath("(//@href|//@src)[not(ancestor::template)]"):
            link = urljoin("http://localhost" + address, target)
            parts = urlsplit(link)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if is_answer_of_the_search(address) and is_answer_of_the_search(path):
                continue
            if parts.netloc == "localhost" and path not in seen:
                seen.add(path)
                waiting.append(path)
    assert len(seen) > 20


def test_two_pages_have_different_titles(client):
    titles = [
        parsed(client, address).findtext(".//title") for address in ("/", "/documents/", "/documents/icc-2022-01-20/", "/search/")
    ]
    assert len(set(titles)) == len(titles)


def test_the_footnote_works_both_ways(client):
    page = parsed(client, "/documents/icc-2022-01-20/")
    marker = page.get_element_by_id("ref:icc.fn1")
    assert marker.text_content() == "[1]"
    note = page.get_element_by_id(marker.get("href")[1:])
    assert "Belarus, Armenia, Kazakhstan" in note.text_content()
    back = note.xpath(".//a[@role='doc-backlink']")[0]
    assert back.get("href") in ("#ref:icc.fn1", "#ref%3Aicc.fn1")


@pytest.mark.parametrize("document", ["icc-2022-01-20", "spark-2022-01-17"])
def test_every_passage_is_an_id_of_the_page_and_of_the_source_and_links_to_itself(client, document):
    passages = [each["id"] for each in client.get(f"/api/v1/documents/{document}").json["passage_list"]]
    page, source = parsed(client, f"/documents/{document}/"), parsed(client, f"/documents/{document}/source/")
    links = set(page.xpath("//a[@class='permalink']/@href"))
    for id in passages:
        assert len(page.xpath("//*[@id=$id]", id=id)) == 1
        assert len(source.xpath("//*[@id=$id]", id=id)) == 1
        assert f"#{id}" in links


def test_a_supplied_title_says_so(client):
    assert "upplied by the editors" in client.get("/documents/icc-2022-01-20/").text
    assert "upplied by the editors" not in client.get("/documents/spark-2022-01-17/").text


def test_words_found_are_marked_in_the_page_without_javascript(client):
    page = parsed(client, "/documents/icc-2022-01-20/?q=%22cannon+fodder%22")
    marks = page.findall(".//mark")
    assert [mark.text for mark in marks] == ["cannon fodder"]
    assert marks[0].get("id") == "hit-1"
    assert marks[0].xpath("ancestor::p/@id") == ["icc.p9"]


@pytest.mark.parametrize(
    ("query", "passages"), [("gas NOT price", ["icc.p2"]), ("gas price", ["icc.p1"]), ("gas OR price", ["icc.p1", "icc.p2"])]
)
def test_words_are_marked_in_the_passages_that_the_search_finds_and_nowhere_else(client, query, passages):
    page = client.get("/documents/icc-2022-01-20/", query_string={"q": query}).text
    marks = html.document_fromstring(page).xpath("//mark/ancestor::*[@data-label]/@id")
    assert list(dict.fromkeys(marks)) == passages
    found = client.get("/api/v1/search", query_string={"q": query, "document": "icc-2022-01-20", "sort": "document"}).json
    assert [hit["passage"] for hit in found["hits"]] == passages


def test_marks_are_only_words_of_the_text(client):
    page = parsed(client, "/documents/icc-2022-01-20/?q=link+OR+paragraph+OR+1+OR+note")
    assert not page.xpath("//mark[ancestor::a[not(starts-with(@class, 'tei-'))]]")


def test_a_query_of_markup_stays_text(client):
    page = client.get("/documents/icc-2022-01-20/?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page
    page = client.get("/search/?q=%22%3E%3Cimg+src=x%3E").text
    assert "<img" not in page


def test_the_page_is_the_same_words_as_the_tei(client):
    text = re.sub(r"\s+", " ", parsed(client, "/documents/spark-2022-01-17/").xpath("string(//article)")).replace("¶", "")
    assert "The emancipation of the working class will only be achieved by the working class itself." in text
    assert "— Karl Marx" in text
    assert (
        text.index("The Spark")
        < text.index("Putin to the Rescue")
        < text.index("Excerpts from")
        < text.index("improvements in their")
    )


def test_home_shows_both_texts_and_says_what_the_edition_is(client):
    page = client.get("/").text
    assert page.count("/documents/icc-2022-01-20/") >= 1
    assert page.count("/documents/spark-2022-01-17/") >= 1
    assert "Two Articles" in page
