"""Sharing a whole number out: exact for any weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.shares import shared_out


def test_menaka_shared_by_its_settlements():
    assert shared_out(100, [50, 25, 15, 10]) == [50, 25, 15, 10]


def test_no_weight_at_all_is_no_proportion():
    with pytest.raises(ValueError, match="no proportion"):
        shared_out(100, [0, 0])


def test_a_negative_total_is_refused():
    with pytest.raises(ValueError, match="negative"):
        shared_out(-1, [1])


@given(st.integers(0, 10**8), st.lists(st.integers(0, 10_000), min_size=1).filter(any))
def test_parts_sum_to_the_total_and_none_is_off_by_one(total, weights):
    parts = shared_out(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1 + 1e-6
