"""How a query is understood."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.query import DEEPEST_NESTING, LONGEST_QUERY, parse, resolved
from search_index.signs import FIELDS, LONGEST_DISTANCE, MOST_NEAR, MOST_WORDS
from search_index.tree import (
    And,
    Dated,
    Exact,
    Field,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Similar,
    Values,
    Word,
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
        ("pric*", Pattern("pric*")),
        ("pric*,", Pattern("pric*")),
        ("*isation", Pattern("*isation")),
        ("wom?n", Pattern("wom?n")),
        ("?omen *a?*", And((Pattern("?omen"), Pattern("*a?*")))),
        ('"gas pric*"', Phrase((GAS, Pattern("pric*")))),
        ("anti-tok*", Pattern("anti-tok*")),
        ("tokaev~", Similar("tokaev")),
        ('"gas tokaev~,"', Phrase((GAS, Similar("tokaev")))),
        ("=strikes", Exact("strikes")),
        ("=gas-price", Exact("gas-price")),
        ('="gas price"', Phrase((Exact("gas"), Exact("price")))),
        ('="gas pric*"', Phrase((Exact("gas"), Pattern("pric*")))),
        ('="gas"', Exact("gas")),
        ("-=gas", Not(Exact("gas"))),
        ('"gas price"~4', Near((GAS, PRICE), 4)),
        ("„gas price“~4 oil", And((Near((GAS, PRICE), 4), OIL))),
        ('-"gas pric* oil~"~12', Not(Near((GAS, Pattern("pric*"), Similar("oil")), 12))),
        ("person:tokayev", Field("person", "tokayev")),
        ("Person:tokayev, gas", And((Field("person", "tokayev"), GAS))),
        ('-place:"Alma Ata"', Not(Field("place", "Alma Ata"))),
        ("place:“Alma Ata”", Field("place", "Alma Ata")),
        ("(event:e1 OR work:w~2)", Or((Field("event", "e1"), Field("work", "w~2")))),
        ("in:note organisation:kpk*", And((Field("in", "note"), Field("organisation", "kpk*")))),
        (
            "document:a collection:b/c language:en-GB",
            And((Field("document", "a"), Field("collection", "b/c"), Field("language", "en-GB"))),
        ),
        ("date:2011..2022", Dated("2011", "2022")),
        ("date:2022-01-05", Dated("2022-01-05", "2022-01-05")),
        ("date:..2011", Dated("", "2011")),
        ("date:2022-01..", Dated("2022-01", "")),
        ("date:-44..14", Dated("-0044", "0014")),
        ("date:-0044", Dated("-0044", "-0044")),
        ("date:10191", Dated("10191", "10191")),
        ("date:“2011 … 2022”", Dated("2011", "2022")),
        ("2:1", Word("2:1")),
        ("Genesis 1:2", And((Word("Genesis"), Word("1:2")))),
        ("http://example.org/?q=gas", Word("http://example.org/?q=gas")),
        ("Price: gas", And((Word("Price"), GAS))),
        ("a~b ~ = =(gas)", And((Word("a~b"), GAS))),
        ("Who? «Gas?»", And((Word("Who"), Word("Gas")))),
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
        ("oil*? **", Word("oil"), 6),
        ('person:tok =gas "price', And((Word("tok"), GAS, PRICE)), 16),
        ('(gas -oil~ in:note "price"~4', And((GAS, OIL, Word("note"), PRICE)), 0),
        ("gas AND AND oil", And((GAS, OIL)), 4),
    ],
)
def test_what_cannot_be_followed_is_searched_as_plain_words_and_pointed_at(text, tree, position):
    query = parse(text)
    assert query.tree == tree
    assert [problem.position for problem in query.problems] == [position]


@pytest.mark.parametrize(
    ("text", "tree", "position"),
    [
        ("foo:bar oil", And((And((Word("foo"), Word("bar"))), OIL)), 0),
        ('oil -foo:"gas price"', And((OIL, Not(And((Word("foo"), Phrase((GAS, PRICE))))))), 5),
        ("oil person: gas", And((OIL, Word("person"), GAS)), 4),
        ("oil person:(gas)", And((OIL, Word("person"), GAS)), 4),
        ('oil person:""', OIL, 4),
        ("oil date:gas", And((OIL, GAS)), 9),
        ("date:2011-2022 oil", And((Word("2011-2022"), OIL)), 5),
        ("date:2022-13", Word("2022-13"), 5),
        ("date:2022-01-32", Word("2022-01-32"), 5),
        ("oil date:..", OIL, 9),
        ("date:2022..2011", Dated("2011", "2022"), 5),
        ('"gas price"~', Phrase((GAS, PRICE)), 11),
        ('"gas"~4', GAS, 5),
        ('"gas oil price"~1', Near((GAS, OIL, PRICE), 2), 15),
        ("tokaev~2", Similar("tokaev"), 6),
        ("toka*~", Pattern("toka*"), 5),
    ],
)
def test_a_part_that_cannot_be_followed_is_searched_as_words_and_pointed_at(text, tree, position):
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
        ('="gas price" =oil', "the exact phrase “gas price” and the form “oil”"),
        ("*isation *is* wom?n", "words ending in “isation” and words with “is” in them and words of the pattern “wom?n”"),
        ('tokaev~ OR "a tokaev~"', "words like “tokaev” or the phrase “a tokaev~”"),
        ('"gas price"~1', "“gas” within 1 word of “price”"),
        ('"gas pric* =oil"~4', "“gas”, words beginning with “pric” and “oil” within 4 words"),
        ("gas person:tokayev", "“gas”, in passages that name “tokayev”"),
        ("in:note document:spark", "everything in passages of the kind “note”, in the text “spark”"),
        ("gas -in:note OR (gas oil)", "(“gas”, not in passages of the kind “note”) or (“gas” and “oil”)"),
        ("-collection:letters", "everything not in the collection “letters”"),
        ("gas date:2011..2022-01", "“gas”, in passages with a date from 2011 to January 2022"),
        ("date:2022-01-05", "everything in passages with a date of 5 January 2022"),
        ("date:..-44", "everything in passages with a date until -0044"),
        ("date:0800..", "everything in passages with a date from 800 on"),
        ("(gas OR oil", "“gas” and “oil”"),
    ],
)
def test_a_query_is_said_in_plain_words(text, words):
    assert parse(text).understood == words


def test_only_what_is_not_excluded_is_looked_for():
    assert positive_leaves(parse("gas -(oil OR price) OR (gas pric* in:note date:2011)").tree) == (GAS, Pattern("pric*"))


def test_a_long_query_is_cut_where_a_word_ends():
    query = parse("a" * (LONGEST_QUERY - 3) + " abcdefgh")
    assert query.tree == Word("a" * (LONGEST_QUERY - 3))
    assert [problem.position for problem in query.problems] == [LONGEST_QUERY - 3]


def test_too_many_words_are_cut():
    query = parse(" ".join(f"w{number}" for number in range(MOST_WORDS + 5)))
    assert isinstance(query.tree, And)
    assert len(query.tree.parts) == MOST_WORDS
    assert len(query.problems) == 1


def test_what_stands_in_fields_counts_too():
    query = parse("in:note " * MOST_WORDS + "gas person:tokayev")
    assert set(query.tree.parts) == {Field("in", "note")}
    assert [problem.position for problem in query.problems] == [len("in:note ") * MOST_WORDS]


def test_near_has_an_end():
    assert parse('"gas price"~' + "9" * 1_000).tree == Near((GAS, PRICE), LONGEST_DISTANCE)


def test_so_many_words_can_be_near_each_other_and_no_more():
    text = " ".join(f"a-{number}" for number in range(MOST_NEAR // 2)) + " b"
    assert isinstance(parse(f'"{text}"~99').tree, Near)
    query = parse(f'"{text} c"~99')
    assert isinstance(query.tree, Phrase)
    assert [problem.position for problem in query.problems] == [len(f'"{text} c"')]


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
    start = process_time()
    parse(text)
    assert process_time() - start < 0.5


SIGNS = [
    "gas",
    "OR",
    "NOT",
    "AND",
    "(",
    ")",
    '"',
    "“",
    "»",
    "*",
    "?",
    "-",
    "=",
    "~",
    "~3",
    "gas*",
    "w?n",
    " ",
    "\x00",
    "漢字",
    "é",
    "l’eau",
]
FIELDED = [f"{name}:" for name in (*FIELDS, "foo")] + ["date:2011", "..", "2022-01", "-44"]
ANY_QUERY = st.text() | st.lists(
    st.sampled_from(SIGNS + FIELDED),
    max_size=30,
).map(" ".join).flatmap(lambda text: st.sampled_from([text, text.replace(" ", "")]))


@given(ANY_QUERY)
def test_parsing_never_fails_and_problems_lie_inside_the_query(text):
    query = parse(text)
    assert all(0 <= problem.position <= len(text) and problem.message for problem in query.problems)
    assert query.understood


NAMES = st.text("abcdé漢", min_size=1, max_size=4)
PATTERNS = (
    st.tuples(NAMES, st.sampled_from(["*", "?", "*?"]), NAMES).map("".join) | NAMES.map("{}*".format) | NAMES.map("*{}".format)
)
ITEMS = st.builds(Word, NAMES) | st.builds(Pattern, PATTERNS) | st.builds(Similar, NAMES)
FEW = st.lists(st.builds(Word, NAMES) | st.builds(Similar, NAMES), min_size=2, max_size=3).map(tuple)
SEVERAL = st.lists(ITEMS, min_size=2, max_size=3).map(tuple)
DATES = st.sampled_from(["2011", "2022-01", "2022-01-05", "-0044", "12022"])
CONDITIONS = (
    st.builds(
        Field,
        st.sampled_from([name for name in FIELDS if name != "date"]),
        st.text("ab -漢.é", min_size=1).filter(str.strip).map(str.strip),
    )
    | st.builds(Dated, DATES, st.just("12345"))
    | DATES.map(lambda date: Dated(date, date))
    | st.builds(Dated, DATES, st.just(""))
)
LEAVES = ITEMS | st.builds(Exact, NAMES) | st.builds(Phrase, SEVERAL) | st.builds(Near, FEW, st.integers(2, 1_000)) | CONDITIONS
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
        case Word(text) | Pattern(text):
            return text
        case Exact(text):
            return f"={text}"
        case Similar(text):
            return f"{text}~"
        case Phrase(items):
            return f"“{' '.join(map(spelled, items))}”"
        case Near(items, distance):
            return f'"{" ".join(map(spelled, items))}"~{distance}'
        case Field(name, text):
            return f'{name}:"{text}"'
        case Dated(earliest, latest):
            return f"date:{earliest}..{latest}" if earliest != latest else f"date:{earliest}"
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


def lookup(name, text):
    """An edition that knows Tokayev and notes."""
    known = {("person", "tokayev"): (("kjt", "kt"), "Tokayev"), ("in", "notes"): (("note",), "notes")}
    return known.get((name, text), ((), f"“{text}”"))


def test_fields_are_looked_up():
    query = resolved(parse("gas (person:tokayev OR -in:notes)"), lookup)
    assert query.tree == And((GAS, Or((Values("person", ("kjt", "kt"), "Tokayev"), Not(Values("kind", ("note",), "notes"))))))
    assert query.understood == "“gas” and (everything in passages that name Tokayev or everything not in notes)"
    assert query.problems == ()


def test_what_an_edition_does_not_have_finds_nothing_and_is_pointed_at():
    query = resolved(parse('gas person:nobody in:notes "oil'), lookup)
    assert query.problems == parse('gas person:nobody in:notes "oil').problems
    query = resolved(parse("date:x gas -person:nobody"), lookup)
    assert query.tree == And((Word("x"), GAS, Not(Values("person", (), "“nobody”"))))
    assert [problem.position for problem in query.problems] == [5, 12]
    assert resolved(parse(""), lookup).tree is None
    for name in FIELDS[:-1]:
        assert "nobody" in resolved(parse(f"{name}:nobody"), lookup).problems[0].message
