"""From an ODD to a page of guidelines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from edition.transform import Products, Transformer
from edition.validate import parse

Render = Callable[..., str]
Make = Callable[..., Products]


def schema(content: str) -> str:
    return f'<schemaSpec ident="x">{content}</schemaSpec>'


def person(content: str) -> str:
    """What an ODD says of one element."""
    return schema(f'<elementSpec ident="persName" module="namesdates" mode="change" xml:id="person">{content}</elementSpec>')


def example(content: str, attributes: str = "") -> str:
    return f'<egXML xmlns="http://www.tei-c.org/ns/Examples"{attributes}>{content}</egXML>'


def words(page: str) -> str:
    """What a reader sees of a page, in one line."""
    apart = re.sub(r"</?(article|d[dlt]|div|figure|h\d|li|p|pre|section|summary|ul)\b[^>]*>", " ", page)
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", "", apart))).strip()


def shown(page: str) -> str:
    """The example of a page, white space and all."""
    (pre,) = html.fragment_fromstring(page).xpath(".//figure/pre")
    return str(pre.text_content())


def test_names_in_prose_have_the_signs_that_the_encoding_leaves_out(make: Make) -> None:
    made = make(
        '<p><gi>date</gi> <att>when</att> <val>high</val> <tag>p n="1"</tag> <tag type="end">p</tag> <tag type="empty">lb</tag>'
        ' <tag type="pi">x</tag> <tag type="comment">y</tag> <tag type="ms">z</tag></p>'
    )
    text = '<date> @when high <p n="1"> </p> <lb/> <?x?> <!--y--> <![CDATA[z]]>'
    assert made.record["passages"][0]["text"] == text
    assert words(made.reading) == text + "¶"


def test_the_name_of_an_element_leads_to_what_is_said_of_it(render: Render) -> None:
    page = render('<p><gi>persName</gi> <gi>rs</gi> <ref target="#person"><gi>persName</gi></ref></p>' + person("<desc>x</desc>"))
    assert page.count('<a class="specification-link" href="#person"><code class="tei-gi">&lt;persName&gt;</code></a>') == 1
    assert '</a> <code class="tei-gi">&lt;rs&gt;</code> <a class="tei-ref" href="#person"><code class="tei-gi">' in page


def test_a_name_in_its_own_section_is_no_link(render: Render) -> None:
    assert "specification-link" not in render(person("<desc>Of <gi>persName</gi>.</desc>"))


def test_a_specification_is_a_section_with_its_name_as_heading(make: Make) -> None:
    made = make("<div><head>Names</head>" + person("<gloss>a name</gloss><desc>Whoever is named.</desc>") + "</div>")
    assert '<section class="tei-elementSpec specification" id="person"><h3 class="specification-name"><code' in made.reading
    assert '<a class="permalink" href="#person" aria-label="Link to persName">¶</a></h3>' in made.reading
    assert words(made.reading).replace("¶", "") == (
        "Names <persName> a name Whoever is named. Element of the module namesdates · in the TEI Guidelines"
    )
    assert 'href="https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-persName.html"' in made.reading
    assert made.record["contents"] == [
        {"id": "body.d1-h1", "text": "Names", "part": 0, "level": 1},
        {"id": "person", "text": "<persName>", "part": 0, "level": 2},
    ]
    assert [(each["id"], each["kind"], each["text"]) for each in made.record["passages"]] == [
        ("body.d1-h1", "head", "Names"),
        ("person-h1", "head", "a name"),
        ("person-p1", "paragraph", "Whoever is named."),
    ]


def test_attributes_and_their_values_are_lists_of_definitions(render: Render) -> None:
    cert = (
        '<attDef ident="cert" usage="req"><gloss>certainty</gloss><desc>How certain.</desc>'
        '<valList type="closed"><valItem ident="low"><desc>Hardly.</desc></valItem></valList></attDef>'
    )
    ref = '<attDef ident="ref"><datatype maxOccurs="unbounded"><dataRef key="teidata.pointer"/></datatype></attDef>'
    key = '<attDef ident="key" mode="delete"/>'
    page = render(person(f'<attList>{cert}<attList org="choice">{ref}</attList>{key}</attList>'))
    assert words(page).endswith(
        "Attributes @cert certainty required How certain. One of low Hardly."
        " @ref Value: one or more, each a pointer Not used: @key"
    )
    assert '<dl class="tei-attList"><div class="tei-attDef"><dt><code class="by-edition">@cert</code>' in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<empty/>", "Contains nothing"),
        ("", "Contains nothing"),
        ('<elementRef key="p" maxOccurs="unbounded"/>', "Contains one or more <p>"),
        ('<elementRef key="p" minOccurs="2" maxOccurs="3"/>', "Contains 2 to 3 <p>"),
        ('<sequence><elementRef key="a"/><elementRef key="b" minOccurs="0"/></sequence>', "Contains <a>, then optionally <b>"),
        (
            '<alternate minOccurs="0" maxOccurs="unbounded"><textNode/><classRef key="model.phrase"/></alternate>',
            "Contains any number of (text or model.phrase)",
        ),
    ],
)
def test_what_an_element_may_contain_is_said_in_words(render: Render, content: str, said: str) -> None:
    assert words(render(person(f"<content>{content}</content>"))).endswith(said)


def test_an_example_is_markup_and_leads_to_the_passage_it_is_from(render: Render) -> None:
    markup = '\n      <p n="1">A &lt; <persName>B</persName>,\n        C.<!-- d --></p>\n    '
    source = ' source="../documents/icc.xml#icc.p3"'
    page = render(person(f"<exemplum>{example(markup, source)}</exemplum>"))
    assert shown(page) == '<p n="1">A &lt; <persName>B</persName>,\n  C.<!-- d --></p>'
    assert 'From <a href="../../documents/icc/#icc.p3">icc.p3</a>' in page
    page = render(example("a", ' source="#bibl1"') + example("b", ' source="../registers/persons.xml#pers-a"'))
    assert re.findall("<figcaption.*?</figcaption>", page) == [
        '<figcaption class="by-edition">From <span>pers-a</span></figcaption>'
    ]


def test_an_example_keeps_the_indentation_that_its_lines_do_not_share(render: Render) -> None:
    page = render(example("\n    <list>\n      <item>a</item>\n\n      <item>b</item>\n    </list>\n  "))
    assert shown(page) == "<list>\n  <item>a</item>\n\n  <item>b</item>\n</list>"


def test_an_example_has_no_prefixes_and_its_ids_are_not_those_of_the_page(render: Render) -> None:
    page = render(
        '<e:egXML xmlns:e="http://www.tei-c.org/ns/Examples"><e:p xml:id="a">b</e:p></e:egXML>'
        '<p xml:id="c"><ref target="#a">d</ref></p>'
    )
    assert shown(page) == '<p xml:id="a">b</p>'
    assert ' id="a"' not in page
    assert "#a" not in page


def test_an_example_in_a_paragraph_is_a_passage_of_its_own(passages: Callable[..., list[Mapping[str, Any]]]) -> None:
    found = passages(f"<p>Thus: {example('<p>a<note>b</note></p>')}</p><p><eg>c</eg></p>")
    assert [(each["kind"], each["label"], each["text"]) for each in found] == [
        ("paragraph", "paragraph 1", "Thus:"),
        ("example", "example 1", "ab"),
        ("example", "example 2", "c"),
    ]


def test_modules_are_a_list_of_the_elements_taken_from_them(render: Render) -> None:
    page = render(
        schema('<moduleRef key="tei"/><moduleRef key="core" include="p hi"/><moduleRef key="linking" except="seg"/>'),
    )
    assert page.count("<dl") == 1
    assert words(page) == (
        "tei The TEI Infrastructure all its elements core Elements Available in All TEI Documents <p>, <hi>"
        " linking Linking, Segmentation, and Alignment all its elements but <seg>"
    )


def test_what_is_only_taken_away_is_a_line(render: Render) -> None:
    page = render(schema('<elementSpec ident="a" mode="delete"/><classSpec ident="att.b" type="atts" mode="delete"/>'))
    assert words(page) == "Not used: <a>, att.b"


def test_a_list_of_names_repeats_what_is_said_of_each(render: Render) -> None:
    names = '<specList><specDesc key="persName" atts="ref cert"/><specDesc key="p"/></specList>'
    page = render(f"<p>See {names}</p>" + person("<gloss>name</gloss><desc>Who.</desc>"))
    assert words(page).startswith("See <persName> with @ref, @cert (name): Who. <p>")


def test_a_rule_says_what_it_wants_and_shows_how_it_is_checked(render: Render) -> None:
    check = '<s:assert xmlns:s="http://purl.oclc.org/dsdl/schematron" test="a &lt; b">No.</s:assert>'
    page = render(
        person(f'<constraintSpec ident="r"><desc>Names are words.</desc><constraint>{check}</constraint></constraintSpec>')
    )
    assert "Rule Names are words." in words(page)
    assert '<details><summary class="by-edition">Rule <code>r</code> as it is checked</summary><pre' in page
    assert 'test="a &lt; b">No.</s:assert>' in words(page)


@pytest.mark.parametrize("name", ["tei_bare", "tei_jtei", "tei_lite", "tei_minimal", "tei_simplePrint"])
def test_the_odds_of_the_tei_are_pages_with_each_passage_in_its_place(transformer: Transformer, shared: Path, name: str) -> None:
    file = shared / "schema" / "tei" / f"{name}.odd"
    made = transformer.products(parse(file.read_bytes(), file.name), file.name)
    assert made.findings == ()
    ids = html.document_fromstring(made.reading).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {each["id"] for each in made.record["passages"]} | {each["id"] for each in made.record["contents"]} <= set(ids)


def test_words_in_what_a_schema_refers_to_are_words_of_the_text(make: Make) -> None:
    page = make(
        '<schemaSpec ident="s"><moduleRef key="core">x</moduleRef><elementRef key="p">y</elementRef></schemaSpec>'
    ).reading
    assert "all its elements</span>x" in page
    assert "<code>&lt;p&gt;</code></span>y" in page
