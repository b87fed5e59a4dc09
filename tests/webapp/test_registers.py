"""Registers: all of them, each with its entries, and each entry with every place that names it."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import unquote, urljoin

import pytest
from flask.testing import FlaskClient
from lxml import html

from edition.build import build
from edition.settings import Settings, read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app
from webapp.published import Published

KINDS = {"persons": 11, "places": 27, "organisations": 20, "events": 23, "works": 2}


def parsed(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.text)


@pytest.fixture(scope="module")
def snapshot(edition: Settings) -> Published:
    return create_app(edition).extensions["holder"].now()


@pytest.fixture(scope="module")
def entries(snapshot: Published) -> dict[str, int]:
    """The address of every entry, and how often the texts name it by the catalogue."""
    catalogue = snapshot.catalogue
    return {
        f"/registers/{kind}/{entry.key}/": len(catalogue.mentions_of(entry))
        for kind in KINDS
        for entry in catalogue.entries(kind.removesuffix("s"))
    }


def names(page: html.HtmlElement) -> list[str]:
    return [each.text_content() for each in page.cssselect(".register-table tbody .register-name")]


def test_the_page_of_all_registers_leads_to_each_and_says_how_many_entries_it_has(client):
    page = parsed(client, "/registers/")
    for kind, number in KINDS.items():
        item = page.xpath(f"//li[h2/a[@href='/registers/{kind}/']]")[0]
        assert f"{number} entries" in item.text_content()


def test_every_page_of_the_site_leads_to_the_registers(client):
    for address in ("/", "/documents/icc-2022-01-20/", "/search/"):
        assert "/registers/" in parsed(client, address).xpath("//header//nav//@href")


@pytest.mark.parametrize("kind", KINDS)
def test_a_register_lists_every_entry_with_its_counts(client, kind, entries):
    rows = parsed(client, f"/registers/{kind}/").cssselect(".register-table tbody tr")
    counted = {row.cssselect("th a")[0].get("href"): [each.text_content() for each in row.cssselect("td")] for row in rows}
    numbers = {address: [int(each.lstrip("–")) for each in cells] for address, cells in counted.items()}
    assert {address: cells[-1] for address, cells in numbers.items()} == {
        address: number for address, number in entries.items() if f"/{kind}/" in address
    }
    assert all(sum(cells[:-1]) == cells[-1] for cells in numbers.values())


def test_every_mention_stands_on_the_page_of_its_entry(client, entries):
    shown = 0
    for address, number in entries.items():
        page = parsed(client, address)
        contexts = page.cssselect(".contexts > li")
        assert len(contexts) == number, address
        shown += number
    assert shown == 196


def test_words_in_context_lead_to_the_very_spot(client, entries):
    ids: dict[str, set[str]] = {}
    for address in entries:
        for link in parsed(client, address).cssselect(".context .from a"):
            path, _, spot = link.get("href").partition("#")
            if path not in ids:
                ids[path] = set(parsed(client, path).xpath("//@id"))
            assert unquote(spot) in ids[path], (address, link.get("href"))


def test_words_in_context_are_those_of_the_text(client):
    mentions = client.get("/api/v1/registers/events/ev-unrest-2022").json["mention_list"]
    first = mentions[0]
    assert first["words"] == "At the beginning of January"
    assert first["certainty"] == "medium"
    assert (first["before"], first["after"].startswith(", Kazakhstan was the scene")) == ("", True)


def test_an_entry_says_what_is_known_of_it(client):
    page = parsed(client, "/registers/persons/pers-tokayev/")
    known = page.cssselect(".entry-known")[0].text_content()
    assert "1953" in known
    assert page.xpath("//*[@lang='kk']/text()") == ["Қасым-Жомарт Тоқаев"]
    authority = page.xpath("//a[@rel='external' and text()='Q200881']/@href")
    assert authority == ["https://www.wikidata.org/wiki/Q200881"]


def test_relations_stand_on_both_sides(client):
    organisation = parsed(client, "/registers/organisations/org-csto/").cssselect(".entry-relations")[0]
    assert "/registers/places/pl-belarus/" in organisation.xpath(".//@href")
    assert "Member of this" in organisation.text_content()
    place = parsed(client, "/registers/places/pl-belarus/").cssselect(".entry-relations")[0]
    assert "/registers/organisations/org-csto/" in place.xpath(".//@href")
    assert "Member of this" not in place.text_content()


def test_events_and_their_places_know_each_other(client):
    event = parsed(client, "/registers/events/ev-unrest-2022/").cssselect(".entry-relations")[0]
    assert event.xpath(".//@href") == ["/registers/places/pl-kazakhstan/"]
    place = parsed(client, "/registers/places/pl-kazakhstan/").cssselect(".entry-relations")[0]
    assert "/registers/events/ev-unrest-2022/" in place.xpath(".//@href")


def test_the_card_of_an_entry_can_stand_anywhere(client, entries):
    for address in entries:
        card = parsed(client, address).cssselect("[data-card]")
        assert len(card) == 1
        assert not card[0].xpath(".//@id | .//h1 | .//h2 | .//h3"), address
        assert card[0].cssselect(".card-name a")[0].get("href") == address
        assert all(href.startswith(("/", "https://", "http://")) for href in card[0].xpath(".//@href"))


def test_what_is_named_in_the_same_passages_is_counted_by_passages(client, snapshot):
    catalogue = snapshot.catalogue
    entry = catalogue.entry("organisation", "org-csto")
    here = {(each.document, each.passage) for each in catalogue.mentions_of(entry)}
    other = catalogue.entry("person", "pers-tokayev")
    shared = here & {(each.document, each.passage) for each in catalogue.mentions_of(other)}
    page = parsed(client, "/registers/organisations/org-csto/")
    item = page.xpath("//*[@class='entry-beside']//li[a/@href='/registers/persons/pers-tokayev/']")[0]
    assert f"{len(shared)} passage" in item.text_content()


def test_persons_come_by_name_and_events_by_date(client):
    persons = names(parsed(client, "/registers/persons/"))
    assert persons == sorted(persons)
    events = names(parsed(client, "/registers/events/"))
    assert events[0] == "End of the Second World War"
    assert names(parsed(client, "/registers/persons/?sort=mentions"))[0] == "Tokayev, Kassym-Jomart"


@pytest.mark.parametrize("words", ["tokayev", "TOKAYEV kassym", "тоқаев", "Kassym-Jomart"])
def test_any_form_of_a_name_finds_the_entry(client, words):
    page = html.document_fromstring(client.get("/registers/persons/", query_string={"q": words}).text)
    assert "Tokayev, Kassym-Jomart" in names(page)
    assert "Putin, Vladimir" not in names(page)


def test_a_register_can_be_narrowed_to_a_sort(client):
    found = client.get("/api/v1/registers/places?type=country").json
    assert found["total"] == 11
    assert {each["type"] for each in found["entries"]} == {"country"}


def test_a_list_without_a_result_says_what_to_do(client):
    page = parsed(client, "/registers/persons/?q=xyzzy")
    assert "0 entries" in page.text_content()
    assert "/registers/places/?q=xyzzy" in page.xpath("//main//@href")


def test_letters_lead_to_names_that_begin_so(client):
    page = parsed(client, "/registers/persons/")
    for link in page.cssselect(".letters a"):
        group = page.get_element_by_id(unquote(link.get("href").partition("#")[2]))
        assert group.cssselect(".register-name")[0].text_content().startswith(link.text)


def test_places_are_on_a_map_and_what_is_not_is_named_with_the_reason(client):
    page = parsed(client, "/registers/places/")
    on_the_map = set(page.xpath("//*[local-name()='svg']//*[local-name()='a']/@href"))
    missing = set(page.xpath("//details[@class='register-missing']//@href"))
    everything = {
        f"/registers/places/{each['key']}/" for each in client.get("/api/v1/registers/places?per_page=200").json["entries"]
    }
    assert on_the_map | missing == everything
    assert not on_the_map & missing
    assert "/registers/places/pl-almaty/" in on_the_map


def test_events_are_on_a_line_of_time(client):
    page = parsed(client, "/registers/events/")
    drawn = set(page.xpath("//figure//@href"))
    assert {each.get("href") for each in page.cssselect(".register-table tbody th a")} <= drawn


def test_the_chart_says_the_same_as_its_table(client):
    page = parsed(client, "/registers/")
    rows = page.cssselect(".chart-table tbody tr")
    drawn = page.cssselect("#edition\\:chart svg")[0]
    assert len(rows) == len(drawn.xpath(".//*[local-name()='a']")) == 40
    first = rows[0].text_content()
    assert "Kazakhstan" in first


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("/registers/person/", "/registers/persons/"),
        ("/registers/person/?q=x", "/registers/persons/?q=x"),
        ("/registers/person/pers-tokayev/", "/registers/persons/pers-tokayev/"),
        ("/registers/places/pers-tokayev/", "/registers/persons/pers-tokayev/"),
        ("/registers/persons/pers-tokayev", "/registers/persons/pers-tokayev/"),
    ],
)
def test_a_wrong_kind_leads_to_the_right_one(client, address, right):
    answer = client.get(address)
    assert answer.status_code in (301, 308)
    assert answer.headers["Location"].removeprefix("http://localhost") == right


def test_an_unknown_entry_gets_404_and_what_is_spelled_nearly_so(client):
    answer = client.get("/registers/persons/pers-tokaev/")
    assert answer.status_code == 404
    assert "/registers/persons/pers-tokayev/" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/registers/nothing/", 404),
        ("/registers/persons/?sort=age", 400),
        ("/registers/persons/?page=0", 400),
        ("/registers/persons/?page=9", 200),
        ("/registers/persons/?kind=x&_external=1&endpoint=y", 200),
        ("/registers/person/?kind=x&_external=1&endpoint=y", 301),
        ("/registers/persons/%00/", 404),
        ("/registers/persons/" + "a" * 3000 + "/", 404),
        ("/api/v1/registers/nothing", 404),
        ("/api/v1/registers/persons/none", 404),
    ],
)
def test_mistaken_requests_are_answered_in_words(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_as_data(client, kind, entries):
    found = client.get(f"/api/v1/registers/{kind}?per_page=200").json
    assert found["total"] == len(found["entries"]) == KINDS[kind]
    assert found["next"] is None
    for each in found["entries"]:
        assert each["mentions"] == sum(each["documents"].values()) == entries[each["url"]]
        whole = client.get(f"/api/v1/registers/{kind}/{each['key']}").json
        assert len(whole["mention_list"]) == each["mentions"]


def test_data_comes_in_pages(client):
    first = client.get("/api/v1/registers/places?per_page=20").json
    second = client.get(first["next"]).json
    assert len(first["entries"]) + len(second["entries"]) == KINDS["places"]
    assert second["next"] is None


def test_ids_are_unique_and_headings_in_order(client, entries):
    for address in ["/registers/", *(f"/registers/{kind}/" for kind in KINDS), *entries]:
        page = parsed(client, address)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), address
        inside = {unquote(each[1:]) for each in page.xpath("//@href") if re.match("#.", each)}
        assert inside <= set(ids), address


@pytest.fixture(scope="module")
def twins(tmp_path_factory) -> FlaskClient:
    """Two files that each declare an entry of the same key, one of them with hostile words, and a text that names both."""
    folder = tmp_path_factory.mktemp("twins")
    (folder / "tei" / "documents").mkdir(parents=True)
    (folder / "tei" / "registers").mkdir()
    (folder / "edition.toml").write_text("")
    for file, name in (("one", "Anna"), ("two", "Bela &lt;script&gt;")):
        people = f'<listPerson><person xml:id="p1"><persName>{name}</persName></person></listPerson>'
        (folder / "tei" / "registers" / f"{file}.xml").write_text(TEI.format(text=f"<standOff>{people}</standOff>"))
    names = '<persName ref="../registers/one.xml#p1">A.</persName> and <persName ref="../registers/two.xml#p1">B.</persName>'
    (folder / "tei" / "documents" / "x.xml").write_text(TEI.format(text=f"<text><body><p>{names}</p></body></text>"))
    settings = read(folder, {"out": str(folder / "build")}, PLAIN)
    build(settings, write_index, jobs=1)
    return create_app(settings).test_client()


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>
<publicationStmt><p>none</p></publicationStmt><sourceDesc><p>none</p></sourceDesc></fileDesc></teiHeader>{text}</TEI>"""


