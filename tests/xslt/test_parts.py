"""The parts of a long document: where it is divided, and that nothing is lost or torn by it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import html

from edition.overrides import stylesheets
from edition.parts import fragments
from edition.runs import text
from edition.settings import read
from edition.transform import Products, Transformer
from edition.validate import parse

LENGTH = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:ed="urn:x-edition">
<xsl:variable name="ed:long" select="60"/></xsl:stylesheet>"""
"""Of a project whose documents are long beyond 60 words of six signs: a part has at most 120 signs, a division of its own 6."""
WORDS = "lamp wick oil burn " * 4
"""76 signs."""

Divide = Callable[..., Products]


@pytest.fixture(scope="session")
def divide(tmp_path_factory: pytest.TempPathFactory) -> Divide:
    """All products of a text with this content of its body, or this content at all, where little is long."""
    project = tmp_path_factory.mktemp("short")
    (project / "xslt" / "shared").mkdir(parents=True)
    (project / "xslt" / "shared" / "length.xsl").write_text(LENGTH)
    transformer = Transformer(stylesheets(read(project, {}, {})))

    def products(body: str = "", content: str = "", header: str = "") -> Products:
        data = (
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="ar"><teiHeader>{header}</teiHeader>'
            f"<text>{content or f'<body>{body}</body>'}</text></TEI>"
        )
        return transformer.products(parse(data.encode(), "long.xml"), "long.xml")

    return products


def ids(made: Products) -> list[str]:
    return [part["id"] for part in made.record["parts"]]


def test_a_document_is_divided_at_its_divisions_when_it_is_long(divide: Divide) -> None:
    chapters = "".join(f'<div xml:id="ch{n}"><head>Chapter {n}</head><p>{WORDS}</p></div>' for n in range(1, 6))
    made = divide(chapters)
    assert ids(made) == ["ch1", "ch2", "ch3", "ch4", "ch5"]
    assert [part["title"] for part in made.record["parts"]] == [f"Chapter {n}" for n in range(1, 6)]
    assert [heading["part"] for heading in made.record["contents"]] == [1, 2, 3, 4, 5]


def test_a_document_that_is_not_long_is_whole(divide: Divide) -> None:
    made = divide(f"<div><p>{WORDS}</p></div><div><p>{WORDS}</p></div>")
    assert ids(made) == []
    assert len(fragments(made.reading)) == 1


def test_divisions_without_an_id_have_that_of_their_place(divide: Divide) -> None:
    made = divide("".join(f"<div><p>{WORDS}</p></div>" for _ in range(5)))
    assert ids(made) == ["body.d1", "body.d2", "body.d3", "body.d4", "body.d5"]
    assert made.record["parts"][2]["label"] == "From paragraph 3"


def test_a_division_without_words_has_no_page_of_its_own(divide: Divide) -> None:
    made = divide(content="<body>" + "".join(f"<div><p>{WORDS}</p></div>" for _ in range(5)) + "</body><back/>")
    assert ids(made) == ["body.d1", "body.d2", "body.d3", "body.d4", "body.d5"]


def test_a_division_that_is_very_short_is_on_the_page_of_the_one_before(divide: Divide) -> None:
    verses = "".join(f'<div xml:id="v{n}"><p>{n}</p></div>' for n in range(20))
    made = divide(f'<div xml:id="a"><p>{WORDS}</p></div>{verses}' + f"<div><p>{WORDS * 2}</p></div>" * 2)
    assert ids(made)[:4] == ["a", "v0", "v6", "v11"]


def test_a_division_too_long_for_a_page_is_divided_at_those_in_it(divide: Divide) -> None:
    inner = "".join(f'<div xml:id="s{n}"><p>{WORDS}</p></div>' for n in range(1, 4))
    made = divide(f'<div xml:id="a"><head>Book</head>{inner}</div><div xml:id="b"><p>{WORDS * 2}</p></div>')
    assert ids(made) == ["a", "s2", "s3", "b"]
    assert 'id="a"' in fragments(made.reading)[1], "the page stands in what is divided"
    assert "Book" not in fragments(made.reading)[1]


def test_a_text_without_divisions_is_divided_between_its_blocks(divide: Divide) -> None:
    made = divide("".join(f'<p xml:id="p{n}">{WORDS}</p>' for n in range(6)))
    assert ids(made) == ["text", "p1", "p2", "p3", "p4", "p5"]


def test_a_stanza_is_divided_between_lines_and_a_paragraph_is_not(divide: Divide) -> None:
    made = divide(f"<lg>{'<l>lamp wick oil</l>' * 30}</lg><p>{WORDS * 5}</p>")
    pages = [html.fragment_fromstring(each, create_parent="div") for each in fragments(made.reading)]
    assert [len(page.find_class("tei-l")) for page in pages] == [9, 9, 9, 3, 0]
    assert [len(page.find_class("tei-lg")) for page in pages] == [1, 1, 1, 1, 0]


def test_the_beginning_of_a_page_stands_with_the_words_of_that_page(divide: Divide) -> None:
    made = divide(f"<div><p>{WORDS}</p></div>" + f'<pb n="12"/> <div><p>{WORDS}</p></div>' * 4)
    assert [each.count("tei-pb") for each in fragments(made.reading)] == [0, 1, 1, 1, 1]


def test_each_page_has_language_and_direction(divide: Divide) -> None:
    made = divide(f"<div><p>{WORDS}</p></div>" * 5)
    for product in (made.reading, made.diplomatic):
        assert [each.count('lang="ar" dir="rtl"') for each in fragments(product)] == [1] * 5


