"""The search page: what is found, how it is narrowed and widened, what is said of it; and all of it stands in the address."""

from __future__ import annotations

import re
from itertools import combinations
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html

from edition.catalogue import Catalogue
from edition.settings import Settings
from edition.snapshot import current

FIELDS = ("document", "kind", "person", "organisation", "place", "event", "year")


def parsed(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.text)


def told(page: html.HtmlElement) -> tuple[int, int]:
    """The number of passages and of texts that a page tells."""
    heading = page.get_element_by_id("found").text_content()
    numbers = re.fullmatch(r"([\d,]+) passages? in ([\d,]+) texts?", heading)
    return (int(numbers[1].replace(",", "")), int(numbers[2])) if numbers else (0, 0)


def total(client: FlaskClient, **query: object) -> int:
    return client.get("/api/v1/search", query_string=query).json["total"]


def values(page: html.HtmlElement) -> list[tuple[str, int, bool]]:
    """The values of the facets of a page: address, count, whether it is chosen."""
    links = page.xpath("//nav[contains(@class, 'facets')]//a[not(@class)]")
    return [
        (
            each.get("href"),
            int(re.sub(r"\D", "", each.xpath(".//*[@class='count']")[0].text_content())),
            each.get("aria-current") == "true",
        )
        for each in links
    ]


@pytest.mark.parametrize("query", ["workers", "gas OR oil", "person:tokayev", '"working class"', "date:2022"])
def test_a_facet_s_number_is_what_its_link_finds(client: FlaskClient, query: str):
    found = values(parsed(client, f"/search/?q={query}"))
    assert len(found) > 10
    for address, count, is_chosen in found:
        assert not is_chosen
        assert told(parsed(client, address))[0] == count, address


def test_numbers_are_right_under_every_combination_of_two_facets(client: FlaskClient):
    facets = client.get("/api/v1/search?q=kazakhstan").json["facets"]
    first = {field: facets[field][0]["value"] for field in FIELDS if facets[field]}
    assert len(first) >= 6
    for one, other in combinations(first, 2):
        narrowed = {one: first[one], other: first[other]}
        answer = client.get("/api/v1/search", query_string={"q": "kazakhstan", **narrowed}).json
        for field in FIELDS:
            for value in answer["facets"][field]:
                asked = {**narrowed, field: value["value"]}
                assert total(client, q="kazakhstan", **asked) == value["count"], asked


def test_several_values_of_a_field_are_one_or_the_other_and_fields_are_both(client: FlaskClient):
    one, other = "pl-almaty", "pl-zhanaozen"
    both = total(client, q="", place=[one, other])
    assert max(total(client, place=one), total(client, place=other)) < both
    assert both <= total(client, place=one) + total(client, place=other)
    assert total(client, place=[one, other], document="icc-2022-01-20") < both


def test_what_is_chosen_can_be_left_again_one_by_one_or_all(client: FlaskClient):
    page = parsed(client, "/search/?q=kazakhstan&place=pl-kazakhstan&person=pers-tokayev&from=2020")
    links = page.xpath("//ul[@class='chosen']//a")
    assert [re.sub(r"\s+", " ", each.text_content()).removesuffix("×") for each in links] == [
        "Person Tokayev, Kassym-Jomart: remove",
        "Place Kazakhstan: remove",
        "Dated from 2020: remove",
        "Remove all",
    ]
    left = [set(parse_qs(urlsplit(each.get("href")).query)) for each in links]
    assert left == [{"q", "place", "from"}, {"q", "person", "from"}, {"q", "place", "person"}, {"q"}]
    assert [is_chosen for _, _, is_chosen in values(page)].count(True) == 2


def test_chosen_values_come_first_even_if_others_are_commoner(client: FlaskClient):
    page = parsed(client, "/search/?q=kazakhstan&place=pl-aktau")
    place = page.xpath("//details[@class='facet'][summary='Place']//a")
    assert place[0].get("aria-current") == "true"
    assert "Aktau" in place[0].text_content()
    assert len(place) > 5


