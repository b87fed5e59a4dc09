"""Sets of passages and positions, packed and unpacked."""

from hypothesis import given
from hypothesis import strategies as st

from search_index.passage_sets import ValueSet, little_endian, of_places, places
from search_index.schema import POSITIONS

SETS = st.sets(st.integers(0, 999))


@given(SETS, SETS)
def test_bits_are_sets(one, other):
    left, right = of_places(one, 1000), of_places(other, 1000)
    assert places(left) == tuple(sorted(one))
    assert places(left & right) == tuple(sorted(one & other))
    assert places(left & ~right) == tuple(sorted(one - other))


@given(SETS.filter(bool), SETS)
def test_a_value_counts_its_passages_among_the_hits(members, hits):
    value = ValueSet.of(tuple(sorted(members)))
    assert value.places() == tuple(sorted(members))
    assert value.whole() == of_places(members, 1000)
    assert value.count_in(little_endian(of_places(hits, 1000))) == len(members & hits)


def test_a_value_of_neighbours_takes_no_more_room_than_they_do():
    assert ValueSet.of((800_000, 800_007)).bits.bit_length() == 8


@given(st.sets(st.integers(0, 5000)).map(sorted))
def test_positions_are_what_was_written(positions):
    assert POSITIONS.decode_positions(POSITIONS.encode(positions)) == positions
