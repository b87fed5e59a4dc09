"""From TEI to the page of the text as received."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from edition.runs import BY_EDITION


def seen(fragment: str) -> str:
    """What a reader sees of a page without the links of the passages; a line break as ``|``."""
    page = re.sub(r'<a class="permalink".*?</a>|<span class="visually-hidden">.*?</span>', "", fragment)
    return re.sub(r"<[^>]*>", "", re.sub(r"<br[^>]*>", "|", page)).strip()


@pytest.mark.parametrize(
    ("encoded", "words"),
    [
        ("the <choice><corr>gardener</corr><sic>gardner</sic></choice>", "the gardner"),
        ("<choice><orig>vp</orig><reg>up</reg></choice>", "vp"),
        ("<choice><expan>Doctor</expan><abbr>Dr<am>.</am></abbr></choice>", "Dr."),
        ("<expan><abbr>Aug</abbr><ex>ustus</ex></expan>", "Aug"),
        ("<subst><del>mould</del><add>moss</add></subst>", "mouldmoss"),
        ("<surplus>the</surplus> the", "the the"),
        ("a <supplied reason='lost'>lost</supplied> word", "a […] word"),
        ("a <supplied reason='omitted'>small </supplied>word", "a word"),
        ("<app><lem>gate</lem><rdg>grate</rdg></app>", "gate"),
        ("<persName ref='#x'>Ada</persName> on <date when='1910-05-12'>12/5/10</date>", "Ada on 12/5/10"),
    ],
)
def test_the_letters_are_those_of_the_source(make: Callable[..., Any], encoded: str, words: str) -> None:
    assert seen(make(f"<p>{encoded}</p>").diplomatic) == words


def test_what_editors_know_of_names_and_dates_is_not_shown(make: Callable[..., Any]) -> None:
    page = make(
        '<p><persName ref="p.xml#x" cert="low">Ada</persName> on <date when="1910-05-12" cert="low">12/5/10</date></p>'
    ).diplomatic
    assert not re.search("certain|mention|expression|edition:|<a (?!class=.permalink)", page)


def test_a_deletion_is_a_deletion_and_an_addition_an_addition(make: Callable[..., Any]) -> None:
    page = make("<p><del>mould</del> <add>moss</add></p>").diplomatic
    assert '<del class="tei-del">mould</del>' in page
    assert '<ins class="tei-add">moss</ins>' in page


def test_lines_end_where_they_ended(make: Callable[..., Any]) -> None:
    assert seen(make("<p><lb/>one<lb/>two extra<lb break='no'/>ordinary</p>").diplomatic) == "one|two extra|ordinary"


def test_a_page_says_that_it_begins(make: Callable[..., Any]) -> None:
    assert seen(make("<p>one <pb n='12r'/>two</p>").diplomatic) == "one [page 12r] two"
    assert seen(make("<p>one <cb/>two</p>").diplomatic) == "one [column] two"


def test_no_editors_note_is_shown_but_its_place_can_be_linked_to(make: Callable[..., Any]) -> None:
    page = make('<p>a<note type="editorial" xml:id="e1">b</note><note place="foot">c</note></p>').diplomatic
    assert 'a<span id="e1"></span><a class="note-ref"' in page
    assert "Editors" not in page
    assert ">b<" not in page
    assert "c" in page.partition("doc-endnotes")[2]


def test_what_is_left_out_leaves_its_anchors(make: Callable[..., Any]) -> None:
    made = make(
        "<p>a <choice><sic>b</sic><corr><seg xml:id='s1'>c</seg></corr></choice></p>"
        "<p><supplied><seg xml:id='s2'>d</seg></supplied></p>"
        "<supplied><p xml:id='p2'>e</p></supplied><note type='editorial'><p>f</p></note>"
    )
    ids = html.document_fromstring(made.diplomatic).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {passage["id"] for passage in made.record["passages"]} | {"s1", "s2"} <= set(ids)


def test_a_note_in_what_is_left_out_stands_after_the_text_and_leads_back_to_its_place(make: Callable[..., Any]) -> None:
    left_out = "<note xml:id='n1'>one <seg xml:id='s1'>word</seg></note>"
    page = html.document_fromstring(
        make(f"<p>a <supplied>b{left_out}</supplied> <choice><sic>c</sic><corr>d<note>two</note></corr></choice></p>").diplomatic
    )
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"n1", "s1"} <= set(ids)
    assert {unquote(href[1:]) for href in page.xpath("//a[@class='note-back']/@href")} <= set(ids)


def test_a_link_to_another_text_leads_there_from_a_folder_deeper(make: Callable[..., Any]) -> None:
    body = '<ref target="lamp.xml#lamp.p1">a</ref> <ref target="../pages/about.xml">b</ref> <ref target="#x">c</ref>'
    hrefs = html.document_fromstring(make(f'<p>{body} <seg xml:id="x">d</seg></p>').diplomatic).xpath(
        "//a[not(@class='permalink')]/@href"
    )
    assert hrefs == ["../../lamp/#lamp.p1", "../../../pages/about/", "#x"]


def test_what_the_page_adds_is_marked_as_the_edition_s(make: Callable[..., Any]) -> None:
    page = html.document_fromstring(make("<p>a <pb n='2'/><supplied>b</supplied> <gap/></p>").diplomatic)
    added = [element for element in page.iter() if isinstance(element.tag, str) and "[" in (element.text or "")]
    assert len(added) == 5
    assert all(BY_EDITION & set(element.get("class", "").split()) for element in added)
