"""From TEI to the view of its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from lxml import html

from edition.snapshot import current
from tests.stored import page_of
from tests.tei_reading import TEI_FOLDER


def shown(source: str) -> str:
    """What a reader sees of the source view, without the links to the page."""
    return unescape(re.sub(r'<a class="to-page".*?</a>|<[^>]*>', "", source))


def test_the_source_is_shown_as_it_was_written(make: Callable[..., Any]) -> None:
    body = '<p n="a &amp; &lt;b&gt;">1 &lt; 2 &amp; 3<!-- so --><?so it is?><x:y xmlns:x="urn:x" x:z="1"/></p>'
    assert body.replace("b&gt;", "b>") in shown(make(body).source)


def test_a_namespace_is_shown_where_it_is_declared(make: Callable[..., Any]) -> None:
    source = shown(make('<p><m xmlns="urn:m"><m/><p xmlns="http://www.tei-c.org/ns/1.0"/></m></p>').source)
    assert '<m xmlns="urn:m"><m/><p xmlns="http://www.tei-c.org/ns/1.0"/></m>' in source
    assert source.count('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">') == 1


@pytest.mark.parametrize(
    "white",
    ["\n  ", "\n\n  ", " \n\t", " ", "", "\n  <!-- a\n  remark --> ", "\n  <?p?>\n", "\r\n  "],
    ids=repr,
)
def test_lines_and_indentation_are_those_of_the_file(make: Callable[..., Any], white: str) -> None:
    body = f"{white}<div>{white}<p>a</p>{white}<p>b\n  c</p>{white}</div>{white}<lg>{white}<l>d</l>{white}</lg>{white}"
    assert f"<body>{body}</body>".replace("\r\n", "\n") in shown(make(body).source)


@pytest.mark.parametrize("path", sorted(TEI_FOLDER.glob("documents/*.xml")), ids=lambda path: path.stem)
def test_white_space_and_words_of_our_texts_are_shown_as_they_are_in_the_file(edition, path) -> None:  # type: ignore[no-untyped-def]
    source = page_of(current(edition.out), "source", path.name)
    between = [re.split(r"<[^>]*>", text)[1:] for text in (shown(source), path.read_text("utf-8").partition("?>\n")[2])]
    assert between[0] == [unescape(words) for words in between[1]]


def test_each_passage_is_an_anchor_and_leads_to_its_place_on_the_page(make: Callable[..., Any]) -> None:
    source = make('<p xml:id="here">a</p>').source
    assert '<span id="here"><span class="x-el">&lt;p</span>' in source
    assert '<a class="to-page" href="../#here" aria-label="Read paragraph 1">¶</a>a<span class="x-el">&lt;/p' in source


def test_each_anchor_of_the_page_is_one_of_the_source(make: Callable[..., Any]) -> None:
    made = make("<div><head>a</head>\n<p>b<note>c</note></p>\n<lg>\n<l>d</l>\n</lg></div>")
    ids = html.document_fromstring(made.source).xpath("//@id")
    assert [id for id in ids if id not in ("body", "body.d1", "text")] == [passage["id"] for passage in made.record["passages"]]


def test_what_has_an_id_beside_the_text_is_an_anchor_too(make: Callable[..., Any]) -> None:
    source = make("<p>a</p>", beside='<standOff><linkGrp xml:id="links"><desc>b</desc></linkGrp></standOff>').source
    assert '<span id="links"><span class="x-el">&lt;linkGrp</span>' in source


def test_the_text_is_open_and_what_stands_beside_it_is_folded(make: Callable[..., Any]) -> None:
    header, beside = "<fileDesc>\n<p>b</p>\n</fileDesc>", "<standOff><p>c</p></standOff>"
    page = html.document_fromstring(make("\n<div>\n<p>a</p>\n</div>\n", header=header, beside=beside).source)
    folding = {each.xpath("string(summary/span[1])"): "open" in each.attrib for each in page.iter("details")}
    assert folding == {
        "<TEI": True, "<teiHeader": False, "<fileDesc": True, "<standOff": False, "<text": True, "<body": True, "<div": True,
    }  # fmt: skip


def test_words_are_never_folded_apart(make: Callable[..., Any]) -> None:
    source = make("\n<p>a\n<list>\n<item>b</item>\n</list>\n</p>\n").source
    assert "&lt;list" not in source.partition("&lt;p")[0]
    assert not html.document_fromstring(source).xpath("//span//details")


def test_a_passage_is_not_folded_since_a_button_can_hold_no_link(make: Callable[..., Any]) -> None:
    page = html.document_fromstring(make("<list>\n<item>\n<bibl>\n<title>a</title>\n</bibl>\n</item>\n</list>").source)
    assert page.xpath("//a[@class = 'to-page']/@href") == ["../#body-i1"]
    assert not page.xpath("//summary//a")
