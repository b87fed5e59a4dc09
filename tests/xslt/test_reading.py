"""From TEI to the page, a rule a test."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from edition.records import document_id
from edition.settings import HOME
from edition.transform import Products

Render = Callable[..., str]
Make = Callable[..., Products]


def test_a_gap_tells_its_extent_and_reason(render: Render) -> None:
    assert "[missing: 2 lines, illegible]" in render('<p>x <gap quantity="2" unit="lines" reason="illegible"/></p>')
    assert "[missing: date, lost]" in render('<p>x <gap unit="date" reason="lost"/></p>')
    assert "[missing: a few letters]" in render('<p>x <gap extent="a few letters" quantity="3"/></p>')
    assert "[missing]" in render("<p>x <gap/></p>")
    assert 'aria-hidden="true">[…]</span>' in render("<p>x <gap/></p>")


def test_a_note_is_linked_both_ways(render: Render) -> None:
    page = render('<p>On<note xml:id="n.1" n="[1]">Aside.</note> and off.</p>')
    assert '<a class="note-ref" id="ref:n.1" href="#n.1" role="doc-noteref" aria-label="note 1">[1]</a> and off' in page
    assert '<section class="notes" role="doc-endnotes" aria-labelledby="edition:notes"><h2 id="edition:notes">Notes</h2>' in page
    assert '<li class="tei-note" id="n.1" data-label="note 1"><span class="note-marker">[1]</span> Aside.' in page
    assert 'href="#ref%3An.1" role="doc-backlink" aria-label="Back to the text at note 1"' in page


def test_notes_without_a_sign_are_numbered_through(render: Render) -> None:
    page = render("<div><p>a<note>x</note> b<note>y</note></p></div><div><p>c<note>z</note></p></div>")
    assert re.findall(r'role="doc-noteref"[^>]*>([^<]*)<', page) == ["1", "2", "3"]
    assert re.findall(r'class="note-marker">([^<]*)<', page) == ["1", "2", "3"]


def test_the_editors_notes_have_letters_and_a_section_of_their_own(render: Render) -> None:
    page = render(
        '<p>a<note n="[1]">x</note> b<note type="editorial" xml:id="ed1">y</note>'
        ' c<note type="editorial">z</note> d<note>w</note></p>'
    )
    assert re.findall(r'aria-label="([^"]*note[^"]*)">([^<]*)</a>', page)[:4] == [
        ("note 1", "[1]"),
        ("editors’ note a", "a"),
        ("editors’ note b", "b"),
        ("note 2", "2"),
    ]
    authors, editors = page.split('<h2 id="edition:editors-notes">Editors’ notes</h2>')
    assert re.findall(r'class="note-marker">([^<]*)<', authors) == ["[1]", "2"]
    assert re.findall(r'class="note-marker">([^<]*)<', editors) == ["a", "b"]
    assert '<a class="note-ref editorial" id="ref:ed1" href="#ed1" role="doc-noteref"' in page
    assert '<li class="tei-note editorial" id="ed1" data-type="editorial" data-label="editors’ note a">' in editors
    assert 'href="#ref%3Aed1" role="doc-backlink" aria-label="Back to the text at editors’ note a"' in editors


def test_an_editors_note_that_stays_in_its_place_says_whose_it_is(render: Render) -> None:
    page = render('<p>a<note type="editorial">b</note></p><note type="editorial">c</note>')
    assert re.search(r'<div role="note" class="tei-note editorial"[^>]*><span class="note-marker">Editors’ note b </span>c', page)


def test_a_text_with_editors_notes_alone_has_no_section_for_others(render: Render) -> None:
    assert 'id="edition:notes"' not in render('<p>a<note type="editorial">b</note></p>')


def test_an_editors_note_is_a_passage_of_its_own_kind(passages: Callable[..., list[Mapping[str, Any]]]) -> None:
    found = passages('<p>a<note>x</note>b<note type="editorial">y</note>c<note>z</note></p>')
    assert [(each["id"], each["kind"], each["label"], each["text"]) for each in found] == [
        ("body-p1", "paragraph", "paragraph 1", "abc"),
        ("body-n1", "note", "note 1", "x"),
        ("body-a1", "editorial", "editors’ note a", "y"),
        ("body-n2", "note", "note 2", "z"),
    ]


def test_a_text_without_notes_has_no_section_for_them(render: Render) -> None:
    assert "doc-endnotes" not in render("<p>x</p>")


def test_notes_inline_and_notes_among_blocks_stay_where_they_are(render: Render) -> None:
    page = render('<p>a<note place="inline">b</note></p><note>c</note>')
    assert "doc-endnotes" not in page
    assert re.search(r'<span role="note" class="tei-note"[^>]*>b</span>', page)
    assert re.search(r'</p><div role="note" class="tei-note"[^>]*>c</div>', page)


def test_a_note_with_paragraphs_does_not_break_the_paragraph_it_stands_in(render: Render) -> None:
    page = render("<p>a<note><p>b</p><p>c</p></note>d</p>")
    assert re.search(r'<p class="tei-p"[^>]*>a<a class="note-ref"[^>]*>1</a>d</p>', page)


def test_a_note_in_a_note_is_shown_too(render: Render) -> None:
    assert re.findall(r'role="doc-noteref"[^>]*>([^<]*)<', render("<p>a<note>b<note>c</note></note></p>")) == ["1", "2"]


def test_headings_go_down_one_level_with_each_division_that_has_one(render: Render) -> None:
    page = render(
        "<div><head>a</head><div><head>b</head><div><p>-</p><div><head>c</head></div></div></div></div><div><head>d</head></div>"
    )
    assert re.findall(r"<(h\d)[^>]*>(\w)", page) == [("h2", "a"), ("h3", "b"), ("h4", "c"), ("h2", "d")]


def test_only_the_first_heading_of_a_division_is_one(render: Render) -> None:
    assert re.search(r"<h2[^>]*>a</h2><p class=\"tei-head\"[^>]*>b</p>", render("<div><head>a</head><head>b</head></div>"))


def test_headings_end_at_the_sixth_level(render: Render) -> None:
    page = render("<div><head>a</head>" * 8 + "</div>" * 8)
    assert re.findall(r"<h(\d)", page) == ["2", "3", "4", "5", "6", "6", "6", "6"]


def test_a_quotation_among_words_is_q_and_among_blocks_blockquote(render: Render) -> None:
    page = render("<p>He: <quote>Yes.</quote></p><quote>No.</quote><cit><quote>But.</quote><bibl>He</bibl></cit>")
    assert '<q class="tei-quote">Yes.</q>' in page
    assert re.search(r'<blockquote class="tei-quote"[^>]*>No.</blockquote>', page)
    assert re.search(r'<blockquote class="tei-quote"[^>]*>But.</blockquote><p class="tei-bibl"', page)


def test_nothing_is_added_to_the_quotation_marks_of_the_text(render: Render) -> None:
    words = "“<said>Order,</said>” said the ‘<soCalled>friend</soCalled>’ of “<quote>order</quote>” to <q>him</q>"
    assert re.sub("<[^>]*>", "", render(f"<p>{words}</p>")).strip() == re.sub("<[^>]*>", "", words)
    style = (HOME / "webapp" / "static" / "elements.css").read_text("utf-8")
    assert re.search(r"^q \{\s*quotes: none;\s*\}\s*^q::before,\s*q::after \{\s*content: none;", style, re.MULTILINE)


def test_stand_off_annotation_is_no_text(make: Callable[..., Any]) -> None:
    made = make(beside="<standOff><listAnnotation><note><date when='2011'>2011</date>: aside</note></listAnnotation></standOff>")
    assert "aside" not in made.reading
    assert made.findings == ()
    assert not any("aside" in each["text"] for each in made.record["passages"])
    assert ": aside" in made.source


def test_a_quotation_with_verse_in_a_paragraph_is_a_block(render: Render) -> None:
    page = render("<p>He: <quote><l>Rain,</l><l>rain.</l></quote> Yes.</p>")
    assert re.search(r'<div role="paragraph" class="tei-p"[^>]*>He: <blockquote class="tei-quote"><div class="tei-l"', page)


def test_a_paragraph_with_a_block_inside_is_no_p(render: Render) -> None:
    assert render("<p>a <list><item>b</item></list> c</p>").count("<p") == 0
    assert '<div role="paragraph" class="tei-p"' in render("<p>a <list><item>b</item></list> c</p>")
    assert '<p class="tei-p"' in render("<p>a <hi>b</hi> c</p>")


@pytest.mark.parametrize(
    ("list", "name"),
    [
        ("<list><item>a</item></list>", "ul"),
        ('<list rend="bulleted"><item>a</item></list>', "ul"),
        ('<list rend="numbered"><item>a</item></list>', "ol"),
        ('<list type="ordered"><item>a</item></list>', "ol"),
        ("<list><label>a</label><item>b</item></list>", "div"),
        ("<list><head>a</head><item>b</item></list>", "div"),
        ("<list><label>a</label><label>b</label><item>c</item></list>", "div"),
    ],
)
def test_a_list_is_what_it_says_it_is(render: Render, list: str, name: str) -> None:
    assert f'<{name} class="tei-list' in render(list)


def test_a_list_with_a_heading_and_one_with_labels_are_lists_to_html(render: Render) -> None:
    assert re.search(
        r"<p class=\"tei-head\"[^>]*>a</p><ul><li [^>]*>b</li></ul>", render("<list><head>a</head><item>b</item></list>")
    )
    page = render("<list><label>a</label><item>b</item><label>c</label><item>d</item></list>")
    assert re.findall(r"<(d[td])[^>]*>(\w)", page) == [("dt", "a"), ("dd", "b"), ("dt", "c"), ("dd", "d")]


def test_a_table_can_be_scrolled_and_has_its_caption(render: Render) -> None:
    page = render(
        "<table><head>Seeds</head><row role='label'><cell>a</cell></row>"
        "<row><cell cols='2'>b</cell><cell rows='x'>c</cell></row></table>"
    )
    assert (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Table 1: Seeds"><table class="tei-table"><caption>'
        in page
    )
    assert re.search(r'<th class="tei-cell"[^>]* scope="col">a</th>', page)
    assert re.search(r'<td class="tei-cell"[^>]*colspan="2">b</td>', page)
    assert "rowspan" not in page


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        " javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "//evil",
        "../x",
        "",
    ],
)
def test_a_reference_that_is_not_safe_to_follow_is_no_link(render: Render, target: str) -> None:
    page = render(f'<p>see <ref target="{target}">there</ref></p>')
    assert "href" not in page
    assert '<span class="tei-ref">there</span>' in page


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("https://example.org/?a=1&amp;b=2", "https://example.org/?a=1&amp;b=2"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#here", "#here"),
        ("#here #there", "#here"),
        ("#d", "#d"),
    ],
)
def test_a_reference_into_the_document_or_the_web_is_a_link(render: Render, target: str, href: str) -> None:
    page = render(f'<div xml:id="d"><p xml:id="here">see <ref target="{target}">there</ref></p></div>')
    assert f'<a class="tei-ref" href="{href}">there</a>' in page


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("../documents/icc-2022-01-20.xml#icc.p3", "../../documents/icc-2022-01-20/#icc.p3"),
        ("../documents/icc-2022-01-20.xml", "../../documents/icc-2022-01-20/"),
        ("../../documents/letters/1910-05-12.xml#a:b", "../../documents/letters.1910-05-12/#a%3Ab"),
        ("../documents/a%20b,c.pdf.xml", "../../documents/a-b-c-pdf/"),
        ("../documents/žena.xml", "../../documents/%C5%BEena/"),
        ("../pages/about.xml#about.p1", "../../pages/about/#about.p1"),
        ("../schema/edition.odd#encoding.date", "../../pages/encoding/#encoding.date"),
        ("../edition.xml", "../../"),
        ("../edition.xml#edition.p1", "../../#edition.p1"),
        ("spark-2022-01-17.xml#spark.p2 icc-2022-01-20.xml", "../spark-2022-01-17/#spark.p2"),
        ("./spark-2022-01-17.xml", "../spark-2022-01-17/"),
        ("letters/1910-05-12.xml", "../letters.1910-05-12/"),
        ("documents/icc-2022-01-20.xml#icc.p3", "documents/icc-2022-01-20/#icc.p3"),
    ],
)
def test_a_reference_to_another_file_of_the_edition_is_a_link_to_its_page(render: Render, target: str, href: str) -> None:
    assert f'<a class="tei-ref" href="{href}"' in render(f'<p>see <ref target="{target}">there</ref></p>')


@pytest.mark.parametrize(
    "source", ["a.xml", "a/b.xml", "a.pdf.xml", "a.csl.json.xml", "a.b.xml", "é.xml", "e\u0301.xml", "a+b=c.xml"]
)
def test_links_and_the_build_give_a_file_the_same_id(render: Render, source: str) -> None:
    page = render(f'<p>see <ref target="../documents/{source}">there</ref></p>')
    assert f'href="../../documents/{quote(document_id(source))}/"' in page


@pytest.mark.parametrize(
    "target",
    [
        "../registers/persons.xml#pers-tokayev",
        "registers/persons.xml",
        "../schema/edition.rng",
        "../x.xml",
        "/etc/x.xml",
        "//evil/x.xml",
        "javascript:x.xml",
        "urn:x:x.xml",
        "x.xml?y.xml",
        "image.png",
        "%C5%BEena.xml",
    ],
)
def test_a_reference_to_what_has_no_page_is_no_link(render: Render, target: str) -> None:
    assert '<span class="tei-ref">there</span>' in render(f'<p>see <ref target="{target}">there</ref></p>')


def test_a_pointer_shows_what_it_points_to(render: Render) -> None:
    page = render('<p><ptr target="../documents/x.xml#x.p1"/> <ptr target="x.xml"/></p>')
    assert '<a class="tei-ptr" href="../../documents/x/#x.p1" data-text="x"><span class="by-edition">x.p1</span></a>' in page
    assert '<a class="tei-ptr" href="../x/" data-text="x"><span class="by-edition">x.xml</span></a>' in page


def test_a_reference_to_nothing_here_is_no_link(render: Render) -> None:
    assert "href" not in render('<p>see <ref target="#nowhere">there</ref> <ref>or</ref></p>')


def test_a_reference_with_a_note_in_it_is_no_link_around_a_link(render: Render) -> None:
    page = render('<p>see <ref target="https://example.org">there<note>or here</note></ref></p>')
    assert '<span class="tei-ref" href' not in page
    assert '<span class="tei-ref">there<a class="note-ref"' in page


def test_every_change_of_language_is_told_with_its_direction(render: Render) -> None:
    page = render(
        '<p>a <foreign xml:lang="he">א</foreign> <foreign xml:lang="ar-Latn">b</foreign>'
        ' <foreign xml:lang="az-Arab">c</foreign></p>'
    )
    assert '<article class="tei-text" id="text" lang="en" dir="ltr">' in page
    assert 'lang="he" dir="rtl">א' in page
    assert 'lang="ar-Latn" dir="ltr">b' in page
    assert 'lang="az-Arab" dir="rtl">c' in page


def test_a_language_that_is_no_tag_is_not_repeated(render: Render) -> None:
    assert "evil" not in render('<p xml:lang="evil&quot; onclick">x</p>')


def test_rend_becomes_classes_as_far_as_they_are_names(render: Render) -> None:
    assert 'class="tei-hi tei-rend-bold tei-rend-sc"' in render('<p>x <hi rend="Bold sc color(red) 1x">y</hi></p>')


def test_of_alternatives_the_editors_reading_comes_first_and_the_source_stays(render: Render) -> None:
    page = render("<p>a <choice><sic>gardner</sic><corr>gardener</corr></choice></p>")
    assert re.search(
        r'<span class="tei-corr">gardener</span><span class="alternative by-edition"> \[in the source: .*gardner', page
    )


def test_of_an_apparatus_one_reading_is_in_the_text_and_the_others_are_linked_both_ways(render: Render) -> None:
    page = render("<p>a <app><lem wit='#A'>gate</lem><rdg wit='#B #C'>grate</rdg><rdg wit='#D'/></app> b</p>")
    text, apparatus = page.split('<section class="notes apparatus"')
    assert re.search(
        r'<span class="tei-lem">gate</span><a class="note-ref apparatus" id="ref:edition:app-1" href="#edition:app-1"', text
    )
    assert "grate" not in text
    entry = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", apparatus[apparatus.index("<li") :]))
    assert entry == "1 gate A] grate B C; omitted D ↩︎"
    assert 'href="#ref%3Aedition%3Aapp-1" role="doc-backlink"' in apparatus


def test_of_grouped_readings_the_first_is_in_the_text_and_each_of_the_others_in_the_apparatus(render: Render) -> None:
    text, apparatus = render("<p>a <app><rdgGrp><rdg>gate</rdg><rdg>grate</rdg></rdgGrp><rdg>great</rdg></app></p>").split(
        '<section class="notes apparatus"'
    )
    assert [word in text for word in (">gate<", ">grate<", ">great<")] == [True, False, False]
    assert [apparatus.count(f">{word}<") for word in ("gate", "grate", "great")] == [1, 1, 1]


def test_an_apparatus_apart_from_the_text_stays_where_it_is_and_the_text_leads_to_it(render: Render) -> None:
    page = render(
        "<p>the <seg xml:id='s'>gate</seg></p>"
        "<listApp><app from='#s' xml:id='a'><lem>gate</lem><rdg wit='#B'>grate</rdg></app></listApp>"
    )
    assert '<a class="target-ref by-edition" href="#a" aria-label="Other readings">°</a>' in page
    assert '<a class="app-place by-edition" href="#s">s</a>' in page
    assert "doc-endnotes" not in page


def test_what_has_no_rule_is_shown_and_reported(make: Callable[..., Any]) -> None:
    made = make("<p>a <strange>b</strange></p>\n<strange><p>c</p></strange>")
    assert '<span class="tei-strange">b</span>' in made.reading
    assert '<div class="tei-strange"><p' in made.reading
    assert [(each.code, each.line) for each in made.findings] == [("W101", 1)]
    assert "<strange>" in made.findings[0].message


def test_markup_of_another_vocabulary_is_shown_as_words(render: Render) -> None:
    page = render('<p>a <script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></p>')
    assert "<script" not in page
    assert '<span class="tei-script">alert(1)</span>' in page


def test_what_an_editor_writes_cannot_become_markup(render: Render) -> None:
    page = render('<p n="&quot;&gt;&lt;b&gt;" type="&quot;&gt;&lt;b&gt;" xml:id="a">&lt;b&gt;x&lt;/b&gt; &amp;amp;</p>')
    assert "<b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt; &amp;amp;" in page


def test_comments_and_instructions_are_not_the_texts(render: Render) -> None:
    assert "secret" not in render("<p>a<!-- secret --><?secret secret?></p>")


def test_tokens_keep_the_white_space_that_is_meant(passages: Callable[..., list[Mapping[str, Any]]]) -> None:
    text = passages('<p><w>No</w>\n<pc join="left">,</pc>\n<w>no</w><pc>!</pc></p>')[0]["text"]
    assert text == "No, no!"


@pytest.mark.parametrize(("break_", "text"), [("", "extra ordinary"), ('break="no"', "extraordinary")])
def test_a_line_beginning_parts_words_unless_it_says_no(
    passages: Callable[..., list[Mapping[str, Any]]], break_: str, text: str
) -> None:
    assert passages(f"<p>extra<lb {break_}/>ordinary</p>")[0]["text"] == text


def test_a_language_of_three_letters_is_written_with_the_two_that_browsers_know(make: Callable[..., Any]) -> None:
    made = make('<p xml:lang="yid">א</p><p xml:lang="grc">α</p><p xml:lang="GER-Latn">b</p>')
    assert 'lang="yi" dir="rtl">א' in made.reading
    assert [each["language"] for each in made.record["passages"]] == ["yi", "grc", "de-Latn"]


@pytest.mark.parametrize(
    ("given", "tag"), [("Latin", "la"), ("en_US", "en-US"), ("x-klingon", ""), ("Gibberish", ""), ("Old Norse", "")]
)
def test_a_language_named_in_english_is_told_by_its_tag_and_what_is_none_is_left_out(
    make: Callable[..., Any], given: str, tag: str
) -> None:
    made = make(f'<p xml:lang="{given}">a</p>')
    assert (f'lang="{tag}"' in made.reading) is bool(tag)
    assert [each["language"] for each in made.record["passages"]] == [tag]


def test_a_note_taken_out_of_another_language_keeps_it(render: Render) -> None:
    page = render('<p xml:lang="he">א<note>ב</note></p><p>a<note>b</note></p>')
    assert re.findall(r"<li [^>]*>", page) == [
        '<li class="tei-note" id="body-n1" data-label="note 1" lang="he" dir="rtl">',
        '<li class="tei-note" id="body-n2" data-label="note 2">',
    ]


def test_a_heading_is_called_by_its_words_alone(make: Make) -> None:
    made = make(
        "<div><head>The <sic>rom</sic><note>So.</note></head><p>a</p></div><div><head><graphic url='a.png'/></head></div>"
    )
    assert re.findall(r"<h2[^>]* aria-label=\"([^\"]*)\"", made.reading) == ["The rom"]
    made = make("<div><head>The <choice><sic>rom</sic><corr>room</corr></choice></head></div>")
    assert [re.findall(r"<h2[^>]* aria-label=\"([^\"]*)\"", page) for page in (made.reading, made.diplomatic)] == [
        ["The room"],
        ["The rom"],
    ]


def test_a_reference_without_words_says_where_it_leads(render):
    page = render('<p>See <ref target="https://example.org/lamp"/></p>')
    assert re.search('href="https://example.org/lamp".*<span class="by-edition">(https://)?example.org/lamp<', page)


def test_a_line_that_is_pointed_at_is_there(make):
    within = 'See <ref target="#l2">line 2</ref>, <lb xml:id="l2" n="2"/>the sec<lb break="no" xml:id="l3"/>ond.'
    made = make(f'<p>{within}</p><ab><lb xml:id="l4"/>End</ab>')
    for page in (made.reading, made.diplomatic):
        assert [page.count(f'id="l{number}"') for number in (2, 3, 4)] == [1, 1, 1]
        assert 'href="#l2"' in page


def test_a_gap_that_is_described_by_a_sign_shows_the_sign_within_its_word(make: Make) -> None:
    made = make('<p>M<gap reason="illegible" extent="1 letter">\n <desc>•</desc>\n</gap>re <gap><desc>in cipher</desc></gap></p>')
    page = re.sub(r'<a class="permalink".*?</a>|<span class="visually-hidden">.*?</span>|<[^>]*>', "", made.reading)
    assert page == "M•re […]in cipher"
    assert made.record["passages"][0]["text"] == "M•re in cipher"


def test_a_glyph_that_is_the_hyphen_at_the_end_of_a_line_leaves_its_word_whole(make: Make) -> None:
    made = make('<p>de<g ref="char:EOLhyphen"/>clare <g ref="char:star"/></p>')
    assert 'de<span class="tei-g"><span class="by-edition">\xad</span></span>clare' in made.reading
    assert "[star]" in made.reading
    assert made.record["passages"][0]["text"] == "declare"


def test_the_letters_that_a_glyph_is_declared_to_be_can_be_searched(make: Make) -> None:
    declared = (
        "<encodingDesc><charDecl><glyph xml:id='et'><mapping type='standard'>et</mapping></glyph></charDecl></encodingDesc>"
    )
    assert make("<p>pax <g ref='#et'/> lux</p>", header=declared).record["passages"][0]["text"] == "pax et lux"
