"""Two means and their parts, by hand; and what must hold for any values."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.aggregating import Aggregation, contributions, scores, scores_of, utilities
from geo.normalising import Scale, normalised

NAN = float("nan")
ARITHMETIC, GEOMETRIC = Aggregation

law = settings(max_examples=60, deadline=None)
shares_of_z = st.integers(1, 6).flatmap(
    lambda criteria: st.tuples(
        st.lists(st.floats(0.01, 1), min_size=criteria, max_size=criteria),
        st.lists(st.lists(st.floats(0, 1), min_size=5, max_size=5), min_size=criteria, max_size=criteria),
    )
)


def test_an_arithmetic_score_is_the_weighted_sum():
    # 0.75 x 1 + 0.25 x 0.5 = 0.875.
    assert scores([[1], [0.5]], [0.75, 0.25], ARITHMETIC).tolist() == [87.5]


def test_a_geometric_score_is_the_scaled_mean_of_inform():
    # On the scale of INFORM, 10 - 9 z, 1 and 10: their mean is sqrt(10) = 3.1623, (10 - 3.1623) / 9 = 0.7597.
    assert scores([[1], [0]], [0.5, 0.5], GEOMETRIC) == pytest.approx([100 * (10 - math.sqrt(10)) / 9])


def test_a_geometric_mean_of_one_criterion_is_that_criterion():
    assert scores([[0, 0.3, 1]], [1], GEOMETRIC) == pytest.approx([0, 30, 100])


def test_one_high_value_weighs_more_in_the_geometric_mean():
    uneven, even = scores([[1, 0.5], [0, 0.5]], [0.5, 0.5], GEOMETRIC)
    assert uneven > even
    assert scores([[1, 0.5], [0, 0.5]], [0.5, 0.5], ARITHMETIC).tolist() == [50, 50]


def test_points_of_a_geometric_mean_follow_the_logarithms():
    # z 1 and 0.5 become 1 and 5.5: ln 10/1 = 2.3026, ln 10/5.5 = 0.5978. Half of each: 1.1513 and 0.2989.
    # The score: 100 (10 - sqrt(1 x 5.5)) / 9 = 85.0532; its points 1.1513 and 0.2989 of 1.4502 of it.
    points = contributions([[1], [0.5]], [0.5, 0.5], GEOMETRIC)
    assert points[:, 0] == pytest.approx([67.5220, 17.5312], abs=1e-4)
    assert points.sum() == pytest.approx(85.0532, abs=1e-4)


def test_a_score_of_zero_has_points_of_zero():
    for aggregation in Aggregation:
        assert contributions([[0], [0]], [0.5, 0.5], aggregation).tolist() == [[0], [0]]


@pytest.mark.parametrize("aggregation", Aggregation)
def test_a_missing_value_leaves_no_score_and_no_points(aggregation):
    assert np.isnan(scores([[1, NAN], [0, 1]], [0.5, 0.5], aggregation)).tolist() == [False, True]
    assert np.isnan(contributions([[1, NAN], [0, 1]], [0.5, 0.5], aggregation)[:, 1]).all()


@pytest.mark.parametrize("aggregation", Aggregation)
def test_what_has_no_weight_takes_no_part_known_or_not(aggregation):
    assert scores([[1], [NAN]], [1, 0], aggregation) == pytest.approx([100])
    assert contributions([[1], [NAN]], [1, 0], aggregation)[:, 0] == pytest.approx([100, 0])


def test_many_rows_are_added_as_one_is():
    z = np.random.default_rng(1).random((3, 4, 5))
    together = contributions(z, [0.2, 0.3, 0.5], GEOMETRIC)
    for row in range(4):
        assert together[:, row].tolist() == contributions(z[:, row], [0.2, 0.3, 0.5], GEOMETRIC).tolist()


@law
@given(shares_of_z, st.sampled_from(Aggregation))
def test_contributions_sum_to_the_score_and_none_is_negative(case, aggregation):
    weights, z = case
    shares = np.array(weights) / sum(weights)
    points = contributions(z, shares, aggregation)
    assert (points >= 0).all()
    assert points.sum(axis=0) == pytest.approx(scores(z, shares, aggregation), abs=1e-9)


@law
@given(shares_of_z, st.sampled_from(Aggregation))
def test_scores_lie_between_the_least_and_the_greatest_of_their_values(case, aggregation):
    weights, z = case
    found = scores(z, np.array(weights) / sum(weights), aggregation)
    assert (found >= 100 * np.min(z, axis=0) - 1e-9).all()
    assert (found <= 100 * np.max(z, axis=0) + 1e-9).all()


@law
@given(shares_of_z)
def test_a_geometric_score_is_never_below_the_arithmetic_one(case):
    weights, z = case
    shares = np.array(weights) / sum(weights)
    assert (scores(z, shares, GEOMETRIC) >= scores(z, shares, ARITHMETIC) - 1e-9).all()


@law
@given(shares_of_z, st.sampled_from(Aggregation))
def test_scores_rise_with_the_sums_of_utilities(case, aggregation):
    weights, z = case
    shares = np.array(weights) / sum(weights)
    sums = shares @ utilities(z, aggregation)
    assert scores_of(sums, aggregation) == pytest.approx(scores(z, shares, aggregation), abs=1e-9)
    assert (np.diff(scores_of(np.sort(sums), aggregation)) >= 0).all()


@law
@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=8),
    st.floats(0, 50),
    st.booleans(),
    st.sampled_from(Aggregation),
)
def test_a_value_that_rises_never_lowers_a_score_between_fixed_bounds(values, more, is_logged, aggregation):
    scale = Scale(bounds=(10, 90), is_logged=is_logged)
    other = [0.4] * len(values)

    def score(each):
        return scores([normalised(each, scale), other], [0.6, 0.4], aggregation)[0]

    assert score([values[0] + more, *values[1:]]) >= score(values)
