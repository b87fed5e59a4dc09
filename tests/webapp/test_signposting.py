"""Typed links: what a program that has the address of a text, or of one of its formats, is led to (FAIR Signposting Profile)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from signposting import Signposting, find_signposting_http_link

from edition.settings import Settings
from webapp import create_app

ROOT = "https://kz.example.org/ed/"
ICC = f"{ROOT}documents/icc-2022-01-20"
PAGE = f"{ICC}/"


@pytest.fixture(scope="module")
def public(edition: Settings) -> FlaskClient:
    return create_app(replace(edition, site_url=ROOT)).test_client()


def links(client: FlaskClient, path: str) -> list[tuple[str, str, str]]:
    """Relation, target and media type of the links in the head of an answer."""
    answer = client.get(path, buffered=True)
    assert answer.status_code == 200, path
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', ", ".join(answer.headers.getlist("Link")))
    return [(relation, target, type) for target, relation, type in found]


def test_the_page_of_a_text_leads_to_its_formats_its_descriptions_and_its_address(public: FlaskClient):
    found = links(public, "/documents/icc-2022-01-20/")
    assert ("cite-as", PAGE, "") in found
    assert ("type", "https://schema.org/Article", "") in found
    assert ("item", f"{ICC}.xml", "application/tei+xml") in found
    assert ("describedby", f"{ICC}.bib", "application/x-bibtex") in found
    assert {type for relation, _, type in found if relation == "linkset"} == {"application/linkset", "application/linkset+json"}
    paths = [target.removeprefix(ROOT) for relation, target, _ in found if relation in ("item", "describedby", "linkset")]
    assert {public.get(f"/{path}", buffered=True).status_code for path in paths} == {200}


def read(client: FlaskClient, address: str) -> tuple[str, Signposting]:
    """The media type of an answer, and what a reader of the profile takes from its head."""
    answer = client.get(address.removeprefix(ROOT[:-1]), buffered=True)
    assert answer.status_code == 200, address
    return answer.mimetype, find_signposting_http_link(answer.headers.getlist("Link"), address)


def test_a_reader_of_the_profile_finds_what_it_names_and_every_link_has_the_type_it_says(public: FlaskClient):
    _, page = read(public, PAGE)
    assert str(page.citeAs.target) == PAGE
    assert {str(each.target) for each in page.types} == {"https://schema.org/Article"}
    assert (len(page.items), len(page.describedBy), len(page.linksets)) == (6, 4, 2)
    for link in (*page.items, *page.describedBy, *page.linksets):
        media_type, back = read(public, str(link.target))
        assert media_type == str(link.type)
        assert (back.collection is not None) == (link in page.items)


def test_a_reader_of_the_profile_finds_the_same_in_the_set_of_links(public: FlaskClient):
    _, page = read(public, PAGE)
    text = public.get("/documents/icc-2022-01-20/linkset.txt").text
    told = {each for each in find_signposting_http_link([text], PAGE).signposts if str(each.context) == PAGE}
    assert told == {each for each in page.signposts if each not in page.linksets}


def test_each_format_leads_back_to_the_page(public: FlaskClient):
    assert ("collection", PAGE, "text/html") in links(public, "/documents/icc-2022-01-20.xml")
    assert ("collection", PAGE, "text/html") in links(public, "/documents/icc-2022-01-20.txt")
    assert ("describes", PAGE, "text/html") in links(public, "/documents/icc-2022-01-20.ris")


def test_the_set_of_links_says_the_same_as_the_heads_of_the_answers(public: FlaskClient):
    answer = public.get("/documents/icc-2022-01-20/linkset.json")
    assert answer.mimetype == "application/linkset+json"
    sets: dict[str, dict[str, Any]] = {each.pop("anchor"): each for each in answer.get_json(force=True)["linkset"]}
    for anchor, relations in sets.items():
        told = {(relation, each["href"], each.get("type", "")) for relation, targets in relations.items() for each in targets}
        assert told == {each for each in links(public, "/" + anchor.removeprefix(ROOT)) if each[0] != "linkset"}, anchor
    text = public.get("/documents/icc-2022-01-20/linkset.txt")
    assert text.mimetype == "application/linkset"
    number = sum(len(targets) for relations in sets.values() for targets in relations.values())
    assert text.text.count('anchor="') == number


def test_without_a_public_address_nothing_is_called_permanent(client: FlaskClient):
    assert "cite-as" not in {relation for relation, _, _ in links(client, "/documents/icc-2022-01-20/")}


def test_only_texts_have_links(client: FlaskClient):
    assert "Link" not in client.get("/documents/").headers
    assert client.get("/documents/none/linkset.json").status_code == 404
