"""The words of an index, and which of them are like a pattern or spelled nearly so."""

import re
from array import array
from fnmatch import translate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.lexicon import Lexicon, Lines
from search_index.readings import is_alike

FORMS = sorted(
    {"a", "ab", "abc", "abba", "baba", "strike", "strikes", "stirke", "trike", "striker", "war", "wars", "raw", "東", "z" * 255}
)
LETTERS = st.text("abcr東", max_size=7)


def lexicon(forms):
    numbers = array("I", range(1, len(forms) + 1))
    return Lexicon(Lines.of(forms), numbers, numbers, Lines.of(["X" * (each == "war") for each in forms]), Lines.of(()), {})


@given(st.sets(LETTERS.filter(bool)).map(sorted), LETTERS)
def test_lines_are_found_by_their_beginning(lines, beginning):
    kept = Lines.of(lines)
    assert [kept[number] for number in range(len(kept))] == lines
    assert [kept[number] for number in kept.beginning(beginning)] == [each for each in lines if each.startswith(beginning)]
    assert kept.find(beginning) == (lines.index(beginning) if beginning in lines else None)


@given(st.sets(LETTERS.filter(bool)).map(sorted), st.text("ab*?r", min_size=1, max_size=8))
def test_a_pattern_finds_the_forms_that_are_like_it(forms, pattern):
    expected = [each for each in forms if re.match(translate(pattern), each)]
    assert list(lexicon(forms).like(pattern)) == expected


@given(st.sets(LETTERS.filter(bool)).map(sorted), LETTERS.filter(bool), st.integers(1, 2))
def test_similar_spelling_finds_the_forms_so_many_steps_away(forms, form, distance):
    assert list(lexicon(forms).alike(form, distance)) == [each for each in forms if is_alike(form, each, distance)]


@pytest.mark.parametrize(
    ("form", "distance", "expected"),
    [
        ("strike", 1, ["stirke", "strike", "striker", "strikes", "trike"]),
        ("wra", 1, ["war"]),
        ("baab", 1, ["baba"]),
        ("strkie", 1, ["strike"]),
        ("stirkes", 1, ["stirke", "strikes"]),
    ],
)
def test_two_neighbours_swapped_are_one_step(form, distance, expected):
    assert list(lexicon(FORMS).alike(form, distance)) == expected


def test_words_are_given_as_they_are_written_the_commonest_first():
    found = lexicon(FORMS)
    assert [found.spelling(number) for number in found.beginning("war", 5)] == ["wars", "X"]
    assert [found.spelling(number) for number in found.beginning("war", 1)] == ["wars"]
