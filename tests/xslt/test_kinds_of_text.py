"""What single kinds of text need: verse, drama, dictionaries, speech, sources, images, style."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from edition.transform import Products

Render = Callable[..., str]
Make = Callable[..., Products]


def seen(fragment: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r'<span class="visually-hidden">.*?</span>|<[^>]*>', "", fragment)).strip()


@pytest.mark.parametrize(
    ("encoded", "words"),
    [
        ("<castList><castItem><role>Ada</role><roleDesc>a gardener</roleDesc></castItem></castList>", "Ada, a gardener"),
        ("<castList><castItem><role>Ada,</role><roleDesc>a gardener</roleDesc></castItem></castList>", "Ada, a gardener"),
        ("<castList><castItem><role>Ada</role><roleDesc>, a gardener</roleDesc></castItem></castList>", "Ada, a gardener"),
        ("<entry><form><orth>moss</orth><pron>mɒs</pron></form><gramGrp><pos value='noun'/></gramGrp></entry>", "moss mɒs noun"),
        ("<entry><sense n='1'><def>a plant</def></sense></entry>", "1 a plant"),
        ("<entry><form><orth>a</orth></form><sense><cit><quote><oRef/> b</quote></cit></sense></entry>", "a ~ b"),
        ("<u who='#a'>so <pause dur='PT2M'/> <vocal><desc>laughs</desc></vocal></u>", "a so [pause for 2 minutes] [laughs]"),
        ("<p>a <handShift scribe='Byron'/>b</p>", "a [hand: Byron]b"),
        ("<p>a <addSpan spanTo='#e'/>b <anchor xml:id='e'/>c</p>", "a [addition begins] b [end of addition] c"),
        ("<p>a <damage agent='water'/></p>", "a [damage water]"),
        ("<p><height unit='cm'>3</height> <locus from='1r' to='2v'/></p>", "3 cm 1r–2v"),
        ("<p><g>x</g> <g ref='#none'/></p>", "x [none]"),
        (
            "<p>a <g xml:id='i' ref='#c'/></p><charDecl><char xml:id='c'><mapping type='standard'>ſ</mapping></char></charDecl>",
            "a ſ",
        ),
        ("<biblStruct><monogr><author>A</author><title>B</title></monogr></biblStruct>", "A, B"),
        ("<p>a <binaryObject mimeType='image/png'>AAAA</binaryObject></p>", "a [embedded file, image/png]"),
        ("<p><fs type='t'><f name='case'><symbol value='dative'/></f></fs></p>", "t [case [dative] ]"),
    ],
)
def test_the_page_says(render: Render, encoded: str, words: str) -> None:
    assert seen(render(encoded)).startswith(words)


def test_every_fifth_line_of_verse_has_its_number_beside_it(render: Render) -> None:
    page = render("<lg><l n='4'>a</l><l n='5'>b</l><l n='5a'>c</l></lg>")
    assert re.findall(r'class="line-number by-edition" aria-hidden="true">([^<]*)', page) == ["5"]


def test_a_line_that_goes_on_after_another_speaker_says_which_part_it_is(render: Render) -> None:
    assert 'class="tei-l part-f"' in render("<sp><l part='F'>a</l></sp>")
    assert 'class="tei-l"' in render("<sp><l part='N'>a</l></sp>")


@pytest.mark.parametrize(
    ("facs", "beside", "href"),
    [
        ("https://example.org/12r.jpg", "", "https://example.org/12r.jpg"),
        ("#s", "<surface xml:id='s'><graphic url='https://example.org/s.jpg'/></surface>", "https://example.org/s.jpg"),
        ("#z", "<surface><graphic url='https://example.org/s.jpg'/><zone xml:id='z'/></surface>", "https://example.org/s.jpg"),
    ],
)
def test_where_there_is_an_image_of_a_page_a_link_leads_to_it(render: Render, facs: str, beside: str, href: str) -> None:
    page = render(f"<p>a <pb n='12r' facs='{facs}'/>b</p>", beside=f"<facsimile>{beside}</facsimile>")
    assert f'<a class="image-link" href="{href}">image<span class="visually-hidden"> of page 12r</span></a>' in page


@pytest.mark.parametrize("facs", ["12r.jpg", "javascript:alert(1)", "#none", "file:///12r.jpg", "https:///", "data:image/png,x"])
def test_what_is_no_address_of_the_web_is_no_image_of_a_page(render: Render, facs: str) -> None:
    assert "image-link" not in render(f"<p>a <pb n='12r' facs='{facs}'/>b <graphic url='{facs}'/></p>")


@pytest.mark.parametrize(
    ("address", "word", "small"),
    [
        ("1/info.json", "IIIF image", "1/full/!200,200/0/default.jpg"),
        ("1/full/max/0/default.png", "image", "1/full/!200,200/0/default.jpg"),
        ("a/b%2Fc/10,20,300,400/full/!90/native.jpg", "image", "a/b%2Fc/10,20,300,400/!200,200/!90/native.jpg"),
        ("1/manifest.json", "IIIF manifest", ""),
        ("1/full.jpg", "image", ""),
    ],
)
def test_of_a_service_of_images_a_small_one_is_linked_too(render: Render, address: str, word: str, small: str) -> None:
    page = render(f"<p><pb n='2' facs='https://example.org/iiif/{address}'/>a</p>")
    assert f'href="https://example.org/iiif/{address}">{word}<span class="visually-hidden"> of page 2</span></a>' in page
    assert page.count("image-link") == 1 + bool(small)
    if small:
        assert f', <a class="image-link" href="https://example.org/iiif/{small}">small<' in page


def test_the_manifest_of_a_facsimile_is_linked_from_the_page_of_the_header(make: Make) -> None:
    made = make("<p>a</p>", beside="<facsimile sameAs='https://example.org/iiif/1/manifest'><surface n='1'/></facsimile>")
    assert '<a class="image-link" href="https://example.org/iiif/1/manifest">IIIF manifest</a>' in made.header


@pytest.mark.parametrize(
    ("facs", "images"),
    [
        ("scans/2.JPG", [("scans/2.JPG", "Image of page 2")]),
        ("#z", [("s.png", "Image of page 2")]),
        ("#none", []),
        ("002", []),
        ("https://example.org/2.jpg", []),
    ],
)
def test_the_image_of_a_page_is_told_to_the_build_where_it_is_a_file(
    make: Make, facs: str, images: list[tuple[str, str]]
) -> None:
    graphics = "<graphic url='s.tif'/><graphic url='s.png'/><graphic url='https://example.org/s.jpg'/><zone xml:id='z'/>"
    made = make(f"<p>a <pb n='2' facs='{facs}'/>b</p>", beside=f"<facsimile><surface>{graphics}</surface></facsimile>")
    assert [(each["target"], each["words"]) for each in made.record["images"]] == images
    for page in (made.reading, made.diplomatic):
        assert page.count('<span class="page-image by-edition" data-image="1"></span>') == len(images)


@pytest.mark.parametrize(
    ("style", "classes"),
    [
        ("font-style: italic", "tei-rend-italic"),
        ("FONT-WEIGHT:700; text-align : center", "tei-rend-bold tei-rend-center"),
        ("margin-left: 3em; text-indent: -12px", "tei-rend-indented"),
        ("display: none; position: fixed; background: url(https://example.org/x); color: red", ""),
        ("font-style: italic} body { display: none", ""),
        ("display: block /* ; display: none */; font-style: italic !important", "tei-rend-block tei-rend-italic"),
    ],
)
def test_of_style_only_what_is_known_is_taken_over_as_classes(render: Render, style: str, classes: str) -> None:
    expected = f'<span class="{" ".join(filter(None, ("tei-hi", classes)))}">y</span>'
    assert expected in render(f'<p>x <hi style="{style}">y</hi></p>')
    rendition = f'<encodingDesc><tagsDecl><rendition xml:id="r" scheme="css">{style}</rendition></tagsDecl></encodingDesc>'
    assert expected in render('<p>x <hi rendition="#r">y</hi></p>', header=rendition)
    assert " style=" not in render(f'<p>x <hi style="{style}">y</hi></p>')


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ("hi", ["y", "z"]),
        ("head, hi[n='1']", ["y"]),
        ("p hi", []),
        ("hi:first-letter", []),
        ("hi[onclick=x]{}", []),
    ],
)
def test_a_rendition_may_select_the_elements_it_is_of_by_name_and_one_attribute(
    render: Render, selector: str, selected: list[str]
) -> None:
    rendition = (
        f'<encodingDesc><tagsDecl><rendition selector="{selector}">font-style: italic</rendition></tagsDecl></encodingDesc>'
    )
    shown = render("<p>x <hi n='1'>y</hi> <hi>z</hi></p>", header=rendition)
    assert re.findall(r'tei-rend-italic"[^>]*>(\w)<', shown) == selected


def test_mathematics_is_passed_on_without_what_could_do_harm(render: Render) -> None:
    page = render(
        '<p><formula><math xmlns="http://www.w3.org/1998/Math/MathML" onclick="alert(1)" display="block">'
        '<mi href="javascript:x">x</mi>'
        "<script>y</script></math></formula></p>"
    )
    assert '<math display="block"><mi>x</mi><span class="tei-script">y</span></math>' in page


def test_small_signs_beside_others_are_ruby(render: Render) -> None:
    page = render("<p><ruby><rb>漢</rb><rt>かん</rt></ruby></p>")
    assert (
        '<ruby class="tei-ruby"><span class="tei-rb">漢</span><rp class="by-edition">(</rp><rt class="tei-rt">かん</rt>' in page
    )
    assert "<ruby" in render('<p><ruby xmlns="urn:x"><rb>漢</rb><rt>かん</rt></ruby></p>')
    assert "<ruby" in render('<p><span type="ruby"><span type="rb">漢</span><span type="rt">かん</span></span></p>')


def test_brackets_that_the_text_has_around_small_signs_are_not_doubled(render: Render) -> None:
    page = render('<p><ruby xmlns="urn:x"><rb>漢</rb><rp>（</rp><rt>かん</rt><rp>）</rp></ruby></p>')
    assert re.sub("<[^>]*>", "", page) == "漢（かん）"


def test_no_link_is_in_a_link(render: Render) -> None:
    page = render(
        '<p>a <ref target="https://example.org">b <app><lem>c</lem><rdg>d</rdg></app></ref>'
        ' <persName ref="p.xml#x">e <pb facs="https://example.org/i.jpg"/></persName></p>'
    )
    assert 'class="note-ref apparatus"' in page
    assert "https://example.org/i.jpg" in page
    assert not re.search(r"<a (?:(?!</a>).)*<a ", page)


def test_a_note_on_another_place_is_linked_both_ways(render: Render) -> None:
    page = render('<p>a <seg xml:id="s">b</seg></p><note xml:id="n" n="7" target="#s">c</note>')
    assert '<a class="target-ref by-edition" href="#n" aria-label="Note">7</a>' in page
    assert '<a class="way-on by-edition" href="#s" aria-label="To what this note is about">' in page


def test_parts_and_counterparts_lead_to_each_other(render: Render) -> None:
    page = render('<p xml:id="a" next="#b">x</p><p>–</p><p xml:id="b" prev="#a">y</p><p xml:id="c" corresp="#a">z</p>')
    assert re.findall(r'<a class="way-on by-edition" href="([^"]*)" aria-label="([^"]*)">(.)', page) == [
        ("#b", "Goes on: paragraph 3", "↓"),
        ("#a", "Goes on from: paragraph 1", "↑"),
        ("#a", "Corresponds to: paragraph 1", "↑"),
    ]


def test_neighbours_need_no_link_to_each_other(render: Render) -> None:
    assert "way-on" not in render('<p xml:id="a" next="#b">x</p><p xml:id="b" prev="#a">y</p>')


def test_facts_stand_behind_their_names_and_among_words_are_words(make: Callable[..., Any]) -> None:
    page = make(
        "<msDesc><physDesc><p>of <material>vellum</material></p></physDesc>"
        "<history><origPlace>Rome</origPlace></history></msDesc>"
    )
    assert '<span class="tei-material">vellum</span>' in page.reading
    assert '<span class="fact-name by-edition">Place of origin</span> Rome' in page.reading
    assert page.findings == ()


def test_what_is_no_cell_of_a_table_has_a_cell_of_its_own(render: Render) -> None:
    page = render("<table><pb n='2'/><row><cell>a</cell><note>b</note></row></table>")
    assert re.search(r'<tbody><tr><td><span class="tei-pb">.*?</td></tr><tr class="tei-row"><td [^>]*>a</td><td>', page)


def test_a_space_that_the_scribe_left_parts_words(make: Callable[..., Any]) -> None:
    assert make("<p>it was<space quantity='1' unit='chars'/>fine</p>").record["passages"][0]["text"] == "it was fine"


def test_a_reading_beside_the_lemma_of_its_group_is_in_the_apparatus(render: Callable[..., str]) -> None:
    group = '<rdgGrp><lem wit="#S">born</lem><rdg wit="#R">borne</rdg></rdgGrp><rdg wit="#T">bourn</rdg>'
    page = render(f"<p>was <app>{group}</app></p>")
    words = " ".join(re.sub("<[^>]*>", " ", page).split())
    assert "born S ] borne R ; bourn T" in words, words


CATALOGUED = """<fileDesc><titleStmt><title>MS 7</title></titleStmt><sourceDesc><msDesc xml:id="ms">
<msIdentifier><settlement>Linz</settlement><idno>MS 7</idno></msIdentifier>
<msContents><summary>Two works.</summary><msItem xml:id="first">
<author key="ada">Ada Reed</author><title>On Lamps</title></msItem>
<msItem><title>Hymns</title><note>Torn.</note></msItem></msContents>
<physDesc><objectDesc><supportDesc><extent>12 leaves</extent></supportDesc></objectDesc></physDesc>
</msDesc></sourceDesc></fileDesc>"""


def test_a_manuscript_without_a_text_is_read_in_its_description(make):
    made = make("<p/>", header=CATALOGUED)
    assert [(each["id"], each["kind"], each["text"]) for each in made.record["passages"]] == [
        ("ms-e1", "entry", "Linz MS 7"),
        ("ms-o1", "other", "Two works."),
        ("first", "entry", "Ada Reed On Lamps"),
        ("ms-e3", "entry", "Hymns"),
        ("ms-n1", "note", "Torn."),
        ("ms-o2", "other", "12 leaves"),
    ]
    assert [(each["key"], each["passage"]) for each in made.record["mentions"] if each["key"]] == [("ada", "first")]
    assert re.search(r'<span class="fact-name by-edition">Author</span> <a data-mention="\d+">Ada Reed</a>', made.reading)
    ids = re.findall(r' id="([^"]+)"', made.reading)
    assert len(ids) == len(set(ids))


def test_a_note_in_a_description_within_a_text_is_shown_once(make):
    made = make(
        "<msDesc><msIdentifier><idno>MS 1</idno></msIdentifier><msContents><msItem><title>Hymns</title><note>Torn.</note>"
        "</msItem></msContents></msDesc>"
    )
    assert made.reading.count("Torn.") == 1
    ids = re.findall(r' id="([^"]+)"', made.reading)
    assert len(ids) == len(set(ids))


def test_where_there_is_a_text_the_description_of_the_manuscript_stays_in_the_header(make):
    made = make("<p>Lamps.</p>", header=CATALOGUED)
    assert [each["text"] for each in made.record["passages"]] == ["Lamps."]
    assert "Two works." not in made.reading
    assert "Two works." in made.header


def test_images_of_a_manuscript_follow_its_description(make):
    made = make('<pb facs="https://example.org/1r.jpg"/>', header=CATALOGUED)
    assert made.reading.index("12 leaves") < made.reading.index("https://example.org/1r.jpg")
