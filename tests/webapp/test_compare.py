"""Two texts side by side: their topics, their counterparts, what only one of them names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin

import pytest
from lxml import html
from markupsafe import Markup
from playwright.sync_api import Browser, Page, expect

from edition.records import Document
from webapp.columns import Column, Counterpart
from webapp.parts import Shown

LEFT, RIGHT = "icc-2022-01-20", "spark-2022-01-17"
ADDRESS = f"/compare/{LEFT}/{RIGHT}/"
TOPIC = "?topic=parallel.caspian"


def parsed(client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


@pytest.mark.parametrize("address", [ADDRESS, f"/compare/{RIGHT}/{LEFT}/"])
def test_the_passages_of_both_texts_are_there_and_no_id_twice(client, address):
    ids = parsed(client, address).xpath("//@id")
    assert len(ids) == len(set(ids))
    for document in (LEFT, RIGHT):
        assert {each["id"] for each in client.get(f"/api/v1/documents/{document}").json["passage_list"]} <= set(ids)


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS + TOPIC, f"/compare/{RIGHT}/{LEFT}/"])
def test_every_link_of_the_page_leads_somewhere(client, address):
    page = parsed(client, address)
    ids = set(page.xpath("//@id"))
    hrefs = page.xpath("//main//a/@href")
    assert {unquote(href[1:]) for href in hrefs if href.startswith("#")} <= ids
    labels = {id for each in page.xpath("//main//@aria-labelledby") for id in each.split()}
    assert labels <= ids
    inside = {urljoin(address, href).partition("#")[0] for href in hrefs if not re.match("#|https?:", href)}
    assert [href for href in inside if client.get(href).status_code != 200] == []


def test_a_topic_is_marked_in_both_texts(client):
    page = parsed(client, ADDRESS + TOPIC)
    assert page.xpath("//section[@class='column']//@id[../@data-chosen]") == ["icc.p3", "spark.p5", "spark.p11"]
    assert "icc.p3 speaks of 2011, spark.p5 of 2022." in page.find_class("topic-chosen")[0].text_content()
    assert page.xpath("//option[@selected]/@value") == ["parallel.caspian"]


def test_without_a_topic_none_is_marked_and_all_are_in_a_table(client):
    page = parsed(client, ADDRESS)
    assert page.xpath("//*[@data-chosen]") == []
    (table,) = page.find_class("topics")
    rows = {row.xpath("string(th/a)"): row.xpath("td//a/@href") for row in table.xpath("tbody/tr")}
    assert len(rows) == 19
    assert rows["Zhanaozen/Janaozen 2011"] == ["#icc.p3", "#spark.p11"]
    assert rows["order to shoot to kill"] == ["#icc.p4", "#spark.p6"]


def test_a_passage_leads_to_its_counterparts_and_says_what_they_share(client):
    page = parsed(client, ADDRESS)
    links = page.get_element_by_id("spark.p8").xpath("span[@class='counterparts']/a")
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [
        ("#icc.p4", "Counterpart icc.p4: dead, wounded, arrested"),
        ("#icc.p10", "Counterpart icc.p10: dead, wounded, arrested"),
        ("#icc.p13", "Counterpart icc.p13: European Union and United States: statements"),
    ]


def test_what_only_one_text_names_is_named_on_its_side_alone(client):
    (one, other) = parsed(client, ADDRESS).xpath("//div[@class='only-one']/section")
    assert {"Aktau", "Turkey"} <= {name.text for name in one.find_class("register-name")}
    assert {"Orano", "Stalin, Joseph"} <= {name.text for name in other.find_class("register-name")}
    assert "Turkey and NATO" in one.text_content()
    assert "Turkey" not in other.text_content()
    assert "Zhanaozen" not in [name.text for name in (*one.find_class("register-name"), *other.find_class("register-name"))]


def test_where_the_texts_differ_is_said_with_the_passages(client):
    remarks = parsed(client, ADDRESS).xpath("//section[@aria-labelledby='compare:differences']//li")
    assert ["#icc.p11", "#spark.p7"] in [remark.xpath(".//a/@href") for remark in remarks]


def test_a_text_leads_to_the_comparison(client):
    for document, other in ((LEFT, RIGHT), (RIGHT, LEFT)):
        assert f"/compare/{document}/{other}/" in parsed(client, f"/documents/{document}/").xpath("//main//a/@href")


def test_wrong_comparisons_are_refused(client):
    for address in (f"/compare/{LEFT}/none/", f"/compare/none/{RIGHT}/", f"{ADDRESS}?topic=none"):
        assert client.get(address).status_code == 404, address
    answer = client.get(f"/compare/{LEFT}/{LEFT}/")
    assert answer.status_code == 302
    assert answer.location == f"/documents/{LEFT}/"


def column(fragment: str, *taken: str) -> Column:
    here = Shown(Document("b", "b.xml", "B"), None, 0, range(9), 0, 9)
    return Column(here, Markup(fragment), "/documents/b/", "title", str, frozenset(taken))


def test_an_id_that_is_taken_becomes_the_texts_own_and_so_does_what_points_at_it():
    fragment = '<p id="x" aria-labelledby="x y">id="x" <a href="#x">x</a> <a href="#y">y</a><b id="y"></b></p>'
    assert column(fragment, "x", "z").html((), {}, {}, "") == (
        '<p id="b:x" aria-labelledby="b:x y title">id="x" <a href="#b%3Ax">x</a> <a href="#y">y</a><b id="y"></b></p>'
    )


def test_an_address_beside_the_text_is_one_from_its_own_page():
    fragment = '<a href="../c/#p"></a><img src="a.png"><a href="/"></a><a href="https://x.example/"></a>'
    shown = column(fragment).html((), {}, {}, "")
    assert re.findall(r'(?:href|src)="([^"]*)"', shown) == [
        "/documents/b/../c/#p",
        "/documents/b/a.png",
        "/",
        "https://x.example/",
    ]


def test_words_within_a_passage_have_their_counterparts_at_its_sign():
    fragment = '<p id="p">one <i id="w">two</i> three<a class="permalink" href="#p">¶</a></p>'
    counterparts = {"w": [Counterpart("<v>", "#v", {"t": "T & S"})]}
    assert column(fragment).html((), {"w": ["t"]}, counterparts, "t") == (
        '<p id="p">one <i data-topics="t" data-chosen id="w">two</i> three <span class="counterparts"><a href="#v" '
        'data-topics="t" data-chosen aria-label="Counterpart &lt;v&gt;: T &amp; S">'
        '<span aria-hidden="true"></span>&lt;v&gt;</a></span>'
        '<a class="permalink" href="#p">¶</a></p>'
    )


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, java_script_enabled=False, viewport={"width": 360, "height": 700})
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_both_columns_go_to_the_topic(page: Page):
    page.goto(ADDRESS)
    page.get_by_label("Topic in both texts").select_option("outlook for the movement")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/?topic=parallel.outlook")
    expect(page.locator("[id='icc.p15']")).to_be_in_viewport()
    expect(page.locator("[id='spark.p11']")).to_be_in_viewport()
    expect(page.locator(".topic-chosen")).to_be_in_viewport()


@pytest.mark.browser
def test_a_counterpart_is_reached_with_the_keyboard_and_the_other_column_stays(page: Page):
    page.goto(ADDRESS + "#icc.p13")
    link = page.locator("[id='icc.p13'] .counterparts a")
    link.focus()
    before = page.locator(".column").first.evaluate("column => column.scrollTop")
    page.keyboard.press("Enter")
    expect(page.locator("[id='spark.p8']")).to_be_in_viewport()
    expect(page.locator("[id='icc.p13']")).to_be_in_viewport()
    assert page.locator(".column").first.evaluate("column => column.scrollTop") == before
    page.keyboard.press("Tab")  # browsers go on from the target
    assert page.locator(":focus").evaluate("link => link.closest('[data-label]').id") == "spark.p8"


@pytest.mark.browser
def test_a_phone_shows_one_text_and_the_counterpart_at_a_tap_without_javascript(phone: Page):
    phone.goto(ADDRESS + "?topic=parallel.order#icc.p4")
    expect(phone.locator("[id='icc.p4']")).to_be_in_viewport()
    expect(phone.locator("[id='spark.p6']")).not_to_be_visible()
    phone.locator("[id='icc.p4'] .counterparts a[data-chosen]").click()
    expect(phone.locator("[id='spark.p6']")).to_be_in_viewport()
    expect(phone.locator("[id='icc.p4']")).not_to_be_visible()
    phone.locator(".switch a").first.click()
    expect(phone.locator("[id='icc.sub']")).to_be_in_viewport()
    expect(phone.locator("[id='spark.p6']")).not_to_be_visible()


@pytest.mark.browser
def test_paper_has_one_text_after_the_other(page: Page):
    page.goto(ADDRESS)
    page.emulate_media(media="print")
    one, other = (page.locator(f"[id='{id}']").bounding_box() for id in ("icc.sig", "spark.p1"))
    assert one["y"] + one["height"] < other["y"]
    assert not page.locator(".topic-form").is_visible()
