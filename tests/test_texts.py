"""The two texts are complete, word for word and sign for sign.

This is a second reading of the TEI, on purpose independent of the stylesheets: lxml finds a block by its ``xml:id``,
and its words and their SHA-256 are compared with ``data/blocks.csv``, one block a row in the order of the documents.

With ``EDITION_TEST_SHARED`` naming the folder that holds ``sources/icc.txt`` and ``sources/spark.txt``, the texts are also
compared with the files received.
"""

import csv
import hashlib
import os
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from tests.tei_reading import ID, LANG, NAMESPACES, ROOT, TEI, TEI_FOLDER, plain, xml

SHARED = os.environ.get("EDITION_TEST_SHARED", "")
CITABLE = tuple(TEI + name for name in ("p", "ab", "head", "titlePart", "byline", "docDate", "signed", "note"))

ICC, SPARK = "icc-2022-01-20", "spark-2022-01-17"
FILES = sorted(TEI_FOLDER.rglob("*.xml"))


class Block(NamedTuple):
    label: str
    document: str
    words: int
    sha256: str


def _blocks() -> list[Block]:
    with (Path(__file__).parent / "data" / "blocks.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [Block(row["label"], row["document"], int(row["words"]), row["sha256"]) for row in rows]


BLOCKS = _blocks()
LABELS = {block.label for block in BLOCKS}


def text_of(document: str) -> etree._Element:
    text = xml(TEI_FOLDER / "documents" / f"{document}.xml").find("tei:text", NAMESPACES)
    assert text is not None
    return text


def block(document: str, label: str) -> etree._Element:
    return next(element for element in text_of(document).iter("{*}*") if element.get(ID) == label)


def single_spaced(text: str) -> str:
    """``text`` with one space for each run of XML white space; a no-break space is a sign and stays."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


@pytest.mark.parametrize("expected", BLOCKS, ids=lambda expected: expected.label)
def test_a_block_has_the_words_and_signs_of_the_source(expected: Block):
    words = plain(block(expected.document, expected.label))
    assert len(words.split()) == expected.words, words
    assert hashlib.sha256(words.encode()).hexdigest() == expected.sha256, words


@pytest.mark.parametrize(("document", "count", "words"), [(ICC, 24, 1543 - 1), (SPARK, 19, 876)])
def test_nothing_is_missing_and_nothing_too_much(document: str, count: int, words: int):
    text = text_of(document)
    found = [element for element in text.iter("{*}*") if element.get(ID) in LABELS]
    assert len(found) == count
    # The marker before the footnote is a word of the source and an attribute here.
    assert sum(len(plain(element).split()) for element in found) == words


@pytest.mark.parametrize("document", [ICC, SPARK])
def test_blocks_stand_in_the_order_of_the_source_the_footnote_at_its_reference(document: str):
    found = [element.get(ID) for element in text_of(document).iter("{*}*") if element.get(ID) in LABELS]
    assert found == [block.label for block in BLOCKS if block.document == document]


@pytest.mark.parametrize("document", [ICC, SPARK])
def test_no_word_of_a_text_stands_outside_its_blocks(document: str):
    text = text_of(document)
    outside = [
        str(string)
        for string in text.xpath(".//text()[normalize-space()]")
        if LABELS.isdisjoint(around.get(ID) for around in carriers(string))
    ]
    assert outside == []


def carriers(string: etree._ElementUnicodeResult) -> Iterator[etree._Element]:
    """The elements a text node stands in, innermost first."""
    parent = string.getparent()
    assert parent is not None
    if not string.is_tail:
        yield parent
    yield from parent.iterancestors()


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name != "registers"], ids=lambda path: path.stem)
def test_every_passage_of_documents_and_pages_has_an_id(path: Path):
    text = xml(path).find("tei:text", NAMESPACES)
    assert text is not None
    nameless = [etree.tostring(element)[:80] for element in text.iter(*CITABLE) if not element.get(ID)]
    assert nameless == []


def test_the_footnote_stands_after_csto_and_keeps_its_marker():
    note = block(ICC, "icc.fn1")
    paragraph = note.getparent()
    assert paragraph is not None
    assert paragraph.get(ID) == "icc.p11"
    assert "(CSTO)[1], a cover" in plain(paragraph, markers=True)
    assert (note.get("n"), note.get("place")) == ("[1]", "foot")


def test_four_divisions_of_the_first_text_have_heads_and_its_first_paragraph_stands_before_them():
    body = text_of(ICC).find("tei:body", NAMESPACES)
    assert body is not None
    assert [child.get(ID) for child in body][:-1] == ["icc.p1", "icc.d1", "icc.d2", "icc.d3", "icc.d4"]
    assert [head.get(ID) for head in body.iterfind("tei:div/tei:head", NAMESPACES)] == [
        "icc.h1", "icc.h2", "icc.h3", "icc.h4",
    ]  # fmt: skip


def test_the_missing_date_of_submission_is_a_gap_and_adds_no_word():
    byline = block(ICC, "icc.sub")
    assert byline.find(".//tei:gap", NAMESPACES) is not None
    assert plain(byline) == "Submitted by ICConline on"


def test_the_title_of_the_first_document_is_marked_as_supplied_and_is_not_in_its_text():
    title = xml(TEI_FOLDER / "documents" / f"{ICC}.xml").find(".//tei:titleStmt/tei:title", NAMESPACES)
    assert title is not None
    assert title.get("type") == "supplied"
    assert str(title.text) not in plain(text_of(ICC))


@pytest.mark.parametrize(("document", "label", "when"), [(ICC, "icc.sig", "2022-01-20"), (SPARK, "spark.da", "2022-01-17")])
def test_the_date_of_a_text_is_read_as_in_its_header(document: str, label: str, when: str):
    assert when in block(document, label).xpath("descendant-or-self::*/@when")
    header = xml(TEI_FOLDER / "documents" / f"{document}.xml").find("tei:teiHeader", NAMESPACES)
    assert header is not None
    assert header.xpath("tei:profileDesc/tei:creation/tei:date/@when", namespaces=NAMESPACES) == [when]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_tei_and_states_its_terms_date_and_language(path: Path):
    root = xml(path)
    header = root.find("tei:teiHeader", NAMESPACES)
    assert root.tag == TEI + "TEI"
    assert header is not None

    def states(query: str) -> bool:
        return bool(header.xpath(query, namespaces=NAMESPACES))

    assert states("tei:fileDesc/tei:publicationStmt/tei:availability[normalize-space()]")
    assert states(
        "(tei:profileDesc/tei:creation | tei:fileDesc/tei:publicationStmt)"
        "/tei:date[@when or contains(., 'unknown') or contains(., 'undated')]"
    )
    assert root.get(LANG) in header.xpath("tei:profileDesc/tei:langUsage/tei:language/@ident", namespaces=NAMESPACES)


@pytest.mark.parametrize("document", [ICC, SPARK])
def test_a_document_licenses_its_encoding_and_not_its_words(document: str):
    header = xml(TEI_FOLDER / "documents" / f"{document}.xml").find("tei:teiHeader", NAMESPACES)
    assert header is not None
    statuses = header.xpath(".//tei:availability/@status", namespaces=NAMESPACES)
    targets = header.xpath(".//tei:availability[@status = 'free']/tei:licence/@target", namespaces=NAMESPACES)
    assert statuses == ["unknown", "free"]
    assert targets == ["https://creativecommons.org/licenses/by/4.0/"]


def test_identifiers_are_unique_over_the_edition_and_the_editors_are_found():
    identifiers = [(path, name) for path in FILES for name in xml(path).xpath("//@xml:id")]
    names = sorted(name for _, name in identifiers)
    assert [one for one, next_one in pairwise(names) if one == next_one] == []
    for path in FILES:
        for pointer in xml(path).xpath("//tei:change/@who | //tei:name/@ref", namespaces=NAMESPACES):
            file, _, name = str(pointer).partition("#")
            target = (path.parent / file).resolve() if file else path
            assert (target, name) in identifiers, f"{path}: {pointer}"


def test_the_version_of_the_edition_stands_in_one_place():
    edition = TEI_FOLDER / "edition.xml"
    versions = xml(edition).xpath("//tei:editionStmt/tei:edition/@n", namespaces=NAMESPACES)
    assert len(versions) == 1
    others = [path for path in FILES if path != edition] + [ROOT / "CITATION.cff", ROOT / "LICENSES.md"]
    for path in others:
        content = path.read_text(encoding="utf-8")
        assert versions[0] not in content, path
        assert "<editionStmt" not in content, path
        assert "\nversion:" not in content, path
    told = xml(edition).xpath("//tei:revisionDesc/tei:change[@n = $version]", namespaces=NAMESPACES, version=versions[0])
    assert edition.read_text(encoding="utf-8").count(str(versions[0])) == 1 + len(told)  # what it brought


def shared(path: str) -> Path:
    """A file below ``EDITION_TEST_SHARED``; the test is skipped where that is not set."""
    if not SHARED:
        pytest.skip("EDITION_TEST_SHARED does not name the folder of the received files")
    return Path(SHARED, path)


@pytest.mark.parametrize(("document", "source"), [(ICC, "icc.txt"), (SPARK, "spark.txt")])
def test_the_blocks_are_the_lines_of_the_received_file(document: str, source: str):
    received = shared(f"sources/{source}").read_text(encoding="utf-8")
    lines = [single_spaced(line) for line in received.split("\n") if line.strip()]
    labels = [block.label for block in BLOCKS if block.document == document]
    labels.sort(key="icc.fn1".__eq__)  # the footnote is the last line of its file
    assert [plain(block(document, label), markers=True) for label in labels] == lines
