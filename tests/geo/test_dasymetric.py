"""People shared among settlements: whole numbers, exact totals, by rank, by a raster, by drawn weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dasymetric import (
    NO_CELL,
    ToShare,
    class_weights,
    drawn_class_weights,
    people_of_draws,
    people_of_settlements,
    people_of_weights,
    raster_weights,
    weights,
)
from geo.vocabulary import SettlementClass


def test_without_a_raster_rank_alone_shares_the_people():
    seat, village, unranked = SettlementClass.CERCLE_SEAT, SettlementClass.VILLAGE, None
    assert people_of_settlements(2200, [seat, village, unranked], [None] * 3, {}) == [2000, 100, 100]


def test_a_cell_gives_its_people_to_its_own_settlements():
    assert people_of_settlements(1000, [5, 5, 5], [1, 1, 2], {1: 300, 2: 700}) == [150, 150, 700]


def test_people_of_a_cell_without_settlement_go_to_all_others_in_proportion():
    assert people_of_settlements(1000, [5, 5], [1, 2], {1: 100, 2: 300, 3: 600}) == [250, 750]


def test_a_settlement_in_no_cell_has_nobody_where_the_raster_tells_of_others():
    assert people_of_settlements(1000, [5, 5], [1, None], {1: 100}) == [1000, 0]


def test_a_raster_without_people_tells_nothing():
    assert people_of_settlements(1000, [5, 5], [1, 2], {1: 0, 2: 0}) == [500, 500]


def test_no_figure_is_not_zero():
    assert people_of_settlements(None, [5, 5], [1, 2], {1: 1, 2: 1}) == [None, None]
    assert people_of_settlements(0, [5, 5], [1, 2], {1: 1, 2: 1}) == [0, 0]


def test_a_cercle_without_settlement_places_nobody():
    assert people_of_settlements(1000, [], [], {}) == []


@given(
    st.integers(0, 3_000_000),
    st.lists(st.tuples(st.sampled_from([1, 2, 3, 4, 5, None]), st.sampled_from([None, 1, 2, 3])), min_size=1),
    st.dictionaries(st.sampled_from([1, 2, 3]), st.floats(0, 1e6)),
)
def test_the_total_is_kept_exactly(people, settlements, cells):
    classes, in_cells = zip(*settlements, strict=True)
    assert sum(people_of_settlements(people, classes, in_cells, cells)) == people


SETTLEMENTS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([0, 1, 2, 3, 4, 5]), st.sampled_from([NO_CELL, 0, 1, 2])),
    min_size=1,
)
"""Each its zone, its rank and one of the three cells of that zone."""
PEOPLE = st.lists(st.none() | st.integers(0, 3_000_000), min_size=3, max_size=3)
RASTER = st.lists(st.floats(0, 1e6), min_size=9, max_size=9)


def to_share(settlements, people, raster):
    zones, classes, cells = (np.array(column) for column in zip(*settlements, strict=True))
    known = np.array([np.nan if each is None else each for each in people], float)
    in_cells = np.where(cells == NO_CELL, NO_CELL, 3 * zones + cells)
    return ToShare(zones, known, in_cells, np.array(raster)), classes.tolist()


def sums_of(shared, asked):
    return [shared[asked.zone == zone].sum() for zone in np.unique(asked.zone)]


@given(SETTLEMENTS, PEOPLE, RASTER)
def test_by_every_method_totals_are_exact_and_nobody_is_less_than_none(settlements, people, raster):
    asked, classes = to_share(settlements, people, raster)
    by_class = class_weights(classes)
    totals = asked.people_of_zones[np.unique(asked.zone)]
    both = people_of_weights(weights(by_class, asked), asked)
    ranks_alone = people_of_weights(weights(by_class, asked.without_raster), asked)
    draws = people_of_draws(weights_of_draws(classes, asked), asked)
    for shared in (both, ranks_alone, *draws):
        np.testing.assert_array_equal(sums_of(shared, asked), totals)
        assert not (shared < 0).any()
        assert (np.isnan(shared) == np.isnan(asked.people_of_zones)[asked.zone]).all()
    raster_alone = sums_of(people_of_weights(raster_weights(asked), asked), asked)
    np.testing.assert_array_equal(np.where(np.isnan(raster_alone), totals, raster_alone), totals)


def weights_of_draws(classes, asked):
    return np.array([weights(drawn, asked) for drawn in drawn_class_weights(classes, 3, seed=7)])


@given(SETTLEMENTS, PEOPLE, RASTER)
def test_all_zones_at_once_are_each_zone_alone(settlements, people, raster):
    asked, classes = to_share(settlements, people, raster)
    together = people_of_weights(weights(class_weights(classes), asked), asked)
    for zone in np.unique(asked.zone):
        members = asked.zone == zone
        cells = [None if cell == NO_CELL else int(cell) for cell in asked.cell[members]]
        ranks = [rank or None for rank, inside in zip(classes, members, strict=True) if inside]
        alone = people_of_settlements(people[zone], ranks, cells, dict(enumerate(raster)))
        assert [None if np.isnan(each) else int(each) for each in together[members]] == alone


def two_cells(people=1000):
    """Return a seat of a cercle and a village in a cell of 210 people, another village in one of 90."""
    return ToShare(np.zeros(3, int), np.array([people], float), np.array([0, 0, 1]), np.array([210.0, 90.0]))


def test_the_raster_alone_counts_no_rank():
    assert people_of_weights(raster_weights(two_cells()), two_cells()).tolist() == [350, 350, 300]


def test_a_raster_that_tells_nothing_of_a_zone_shares_nothing():
    asked = two_cells().without_raster
    assert np.isnan(people_of_weights(raster_weights(asked), asked)).all()


def test_draws_begin_at_the_stated_weights_and_return_with_their_seed():
    classes = [3, 5, 5]
    same = drawn_class_weights(classes, 1, seed=1, spread=1.0)
    assert people_of_draws(weights(same[0], two_cells())[None], two_cells()).tolist() == [[667, 33, 300]]
    np.testing.assert_array_equal(
        drawn_class_weights(classes, 5, seed=1), drawn_class_weights(classes, 5, seed=1)
    )
    assert (drawn_class_weights(classes, 5, seed=1) != drawn_class_weights(classes, 5, seed=2)).any()


def test_two_draws_of_three_lie_between_the_half_and_the_double():
    seats = drawn_class_weights([3], 10_000, seed=20)[:, 0] / 20
    assert ((seats > 0.5) & (seats < 2)).mean() == pytest.approx(0.683, abs=0.015)
    assert np.median(seats) == pytest.approx(1, abs=0.03)


def test_nobody_to_share_among_is_no_error():
    asked = ToShare(np.zeros(0, int), np.zeros(0), np.zeros(0, int), np.zeros(0))
    assert people_of_weights(weights(np.zeros(0), asked), asked).tolist() == []
    assert people_of_draws(np.zeros((2, 0)), asked).shape == (2, 0)
