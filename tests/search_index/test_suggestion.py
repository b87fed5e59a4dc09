"""A tree, written as a reader would, is understood as the same tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.query import parse
from search_index.suggestion import written

QUERIES = (
    *("gas", "gas price", "gas OR oil", "(gas OR oil) price", "gas NOT oil", "-(gas oil)", "gas-price", "=gas", '="gas price"'),
    *(
        '"gas price"',
        '"gas pri*"',
        '"gas price"~4',
        "wom?n",
        "*isation",
        "tokaev~",
        'person:"Nursultan Nazarbayev" gas',
        "in:note",
    ),
    *("date:2011..2022", "date:..2011", "date:-0044-03-15", "(a OR b) OR (c d OR NOT e)", "NOT NOT a", "NOT (a OR b)"),
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_written_tree_is_understood_as_the_same(query):
    tree = parse(query).tree
    assert parse(written(tree)).tree == tree


@given(st.lists(st.sampled_from([*QUERIES, "(", ")", "OR", "NOT", '"']), min_size=1, max_size=6).map(" ".join))
def test_any_tree_is(query):
    if tree := parse(query).tree:
        again = parse(written(tree)).tree
        assert parse(written(again)).tree == again
        assert written(again) == written(tree)
