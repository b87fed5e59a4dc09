"""Sets of passages and positions, packed and unpacked."""

from hypothesis import given
from hypothesis import strategies as st

from search_index.known import Groups
from search_index.passage_sets import FieldSets, ValueSet, little_endian, of_places, places
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
    assert value.whole() == of_places(members, 1000)
    assert value.count_in(little_endian(of_places(hits, 1000))) == len(members & hits)


@given(st.dictionaries(st.sampled_from("abcdef"), SETS.filter(bool).map(sorted)), SETS, st.sets(st.sampled_from("abcxyz")))
def test_a_field_knows_the_passages_of_its_values_near_or_far_apart(members, hits, asked):
    """Six values of a thousand passages: some lie close enough for a set, some do not."""
    field = FieldSets(Groups.of(members), 1000)
    found = {value: len(hits.intersection(places)) for value, places in members.items()}
    assert field.counts(of_places(hits, 1000), sorted(hits)) == {value: count for value, count in found.items() if count}
    assert places(field.having(asked)) == tuple(sorted({place for value in asked for place in members.get(value, ())}))


def test_a_value_of_neighbours_takes_no_more_room_than_they_do():
    assert ValueSet.of((800_000, 800_007)).bits.bit_length() == 8


@given(st.sets(st.integers(0, 5000), min_size=1).map(sorted))
def test_positions_are_what_was_written(positions):
    (value,) = POSITIONS.taken_apart(POSITIONS.encode(positions))
    assert POSITIONS.decode_positions(value) == positions
    assert list(POSITIONS.starts(value, 7)) == [position + 7 for position in positions]
