"""A choice that can be followed line by line, and the rules it keeps whatever the ranks."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.choosing import How, ImpossibleRules, Limit, Rules, choose, held_back_by, in_order, unmet

NAN = float("nan")
NOT, MUST, FLOOR, RANK = How
CERCLES = 6


def at_most(most, members=range(CERCLES), key="all", least=0):
    return Limit(key, frozenset(members), least, most)


def chosen(rules, scores=(60, 50, 40, 30, 20, 10)):
    order, ranks = in_order([scores])
    return [How(how) for how in choose(order, rules, eligible=~np.isnan(ranks))[0]]


def test_equal_scores_share_a_rank_and_stand_as_they_come():
    order, ranks = in_order([[2, 7, 7, NAN, 1]])
    assert order.tolist() == [[1, 2, 0, 4, 3]]
    assert ranks.tolist()[0] == pytest.approx([3, 1, 1, NAN, 4], nan_ok=True)


def test_scores_that_differ_in_the_tenth_decimal_are_equal():
    assert in_order([[5.0, 5.0 + 1e-10, 5.0 + 1e-8]])[1].tolist() == [[2, 2, 1]]


def test_many_rankings_are_ordered_each_by_itself():
    scores = [[1, 2, 3], [3, 2, 1], [NAN, NAN, NAN]]
    for row, (order, ranks) in zip(scores, zip(*in_order(scores), strict=True), strict=True):
        alone = in_order([row])
        assert order.tolist() == alone[0][0].tolist()
        assert ranks.tolist() == pytest.approx(alone[1][0].tolist(), nan_ok=True)


def test_nobody_is_ordered_of_nobody():
    assert in_order([[]])[0].tolist() == [[]]


def test_the_first_are_chosen_up_to_the_number():
    assert chosen(Rules([at_most(2)])) == [RANK, RANK, NOT, NOT, NOT, NOT]


def test_of_equals_at_the_line_the_first_in_order_is_chosen():
    assert chosen(Rules([at_most(1)]), [5, 9, 9, 5, 5, 5]) == [NOT, RANK, NOT, NOT, NOT, NOT]


def test_without_a_number_everybody_with_a_score_is_chosen():
    assert chosen(Rules(), [1, 2, NAN, 4, 5, 6]) == [RANK, RANK, NOT, RANK, RANK, RANK]


def test_who_must_be_in_takes_a_place_even_without_a_score():
    rules = Rules([at_most(2)], must=frozenset({2}))
    assert chosen(rules, [60, 50, NAN, 30, 20, 10]) == [RANK, NOT, MUST, NOT, NOT, NOT]


def test_who_is_barred_is_passed_over():
    assert chosen(Rules([at_most(2)], barred=frozenset({0}))) == [NOT, RANK, RANK, NOT, NOT, NOT]


def test_a_quota_of_a_zone_is_filled_by_its_best():
    rules = Rules([at_most(1, {0, 1, 2}, "north"), at_most(2, {3, 4, 5}, "south")])
    assert chosen(rules) == [RANK, NOT, NOT, RANK, RANK, NOT]


def test_a_floor_is_met_before_ranks_count():
    rules = Rules([at_most(3), at_most(None, {3, 4, 5}, "south", least=2)])
    assert chosen(rules) == [RANK, NOT, NOT, FLOOR, FLOOR, NOT]


def test_who_must_be_in_counts_towards_a_floor():
    rules = Rules([at_most(3), at_most(None, {3, 4, 5}, "south", least=2)], must=frozenset({5}))
    assert chosen(rules) == [RANK, NOT, NOT, FLOOR, NOT, MUST]


def test_a_ceiling_passes_the_place_on():
    rules = Rules([at_most(3), at_most(1, {0, 1, 2}, "north")])
    assert chosen(rules) == [RANK, NOT, NOT, RANK, RANK, NOT]


def test_who_is_too_dear_is_passed_over_and_the_next_may_come():
    # Of 10: the first takes 6, the second wants 5 of the 4 left, the third takes 3, the fourth wants 2 of 1.
    assert chosen(Rules(budget=10, costs=[6, 5, 3, 2, 1, 1])) == [RANK, NOT, RANK, NOT, RANK, NOT]


def test_who_must_be_in_is_paid_first():
    rules = Rules(budget=10, costs=[6, 5, 3, 2, 1, 1], must=frozenset({1}))
    assert chosen(rules) == [NOT, MUST, RANK, RANK, NOT, NOT]


def test_costs_that_add_up_to_the_budget_fit_in_it():
    # In floats 0.3 - 0.1 - 0.1 leaves less than 0.1.
    assert chosen(Rules(budget=0.3, costs=[0.1] * 6))[:4] == [RANK, RANK, RANK, NOT]


def test_a_floor_that_too_few_can_fill_stays_unmet_and_is_named():
    rules = Rules([at_most(None, {0, 1}, "north", least=2), at_most(3)], barred=frozenset({1}))
    found = chosen(rules)
    assert found == [FLOOR, NOT, RANK, RANK, NOT, NOT]
    assert unmet(np.array(found) > 0, rules) == ["north"]


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (Rules(must=frozenset({1}), barred=frozenset({1})), "both in and out"),
        (Rules([at_most(1)], must=frozenset({0, 1})), "limit all admits: 1"),
        (Rules([at_most(1, least=2)]), "floor of all is above its ceiling"),
        (Rules(budget=5, costs=[3] * 6, must=frozenset({0, 1})), "more than the budget 5"),
    ],
)
def test_rules_that_contradict_each_other_are_refused(rules, why):
    with pytest.raises(ImpossibleRules, match=why):
        chosen(rules)


def test_what_holds_a_cercle_back_is_named():
    rules = Rules(
        [at_most(4), at_most(1, {0, 1}, "north"), at_most(3, {2, 3, 4, 5}, "south")],
        budget=10,
        costs=[6, 1, 3, 9, 1, 1],
    )
    inside = np.array(chosen(rules)) > 0
    assert inside.tolist() == [True, False, True, False, True, False]
    assert held_back_by(1, inside, rules) == ["north", "budget"]
    assert held_back_by(3, inside, rules) == ["budget"]
    assert held_back_by(1, inside, Rules([at_most(3)])) == ["all"]
    assert held_back_by(1, inside, Rules([at_most(5)])) == []


# --- Laws ------------------------------------------------------------------------------------------------

law = settings(max_examples=60, deadline=None)
places = st.frozensets(st.integers(0, CERCLES - 1), max_size=3)
limits = st.lists(
    st.builds(Limit, st.sampled_from("abc"), places, st.integers(0, 2), st.none() | st.integers(2, 4)),
    max_size=3,
)
all_scores = st.lists(
    st.lists(st.integers(0, 9).map(float) | st.just(NAN), min_size=CERCLES, max_size=CERCLES),
    min_size=1,
    max_size=4,
)


@st.composite
def all_rules(draw):
    number = Limit("all", frozenset(range(CERCLES)), most=draw(st.none() | st.integers(0, CERCLES)))
    budget = draw(st.none() | st.integers(0, 20))
    costs = draw(st.lists(st.integers(0, 9), min_size=CERCLES, max_size=CERCLES))
    return Rules([*draw(limits), number], draw(places), draw(places), budget, costs)


def choose_or_assume(scores, rules):
    order, ranks = in_order(scores)
    try:
        return choose(order, rules, eligible=~np.isnan(ranks))
    except ImpossibleRules:
        assume(False)


@law
@given(all_scores, all_rules())
def test_every_choice_keeps_limits_budget_must_and_barred(scores, rules):
    for how, row in zip(choose_or_assume(scores, rules), scores, strict=True):
        inside = set(np.flatnonzero(how).tolist())
        assert rules.must <= inside
        assert not rules.barred & inside
        assert all(place in rules.must for place in inside if np.isnan(row[place]))
        for limit in rules.limits:
            assert limit.most is None or len(limit.members & inside) <= limit.most
        assert rules.budget is None or sum(rules.costs[place] for place in inside) <= rules.budget


@law
@given(all_scores, all_rules())
def test_whoever_stays_out_is_barred_unranked_or_held_back(scores, rules):
    for how, row in zip(choose_or_assume(scores, rules), scores, strict=True):
        for place in np.flatnonzero(how == How.NOT):
            is_out_anyway = place in rules.barred or np.isnan(row[place])
            assert is_out_anyway or held_back_by(place, how > 0, rules)


@law
@given(all_scores, all_rules())
def test_draws_in_one_call_are_chosen_as_one_at_a_time(scores, rules):
    together = choose_or_assume(scores, rules)
    for how, row in zip(together, scores, strict=True):
        assert how.tolist() == choose_or_assume([row], rules)[0].tolist()


@law
@given(all_scores, all_rules(), st.integers(0, CERCLES))
def test_a_larger_number_keeps_all_that_a_smaller_one_chose(scores, rules, number):
    ceilings = [Limit(each.key, each.members, most=each.most) for each in rules.limits[:-1]]

    def choice(most):
        with_number = [*ceilings, Limit("all", frozenset(range(CERCLES)), most=most)]
        return choose_or_assume(scores, Rules(with_number, rules.must, rules.barred)) > 0

    assert (choice(number) <= choice(number + 1)).all()
