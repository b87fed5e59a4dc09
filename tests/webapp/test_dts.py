"""Distributed Text Services: every cell of the tables of the specification, and pieces of three kinds of document."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree, html

from edition.build import build
from edition.settings import read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app, dts

CITED = Path(__file__).parents[1] / "cited"
EMPTY = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Washed out</title></titleStmt>'
    "<publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>"
    "<text><body><p><gap/></p></body></text></TEI>"
)
LONG = EMPTY.replace("Washed out", "Long").replace("<p><gap/></p>", "".join(f"<p>Line {n}.</p>" for n in range(1, 1501)))
TIDES = "harbour.tides"
MUD = "Mud lay where boats had been, and the boats lay in the mud."
EVENING = "and all the boats stood up as one. Then it was evening."
WRAPPER = "{https://w3id.org/api/dts#}wrapper"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The corpus that is cited in several ways, a document without a unit, a long one."""
    folder = tmp_path_factory.mktemp("dts")
    shutil.copytree(CITED, folder / "tei")
    (folder / "tei/documents/empty.xml").write_text(EMPTY)
    (folder / "tei/documents/long.xml").write_text(LONG)
    settings = read(folder, {"site.url": "https://edition.example.org/"}, PLAIN)
    build(settings, write_index, jobs=1)
    return create_app(settings).test_client()


@pytest.fixture
def navigated(client):
    """The units of an answer as their references; a status that is not 200 as such."""

    def asked(resource=TIDES, **query):
        answer = client.get("/dts/navigation/", query_string={"resource": resource, **query})
        if answer.status_code != 200:
            return answer.status_code
        assert answer.mimetype == "application/ld+json"
        return [unit["identifier"] for unit in answer.json["member"]] if "member" in answer.json else None

    return asked


@pytest.fixture
def piece(client):
    """A piece of a document, as its text between white space."""

    def asked(media="text/plain", **query):
        answer = client.get("/dts/document/", query_string={"resource": TIDES, "mediaType": media, **query})
        assert answer.status_code == 200, answer.text
        return " ".join(answer.text.split()) if media == "text/plain" else answer.data

    return asked


def test_the_entry_tells_where_the_endpoints_are(client):
    answer = client.get("/dts/")
    assert answer.mimetype == "application/ld+json"
    assert answer.json == {
        "@context": "https://dtsapi.org/context/v1.0.json",
        "dtsVersion": "1.0",
        "@id": "https://edition.example.org/dts/",
        "@type": "EntryPoint",
        "collection": "https://edition.example.org/dts/collection/{?id,page,nav}",
        "navigation": "https://edition.example.org/dts/navigation/{?resource,ref,start,end,down,tree,page}",
        "document": "https://edition.example.org/dts/document/{?resource,ref,start,end,tree,mediaType}",
    }


def test_pages_of_other_sites_may_ask(client):
    assert client.get("/dts/").headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/dts/navigation/").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/documents/").headers


# Collections


def test_the_collection_of_all_lists_folders_then_documents(client):
    root = client.get("/dts/collection/").json
    assert (root["@id"], root["@type"], root["totalParents"], root["totalChildren"]) == ("collection/", "Collection", 0, 4)
    assert [each["@id"] for each in root["member"]] == ["collection/harbour", "collection/letters", "empty", "long"]
    assert client.get("/dts/collection/", query_string={"id": "collection/"}).json == root


def test_a_collection_in_another_has_it_as_its_parent(client):
    inner = client.get("/dts/collection/?id=collection/letters/winter").json
    assert (inner["title"], inner["totalParents"], inner["totalChildren"]) == ("winter", 1, 1)
    parents = client.get("/dts/collection/?id=collection/letters/winter&nav=parents").json
    assert parents["@id"] == "collection/letters/winter"
    assert [each["@id"] for each in parents["member"]] == ["collection/letters"]
    assert client.get("/dts/collection/?nav=parents").json["member"] == []


