"""Whoosh reads what is written here, and its own matchers say the same as reading block by block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index import postings, schema
from search_index.evaluate import stretches
from search_index.nearness import windows
from search_index.postings import Postings
from search_index.schema import POSITIONS, Layout


def rows(places):
    """Postings at these places: as many positions as the place has digits, far from each other now and then."""
    positions = [[place % 7 + 300 * number for number in range(len(str(place)))] for place in places]
    return Postings(list(places), list(map(len, positions)), list(map(POSITIONS.encode, positions)))


SECOND = ("a", "bb")
TERMS = {"a": range(0, 5000), "b": range(0, 5000, 7), "bb": (4999,), "ü": range(3, 4), "東": range(1000, 3048)}


@pytest.fixture
def reader(tmp_path):
    """Two segments of 5,000 passages; the second has not all terms."""
    made = Layout.of(()).schema()
    segments = [
        postings.write_segment(tmp_path, made, id, 5000, {schema.TEXT: ((term, rows(TERMS[term])) for term in terms)})
        for id, terms in (("one", sorted(TERMS)), ("two", SECOND))
    ]
    postings.write_contents(tmp_path, made, segments)
    opened = postings.open_index(tmp_path).reader()
    yield opened
    opened.close()


def by_matcher(reader, term):
    """What Whoosh itself says of places and weights; of the values see ``schema.Positions``."""
    matcher = reader.postings(schema.TEXT, term.encode())
    while matcher.is_active():
        yield matcher.id(), matcher.weight()
        matcher.next()


@pytest.mark.parametrize("term", TERMS)
def test_blocks_hold_what_the_matcher_says(reader, term):
    blocks = list(postings.blocks(reader, schema.TEXT, term))
    found = [each for block in blocks for each in zip(*block, strict=True)]
    assert [(place, weight) for place, weight, _ in found] == list(by_matcher(reader, term))
    written = rows(TERMS[term]).values * (2 if term in SECOND else 1)
    assert [POSITIONS.decode_positions(value) for _, _, value in found] == [
        POSITIONS.decode_positions(each[:-1]) for each in written
    ]
    assert max(len(block.places) for block in blocks) <= postings.BLOCK


@pytest.mark.parametrize("term", TERMS)
def test_whoosh_reads_what_was_written(reader, term):
    firsts = (0, 5000) if term in SECOND else (0,)
    expected = [(place + first, count) for first in firsts for place, count, _ in zip(*rows(TERMS[term]), strict=True)]
    assert list(by_matcher(reader, term)) == expected
    assert reader.doc_frequency(schema.TEXT, term.encode()) == len(expected)
    assert reader.doc_count_all() == 10_000


def test_a_term_that_does_not_occur_has_no_postings(reader):
    assert list(postings.blocks(reader, schema.TEXT, "c")) == []


ROWS = st.lists(st.sets(st.integers(0, 12), max_size=4).map(sorted), min_size=1, max_size=3)


@given(ROWS, st.integers(1, 12))
def test_stretches_are_counted_as_the_marking_finds_them(positions, distance):
    assert stretches(positions, distance) == sum(1 for _ in windows(positions, distance))
    assert stretches([each[::-1] for each in positions], distance) == stretches(positions, distance)
