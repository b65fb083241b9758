"""What a choice hangs on: draws that can be followed by hand, and tipping weights."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.aggregating import Aggregation, scores
from geo.choosing import ImpossibleRules, Limit, Rules, choose, in_order
from geo.normalising import Direction, Normalisation, Scale, normalised
from geo.robustness import (
    AS_CHOSEN,
    Draw,
    Measured,
    Model,
    Spread,
    Zone,
    drawn,
    robustness,
    scale_under,
    tipping,
)

NAN = float("nan")
ONLY_WEIGHTS = Spread(10, (None,), (None,))


def criterion(key, values, **doubt):
    return Measured(key, Scale(), np.array(values, dtype=float), **doubt)


def zone(*criteria, shares=None, members=None, key="all"):
    shares = shares or [1 / len(criteria)] * len(criteria)
    return Zone(key, members or range(len(criteria[0].values)), criteria, shares)


def first(number, cercles):
    return Rules([Limit("all", frozenset(range(cercles)), most=number)])


VIOLENCE = criterion("violence", [10, 8, 5, 0])
PEOPLE = criterion("people", [0, 7, 8, 10])
TWO = [zone(VIOLENCE, PEOPLE, shares=[0.6, 0.4])]


def test_with_nothing_in_doubt_every_draw_is_the_choice():
    # Scores 60, 76, 62, 40.
    found = robustness(TWO, first(2, 4), spread=AS_CHOSEN, draws=50)
    assert found.probability.tolist() == [0, 1, 1, 0]
    assert found.median_rank.tolist() == found.low_rank.tolist() == found.high_rank.tolist() == [3, 1, 2, 4]


def test_the_same_seed_gives_the_same_answer_and_another_one_another():
    first_time, again = (robustness(TWO, first(2, 4), seed=1, draws=300) for _ in range(2))
    assert first_time.probability.tolist() == again.probability.tolist()
    assert first_time.low_rank.tolist() == again.low_rank.tolist()
    assert (
        first_time.probability.tolist()
        != robustness(TWO, first(2, 4), seed=2, draws=300).probability.tolist()
    )


def test_each_thousand_draws_is_told():
    told = []
    robustness(TWO, first(2, 4), draws=2500, step=told.append)
    assert told == [1000, 2000, 2500]


def test_without_a_concentration_weights_stay_as_chosen():
    draw = drawn(TWO, Spread(concentration=None), np.random.default_rng(1), 5)
    assert draw.weights[0].tolist() == [[0.6, 0.4]] * 5


def test_weights_are_spread_round_the_chosen_ones_as_the_concentration_says():
    draw = drawn(TWO, Spread(concentration=23), np.random.default_rng(1), 20_000)
    assert draw.weights[0].sum(axis=1) == pytest.approx(1)
    assert draw.weights[0].mean(axis=0) == pytest.approx([0.6, 0.4], abs=0.005)
    # sqrt(0.6 x 0.4 / 24) = 0.1.
    assert draw.weights[0].std(axis=0) == pytest.approx([0.1, 0.1], abs=0.003)


def test_what_has_no_weight_is_drawn_none():
    zones = [zone(VIOLENCE, PEOPLE, shares=[1, 0])]
    weights = drawn(zones, ONLY_WEIGHTS, np.random.default_rng(1), 3).weights[0]
    assert weights[:, 0] == pytest.approx(1)
    assert weights[:, 1].tolist() == [0, 0, 0]


def test_who_is_best_by_every_criterion_is_always_chosen():
    best = [zone(criterion("a", [9, 1, 2]), criterion("b", [8, 3, 1]))]
    found = robustness(best, first(1, 3), draws=400)
    assert found.probability.tolist() == [1, 0, 0]
    assert (found.low_rank[0], found.high_rank[0]) == (1, 1)


# The second comes first in one placing of four, and nothing else is in doubt.
PLACED = np.array([[3.0, 2, 1], [3, 2, 1], [3, 2, 1], [2, 3, 1]])
ONLY_PLACES = replace(AS_CHOSEN, is_placed=True)


def test_a_choice_is_made_anew_under_each_placing():
    zones = [zone(criterion("violence", [3, 2, 1], placed=PLACED))]
    zeros, each = np.zeros(4, dtype=int), np.arange(4)
    outcome = Model(zones, first(1, 3), ONLY_PLACES).outcome(
        Draw([np.ones((4, 1))], zeros, zeros, each, zeros)
    )
    assert outcome.ranks.tolist() == [[1, 2, 3], [1, 2, 3], [1, 2, 3], [2, 1, 3]]
    assert outcome.chosen.mean(axis=0).tolist() == [0.75, 0.25, 0]


def test_quantiles_of_ranks_by_hand():
    zones = [zone(criterion("violence", [3, 2, 1], placed=PLACED))]
    placings = drawn(zones, ONLY_PLACES, np.random.default_rng(7), 4).placing
    assert (placings == 3).sum() == 2
    # Of the ranks 1, 1, 2, 2 of the second: 5 % is the first, 50 % the second, 95 % the fourth.
    found = robustness(zones, first(1, 3), spread=ONLY_PLACES, seed=7, draws=4)
    assert found.probability.tolist() == [0.5, 0.5, 0]
    assert (found.low_rank[1], found.median_rank[1], found.high_rank[1]) == (1, 1, 2)
    often = robustness(zones, first(1, 3), spread=ONLY_PLACES, draws=2000)
    assert often.probability == pytest.approx([0.75, 0.25, 0], abs=0.03)
    assert (often.low_rank[1], often.median_rank[1], often.high_rank[1]) == (1, 2, 2)


def test_a_cercle_without_a_score_has_no_rank_and_is_never_chosen():
    zones = [zone(criterion("a", [3, NAN, 1]), criterion("b", [1, 2, 3]))]
    found = robustness(zones, first(3, 3), draws=100)
    assert found.probability.tolist() == [1, 0, 1]
    assert np.isnan([found.low_rank[1], found.median_rank[1], found.high_rank[1]]).all()


def test_a_filled_value_is_drawn_anew_and_the_known_ones_stay():
    # The second was filled in: 4 in one filling, 2 in the other, beside a known 3.
    filled = np.array([[NAN, 4.0, NAN], [NAN, 2.0, NAN]])
    zones = [zone(criterion("a", [3, 4, 1], filled=filled))]
    found = robustness(zones, first(1, 3), spread=replace(AS_CHOSEN, is_filled=True), draws=2000)
    assert found.probability == pytest.approx([0.5, 0.5, 0], abs=0.04)
    held = robustness(zones, first(1, 3), spread=AS_CHOSEN, draws=10)
    assert held.probability.tolist() == [0, 1, 0]


def test_placings_and_fillings_may_both_be_in_doubt():
    placed = np.array([[3.0, NAN, 1], [1, NAN, 3]])
    filled = np.array([[NAN, 4.0, NAN], [NAN, 2.0, NAN]])
    zones = [zone(criterion("a", [3, 4, 1], placed=placed, filled=filled))]
    model = Model(zones, first(1, 3), Spread(None, (None,), (None,)))
    zeros = np.zeros(4, dtype=int)
    draw = Draw([np.ones((4, 1))], zeros, zeros, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    assert model.outcome(draw).ranks.tolist() == [[2, 1, 3], [1, 2, 3], [3, 1, 2], [3, 2, 1]]


def test_two_zones_are_ranked_by_their_own_criteria_and_chosen_from_in_turn():
    north = zone(criterion("violence", [1, 5, 9]), members=[0, 1, 2], key="north")
    south = zone(criterion("nearness", [4, 2]), members=[3, 4], key="south")
    outcome = Model([north, south], first(3, 5), AS_CHOSEN).outcome(
        Draw([np.ones((1, 1))] * 2, *np.zeros((4, 1), dtype=int))
    )
    assert outcome.ranks.tolist() == [[3, 2, 1, 1, 2]]
    # The first of each zone, then the second of the one that comes first.
    assert outcome.chosen.tolist() == [[False, True, True, True, False]]


def test_members_of_a_zone_may_stand_in_any_order():
    values = [1, 9, 5]
    in_disorder = zone(criterion("violence", values), members=[2, 0, 1])
    found = robustness([in_disorder], first(1, 3), spread=AS_CHOSEN, draws=2)
    assert found.probability.tolist() == [1, 0, 0]
    assert found.median_rank.tolist() == [1, 2, 3]


def test_rules_hold_in_every_draw():
    rules = Rules([Limit("all", frozenset(range(4)), most=2)], must=frozenset({3}), barred=frozenset({1}))
    found = robustness(TWO, rules, draws=500)
    assert found.probability[3] == 1
    assert found.probability[1] == 0
    assert found.probability.sum() == pytest.approx(2)


def test_rules_that_contradict_each_other_are_refused():
    with pytest.raises(ImpossibleRules):
        robustness(TWO, Rules(must=frozenset({1}), barred=frozenset({1})), draws=10)


def test_another_normalisation_drops_fixed_bounds():
    bounded = Scale(bounds=(0, 9), direction=Direction.LESS, is_logged=True)
    assert scale_under(bounded, None) == scale_under(bounded, Normalisation.MIN_MAX) == bounded
    ranked = scale_under(bounded, Normalisation.PERCENTILE)
    assert ranked == Scale(Normalisation.PERCENTILE, Direction.LESS, is_logged=True)


# --- Tipping weights ---------------------------------------------------------------------------------------


def test_the_tipping_share_of_two_cercles_is_where_their_scores_cross():
    # One is best by violence, the other by people: they are equal at a half, where the first in order stays.
    two = [zone(criterion("violence", [1, 0]), criterion("people", [0, 1]), shares=[0.6, 0.4])]
    assert tipping(two, first(1, 2)) == {"all": {"violence": [0.495, 0.495], "people": [0.505, 0.505]}}


def test_no_share_tips_who_is_best_by_everything():
    best = [zone(criterion("violence", [2, 1]), criterion("people", [2, 1]))]
    assert tipping(best, first(1, 2))["all"] == {"violence": [None, None], "people": [None, None]}


def test_the_others_keep_their_proportions():
    # At share s of violence the others have 2 (1 - s) / 3 and (1 - s) / 3.
    # The first has 100 s, the second 200 (1 - s) / 3: equal at s = 0.4, where the first stays.
    zones = [
        zone(
            criterion("violence", [1, 0, 0]),
            criterion("people", [0, 1, 0]),
            criterion("coverage", [0, 0, 1]),
            shares=[0.7, 0.2, 0.1],
        )
    ]
    assert tipping(zones, first(1, 3))["all"]["violence"] == [0.395, 0.395, None]


def test_the_others_are_equal_where_one_criterion_holds_all_the_weight():
    zones = [zone(criterion("violence", [1, 0]), criterion("people", [0, 1]), shares=[1, 0])]
    assert tipping(zones, first(1, 2))["all"]["violence"] == [0.495, 0.495]


def test_a_cercle_that_lacks_a_value_enters_where_that_has_no_weight():
    zones = [zone(criterion("violence", [NAN, 1, 0]), criterion("people", [9, 5, 1]))]
    assert tipping(zones, first(1, 3))["all"]["violence"] == [0, 0, None]


# --- Laws ------------------------------------------------------------------------------------------------

law = settings(max_examples=30, deadline=None)
columns = st.lists(st.integers(0, 9).map(float) | st.just(NAN), min_size=5, max_size=5)


@law
@given(columns, columns, st.integers(1, 5), st.sampled_from(Aggregation))
def test_with_nothing_in_doubt_it_is_the_choice_of_the_scores(violence, people, number, aggregation):
    of_both = replace(
        zone(criterion("violence", violence), criterion("people", people), shares=[0.3, 0.7]),
        aggregation=aggregation,
    )
    z = [normalised(values, Scale()) for values in (violence, people)]
    order, ranks = in_order(scores(z, [0.3, 0.7], aggregation)[None])
    found = robustness([of_both], first(number, 5), spread=AS_CHOSEN, draws=3)
    expected = choose(order, first(number, 5), eligible=~np.isnan(ranks))[0] > 0
    assert found.probability.tolist() == expected.tolist()
    assert found.median_rank.tolist() == pytest.approx(ranks[0].tolist(), nan_ok=True)


@law
@given(columns, columns, st.integers(1, 5))
def test_as_many_are_chosen_as_there_are_places_and_quantiles_never_cross(violence, people, number):
    zones = [zone(criterion("violence", violence), criterion("people", people))]
    found = robustness(zones, first(number, 5), draws=60)
    ranked = ~np.isnan(found.median_rank)
    assert found.probability.sum() == pytest.approx(min(number, ranked.sum()))
    assert (found.low_rank[ranked] <= found.median_rank[ranked]).all()
    assert (found.median_rank[ranked] <= found.high_rank[ranked]).all()
