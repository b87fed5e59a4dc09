"""Citations in the styles of the handbooks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.citations import Citation
from edition.exports.sheets import can_typeset
from edition.exports.styled import ADDRESS, STYLES, styled
from edition.records import Document, Responsibility

EDITION = Document(
    "edition", "edition.xml", "Lamps", subtitle="An Edition", edition="1.2.0", date="2026-11-21", publisher="The Press",
    responsibilities=(Responsibility("editor", "Ada Reed"),),
)  # fmt: skip
TEXT = Document("lamp", "lamp.xml", "a lamp at sea", authors=("Alder, Tom",), date="1910-05", language="en")


@pytest.fixture(autouse=True)
def _typst(cannot_run: Callable[[str], NoReturn]) -> None:
    if not can_typeset():
        cannot_run("Typst is not installed")


def cited(text: Document = TEXT, edition: Document = EDITION) -> dict[str, str]:
    made = json.loads(styled(Citation(text, None, edition, "")))
    return {style: "".join(words for words, _ in pieces) for style, pieces in made}


def test_each_style_names_author_title_edition_version_and_address():
    assert cited() == {
        "Chicago": "Alder, Tom. “A Lamp at Sea.” In Lamps. An Edition, version 1.2.0, edited by Ada Reed. The Press, 2026. "
        f"{ADDRESS}.",
        "MLA": f"Alder, Tom. “A Lamp at Sea.” Lamps. An Edition, edited by Ada Reed, Version 1.2.0, The Press, 2026, {ADDRESS}.",
        "APA": f"Alder, Tom. (2026). a lamp at sea. In Ada Reed (Ed.), Lamps. An Edition (version 1.2.0). The Press. {ADDRESS}",
    }


def test_a_text_without_an_author_begins_with_its_title_and_has_it_once():
    for words in cited(replace(TEXT, authors=())).values():
        assert words.lower().count("a lamp at sea") == 1
        assert words.lstrip("“").lower().startswith("a lamp at sea")


def test_titles_that_are_not_english_keep_their_letters():
    assert "“die lampe”" in cited(replace(TEXT, title="die lampe", language="de"))["Chicago"].replace(".”", "”")


def test_the_title_of_the_edition_has_emphasis():
    pieces = dict(json.loads(styled(Citation(TEXT, None, EDITION, ""))))["MLA"]
    assert ["Lamps. An Edition", "emphasis"] in pieces


SIGNS = st.text(
    st.one_of(st.sampled_from("\\{}$&#%_*<>@~\"'[]`"), st.characters(codec="utf-8", categories=("L", "N"))), max_size=20
)


@settings(max_examples=60, deadline=None)
@given(SIGNS, SIGNS, SIGNS)
def test_no_sign_of_a_header_means_anything_to_the_processor(title: str, name: str, publisher: str):
    text = replace(TEXT, title=f"A{title}z", authors=(f"B{name}z",), language="de")
    edition = replace(EDITION, publisher=f"C{publisher}z")
    for style, words in cited(text, edition).items():
        assert style in STYLES
        for said in (f"A{title}z", f"B{name}z", f"C{publisher}z"):
            assert plain(said) in plain(words), (style, words)


def plain(words: str) -> str:
    """Without what a style may change: quotation marks and apostrophes inside quotation marks."""
    return "".join(sign for sign in words if sign not in "\"'“”‘’")
