"""The register entries a document declares: which elements they are, of what kind, and what they are called."""

from __future__ import annotations

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


@pytest.mark.parametrize("type", ["preferred", "full", "main"])
def test_the_preferred_name_is_the_one_that_says_so_and_all_are_kept(entries: Entries, type: str) -> None:
    names = f'<persName>A</persName><persName type="{type}">B <forename>C</forename></persName><persName>A</persName>'
    (found,) = entries(f'<listPerson><person xml:id="x" type="t">{names}</person></listPerson>')
    assert (found["type"], found["name"], found["names"]) == ("t", "B C", ["A", "B C"])


def test_an_entry_without_a_name_has_none(entries: Entries) -> None:
    (found,) = entries('<listPerson><person xml:id="x"><sex>1</sex></person></listPerson>')
    assert (found["name"], found["names"]) == ("", [])


def test_entries_stand_in_the_order_of_the_document_however_deep(entries: Entries) -> None:
    inner = '<place xml:id="b"><placeName>B</placeName></place><listPlace><place xml:id="c"/></listPlace>'
    assert keys(entries(f'<listPlace><listPlace><place xml:id="a">{inner}</place></listPlace></listPlace>')) == ["a", "b", "c"]


def test_what_has_no_id_or_stands_in_no_list_is_no_entry(entries: Entries) -> None:
    assert (
        entries('<listPerson><person><persName>A</persName></person></listPerson><event xml:id="x"><label>A</label></event>')
        == []
    )


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
