"""What the edition says of its own changes, and how programs find its pages: versions, feed, sitemap, metadata in the head."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from flask.testing import FlaskClient
from lxml import etree, html

from edition.build import build
from edition.records import Change, Document
from edition.settings import Settings, read
from search_index.writer import write_index
from webapp import create_app, discovery
from webapp.versions import last_changes, versions

ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
GRAMMAR = Path(__file__).parents[1] / "data" / "discovery.rng"
SITE = Document("edition", "edition.xml", "Lamps", edition="1.1.0", date="2026-03-01", date_text="1 March 2026")


def change(date: str, text: str, version: str = "") -> Change:
    return Change(date, date, text, version=version)


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Two texts with a public address: one says nothing of itself but two changes, the other not even that."""
    project = tmp_path_factory.mktemp("lamps")
    (project / "tei").mkdir()
    changes = '<change when="2026-02">Dates &amp; names.</change><change when="2026-01-09" who="Bo">Read.</change>'
    for name, revisions in (("lamp", f"<revisionDesc>{changes}</revisionDesc>"), ("wick", "")):
        about = f"<titleStmt><title>The {name}</title></titleStmt><publicationStmt><p/></publicationStmt>"
        header = f"<teiHeader><fileDesc>{about}<sourceDesc><p/></sourceDesc></fileDesc>{revisions}</teiHeader>"
        text = f"<text><body><p>A {name}.</p></body></text>"
        (project / "tei" / f"{name}.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{text}</TEI>')
    settings = read(project, {"site.url": "https://lamps.example.org/"}, {})
    build(settings, write_index, jobs=1)
    return create_app(settings).test_client()


def test_versions_are_those_the_header_names_and_the_present_one():
    told = replace(
        SITE,
        changes=(
            change("2026-02-20", "Letters."),
            change("2026-01-02", "Notes.", "1.0.0"),
            change("2026-01-01", "Begun.", "1.0.0"),
        ),
    )
    assert [(version.name, version.date, [each.text for each in version.changes]) for version in versions(told)] == [
        ("1.1.0", "2026-03-01", []),
        ("1.0.0", "2026-01-02", ["Notes.", "Begun."]),
    ]
    assert versions(Document("edition", "", "Leaves")) == ()


def test_a_change_keeps_its_number_when_others_come():
    lamp = Document("lamp", "lamp.xml", "A Lamp", changes=(change("2026-02-01", "Dates."), change("2026-01-01", "Read.")))
    later = replace(lamp, changes=(change("2026-03-01", "Names."), *lamp.changes))
    before = {each.change.text: each.number for each in last_changes([lamp], 9)}
    assert before == {"Read.": 1, "Dates.": 2}
    assert {each.change.text: each.number for each in last_changes([later], 9)} == {**before, "Names.": 3}


def test_the_page_of_versions_has_the_version_of_the_edition_and_the_changes_of_both_texts(client: FlaskClient):
    page = html.document_fromstring(client.get("/versions/").text)
    words = " ".join(page.text_content().split())
    assert "Version 0.1.0, 21 November 2026" in words
    assert "Taxonomy of uses and credits of the registers added." in words
    assert words.count("Encoded from the text as received.") == 2


def test_the_feed_has_an_entry_for_each_change_the_latest_first(lamps: FlaskClient):
    answer = lamps.get("/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert feed.findtext(f"{ATOM}updated") == "2026-02-01T00:00:00Z"
    found = [
        [entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "content")] for entry in feed.iter(f"{ATOM}entry")
    ]
    assert found == [
        ["https://lamps.example.org/documents/lamp/header/#change-2", "The lamp", "2026-02-01T00:00:00Z", "Dates & names."],
        ["https://lamps.example.org/documents/lamp/header/#change-1", "The lamp", "2026-01-09T00:00:00Z", "Read."],
    ]
    assert [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in feed.iter(f"{ATOM}entry")] == [None, "Bo"]
    assert (
        html.document_fromstring(lamps.get("/").text).xpath("string(//link[@type='application/atom+xml']/@href)") == "/feed.atom"
    )


def test_the_sitemap_has_every_page_that_stands_for_itself_and_each_answers(client: FlaskClient, edition: Settings):
    places = ElementTree.fromstring(client.get("/sitemap.xml").data)
    paths = [
        place.removeprefix("http://localhost") for place in filter(None, (each.findtext(f"{SITEMAP}loc") for each in places))
    ]
    assert {"/", "/documents/icc-2022-01-20/", "/pages/about/", "/registers/persons/pers-tokayev/", "/versions/"} <= set(paths)
    assert len(set(paths)) == len(paths)
    assert {client.get(path).status_code for path in paths} == {200}
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


def test_a_text_has_the_day_of_its_last_change_in_the_sitemap(lamps: FlaskClient):
    places = ElementTree.fromstring(lamps.get("/sitemap.xml").data)
    days = {place.findtext(f"{SITEMAP}loc"): place.findtext(f"{SITEMAP}lastmod") for place in places}
    assert days["https://lamps.example.org/documents/lamp/"] == "2026-02"
    assert days["https://lamps.example.org/documents/wick/"] is None


def test_where_there_are_more_pages_than_a_sitemap_may_have_there_are_several(
    lamps: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    whole = [place.findtext(f"{SITEMAP}loc") for place in ElementTree.fromstring(lamps.get("/sitemap.xml").data)]
    monkeypatch.setattr(discovery, "MOST_PLACES", 3)
    lists = [place.findtext(f"{SITEMAP}loc") for place in ElementTree.fromstring(lamps.get("/sitemap.xml").data)]
    parts = [ElementTree.fromstring(lamps.get(str(each)).data) for each in lists]
    assert [place.findtext(f"{SITEMAP}loc") for part in parts for place in part] == whole
    etree.RelaxNG(etree.parse(GRAMMAR)).assertValid(etree.fromstring(lamps.get("/sitemap.xml").data))
    assert lamps.get(f"/sitemap-{len(lists) + 1}.xml").status_code == 404


@pytest.mark.parametrize("path", ["/feed.atom", "/sitemap.xml", "/opensearch.xml"])
def test_what_programs_read_has_the_form_that_its_standard_says(client: FlaskClient, lamps: FlaskClient, path: str):
    for site in (client, lamps):
        etree.RelaxNG(etree.parse(GRAMMAR)).assertValid(etree.fromstring(site.get(path).data))


def test_reference_managers_find_title_author_edition_date_and_address(client: FlaskClient, lamps: FlaskClient):
    def metas(client: FlaskClient, address: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for meta in html.document_fromstring(client.get(address).text).xpath("//meta[@name]"):
            found.setdefault(meta.get("name"), []).append(meta.get("content"))
        return {name: values for name, values in found.items() if name.startswith(("citation_", "DC."))}

    icc = metas(client, "/documents/icc-2022-01-20/")
    assert icc["citation_title"] == ["Workers’ struggles drowned in bourgeois faction fights"]
    assert icc["citation_author"] == icc["DC.creator"] == ["Stopio"]
    assert icc["citation_inbook_title"] == ["Kazakhstan, January 2022: Two Articles. A Digital Edition"]
    assert icc["citation_publication_date"] == ["2026/11/21"]
    assert icc["DC.date"] == ["2022-01-20"]
    assert "citation_author" not in metas(client, "/documents/spark-2022-01-17/")
    assert metas(lamps, "/documents/lamp/")["citation_public_url"] == ["https://lamps.example.org/documents/lamp/"]
    assert set(metas(lamps, "/documents/wick/")) == {
        *("citation_title", "citation_inbook_title", "citation_public_url", "citation_fulltext_html_url"),
        *("DC.type", "DC.title", "DC.identifier"),
    }


def test_the_page_of_a_text_says_in_json_ld_what_it_is(client: FlaskClient):
    page = html.document_fromstring(client.get("/documents/icc-2022-01-20/").text)
    (said,) = [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]
    whole = client.get("/documents/icc-2022-01-20.jsonld", buffered=True).get_json(force=True)
    assert said == {name: value for name, value in whole.items() if name != "mentions"}
    assert said["@type"] == "Article"
    assert said["author"] == [{"@type": "Person", "name": "Stopio"}]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_what_a_page_says_in_json_ld_are_statements_about_its_address(lamps: FlaskClient):
    page = html.document_fromstring(lamps.get("/documents/lamp/").text)
    graph = rdflib.Graph().parse(data=page.xpath("string(//script[@type='application/ld+json'])"), format="json-ld")
    schema, lamp = rdflib.Namespace("https://schema.org/"), rdflib.URIRef("https://lamps.example.org/documents/lamp/")
    assert graph.value(lamp, rdflib.RDF.type) == schema.Article
    assert str(graph.value(lamp, schema.name)) == "The lamp"
    assert graph.value(lamp, schema.isPartOf) == rdflib.URIRef("https://lamps.example.org/")
