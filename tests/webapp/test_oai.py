"""Harvesting of metadata: six verbs, every error, what a harvester makes of it, and what happens to what was withdrawn."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree
from oaipmh_scythe import Scythe
from werkzeug.serving import make_server

from edition.build import build
from edition.settings import Settings, read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app, oai

TESTS = Path(__file__).parents[1]
GRAMMAR = etree.RelaxNG(etree.parse(TESTS / "data" / "oai-pmh.rng"))
NAMES = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "tei": "http://www.tei-c.org/ns/1.0",
}
START = "oai:edition.example.org:"
TIDES, LETTER, WINTER, GONE = "harbour.tides", "letters.1912-03-04", "letters.winter.1912-12-24", "letters.1913-01-06"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("oai")
    shutil.copytree(TESTS / "cited", folder / "tei")
    settings = read(folder, {"site.url": "https://edition.example.org/", "site.email": "ina@example.org"}, PLAIN)
    build(settings, write_index, jobs=1)
    return settings


@pytest.fixture(scope="module")
def client(project: Settings) -> FlaskClient:
    return create_app(project).test_client()


@pytest.fixture
def told(client):
    """A reply, which always has the form the protocol says."""

    def asked(verb="", **arguments):
        query = {name.removesuffix("_"): value for name, value in arguments.items()} | ({"verb": verb} if verb else {})
        answer = client.get("/oai", query_string=query)
        assert (answer.status_code, answer.content_type) == (200, "text/xml; charset=utf-8")
        return checked(answer.data)

    return asked


def checked(data: bytes) -> etree._Element:
    reply = etree.fromstring(data)
    assert GRAMMAR.validate(reply), GRAMMAR.error_log
    return reply


def texts(reply: etree._Element, path: str) -> list[str]:
    return [str(each) for each in reply.xpath(f"{path}/text()", namespaces=NAMES)]


def ids(reply: etree._Element) -> list[str]:
    return [each.removeprefix(START) for each in texts(reply, "//o:header/o:identifier")]


def error(reply: etree._Element) -> str:
    return str(reply.xpath("string(//o:error/@code)", namespaces=NAMES))


def test_the_edition_identifies_itself(told):
    reply = told("Identify")
    assert texts(reply, "//o:baseURL") == ["https://edition.example.org/oai"]
    assert texts(reply, "//o:adminEmail") == ["ina@example.org"]
    assert texts(reply, "//o:earliestDatestamp") == ["1970-01-01"]
    assert texts(reply, "//o:deletedRecord") == ["persistent"]
    assert reply.xpath("string(//o:request/@verb)", namespaces=NAMES) == "Identify"


def test_the_formats_are_dublin_core_and_the_header(told):
    assert texts(told("ListMetadataFormats"), "//o:metadataPrefix") == ["oai_dc", "tei"]
    assert texts(told("ListMetadataFormats", identifier=START + TIDES), "//o:metadataPrefix") == ["oai_dc", "tei"]


def test_collections_are_sets_and_those_inside_them_too(told):
    assert texts(told("ListSets"), "//o:setSpec") == ["harbour", "letters", "letters:winter"]
    assert ids(told("ListIdentifiers", metadataPrefix="oai_dc", set="letters")) == [LETTER, GONE, WINTER]
    assert ids(told("ListIdentifiers", metadataPrefix="oai_dc", set="letters:winter")) == [WINTER]


def test_a_record_in_dublin_core(told):
    reply = told("GetRecord", identifier=START + TIDES, metadataPrefix="oai_dc")
    found = [(etree.QName(each).localname, each.text) for each in reply.find(".//o:metadata", NAMES)[0]]
    assert found == [
        ("title", "The Tides"),
        ("creator", "Ina Moor"),
        ("publisher", "The Harbour Press"),
        ("date", "1921"),
        ("type", "Text"),
        ("format", "application/tei+xml"),
        ("identifier", "https://edition.example.org/documents/harbour.tides/"),
        ("source", "Harbour Press, 1921."),
        ("language", "en"),
        ("rights", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("rights", "Free."),
    ]
    assert texts(reply, "//o:header/o:datestamp") == ["2024-03-02"]
    assert texts(reply, "//o:header/o:setSpec") == ["harbour"]


def test_a_record_as_the_header_itself(told):
    header = told("GetRecord", identifier=START + TIDES, metadataPrefix="tei").find(".//o:metadata", NAMES)[0]
    assert etree.QName(header).localname == "teiHeader"
    assert texts(header, ".//tei:author") == ["Ina Moor"]


def test_a_harvest_can_be_narrowed_by_the_day_of_the_last_change(told):
    def listed(**dates):
        return ids(told("ListIdentifiers", metadataPrefix="oai_dc", **dates))

    assert listed() == [TIDES, LETTER, GONE, WINTER]
    assert listed(from_="2024-01-01") == [TIDES, GONE]
    assert listed(from_="2024-03-02", until="2024-03-02") == [TIDES]
    assert listed(until="2024-03-01") == [LETTER, WINTER]


def test_what_was_withdrawn_is_told_as_deleted_and_its_addresses_say_why(client, told):
    reply = told("GetRecord", identifier=START + GONE, metadataPrefix="oai_dc")
    assert reply.xpath("string(//o:header/@status)", namespaces=NAMES) == "deleted"
    assert texts(reply, "//o:header/o:datestamp") == ["2025-01-31"]
    assert reply.find(".//o:metadata", NAMES) is None
    for address in (f"/documents/{GONE}/", f"/documents/{GONE}.xml", f"/documents/{GONE}/source/"):
        page = client.get(address)
        assert page.status_code == 410
        assert "“Ina Moor to the bank” by Ina Moor was withdrawn from this edition on 31 January 2025." in page.text
        assert "The owner of the leaf asks that it not be shown." in page.text
    for address in (f"/api/v1/documents/{GONE}", f"/dts/collection/?id={GONE}", f"/dts/document/?resource={GONE}"):
        assert client.get(address).json["status"] == 410
    assert GONE not in client.get("/documents/").text
    assert client.get("/api/v1/documents").json["total"] == 3


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=Nonsense", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=x", "badArgument"),
        ("verb=Identify&none=x", "badArgument"),
        ("verb=Identify&%01=x", "badArgument"),
        ("verb=GetRecord", "badArgument"),
        (f"verb=GetRecord&identifier={START}{TIDES}", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        (f"verb=GetRecord&identifier={START}{TIDES}&identifier=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=%01&metadataPrefix=oai_dc", "badArgument"),
        (f"verb=GetRecord&identifier={'x' * 3000}&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=none&metadataPrefix=oai_dc", "idDoesNotExist"),
        (f"verb=GetRecord&identifier={TIDES}&metadataPrefix=oai_dc", "idDoesNotExist"),
        (f"verb=GetRecord&identifier={START}{TIDES}&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListMetadataFormats&identifier=none", "idDoesNotExist"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2025-01-01&until=2024-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2030-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1900-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=none", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=let", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=" + "W1" * 900, "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
    ],
)
def test_every_error_has_its_code(client, query, code):
    answer = client.get(f"/oai?{query}")
    assert answer.status_code == 200
    reply = checked(answer.data)
    assert error(reply) == code
    assert bool(reply.find("o:request", NAMES).attrib) == (code not in ("badVerb", "badArgument"))


def test_an_edition_without_folders_has_no_sets(edition):
    client = create_app(edition).test_client()
    assert error(checked(client.get("/oai?verb=ListSets").data)) == "noSetHierarchy"
    answer = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=x")
    assert error(checked(answer.data)) == "noSetHierarchy"


def test_the_edition_itself_can_be_harvested_in_both_formats(edition):
    client = create_app(edition).test_client()
    for prefix in ("oai_dc", "tei"):
        reply = checked(client.get(f"/oai?verb=ListRecords&metadataPrefix={prefix}").data)
        assert len(reply.findall(".//o:metadata", NAMES)) == 2


def test_requests_may_be_posted_as_a_form(client):
    answer = client.post("/oai", data={"verb": "GetRecord", "identifier": START + TIDES, "metadataPrefix": "oai_dc"})
    assert ids(checked(answer.data)) == [TIDES]
    assert error(checked(client.post("/oai?verb=Identify").data)) == "badVerb"
    assert client.post("/oai", data={"verb": "x" * 200_000}).status_code == 413
    assert client.put("/oai").status_code == 405


def test_an_answer_is_never_kept(client):
    answer = client.get("/oai?verb=Identify")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_a_list_goes_on_where_its_token_says_even_in_another_snapshot(project, client, told, monkeypatch):
    monkeypatch.setattr(oai, "PAGE", 1)
    first = told("ListIdentifiers", metadataPrefix="oai_dc", from_="1970-01-01")
    (token,) = texts(first, "//o:resumptionToken")
    assert first.find(".//o:resumptionToken", NAMES).attrib == {"completeListSize": "4", "cursor": "0"}
    second = told("ListIdentifiers", resumptionToken=token)
    assert (ids(first), ids(second)) == ([TIDES], [LETTER])
    changed = project.tei / "documents" / "harbour" / "aground.xml"
    changed.write_text((project.tei / "documents" / "letters" / "1912-03-04.xml").read_text().replace("moor.", "aground."))
    build(project, write_index, jobs=1)
    assert ids(told("ListIdentifiers", resumptionToken=token)) == [LETTER]
    seen = []
    while token:
        reply = told("ListIdentifiers", resumptionToken=token)
        seen += ids(reply)
        token = "".join(texts(reply, "//o:resumptionToken"))
    assert seen == [LETTER, GONE, WINTER]
    assert reply.find(".//o:resumptionToken", NAMES) is not None


@pytest.fixture
def address(project: Settings) -> Iterator[str]:
    """The address of a real server."""
    server = make_server("127.0.0.1", 0, create_app(project), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/oai"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_harvester_gets_all_of_it(address, monkeypatch):
    monkeypatch.setattr(oai, "PAGE", 2)
    with Scythe(address) as scythe:
        assert scythe.identify().protocolVersion == "2.0"
        assert [each.setSpec for each in scythe.list_sets()] == ["harbour", "letters", "letters:winter"]
        records = list(scythe.list_records(metadata_prefix="oai_dc"))
        assert [each.header.identifier for each in records if not each.deleted][-1] == START + WINTER
        assert [each.header.identifier for each in records if each.deleted] == [START + GONE]
        kept = list(scythe.list_records(metadata_prefix="oai_dc", ignore_deleted=True))
        assert len(kept) == len(records) - 1
        assert scythe.get_record(identifier=START + TIDES, metadata_prefix="oai_dc").get_metadata()["creator"] == ["Ina Moor"]