def test_a_facet_shows_the_commonest_values_and_leads_to_all(client: FlaskClient):
    page = parsed(client, "/search/?q=date:2022")
    more = page.xpath("//details[summary='Place']//a[@class='all']")[0]
    number = int(re.sub(r"\D", "", more.text_content().partition(" values")[0]))
    listed = parsed(client, more.get("href")).xpath("//ul[@class='facet-list']//a")
    assert len(listed) == number > 8
    counts = [int(re.sub(r"\D", "", each.xpath(".//*[@class='count']")[0].text_content())) for each in listed]
    assert counts == sorted(counts, reverse=True)
    assert told(parsed(client, listed[-1].get("href")))[0] == counts[-1]


def test_values_are_called_as_the_registers_call_them(client: FlaskClient):
    names = parsed(client, "/search/?q=gas").xpath("//details[@class='facet']//a/span[1]/text()")
    assert {"Putin, Vladimir", "Kazakhstan", "Strike and killings at Zhanaozen"} <= set(names)
    kinds = parsed(client, "/search/?q=workers").xpath("//details[summary='Kind of passage']//a/span[1]/text()")
    assert "editors’ notes" in kinds


@pytest.mark.parametrize(("since", "until"), [("2011", ""), ("", "2012-12-31"), ("2011", "2012"), ("2022-01-05", "2022-01-06")])
def test_dates_narrow_as_the_query_does(client: FlaskClient, since: str, until: str):
    narrowed = total(client, **{"from": since, "to": until})
    assert 0 < narrowed < total(client, q="")
    assert narrowed == total(client, q=f"date:{since}..{until}")


@pytest.mark.parametrize("wrong", ["sort=best", "group=person", "from=yesterday", "to=2022-13", "page=0", "page=x"])
def test_what_cannot_be_meant_is_answered_in_words(client: FlaskClient, wrong: str):
    name = wrong.partition("=")[0]
    for path in ("/search/", "/search.csv", "/search/concordance/", "/api/v1/search"):
        if path == "/search.csv" and name == "page":
            continue
        answer = client.get(f"{path}?q=gas&{wrong}")
        assert answer.status_code == 400
        assert f"“{name}”" in answer.text


def test_only_answers_are_kept_from_robots(client: FlaskClient):
    assert "noindex" not in client.get("/search/").text
    assert "noindex" not in client.get("/search/help/").text
    for address in ("/search/?q=gas", "/search/?place=pl-almaty", "/search/facet/place/?q=gas", "/search/concordance/?q=gas"):
        assert "noindex" in client.get(address).text


def test_a_result_can_be_sorted_by_text_and_by_date(client: FlaskClient, edition: Settings):
    hits = client.get("/api/v1/search?q=workers&sort=document&per_page=200").json["hits"]
    order = {(each, id): number for number, (each, id, _) in enumerate(Catalogue(current(edition.out).catalogue).outline())}
    places = [order[hit["document"], hit["passage"]] for hit in hits]
    assert places == sorted(places)
    by_date = client.get("/api/v1/search?q=kazakhstan&sort=date&per_page=200").json["hits"]
    assert {hit["passage"] for hit in by_date} == {
        hit["passage"] for hit in client.get("/api/v1/search?q=kazakhstan&per_page=200").json["hits"]
    }
    assert by_date != client.get("/api/v1/search?q=kazakhstan&per_page=200").json["hits"]


def test_text_by_text_every_text_stands_once_with_its_number(client: FlaskClient):
    page = parsed(client, "/search/?q=workers&group=document")
    assert told(page) == told(parsed(client, "/search/?q=workers"))
    titles = [each.text_content() for each in page.xpath("//section[@class='group']/h3")]
    assert len(titles) == len(set(titles)) == told(page)[1]
    numbers = [int(re.findall(r"\d+", each.text_content())[0]) for each in page.xpath("//p[@class='more']/a")]
    assert sum(numbers) == told(page)[0]
    for link, number in zip(page.xpath("//p[@class='more']/a/@href"), numbers, strict=True):
        assert told(parsed(client, link)) == (number, 1)


