"""The register entries a document declares: which elements they are, of what kind, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Entries = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def entries(make: Callable[..., Any]) -> Entries:
    """The entries of a text with this header, or of this stand-off markup before its text."""

    def found(stand_off: str = "", **named: str) -> list[dict[str, Any]]:
        text = f"<body/></text><standOff>{stand_off}</standOff><text><body/>" if stand_off else ""
        return make(**{"text": text} | named).record["entries"]

    return found


def keys(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


@pytest.mark.parametrize(
    ("entry", "kind", "name"),
    [
        ('<listPerson><person xml:id="x"><persName>A</persName></person></listPerson>', "person", "A"),
        ('<listPerson><personGrp xml:id="x"><name>A</name></personGrp></listPerson>', "person", "A"),
        ('<listPlace><place xml:id="x"><placeName>A</placeName></place></listPlace>', "place", "A"),
        ('<listPlace><place xml:id="x"><geogName>A</geogName></place></listPlace>', "place", "A"),
        ('<listOrg><org xml:id="x"><orgName>A</orgName></org></listOrg>', "organisation", "A"),
        ('<listEvent><event xml:id="x"><eventName>A</eventName></event></listEvent>', "event", "A"),
        ('<listEvent><event xml:id="x"><head>A</head><desc>B</desc></event></listEvent>', "event", "A"),
        ('<listEvent><event xml:id="x"><label>A</label></event></listEvent>', "event", "A"),
        ('<listBibl><bibl xml:id="x"><author>B</author><title>A</title></bibl></listBibl>', "work", "A"),
        ('<listBibl><bibl xml:id="x">B, <hi>A</hi></bibl></listBibl>', "work", "B, A"),
        ('<listBibl><biblStruct xml:id="x"><monogr><title>A</title><imprint/></monogr></biblStruct></listBibl>', "work", "A"),
    ],
)
def test_kinds_and_names_of_entries(entries: Entries, entry: str, kind: str, name: str) -> None:
    (found,) = entries(entry)
    assert (found["id"], found["kind"], found["name"]) == ("x", kind, name)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ("<surname>Reed</surname> <forename>Ada</forename>", "Reed, Ada"),
        ("<roleName>Lady</roleName><surname>Reed</surname><forename>Ada</forename><genName>II</genName>", "Lady Reed, Ada II"),
        ("<surname>Reed</surname>, <forename>Ada</forename>", "Reed, Ada"),
        ("<forename>Ada</forename> <surname>Reed</surname>", "Ada Reed"),
        ("<surname>Reed</surname> <forename/>", "Reed"),
    ],
)
def test_a_name_that_begins_with_the_surname_has_a_comma_after_it(entries: Entries, parts: str, name: str) -> None:
    (found,) = entries(f'<listPerson><person xml:id="x"><persName>{parts}</persName></person></listPerson>')
    assert (found["name"], found["names"], found["forms"][0]["name"]) == (name, [name], name)


def test_no_comma_where_the_language_has_the_surname_first(entries: Entries) -> None:
    name = '<persName xml:lang="hu"><surname>Nagy</surname> <forename>Anna</forename></persName>'
    assert entries(f'<listPerson><person xml:id="x">{name}</person></listPerson>')[0]["name"] == "Nagy Anna"


@pytest.mark.parametrize("type", ["preferred", "pref", "full", "main", "reg"])
def test_the_preferred_name_is_the_one_that_says_so_and_all_are_kept(entries: Entries, type: str) -> None:
    names = f'<persName>A</persName><persName type="{type}">B <forename>C</forename></persName><persName>A</persName>'
    (found,) = entries(f'<listPerson><person xml:id="x" type="t">{names}</person></listPerson>')
    assert (found["type"], found["name"], found["names"]) == ("t", "B C", ["A", "B C"])


def test_what_happened_to_an_entry_is_a_fact_of_it_unless_it_has_an_id(entries: Entries) -> None:
    """Parliaments say of each of hundreds of parties since when it exists: no event that anybody would look up."""
    exists = '<event from="1990" to="1994"><label>existence</label></event>'
    met = '<listEvent><event xml:id="met"><label>First meeting</label></event></listEvent>'
    found = entries(f'<listOrg><org xml:id="x"><orgName>A</orgName>{exists}{met}</org></listOrg>')
    assert keys(found) == ["x", "met"]
    assert re.search("existence.*from 1990 to 1994|from 1990 to 1994.*existence", str(found[0]), re.DOTALL)


def test_an_entry_without_a_name_has_none(entries: Entries) -> None:
    (found,) = entries('<listPerson><person xml:id="x"><sex>1</sex></person></listPerson>')
    assert (found["name"], found["names"]) == ("", [])


def test_entries_stand_in_the_order_of_the_document_however_deep(entries: Entries) -> None:
    inner = '<place xml:id="b"><placeName>B</placeName></place><listPlace><place xml:id="c"/></listPlace>'
    assert keys(entries(f'<listPlace><listPlace><place xml:id="a">{inner}</place></listPlace></listPlace>')) == ["a", "b", "c"]


def test_what_stands_in_no_list_and_a_reference_without_an_id_are_no_entries(entries: Entries) -> None:
    assert entries('<event xml:id="x"><label>A</label></event><listBibl><bibl>B</bibl></listBibl>') == []


def test_an_entry_without_an_id_is_called_by_its_name(entries: Entries) -> None:
    persons = "".join(f"<person><persName>{name}</persName></person>" for name in ("Ada  O’Neill", "Ada O'Neill", "Tom"))
    assert keys(entries(f"<listPerson>{persons}<person><sex>1</sex></person></listPerson>")) == [
        "Ada_O_Neill",
        "Ada_O_Neill_2",
        "Tom",
    ]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ('<idno type="GND">118540238</idno>', ["https://d-nb.info/gnd/118540238"]),
        (
            '<idno type="URL" subtype="pmb">https://pmb.acdh.oeaw.ac.at/entity/2121/</idno>',
            ["https://pmb.acdh.oeaw.ac.at/entity/2121"],
        ),
        ('<persName ref="http://www.wikidata.org/entity/Q5879">G</persName>', ["https://wikidata.org/wiki/Q5879"]),
        ('<idno type="geonames">https://sws.geonames.org/2761369/about.rdf</idno>', ["https://geonames.org/2761369"]),
        ('<idno type="shelf">7 b</idno>', []),
    ],
)
def test_an_entry_is_known_by_its_identifiers_each_in_one_form(entries: Entries, said: str, same: list[str]) -> None:
    (found,) = entries(f'<listPerson><person xml:id="x">{said}</person></listPerson>')
    assert found["same"] == same


def test_a_name_in_an_entry_leads_to_the_entry_it_points_at(entries: Entries) -> None:
    parts = '<residence><placeName ref="#y">Y</placeName>, <placeName ref="places.xml#z">Z</placeName></residence>'
    found, _ = entries(f'<listPerson><person xml:id="x">{parts}</person></listPerson><listPlace><place xml:id="y"/></listPlace>')
    assert re.findall('href="([^"]*)"', found["html"]) == ["../../places/y/", "entry:places.xml#z"]


@pytest.mark.parametrize(
    ("where", "counts"),
    [
        ("<body>{0}</body>", True),
        ("<body><div><head>Books</head><p>{0}</p></div></body>", True),
        ("<body/><back><div>{0}</div></back>", True),
        ("<body><div><p>Text.</p>{0}</div></body>", False),
    ],
)
def test_a_list_in_a_text_counts_in_back_matter_or_where_it_is_the_text(entries: Entries, where: str, counts: bool) -> None:
    assert keys(entries(text=where.format('<listBibl><bibl xml:id="x">A</bibl></listBibl>'))) == ["x"] * counts


@pytest.mark.parametrize(
    ("header", "counts"),
    [
        ('<profileDesc><particDesc><listPerson><person xml:id="x"/></listPerson></particDesc></profileDesc>', True),
        ('<profileDesc><settingDesc><listPlace><place xml:id="x"/></listPlace></settingDesc></profileDesc>', True),
        ('<fileDesc><sourceDesc><listBibl><bibl xml:id="x"/></listBibl></sourceDesc></fileDesc>', False),
    ],
)
def test_the_header_declares_persons_places_and_events_but_its_sources_are_no_works(
    entries: Entries, header: str, counts: bool
) -> None:
    assert keys(entries(header=header)) == ["x"] * counts


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ('<birth when="1850-03">March</birth>', "dates", [
            {"what": "birth", "words": "March 1850", "earliest": "1850-03", "latest": "1850-03", "duration": False,
             "certainty": ""}
        ]),
        ('<death notBefore="1900" notAfter="1905" cert="low"/>', "dates", [
            {"what": "death", "words": "between 1900 and 1905", "earliest": "1900", "latest": "1905", "duration": False,
             "certainty": "low"}
        ]),
        ("<birth>in spring</birth>", "dates", [
            {"what": "birth", "words": "in spring", "earliest": "", "latest": "", "duration": False, "certainty": ""}
        ]),
        ('<idno type="Wikidata">Q1</idno>', "identifiers", [
            {"type": "Wikidata", "value": "Q1", "url": "https://www.wikidata.org/wiki/Q1"}
        ]),
        ('<idno type="URI">https://x.org/1</idno>', "identifiers", [
            {"type": "URI", "value": "https://x.org/1", "url": "https://x.org/1"}
        ]),
        ('<idno type="shelf">7 b</idno>', "identifiers", [{"type": "shelf", "value": "7 b", "url": ""}]),
        ('<persName xml:lang="kaz" type="t" source="../d/a.xml">Б</persName>', "forms", [
            {"name": "Б", "language": "kk", "type": "t", "sources": ["../d/a.xml"]}
        ]),
    ],
)  # fmt: skip
def test_the_facts_of_a_person(entries: Entries, part: str, name: str, value: list[Any]) -> None:
    (found,) = entries(f'<listPerson><person xml:id="x">{part}</person></listPerson>')
    assert found[name] == value


@pytest.mark.parametrize(
    ("geo", "coordinates"),
    [
        ("43.34 52.86", [43.34, 52.86]),
        ("-1,5", [-1, 5]),
        ("48,208333 -16,5", [48.208333, -16.5]),
        ("99 10", []),
        ("here", []),
        ("1 2 3", []),
    ],
)
def test_a_place_has_coordinates_where_two_numbers_can_be_some(entries: Entries, geo: str, coordinates: list[float]) -> None:
    place = f'<place xml:id="x"><location><geo>{geo}</geo></location><idno type="ISO3166-1">kz</idno></place>'
    (found,) = entries(f"<listPlace>{place}</listPlace>")
    assert (found["coordinates"], found["country"]) == (coordinates, "KZ")
    assert (geo in found["html"]) == (not coordinates)


def test_every_word_of_an_entry_reaches_the_reader_without_an_id(entries: Entries) -> None:
    parts = (
        "<persName>Ada</persName><occupation from='1870'>gardener</occupation><note xml:id='n'>One <hi>note</hi>.</note>"
        "<bibl type='evidence'>A <ref target='https://x.org/'>book</ref></bibl><state type='rank'><desc>baroness</desc></state>"
        "<trait><p>tall</p></trait>"
    )
    (found,) = entries(f'<listPerson><person xml:id="x">{parts}</person></listPerson>')
    words = " ".join(re.sub("<[^>]*>", " ", found["html"]).split())
    assert words == "Occupation gardener (from 1870 on) Note One note . Evidence A book Rank baroness Trait tall"
    assert ' id="' not in found["html"]


def test_an_entry_links_to_the_others_of_its_file_and_to_texts(entries: Entries) -> None:
    note = '<note>See <ref target="#y">Y</ref> and <ref target="../documents/a.xml#p1">there</ref>.</note>'
    found, _ = entries(f'<listPerson><person xml:id="x">{note}</person><person xml:id="y"/></listPerson>')
    assert re.findall('href="([^"]*)"', found["html"]) == ["../../persons/y/", "../../../documents/a/#p1"]


def test_relations_links_and_remarks_are_known_with_their_pointers(make: Callable[..., Any]) -> None:
    beside = (
        '<standOff><listRelation><relation name="member-of" active="#a #b" passive="r.xml#c" from="1900" source="d.xml#p"/>'
        '<relation name="kin" mutual="#a #b"/></listRelation>'
        '<linkGrp type="parallel" xml:id="g"><desc>bread</desc><desc type="remark">Not the same.</desc>'
        '<link target="#p1 x.xml#p2"/></linkGrp>'
        '<linkGrp><link target="#p1"/></linkGrp>'
        '<listAnnotation type="difference"><note target="#p1">One <hi>word</hi>.</note></listAnnotation></standOff>'
    )
    record = make('<p xml:id="p1">a</p>', beside=beside).record
    assert [(each["name"], each["active"], each["passive"], each["mutual"], each["words"]) for each in record["relations"]] == [
        ("member of", ["#a", "#b"], ["r.xml#c"], [], "from 1900 on"),
        ("kin", [], [], ["#a", "#b"], ""),
    ]
    assert record["links"] == [
        {"id": "g", "type": "parallel", "topic": "bread", "remark": "Not the same.", "targets": ["#p1", "x.xml#p2"]}
    ]
    assert record["annotations"] == [{"type": "difference", "targets": ["#p1"], "html": 'One <span class="tei-hi">word</span>.'}]


def test_a_cast_list_declares_its_roles(make: Callable[..., Any]) -> None:
    cast = (
        "<castItem><role xml:id='ada'>Ada Reed, </role><roleDesc>a gardener</roleDesc></castItem>"
        "<castItem xml:id='tom'><role>Tom;</role></castItem><castItem><role>A crowd</role></castItem>"
    )
    ada, tom = make(f"<castList>{cast}</castList>").record["entries"]
    assert (ada["id"], ada["kind"], ada["name"], ada["summary"]) == ("ada", "person", "Ada Reed", "a gardener")
    assert '<dt>Role</dt><dd><span class="tei-roleDesc">a gardener</span></dd>' in ada["html"]
    assert (tom["id"], tom["name"]) == ("tom", "Tom")


def test_what_refers_to_an_entry_by_its_name_is_none_itself(entries: Entries) -> None:
    places = "<place><placeName ref='#w'>Wien</placeName></place><place><placeName ref='https://viaf.org/viaf/7'>Graz</placeName></place>"
    assert keys(entries(f"<listPlace>{places}</listPlace>")) == ["Graz"]
