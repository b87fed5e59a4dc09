"""The face of the edition: home, the list of texts, wrong turns, and what programs read before anything is shown."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Browser

from edition.build import build
from edition.settings import Settings, read
from search_index.writer import write_index
from tests.plain import PLAIN
from webapp import create_app
from webapp.drawings.dates import date
from webapp.texts import Text, Texts, first_sentence, ordered

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
ADDRESSES = (
    "/",
    "/documents/",
    "/documents/?q=putin&from=2022&sort=newest",
    "/documents/?q=xyzzy",
    "/search/?q=Tokaev",
    "/documents/icc/",
)


def parsed(client: FlaskClient, address: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(address).text)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., FlaskClient]:
    """Documents by id, each the inside of its ``titleStmt`` and of its ``body``, behind a client."""

    def make(**documents: tuple[str, str]) -> FlaskClient:
        folder = tmp_path_factory.mktemp("small")
        (folder / "tei").mkdir()
        for id, (title, body) in documents.items():
            (folder / "tei" / f"{id}.xml").write_text(
                '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
                f"<titleStmt>{title}</titleStmt><publicationStmt><p/></publicationStmt>"
                "<sourceDesc><p>A sheet.</p></sourceDesc></fileDesc></teiHeader>"
                f"<text><body>{body}</body></text></TEI>",
                "utf-8",
            )
        settings = read(folder, {"tei": "tei", "out": "out"}, PLAIN)
        build(settings, write_index, jobs=1)
        return create_app(settings).test_client()

    return make


# How a text begins


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One sentence. Another.", "One sentence."),
        ("“Who is there?” she asked. He was.", "“Who is there?” she asked."),
        ("Mr. J. Smith came. He stayed.", "Mr. J. Smith came."),
        ("“St. Petersburg is cold.” Then snow.", "“St. Petersburg is cold.”"),
        ("Der 3. Mai war warm. Er ging.", "Der 3. Mai war warm."),
        ("In the U.S. Congress it passed. Later not.", "In the U.S. Congress it passed."),
        ("Prices rose by 3.5 percent. Wages did not.", "Prices rose by 3.5 percent."),
        ("吾輩は猫である。名前はまだ無い。", "吾輩は猫である。"),
        ("धर्मक्षेत्रे कुरुक्षेत्रे। मामकाः", "धर्मक्षेत्रे कुरुक्षेत्रे।"),
        ("No stop at all", "No stop at all"),
        ("", ""),
    ],
)
def test_a_first_sentence_ends_where_a_reader_would_end_it(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_home_quotes_the_first_sentence_of_each_text_and_links_its_passage(client: FlaskClient) -> None:
    home = parsed(client, "/")
    quotations = home.xpath("//blockquote")
    assert [each.text_content().split()[-1] for each in quotations] == ["population.", "year."]
    for quotation in quotations:
        document, _, passage = quotation.get("cite").removeprefix("/documents/").partition("/#")
        answer = client.get(f"/api/v1/documents/{document}/passages/{passage}").json
        assert answer["text"].startswith(quotation.text_content().strip())
        assert home.xpath("//a[@href=$href]", href=quotation.get("cite"))


def test_home_leads_to_the_registers_and_what_is_named_most(client: FlaskClient) -> None:
    for register in ("persons", "places", "organisations", "events", "works"):
        section = parsed(client, "/").xpath("//section[@aria-labelledby=$id]", id=f"edition:{register}")[0]
        links = section.xpath(".//a/@href")
        assert links[-1] == f"/registers/{register}/"
        assert {client.get(link).status_code for link in links} == {200}


def test_events_on_the_home_page_are_in_order_of_time(client: FlaskClient) -> None:
    words = parsed(client, "/").xpath("//section[@aria-labelledby='edition:events']//span[@class='when']/text()")
    years = [int(re.findall(r"\d{4}", each)[0]) for each in words]
    assert len(years) > 3
    assert years == sorted(years)


def test_home_leads_to_the_texts_side_by_side(client: FlaskClient) -> None:
    assert "/compare/icc-2022-01-20/spark-2022-01-17/" in parsed(client, "/").xpath("//main//a/@href")


def test_home_of_a_folder_of_tei_names_ten_texts_and_leads_to_all(small: Callable[..., FlaskClient]) -> None:
    client = small(**{f"t{n:02}": (f"<title>Text {n}</title>", f"<p>Words {n}.</p>") for n in range(12)})
    home = parsed(client, "/")
    assert len(home.xpath("//ul[@class='home-texts']/li")) == 10
    assert home.xpath("//a[text()='All 12 texts']/@href") == ["/documents/"]


# The list of texts


def titles(client: FlaskClient, query: str = "") -> list[str]:
    return [each.text_content() for each in parsed(client, f"/documents/{query}").xpath("//ol[@class='document-list']//h2")]


@pytest.mark.parametrize(
    ("query", "begin"),
    [
        ("", ["Workers", "Putin"]),
        ("?sort=title", ["Putin", "Workers"]),
        ("?sort=date", ["Putin", "Workers"]),
        ("?sort=newest", ["Workers", "Putin"]),
        ("?sort=length", ["Workers", "Putin"]),
        ("?q=stopio", ["Workers"]),
        ("?q=SPARK+rescue", ["Putin"]),
        ("?author=Stopio", ["Workers"]),
        ("?language=en", ["Workers", "Putin"]),
        ("?language=fr", []),
        ("?from=2022-01-18", ["Workers"]),
        ("?to=2022-01-17", ["Putin"]),
        ("?from=2022&to=2022", ["Workers", "Putin"]),
        ("?to=2021", []),
    ],
)
def test_the_list_is_sorted_and_narrowed_by_its_address(client: FlaskClient, query: str, begin: list[str]) -> None:
    assert [title.split()[0].rstrip("’") for title in titles(client, query)] == begin


@pytest.mark.parametrize("query", ["sort=size", "from=soon", "to=2022-13", "page=0"])
def test_a_list_that_cannot_be_is_400_and_leads_back(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/documents/?{query}")
    assert answer.status_code == 400
    assert '<a href="/documents/">' in answer.text


def test_a_list_without_texts_says_how_to_go_on(client: FlaskClient) -> None:
    page = client.get("/documents/?q=wages").text
    assert "No text is like that" in page
    assert 'href="/search/?q=wages"' in page


def test_links_of_the_order_keep_what_the_list_is_narrowed_to() -> None:
    texts = [Text(f"t{n}", n, "T", (), "", "", n, None, None, "t") for n in range(3)]
    assert [text.id for text in ordered(texts, "length")] == ["t2", "t1", "t0"]
    assert [text.id for text in ordered(texts, "newest")] == ["t0", "t1", "t2"]


def test_a_text_without_a_date_is_in_no_time() -> None:
    known = date("1910-05")
    dated = Text("a", 0, "A", (), "", "", 1, known.begins, known.ends, "a")
    texts = Texts((dated, Text("b", 1, "B", (), "", "", 1, None, None, "b")))
    assert [text.id for text in texts.chosen(since=date("1910"), until=date("1910"))] == ["a"]
    assert [text.id for text in texts.chosen(since=date("1910-05-31"))] == ["a"]
    assert texts.chosen(since=date("1910-06")) == ()
    assert len(texts.chosen()) == 2


def test_texts_are_narrowed_by_place_and_series() -> None:
    one = Text("a", 0, "A", (), "", "", 1, None, None, "a", made_at="Wien", series="Letters")
    other = Text("b", 1, "B", (), "", "", 1, None, None, "b", made_at="Ärmel", series="Letters")
    texts = Texts((one, other, Text("c", 2, "C", (), "", "", 1, None, None, "c")))
    assert texts.chosen(place="Wien") == (one,)
    assert texts.chosen(series="Letters") == (one, other)
    assert dict(texts.places) == {"Ärmel": 1, "Wien": 1}
    assert list(texts.places) == ["Ärmel", "Wien"]


# Wrong turns


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/documents/icc/", "/documents/icc-2022-01-20/"),
        ("/documents/spark-2022-01-71/", "/documents/spark-2022-01-17/"),
        ("/documents/icc-2022-01-20.docx", "/documents/icc-2022-01-20/"),
        ("/pages/abuot/", "/pages/about/"),
        ("/tokayev", "/registers/persons/pers-tokayev/"),
    ],
)
def test_a_wrong_address_names_what_may_be_meant(client: FlaskClient, address: str, meant: str) -> None:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 404
    assert meant in html.document_fromstring(answer.text).xpath("//ul[@class='near']//a/@href")


def test_a_search_that_finds_nothing_names_entries_that_are_spelled_so(client: FlaskClient) -> None:
    page = parsed(client, "/search/?q=Tokaev")
    assert page.xpath("//ul[@class='near']//a/text()")[0] == "Tokayev, Kassym-Jomart"
    assert not parsed(client, "/search/?q=xyzzy").xpath("//ul[@class='near']")
    assert not parsed(client, "/search/?q=" + "a" * 5000).xpath("//ul[@class='near']")


# What programs read


@pytest.mark.parametrize(
    "address", [*ADDRESSES, "/documents/icc-2022-01-20/", "/documents/icc-2022-01-20/source/", "/pages/about/"]
)
def test_every_page_describes_itself_once(client: FlaskClient, address: str) -> None:
    page = parsed(client, address)
    described = page.xpath("//meta[@name='description']/@content")
    assert len(described) == 1
    assert described[0].strip()
    assert page.xpath("//meta[@property='og:title']/@content")[0] in page.findtext(".//title")
    assert page.xpath("//meta[@property='og:description']/@content") == described
    assert not page.xpath("//meta[@property='og:url' or @property='og:image']")


def test_a_text_is_described_in_the_words_of_its_header(client: FlaskClient) -> None:
    described = parsed(client, "/documents/spark-2022-01-17/").xpath("//meta[@name='description']/@content")[0]
    assert described.startswith("17 January 2022. Plain text as received")


def test_titles_with_signs_of_markup_stay_text(small: Callable[..., FlaskClient]) -> None:
    client = small(a=("<title>R &amp; D: &lt;b&gt; “x” \"y\" 'z'</title>", "<p>Words.</p>"))
    page = parsed(client, "/documents/a/")
    assert page.xpath("//meta[@property='og:title']/@content") == ["R & D: <b> “x” \"y\" 'z'"]


def test_addresses_for_others_follow_the_setting(edition: Settings) -> None:
    settings = read(edition.project, {"out": str(edition.out), "site.url": "https://edition.example.org/kz"}, PLAIN)
    page = parsed(create_app(settings).test_client(), "/documents/icc-2022-01-20/?q=gas")
    values = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert values["og:url"] == "https://edition.example.org/kz/documents/icc-2022-01-20/"
    assert values["og:image"] == "https://edition.example.org/kz/static/icon-512.png"


def test_the_manifest_has_the_name_of_the_edition_and_icons_that_are_what_they_say(client: FlaskClient) -> None:
    address = parsed(client, "/").xpath("//link[@rel='manifest']/@href")[0]
    answer = client.get(address)
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert manifest["name"] == "Kazakhstan, January 2022: Two Articles"
    for icon in manifest["icons"]:
        picture = client.get(icon["src"], buffered=True)
        assert picture.mimetype == icon["type"]
        if icon["type"] == "image/png":
            assert "{}x{}".format(*struct.unpack(">II", picture.data[16:24])) == icon["sizes"]


def test_robots_may_read_the_texts_and_not_the_answers_of_the_search(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    assert answer.text.splitlines() == ["User-agent: *", "Disallow: /search*?", "Sitemap: http://localhost/sitemap.xml"]


# In a browser


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_help_are_accessible_and_fit_on_every_screen(browser: Browser, address: str, scheme: str) -> None:
    for width in (320, 1440):
        context = browser.new_context(base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900})
        page = context.new_page()
        for path in ADDRESSES[2:]:
            page.goto(path.lstrip("/"))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            found = Axe().run(page, options=RULES).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], (path, width)
        context.close()


def test_the_sheets_name_the_same_paper_as_the_manifest() -> None:
    tokens = Path(__file__).parents[2].joinpath("webapp/static/tokens.css").read_text("utf-8")
    assert "--paper: #fbf9f4" in tokens


def test_texts_of_one_title_are_told_apart_by_their_subtitle_or_else_by_their_id():
    news = (("a", "News", "issue 1"), ("b", "News", "issue 2"), ("c", "News", ""))
    notes = (("d", "Notes", "first"), ("e", "Notes", "first"), ("f", "Alone", "a tale"))
    texts = Texts(tuple(Text(id, 0, title, (), "", "", 1, None, None, id, subtitle=under) for id, title, under in news + notes))
    assert texts.apart == {"a": "issue 1", "b": "issue 2", "c": "c", "d": "d", "e": "e"}


def test_names_in_a_row_have_semicolons_between_them_where_one_has_a_comma(client: FlaskClient):
    said = client.application.jinja_env.get_template("macros.html").module.authors
    assert [str(said(names)) for names in (("Ada Reed", "Tom"), ("Reed, Ada", "Tom"), ("Reed, Ada",), ())] == [
        "Ada Reed, Tom",
        "Reed, Ada; Tom",
        "Reed, Ada",
        "",
    ]
