import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.aggregating import Aggregation
from geo.choosing import Limit, Rules
from geo.normalising import Normalisation, Scale
from geo.robustness import AS_CHOSEN, USUAL, Measured, Outcome, Spread, Zone
from geo.sensitivity import (
    Exchange,
    Indices,
    Source,
    average_shift,
    dirichlet_weights,
    leave_one_out,
    sobol,
)

NAN = float("nan")


def the_best(number: int, *, of: int) -> Rules:
    return Rules([Limit("all", frozenset(range(of)), most=number)])


def measured(key: str, *values: float, placed=None, filled=None) -> Measured:
    def pool(rows):
        return None if rows is None else np.array(rows, dtype=float)

    return Measured(key, Scale(), np.array(values, dtype=float), pool(placed), pool(filled))


def zone(*criteria: Measured, shares: list[float], key: str = "all", first: int = 0) -> Zone:
    return Zone(key, range(first, first + len(criteria[0].values)), criteria, shares)


TWO_CRITERIA = [
    zone(measured("violence", 4, 3, 2, 0), measured("people", 0, 1, 2, 3), shares=[0.6, 0.4]),
]
ONLY_WEIGHTS = Spread(concentration=10, normalisations=(None,), aggregations=(None,))
ONLY_DATA = Spread(concentration=None, normalisations=(None,), aggregations=(None,))


def test_weights_alone_in_doubt_make_all_the_variance():
    found = sobol(TWO_CRITERIA, the_best(2, of=4), spread=ONLY_WEIGHTS)

    assert list(found.shift) == [Source.WEIGHTS]
    assert found.shift[Source.WEIGHTS].total == pytest.approx(1, abs=0.05)
    assert found.shift[Source.WEIGHTS].first == pytest.approx(1, abs=0.05)
    assert found.staying[Source.WEIGHTS].total == pytest.approx(1, abs=0.05)


def test_doubts_that_add_up_share_the_variance_by_their_squares():
    # One of two placings swaps the two cercles of one zone: 2 ranks. One of two fillings lifts the third of
    # the other zone to the first place: 2 + 1 + 1 ranks. Two coins of 2 and 4: variances 1 and 4.
    placed = zone(measured("events", 2, 1, placed=[[2, 1], [1, 2]]), shares=[1], key="north")
    filled = zone(
        measured("people", 2, 1, 0, filled=[[NAN, NAN, 0], [NAN, NAN, 3]]), shares=[1], key="south", first=2
    )

    found = sobol([placed, filled], the_best(2, of=5), spread=ONLY_DATA)

    assert found.shift[Source.PLACES].first == pytest.approx(0.2, abs=0.02)
    assert found.shift[Source.PLACES].total == pytest.approx(0.2, abs=0.02)
    assert found.shift[Source.FILLED].first == pytest.approx(0.8, abs=0.02)
    assert found.shift[Source.FILLED].total == pytest.approx(0.8, abs=0.02)
    assert found.mean_shift == pytest.approx((2 + 4) / 2 / 5, abs=0.01)
    assert found.evaluations == 1024 * 4


def test_doubts_that_change_the_choice_only_together_have_a_total_above_the_first():
    # Two cercles 1 apart: either doubt takes 0.6 from that, both take 1.2. The chosen one stays unless both
    # coins fall so: variance 3/16, each alone 1/16, each in all 2/16.
    doubted = zone(
        measured("events", 1, 0, placed=[[1, 0], [0, 1]]),
        measured("people", 1, 0, filled=[[1, 0], [0, 1]]),
        measured("works", 1, 0),
        shares=[0.3, 0.3, 0.4],
    )

    found = sobol([doubted], the_best(1, of=2), spread=ONLY_DATA)

    for source in (Source.PLACES, Source.FILLED):
        assert found.staying[source].first == pytest.approx(1 / 3, abs=0.05)
        assert found.staying[source].total == pytest.approx(2 / 3, abs=0.05)
    assert found.mean_staying == pytest.approx(3 / 4, abs=0.01)


def test_a_result_that_never_changes_has_no_index():
    # One criterion: no normalisation and no mean changes the order.
    lone = [zone(measured("violence", 3, 2, 1), shares=[1])]

    found = sobol(lone, the_best(1, of=3))

    assert found.shift == dict.fromkeys((Source.NORMALISATION, Source.AGGREGATION), Indices(None, None))
    assert found.staying == found.shift
    assert (found.mean_shift, found.mean_staying) == (0, 1)


def test_nothing_in_doubt_leaves_nothing_to_tell():
    found = sobol(TWO_CRITERIA, the_best(2, of=4), spread=AS_CHOSEN)
    assert (found.shift, found.staying) == ({}, {})
    assert (found.mean_shift, found.mean_staying) == (0, 2)


def test_only_what_is_in_doubt_is_told():
    other_scales = Spread(
        concentration=None, normalisations=(None, Normalisation.PERCENTILE), aggregations=tuple(Aggregation)
    )
    found = sobol(TWO_CRITERIA, the_best(2, of=4), spread=other_scales, samples=8)
    assert list(found.shift) == [Source.NORMALISATION, Source.AGGREGATION]


