"""Where to build under a budget: instances small enough to solve by hand; and laws."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.siting import Status, solve
from geo.siting_demand import demands
from geo.siting_greedy import exchanged, greedy, keeps_all
from geo.siting_problem import After, Limit, Problem, value_of, without


def problem(people, served, costs=None, **about):
    """Each option serves these villages, of so many people each."""
    made = demands(people, [served], [np.ones(len(people), bool)])
    costs = np.ones(len(served)) if costs is None else np.array(costs, float)
    return Problem(made.weights, made.needs, made.demand_of, costs, **about)


# Five villages on a road; a post at one serves its neighbours too.
ROAD = [10.0, 20.0, 5.0, 20.0, 10.0]
NEIGHBOURS = [[0, 1], [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4]]


def test_two_posts_on_a_road_serve_all_five_villages():
    found = solve(problem(ROAD, NEIGHBOURS, budgets=(2.0,)))
    assert (found.status, found.value, found.gap) == (Status.OPTIMAL, 65.0, 0.0)
    assert len(found.sites) == 2


def test_one_post_on_a_road_serves_most_from_its_middle():
    assert solve(problem(ROAD, NEIGHBOURS, budgets=(1.0,))).options == (2,)


def test_the_greedy_choice_begins_in_the_middle_and_regrets_it():
    # The middle serves 24 at once, either side 20; both sides together 40, the middle and a side 36.
    asked = problem([12.0, 8.0, 8.0, 12.0, 8.0], [[0, 1], [1, 2, 4], [2, 3]], budgets=(2.0,))
    steps = greedy(asked)
    assert [step.option for step in steps] == [1, 0]
    assert [step.gain for step in steps] == [24.0, 12.0]
    assert solve(asked).options == (0, 2)
    assert solve(asked).value == 40.0


def test_a_dear_site_is_left_for_two_cheap_ones():
    asked = problem([30.0, 20.0, 20.0], [[0], [1], [2]], costs=[3, 2, 1], budgets=(3.0,))
    assert solve(asked).options == (1, 2)


def test_floors_and_exclusions_bind():
    limits = (Limit("floor:east", (4,), least=1), Limit("exclude:middle", (1,), most=0))
    asked = problem(ROAD, NEIGHBOURS, budgets=(2.0,), limits=limits)
    # The end of the road must be served from its end: 30 people, and 30 from its other end.
    assert (solve(asked).options, solve(asked).value) == ((0, 4), 60.0)
    assert solve(without(asked, "floor:east", "exclude:middle")).value == 65.0


def test_rules_that_cannot_hold_together_have_no_choice():
    limits = (Limit("floor:a", (0,), least=1), Limit("floor:b", (4,), least=1))
    found = solve(problem(ROAD, NEIGHBOURS, budgets=(1.0,), limits=limits))
    assert (found.status, found.sites) == (Status.INFEASIBLE, ())
    assert np.isnan(found.value)


def test_an_upgrade_and_a_new_post_at_one_place_exclude_each_other():
    alone = (Limit("alone", (0, 1), most=1),)
    asked = problem([10.0, 5.0], [[0], [0, 1]], costs=[1, 2], budgets=(3.0,), limits=alone)
    assert solve(asked).options == (1,)


def test_each_year_has_its_budget_and_what_one_leaves_is_spent_in_the_next():
    # One unit a year, three years; the dear site must wait until two are saved.
    asked = problem([10.0, 15.0], [[0], [1]], costs=[1, 2], budgets=(1.0, 2.0, 3.0), counts_years=True)
    # The cheap one at once and the dear one in the third year: 10 * 3 + 15. The dear one first: 15 * 2 + 10.
    assert solve(asked).sites == ((0, 0), (1, 2))
    assert solve(asked).value == 45.0


def test_people_at_the_end_do_not_care_when():
    asked = problem([10.0, 15.0], [[0], [1]], costs=[1, 2], budgets=(1.0, 2.0, 3.0))
    found = solve(asked)
    assert found.value == 25.0
    assert keeps_all(asked, found.sites)


def test_a_court_opens_only_once_police_are_there():
    # Options 0 and 1: police and court at one place. One unit a year.
    after = (After("order", 1, (0,)),)
    asked = problem([1.0, 50.0], [[0], [1]], budgets=(1.0, 2.0), counts_years=True, afters=after)
    assert solve(asked).sites == ((0, 0), (1, 1))
    nowhere = problem([1.0, 50.0], [[0], [1]], budgets=(1.0,), afters=(After("order", 1, ()),))
    assert solve(nowhere).options == (0,)


def test_a_chain_counts_once_it_is_whole():
    # Ten people need both; a court alone covers nobody.
    made = demands([10.0], [[[0], []], [[], [0]]], [[True], [True]])
    asked = Problem(made.weights, made.needs, made.demand_of, np.ones(2), budgets=(1.0,))
    assert solve(asked).value == 0.0
    both = Problem(**vars(asked) | {"budgets": (2.0,)})
    assert (solve(both).options, solve(both).value) == ((0, 1), 10.0)
    assert [step.option for step in greedy(both)] == [0, 1]


def test_a_chain_that_stands_in_part_needs_the_rest():
    made = demands([10.0, 4.0], [[[0, 1], []], [[], [0, 1]]], [[False, True], [True, True]])
    asked = Problem(made.weights, made.needs, made.demand_of, np.ones(2), budgets=(1.0,))
    assert (solve(asked).options, solve(asked).value) == ((1,), 10.0)


def test_a_share_is_reached_at_the_least_cost():
    asked = problem(ROAD, NEIGHBOURS, costs=[1, 3, 3, 3, 1], target=60.0)
    found = solve(asked)
    assert (found.options, found.value) == ((0, 4), 2.0)
    assert solve(problem(ROAD, NEIGHBOURS, target=66.0)).status is Status.INFEASIBLE


def test_too_large_a_search_is_not_begun_and_its_gap_is_told():
    # Half a site is 5 people more than none; two whole ones cannot be paid.
    asked = problem([10.0, 10.0, 10.0], [[0], [1], [2]], costs=[2, 2, 2], budgets=(3.0,))
    stopped = solve(asked, largest_search=0)
    assert (stopped.status, stopped.value, stopped.gap) == (Status.STOPPED, 10.0, 5.0)
    assert (solve(asked).status, solve(asked).gap) == (Status.OPTIMAL, 0.0)


def test_of_twins_the_first_is_taken():
    assert solve(problem([10.0], [[0], [0], [0]], budgets=(1.0,))).options == (0,)


def test_nothing_to_cover_is_no_error():
    assert solve(problem([0.0, float("nan")], [[0], [1]], budgets=(1.0,))).value == 0.0


def test_an_exchange_mends_what_greed_spoiled():
    asked = problem([12.0, 8.0, 8.0, 12.0, 8.0], [[0, 1], [1, 2, 4], [2, 3]], budgets=(2.0,))
    assert exchanged(asked, ((0, 0), (1, 0))) == ((0, 0), (2, 0))


def test_villages_that_the_same_sites_serve_are_one_demand():
    made = demands([5.0, 7.0, 2.0, 9.0], [[[0, 1], [0, 1, 2]]], [[True, True, True, True]])
    assert made.weights.tolist() == [12.0, 2.0]
    assert made.demand_of_place.tolist() == [0, 0, 1, -1]
    assert made.needs.toarray().tolist() == [[1.0, 1.0], [0.0, 1.0]]


@st.composite
def instances(draw):
    options, places = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    served = [draw(st.lists(st.integers(0, places - 1), unique=True)) for _ in range(options)]
    people = draw(st.lists(st.integers(0, 50), min_size=places, max_size=places))
    costs = draw(st.lists(st.integers(1, 5), min_size=options, max_size=options))
    return [float(each) for each in people], served, costs, draw(st.integers(0, 12))


def best_by_trying(people, served, costs, budget):
    best = 0.0
    for chosen in range(2 ** len(served)):
        options = [at for at in range(len(served)) if chosen >> at & 1]
        if sum(costs[at] for at in options) <= budget:
            best = max(best, sum(people[each] for each in set().union(*(served[at] for at in options))))
    return best


@settings(max_examples=40, deadline=None)
@given(instances())
def test_laws(asked):
    people, served, costs, budget = asked
    now = problem(people, served, costs, budgets=(float(budget),))
    found = solve(now, largest_gap=1e-9)
    assert found.value == best_by_trying(people, served, costs, budget)
    steps = greedy(now)
    assert found.value >= value_of(now, [step[:2] for step in steps])
    assert sum(step.gain for step in steps) == value_of(now, [step[:2] for step in steps])
    more = solve(problem(people, served, costs, budgets=(budget + 1.0,)), largest_gap=1e-9)
    assert more.value >= found.value
    barred = problem(people, served, costs, budgets=(float(budget),), limits=(Limit("x", (0,), most=0),))
    assert solve(barred, largest_gap=1e-9).value <= found.value
    assert found.bound >= found.value
