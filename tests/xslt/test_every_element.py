"""Every element of TEI P5, wherever it stands: its words reach the page, and the table of renderings says how."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests import rendering

Make = Callable[..., Any]
ELEMENTS = tuple(name for names in rendering.elements().values() for name in names)
NO_WORDS = {"binaryObject"}
"""Bytes in base64 are no words."""
TOLD = (
    'type="t" n="5" ref="#none a:b" target="#q https://example.org/x" who="#none" facs="https://example.org/i.jpg" wit="#A #B"'
    ' from="#q" url="https://example.org/a.png" to="#q" corresp="#q" next="#q" prev="#q" rend="italic" rendition="#none"'
    ' style="font-weight: bold" spanTo="#q" new="#none" quantity="3" unit="cm" dur="PT2S" when="1900" cert="low" value="v"'
    ' name="m" active="#q" key="k" place="margin"'
)


def example(name: str, attributes: str = "") -> str:
    """An element that holds a word nothing else has."""
    space = ' xmlns="http://www.tei-c.org/ns/Examples"' if name == "egXML" else ""
    return f"<{name}{space} {attributes}>in-{name}-in</{name}>"


def lost(page: str) -> set[str]:
    """The elements whose word a page lacks."""
    words = " ".join(etree.HTML(page).itertext())
    return {name for name in ELEMENTS if f"in-{name}-in" not in words}


@pytest.mark.parametrize("attributes", ["", TOLD])
@pytest.mark.parametrize("around", ["<div><p>a {} b</p></div>", "<div>{}</div>"])
def test_the_words_of_every_element_are_on_the_page_among_words_and_among_blocks(
    make: Make, around: str, attributes: str
) -> None:
    made = make('<p xml:id="q">q</p>' + "".join(around.format(example(name, attributes)) for name in ELEMENTS))
    assert lost(made.reading) == NO_WORDS
    assert made.findings == ()


@pytest.mark.parametrize("attributes", ["", TOLD])
def test_the_words_of_every_element_in_the_header_are_on_the_page_of_the_header(make: Make, attributes: str) -> None:
    parts = "".join(f"<sourceDesc>{example(name, attributes)}</sourceDesc>" for name in ELEMENTS)
    assert lost(make('<p xml:id="q">q</p>', header=f"<fileDesc>{parts}</fileDesc>").header) == NO_WORDS
    beside = make("<p>q</p>", beside="".join(example(name) for name in ELEMENTS if name not in UNDER_ROOT)).header
    assert lost(beside) - NO_WORDS == UNDER_ROOT


UNDER_ROOT = {"TEI", "teiCorpus", "teiHeader", "text", "sourceDoc"}
"""Under the root they are documents, the header, texts."""


@pytest.mark.parametrize("attributes", ["", TOLD])
def test_an_element_without_content_is_no_fault_anywhere(make: Make, attributes: str) -> None:
    empty = "".join(f"<div><p>{name} <{name} {attributes}/></p><{name}/></div>" for name in ELEMENTS if name != "egXML")
    made = make('<p xml:id="q">q</p>' + empty, header=f"<fileDesc>{empty}</fileDesc>")
    assert made.findings == ()
    assert all(f"{name} <" in made.reading for name in ELEMENTS if name != "egXML")


def test_elements_in_elements_of_their_own_name_lose_nothing(make: Make) -> None:
    nested = "".join(
        f"<div><{name}>a {example(name)}<p>b</p><lg><l>c</l></lg></{name}></div>" for name in ELEMENTS if name != "egXML"
    )
    assert lost(make(nested).reading) == NO_WORDS | {"egXML"}


def test_every_element_has_a_template_and_the_template_says_what_it_does() -> None:
    rules = rendering.by_element(rendering.rules(*sorted((rendering.ROOT / "xslt" / "reading").glob("*.xsl"))))
    assert set(ELEMENTS) - rules.keys() == set()
    assert [name for name in ELEMENTS if not all(rule.words for rule in rules[name])] == []


def test_the_table_of_renderings_is_that_of_the_stylesheets() -> None:
    assert rendering.TABLE.read_text("utf-8") == rendering.table(), "run python -m tests.rendering"


def test_the_list_of_elements_is_that_of_the_grammar_of_all_elements(shared: Path) -> None:
    grammar = (shared / "schema" / "tei" / "tei_all.rng").read_text("utf-8")
    assert set(re.findall(r'<element name="([\w.]+)"', grammar)) == set(ELEMENTS)
