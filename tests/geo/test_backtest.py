from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.backtest import (
    Trials,
    agreement,
    as_good,
    by_chance,
    by_chance_apart,
    leave_region_out,
    spearman,
    tried,
    unexplained,
)
from geo.choosing import Limit, Rules
from geo.normalising import Scale
from geo.robustness import Measured, Zone

NAN = float("nan")

some = st.frozensets(st.integers(0, 9))
SCORES = {place: float(10 - place) for place in range(10)}


def the_best(number: int, *, of: int) -> Rules:
    return Rules([Limit("all", frozenset(range(of)), most=number)])


def zone(shares: list[float], *columns: list[float], key: str = "all", first: int = 0) -> Zone:
    criteria = [
        Measured(f"k{at}", Scale(), np.array(column, dtype=float)) for at, column in enumerate(columns)
    ]
    return Zone(key, range(first, first + len(columns[0])), criteria, shares)


# agreement


def test_agreement_of_two_choices_by_hand():
    # Chosen 0, 1, 2; really 1, 2, 3, 4: two in common, five in either.
    found = agreement([0, 1, 2], [1, 2, 3, 4], scores=SCORES)

    assert found.common == (1, 2)
    assert found.missed == (3, 4)
    assert found.false == (0,)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 4)
    assert found.jaccard == pytest.approx(2 / 5)
    assert found.chance.mean == pytest.approx(3 * 4 / 10)


def test_nobody_chosen_has_no_precision_and_nobody_real_no_recall():
    nobody = agreement([], [], scores=SCORES)
    assert (nobody.precision, nobody.recall, nobody.jaccard, nobody.correlation) == (None,) * 4
    assert agreement([], [1], scores=SCORES).recall == 0
    assert agreement([], [1], scores=SCORES).precision is None


def test_a_real_cercle_without_score_is_told_and_left_out_of_the_correlation():
    found = agreement([0], [0, 2], scores={0: 9.0, 1: 5.0, 2: None})
    assert found.unscored == (2,)
    assert found.missed == (2,)
    assert found.correlation == pytest.approx(1)
    assert found.chance.mean == pytest.approx(2 / 3)


def test_a_cercle_that_was_not_compared_is_named():
    with pytest.raises(ValueError, match=r"not among the cercles compared: \[12\]"):
        agreement([0], [12], scores=SCORES)


@given(some, some)
def test_the_jaccard_index_is_a_share_and_whole_only_of_equal_choices(ours, theirs):
    assume(ours or theirs)
    found = agreement(ours, theirs, scores=SCORES).jaccard
    assert 0 <= found <= 1
    assert (found == 1) == (ours == theirs)


@given(some.filter(bool), st.permutations(range(10)))
def test_precision_and_recall_of_as_many_are_equal(ours, shuffled):
    theirs = shuffled[: len(ours)]
    found = agreement(ours, theirs, scores=SCORES)
    assert found.precision == found.recall


@given(some, some)
def test_precision_and_recall_change_places_with_the_choices(ours, theirs):
    there, back = (
        agreement(ours, theirs, scores=SCORES),
        agreement(theirs, ours, scores=SCORES),
    )
    assert (there.precision, there.recall, there.jaccard) == (back.recall, back.precision, back.jaccard)


@given(some, some, st.integers(0, 9))
def test_one_more_in_common_lowers_neither_recall_nor_precision(ours, theirs, more):
    ours, theirs = (ours - {more}) | {(more + 1) % 10}, theirs | {more}
    before = agreement(ours, theirs, scores=SCORES)
    after = agreement(ours | {more}, theirs, scores=SCORES)
    assert after.recall > before.recall
    assert after.precision >= before.precision


# chance


def test_twenty_one_of_fifty_three_at_random_meet_eight_of_the_real_ones():
    found = by_chance(53, 21, 21)
    assert found.mean == pytest.approx(8.32, abs=0.005)
    assert (found.low, found.high) == (5, 11)


def test_two_of_four_against_two_meet_none_one_or_both():
    # 1, 4 and 1 of the 6 pairs.
    assert by_chance(4, 2, 2) == (1, 0, 2)


def test_more_than_there_are_cannot_be_drawn():
    with pytest.raises(ValueError, match="cannot be taken from 3"):
        by_chance(3, 4, 1)
    with pytest.raises(ValueError, match="cannot be taken from 0"):
        by_chance(0, 0, 0)


def test_zones_are_drawn_from_apart():
    # Each meets none or one, as likely: none twice 1/4, one 1/2, both 1/4.
    assert by_chance_apart([(2, 1, 1), (2, 1, 1)]) == (1, 0, 2)
    # A zone of which all are chosen adds its real ones for sure.
    assert by_chance_apart([(53, 21, 21), (3, 3, 2)]) == (by_chance(53, 21, 21).mean + 2, 7, 13)


