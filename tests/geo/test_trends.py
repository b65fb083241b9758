"""Trends of monthly counts: a series that can be solved by hand, and laws."""

from math import exp, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.trends import LEAST_EVENTS, trend

DOUBLING = [2**month for month in range(12)]

a_series = st.lists(st.integers(0, 60), min_size=12, max_size=48).filter(
    lambda counts: sum(counts) >= LEAST_EVENTS and sum(count > 0 for count in counts) >= 3
)


def test_a_series_that_doubles_each_month_is_solved_by_hand():
    # The line passes through every point, so chi-square is 0 and the dispersion its least, 1. With k the
    # month: sum of 2^k = 4095, of k 2^k = 40962, of k^2 2^k = 417786; squared months about the mean, 8045.99.
    about_the_mean = 417786 - 40962**2 / 4095
    error = sqrt(144 / about_the_mean)
    found = trend(DOUBLING)
    assert found.change + 1 == pytest.approx(2**12)
    assert found.dispersion == 1
    assert found.low + 1 == pytest.approx(2**12 * exp(-2.2281 * error), rel=1e-3)
    assert found.high + 1 == pytest.approx(2**12 * exp(2.2281 * error), rel=1e-3)
    assert found.direction == "rising"


def test_the_same_number_each_month_is_no_change_and_no_certainty():
    found = trend([5] * 24)
    assert found.change == pytest.approx(0, abs=1e-9)
    assert found.low < 0 < found.high
    assert found.direction == "unclear"


def test_two_years_at_four_then_two_at_one_fall():
    found = trend([4] * 24 + [1] * 24)
    assert found.high < 0
    assert found.direction == "falling"


def test_months_that_vary_more_than_chance_widen_the_interval():
    calm, wild = trend([5] * 24), trend([0, 10] * 12)
    assert wild.dispersion > 4
    assert wild.high - wild.low > 2 * (calm.high - calm.low)


@pytest.mark.parametrize(
    ("too_few", "counts"),
    [
        ("months", [5] * 11),
        ("events", [1] * 9 + [0] * 15),
        ("months with an event", [0] * 22 + [30, 30]),
        ("events at all", [0] * 36),
    ],
)
def test_too_few_tell_nothing(too_few, counts):
    assert trend(counts) is None, too_few


def test_nearly_everything_in_the_last_month_is_still_told():
    found = trend([1, 1] + [0] * 33 + [500])
    assert found.change > 1
    assert found.low < found.change < found.high


@given(a_series)
def test_read_backwards_a_trend_is_undone(counts):
    forwards, backwards = trend(counts), trend(counts[::-1])
    assert (forwards.change + 1) * (backwards.change + 1) == pytest.approx(1, rel=1e-5)


@given(a_series, st.integers(2, 9))
def test_counting_everything_several_times_changes_no_slope(counts, times):
    once, often = trend(counts), trend([times * count for count in counts])
    assert often.change == pytest.approx(once.change, rel=1e-5, abs=1e-7)


@given(a_series)
def test_the_change_lies_in_its_interval(counts):
    found = trend(counts)
    assert -1 <= found.low <= found.change <= found.high
