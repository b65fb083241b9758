"""Spreading events known only to a unit over its areas: laws that hold for any numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.spreading import Unit, drawn, shares, spread, weights_by_events, weights_by_people

CLASSES = st.dictionaries(
    st.tuples(st.just(1), st.integers(0, 40)), st.integers(1, 60), min_size=1, max_size=4
)
WEIGHTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=6)


def unit(weights, classes, key="ML92"):
    return Unit(key, range(len(weights)), weights, classes)


@settings(max_examples=40, deadline=None)
@given(WEIGHTS, CLASSES, st.integers(0, 9))
def test_in_each_draw_the_areas_get_what_the_unit_has(weights, classes, seed):
    got = drawn(unit(weights, classes), seed=seed, draws=7)
    events = sum(classes.values())
    deaths = sum(deaths * number for (_one, deaths), number in classes.items())
    assert (got >= 0).all()
    assert (got.sum(axis=1) == [[events] * 7, [deaths] * 7]).all()


@settings(max_examples=20, deadline=None)
@given(WEIGHTS, CLASSES)
def test_the_same_seed_draws_the_same_bytes(weights, classes):
    same = [drawn(unit(weights, classes), seed=4, draws=5).tobytes() for _ in range(2)]
    assert same[0] == same[1]


@settings(max_examples=20, deadline=None)
@given(WEIGHTS, CLASSES)
def test_an_area_gets_the_same_alone_and_among_others(weights, classes):
    own = unit(weights, classes)
    other = Unit("ML91", [len(weights)], [1.0], {(1, 2): 3})
    alone = spread([own], len(weights) + 1, measures=2, draws=20)
    among = spread([other, own], len(weights) + 1, measures=2, draws=20)
    assert (alone.low[:, :-1] == among.low[:, :-1]).all()
    assert (alone.high[:, :-1] == among.high[:, :-1]).all()


@settings(max_examples=20, deadline=None)
@given(WEIGHTS, CLASSES)
def test_low_is_never_above_high_and_what_is_expected_adds_up(weights, classes):
    found = spread([unit(weights, classes)], len(weights), measures=2, draws=20)
    assert (found.low <= found.high).all()
    assert found.expected[0].sum() == pytest.approx(sum(classes.values()))


def test_without_imprecise_events_there_is_nothing_to_spread():
    found = spread([unit([1, 1], {})], 2, measures=2)
    assert not found.expected.any()
    assert not found.low.any()
    assert not found.high.any()


def test_an_area_in_no_unit_gets_nothing():
    found = spread([unit([1, 1], {(1, 5): 100})], 3, measures=2)
    assert found.high[:, 2].tolist() == [0, 0]


def test_one_event_over_three_quarters_and_a_quarter():
    found = spread([unit([300, 100], {(1, 7): 1})], 2, measures=2)
    assert found.expected.tolist() == [[0.75, 0.25], [5.25, 1.75]]
    assert (found.low.tolist(), found.high.tolist()) == ([[0, 0], [0, 0]], [[1, 1], [7, 7]])


def test_a_hundred_events_in_two_equal_areas_spread_as_a_binomial_does():
    """Of a binomial of 100 and 1/2, nine in ten lie from 42 to 58: 50 and 1.64 times 5 on either side."""
    found = spread([unit([1, 1], {(1, 0): 100})], 2, measures=2)
    assert found.low[0].tolist() == pytest.approx([42, 42], abs=1)
    assert found.high[0].tolist() == pytest.approx([58, 58], abs=1)


def test_many_and_few_events_follow_the_same_shares():
    weights = [6, 3, 1]
    many = drawn(unit(weights, {(1,): 30}), seed=1, draws=2000).mean(axis=2)[0]
    few = drawn(unit(weights, {(1,): 1}), seed=1, draws=2000).mean(axis=2)[0]
    assert many / 30 == pytest.approx([0.6, 0.3, 0.1], abs=0.02)
    assert few == pytest.approx([0.6, 0.3, 0.1], abs=0.04)


def test_weights_of_zero_are_equal_shares():
    assert shares([0, 0, 0, 0]).tolist() == [0.25] * 4


def test_wrong_weights_are_refused():
    with pytest.raises(ValueError, match="negative"):
        shares([1, -1])
    with pytest.raises(ValueError, match="without areas"):
        shares(np.array([]))


def test_an_unknown_number_of_people_takes_the_mean_of_the_known():
    assert weights_by_people([100, None, 300]) == [100.0, 200.0, 300.0]
    assert weights_by_people([None, None]) is None


def test_an_area_without_a_precise_event_may_hold_one_all_the_same():
    assert shares(weights_by_events([0, 3])).tolist() == [0.2, 0.8]