def test_pages_of_a_result_have_every_passage_once(client: FlaskClient):
    address, seen = "/search/?q=the", []
    while address:
        page = parsed(client, address)
        seen += page.xpath("//ol[@class='hits']/li/h3/a/@href")
        address = next(iter(page.xpath("//nav[@class='pages']/a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == told(parsed(client, "/search/?q=the"))[0] > 20


def test_every_occurrence_in_a_passage_is_shown_and_a_phrase_is_one(client: FlaskClient):
    hit = client.get("/api/v1/search?q=gas&document=spark-2022-01-17").json["hits"][0]
    assert [each["match"] for each in hit["snippets"]] == ["gas", "Gas", "gas"]
    phrase = client.get('/api/v1/search?q="working class"').json["hits"]
    assert all(re.fullmatch(r"working.class(es)?", each["match"], re.IGNORECASE) for hit in phrase for each in hit["snippets"])


@pytest.mark.parametrize(("query", "position"), [("(gas", 0), ('gas "oil', 4), ("person:nobody", 0), ("gas NOT", 4)])
def test_what_is_not_understood_is_said_and_its_place_marked(client: FlaskClient, query: str, position: int):
    page = parsed(client, "/search/?q=" + query.replace(" ", "+"))
    place = page.xpath("//p[@class='notice']/span[@class='query-text']")[0]
    assert place.text_content() == query
    assert len(place.text or "") == position
    assert place.find("mark").text == query[position]


def test_it_is_said_how_the_words_were_understood(client: FlaskClient):
    said = parsed(client, "/search/?q=place:almaty+-gas").xpath("//section/p[@class='hint']")[0].text_content()
    assert said.startswith("Searched for ")
    assert "Almaty" in said
    assert "not “gas”" in said
    assert not parsed(client, "/search/?q=gas").xpath("//section/p[@class='hint']")


def test_a_misspelt_word_is_offered_as_one_that_is_there(client: FlaskClient):
    link = parsed(client, "/search/?q=govermnent+Kazakhstna&kind=paragraph").xpath("//p[@class='did-you-mean']/a")[0]
    assert link.text_content() == "government Kazakhstan"
    assert told(parsed(client, link.get("href")))[0] > 0
    assert "kind=paragraph" in link.get("href")
    assert client.get("/api/v1/search?q=govermnent").json["suggestion"] == "government"
    assert client.get("/api/v1/search?q=government").json["suggestion"] is None


def test_a_name_is_offered_however_it_is_spelt(client: FlaskClient):
    """One text writes Zhanaozen, the other Janaozen."""
    offers = parsed(client, "/search/?q=Zhanaozen").xpath("//ul[@class='offers']/li")
    offer = next(each for each in offers if "Janaozen" in each.text_content())
    address = offer.find("a").get("href")
    assert told(parsed(client, address)) == (2, 2)
    found = client.get("/api/v1/search?" + urlsplit(address).query).json["hits"]
    assert {each["match"] for hit in found for each in hit["snippets"]} == {"Zhanaozen", "Janaozen"}


def test_a_name_whose_passages_are_all_found_is_not_offered(client: FlaskClient):
    assert not parsed(client, "/search/?q=British+Gas").xpath("//ul[@class='offers']")
    assert not parsed(client, "/search/?q=the").xpath("//ul[@class='offers']")


def test_what_names_an_entry_is_marked_where_it_names_it(client: FlaskClient):
    hits = client.get("/api/v1/search?q=person:pers-nazarbayev&per_page=200").json["hits"]
    matches = {each["match"] for hit in hits for each in hit["snippets"]}
    assert "Nazarbayev" in matches
    assert "" not in matches
    page = parsed(client, "/documents/icc-2022-01-20/?q=person:pers-nazarbayev")
    marked = page.xpath("//mark[@id]")
    counted = {id: len(hit["snippets"]) for hit in hits for id in [hit["passage"]] if hit["document"] == "icc-2022-01-20"}
    assert len(marked) >= len(counted) > 2
    assert {each.xpath("ancestor::*[@data-label][1]/@id")[0] for each in marked} == set(counted)


def test_words_that_stand_only_in_the_text_as_received_are_shown_so(client: FlaskClient, edition: Settings):
    catalogue = Catalogue(current(edition.out).catalogue)
    passages = [each for _, each in catalogue.all_passages() if each.fields.get("received")]
    assert passages
    words = [
        (each, word)
        for each in passages
        for word in sorted(set(re.findall(r"[^\W_]{3,}", " ".join(each.fields["received"]))))
        if word.lower() not in each.text.lower()
    ]
    assert words
    for passage, word in words:
        answer = client.get("/api/v1/search", query_string={"q": f"={word}", "document": passage.document}).json
        hit = next(each for each in answer["hits"] if each["passage"] == passage.id)
        assert hit["received"]
        assert hit["url"] == f"/documents/{passage.document}/diplomatic/#{passage.id}"
        assert any(each["match"].lower() == word.lower() for each in hit["snippets"])
        assert f'id="{passage.id}"' in client.get(hit["url"]).text
        page = client.get("/search/", query_string={"q": f"={word}", "document": passage.document}).text
        assert "As received:" in page


def test_a_result_tells_how_long_the_search_took_outside_the_answer(client: FlaskClient):
    assert re.search(r"\bsearch;dur=\d+\.\d\b", client.get("/api/v1/search?q=gas").headers["Server-Timing"])
    assert client.get("/search/?q=gas").data == client.get("/search/?q=gas").data


def test_words_are_escaped_wherever_they_are_shown(client: FlaskClient):
    for path in ("/search/", "/search/concordance/", "/search/facet/place/", "/search/words/"):
        page = client.get(path, query_string={"q": '"><img src=x>', "node": '"><img src=x>', "view": "near"}).text
        assert "<img" not in page


@pytest.mark.parametrize(
    "query", ["\x00", "\N{GRINNING FACE}", "ſ", "*", "??", "~", "=", '"', "~4", "a" * 5000, "(" * 300, "person:", "date:x"]
)
def test_no_query_breaks_a_page_or_a_download(client: FlaskClient, query: str):
    for path in (
        *("/search/", "/search.csv", "/search.json", "/search.xml", "/search/facet/person/", "/api/v1/search", "/api/v1/suggest"),
        *("/search/concordance/", "/search/concordance.csv", "/search/words/", "/search/words.csv"),
    ):
        asked = {"q": query, "node": query, "begins": query, "view": "near"}
        assert client.get(path, query_string=asked, buffered=True).status_code == 200, path


# In a text


def test_matches_in_a_text_are_counted_and_lead_to_one_another(client: FlaskClient):
    page = parsed(client, "/documents/icc-2022-01-20/?q=Tokayev")
    marks = page.xpath("//mark[@id]")
    number = len(marks)
    assert f"{number} places marked" in page.xpath("string(//*[@data-hits])")
    steps = page.xpath("//*[@class='hit-steps']")
    assert [each.find("span").text for each in steps] == [f"{at + 1} of {number}" for at in range(number)]
    assert [each.xpath("a[@rel='next']/@href") for each in steps] == [[f"#hit-{at + 2}"] for at in range(number - 1)] + [[]]
    assert [each.xpath("a[@rel='prev']/@href") for each in steps] == [[], *([f"#hit-{at}"] for at in range(1, number))]


def test_the_ways_from_a_match_in_a_link_stand_behind_the_link(client: FlaskClient):
    page = parsed(client, "/documents/icc-2022-01-20/?q=Kazakhstan+OR+Almaty+OR+Tokayev+OR+government")
    assert page.xpath("//a//mark")
    assert page.xpath("//*[@class='hit-steps']")
    assert not page.xpath("//a//*[@class='hit-steps']")


def test_a_single_match_needs_no_ways(client: FlaskClient):
    page = parsed(client, "/documents/icc-2022-01-20/?q=%22cannon+fodder%22")
    assert "1 place marked" in page.xpath("string(//*[@data-hits])")
    assert not page.xpath("//*[@class='hit-steps']")


# While typing


def test_words_and_names_are_suggested_while_typing(client: FlaskClient):
    suggestions = client.get("/api/v1/suggest?q=tok").json["suggestions"]
    assert {"text": "Tokayev", "query": "Tokayev", "kind": "word", "count": total(client, q="=Tokayev")} in suggestions
    person = next(each for each in suggestions if each["kind"] == "person")
    assert total(client, q=person["query"]) > 0
    assert client.get("/api/v1/suggest?q=").json["suggestions"] == []


def test_the_words_before_the_last_one_stay(client: FlaskClient):
    suggestions = client.get("/api/v1/suggest", query_string={"q": "gas OR stri"}).json["suggestions"]
    assert suggestions
    assert all(each["query"].startswith("gas OR stri") for each in suggestions)
