"""Citations: what they say, and that no words of a header break out of their field."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.citations import Citation, bibtex, csl_json, in_words, quotation, ris
from edition.records import Document, Passage, Responsibility

EDITION = Document(
    "edition", "edition.xml", "Lamps", subtitle="An Edition", edition="1.2", date="2026-11-21", date_text="21 November 2026",
    publisher="The Press", responsibilities=(Responsibility("editor", "Ada Reed"), Responsibility("Encoding", "Bo")),
)  # fmt: skip
TEXT = Document(
    "lamp", "lamp.xml", "A Lamp", authors=("Tom Alder", "The Friends"), date="1910-05", date_text="May 1910", language="en"
)
PASSAGE = Passage("lamp", "lamp.p2", "paragraph", "paragraph 2", "en", "On the table, a lamp.")
ADDRESS = "https://lamps.example.org/documents/lamp/#lamp.p2"
WORDS = st.text(st.one_of(st.sampled_from('\\{}$&#%_^~"@,=\n\r\t\x85\u2028 aé'), st.characters(codec="utf-8")), max_size=40)


def cited(
    text: Document = TEXT, passage: Passage | None = PASSAGE, edition: Document = EDITION, address: str = ADDRESS
) -> Citation:
    return Citation(text, passage, edition, address)


def words_of(citation: Citation) -> str:
    return "".join(part.words for part in in_words(citation))


def bibtex_fields(entry: str) -> dict[str, str]:
    """The fields of one entry as BibTeX reads them, by counting braces, whatever stands before them."""
    body = entry[entry.index(",") + 1 :]
    fields: dict[str, str] = {}
    while begun := re.match(r"\s*(\w+) = \{", body):
        depth, end = 1, begun.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        fields[begun[1]] = body[begun.end() : end - 1]
        body = body[end:].removeprefix(",")
    assert body.strip() == "}"
    return fields


def typeset(value: str) -> str:
    """The words that TeX makes of a field."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~"}
    plain = re.sub(r"\\(?:(text[a-z]+)\{\}|([$&#%_]))|[{}]", lambda found: names.get(found[1] or "", found[2] or ""), value)
    assert not re.search(r"(?<!\\)[$&#%_^~]", re.sub(r"\\text[a-z]+\{\}", "", value))
    return plain


def single_spaced(words: str) -> str:
    return re.sub(" +", " ", re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", words)).strip(" ")


def test_in_words_it_says_author_title_date_passage_edition_version_and_address():
    assert words_of(cited()) == (
        "Tom Alder, The Friends, “A Lamp”, May 1910, passage lamp.p2, in Lamps. An Edition, version 1.2, 21 November 2026. "
        + ADDRESS
    )


def test_what_is_not_known_is_not_said():
    bare = cited(Document("x", "x.xml", "A Leaf"), None, Document("edition", "", "Leaves"), "/documents/x/")
    assert words_of(bare) == "“A Leaf”, in Leaves. /documents/x/"
    assert set(bibtex_fields(bibtex(bare))) == {"title", "booktitle"}
    assert re.findall(r"^(\w\w)  - ", ris(bare), re.MULTILINE) == ["TY", "ID", "TI", "T2", "ER"]
    assert set(json.loads(csl_json(bare))[0]) == {"id", "type", "title", "container-title"}
    assert quotation(bare) == ""


def test_a_supplied_title_is_said_to_be_supplied():
    supplied = cited(Document("x", "x.xml", "A Leaf", title_supplied=True))
    assert "“A Leaf” (title supplied)" in words_of(supplied)
    assert "Title supplied by the editors" in bibtex(supplied)
    assert "N1  - Title supplied by the editors\n" in ris(supplied)
    assert "Title supplied by the editors" in json.loads(csl_json(supplied))[0]["note"]


def test_the_quotation_is_the_words_and_under_them_the_reference():
    words, _, reference = quotation(cited()).partition("\n\n")
    assert words == "On the table, a lamp."
    assert reference == words_of(cited()) + "\n"


def test_csl_keeps_the_date_of_the_text_apart_from_that_of_the_edition_and_names_in_one_piece():
    (item,) = json.loads(csl_json(cited()))
    assert item["issued"] == {"date-parts": [[2026, 11, 21]]}
    assert item["original-date"] == {"date-parts": [[1910, 5]]}
    assert item["author"] == [{"literal": "Tom Alder"}, {"literal": "The Friends"}]
    assert item["editor"] == [{"literal": "Ada Reed"}]
    assert (item["section"], item["URL"], item["version"]) == ("lamp.p2", ADDRESS, "1.2")


@pytest.mark.parametrize(
    ("iso", "words", "date"),
    [("-0044-03-15", "", [[-44, 3, 15]]), ("1910", "", [[1910]]), ("", "undated", None), ("", "", None)],
)
def test_a_date_that_is_no_date_stays_words(iso: str, words: str, date: Any):
    (item,) = json.loads(csl_json(cited(Document("x", "x.xml", "A Leaf", date=iso, date_text=words))))
    assert item.get("original-date") == ({"date-parts": date} if date else {"literal": words} if words else None)


def test_a_path_that_is_no_address_is_not_given_to_programs():
    local = cited(address="/documents/lamp/#lamp.p2")
    assert "/documents/" not in bibtex(local) + ris(local) + csl_json(local)
    assert words_of(local).endswith(" /documents/lamp/#lamp.p2")


@pytest.mark.parametrize(("id", "key"), [("icc-2022", "icc-2022:p_1"), ("лампа, 1", "u43bu430u43cu43fu430u2cu201:p_1")])
def test_a_key_is_one_that_every_reader_of_bibtex_takes(id: str, key: str):
    assert cited(Document(id, "x.xml", "A"), Passage(id, "p_1", "paragraph", "paragraph 1", "en", "a")).key == key


@given(WORDS, WORDS, WORDS)
def test_no_words_break_out_of_a_field_of_bibtex(title: str, author: str, edition: str):
    text = Document("x", "x.xml", title, authors=(author, "B and C"))
    fields = bibtex_fields(bibtex(cited(text, edition=Document("e", "", edition))))
    assert typeset(fields["title"] if title else "") == single_spaced(title)
    assert typeset(fields["booktitle"] if edition else "") == single_spaced(edition)
    assert fields["author"].endswith("{B and C}")
    assert typeset(fields["author"].removesuffix(" and {B and C}")) == single_spaced(author)


@given(WORDS, WORDS)
def test_no_words_make_a_line_of_their_own_in_ris(title: str, author: str):
    record = ris(cited(Document("x", "x.xml", title + "\nER  - \nTY  - BOOK", authors=(author,)), None))
    lines = record.split("\n")
    assert record.splitlines() == lines[:-1]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert [line[:2] for line in lines].count("TY") == [line[:2] for line in lines].count("ER") == 1
    assert f"TI  - {single_spaced(title + ' ER  - TY  - BOOK')}" in lines


@given(WORDS, WORDS, WORDS)
def test_csl_json_says_the_words_as_they_are(title: str, author: str, label: str):
    passage = Passage("x", "p1", "paragraph", label, "en", "a")
    (item,) = json.loads(csl_json(cited(Document("x", "x.xml", title, authors=(author,)), passage)))
    assert item.get("title", "") == title
    assert item["author"] == [{"literal": author}]
    assert label in item["note"]
