"""Joins over sorted arrays give what nested loops give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ssrgraph.reasoning.plans import list_readings
from ssrgraph.reasoning.relations import Bindings, Pairs, contained, distinct, join, merged, pack, without

ids = st.integers(0, 5)
pairs = st.sets(st.tuples(ids, ids), max_size=12)
terms = st.one_of(ids, st.sampled_from(["x", "y", "z"]))


def array(values):
    return np.array(sorted(values), np.int64)


def relation(found):
    columns = np.array(sorted(found), np.int64).reshape(-1, 2)
    return Pairs(distinct([pack(columns[:, 0], columns[:, 1])]))


@given(st.lists(st.tuples(ids, ids), max_size=8), terms, terms, pairs)
def test_a_join_gives_every_binding_and_no_other(rows, subject, object_, found):
    columns = np.array(rows, np.int64).reshape(-1, 2)
    given_rows = Bindings(len(rows), {"x": columns[:, 0], "y": columns[:, 1]})
    expected = []
    for x, y in rows:
        for s, o in found:
            values = {"x": x, "y": y}
            fits = all(
                values.setdefault(term, value) == value if isinstance(term, str) else term == value
                for term, value in ((subject, s), (object_, o))
            )
            if fits:
                expected.append(values)
    result = join(given_rows, subject, object_, relation(found))
    assert result.count == len(expected)
    names = sorted({"x", "y", *(term for term in (subject, object_) if isinstance(term, str))}) if expected else []
    rows_found = zip(*(result.columns[name].tolist() for name in names), strict=True)
    assert sorted(rows_found) == sorted(tuple(one[name] for name in names) for one in expected if names)


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_sorted_arrays_are_united_and_looked_up_as_sets(one, other):
    new = other - one
    assert merged(array(one), array(new)).tolist() == sorted(one | other)
    assert contained(array(other), array(one)).tolist() == [value in one for value in sorted(other)]


@given(st.sampled_from([0, 1, 5_000, 50_000]), st.sampled_from([0, 1, 2, 20, 500]), st.integers(0, 2**32))
def test_however_few_or_many_go_in_or_out_the_rest_stays(size, more, seed):
    every = np.random.default_rng(seed).permutation(np.arange(size + more))
    old, new = np.sort(every[more:]), np.sort(every[:more])
    assert np.array_equal(merged(old, new), np.arange(size + more))
    assert np.array_equal(without(np.arange(size + more), new), old)


@given(pairs)
def test_pairs_are_sorted_either_way(found):
    both = relation(found)
    assert both.by_object.tolist() == sorted((o << 32) | s for s, o in found)
    assert len(both) == len(found)


@given(st.lists(ids, max_size=5))
def test_a_list_is_read_in_its_order(members):
    first = {10 + place: (member,) for place, member in enumerate(members)}
    rest = {10 + place: (11 + place,) for place in range(len(members))}
    rest |= {9 + len(members): (99,)} if members else {}
    assert list_readings(10 if members else 99, first, rest, 99) == (tuple(members),)


def test_a_list_with_a_gap_or_without_end_cannot_be_read():
    assert list_readings(1, {1: (7,)}, {1: (2,), 2: (9,)}, 9) == ()
    assert list_readings(1, {1: (7,), 2: (8,)}, {1: (2,), 2: (1,)}, 9) == ()


def test_a_list_with_two_readings_has_both():
    assert list_readings(1, {1: (7, 8)}, {1: (9,)}, 9) == ((7,), (8,))