def test_entries_of_one_key_in_two_files_have_an_address_each(twins):
    assert parsed(twins, "/registers/persons/p1/").findtext(".//h1") == "Anna"
    assert parsed(twins, "/registers/persons/p1~2/").findtext(".//h1") == "Bela <script>"
    links = parsed(twins, "/documents/x/").xpath("//a[@data-kind='person']/@href")
    assert [urljoin("/documents/x/", unquote(link)) for link in links] == ["/registers/persons/p1/", "/registers/persons/p1~2/"]


def test_an_edition_without_registers_says_so(tmp_path):
    (tmp_path / "x.xml").write_text(TEI.format(text="<text><body><p>Words.</p></body></text>"))
    settings = read(tmp_path, {"tei": str(tmp_path), "out": str(tmp_path / "build")}, PLAIN)
    build(settings, write_index, jobs=1)
    client = create_app(settings).test_client()
    assert "/registers/" not in client.get("/").text
    assert "no registers" in parsed(client, "/registers/").text_content()
    assert client.get("/registers/persons/").status_code == 404


def test_an_entry_calls_texts_by_their_titles(client: FlaskClient):
    known = parsed(client, "/registers/persons/pers-nazarbayev/").cssselect(".entry-known")[0]
    terms = [each.text_content() for each in known.cssselect("dt")]
    assert "In Workers’ struggles drowned in bourgeois faction fights" in terms
    assert not [term for term in terms if "2022-01" in term]
