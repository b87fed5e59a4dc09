"""How to search: every example on the page finds what it says, in every edition."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase

import pytest
from flask.testing import FlaskClient
from lxml import html

from edition.build import build
from edition.settings import HOME, Settings, read
from search_index.readings import is_alike
from search_index.words import fold
from search_index.writer import write_index
from webapp import create_app


@pytest.fixture(scope="module", params=["edition", "corpus"])
def any_client(request: pytest.FixtureRequest, edition: Settings, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The edition itself, and the tiny corpus of the tests."""
    if request.param == "edition":
        return create_app(edition).test_client()
    settings = read(HOME, {"tei": str(HOME / "tests" / "corpus"), "out": str(tmp_path_factory.mktemp("corpus"))}, {})
    build(settings, write_index, jobs=2)
    return create_app(settings).test_client()


def examples(client: FlaskClient) -> list[tuple[str, str, str, int]]:
    """Query, meaning, address and number of passages of each example."""
    rows = html.document_fromstring(client.get("/search/help/").text).xpath("//dl[@class='examples']/div")
    return [
        (
            row.find("dt/a").text_content(),
            row.find("dd").text,
            row.find("dt/a").get("href"),
            int(re.sub(r"\D", "", row.find("dd/span").text_content())),
        )
        for row in rows
    ]


def test_every_example_leads_to_as_many_passages_as_it_says(any_client: FlaskClient):
    found = examples(any_client)
    assert len(found) >= 8
    for query, _, address, number in found:
        page = html.document_fromstring(any_client.get(address).text)
        assert page.get_element_by_id("found").text_content().startswith(f"{number:,} passage"), query
        assert page.get_element_by_id("q").get("value") == query
        assert number > 0
        assert not page.xpath("//p[@class='notice']"), query


def marked(client: FlaskClient, query: str) -> list[str]:
    hits = client.get("/api/v1/search", query_string={"q": query, "per_page": 200}).json["hits"]
    return [fold(each["match"]) for hit in hits for each in hit["snippets"]]


def numbers(client: FlaskClient, query: str) -> set[tuple[str, str]]:
    hits = client.get("/api/v1/search", query_string={"q": query, "per_page": 200}).json["hits"]
    return {(hit["document"], hit["passage"]) for hit in hits}


def of(client: FlaskClient, begins: str) -> str:
    """The query of the example whose meaning begins so."""
    return next(query for query, meaning, _, _ in examples(client) if meaning.startswith(begins))


PROMISES: dict[str, Callable[[FlaskClient, str], bool]] = {
    "a word, in any of its forms": lambda client, query: all(fold(query)[:4] == match[:4] for match in marked(client, query)),
    "this form of it and no other": lambda client, query: set(marked(client, query)) == {query.removeprefix("=")},
    "both words": lambda client, query: numbers(client, query) == set.intersection(*(numbers(client, q) for q in query.split())),
    "the phrase in just these forms": lambda client, query: (
        {re.sub(r"\W+", " ", each) for each in marked(client, query)} == {query.strip('="')}
    ),
    "the words within four": lambda client, query: numbers(client, query) <= numbers(client, query.replace('"', "").rstrip("~4")),
    "all words that begin so": lambda client, query: all(
        fnmatchcase(word, query) for match in marked(client, query) for word in re.findall(r"[^\W_]+", match)[:1]
    ),
    "either of them": lambda client, query: (
        numbers(client, query) == numbers(client, query.split(" OR ")[0]) | numbers(client, query.split(" OR ")[1])
    ),
    "the first without": lambda client, query: (
        numbers(client, query) == numbers(client, query.split(" NOT ")[0]) - numbers(client, query.split(" NOT ")[1])
    ),
    "words that are spelled nearly so": lambda client, query: all(
        any(is_alike(word, query.rstrip("~"), 2) for word in re.findall(r"[^\W_]+", match)) for match in marked(client, query)
    ),
}


@pytest.mark.parametrize("meaning", PROMISES)
def test_an_example_gives_what_it_promises(client: FlaskClient, meaning: str):
    assert PROMISES[meaning](client, of(client, meaning))


def test_the_examples_have_every_operator_of_the_language(client: FlaskClient):
    queries = " ".join(query for query, *_ in examples(client))
    for sign in ('"', "~4", "=", '="', "*", "?", "~ ", " OR ", " NOT ", "(", "person:", "place:", "organisation:", "event:"):
        assert sign in queries, sign
    for field in ("work:", "in:note", "in:head", "document:", "date:"):
        assert field in queries, field


def test_the_search_page_and_every_page_s_end_lead_to_the_help(client: FlaskClient):
    for address in ("/", "/search/", "/search/?q=xyzzy", "/documents/icc-2022-01-20/"):
        assert 'href="/search/help/"' in client.get(address).text
