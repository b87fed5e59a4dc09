"""Hostile and mistaken requests: 400 or 404 in words, never 500, never a trace."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NASTY = (
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "icc%00",
    "%ff%fe",
    "%ed%a0%80",
    "a" * 5000,
    "icc-2022-01-20.xml.xml",
    "'; DROP TABLE documents; --",
    "<script>",
    "{{7*7}}",
    "CON",
    "~",
    "%0d%0aSet-Cookie:%20x",
)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize(
    "pattern",
    [
        "/{}",
        "/documents/{}",
        "/documents/{}/",
        "/documents/{}.xml",
        "/documents/{}/source/",
        "/pages/{}/",
        "/api/v1/documents/{}",
        "/api/v1/documents/icc-2022-01-20/passages/{}",
        "/static/{}",
    ],
)
def test_a_hostile_address_is_not_found(client: FlaskClient, pattern, nasty):
    answer = client.get(pattern.format(nasty), follow_redirects=True, buffered=True)
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text


QUERIES = (
    "*",
    "?*",
    "a* OR b* OR c*",
    "((((",
    '"',
    "NOT",
    "OR OR",
    "-",
    "\x00",
    "a" * 100_000,
    "(" * 10_000,
    "[a TO z]",
    "text:x",
    "people~3",
    "\u202eabc",
    "\ud800x",
)


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
@pytest.mark.parametrize("path", ["/search/", "/api/v1/search", "/documents/icc-2022-01-20/"])
def test_a_hostile_query_is_answered(client: FlaskClient, path, query):
    answer = client.get(f"{path}?q={quote(query.encode('utf-8', 'surrogatepass'))}")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "arguments",
    ["page=0", "page=-1", "page=x", "page=1e3", "page=٣", "page=99999999999999999999", "per_page=201", "per_page=0", "sort=size"],
)
def test_a_wrong_argument_is_400_in_words(client: FlaskClient, arguments):
    answer = client.get(f"/api/v1/search?q=gas&{arguments}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"]


def test_a_page_past_the_end_is_empty(client: FlaskClient):
    answer = client.get("/api/v1/search?q=gas&page=77").json
    assert (answer["total"], answer["hits"]) == (5, [])


def test_an_unknown_value_of_a_filter_finds_nothing(client: FlaskClient):
    assert client.get("/api/v1/search?q=gas&document=nobody").json["total"] == 0


def test_a_wrong_turn_helps_in_html_and_speaks_json_to_programs(client: FlaskClient):
    page = client.get("/documents/nothing/")
    assert page.status_code == 404
    assert 'action="/search/"' in page.text
    problem = client.get("/api/v1/documents/nothing")
    assert (problem.status_code, problem.mimetype) == (404, "application/problem+json")
    assert problem.json["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client: FlaskClient, method):
    answer = getattr(client, method)("/documents/icc-2022-01-20/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_query_that_is_not_understood_is_searched_plainly_and_says_so(client: FlaskClient):
    answer = client.get('/api/v1/search?q=("cannon fodder').json
    assert [hit["passage"] for hit in answer["hits"]] == ["icc.p9"]
    assert answer["problems"][0]["position"] in range(15)
    assert 'class="notice"' in client.get('/search/?q=("cannon fodder').text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["/search/", "/api/v1/search", "/documents/spark-2022-01-17/"]))
def test_no_text_in_the_search_box_breaks_a_page(client: FlaskClient, query, path):
    assert client.get(path, query_string={"q": query}).status_code == 200


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="/"), min_size=1, max_size=40))
def test_no_name_of_a_document_breaks_a_page(client: FlaskClient, id):
    answer = client.get(f"/documents/{quote(id, safe='')}/", follow_redirects=True)
    assert answer.status_code in (400, 404)
