"""From TEI to passages: which there are, what they are called, where they stay."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from lxml import etree

from edition import recorded
from edition.findings import Unreadable
from edition.transform import Products, Transformer
from edition.validate import parse
from webapp.slices import element

Passages = Callable[..., list[Mapping[str, Any]]]


def called(passages: list[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(each["kind"], each["label"]) for each in passages]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a</p><p>b</p>", [("paragraph", "paragraph 1"), ("paragraph", "paragraph 2")]),
        ("<div><head>a</head><p>b</p></div>", [("head", "heading 1"), ("paragraph", "paragraph 1")]),
        ("<p>a<note>b</note></p>", [("paragraph", "paragraph 1"), ("note", "note 1")]),
        ('<p>a<note n="[*]">b</note></p>', [("paragraph", "paragraph 1"), ("note", "note *")]),
        ('<lg><l n="14">a</l></lg>', [("line", "line 14")]),
        ("<list><item>a</item></list>", [("item", "item 1")]),
        ("<table><head>a</head><row><cell>b</cell></row></table>", [("caption", "caption 1"), ("cell", "cell 1")]),
        ("<figure><figDesc>a</figDesc></figure>", [("caption", "caption 1")]),
        ("<quote>a</quote>", [("quote", "quotation")]),
        ("<quote><p>a</p></quote><quote><p>b</p></quote>", [("quote", "quotation 1"), ("quote", "quotation 2")]),
        ("<listBibl><bibl>a</bibl></listBibl>", [("entry", "entry 1")]),
        ("<sp><speaker>a</speaker><p>b</p></sp>", [("stage", "speaker 1"), ("paragraph", "paragraph 1")]),
        ("<p>a</p><closer><signed>b</signed></closer>", [("paragraph", "paragraph 1"), ("paratext", "signature")]),
        ("<closer>a</closer>", [("paratext", "closing")]),
        ("<div>bare words</div>", [("other", "passage 1")]),
    ],
)
def test_kinds_and_labels_of_passages(passages: Passages, body: str, expected: list[tuple[str, str]]) -> None:
    assert called(passages(body)) == expected


def test_front_matter_is_called_by_its_parts(passages: Passages) -> None:
    front = (
        '<front><titlePage type="masthead"><docTitle><titlePart>a</titlePart></docTitle>'
        "<epigraph><cit><quote>b</quote><bibl>c</bibl></cit></epigraph></titlePage>"
        '<docTitle><titlePart type="main">d</titlePart></docTitle><byline>e</byline><docDate>f</docDate></front>'
    )
    labels = [label for _, label in called(passages(text=f"{front}<body><p>g</p></body>"))]
    assert labels == ["masthead", "epigraph 1", "epigraph 2", "title", "byline", "dateline", "paragraph 1"]


def test_each_word_belongs_to_one_passage(passages: Passages) -> None:
    found = passages("<p>a <list><item>b <note>c <q>d</q></note></item></list> e</p>")
    assert [each["text"] for each in found] == ["a e", "b", "c d"]


def test_a_given_id_stays_and_others_are_made(passages: Passages) -> None:
    assert [each["id"] for each in passages('<div xml:id="one"><p xml:id="mine">a</p><p>b</p></div>')] == ["mine", "one-p2"]


def test_a_made_id_never_is_one_that_an_editor_gave(passages: Passages) -> None:
    found = passages('<div><p>a</p></div><div><p xml:id="body.d1-p1">b</p></div>')
    assert [each["id"] for each in found] == ["body.d1-p1_", "body.d1-p1"]


def test_of_a_doubled_id_the_first_keeps_it(passages: Passages) -> None:
    assert [each["id"] for each in passages('<p xml:id="a">x</p><p xml:id="a">y</p>')] == ["a", "body-p2"]


def test_an_edit_in_one_division_leaves_the_ids_of_others(passages: Passages) -> None:
    def ids(first: str) -> list[str]:
        return [each["id"] for each in passages(f"<div>{first}</div><div><head>x</head><p>y</p><div><p>z</p></div></div>")][-3:]

    assert (
        ids("<p>a</p>")
        == ids("<head>a</head><p>b</p><p>c</p><div><p>d</p></div>")
        == ["body.d2-h1", "body.d2-p1", "body.d2.d1-p1"]
    )


def test_several_texts_have_each_its_own_ids(transformer: Transformer) -> None:
    one = "<text><body><div><p>a</p></div></body></text>"
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{one}{one}</TEI>'
    made = transformer.products(parse(data.encode(), "x"), "x")
    assert [each["id"] for each in made.record["passages"]] == ["body.d1-p1", "text2.body.d1-p1"]


def test_a_heading_that_was_deleted_is_in_the_contents_as_received(make: Callable[..., Any]) -> None:
    heads = ("<del>Lamps</del>", "<surplus>Oil</surplus> Wicks", "<app><lem/><rdg>Brass</rdg></app>")
    contents = make("".join(f"<div><head>{head}</head></div>" for head in heads)).record["contents"]
    assert [line["text"] for line in contents] == ["Lamps", "Wicks", "…"]


def test_the_contents_are_the_headings_with_their_depth(make: Callable[..., Any]) -> None:
    contents = make("<div><head>a <hi>b</hi></head><div><div><head>c</head></div></div></div><div><head/></div>").record[
        "contents"
    ]
    assert contents == [
        {"id": "body.d1-h1", "text": "a b", "part": 0, "level": 1},
        {"id": "body.d1.d1.d1-h1", "text": "c", "part": 0, "level": 2},
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a<choice><sic>b</sic><corr>c</corr></choice></p>", "ac"),
        ("<p>a<choice><orig>b</orig><reg>c</reg></choice></p>", "ac"),
        ("<p>a<choice><abbr>b</abbr>\n<expan>c</expan></choice></p>", "ac"),
        ("<p>a<choice><unclear>b</unclear><unclear>c</unclear></choice></p>", "ab"),
        ("<p>a<app><lem>b</lem><rdg>c</rdg></app></p>", "ab"),
        ("<p>a<app><rdg>b</rdg><rdg>c</rdg></app></p>", "ab"),
        ("<p>a<del>b</del><add>c</add></p>", "ac"),
        ("<p>a\n   <hi>b</hi>c</p>", "a bc"),
        ("<p>a<pb/>b</p>", "a b"),
        ("<p>a<!-- b --><?c d?>e</p>", "ae"),
        ("<p>a<quote><p>b</p></quote>c</p>", "a c"),
    ],
)
def test_plain_text_is_the_reading_text_without_markup(passages: Passages, body: str, text: str) -> None:
    assert passages(body)[0]["text"] == text


def test_the_language_of_a_passage_is_that_of_the_nearest_element_that_says_one(passages: Passages) -> None:
    found = passages('<p>a</p><div xml:lang="fr"><p>b</p><p xml:lang="">c</p></div>')
    assert [each["language"] for each in found][:2] == ["en", "fr"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("<html/>", "E002"),
        ('<div xmlns="http://www.tei-c.org/ns/1.0"/>', "E002"),
        ('<x:TEI xmlns:x="http://example.org/"/>', "E003"),
        ("<TEI.2/>", "E003"),
        ("<teiCorpus.2/>", "E003"),
    ],
)
def test_what_is_not_tei_p5_is_refused_by_the_stylesheet(transformer: Transformer, data: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        transformer.products(parse(data.encode(), "x"), "x")
    assert caught.value.finding.code == code


@pytest.mark.parametrize("name", ["quote", "note", "cit", "list", "hi"])
def test_deep_nesting_takes_no_forever(make: Callable[..., Any], name: str) -> None:
    started = time.process_time()
    make(f"<p>{f'a <{name}>' * 250}b{f'</{name}>' * 250}</p>")
    assert time.process_time() - started < 5


def test_many_references_side_by_side_take_no_forever(make: Callable[..., Any]) -> None:
    started = time.process_time()
    make("<listBibl>" + "<bibl>Alder, <title>Beds</title><note>1890</note></bibl>\n" * 3000 + "</listBibl>")
    assert time.process_time() - started < 8


def links(made: Any, *names: str) -> list[list[Any]]:
    return [[tuple(each[name] for name in names) for each in made.record[part]] for part in ("dangling", "pointers")]


def test_a_pointer_to_an_id_the_file_lacks_is_recorded_once_with_its_first_line_and_its_number(make: Callable[..., Any]) -> None:
    made = make('<p xml:id="a" corresp="#a #b">\n<ref\ntarget="#b">x</ref></p>')
    assert made.record["dangling"] == [{"target": "#b", "attribute": "corresp", "line": 1, "count": 2, "sort": ""}]


@pytest.mark.parametrize(
    ("body", "dangling", "pointers"),
    [
        ('<p ana="#x y.xml#z y.xml"/>', ["#x"], ["y.xml#z", "y.xml"]),
        ('<p ana="http://example.org/#x mailto:a@b psn:abc urn:isbn:1 /site/page //host/x"/>', [], []),
        ('<p><ref target="#xpath(//p[1])"/><ref target="#"/></p>', [], []),
        ('<p><date from="1910" to="1911" when="1910"/><span from="#a" to="#b">x</span></p>', ["#a", "#b"], []),
        ('<p><g ref="#star"/><graphic url="a%20picture.png"/></p>', ["#star"], ["a%20picture.png"]),
        ('<p><note n="#x" type="#y" rend="#z" key="#k">x</note></p>', [], []),
        ('<p xmlns:x="urn:x"><x:y ref="#a" target="b.xml"/></p>', [], []),
        ('<p><egXML xmlns="http://www.tei-c.org/ns/Examples"><ref target="#a"/><ref target="b.xml"/></egXML></p>', [], []),
        ('<div xml:base="http://example.org/"><p><ref target="a.xml"/><ref target="#b"/></p></div>', ["#b"], []),
        ('<relation active="#a" passive="#b" mutual="#c" name="#d"/>', ["#a", "#b", "#c"], []),
        ('<sp who="cook"><p>Soup!</p></sp>', [], ["cook"]),
    ],
)
def test_what_is_a_pointer_and_which_the_edition_can_judge(
    make: Callable[..., Any], body: str, dangling: list[str], pointers: list[str]
) -> None:
    assert links(make(body), "target") == [[(each,) for each in dangling], [(each,) for each in pointers]]


def test_ids_come_with_their_lines_and_a_doubled_one_with_both(make: Callable[..., Any]) -> None:
    made = make('<p xml:id="a">x</p>\n<p xml:id="b">x</p>\n<p xml:id="a">x</p>')
    assert made.record["ids"] == {"a": 1, "b": 2}
    assert made.record["doubled"] == [{"id": "a", "line": 3, "first_line": 1}]


def test_the_ids_of_an_example_are_not_those_of_the_file(make: Callable[..., Any]) -> None:
    made = make('<p><egXML xmlns="http://www.tei-c.org/ns/Examples"><p xml:id="a"/><p xml:id="a"/></egXML></p>')
    assert (made.record["ids"], made.record["doubled"]) == ({}, [])


@pytest.mark.parametrize(
    ("body", "mentions"),
    [
        ('<p><persName ref="#a">Ada <hi>Reed</hi></persName></p>', [("persName", "#a", "a", "Ada Reed")]),
        ('<p><persName ref="r.xml#a r.xml#b http://x/#c psn:d e.xml">A</persName></p>', [
            ("persName", "r.xml#a", "a", "A"), ("persName", "r.xml#b", "b", "A"),
            ("persName", "", "https://x/#c", "A"), ("persName", "", "psn:d", "A"),
        ]),
        ('<p><persName ref="gnd-1">A</persName></p>', [("persName", "", "gnd-1", "A")]),
        ('<p><persName ref="http://www.viaf.org/viaf/7/">A</persName></p>', [("persName", "", "https://viaf.org/viaf/7", "A")]),
        ('<p><persName ref="viaf:7">A</persName></p>', [("persName", "", "https://viaf.org/viaf/7", "A")]),
        ('<p><placeName sameAs="#a">A</placeName></p>', [("placeName", "#a", "a", "A")]),
        ('<p><placeName>A <settlement>B</settlement></placeName></p>', [("placeName", "", "", "A B")]),
        ('<p><rs type="person">A <persName ref="#b">B</persName></rs></p>', [("persName", "#b", "b", "B")]),
        ('<p><rs>she</rs><name>A</name><term ref="https://x.org/t">t</term><title>B</title></p>', []),
        ('<listPerson><person><persName>A</persName></person></listPerson>', []),
        ('<p><rs type="person" key="a">she</rs></p>', [("rs", "", "a", "she")]),
        ('<p><rs ref="#a" key="b" corresp="#c">she</rs></p>', [("rs", "#a", "a", "she"), ("rs", "#c", "c", "she")]),
        ('<p><date corresp="#ev">then</date></p>', [("date", "#ev", "ev", "then")]),
        ('<p><hi corresp="#ev">then</hi><ref target="#a">b</ref><g ref="#star">*</g></p>', []),
        ('<p>x<persName ref="#a"/></p>', []),
        ('<p><persName ref="#a"><persName ref="#b">A</persName> B</persName></p>', [
            ("persName", "#a", "a", "A B"), ("persName", "#b", "b", "A")
        ]),
    ],
)  # fmt: skip
def test_mentions_are_the_elements_that_say_whom_they_name(make: Callable[..., Any], body: str, mentions: list[Any]) -> None:
    found = make(body).record["mentions"]
    assert [(each["element"], each["target"], each["key"], each["words"]) for each in found] == mentions
    assert all(each["passage"] == "body-p1" for each in found)


def test_a_mention_in_a_note_is_in_the_passage_of_the_note(make: Callable[..., Any]) -> None:
    found = make('<p>a<note xml:id="n">b <persName ref="#x">c</persName></note></p>').record["mentions"]
    assert [each["passage"] for each in found] == ["n"]


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        ("", ["licence", "date"]),
        (
            "<fileDesc><publicationStmt><availability><licence>Free.</licence></availability></publicationStmt></fileDesc>",
            ["date"],
        ),
        ("<fileDesc><publicationStmt><availability><p>Free.</p></availability></publicationStmt></fileDesc>", ["date"]),
        ('<profileDesc><creation><date when="1910"/></creation></profileDesc>', ["licence"]),
        ("<fileDesc><sourceDesc><bibl><date>no year</date></bibl></sourceDesc></fileDesc>", ["licence"]),
    ],
)
def test_what_a_header_does_not_say_is_recorded(make: Callable[..., Any], header: str, lacking: list[str]) -> None:
    assert [each["what"] for each in make("<p>x</p>", header=header).record["lacking"]] == lacking


def test_a_text_in_no_language_is_recorded_at_the_text(transformer: Transformer) -> None:
    data = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>\n<text><body><p>a</p></body></text></TEI>'
    lacking = transformer.products(parse(data, "x"), "x").record["lacking"]
    assert [(each["what"], each["line"]) for each in lacking] == [("licence", 1), ("date", 1), ("language", 2)]


def fields(passages: list[Mapping[str, Any]], name: str) -> list[list[str]]:
    return [each["fields"].get(name, []) for each in passages]


@pytest.mark.parametrize(
    ("date", "interval", "years"),
    [
        ('<date when="1910-05-12">d</date>', "1910-05-12/1910-05-12", ["1910"]),
        ('<date notBefore="1909-12" notAfter="1911">d</date>', "1909-12/1911", ["1909", "1910", "1911"]),
        ('<date from="1910">d</date>', "1910/", ["1910"]),
        ('<date to="-0043-03-15">d</date>', "/-0043-03-15", ["-0043"]),
        ('<date notBefore="0901" notAfter="1000">d</date>', "0901/1000", [f"{year:04}" for year in range(901, 1001)]),
        ('<date notBefore="0901" notAfter="1001">d</date>', "0901/1001", []),
        ('<date when-iso="1910-05-12T10:00:00">d</date>', "1910-05-12/1910-05-12", ["1910"]),
        ('<date datingMethod="#julian" when-custom="0301">d</date>', "0301/0301", ["0301"]),
        ('<origDate when="1910">d</origDate>', "1910/1910", ["1910"]),
    ],
)
def test_a_passage_has_the_dates_that_are_tagged_in_it(passages: Passages, date: str, interval: str, years: list[str]) -> None:
    found = passages(f"<p>a {date}</p><p>b</p>")
    assert fields(found, "date") == [[interval], []]
    assert fields(found, "year") == [years, []]


@pytest.mark.parametrize(
    "none",
    [
        '<date calendar="#islamic" datingMethod="#islamic" when-custom="1330-06-01">d</date>',
        '<date when="soon">d</date>',
        "<date>1910</date>",
        '<biblScope unit="page" from="1910" to="1912">d</biblScope>',
        '<time when="10:00:00">d</time>',
    ],
)
def test_what_says_no_date_of_our_years_is_none(passages: Passages, none: str) -> None:
    assert fields(passages(f"<p>a {none}</p>"), "date") == [[]]


def test_each_date_of_a_passage_counts_once_and_for_that_passage_alone(passages: Passages) -> None:
    twice = '<date when="1912">d</date><date when="1910">d</date><date when="1912">d</date>'
    found = passages(f'<p>a {twice}<note>b <date when="1911">d</date></note></p>')
    assert fields(found, "date") == [["1912/1912", "1910/1910"], ["1911/1911"]]
    assert fields(found, "year") == [["1910", "1912"], ["1911"]]


def test_a_passage_that_is_a_date_has_it(passages: Passages) -> None:
    text = '<front><titlePage><docDate when="1910-05">May</docDate></titlePage></front><body><p>a</p></body>'
    assert fields(passages(text=text), "date") == [["1910-05/1910-05"], []]


def test_a_stand_off_dating_is_that_of_the_passage_it_points_to_or_into(passages: Passages) -> None:
    text = '<body><p xml:id="a">a</p><p>b <seg xml:id="s">then</seg> c</p><p xml:id="d">d</p></body>'
    dating = '<note target="#a #s #gone"><date when="1910">1910</date>, not <date>1911</date></note>'
    other = '<note target="#d"><date when="1912">1912</date></note>'
    lists = f'<listAnnotation type="dating">{dating}</listAnnotation><listAnnotation type="difference">{other}</listAnnotation>'
    found = passages(text=text, beside=f"<standOff>{lists}</standOff>")
    assert fields(found, "date") == [["1910/1910"], ["1910/1910"], []]


@pytest.mark.parametrize(
    ("paragraph", "received"),
    [
        ("the <choice><sic>gardner</sic><corr>gardener</corr></choice> left", ["the gardner left"]),
        ("<choice><reg>until</reg><orig>vntil</orig></choice>", ["vntil"]),
        ("<choice><abbr>Mr</abbr><expan>Mister</expan></choice> X", ["Mr X"]),
        ("d<ex>omi</ex>ni", ["dni"]),
        ("a <del>b</del> <surplus>c</surplus>", ["a b c"]),
        ("a <supplied>b</supplied> c", ["a c"]),
        ("a <note>the <choice><sic>teh</sic><corr>the</corr></choice></note>b", []),
        ("<choice><sic>a</sic><corr>a</corr></choice>", []),
        ("<supplied>a</supplied>", []),
        ("plain", []),
    ],
)
def test_the_text_as_received_is_kept_where_it_is_another(passages: Passages, paragraph: str, received: list[str]) -> None:
    assert passages(f"<p>{paragraph}</p>")[0]["fields"].get("received", []) == received


def slices(make: Callable[..., Products], body: str) -> list[str]:
    made = make(body)
    return [element(made.resolved.encode(), each.place) for each in recorded.passages(made.record, "x")]


def test_the_tei_of_a_passage_stands_in_the_tags_of_what_is_open_around_it(make: Callable[..., Products]) -> None:
    (slice_,) = slices(make, '<div n="a"><p>b</p></div>')
    assert (
        slice_
        == '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><text><body><div n="a"><p>b</p></div></body></text></TEI>'
    )


@pytest.mark.parametrize(
    "body", ['<div><m xmlns="urn:m"><note xmlns="http://www.tei-c.org/ns/1.0">b</note></m></div>', "<p>\ufdd3b</p>"]
)
def test_it_keeps_its_namespaces_whatever_stands_around_or_in_it(make: Callable[..., Products], body: str) -> None:
    (slice_,) = slices(make, body)
    given = etree.fromstring(body.replace("<", '<x xmlns="http://www.tei-c.org/ns/1.0"><', 1) + "</x>")
    assert [each.tag for each in etree.fromstring(slice_).iter()][3:] == [each.tag for each in given.iter()][1:]