def test_cercles_without_score_move_no_rank():
    unknown = [zone(measured("violence", NAN, NAN), measured("people", 2, 1), shares=[0.5, 0.5])]
    found = sobol(unknown, the_best(1, of=2), spread=ONLY_WEIGHTS, samples=8)
    assert found.shift == {Source.WEIGHTS: Indices(None, None)}
    assert (found.mean_shift, found.mean_staying) == (0, 0)


def test_the_same_seed_gives_the_same_indices():
    first, again, other = (
        sobol(TWO_CRITERIA, the_best(2, of=4), spread=USUAL, samples=64, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_the_average_shift_leaves_out_who_has_no_rank():
    chosen = Outcome(np.zeros((1, 4), bool), np.array([[1, 2, 3, NAN]]))
    drawn = Outcome(np.zeros((2, 4), bool), np.array([[3, 2, 1, NAN], [1, NAN, 2, NAN]]))
    assert average_shift(drawn, chosen).tolist() == [4 / 3, 1 / 2]


def test_uniform_numbers_become_weights_through_gamma_variables():
    # A concentration of 2 on two equal shares: exponential variables, -ln(1 - u): ln 2 and ln 4.
    two = [zone(measured("a", 0, 1), measured("b", 0, 1), shares=[0.5, 0.5])]
    [weights] = dirichlet_weights(two, Spread(concentration=2), np.array([[0.5, 0.75]]))
    assert weights.tolist() == [pytest.approx([1 / 3, 2 / 3])]


def test_weights_have_the_mean_and_the_spread_of_dirichlet_s():
    shares = [0.5, 0, 0.3, 0.2]
    four = [zone(*(measured(key, 0, 1) for key in "abcd"), shares=shares)]
    uniforms = np.random.default_rng(1).random((20_000, 3))

    [weights] = dirichlet_weights(four, Spread(concentration=30), uniforms)

    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights.mean(axis=0) == pytest.approx(shares, abs=0.003)
    assert weights.std(axis=0) == pytest.approx([(w * (1 - w) / 31) ** 0.5 for w in shares], rel=0.03)


def test_a_share_next_to_nothing_gives_a_weight_all_the_same():
    two = [zone(measured("a", 0, 1), measured("b", 0, 1), shares=[0.5, 0.5])]
    [weights] = dirichlet_weights(two, Spread(concentration=0.001), np.array([[0.1, 0.1]]))
    assert weights.tolist() == [[0.5, 0.5]]


def test_dropping_a_criterion_tells_who_enters_and_who_leaves():
    # By violence 4, 3, 2, 0 and people 0, 1, 2, 3 at 0.6 and 0.4 the first two are chosen: 0.60 and 0.58.
    found = leave_one_out(TWO_CRITERIA, the_best(2, of=4))
    assert found["all"]["violence"] == Exchange(enters=(2, 3), leaves=(0, 1))
    assert found["all"]["people"] == Exchange(enters=(), leaves=())


def test_the_only_weighty_criterion_cannot_be_dropped():
    lone = [zone(measured("violence", 2, 1), measured("people", 1, 2), shares=[1, 0])]
    found = leave_one_out(lone, the_best(1, of=2))
    assert found == {"all": {"violence": None, "people": Exchange((), ())}}


def test_a_cercle_that_lacked_the_dropped_criterion_is_ranked():
    gap = [zone(measured("violence", 2, 1, NAN), measured("people", 1, 2, 3), shares=[0.8, 0.2])]
    assert leave_one_out(gap, the_best(1, of=3))["all"]["violence"] == Exchange(enters=(2,), leaves=(0,))


def test_dropping_a_criterion_of_one_zone_leaves_the_other_as_it_is():
    north = zone(measured("a", 2, 1), measured("b", 1, 2), shares=[0.9, 0.1], key="north")
    south = zone(measured("a", 2, 1), measured("b", 1, 2), shares=[0.9, 0.1], key="south", first=2)
    rules = Rules([Limit("north", frozenset({0, 1}), most=1), Limit("south", frozenset({2, 3}), most=1)])

    found = leave_one_out([north, south], rules)

    assert found["north"]["a"] == Exchange(enters=(1,), leaves=(0,))
    assert found["south"]["a"] == Exchange(enters=(3,), leaves=(2,))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=2, max_size=4), st.data())
def test_as_many_enter_as_leave_where_all_are_ranked(columns, data):
    shares = data.draw(st.lists(st.integers(1, 5), min_size=len(columns), max_size=len(columns)))
    criteria = [measured(str(at), *column) for at, column in enumerate(columns)]
    found = leave_one_out([zone(*criteria, shares=[s / sum(shares) for s in shares])], the_best(2, of=5))
    for exchange in found["all"].values():
        assert len(exchange.enters) == len(exchange.leaves)
        assert not set(exchange.enters) & set(exchange.leaves)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=6))
def test_no_index_is_ever_nan(rows):
    first, second = zip(*rows, strict=True)
    twofold = [zone(measured("a", *first), measured("b", *second), shares=[0.5, 0.5])]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sobol(twofold, the_best(2, of=len(rows)), samples=16)
    for index in (*found.shift.values(), *found.staying.values()):
        assert index == Indices(None, None) or np.isfinite([index.first, index.total]).all()
        assert index.total is None or index.total >= 0
