"""Where mentions stand: offsets into the page, and into the words of a passage."""

from __future__ import annotations

import pytest

from edition import spots
from edition.runs import page


def test_a_mention_is_found_wherever_its_number_stands_in_a_tag() -> None:
    fragment = (
        '<p><a class="x" data-mention="2">A</a> data-mention="3" <a title="a > b" data-mention="12">B</a>'
        '<i data-mention="2"></i></p>'
    )
    places = page(fragment, frozenset()).mentions
    assert list(places) == [2, 12]
    assert [fragment[:offset].rpartition("<")[2] for offset in places[2]] == ['a class="x"', "i"]
    assert [fragment[offset:].startswith(' data-mention="12"') for offset in places[12]] == [True]


def marked(text: str) -> str:
    """``[1:words]`` as the stylesheets sign it."""
    for number in "123":
        text = text.replace(f"[{number}:", f"\ufdd0{number}\ufdd2").replace(f":{number}]", f"\ufdd1{number}\ufdd2")
    return text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1:Ada:1] reads", {1: "Ada"}),
        ("  Once\n [1: Ada   Reed :1]\tread", {1: "Ada Reed"}),
        ("x [1:the clan of [2:Ada:2]:1], [3:Tom:3]", {1: "the clan of Ada", 2: "Ada", 3: "Tom"}),
        ("anti-[1:Ada:1]'s", {1: "Ada"}),
        ("a [1:[2: b:2] c:1]", {1: "b c", 2: "b"}),
        ("a[1: b:1]", {1: "b"}),
        ("nothing [1: :1] here", {}),
    ],
)
def test_the_words_of_a_mention_are_found_in_the_text_of_its_passage(text: str, words: dict[int, str]) -> None:
    plain = " ".join(text.translate({ord(sign): None for sign in "[]:123"}).split())
    assert {number: plain[start:end] for number, (start, end) in spots.spans(marked(text)).items()} == words