@given(st.integers(1, 7), st.data())
def test_chance_is_what_counting_every_choice_gives(cercles, data):
    chosen, real = (data.draw(st.integers(0, cercles)) for _ in range(2))
    met = sorted(sum(place < real for place in each) for each in combinations(range(cercles), chosen))

    found = by_chance(cercles, chosen, real)

    assert found.mean == pytest.approx(sum(met) / len(met))
    assert (found.low, found.high) == tuple(
        next(n for n in met if Fraction(sum(each <= n for each in met), len(met)) >= share)
        for share in (Fraction(5, 100), Fraction(95, 100))
    )


# rank correlation


def test_ranks_shared_in_the_middle():
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: sums of products 4.5, of squares 4.5 and 5.
    assert spearman([1, 5, 5, 9], [1, 2, 3, 4]) == pytest.approx(4.5 / (4.5 * 5) ** 0.5)


@pytest.mark.parametrize(("first", "second"), [([], []), ([1], [2]), ([1, 1], [1, 2]), ([1, 2], [0, 0])])
def test_no_correlation_without_two_that_differ(first, second):
    assert spearman(first, second) is None


pairs = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=12)


@given(pairs)
def test_only_the_order_counts_for_the_correlation(rows):
    first, second = (np.array(each, dtype=float) for each in zip(*rows, strict=True))
    found = spearman(first, second)
    assume(found is not None)
    assert -1 <= found <= 1
    assert spearman(first**3, second) == pytest.approx(found)
    assert spearman(-first, second) == pytest.approx(-found)
    assert spearman(first, first) == pytest.approx(1)


# weightings


# By the first criterion 0 is best, by the second 2; 1 is second by both, and by both halves first.
APART = [zone([0.5, 0.5], [10, 7, 0, 0], [0, 7, 10, 0])]


def test_weightings_that_do_as_well_as_the_best_are_a_set_with_its_range():
    # With w on the first criterion the scores are w, 0.7 and 1 - w: place 0 is chosen from 0.7 on.
    trials = tried(APART, the_best(1, of=4), draws=10_000, seed=1)

    found = as_good(trials, [0])

    assert found.draws == 10_000
    assert found.as_best.common == 1
    assert found.as_best.number == pytest.approx(3000, abs=150)
    share = found.as_best.shares["all"]["k0"]
    assert share.least == pytest.approx(0.7, abs=0.001)
    assert share.median == pytest.approx(0.85, abs=0.01)
    assert share.most == pytest.approx(1, abs=0.001)
    assert found.as_best.shares["all"]["k1"].most == pytest.approx(0.3, abs=0.001)
    assert found.counts == (10_000 - found.as_best.number, found.as_best.number)
    assert found.mean_common == pytest.approx(0.3, abs=0.015)


def test_weightings_that_do_as_well_as_the_one_that_stands():
    # At halves place 1 is chosen, not 0: every weighting does as well as that.
    trials = tried(APART, the_best(1, of=4), draws=100, seed=1)
    found = as_good(trials, [0]).as_chosen
    assert (found.common, found.number) == (0, 100)


def test_no_weighting_drawn_may_do_as_well_as_the_one_that_stands():
    nobody, place_0 = np.zeros((1, 4), bool), np.array([True, False, False, False])
    trials = Trials(APART, Rules(), [np.array([[1.0, 0.0]])], nobody, place_0, np.ones(4, bool))
    found = as_good(trials, [0]).as_chosen
    assert (found.common, found.number, found.mean_common, found.shares) == (1, 0, None, None)


def test_real_cercles_that_no_weighting_explains_and_those_that_all_do():
    # Place 3 is last by both; of two chosen, place 1 is always one.
    trials = tried(APART, the_best(2, of=4), draws=1000, seed=1)

    found = unexplained(trials, [0, 1, 3])

    assert (found.draws, found.never, found.always, found.unscored) == (1000, (3,), (1,), ())
    assert found.share[0] == pytest.approx(0.5, abs=0.05)


def test_a_real_cercle_without_score_is_not_called_unexplained():
    gap = [zone([0.5, 0.5], [10, NAN, 0], [1, 9, 0])]
    found = unexplained(tried(gap, the_best(1, of=3), draws=10), [1, 2])
    assert (found.never, found.unscored) == ((2,), (1,))


def test_a_criterion_without_weight_is_not_tried():
    off = [zone([1, 0], [2, 1], [NAN, NAN])]
    trials = tried(off, the_best(1, of=2), draws=10)
    assert trials.weights[0].tolist() == [[pytest.approx(1), 0]] * 10
    assert trials.chosen.tolist() == [[True, False]] * 10


def test_weights_are_drawn_evenly_from_all_there_are():
    three = [zone([0.8, 0.1, 0.1], [1, 0], [1, 0], [1, 0])]
    [weights] = tried(three, the_best(1, of=2), draws=20_000, seed=3).weights
    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)
    # Above a half in a corner triangle of a quarter of the area.
    assert (weights > 0.5).mean(axis=0) == pytest.approx([1 / 4] * 3, abs=0.01)