def test_a_document_has_all_that_the_specification_wants_of_a_resource(client):
    resource = client.get(f"/dts/collection/?id={TIDES}").json
    assert {name: resource[name] for name in ("@id", "@type", "dtsVersion", "title", "totalParents", "totalChildren")} == {
        "@id": TIDES,
        "@type": "Resource",
        "dtsVersion": "1.0",
        "title": "The Tides",
        "totalParents": 1,
        "totalChildren": 0,
    }
    start = "https://edition.example.org/dts/"
    assert resource["collection"] == f"{start}collection/?id={TIDES}{{&nav}}"
    assert resource["navigation"] == f"{start}navigation/?resource={TIDES}{{&ref,start,end,down,tree,page}}"
    assert resource["document"] == f"{start}document/?resource={TIDES}{{&ref,start,end,tree,mediaType}}"
    assert resource["mediaTypes"] == ["application/tei+xml", "text/html", "text/plain"]
    assert resource["dublinCore"]["title"] == [{"lang": "en", "value": "The Tides"}]
    assert resource["dublinCore"]["creator"] == ["Ina Moor"]
    assert "member" not in resource
    parents = client.get(f"/dts/collection/?id={TIDES}&nav=parents").json
    assert [each["@id"] for each in parents["member"]] == ["collection/harbour"]


def test_only_trees_after_the_first_have_a_name(client):
    default, pages, passages = client.get(f"/dts/collection/?id={TIDES}").json["citationTrees"]
    assert "identifier" not in default
    assert (pages["identifier"], pages["description"]) == ("pages", "The pages of the print.")
    assert passages["identifier"] == "passages"
    chapter = default["citeStructure"][1]
    assert (chapter["citeType"], chapter["citeStructure"][0]["citeType"]) == ("chapter", "paragraph")
    assert chapter["citeStructure"][0]["citeStructure"] == [{"@type": "CiteStructure", "citeType": "sentence"}]


@pytest.mark.parametrize(
    ("query", "code"),
    [("id=none", 404), ("id=collection/none", 404), ("nav=sideways", 400), ("page=0", 400), ("page=x", 400), ("page=2", 404)],
)
def test_what_collections_cannot_answer(client, query, code):
    answer = client.get(f"/dts/collection/?{query}")
    assert answer.status_code == answer.json["status"] == code
    assert answer.mimetype == "application/problem+json"


def test_a_list_in_pages_says_the_way_through_them(client, monkeypatch):
    monkeypatch.setattr(dts, "MEMBERS", 3)
    first = client.get("/dts/collection/").json
    start = "https://edition.example.org/dts/collection/?page="
    assert len(first["member"]) == 3
    assert first["view"] == {
        "@id": f"{start}1",
        "@type": "Pagination",
        "first": f"{start}1",
        "previous": None,
        "next": f"{start}2",
        "last": f"{start}2",
    }
    second = client.get("/dts/collection/?page=2").json
    assert [each["@id"] for each in second["member"]] == ["long"]
    assert (second["view"]["previous"], second["view"]["next"]) == (f"{start}1", None)


# Navigation: the table of ``down``, row by row.

