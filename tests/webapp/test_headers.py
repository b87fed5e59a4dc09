"""What every answer carries: validators, caching, security."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient

from edition.settings import read
from webapp import create_app

OF_THE_SNAPSHOT = (
    "/",
    "/documents/",
    "/documents/icc-2022-01-20/",
    "/documents/icc-2022-01-20/?q=gas",
    "/documents/icc-2022-01-20/source/",
    "/documents/icc-2022-01-20.xml",
    "/search/?q=gas",
    "/pages/about/",
    "/api/v1/documents",
    "/api/v1/documents/icc-2022-01-20",
    "/api/v1/documents/icc-2022-01-20/passages/icc.p1",
    "/api/v1/search?q=gas",
    "/static/base.css",
)


@pytest.mark.parametrize("address", OF_THE_SNAPSHOT)
def test_an_unchanged_answer_is_304_with_the_same_etag(client: FlaskClient, address):
    first = client.get(address, buffered=True)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.data == b""


@pytest.mark.parametrize("address", OF_THE_SNAPSHOT)
def test_another_etag_gets_the_whole_answer_and_the_same_one_every_time(client: FlaskClient, address):
    first = client.get(address, headers={"If-None-Match": '"other"'}, buffered=True)
    second = client.get(address, buffered=True)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


def test_addresses_have_etags_of_their_own(client: FlaskClient):
    tags = [client.get(address, buffered=True).headers["ETag"] for address in OF_THE_SNAPSHOT]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("address", [*OF_THE_SNAPSHOT, "/healthz", "/nothing", "/api/v1/nothing"])
def test_security_headers_are_on_every_answer(client: FlaskClient, address):
    headers = client.get(address, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_tei_opened_in_a_browser_can_do_nothing(client: FlaskClient):
    answer = client.get("/documents/icc-2022-01-20.xml", buffered=True)
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/documents/", "/documents/icc-2022-01-20/", "/search/?q=gas", "/pages/about/", "/nothing"]
)
def test_no_page_has_a_script_or_style_inside_or_from_elsewhere(client: FlaskClient, address):
    page = client.get(address).text
    assert not re.search(r"<script(?! type=\"application/ld\+json\")(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r'<(?:link(?! rel="schema)|script|img)[^>]+(?:href|src)="(?:https?:)?//', page)


def test_style_and_fonts_with_a_version_in_their_address_are_kept_for_a_year(client: FlaskClient):
    style = re.search(r'<link rel="stylesheet" href="([^"]+)">', client.get("/").text)
    assert style is not None
    assert "immutable" in client.get(style[1], buffered=True).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/base.css?v=other", buffered=True).headers["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/", "/documents/icc-2022-01-20/", "/compare/icc-2022-01-20/spark-2022-01-17/", "/registers/"]
)
def test_a_page_has_one_style_sheet_that_holds_all_its_rules(client: FlaskClient, address):
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', client.get(address).text)
    assert len(sheets) == 1
    sheet = client.get(sheets[0], buffered=True)
    assert (sheet.status_code, sheet.mimetype) == (200, "text/css")
    assert "--measure" in sheet.text
    assert "@media print" in sheet.text


def test_a_style_sheet_that_is_none_is_404(client: FlaskClient):
    assert client.get("/static/all-tokens-nothing.css").status_code == 404


@pytest.mark.parametrize("address", [*OF_THE_SNAPSHOT, "/nothing"])
def test_who_can_unfold_it_gets_the_same_answer_compressed(client: FlaskClient, address):
    plain = client.get(address, buffered=True)
    folded = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert folded.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(folded.data) == plain.data
    assert plain.headers["Vary"] == folded.headers["Vary"] == "Accept-Encoding"
    if "ETag" in plain.headers:
        assert plain.headers["ETag"] != folded.headers["ETag"] or address.startswith("/static/")


def test_fonts_and_pictures_are_compressed_already(client: FlaskClient):
    for address in ("/static/fonts/literata-roman-latin.woff2", "/static/icon-192.png"):
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True).headers


def test_wrong_turns_are_never_kept(client: FlaskClient):
    assert client.get("/nothing").headers["Cache-Control"] == "no-store"


def test_the_canonical_address_follows_the_setting(edition):
    settings = read(edition.project, {"out": str(edition.out), "site.url": "https://edition.example.org/kz"}, {})
    page = create_app(settings).test_client().get("/documents/icc-2022-01-20/?q=gas").text
    assert '<link rel="canonical" href="https://edition.example.org/kz/documents/icc-2022-01-20/">' in page
