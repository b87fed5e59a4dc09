"""The scholarship is in the TEI: names, events, dates, quotations, corrections, notes and parallels, row by row.

With ``EDITION_TEST_SHARED`` naming the folder that holds ``authority/``, every row of its tables is looked for at its place,
and what is encoded is looked for in the tables. What the tables are not needed for is checked without them.
"""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.tei_reading import DOCUMENTS, ID, NAMESPACES, TEI, TEI_FOLDER, Stretch, stretches, xml

NAMES = ("persName", "placeName", "orgName", "name", "title")
EXPRESSIONS = ("event", "role", "source")
REGISTERS = {"pers": "persons", "grp": "persons", "org": "organisations", "pl": "places", "bibl": "works", "ev": "events"}
NORMALISATION = ("when", "notBefore", "notAfter", "dur", "cert")


@cache
def rows(shared: Path, table: str) -> list[dict[str, str]]:
    with (shared / "authority" / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def document(text: str) -> etree._Element:
    return xml(TEI_FOLDER / "documents" / f"{DOCUMENTS[text]}.xml")


@cache
def encoded(text: str) -> list[tuple[str, Stretch]]:
    """Every element inside a passage of a text, with the id of the passage."""
    blocks = document(text).xpath("tei:text//*[@xml:id and not(@type = 'editorial')]", namespaces=NAMESPACES)
    passages = [block for block in blocks if re.fullmatch(rf"{text}\.(?!d\d)\w+", block.get(ID))]
    return [(passage.get(ID), each) for passage in passages for each in stretches(passage)]


def register_of(key: str) -> str:
    return f"../registers/{REGISTERS[key.split('-')[0]]}.xml#{key}"


def found_names(text: str) -> list[tuple[str, int, int, str, str, str]]:
    return [
        (block, each.start, each.end, each.words, each.name, each.element.get("ref", ""))
        for block, each in encoded(text)
        if each.name in NAMES or (each.name == "rs" and each.element.get("type") not in EXPRESSIONS)
    ]


def test_every_row_of_the_mentions_is_encoded_and_every_name_is_a_row(shared: Path):
    wanted = [
        (row["block"], int(row["start"]), int(row["end"]), row["string"], row["suggested_element"], register_of(row["key"]))
        for row in rows(shared, "mentions.csv")
    ]
    found = [each for text in DOCUMENTS for each in found_names(text)]
    assert Counter(wanted) - Counter(found) == Counter(), "rows that are not encoded"
    assert Counter(found) - Counter(wanted) == Counter(), "names that are in no row"


def test_there_are_as_many_names_as_the_guidelines_say():
    assert [len(found_names(text)) for text in DOCUMENTS] == [72, 68]


def test_a_metonym_is_marked_where_the_mentions_say_so_and_nowhere_else(shared: Path):
    marks = {"yes": "../edition.xml#metonym", "arguable": "../edition.xml#metonym-arguable"}
    wanted = {
        (row["block"], int(row["start"]), marks[row["metonymic"]])
        for row in rows(shared, "mentions.csv")
        if row["metonymic"] in marks
    }
    found = {
        (block, each.start, each.element.get("ana"))
        for text in DOCUMENTS
        for block, each in encoded(text)
        if each.name == "placeName" and each.element.get("ana")
    }
    assert found == wanted


@cache
def expressions(text: str) -> dict[str, tuple[str, Stretch]]:
    """The expressions of time and event of a text by their id, with the passage each stands in."""
    return {
        each.element.get(ID, ""): (block, each)
        for block, each in encoded(text)
        if each.name == "date" or (each.name == "rs" and each.element.get("type") in EXPRESSIONS)
    }


def remarks(text: str, id: str) -> list[etree._Element]:
    """The stand-off notes on an expression."""
    path = "tei:standOff/tei:listAnnotation[@type = 'dating']/tei:note[@target = $target]"
    return document(text).xpath(path, namespaces=NAMESPACES, target=f"#{id}")


def normalised(row: dict[str, str]) -> dict[str, str]:
    values = (row["when"], row["notBefore"], row["notAfter"], row["duration"], row["certainty"])
    return {name: value for name, value in zip(NORMALISATION, values, strict=True) if value}


def attributes(element: etree._Element) -> dict[str, str]:
    return {name: str(element.get(name)) for name in NORMALISATION if element.get(name)}


def test_every_expression_of_time_or_event_is_a_row(shared: Path):
    assert [*expressions("icc"), *expressions("spark")] != []
    assert {*expressions("icc"), *expressions("spark")} == {row["id"] for row in rows(shared, "events.csv")}


def test_every_row_of_the_events_is_encoded_with_its_words_and_its_calendar(shared: Path):
    for row in rows(shared, "events.csv"):
        block, each = expressions(row["text"])[row["id"]]
        assert (block, each.words) == (row["block"], row["quote"]), row
        event = register_of(row["event_key"]) if row["event_key"] else ""
        dated = normalised(row).keys() - {"cert"}
        if row["type"] in ("event", "role", "bibliographic"):
            kind = "source" if row["type"] == "bibliographic" else row["type"]
            assert (each.name, each.element.get("type")) == ("rs", kind), row
            assert each.element.get("ref" if kind == "event" else "corresp", "") == (
                event or ("#spark.source" * (kind == "source"))
            )
            (remark,) = remarks(row["text"], row["id"])
            assert [attributes(date) for date in remark.iter(TEI + "date")] == [normalised(row)], row
        else:
            assert each.name == "date", row
            assert each.element.get("corresp", "") == event, row
            assert attributes(each.element) == (normalised(row) if dated else {}), row
            assert each.element.get("ana") == (None if dated else "../edition.xml#not-normalised"), row


def test_what_is_not_normalised_says_why_in_stand_off(shared: Path):
    unnormalised = [row for row in rows(shared, "events.csv") if row["note"].startswith("not normalised: ")]
    assert unnormalised
    for row in unnormalised:
        (remark,) = remarks(row["text"], row["id"])
        reason = re.split(r'["(;]', row["note"])[0].strip()
        assert re.sub(r"\s+", " ", "".join(remark.itertext())).startswith("N" + reason[1:]), row


QUOTATIONS = [
    ("icc.p4", "soCalled", "terrorist", ""),
    ("icc.p4", "said", "given the order to shoot to kill without warning", "pers-tokayev"),
    ("icc.p8", "quote", "terrorists", ""),
    ("icc.p8", "quote", "bandits", ""),
    ("icc.p9", "soCalled", "private army", ""),
    ("icc.fn1", "soCalled", "partnership", ""),
    ("icc.p11", "soCalled", "partnership", ""),
    ("icc.p11", "soCalled", "strategic partnership", ""),
    ("icc.p13", "quote", "very bruised by the fact that there have been so many victims", ""),
    ("icc.p13", "quote", "peaceful resolution", ""),
    ("icc.p13", "soCalled", "democratic", ""),
    ("icc.p16", "soCalled", "democratic", ""),
    ("spark.p2", "quote", "thousands of terrorists and bandits", ""),
    ("spark.p2", "quote", "center from abroad", ""),
    ("spark.p7", "said", "destabilization operation", "pers-tokayev"),
    ("spark.p7", "said", "organized center", "pers-tokayev"),
    ("spark.p8", "quote", "resuming dialogue", ""),
    ("spark.p8", "quote", "restraint in the restoration of order", ""),
    ("spark.p10", "soCalled", "Great Russia", ""),
]
"""Passage, element, words, and whom the text names as the speaker."""


def test_quotations_are_encoded_with_the_speaker_the_text_names():
    found = [
        (block, each.name, each.words, each.element.get("who", "").partition("#")[2])
        for text in DOCUMENTS
        for block, each in encoded(text)
        if each.name in ("quote", "said", "soCalled")
    ]
    assert sorted(found) == sorted(QUOTATIONS)
    assert [block.tag for block in document("spark").iter(TEI + "quote") if block.get(ID) == "spark.ep1"] == [TEI + "quote"]


@pytest.mark.parametrize(("block", "name", "words", "who"), QUOTATIONS)
def test_the_quotation_marks_stand_as_characters_around_the_element(block: str, name: str, words: str, who: str):
    passage = document(block.split(".")[0]).xpath("//*[@xml:id = $id]", id=block)[0]
    around = re.sub(r"\s+", " ", etree.tostring(passage, encoding="unicode"))
    assert re.search(rf"[“‘']<{name}[ >]", around)
    assert not re.search(rf"[“‘']</{name}>|<{name}[^>]*>[“‘']", around)


def test_only_the_two_slips_are_corrected():
    choices = [
        (block, each.words, each.element.xpath("string(tei:corr)", namespaces=NAMESPACES))
        for text in DOCUMENTS
        for block, each in encoded(text)
        if each.name == "choice"
    ]
    assert choices == [("icc.p11", "’'", "’"), ("spark.p9", "Oreno", "Orano")]
    orano = document("spark").xpath("//tei:orgName[tei:choice]", namespaces=NAMESPACES)[0]
    assert orano.get("ref") == register_of("org-orano")
    assert orano.xpath("string(tei:choice/tei:corr/@cert)", namespaces=NAMESPACES) == "high"


@pytest.mark.parametrize(
    ("note", "passage", "cites"),
    [
        ("icc.ed1", "icc.p9", "thediplomat.com"),
        ("icc.ed2", "icc.p11", "yahoo.com"),
        ("spark.ed1", "spark.ep2", "connexions.org"),
        ("spark.ed2", "spark.sn", "the-spark.net/np1000401.html"),
        ("spark.ed3", "spark.p3", "journal.lutte-ouvriere.org"),
    ],
)
def test_an_editors_note_stands_in_its_passage_is_signed_and_cites_what_was_seen_in_part(note: str, passage: str, cites: str):
    found = document(note.split(".")[0]).xpath("//tei:note[@xml:id = $id]", namespaces=NAMESPACES, id=note)[0]
    assert (found.get("type"), found.get("resp")) == ("editorial", "../edition.xml#editors")
    assert passage in [around.get(ID) for around in found.iterancestors()]
    assert any(cites in target for target in found.xpath(".//@target"))
    assert "seen in part" in re.sub(r"\s+", " ", "".join(found.itertext()))


def test_there_are_no_editors_notes_but_these_five():
    assert [len(document(text).xpath("//tei:note[@type = 'editorial']", namespaces=NAMESPACES)) for text in DOCUMENTS] == [2, 3]


def test_the_uncertain_identifications_say_so():
    certain = {
        (block, each.words): each.element.get("cert")
        for text in DOCUMENTS
        for block, each in encoded(text)
        if each.name in ("rs", "orgName") and each.element.get("cert")
    }
    assert certain == {
        ("icc.sub", "ICConline"): "medium",
        ("icc.p9", "the director of the NSC"): "medium",
        ("spark.p9", "British Gas"): "low",
        ("spark.p9", "Arcelor"): "high",
    }


def parallels() -> dict[str, set[str]]:
    """Topic → the passages that a link joins."""
    groups = document("icc").xpath("tei:standOff/tei:linkGrp[@type = 'parallel']", namespaces=NAMESPACES)
    return {
        str(group.findtext("tei:desc", namespaces=NAMESPACES)): {
            target.partition("#")[2] for link in group.iter(TEI + "link") for target in link.get("target", "").split()
        }
        for group in groups
    }


def test_every_parallel_of_the_textual_notes_is_a_link_with_its_topic(shared: Path):
    section = (shared / "authority" / "textual-notes.md").read_text("utf-8").split("## 7.")[1].split("## 8.")[0]
    table = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in section.splitlines() if line.startswith("| ")]
    wanted = {
        frozenset({f"icc.{p}" for p in re.findall(r"\bp\d+", icc)} | {f"spark.{p}" for p in re.findall(r"\bp\d+", spark)})
        for topic, icc, spark in table
        if re.search(r"\bp\d+", icc)
    }
    assert len(table) > len(wanted) > 15
    assert {frozenset(targets) for targets in parallels().values()} == wanted
    assert len(parallels()) == len([row for row in table if re.search(r"\bp\d+", row[1])])


def test_every_parallel_joins_passages_of_both_texts():
    ids = {each for text in DOCUMENTS for each in document(text).xpath("//@xml:id")}
    for topic, targets in parallels().items():
        assert topic
        assert targets <= ids, topic
        assert {target.split(".")[0] for target in targets} == set(DOCUMENTS), topic


def test_foreign_words_name_their_language():
    title = document("spark").xpath("//tei:byline//tei:title", namespaces=NAMESPACES)[0]
    assert title.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert document("spark").xpath("string(//tei:byline/tei:gloss)", namespaces=NAMESPACES).split() == ["Workers’", "Struggle"]
