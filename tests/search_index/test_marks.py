"""Where hits are marked, and the pieces of text shown for them."""

import unicodedata
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.marks import MOST_SNIPPETS, matches, snippets
from search_index.nearness import windows
from search_index.query import parse
from search_index.words import words

STRIKE = "The strikers struck; strikes went on, and a Strike’s end is no end: cannon fodder, or fodder for the cannon."


def marked(query, text, language="en"):
    return [text[start:end] for start, end in matches(parse(query), text, language)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("strike", ["strikes", "Strike’s"]),
        ("str*", ["strikers", "struck", "strikes", "Strike’s"]),
        ('"cannon fodder"', ["cannon fodder"]),
        ("cannon fodder", ["cannon", "fodder", "fodder", "cannon"]),
        ('"end* is"', ["end is"]),
        ("strike NOT cannon", ["strikes", "Strike’s"]),
        ("NOT strike", []),
        ("", []),
        ('"cannon fodder" fodder', ["cannon fodder", "fodder"]),
        ("struck-strikes", ["struck; strikes"]),
        ("=strikes", ["strikes"]),
        ("=strike", []),
        ('="is no end"', ["is no end"]),
        ('="is no ends"', []),
        ("*ik*", ["strikers", "strikes", "Strike’s"]),
        ("*kes", ["strikes"]),
        ("str?ck e?d", ["struck", "end", "end"]),
        ("f?dd?r*", ["fodder", "fodder"]),
        ("struk~", ["struck"]),
        ("stirkes~", ["strikers", "strikes", "Strike’s"]),
        ("canon~ =fodder", ["cannon", "fodder", "fodder", "cannon"]),
        ('"canon~ fodd*"', ["cannon fodder"]),
        ('"fodder cannon"~1', ["cannon", "fodder"]),
        ('"cannon for"~3', ["for", "cannon"]),
        ('"fodder fodder"~2', ["fodder", "fodder"]),
        ('"fodder fodder"~1', []),
        ('"strike end"~2', ["Strike’s", "end"]),
        ('"end end"~3', ["end", "end"]),
        ('"no end is"~9', ["end", "is", "no", "end"]),
        ("strike in:note date:2022", ["strikes", "Strike’s"]),
    ],
)
def test_what_a_query_looks_for_is_marked(query, expected):
    assert marked(query, STRIKE) == expected


def test_words_are_marked_by_the_language_of_the_passage():
    assert marked("tuer", "Ils ont été tués.", "fr") == ["tués"]
    assert marked("tuer", "Ils ont été tués.", "de") == []
    assert marked("amour", "l’amour", "fr") == ["amour"]
    assert marked("l'amour", "l’amour", "fr") == ["l’amour"]
    assert marked("京", "東京の冬", "ja") == ["京"]


@pytest.mark.parametrize("text", ["3,000 men", "3.000 Mann", "3 000 hommes", "3000 Mann"])
@pytest.mark.parametrize("query", ["3000", "3,000", '"3 000"'])
def test_a_number_is_found_with_its_thousands_apart_or_not(query, text):
    assert marked(query, text, "") == [text.rpartition(" ")[0]]


def test_a_number_is_not_found_in_another():
    assert marked("3000", "13,000 3,0001", "en") == []
    assert marked("000", "3,000", "en") == ["000"]


def test_a_decomposed_accent_is_marked_with_its_letter():
    assert marked("cafe", "un cafe\u0301.") == ["cafe\u0301"]


def test_a_snippet_is_the_match_in_its_context():
    (snippet,) = snippets(parse("struck"), STRIKE, "en", width=60)
    assert snippet.match == "struck"
    assert snippet.before == "The strikers "
    assert snippet.after == "; strikes went on, and a"


def test_neighbouring_matches_are_one():
    (snippet,) = snippets(parse("cannon fodder -x"), "serve as cannon, fodder now", "en")
    assert snippet.match == "cannon, fodder"


def test_snippets_that_meet_go_on_without_a_gap():
    found = snippets(parse("strike"), STRIKE, "en", width=80)
    assert [snippet.match for snippet in found] == ["strikes", "Strike’s"]
    assert found[0].end == found[1].start
    assert found[0].after + found[1].before == " went on, and a "


def test_without_a_match_the_passage_begins():
    (snippet,) = snippets(parse("NOT cannon"), STRIKE, "en", width=20)
    assert (snippet.before, snippet.match, snippet.after) == ("The strikers struck;", "", "")
    assert snippets(parse(""), "", "en")[0].before == ""


def test_at_most_so_many_snippets():
    assert len(snippets(parse("gas"), "gas and " * 100, "en")) == MOST_SNIPPETS


def test_a_text_without_spaces_is_cut_between_characters():
    text = "กำลังดี" * 50 + "x" + "กำลังดี" * 50
    (snippet,) = snippets(parse("x"), text, "th", width=41)
    assert unicodedata.category(snippet.before[0])[0] == "L"
    assert unicodedata.category(text[snippet.end])[0] == "L"


CHARACTERS = st.sampled_from([*"ab .,-\n", "e\u0301", "कि", "क्षि", "漢", "👩\u200d🚀", "🇰🇿", "👍🏽", "각", "\r\n", "strike"])


@given(
    st.lists(CHARACTERS, max_size=120).map("".join),
    st.sampled_from(["strike", "a", "b* OR 漢", "NOT a", "", "“a b”"]),
    st.integers(1, 80),
)
def test_snippets_are_pieces_of_the_text_and_never_cut_a_character(text, query, width):
    parsed = parse(query)
    found = snippets(parsed, text, "en", width)
    spans = matches(parsed, text, "en")
    assert all(snippet.before + snippet.match + snippet.after == text[snippet.start : snippet.end] for snippet in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert bool(spans) == any(snippet.match for snippet in found)
    for border in (border for snippet in found for border in (snippet.start, snippet.end) if 0 < border < len(text)):
        assert unicodedata.category(text[border])[0] != "M"
        assert text[border] not in "\u200d🏽"
        assert text[border - 1] not in "\u200d\u094d"
        assert text[border - 1 : border + 1] != "\r\n"
        flags = len(text[:border]) - len(text[:border].rstrip("🇰🇿"))
        assert not (flags % 2 and text[border] in "🇰🇿")


@given(
    st.lists(st.sampled_from(["gas", "oil ", "Öl ", "price, ", "l’eau "]), max_size=30).map("".join),
    st.sampled_from(["en", "fr", ""]),
)
def test_every_word_of_a_text_is_marked_when_asked_for(text, language):
    for word in words(text, language):
        assert any(
            start <= word.start and word.end <= end for start, end in matches(parse(text[word.start : word.end]), text, language)
        )


@given(
    st.lists(st.sets(st.integers(0, 9), max_size=5).map(sorted), min_size=1, max_size=3),
    st.integers(0, 9),
)
def test_words_are_near_in_the_smallest_stretches_where_each_has_its_place(places, distance):
    chosen = [each for each in product(*places) if len(set(each)) == len(each) and max(each) - min(each) <= distance]
    stretches = {(min(each), max(each)) for each in chosen}
    smallest = sorted(
        one for one in stretches if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in stretches)
    )
    assert list(windows(places, distance)) == smallest
