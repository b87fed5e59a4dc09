"""The index against a plain scan over the passages: same passages, same counts, same facets."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index.marks import matches
from search_index.query import And, Not, Or, parse
from search_index.readings import readings
from search_index.words import words

from .conftest import PASSAGES

WORDS = sorted({text for _, passage, _ in PASSAGES for text in passage.text.split()})
PIECES = sorted({text[start : start + length] for text in WORDS for start in (0, 1) for length in (1, 2, 3, 5)})
PHRASES = sorted(
    {
        " ".join(row[at : at + length])
        for _, passage, _ in PASSAGES
        for row in [passage.text.split()]
        for at in range(len(row))
        for length in (2, 3)
    }
)


def holds(tree, passage):
    """Whether a passage matches, by looking at every word of it."""
    match tree:
        case None:
            return True
        case And(parts):
            return all(holds(part, passage) for part in parts)
        case Or(parts):
            return any(holds(part, passage) for part in parts)
        case Not(part):
            return not holds(part, passage)
        case leaf:
            found = words(passage.text, passage.language)
            return any(
                len(found) - start >= len(reading)
                and all(slot.accepts(word) for slot, word in zip(reading, found[start:], strict=False))
                for reading in readings(leaf, passage.language)
                for start in range(len(found))
            )


def has(passage, collection, field, values):
    """Whether a passage has one of the values, as far as the field is filtered."""
    own = {"document": (passage.document,), "collection": (collection,), **passage.fields}[field]
    return not values or bool(set(own) & set(values))


def typed(text):
    return "".join(letter for letter in text if letter not in '()*"“”„«»') or "gas"


WORD = (
    st.sampled_from(WORDS).map(typed)
    | st.sampled_from(PIECES).map(typed)
    | st.sampled_from(["strike", "work", "tuer", "haus", "книга"])
)
BEGINNING = WORD.map(lambda text: f"{text}*")
PHRASE = (st.sampled_from(PHRASES).map(typed) | st.lists(WORD | BEGINNING, min_size=2, max_size=3).map(" ".join)).map(
    lambda text: f'"{text}"'
)
QUERIES = st.recursive(
    WORD | BEGINNING | PHRASE,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(" ".join)
        | st.lists(inner, min_size=2, max_size=3).map(" OR ".join).map("({})".format)
        | inner.map("NOT ({})".format)
    ),
    max_leaves=6,
)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "document": st.lists(st.sampled_from(["fire", "spark", "asia", "nowhere"]), min_size=1, max_size=2),
        "kind": st.lists(st.sampled_from(["note", "paragraph", "head"]), min_size=1, max_size=2),
        "person": st.just(["Tokayev"]),
        "collection": st.just(["letters"]),
    },
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, filters=FILTERS)
def test_the_index_agrees_with_a_plain_scan(index, query, filters):
    parsed = parse(query)
    results = index.find(parsed, filters, per_page=100)
    matching = [each for each in PASSAGES if holds(parsed.tree, each[1])]

    def kept(but=None):
        rest = [item for item in filters.items() if item[0] != but]
        return [each for each in matching if all(has(each[1], each[2], *item) for item in rest)]

    assert {hit.number for hit in results.hits} == {number for number, _, _ in kept()}
    assert results.total == len(kept())
    assert results.documents == len({passage.document for _, passage, _ in kept()})
    counts = {
        "document": Counter(passage.document for _, passage, _ in kept("document")),
        "collection": Counter(collection for _, _, collection in kept("collection") if collection),
        "kind": Counter(value for _, passage, _ in kept("kind") for value in passage.fields["kind"]),
        "person": Counter(value for _, passage, _ in kept("person") for value in passage.fields["person"]),
    }
    assert {field: dict(values) for field, values in results.facets} == counts


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=WORD | BEGINNING | PHRASE)
def test_what_is_found_is_marked_and_what_is_marked_is_found(index, query):
    parsed = parse(query)
    found = {hit.number for hit in index.find(parsed, per_page=100).hits}
    if parsed.tree is not None and not isinstance(parsed.tree, And):
        assert found == {number for number, passage, _ in PASSAGES if matches(parsed, passage.text, passage.language)}
