"""The concordance and the words counted: the lines, the numbers, and the formulas by hand."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from math import log, log2

import pytest
from flask.testing import FlaskClient
from lxml import html

from edition.catalogue import Catalogue
from edition.records import Passage
from edition.settings import Settings
from edition.snapshot import current
from search_index.query import parse
from search_index.words import fold, words
from webapp import concordance, frequencies
from webapp.frequencies import collocates, counted, keywords, log_likelihood
from webapp.words import _counts_of


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    table = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    return [{name: re.sub(r"^'(?=[=+@-])", "", cell) for name, cell in row.items()} for row in table]  # no formulas


def parsed(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.document_fromstring(answer.text)


@pytest.fixture(scope="module")
def passages(edition: Settings) -> list[Passage]:
    return [passage for _, passage in Catalogue(current(edition.out).catalogue).all_passages()]


# The concordance


@pytest.mark.parametrize("query", ["workers", "gas", '"working class"', "person:pers-tokayev", "xyzzy"])
def test_every_place_of_the_result_is_a_line(client: FlaskClient, query: str):
    lines = rows(client, f"/search/concordance.csv?q={query}")
    hits = client.get("/search.json", query_string={"q": query, "sort": "document"}).json["hits"]
    assert Counter((line["document"], line["passage"]) for line in lines) == {
        (hit["document"], hit["passage"]): len(hit["snippets"]) for hit in hits
    }


def test_words_side_by_side_that_were_both_asked_for_have_a_line_each(client: FlaskClient):
    matches = [line["match"] for line in rows(client, "/search/concordance.csv?q=gas+OR+oil&document=spark-2022-01-17")]
    alone = [rows(client, f"/search/concordance.csv?q={word}&document=spark-2022-01-17") for word in ("gas", "oil")]
    assert Counter(matches) == Counter(line["match"] for lines in alone for line in lines)


def test_a_line_s_pieces_stand_in_the_passage_as_they_are(client: FlaskClient, passages: list[Passage]):
    texts = {(each.document, each.id): each.text for each in passages}
    for line in rows(client, "/search/concordance.csv?q=the"):
        assert line["before"] + line["match"] + line["after"] in texts[line["document"], line["passage"]]
        assert fold(line["match"]) == "the"


def key(line: dict[str, str], order: str) -> list[str]:
    match order:
        case "left":
            return [fold(word) for word in reversed(line["before"].split()[-5:])]
        case "right":
            return [fold(word) for word in line["after"].split()[:5]]
        case _:
            return [fold(word) for word in line["match"].split()]


@pytest.mark.parametrize("order", ["left", "right", "match"])
def test_lines_are_sorted_by_what_is_around_the_words(client: FlaskClient, order: str):
    lines = rows(client, f"/search/concordance.csv?q=worker*+OR+strike*&order={order}")
    assert len(lines) > 15
    keys = [[each for each in key(line, order) if each] for line in lines]
    assert keys == sorted(keys)
    assert Counter(map(str, lines)) == Counter(map(str, rows(client, "/search/concordance.csv?q=worker*+OR+strike*")))


def test_the_page_has_the_lines_of_the_table_page_by_page(client: FlaskClient):
    lines, address = [], "/search/concordance/?q=the&order=right"
    while address:
        page = parsed(client, address)
        lines += [each.text_content() for each in page.xpath("//ol[@class='concordance']//p[@class='line']")]
        address = next(iter(page.xpath("//nav[@class='pages']/a[@rel='next']/@href")), None)
    table = rows(client, "/search/concordance.csv?q=the&order=right")
    assert lines == [line["before"] + line["match"] + line["after"] for line in table]
    assert len(lines) > 100


def test_the_concordance_is_narrowed_as_the_search_is(client: FlaskClient):
    assert len(rows(client, "/search/concordance.csv?q=gas")) == 9
    assert {line["document"] for line in rows(client, "/search/concordance.csv?q=gas&document=icc-2022-01-20")} == {
        "icc-2022-01-20"
    }


def test_where_there_are_too_many_passages_the_first_are_read_and_the_page_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(concordance, "MOST_PASSAGES", 3)
    page = parsed(client, "/search/concordance/?q=workers&order=left")
    assert "from 3 passages" in page.get_element_by_id("found").text_content()
    notice = page.xpath("string(//p[@class='notice'])")
    assert "15 passages" in notice
    assert "first 3" in notice


@pytest.mark.parametrize("wrong", ["order=up", "page=0"])
def test_a_wrong_order_is_answered_in_words(client: FlaskClient, wrong: str):
    answer = client.get(f"/search/concordance/?q=gas&{wrong}")
    assert answer.status_code == 400
    assert wrong.partition("=")[0] in answer.text


# Words counted


def naive(passages: list[Passage], document: str = "") -> Counter[str]:
    return Counter(
        word.form
        for passage in passages
        if passage.kind != "editorial" and document in ("", passage.document)
        for word in words(passage.text, passage.language)
    )


@pytest.mark.parametrize("document", ["", "icc-2022-01-20", "spark-2022-01-17"])
def test_every_word_is_counted_and_none_left_out(client: FlaskClient, passages: list[Passage], document: str):
    table = rows(client, f"/search/words.csv?document={document}")
    expected = naive(passages, document)
    assert {fold(row["word"]): int(row["count"]) for row in table} == expected
    total = sum(expected.values())
    for row in table:
        assert float(row["per_10000"]) == round(10_000 * int(row["count"]) / total, 2)
    assert [int(row["count"]) for row in table] == sorted(expected.values(), reverse=True)
    assert {"the", "of", "a"} <= {row["word"] for row in table[:10]}


def test_words_are_narrowed_by_their_beginning_and_sorted_by_the_alphabet(client: FlaskClient):
    table = rows(client, "/search/words.csv?begins=WORK&sort=word")
    assert [row["word"] for row in table] == ["work", "workers", "working"] or all(
        row["word"].lower().startswith("work") for row in table
    )
    assert [fold(row["word"]) for row in table] == sorted(fold(row["word"]) for row in table)


def test_a_word_leads_to_its_passages(client: FlaskClient, passages: list[Passage]):
    page = parsed(client, "/search/words/?document=spark-2022-01-17&begins=oil")
    link = page.xpath("//table//th/a/@href")[-1]
    hits = client.get(link.replace("/search/", "/api/v1/search")).json
    assert sum(len(hit["snippets"]) for hit in hits["hits"]) == naive(passages, "spark-2022-01-17")["oil"]


def test_the_edition_s_own_texts_are_compared_at_once(client: FlaskClient, passages: list[Passage]):
    left, right = naive(passages, "icc-2022-01-20"), naive(passages, "spark-2022-01-17")
    table = rows(client, "/search/words.csv?view=compare")
    assert len(table) == len(left.keys() | right.keys())
    for row in table:
        form = fold(row["word"])
        assert (int(row["count_1"]), int(row["count_2"])) == (left[form], right[form])
    oil = next(row for row in table if row["word"] == "oil")
    a, b, c, d = left["oil"], right["oil"], left.total(), right.total()
    one, other = c * (a + b) / (c + d), d * (a + b) / (c + d)
    assert float(oil["log_likelihood"]) == round(2 * (a * log(a / one) + b * log(b / other)), 2)
    assert float(oil["log_ratio"]) == round(log2((a / c) / (b / d)), 2) < 0
    scores = [float(row["log_likelihood"]) for row in table]
    assert scores == sorted(scores, reverse=True)


def test_log_likelihood_is_that_of_rayson_and_garside():
    """100 in 10,000 words and 50 in 10,000: expected are 75 and 75."""
    assert log_likelihood(100, 50, 10_000, 10_000) == pytest.approx(2 * (100 * log(100 / 75) + 50 * log(50 / 75)))
    assert log_likelihood(100, 50, 10_000, 10_000) == pytest.approx(16.99, abs=0.005)
    assert log_likelihood(30, 60, 1_000, 2_000) == pytest.approx(0, abs=1e-9)
    assert log_likelihood(0, 0, 0, 0) == 0


def passage(text: str, kind: str = "paragraph") -> Passage:
    return Passage("a", text[:10], kind, "", "en", text)


def test_a_word_that_only_one_text_has_has_a_ratio_as_if_it_stood_half_a_time_in_the_other():
    key = next(
        each for each in keywords(counted([passage("gas oil oil oil")]), counted([passage("gas coal")])) if each.form == "oil"
    )
    assert key.ratio == pytest.approx(log2((3 / 4) / (0.5 / 2)))


def test_capitals_and_accents_make_no_other_word_and_the_commonest_spelling_is_shown():
    counts = counted([passage("Ouvrière ouvrière OUVRIERE ouvrière état")])
    assert counts.forms == {"ouvriere": 4, "etat": 1}
    assert counts.spelled == {"ouvriere": "ouvrière", "etat": "état"}


def test_editors_notes_are_not_counted():
    assert counted([passage("gas"), passage("oil oil", "editorial")]).forms == {"gas": 1}


def test_counting_ends_where_there_are_too_many_words_and_the_page_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(frequencies, "MOST_WORDS", 4)
    counts = counted([passage("one two three four five"), passage("six")])
    assert (counts.total, counts.is_cut) == (5, True)
    assert not counted([passage("one two")]).is_cut
    _counts_of.cache_clear()
    page = client.get("/search/words/?document=spark-2022-01-17").text
    _counts_of.cache_clear()
    assert "The text is longer than can be counted while you wait: these are the numbers of its first 4 words or so." in page


def test_near_a_word_of_very_many_passages_the_first_are_read_and_the_page_says_so(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    whole = client.get("/search/words/?view=near&node=workers").text
    assert "is counted in the first" not in whole
    monkeypatch.setattr(frequencies, "MOST_SIGNS", 10)
    assert "is counted in the first 1 of them" in client.get("/search/words/?view=near&node=workers").text


def test_near_a_word_are_so_many_words_before_and_behind_it_in_its_passage():
    text = passage("a b c gas d e f. g")
    other = passage("x gas")
    near = collocates(parse("gas"), [text, other], 2, counted([text, other, passage("h " * 100)]), 2)
    assert {each.form: each.near for each in near.words} == {"b": 1, "c": 1, "d": 1, "e": 1, "x": 1}
    assert (near.nodes, near.around) == (2, 5)


def test_a_word_near_two_matches_counts_once_and_the_words_found_are_not_near_themselves():
    text = passage("gas price gas")
    near = collocates(parse("gas"), [text], 1, counted([text, passage("z " * 50)]), 5)
    assert [(each.form, each.near, each.all) for each in near.words] == [("price", 1, 1)]
    dice = 14 + log2(2 * 1 / (2 + 1))
    assert near.words[0].dice == pytest.approx(dice)


def test_the_score_of_a_collocate_is_the_log_likelihood_of_its_four_numbers():
    """Near: 2 of 4 words; elsewhere 1 of 95."""
    texts = [passage("oil gas oil u v"), passage("oil " + "w " * 94)]
    near = collocates(parse("gas"), [texts[0]], 1, counted(texts), 3)
    oil = next(each for each in near.words if each.form == "oil")
    total = counted(texts).total
    cells = [(2, 4, 3), (1, total - 4, 3), (2, 4, total - 3), (total - 5, total - 4, total - 3)]
    assert oil.likelihood == pytest.approx(2 * sum(seen * log(seen * total / (row * column)) for seen, row, column in cells))


def test_what_stands_near_a_word_of_the_edition(client: FlaskClient):
    table = rows(client, "/search/words.csv?view=near&node=gas&window=3")
    assert table[0]["word"] == "oil"
    assert all(int(row["near"]) <= int(row["in_all"]) for row in table)
    wider = rows(client, "/search/words.csv?view=near&node=gas&window=10")
    assert len(wider) > len(table)
    assert rows(client, "/search/words.csv?view=near&node=xyzzy") == []


@pytest.mark.parametrize(
    "wrong", ["view=cloud", "sort=best", "window=0", "window=21", "page=0", "view=near&sort=ratio", "view=compare&sort=count"]
)
def test_what_cannot_be_counted_is_answered_in_words(client: FlaskClient, wrong: str):
    assert client.get(f"/search/words/?{wrong}").status_code == 400
    assert client.get("/search/words/?document=nothing").status_code == 404


def test_the_formulas_are_cited_where_they_are_used(client: FlaskClient):
    compared, near = (parsed(client, f"/search/words/?view={view}&node=gas").text_content() for view in ("compare", "near"))
    assert re.search(r"Rayson and R\. Garside.*2000", compared)
    assert re.search(r"Hardie.*2014", compared)
    assert re.search(r"Dunning.*1993", near)
    assert re.search(r"Rychlý.*2008", near)
    assert "No word is left out" in parsed(client, "/search/words/").text_content()
