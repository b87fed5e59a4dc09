"""Names, dates and uncertainty on the page: what is a link, what leads to the section of dates, what is said in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Render = Callable[..., str]

REMARK = '<standOff><listAnnotation type="dating"><note target="#d">A remark.</note></listAnnotation></standOff>'


def test_a_name_that_says_whom_it_names_is_a_link_without_an_address(render: Render) -> None:
    assert '<a class="tei-persName" id="edition:m1" data-mention="1">Ada</a>' in render(
        '<p><persName ref="r.xml#a">Ada</persName></p>'
    )
    assert '<a class="tei-rs" id="x" data-mention="1">she</a>' in render('<p><rs xml:id="x" key="ada">she</rs></p>')
    assert '<a class="tei-persName" id="edition:m1" data-mention="1">Ada</a>' in render("<p><persName>Ada</persName></p>")
    assert '<span class="tei-forename">Ada</span>' in render("<p><forename>Ada</forename></p>")


def test_a_title_stays_a_title(render: Render) -> None:
    assert '<cite class="tei-title" id="edition:m1"><a data-mention="1">Lamps</a></cite>' in render(
        '<p><title ref="r.xml#b">Lamps</title></p>'
    )


@pytest.mark.parametrize(
    "inner",
    ['<persName ref="r.xml#b">Tom</persName>', '<ref target="https://example.org">b</ref>', "b<note>c</note>"],
)
def test_what_holds_a_link_has_its_own_as_a_sign_at_its_end(render: Render, inner: str) -> None:
    shown = render(f'<p><rs ref="r.xml#a">friends of {inner}</rs></p>')
    assert shown.count('<span class="tei-rs" id="edition:m1">') == 1
    assert re.search(
        r'<a class="mention-sign by-edition" data-mention="1" aria-label="Who or what: “friends of \w+”"></a></span>', shown
    )


def test_a_name_in_a_link_is_no_link(render: Render) -> None:
    shown = render('<p><ref target="https://example.org">by <persName ref="r.xml#a">Ada</persName></ref></p>')
    assert '<span class="tei-persName" id="edition:m1">Ada</span></a>' in shown


def test_a_paragraph_that_names_has_the_sign(render: Render) -> None:
    assert '<a class="mention-sign by-edition" data-mention="1"' in render('<p key="ada">Ada</p>')


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ('<date when="1909-12">then</date>', '<time class="tei-date" datetime="1909-12">then</time>'),
        ('<date when="1909-02-30">then</date>', '<span class="tei-date">then</span>'),
        ('<date notBefore="1909">then</date>', '<span class="tei-date">then</span>'),
        ("<time>then</time>", '<span class="tei-time">then</span>'),
    ],
)
def test_a_date_that_says_no_more_is_one_for_machines(render: Render, date: str, shown: str) -> None:
    made = render(f"<p>{date}</p>")
    assert shown in made
    assert "expressions" not in made


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ('when="1909-12-03" cert="high"', "3 December 1909"),
        ('when="1909" cert="low"', "1909, certainty: low"),
        ('from="1909" to="1910-02" cert="high"', "from 1909 to February 1910"),
        ('notBefore="1909" notAfter="1910" cert="medium"', "between 1909 and 1910, certainty: medium"),
        ('notAfter="1910" cert="high"', "not after 1910"),
        ('from="1909" cert="high"', "from 1909 on"),
        ('dur="P2Y1M" cert="high"', "for 2 years and 1 month"),
        ('dur="P3W" cert="high"', "for 3 weeks"),
    ],
)
def test_an_expression_of_time_has_an_item_that_says_it_in_words(render: Render, attributes: str, words: str) -> None:
    shown = render(f'<p><date xml:id="d" {attributes}>long ago</date></p>')
    assert re.search(r'<a class="tei-date expression[^"]*" id="d" href="#edition%3Aon-d">long ago</a>', shown)
    item = '<li id="edition:on-d"><a class="expression-words" href="#d">long ago</a> <span class="expression-date">{}</span></li>'
    assert item.format(words) in shown


def test_the_item_has_the_remark_and_the_link_to_the_event(render: Render) -> None:
    shown = render('<p><rs type="event" xml:id="d" ref="r.xml#e">it happened</rs></p>', beside=REMARK)
    assert 'id="d" data-type="event" href="#edition%3Aon-d">it happened</a>' in shown
    assert '<span class="expression-remark">A remark.</span> <a class="expression-entry" data-mention="1">' in shown


def test_a_remark_on_a_paragraph_makes_it_no_expression(render: Render) -> None:
    assert "expression" not in render('<p xml:id="d">Words.</p>', beside=REMARK)


@pytest.mark.parametrize(
    ("encoded", "said"),
    [
        ('<persName cert="medium">Ada</persName>', " (certainty: medium) "),
        ('<persName cert="high">Ada</persName>', None),
        ("<unclear>Ada</unclear>", " (unclear) "),
        ("<supplied>Ada</supplied>", " (supplied) "),
        ("A<supplied>d</supplied>a", None),
        ("<unclear>Ad</unclear>a", None),
    ],
)
def test_uncertainty_is_said_in_words_but_never_within_a_word(render: Render, encoded: str, said: str | None) -> None:
    spoken = re.findall(r'<span class="visually-hidden">([^<]*)</span>', render(f"<p>x {encoded} y</p>"))
    assert spoken == ([said] if said else [])


def test_record_and_page_speak_of_the_same_element(make: Callable[..., Any]) -> None:
    made = make('<p>a <date cert="low">then</date> <persName ref="#a">Ada <persName ref="#b">Reed</persName></persName></p>')
    (outer, inner) = made.record["mentions"]
    assert [(each["id"], each["number"], each["start"], each["end"]) for each in (outer, inner)] == [
        ("edition:m2", 2, 7, 15),
        ("edition:m3", 3, 11, 15),
    ]
    for each in (outer, inner):
        (place,) = each["places"]
        assert made.reading[place:].startswith(f' data-mention="{each["number"]}"')
        assert f'id="{each["id"]}"' in made.reading


SPEAKERS = "<castList><castItem><role xml:id='ada'>Ada Reed,</role><roleDesc>a gardener</roleDesc></castItem></castList>"


def test_who_speaks_is_named_by_the_label_of_a_speech_or_by_the_speech(make: Callable[..., Any]) -> None:
    made = make(
        f"{SPEAKERS}<sp who='#ada #tom'><speaker>Ada.</speaker><p>Rain!</p></sp><p>She: <said who='#ada'>Rain!</said></p>"
        "<u who='#ada'>Rain!</u><sp><speaker>Ada.</speaker><p>Rain!</p></sp><q>Rain!</q><stage who='#ada'>Exit.</stage>"
    )
    found = [tuple(each[name] for name in ("element", "kind", "key", "words")) for each in made.record["mentions"]]
    assert found == [
        ("speaker", "person", "ada", "Ada."),
        ("speaker", "person", "tom", "Ada."),
        ("said", "", "ada", "Rain!"),
        ("u", "", "ada", "Rain!"),
    ]
    assert '<a data-mention="1">Ada.</a>' in made.reading
    assert 'data-mention="2" aria-label="Who says “Rain!”"></a></span>' in made.reading
    assert '<a class="who by-edition" data-mention="3">Ada Reed,</a>' in made.reading
    assert "data-mention" not in made.diplomatic


def test_a_role_that_is_a_person_of_a_list_names_that_person(make: Callable[..., Any]) -> None:
    cast = "<castList><castItem><role xml:id='r' corresp='#ada'>Ada</role></castItem></castList>"
    made = make(f"{cast}<sp who='#r'><speaker>Ada.</speaker></sp>")
    assert {each["key"] for each in made.record["mentions"]} == {"ada"}
    assert made.record["entries"] == []


def test_the_coordinates_of_a_name_stand_behind_it_and_are_no_part_of_it(make: Callable[..., Any]) -> None:
    made = make("<p>In <placeName ref='#w'>Wien <location><geo>48,2 16,4</geo></location></placeName>.</p>")
    (mention,) = made.record["mentions"]
    assert mention["words"] == "Wien"
    shown = (
        '<span class="by-edition"> (coordinates: </span><span class="tei-geo">48,2 16,4</span><span class="by-edition">)</span>'
    )
    assert f'Wien <span class="tei-location">{shown}</span>' in made.reading


def test_the_names_of_an_entry_in_a_text_are_parted(render: Render) -> None:
    names = "<persName>Ada</persName> <persName>Reed</persName><note>b</note><persName>A.</persName>"
    page = render(f"<listPerson><person>{names}</person></listPerson>")
    assert re.findall(r">([^<>]+)</span> ?<span class=.by-edition.> · </span>", page) == ["Ada"]


def test_a_name_without_words_says_what_it_refers_to(render: Render) -> None:
    names = '<placeName ref="LOC1"/> <persName ref="r.xml#ada gnd:1"> </persName> <title key="k"><lb/></title> <name/>'
    assert re.findall(r'<span class="by-edition">([^<]*)</span>', render(f"<p>from {names}</p>")) == ["[LOC1]", "[ada]", "[k]"]


def test_lists_of_entries_behind_a_text_say_what_they_list(make: Callable[..., Any]) -> None:
    lists = "<listPerson><person><persName>Ada</persName></person></listPerson><listPlace><head>Towns</head><place/></listPlace>"
    page = make(text=f"<body><p>x</p></body><back>{lists}<listOrg><org/></listOrg></back>").reading
    assert re.findall(r'<p class="division-name by-edition">(.*?)</p><div', page) == ["Persons"]