ALL = ["preface", "1", "1.1", "1.1,1", "1.1,2", "1.2", "2", "2.1", "2.2"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 400),
        ({"ref": "1"}, None),
        ({"start": "1", "end": "2"}, None),
        ({"down": 0}, 400),
        ({"down": 0, "ref": "1.1"}, ["1.1", "1.2"]),
        ({"down": 0, "ref": "preface"}, ["preface", "1", "2"]),
        ({"down": 0, "start": "1", "end": "2"}, 400),
        ({"down": 1}, ["preface", "1", "2"]),
        ({"down": 2}, ["preface", "1", "1.1", "1.2", "2", "2.1", "2.2"]),
        ({"down": 1, "ref": "1"}, ["1", "1.1", "1.2"]),
        ({"down": 2, "ref": "1"}, ["1", "1.1", "1.1,1", "1.1,2", "1.2"]),
        ({"down": 1, "start": "preface", "end": "1"}, ["preface", "1", "1.1", "1.2"]),
        ({"down": 1, "start": "1.2", "end": "2"}, ["1.2", "2", "2.1", "2.2"]),
        ({"down": 1, "start": "1", "end": "1.1"}, ["1", "1.1", "1.1,1", "1.1,2", "1.2"]),
        ({"down": -1}, ALL),
        ({"down": -1, "ref": "1.1"}, ["1.1", "1.1,1", "1.1,2"]),
        ({"down": -1, "start": "1.2", "end": "2"}, ["1.2", "2", "2.1", "2.2"]),
        ({"down": -1, "start": "1", "end": "1"}, ["1", "1.1", "1.1,1", "1.1,2", "1.2"]),
        ({"down": 9, "ref": "2.2"}, ["2.2"]),
        ({"down": 1, "ref": "2.2"}, ["2.2"]),
        ({"down": 999999}, ALL),
        ({"down": 1, "tree": "pages"}, ["v", "1", "2", "3"]),
        ({"down": 0, "ref": "2", "tree": "pages"}, ["v", "1", "2", "3"]),
        ({"down": 1, "tree": "passages"}, ["front", "body.d1", "body.d2"]),
        ({"down": 1, "ref": "body.d1-p1", "tree": "passages"}, ["body.d1-p1", "body.d1-n1"]),
    ],
)
def test_units_as_the_table_says(navigated, query, expected):
    assert navigated(**query) == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"resource": ""}, 400),
        ({"resource": "none", "down": 1}, 404),
        ({"ref": "1", "start": "1"}, 400),
        ({"ref": "1", "end": "2"}, 400),
        ({"ref": "1", "start": "1", "end": "2", "down": 1}, 400),
        ({"start": "1"}, 400),
        ({"end": "1"}, 400),
        ({"ref": "9"}, 404),
        ({"ref": "v"}, 404),
        ({"start": "9", "end": "2"}, 404),
        ({"start": "1", "end": "9"}, 404),
        ({"start": "2", "end": "1"}, 404),
        ({"tree": "none", "down": 1}, 404),
        ({"tree": "none", "ref": "1"}, 404),
        ({"down": "x"}, 400),
        ({"down": -2}, 400),
        ({"down": "²"}, 400),
        ({"down": "1" * 5000}, 400),
        ({"down": 1, "page": 0}, 400),
        ({"down": 1, "page": 2}, 404),
    ],
)
def test_what_navigation_cannot_answer(navigated, query, code):
    assert navigated(**query) == code


def test_a_unit_says_where_it_stands_and_what_is_said_of_it(client):
    answer = client.get(f"/dts/navigation/?resource={TIDES}&start=1&end=1.1").json
    assert answer["@id"] == f"https://edition.example.org/dts/navigation/?resource={TIDES}&start=1&end=1.1"
    assert answer["start"] == {
        "identifier": "1",
        "@type": "CitableUnit",
        "level": 1,
        "parent": None,
        "citeType": "chapter",
        "dublinCore": {"title": [{"lang": "en", "value": "Ebb"}]},
        "extensions": {
            "@context": {"http://example.org/terms/place": "http://example.org/terms/place"},
            "http://example.org/terms/place": [{"lang": "en", "value": "Nor Bay"}],
        },
    }
    assert (answer["end"]["level"], answer["end"]["parent"]) == (2, "1")
    assert answer["resource"]["@id"] == TIDES
    assert "ref" not in answer


def test_a_document_that_says_nothing_of_citing_is_cited_by_its_passages(navigated):
    assert navigated("letters.1912-03-04", down=-1) == ["moor.p1", "moor.p2"]
    units = ["body.d1", "body.d1-h1", "body.d1-i1", "body.d1-i2", "body.d1-i3", "body-t1"]
    assert navigated("letters.winter.1912-12-24", down=-1) == units
    assert navigated("letters.winter.1912-12-24", down=2) == [*units[:3], *units[4:]]


def test_a_document_without_a_unit_has_no_tree_and_that_is_no_error(client, navigated):
    assert client.get("/dts/collection/?id=empty").json["citationTrees"] == []
    assert navigated("empty", down=1) == []
    assert navigated("empty", down=-1) == []
    assert navigated("empty") == 400
    assert navigated("empty", ref="1") == 404
    assert navigated("empty", down=1, tree="passages") == 404


def test_units_of_a_long_document_come_in_pages(client):
    first = client.get("/dts/navigation/?resource=long&down=1").json
    second = client.get("/dts/navigation/?resource=long&down=1&page=2").json
    assert (len(first["member"]), len(second["member"])) == (1000, 500)
    assert first["view"]["next"] == "https://edition.example.org/dts/navigation/?resource=long&down=1&page=2"
    assert second["view"]["next"] is None
    assert client.get("/dts/navigation/?resource=long&down=1&page=3").status_code == 404


# Documents


