"""What a word is, and which words are the same."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.words import LONGEST_WORD, fold, reading_language, words


def written(text, language=""):
    return [text[word.start : word.end] for word in words(text, language)]


def same(one, other, language):
    (left,), (right,) = words(one, language), words(other, language)
    return bool(set(left.stems) & set(right.stems))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of the class—the working-class", ["of", "the", "class", "the", "working", "class"]),
        ("“terrorists” or «bandits»", ["terrorists", "or", "bandits"]),
        ("Tokayev’s army, workers’ anger, ‘private army’", ["Tokayev’s", "army", "workers", "anger", "private", "army"]),
        ("3,000 men, 20/1/22, the 20th", ["3", "000", "men", "20", "1", "22", "the", "20th"]),
        ("word² and ½", ["word", "²", "and", "½"]),
        ("cafe\u0301 naïve", ["cafe\u0301", "naïve"]),
        ("snake_case a&b", ["snake", "case", "a", "b"]),
        ("किताबें की", ["किताबें", "की"]),
        ("كِتَابٌ عربي", ["كِتَابٌ", "عربي"]),
        ("東京ガス。", ["東", "京", "ガ", "ス"]),
        ("ｶﾞｽ", ["ｶﾞ", "ｽ"]),
        ("กำลังดี", ["กำ"[:1], "ำ", "ลั", "ง", "ดี"]),
        ("Zwangs\u00adarbeit", ["Zwangs\u00adarbeit"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_a_text_is_cut_into_words(text, expected):
    assert written(text) == expected


def test_an_apostrophe_separates_where_words_elide():
    assert written("l’amour d'été", "fr") == ["l", "amour", "d", "été"]
    assert written("l’amour d'été", "en") == ["l’amour", "d'été"]


def test_catalan_writes_a_point_inside_a_word():
    assert written("una col·lecció", "ca") == ["una", "col·lecció"]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Œuvre", "oeuvre"),
        ("ſich", "sich"),
        ("Straße", "strasse"),
        ("naïve", "naive"),
        ("Łódź", "lodz"),
        ("Tokayev’s", "tokayev's"),
        ("O`Brien", "o'brien"),
        ("ﬁnal", "final"),
        ("Ｗｉｄｅ", "wide"),
        ("ὁπλίτης", "οπλιτησ"),
        ("мой", "мой"),
        ("ёлка", "елка"),
        ("за́мок", "замок"),
        ("ѓавол", "ѓавол"),
        ("їхав", "їхав"),
        ("१९२०", "1920"),
        ("كِتَابٌ", "كتاب"),
        ("أول", "اول"),
        ("שָׁלוֹם", "שלום"),
        ("ガ", "ガ"),
        ("किताब", "किताब"),
        ("½", "½"),
    ],
)
def test_a_form_is_folded(word, form):
    assert fold(word) == form


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "communicate", "communicated"),
        ("en", "organize", "organized"),
        ("en", "Tokayev’s", "Tokayev"),
        ("en-GB", "strikes", "Striking"),
        ("en-US", "workers", "WORKER"),
        ("de", "Häuser", "Haus"),
        ("de", "Straße", "STRASSE"),
        ("fr", "tués", "tuer"),
        ("fr", "tués", "tues"),
        ("fr", "grève", "GREVES"),
        ("tr", "Kızlar", "kız"),
        ("tr", "Kızlar", "kizlar"),
        ("ru", "рабочие", "рабочих"),
        ("sr", "час", "čas"),
        ("hi", "किताब", "किताबें"),
        ("ar", "كِتَاب", "كتاب"),
        ("la", "Verbum", "verbum"),
    ],
)
def test_words_that_share_a_stem_are_the_same_word(language, one, other):
    assert same(one, other, language)


def test_words_are_stemmed_by_their_own_language_only():
    assert same("strikes", "striking", "en")
    assert not same("strikes", "striking", "de")
    assert not same("strikes", "striking", "")


def test_a_language_is_known_in_any_of_its_regions_and_scripts():
    assert [reading_language(tag) for tag in ("en", "en-GB", "EN_us")] == ["en"] * 3
    assert [reading_language(tag) for tag in ("sr-Latn", "hr", "nn")] == ["sr", "sr", "nb"]
    assert reading_language("oc") == "oc"
    assert reading_language("tlh") == reading_language("") == ""


def test_a_very_long_word_is_cut():
    (word,) = words("a" * 100_000, "en")
    assert len(word.form) == LONGEST_WORD
    assert (word.start, word.end) == (0, 100_000)


@given(st.text(max_size=200), st.sampled_from(["", "en", "fr", "de", "ar", "hi", "ja", "tr"]))
def test_words_stand_where_they_say_and_leave_no_letter_out(text, language):
    found = words(text, language)
    borders = [0, *(offset for word in found for offset in (word.start, word.end)), len(text)]
    assert borders == sorted(borders)
    assert all(word.form and all(word.stems) for word in found)
    between = "".join(text[end:start] for end, start in zip(borders[::2], borders[1::2], strict=True))
    left_out = re.sub(r"[\W_ˈʹʻʼʽՙ\u0640\uff9e\uff9f]", "", between)
    assert left_out == ""


@given(st.text(max_size=40), st.sampled_from(["", "en", "fr", "de"]))
def test_composed_and_decomposed_spellings_are_the_same(text, language):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [word.form for word in words(composed, language)] == [word.form for word in words(decomposed, language)]
