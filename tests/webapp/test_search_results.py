"""Whole results to take away, and the description by which browsers offer the search."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient
from lxml import etree

from edition.settings import Settings, read
from webapp import create_app
from webapp.tables import csv_answer

QUERIES = ("q=workers", "q=kazakhstan&person=pers-tokayev", "q=&place=pl-almaty", "q=xyzzy", "q=the&from=2022&sort=document")
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def hits(client: FlaskClient, query: str) -> list[dict[str, object]]:
    return client.get(f"/api/v1/search?{query}&per_page=200").json["hits"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("query", QUERIES)
def test_the_table_has_every_passage_in_the_order_of_the_page(client: FlaskClient, query: str):
    answer = client.get(f"/search.csv?{query}")
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    found = rows(answer.text)
    assert [(each["document"], each["passage"]) for each in found] == [
        (each["document"], each["passage"]) for each in hits(client, query)
    ]
    for each in found:
        passage = client.get(f"/api/v1/documents/{each['document']}/passages/{each['passage']}").json
        assert each["text"] == passage["text"]
        assert each["address"] == passage["url"]


@pytest.mark.parametrize("query", QUERIES)
def test_json_is_what_the_interface_says_all_at_once(client: FlaskClient, query: str):
    answer, paged = client.get(f"/search.json?{query}").json, client.get(f"/api/v1/search?{query}&per_page=200").json
    for name in ("page", "pages", "next", "facets"):
        paged.pop(name), answer.pop(name, None)
    assert answer == paged


def test_nothing_is_left_out_of_a_long_result(client: FlaskClient):
    total = client.get("/healthz").json["passages"]
    assert len(rows(client.get("/search.csv?q=").text)) == len(client.get("/search.json?q=").json["hits"]) == total


@pytest.mark.parametrize("query", QUERIES)
def test_tei_has_the_passages_with_what_is_around_them_in_the_order_of_the_texts(client: FlaskClient, query: str):
    answer = client.get(f"/search.xml?{query}")
    assert answer.mimetype == "application/tei+xml"
    corpus = etree.fromstring(answer.data)
    assert corpus.tag == f"{TEI}teiCorpus"
    found = corpus.findall(f"{TEI}TEI")
    expected = hits(client, f"{query}&sort=document")
    addresses = [each.find(f"{TEI}teiHeader//{TEI}sourceDesc//{TEI}ref").get("target") for each in found]
    assert addresses == [f"/documents/{each['document']}/#{each['passage']}" for each in expected]
    for each, hit in zip(found, expected, strict=True):
        assert each.xpath("count(.//*[@xml:id = $id or @sameAs = concat('#', $id)])", id=hit["passage"]) == 1
        assert each.findtext(f".//{TEI}title") == f"{hit['title']}, {hit['label']}"
        assert "reuse" in each.findtext(f"{TEI}teiHeader//{TEI}publicationStmt/{TEI}p")
    header = "".join(corpus.find(f"{TEI}teiHeader").itertext())
    assert f"{len(expected)} passages" in header
    assert "Two Articles" in header


def test_a_sign_that_cannot_stand_in_xml_is_replaced(client: FlaskClient):
    corpus = etree.fromstring(client.get("/search.xml", query_string={"q": "gas\x00\x01"}).data)
    assert corpus.find(f"{TEI}teiHeader//{TEI}ref").text == "gas\ufffd\ufffd"


def test_an_id_is_given_once_however_often_what_has_it_is_repeated(client: FlaskClient):
    corpus = etree.fromstring(client.get("/search.xml?q=").data)
    ids = corpus.xpath("//@xml:id")
    assert len(ids) == len(set(ids)) > 100
    same = {each.removeprefix("#") for each in corpus.xpath("//@sameAs")}
    assert {"icc.d1", "icc.fn1"} <= same <= set(ids)


def test_a_download_has_the_words_of_the_query_as_they_were_typed(client: FlaskClient):
    corpus = etree.fromstring(client.get("/search.xml", query_string={"q": '"oil & gas" <x>'}).data)
    assert corpus.find(f"{TEI}teiHeader//{TEI}ref").text == '"oil & gas" <x>'


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_can_be_taken_for_a_formula(client: FlaskClient, word: str):
    with client.application.test_request_context():
        text = csv_answer(("word", "number"), [(word, -1)]).get_data(as_text=True)
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{word}", "-1"]


def test_the_page_leads_to_the_whole_of_its_result(client: FlaskClient):
    page = client.get("/search/?q=workers&document=icc-2022-01-20&page=1").text
    for ending in ("csv", "json", "xml"):
        assert f'href="/search.{ending}?q=workers&amp;document=icc-2022-01-20" download' in page


def test_data_of_the_search_keep_their_place_in_a_cache_as_pages_do(client: FlaskClient):
    first = client.get("/search.csv?q=gas")
    assert client.get("/search.csv?q=gas", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


# OpenSearch

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_browsers_are_told_of_the_search(client: FlaskClient):
    assert '<link rel="search" type="application/opensearchdescription+xml"' in client.get("/").text
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    description = etree.fromstring(answer.data)
    assert description.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert 1 <= len(description.findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert 1 <= len(description.findtext(f"{OPENSEARCH}LongName")) <= 48
    assert len(description.findtext(f"{OPENSEARCH}Description")) <= 1024
    urls = {each.get("type"): each.get("template") for each in description.findall(f"{OPENSEARCH}Url")}
    assert urls["text/html"] == "http://localhost/search/?q={searchTerms}"
    for template in urls.values():
        assert client.get(template.replace("{searchTerms}", "gas")).status_code == 200


def test_the_description_has_the_public_address_where_there_is_one(edition: Settings):
    settings = read(edition.project, {"out": str(edition.out), "site.url": "https://edition.example.org/kz"}, {})
    text = create_app(settings).test_client().get("/opensearch.xml").text
    assert 'template="https://edition.example.org/kz/search/?q={searchTerms}"' in text
    assert "localhost" not in text