def test_a_whole_document_is_the_file_itself(client):
    answer = client.get(f"/dts/document/?resource={TIDES}")
    assert answer.mimetype == "application/tei+xml"
    assert answer.data == (CITED / "documents/harbour/tides.xml").read_bytes()
    link = '<https://edition.example.org/dts/collection/?id=harbour.tides>; rel="collection"'
    assert answer.headers["Link"] == link
    assert client.get(f"/dts/document/?resource={TIDES}&tree=pages").data == answer.data


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"ref": "1.2"}, MUD),
        ({"ref": "1.1,1"}, "The water left Nor Bay at noon."),
        ({"ref": "1.1,2"}, "Nobody saw it go. But the gulls."),
        ({"start": "1.1,2", "end": "1.2"}, f"Nobody saw it go. But the gulls. {MUD}"),
        ({"ref": "2", "tree": "pages"}, "boats lay in the mud. Flood It came back with a gr"),
        ({"ref": "3", "tree": "pages"}, f"eat noise, {EVENING}"),
        ({"ref": "v", "tree": "pages"}, "For those who wait & watch."),
        ({"start": "2", "end": "2.1"}, f"Flood It came back with a great noise, {EVENING}"),
        ({"ref": "body.d1-n1", "tree": "passages"}, "But the gulls."),
    ],
)
def test_the_same_words_in_every_media_type(piece, query, words):
    def letters(text):
        return sorted("".join(text.split()))

    assert piece(**query) == words
    tei = etree.fromstring(piece("application/tei+xml", **query))
    assert etree.QName(tei) == "{http://www.tei-c.org/ns/1.0}TEI"
    assert letters("".join(tei.find(f".//{WRAPPER}").itertext())) == letters(words)
    page = html.fromstring(piece("text/html", **query))
    for added in page.xpath(
        "//*[@class='permalink' or @class='by-edition' or self::a[starts-with(@class, 'note-')] or @class='note-marker']"
    ):
        added.drop_tree()
    assert letters(page.find(".//main").text_content()) == letters(words)


def test_a_piece_of_tei_stands_in_the_tags_that_are_open_there(piece):
    assert piece("application/tei+xml", ref="1.1,1").decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="tides" xml:lang="en">'
        '<text><body><div n="1"><p><dts:wrapper xmlns:dts="https://w3id.org/api/dts#">'
        "<seg>The water left <placeName>Nor Bay</placeName> at noon.</seg></dts:wrapper></p></div></body></text></TEI>\n"
    )


def test_a_range_of_tei_opens_what_it_begins_in_and_closes_what_it_ends_in(piece):
    assert (
        '<dts:wrapper xmlns:dts="https://w3id.org/api/dts#"><div n="1"><p><pb n="2"/>boats lay in the mud.</p>'
        in piece("application/tei+xml", ref="2", tree="pages").decode()
    )


def test_a_whole_document_is_there_as_a_page_and_as_words(piece):
    assert piece().startswith("For those who wait & watch. Ebb The water left Nor Bay at noon. Nobody saw it go. But the gulls.")
    page = html.fromstring(piece("text/html"))
    assert page.find(".//base").get("href") == "/documents/harbour.tides/"
    assert [each.text for each in page.iter("title")] == ["The Tides"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"resource": ""}, 400),
        ({"resource": "none"}, 404),
        ({"ref": "9"}, 404),
        ({"ref": "1", "tree": "none"}, 404),
        ({"ref": "2", "tree": "passages"}, 404),
        ({"start": "1", "end": "9"}, 404),
        ({"start": "2", "end": "1"}, 404),
        ({"mediaType": "application/pdf"}, 404),
        ({"ref": "1", "mediaType": "text/markdown"}, 404),
        ({"ref": "1", "start": "1", "end": "2"}, 400),
        ({"start": "1"}, 400),
        ({"end": "1"}, 400),
    ],
)
def test_what_documents_cannot_answer(client, query, code):
    answer = client.get("/dts/document/", query_string={"resource": TIDES, **query})
    assert answer.status_code == answer.json["status"] == code


def test_names_in_a_page_lead_to_their_entries(edition):
    client = create_app(edition).test_client()
    text = client.get("/dts/document/?resource=icc-2022-01-20&ref=icc.fn1&mediaType=text/html").text
    assert 'href="/registers/places/pl-belarus/"' in text
    assert 'id="icc.fn1"' in text
    assert 'id="icc.p1"' not in text
