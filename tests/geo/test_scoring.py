"""Scores that can be checked by hand, and what must hold for any figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.aggregating import Aggregation
from geo.normalising import Direction, Normalisation, Scale
from geo.scoring import ranking, weight_shares

# Three cercles: violence 0, 10, 20; people 100, 300, 200.
VALUES = {
    "violence": {"ML0101": 0.0, "ML0102": 10.0, "ML0103": 20.0},
    "people": {"ML0101": 100.0, "ML0102": 300.0, "ML0103": 200.0},
}

figures = st.dictionaries(
    st.sampled_from([f"ML01{number:02}" for number in range(1, 12)]),
    st.none() | st.floats(0, 1e6),
    min_size=1,
)
weights = st.fixed_dictionaries({"violence": st.floats(0.1, 100), "people": st.floats(0, 100)})


def test_a_score_is_the_weighted_sum_of_normalised_values():
    ranked = ranking(VALUES, {"violence": 3, "people": 1})
    # ML0103: 0.75 x 1 + 0.25 x 0.5 = 0.875; ML0102: 0.75 x 0.5 + 0.25 x 1 = 0.625.
    assert [(each.pcode, each.score, each.rank) for each in ranked] == [
        ("ML0103", 87.5, 1),
        ("ML0102", 62.5, 2),
        ("ML0101", 0.0, 3),
    ]


def test_contributions_are_the_points_of_each_criterion():
    best = ranking(VALUES, {"violence": 3, "people": 1})[0]
    assert best.contributions == {"violence": 75.0, "people": 12.5}


def test_a_missing_value_gives_no_score_and_says_which():
    values = VALUES | {"people": VALUES["people"] | {"ML0103": None}}
    last = ranking(values, {"violence": 3, "people": 1})[-1]
    assert (last.pcode, last.score, last.rank, last.missing) == ("ML0103", None, None, ("people",))


def test_a_missing_value_of_a_criterion_without_weight_costs_nothing():
    values = VALUES | {"people": VALUES["people"] | {"ML0103": None}}
    first = ranking(values, {"violence": 1, "people": 0})[0]
    assert (first.pcode, first.score, first.rank) == ("ML0103", 100.0, 1)


def test_equal_scores_share_a_rank_and_the_next_is_skipped():
    values = {"violence": {"ML0103": 5.0, "ML0101": 5.0, "ML0102": 1.0}}
    ranked = ranking(values, {"violence": 1})
    assert [(each.pcode, each.rank) for each in ranked] == [("ML0101", 1), ("ML0103", 1), ("ML0102", 3)]


def test_scores_equal_to_nine_decimals_share_a_rank():
    # In floats 0.1 + 0.2 is 0.30000000000000004.
    values = {"violence": {"ML0101": 0.3, "ML0102": 0.1 + 0.2, "ML0103": 1.0, "ML0104": 0.0}}
    assert [each.rank for each in ranking(values, {"violence": 1})] == [1, 2, 2, 4]


def test_each_criterion_is_read_on_its_own_scale():
    scales = {
        "violence": Scale(direction=Direction.BAND, band=(10, 10)),
        "people": Scale(Normalisation.PERCENTILE, Direction.LESS),
    }
    ranked = ranking(VALUES, {"violence": 3, "people": 1}, scales)
    # Violence 0, 1, 0; people 1, 0, 0.5.
    assert [(each.pcode, each.score) for each in ranked] == [("ML0102", 75), ("ML0101", 25), ("ML0103", 12.5)]


def test_a_geometric_mean_ranks_one_high_value_first():
    ranked = ranking(VALUES, {"violence": 1, "people": 1}, aggregation=Aggregation.GEOMETRIC)
    # z 1 and 0.5 twice: 100 (10 - sqrt(1 x 5.5)) / 9.
    assert [each.rank for each in ranked] == [1, 1, 3]
    assert ranked[0].score == pytest.approx(85.0532, abs=1e-4)
    assert sum(ranked[0].contributions.values()) == pytest.approx(ranked[0].score, abs=1e-9)


def test_nobody_is_ranked_where_there_is_nobody():
    assert ranking({"violence": {}}, {"violence": 1}) == []


def test_no_known_value_ranks_nobody():
    (only,) = ranking({"violence": {"ML0101": None}}, {"violence": 1})
    assert (only.score, only.rank, only.missing) == (None, None, ("violence",))


def test_weights_that_are_all_zero_are_refused():
    with pytest.raises(ValueError, match="all weights are zero"):
        ranking(VALUES, {"violence": 0, "people": 0})


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        weight_shares({"violence": -1, "people": 2})


@given(figures, figures, weights)
def test_scores_lie_between_0_and_100_and_contributions_sum_to_them(violence, people, weights):
    for each in ranking({"violence": violence, "people": people}, weights):
        if each.score is not None:
            assert -1e-9 <= each.score <= 100 + 1e-9
            assert sum(each.contributions.values()) == pytest.approx(each.score, abs=1e-9)


@given(figures, weights, st.floats(0.5, 100))
def test_scaling_every_weight_alike_changes_no_rank_order(violence, weights, factor):
    values = {"violence": violence, "people": {}}
    alone = {"violence": weights["violence"]}
    scaled = {"violence": weights["violence"] * factor}
    order = [each.pcode for each in ranking(values, alone)]
    assert order == [each.pcode for each in ranking(values, scaled)]


@given(figures, figures, weights)
def test_every_cercle_is_ranked_once_and_ranks_never_fall(violence, people, weights):
    ranked = ranking({"violence": violence, "people": people}, weights)
    assert sorted(each.pcode for each in ranked) == sorted({*violence, *people})
    ranks = [each.rank for each in ranked if each.rank is not None]
    assert ranks == sorted(ranks)