def test_zones_are_drawn_apart_from_each_other():
    two = [
        zone([0.5, 0.5], [1, 0], [0, 1], key="north"),
        zone([0.5, 0.5], [1, 0], [0, 1], key="south", first=2),
    ]
    rules = Rules([Limit("north", frozenset({0, 1}), most=1), Limit("south", frozenset({2, 3}), most=1)])
    found = as_good(tried(two, rules, draws=10_000), [0, 2])
    assert [count / 10_000 for count in found.counts] == pytest.approx([0.25, 0.5, 0.25], abs=0.02)
    assert set(found.as_best.shares) == {"north", "south"}


def test_the_same_seed_draws_the_same_weightings():
    first, again, other = (tried(APART, the_best(1, of=4), draws=50, seed=seed) for seed in (1, 1, 2))
    assert (first.weights[0] == again.weights[0]).all()
    assert (first.weights[0] != other.weights[0]).any()


def test_a_region_left_out_is_met_by_what_fits_elsewhere():
    # Really chosen: 0 and 1, both first by the first criterion. Without north, whatever chooses 1 is best,
    # and so does what chooses 0, for their values are the same.
    alike = [zone([0.5, 0.5], [9, 9, 0, 0], [0, 0, 9, 9])]
    trials = tried(alike, the_best(2, of=4), draws=1000, seed=1)

    found = leave_region_out(trials, [0, 1], {"north": [0, 2], "south": [1, 3], "empty": []})

    assert list(found) == ["north", "south"]
    north = found["north"]
    assert (north.real, north.elsewhere, north.recovered, north.least, north.most) == (1, 1, 1, 1, 1)
    assert north.weightings == pytest.approx(500, abs=50)
    assert north.by_chance == pytest.approx(2 * 1 / 4)


def test_what_fits_elsewhere_can_miss_the_region_left_out():
    # Of two chosen, 0 and 2 are really so. Without north one of 1, 2, 3 is chosen: place 2 by a weight below
    # 0.3 on the first criterion, where 0 is but third of all.
    trials = tried(APART, the_best(2, of=4), draws=1000, seed=1)

    found = leave_region_out(trials, [0, 2], {"north": [0], "south": [2]})

    assert (found["north"].elsewhere, found["north"].recovered) == (1, 0)
    assert found["north"].weightings == pytest.approx(300, abs=50)
    assert (found["south"].elsewhere, found["south"].recovered) == (1, 0)


def test_who_must_be_in_elsewhere_keeps_room_when_a_region_is_left_out():
    # The only room is of place 1, which must be in; the real one of north would have taken it.
    rules = Rules([Limit("all", frozenset(range(4)), most=1)], must=frozenset({1}))
    trials = tried(APART, rules, draws=10)
    found = leave_region_out(trials, [0, 1], {"north": [0]})
    assert (found["north"].elsewhere, found["north"].recovered) == (1, 0)


def test_a_region_left_out_leaves_the_money_of_its_cercles_too():
    # Of 3 place 0 takes 2 and leaves 1 to those elsewhere: enough for place 1, not for 2 which is before it.
    alike = [zone([1], [4, 2, 3, 1])]
    trials = tried(alike, Rules(budget=3, costs=(2, 1, 2, 1)), draws=10)
    assert trials.chosen[0].tolist() == [True, True, False, False]

    found = leave_region_out(trials, [0, 1], {"north": [0]})

    assert (found["north"].elsewhere, found["north"].recovered) == (1, 1)


def test_on_a_real_choice_drawn_at_random_a_region_left_out_does_as_chance():
    random = np.random.default_rng(5)
    chance, recovered = 0.0, 0.0
    for seed in range(12):
        by_two = [zone([0.5, 0.5], random.random(40).tolist(), random.random(40).tolist())]
        real = random.permutation(40)[:16].tolist()
        trials = tried(by_two, the_best(16, of=40), draws=200, seed=seed)
        found = leave_region_out(trials, real, {str(at): range(at, 40, 5) for at in range(5)}).values()
        chance += sum(each.by_chance for each in found)
        recovered += sum(each.recovered for each in found)
    assert chance == pytest.approx(12 * 16 * 16 / 40)
    assert recovered == pytest.approx(chance, rel=0.15)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=8),
    st.frozensets(st.integers(0, 3), min_size=1),
)
def test_the_best_weightings_never_have_fewer_in_common_than_any(rows, real):
    first, second = (list(each) for each in zip(*rows, strict=True))
    trials = tried([zone([0.5, 0.5], first, second)], the_best(2, of=len(rows)), draws=50)
    found = as_good(trials, real)
    explained = unexplained(trials, real)

    assert sum(found.counts) == found.draws
    assert found.as_best.common <= len(real) - len(explained.never)
    assert found.as_best.common >= len(explained.always)
    assert found.mean_common == pytest.approx(sum(explained.share.values()))
    assert found.as_best.number <= found.draws
