"""How a query is understood."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.query import (
    DEEPEST_NESTING,
    LONGEST_QUERY,
    MOST_WORDS,
    And,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    parse,
    positive_leaves,
)

GAS, OIL, PRICE = Word("gas"), Word("oil"), Word("price")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("gas", GAS),
        ("gas price", And((GAS, PRICE))),
        ("gas AND price", And((GAS, PRICE))),
        ("gas OR oil", Or((GAS, OIL))),
        ("gas price OR oil", Or((And((GAS, PRICE)), OIL))),
        ("(gas OR oil) price", And((Or((GAS, OIL)), PRICE))),
        ("gas NOT oil", And((GAS, Not(OIL)))),
        ("gas -oil", And((GAS, Not(OIL)))),
        ("NOT gas", Not(GAS)),
        ("-(gas OR oil)", Not(Or((GAS, OIL)))),
        ('-"gas price"', Not(Phrase((GAS, PRICE)))),
        ("NOT NOT gas", GAS),
        ("NOT -gas", GAS),
        ('"gas price"', Phrase((GAS, PRICE))),
        ("“gas price”", Phrase((GAS, PRICE))),
        ("„gas price“", Phrase((GAS, PRICE))),
        ("« gas price »", Phrase((GAS, PRICE))),
        ('"gas – price!"', Phrase((GAS, PRICE))),
        ('"gas"', GAS),
        ("pric*", Prefix("pric")),
        ("pric*,", Prefix("pric")),
        ('"gas pric*"', Phrase((GAS, Prefix("pric")))),
        ("gas-price", Word("gas-price")),
        ("What is gas?", And((Word("What"), Word("is"), GAS))),
        ("gas & oil", And((GAS, OIL))),
        ("gas — oil", And((GAS, OIL))),
        ("gas - oil", And((GAS, OIL))),
        ("gas or oil", And((GAS, Word("or"), OIL))),
        ("«gas» \"\" 'oil'", And((GAS, OIL))),
        ("3,000", Word("3,000")),
    ],
)
def test_a_query_becomes_a_tree(text, tree):
    query = parse(text)
    assert query.tree == tree
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "tree", "position"),
    [
        ('gas "price', And((GAS, PRICE)), 4),
        ("(gas OR oil", And((GAS, OIL)), 0),
        ("gas) oil", And((GAS, OIL)), 3),
        ("gas OR", GAS, 4),
        ("OR gas", GAS, 0),
        ("gas OR OR oil", And((GAS, OIL)), 4),
        ("gas NOT", GAS, 4),
        ("gas ()", GAS, 4),
        ("gas *", GAS, 4),
        ("*as gas", And((Word("as"), GAS)), 0),
        ("pr*ce", And((Word("pr"), Word("ce"))), 2),
        ("gas AND AND oil", And((GAS, OIL)), 4),
    ],
)
def test_what_cannot_be_followed_is_searched_as_plain_words_and_pointed_at(text, tree, position):
    query = parse(text)
    assert query.tree == tree
    assert [problem.position for problem in query.problems] == [position]


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_an_empty_query_has_no_tree_and_no_problem(text):
    assert parse(text).tree is None
    assert parse(text).problems == ()


def test_a_query_of_signs_only_says_that_there_is_no_word():
    assert parse("?!").tree is None
    assert parse("?!").problems[0].message == "There is no word to look for."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "all passages"),
        ("gas -oil", "“gas” and not “oil”"),
        ("(gas OR oil) pric*", "(“gas” or “oil”) and words beginning with “pric”"),
        ('"gas pric*"', "the phrase “gas pric*”"),
        ("(gas OR oil", "“gas” and “oil”"),
    ],
)
def test_a_query_is_said_in_plain_words(text, words):
    assert parse(text).understood == words


def test_only_what_is_not_excluded_is_looked_for():
    assert positive_leaves(parse("gas -(oil OR price) OR (gas pric*)").tree) == (GAS, Prefix("pric"))


def test_a_long_query_is_cut_where_a_word_ends():
    query = parse("a" * (LONGEST_QUERY - 3) + " abcdefgh")
    assert query.tree == Word("a" * (LONGEST_QUERY - 3))
    assert [problem.position for problem in query.problems] == [LONGEST_QUERY - 3]


def test_too_many_words_are_cut():
    query = parse(" ".join(f"w{number}" for number in range(MOST_WORDS + 5)))
    assert isinstance(query.tree, And)
    assert len(query.tree.parts) == MOST_WORDS
    assert len(query.problems) == 1


def test_parentheses_nest_so_deep_and_no_deeper():
    deepest = "(" * DEEPEST_NESTING + "gas" + ")" * DEEPEST_NESTING
    assert parse(deepest).problems == ()
    assert parse(deepest).tree == GAS
    assert parse(f"({deepest})").tree == GAS
    assert [problem.position for problem in parse(f"({deepest})").problems] == [DEEPEST_NESTING]


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 10_000, "(" * 10_000 + "a" + ")" * 10_000, "a" * 100_000, "-" * 100_000, "NOT " * 50_000, '"' * 100_001),
        *("*" * 50_000, "a* " * 50_000, "a OR " * 50_000, "\u0301" * 100_000, "a" + "\u0301" * 100_000, "漢" * 100_000),
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_hostile_queries_are_read_in_an_instant(text):
    start = perf_counter()
    parse(text)
    assert perf_counter() - start < 0.5


ANY_QUERY = st.text() | st.lists(
    st.sampled_from(["gas", "OR", "NOT", "AND", "(", ")", '"', "“", "»", "*", "-", "gas*", " ", "\x00", "漢字", "é", "l’eau"]),
    max_size=30,
).map(" ".join).flatmap(lambda text: st.sampled_from([text, text.replace(" ", "")]))


@given(ANY_QUERY)
def test_parsing_never_fails_and_problems_lie_inside_the_query(text):
    query = parse(text)
    assert all(0 <= problem.position <= len(text) and problem.message for problem in query.problems)
    assert query.understood


NAMES = st.text("abcdé漢", min_size=1, max_size=4).map(lambda text: text.strip())
ITEMS = st.builds(Word, NAMES) | st.builds(Prefix, NAMES)
LEAVES = ITEMS | st.builds(Phrase, st.lists(ITEMS, min_size=2, max_size=3).map(tuple))
TREES = st.recursive(
    LEAVES,
    lambda nodes: (
        st.builds(And, st.lists(nodes, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(nodes, min_size=2, max_size=3).map(tuple))
        | nodes.filter(lambda node: not isinstance(node, Not)).map(Not)
    ),
    max_leaves=8,
)


def spelled(tree):
    """A tree as a reader would type it."""
    match tree:
        case Word(text):
            return text
        case Prefix(text):
            return f"{text}*"
        case Phrase(items):
            return f"“{' '.join(map(spelled, items))}”"
        case Not(part):
            return f"NOT {spelled(part)}"
        case And(parts):
            return f"({' '.join(map(spelled, parts))})"
        case Or(parts):
            return f"({' OR '.join(map(spelled, parts))})"


@given(TREES)
def test_every_tree_can_be_typed(tree):
    query = parse(spelled(tree))
    assert query.problems == ()
    assert query.tree == tree