def test_a_note_and_another_reading_stand_with_their_sign(divide: Divide) -> None:
    note = "<note>A remark on {n}.</note><app><lem>one</lem><rdg>other {n}</rdg></app>"
    made = divide("".join(f"<div><p>{WORDS}{note.format(n=n)}</p></div>" for n in range(5)))
    for n, page in enumerate(fragments(made.reading)):
        assert f"A remark on {n}." in page
        assert f"other {n}" in page
        here = set(re.findall(r' id="([^"]*)"', page))
        assert {link.replace("%3A", ":") for link in re.findall(r' href="#([^"]*)"', page)} <= here


def test_a_link_leads_to_the_part_that_has_its_target(divide: Divide) -> None:
    links = '<ref target="#there">x</ref> <ref target="#here">y</ref> <ref target="../pages/about.xml">z</ref>'
    first = f'<div xml:id="a"><p xml:id="here">{WORDS}{links}</p></div>'
    made = divide(first + f'<div xml:id="b"><p xml:id="there">{WORDS * 4}</p></div>')
    about = "../../pages/about/"
    assert led(made.reading) == ["../b/#there", "../a/#here", f"../../{about}"]
    assert led(made.diplomatic) == ["../../b/diplomatic/#there", "../../a/diplomatic/#here", f"../../../{about}"]


def led(page: str) -> list[str]:
    return re.findall(r'<a class="tei-ref" href="(.*?)"', page)


def test_the_header_leads_to_the_part_as_well(divide: Divide) -> None:
    header = '<fileDesc><sourceDesc><p>From <ref target="#p">there</ref>.</p></sourceDesc></fileDesc>'
    made = divide(f'<div xml:id="a"><p>{WORDS}</p></div><div xml:id="b"><p xml:id="p">{WORDS * 4}</p></div>', header=header)
    assert 'href="../part/b/#p"' in made.header


def test_the_source_has_the_same_parts_each_in_the_tags_that_are_open(divide: Divide) -> None:
    made = divide("".join(f'<div xml:id="d{n}"><p>{WORDS}</p></div>' for n in range(5)))
    pages = [html.fragment_fromstring(each).text_content() for each in fragments(made.source)]
    assert len(pages) == 5
    assert ["<teiHeader" in page for page in pages] == [True, False, False, False, False]
    assert [re.findall(r"<(\w+)", page)[-4:] for page in pages] == [["text", "body", "div", "p"]] * 5


def test_an_id_that_no_address_can_have_becomes_one(divide: Divide) -> None:
    made = divide("".join(f'<div xml:id="{id}"><p>{WORDS}</p></div>' for id in ("a/b", "a?b", "..", "c", "d")))
    assert ids(made) == ["a-b", "a-b_", "-.", "c", "d"]


def test_all_texts_of_a_group_are_divided(divide: Divide) -> None:
    inner = "".join(f'<text xml:id="t{n}"><body><div><p>{WORDS}</p></div></body></text>' for n in range(5))
    assert ids(divide(content=f"<group>{inner}</group>"))[1:] == ["t1", "t2", "t3", "t4"]


leaf = some.builds(
    lambda kind, n, note: kind.format(" ".join(["lamp"] * n) + ("<note>a note</note>" if note else "")),
    some.sampled_from(
        (
            "<p>{}</p>",
            "<lg><l>{}</l><l>x</l></lg>",
            "<ab>{}</ab>",
            "<quote><p>{}</p></quote>",
            "<pb/>",
            "<p><pb/>{}</p>",
            "<sp><speaker>A</speaker><p>{}</p></sp>",
            "<list><item>{}</item></list>",
            "<table><row><cell>{}</cell></row></table>",
        )
    ),
    some.integers(0, 60),
    some.booleans(),
)
division = some.recursive(
    some.lists(leaf, max_size=5).map("".join),
    lambda inner: some.tuples(
        some.sampled_from(["", "<head>A heading</head>", "<pb/>"]), some.lists(inner, max_size=4)
    ).map(lambda each: each[0] + "".join(f"<div>{content}</div>" for content in each[1])),
    max_leaves=12,
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(division, some.lists(leaf, max_size=3))
def test_the_words_of_the_parts_are_those_of_the_whole(divide: Divide, body: str, front: list[str]) -> None:
    made = divide(content=f"<front>{''.join(front)}</front><body>{body}<p>end</p></body>")
    passages = made.record["passages"]
    pages = fragments(made.reading)
    parts = made.record["parts"]
    assert len(pages) == max(1, len(parts)) == len(fragments(made.diplomatic)) == len(fragments(made.source))
    numbers = [passage["part"] for passage in passages]
    assert numbers == sorted(numbers), "passages of a part follow one another"
    for passage in passages:
        shown = text(made.reading, tuple(passage["runs"])).split()
        assert shown == passage["text"].split()
        if parts:
            part = parts[passage["part"] - 1]
            assert all(part["start"] <= offset <= part["end"] for offset in passage["runs"])
            assert passage["id"] in part["anchors"]
            assert [f' id="{passage["id"]}"' in page for page in pages].index(True) == passage["part"] - 1
    assert len({*(part["id"] for part in parts)}) == len(parts)


def test_two_texts_quoted_in_a_chapter_are_divisions_of_their_own(make):
    letter = "<floatingText><body><div><p>{}</p></div></body></floatingText>"
    made = make(f"<div><p>They wrote.</p>{letter.format('Come.')}<p>And:</p>{letter.format('Go.')}</div>")
    ids = re.findall(r'id="([^"]+)"', made.reading)
    assert len(ids) == len(set(ids))
    assert {"body.d1.body.d1-p1", "body.d1.body2.d1-p1"} <= set(ids)
