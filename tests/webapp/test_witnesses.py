"""The text of a document as each of its witnesses has it, and the page of its header."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from lxml import html

from edition.build import build
from edition.settings import read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app
from webapp.witnesses import as_in

TEXT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader><fileDesc><titleStmt><title>The gate</title></titleStmt><publicationStmt><p>none</p></publicationStmt>
<sourceDesc><listWit><witness xml:id="A">A codex</witness></listWit></sourceDesc></fileDesc></teiHeader>
<text><body><p>The <app><lem wit="#A">gate</lem>
<rdg wit="#B #C">grate <app><lem>was</lem><rdg wit="#C">is</rdg></app></rdg><rdg wit="#D"/></app> shut<note>a note</note>.</p>
</body></text></TEI>"""


@pytest.fixture(scope="module")
def witnessed(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The site of two texts, one of which has witnesses."""
    folder = tmp_path_factory.mktemp("witnessed")
    (folder / "gate.xml").write_text(TEXT, "utf-8")
    (folder / "plain.xml").write_text(re.sub("<app>.*</app>", "gate", TEXT, flags=re.DOTALL), "utf-8")
    settings = read(folder, {"tei": str(folder), "out": str(folder / "build")}, PLAIN)
    build(settings, write_index, jobs=1)
    return create_app(settings).test_client()


def words(client: FlaskClient, siglum: str) -> str:
    page = html.document_fromstring(client.get(f"/documents/gate/witness/{siglum}/").text)
    (article,) = page.find_class("tei-text")
    for each in (*article.find_class("permalink"), *article.find_class("note-ref")):
        each.drop_tree()
    return " ".join(article.text_content().split())


@pytest.mark.parametrize(
    ("siglum", "text"),
    [("A", "The gate shut."), ("B", "The grate was shut."), ("C", "The grate is shut."), ("D", "The [omitted] shut.")],
)
def test_a_witness_has_its_readings_and_where_none_is_recorded_those_of_the_editors(
    witnessed: FlaskClient, siglum: str, text: str
) -> None:
    assert words(witnessed, siglum) == text


def test_the_witnesses_of_a_text_lead_to_each_other_and_from_its_other_pages(witnessed: FlaskClient) -> None:
    page = html.document_fromstring(witnessed.get("/documents/gate/witness/B/").text)
    assert page.xpath("//nav[@aria-label='Witnesses']//a/@href") == [f"/documents/gate/witness/{siglum}/" for siglum in "ABCD"]
    assert page.xpath("//nav[@aria-label='Witnesses']//a[@aria-current]/text()") == ["B"]
    assert page.xpath("//nav[@aria-label='Witnesses']//a[1]/@title")[0] == "A codex"
    assert "/documents/gate/witness/A/" in witnessed.get("/documents/gate/").text
    assert "witness/" not in witnessed.get("/documents/plain/").text


def test_there_is_no_other_witness(witnessed: FlaskClient) -> None:
    for address in ("gate/witness/E", "plain/witness/A", "none/witness/A"):
        assert witnessed.get(f"/documents/{address}/").status_code == 404


def test_no_sign_of_the_recipe_is_left_on_a_page(witnessed: FlaskClient) -> None:
    assert not re.search("[\ufdd0-\ufdef]", witnessed.get("/documents/gate/witness/C/").text)


def test_readings_within_readings_are_cut_with_them() -> None:
    text = "a \ufdd0! B\ufdd2b\ufdd1\ufdd0B\ufdd2c \ufdd0! C\ufdd2d\ufdd1\ufdd1 e"
    assert [as_in(text, siglum) for siglum in "ABC"] == ["a b e", "a c d e", "a b e"]


@pytest.mark.parametrize("document", ["icc-2022-01-20", "spark-2022-01-17"])
def test_the_page_of_the_header_is_linked_from_the_text_and_says_who_and_on_what_terms(
    client: FlaskClient, document: str
) -> None:
    assert f'href="/documents/{document}/header/"' in client.get(f"/documents/{document}/").text
    page = html.document_fromstring(client.get(f"/documents/{document}/header/").text)
    assert [each.text_content() for each in page.xpath("//main//h2")][:3] == ["The file", "Encoding", "The text"]
    assert page.xpath("//main//*[@class and contains(concat(' ', @class, ' '), ' tei-licence ')]")
    assert client.get("/documents/none/header/").status_code == 404
