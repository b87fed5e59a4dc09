"""The registers hold the facts of the authority tables, and nothing that was not verified.

The tables lie outside the project: see ``EDITION_TEST_SHARED`` in ``test_encoding``.
"""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.tei_reading import DOCUMENTS, ID, NAMESPACES, TEI, TEI_FOLDER, xml

NAME_OF = {
    "person": "persName",
    "personGrp": "persName",
    "org": "orgName",
    "place": "placeName",
    "event": "eventName",
    "bibl": "title",
}
TABLES = ("persons.csv", "organisations.csv", "places.csv")
ADJECTIVES = {"pl-united-kingdom", "pl-europe", "pl-west"}
"""Rows that stand for adjectives only: these are no names, so there is nothing to enter."""
NOT_OUR_COORDINATES = ("world-countries", "countrystatecity")
"""Sources under the ODbL, which the licence of the registers cannot carry."""


MEMBERS = ("belarus", "armenia", "kazakhstan", "tajikistan", "kyrgyzstan", "russia")
"""Of the CSTO, as the footnote of the first text lists them."""


@cache
def rows(shared: Path, table: str) -> list[dict[str, str]]:
    with (shared / "authority" / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def entries() -> dict[str, etree._Element]:
    """Every entry of the registers by its key."""
    found: dict[str, etree._Element] = {}
    for path in sorted((TEI_FOLDER / "registers").glob("*.xml")):
        for entry in xml(path).xpath("tei:standOff/*/*[@xml:id]", namespaces=NAMESPACES):
            found[entry.get(ID)] = entry
    return found


def names(key: str, type: str) -> list[etree._Element]:
    entry = entries()[key]
    return [
        each
        for each in entry.iterchildren(TEI + NAME_OF.get(etree.QName(entry).localname, "persName"))
        if each.get("type") == type
    ]


def words(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def test_the_registers_hold_the_keys_of_the_tables_and_no_others(shared: Path):
    wanted = {row["key"] for table in TABLES for row in rows(shared, table)} - ADJECTIVES
    wanted |= {row["event_key"] for row in rows(shared, "events-authority.csv")}
    assert set(entries()) == wanted | {"bibl-the-spark"}


@pytest.mark.parametrize("table", TABLES)
def test_an_entry_has_the_forms_that_the_texts_use_and_says_which(table: str, shared: Path):
    for row in rows(shared, table):
        if row["key"] in ADJECTIVES or row["key"].startswith("bibl-"):
            continue
        wanted = {
            (re.sub(r" ×\d+$", "", form), f"../documents/{DOCUMENTS[text]}.xml")
            for text in DOCUMENTS
            for form in row[f"forms_{text}"].split(" | ")
            if form
        }
        found = {(words(form), source) for form in names(row["key"], "form") for source in form.get("source", "").split()}
        assert found == wanted, row["key"]


@pytest.mark.parametrize("table", TABLES)
def test_an_entry_has_the_identifiers_that_were_verified_and_no_others(table: str, shared: Path):
    for row in rows(shared, table):
        if row["key"] in ADJECTIVES:
            continue
        found = {each.get("type"): each.text for each in entries()[row["key"]].iterchildren(TEI + "idno")}
        columns = {"Wikidata": "wikidata", "GND": "gnd", "GeoNames": "geonameid", "VIAF": "viaf"}
        assert {name: found.pop(name, "") for name in columns} == {name: row.get(column, "") for name, column in columns.items()}
        assert all(code in row["iso"] + row["evidence"] for code in found.values()), row["key"]
        assert set(found) <= {"ISO3166-1", "ISO3166-2", "ISO3166-3", "UN-M49"}, row["key"]


def test_no_identifier_of_the_list_of_unverified_ones_is_used(shared: Path):
    table = (shared / "authority" / "identifiers-unverified.md").read_text("utf-8").split("## Looked for")[0]
    numbers = re.findall(r"\| (Q?\d{3,}) \|", table)
    assert len(numbers) > 8
    published = "".join(each for entry in entries().values() for each in entry.itertext())
    assert [number for number in numbers if re.search(rf"\b{number}\b", published)] == []


def test_a_person_has_the_years_of_the_table(shared: Path):
    for row in rows(shared, "persons.csv"):
        entry = entries()[row["key"]]
        found = [entry.xpath(f"string(tei:{event}/@when)", namespaces=NAMESPACES) for event in ("birth", "death")]
        assert found == [row["birth"], row["death"]], row["key"]


def test_a_place_has_coordinates_only_from_sources_whose_licence_allows_it(shared: Path):
    places = [row for row in rows(shared, "places.csv") if row["key"] not in ADJECTIVES]
    for row in places:
        geo = entries()[row["key"]].xpath("string(tei:location/tei:geo)", namespaces=NAMESPACES)
        allowed = row["latitude"] and not any(source in row["coordinate_source"] for source in NOT_OUR_COORDINATES)
        assert geo == (f"{row['latitude']} {row['longitude']}" if allowed else ""), row["key"]
    countries = [key for row in places if row["type"] == "country" for key in [row["key"]]]
    assert len(countries) == 11
    assert all(entries()[key].find("tei:location", NAMESPACES) is None for key in [*countries, "pl-xinjiang"])
    assert all(entries()[key].xpath("tei:idno[@type = 'ISO3166-1']", namespaces=NAMESPACES) for key in countries)


def test_an_event_has_the_date_the_place_and_the_label_of_the_table(shared: Path):
    for row in rows(shared, "events-authority.csv"):
        entry = entries()[row["event_key"]]
        assert [entry.get(name, "") for name in ("when", "notBefore", "notAfter")] == [
            row["when"],
            row["notBefore"],
            row["notAfter"],
        ]
        assert entry.get("where", "") == (f"places.xml#{row['place_key']}" if row["place_key"] else "")
        assert [words(name) for name in names(row["event_key"], "preferred")] == [row["label"]]


def test_an_event_is_mentioned_in_the_passages_of_the_table(shared: Path):
    for row in rows(shared, "events-authority.csv"):
        key = f"../registers/events.xml#{row['event_key']}"
        found: set[str] = set()
        for document in DOCUMENTS.values():
            root = xml(TEI_FOLDER / "documents" / f"{document}.xml")
            for element in root.xpath("//tei:text//*[@ref = $key or @corresp = $key]", namespaces=NAMESPACES, key=key):
                around = (each.get(ID, "") for each in element.iterancestors())
                found.add(next(id for id in around if re.fullmatch(r"\w+\.(?!d\d)\w+", id)))
        assert found == set(row["mentioned_in"].split()), row["event_key"]


def test_each_entry_has_one_preferred_name():
    assert {key for key in entries() if len(names(key, "preferred")) != 1} == set()


def test_evidence_without_a_citable_place_and_data_under_the_odbl_are_not_published():
    for path in sorted(TEI_FOLDER.rglob("*.xml")):
        content = path.read_text("utf-8")
        for phrase in ("not recorded", "public code file", *NOT_OUR_COORDINATES, "ODbL", "Encode as", "No QID"):
            assert phrase not in content, f"{path.name}: {phrase}"


@pytest.mark.parametrize(
    ("active", "name", "passive"),
    [
        *((f"places.xml#pl-{member}", "member-of", "#org-csto") for member in MEMBERS),
        ("places.xml#pl-turkey", "member-of", "#org-nato"),
        ("#org-orano", "formerly", "#org-areva"),
        ("#pl-almaty", "part-of", "#pl-kazakhstan"),
        ("#pl-almaty-airport", "part-of", "#pl-almaty"),
    ],
)
def test_a_relation_is_in_the_registers(active: str, name: str, passive: str):
    relations = [
        tuple(relation.get(part) for part in ("active", "name", "passive"))
        for path in sorted((TEI_FOLDER / "registers").glob("*.xml"))
        for relation in xml(path).iter(TEI + "relation")
    ]
    assert (active, name, passive) in relations


def test_the_sources_of_reused_data_are_credited_with_their_licences():
    credits = words(xml(TEI_FOLDER / "registers" / "places.xml").find("tei:teiHeader", NAMESPACES))
    assert "GeoNames" in credits
    assert "CC BY 4.0" in credits
    assert "Wikidata" in credits
    assert "CC0 1.0" in credits
