"""The API keeps what its description promises: every operation, right and wrong requests."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import jsonschema_rs
import pytest

from webapp.operations import FIELDS, OPERATIONS


def test_every_operation_answers_as_it_is_described(address, tmp_path):
    program = Path(sys.executable).with_name("schemathesis")
    options = ("--max-examples", "10", "--generation-deterministic", "--no-color")
    command = [program, "run", f"{address}api/v1/openapi.json", *options]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert f"Tested: {len(OPERATIONS)}" in run.stdout
    assert run.returncode == 0, run.stdout


EXAMPLES = (
    "documents?per_page=1",
    "documents/icc-2022-01-20",
    "documents/icc-2022-01-20/passages/icc.fn1",
    "registers/persons?q=tok",
    "registers/events?sort=name",
    "registers/places/pl-kazakhstan",
    "registers/persons/pers-tokayev",
    "search?q=gas&place=pl-kazakhstan&from=2011&sort=date",
    "search?q=(gas",
    "suggest?q=kaz",
)


@pytest.mark.parametrize("path", EXAMPLES)
def test_what_the_edition_has_is_answered_as_it_is_described(client, path):
    answer = client.get(f"/api/v1/{path}")
    operation = next(
        each for each in OPERATIONS if re.fullmatch(re.sub(r"{\w+}", "[^/]+", each.path), "/" + path.partition("?")[0])
    )
    jsonschema_rs.validator_for(operation.answer).validate(answer.json)


def test_the_routes_and_the_description_are_the_same(client):
    rules = {rule.rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert rules == {f"/api/v1{each.rule}" for each in OPERATIONS}
    paths = client.get("/api/v1/openapi.json").json["paths"]
    assert {path: operation["get"]["operationId"] for path, operation in paths.items()} == {e.path: e.name for e in OPERATIONS}


def test_a_search_can_be_narrowed_by_what_the_description_names(client):
    assert set(client.get("/api/v1/search?q=gas").json["facets"]) == set(FIELDS)


def test_a_search_goes_on_where_next_says(client):
    first = client.get("/api/v1/search?q=gas&per_page=2&document=spark-2022-01-17").json
    second = client.get(first["next"]).json
    assert second["page"] == 2
    assert second["next"] is None
    assert len(first["hits"] + second["hits"]) == first["total"] == 3


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("documents?page=0", 400),
        ("documents?per_page=201", 400),
        ("documents/none", 404),
        ("documents/icc-2022-01-20/passages/none", 404),
        ("registers/none", 404),
        ("registers/persons/none", 404),
        ("registers/persons?sort=size", 400),
        ("search?from=yesterday", 400),
        ("search?sort=size", 400),
        ("nothing", 404),
    ],
)
def test_a_wrong_request_gets_a_problem_in_words(client, path, code):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == answer.json["status"] == code
    assert answer.mimetype == "application/problem+json"
    assert answer.json["title"]
    assert answer.json["detail"]


def test_what_can_only_be_read_says_so(client):
    answer = client.post("/api/v1/documents")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == "application/problem+json"


def test_pages_of_other_sites_may_ask(client):
    for path in ("/api/v1/documents", "/api/v1/documents/none", "/api/v1/openapi.json"):
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_the_examples_of_the_page_answer(client):
    page = client.get("/api/").text
    addresses = re.findall(r'href="((?:/api/v1|/dts|/oai)[^"]*)"', page)
    assert len(addresses) == len(OPERATIONS) + 5
    for address in addresses:
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address
    words = next(each for each in addresses if "/search?q=" in each)
    assert client.get(words).json["total"] > 0


def test_the_program_on_the_page_runs(address, capsys):
    with urllib.request.urlopen(f"{address}api/") as answer:
        page = answer.read().decode()
    program = re.search(r"<code>(import json.*?)</code>", page, re.DOTALL)[1].replace("&#34;", '"')
    exec(program)
    assert capsys.readouterr().out == "2\n"
