"""From TEI to the view of its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any


def shown(source: str) -> str:
    """What a reader sees of the source view."""
    return unescape(re.sub(r"<[^>]*>", "", source))


def test_the_source_is_shown_as_it_was_written(make: Callable[..., Any]) -> None:
    body = '<p n="a &amp; &lt;b&gt;">1 &lt; 2 &amp; 3<!-- so --><?so it is?><x:y xmlns:x="urn:x" x:z="1"/></p>'
    assert body.replace("b&gt;", "b>") in shown(make(body).source)


def test_a_namespace_is_shown_where_it_is_declared(make: Callable[..., Any]) -> None:
    source = shown(make('<p><m xmlns="urn:m"><m/><p xmlns="http://www.tei-c.org/ns/1.0"/></m></p>').source)
    assert '<m xmlns="urn:m"><m/><p xmlns="http://www.tei-c.org/ns/1.0"/></m>' in source
    assert source.count('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">') == 1


def test_each_passage_is_an_anchor(make: Callable[..., Any]) -> None:
    assert '<span id="here"><span class="x-el">&lt;p</span>' in make('<p xml:id="here">a</p>').source


def test_what_has_an_id_beside_the_text_is_an_anchor_too(make: Callable[..., Any]) -> None:
    source = make("<p>a</p>", beside='<standOff><linkGrp xml:id="links"><desc>b</desc></linkGrp></standOff>').source
    assert '<span id="links"><span class="x-el">&lt;linkGrp</span>' in source
