"""Minutes over grids of 5 x 5 cells of 1 km that can be worked by hand, and the laws they keep."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from geo.grid import GREATEST_DETOUR
from geo.travel import class_speeds, friction, slope_factor, travel_minutes

MINUTES_A_KM_WALKING = 12
"""At 5 km/h."""
DIAGONAL = 2**0.5
UNREACHABLE = np.inf


def walking(kmh=5.0):
    return np.full((5, 5), kmh)


def minutes(of, *sources, **about):
    return travel_minutes(of, sources, cell_metres=1000, **about)


def test_open_ground_is_walked_along_sides_and_diagonals():
    found = minutes(friction(walking()), (0, 0))
    assert found[0].tolist() == [0, 12, 24, 36, 48]
    assert found[4, 4] == pytest.approx(4 * 12 * DIAGONAL)
    assert found[1, 2] == pytest.approx(12 + 12 * DIAGONAL)


def test_a_wall_is_walked_around():
    passable = np.ones((5, 5), bool)
    passable[:4, 2] = False
    found = minutes(friction(walking(), passable=passable), (0, 0))
    # Two cells down and two slanting reach the wall's end; one more slants past it, three lead up behind it.
    assert found[4, 2] == pytest.approx(12 * (2 + 2 * DIAGONAL))
    assert found[0, 3] == pytest.approx(12 * (5 + 3 * DIAGONAL))
    assert found[0, 2] == UNREACHABLE


def test_a_wall_without_a_gap_leaves_nothing_behind_it_reachable():
    wall = np.full((5, 5), np.nan)
    wall[:, 2] = 0
    found = minutes(friction(walking(), crossings_kmh=[wall]), (2, 0))
    assert np.isinf(found[:, 2:]).all()
    assert found[2, :2].tolist() == [0, 12]


def test_a_road_is_taken_where_it_passes_and_half_of_each_cell_is_at_its_own_speed():
    roads = np.full((5, 5), np.nan)
    roads[1] = 60.0
    found = minutes(friction(walking(), roads_kmh=roads), (1, 0))
    assert found[1].tolist() == [0, 1, 2, 3, 4]
    # From the road to the next row: half a kilometre by road, half on foot.
    assert found[2, 0] == pytest.approx(0.5 + 6)
    # Straight up from the road's fourth cell, or slanting up from its third.
    assert found[0, 4] == pytest.approx(min(4 + 6.5, 3 + 6.5 * DIAGONAL))


def test_a_river_slows_those_who_cross_it_but_not_on_a_bridge():
    river, road = np.full((5, 5), np.nan), np.full((5, 5), np.nan)
    river[2], road[:, 4] = 1.0, 60.0
    found = minutes(friction(walking(), crossings_kmh=[river], roads_kmh=road), (0, 0))
    # 12 minutes to the bank, half a kilometre on foot and half in the river, and the same again.
    assert found[3, 0] == pytest.approx(12 + 36 + 36)
    by_the_bridge = minutes(friction(walking(), crossings_kmh=[river], roads_kmh=road), (0, 4))
    assert by_the_bridge[:, 4].tolist() == [0, 1, 2, 3, 4]


def test_the_fastest_road_of_a_cell_counts_and_none_is_slower_than_walking():
    track_and_closed = class_speeds(np.array([[1, 2, 3, 0]], np.uint32), [3.0, 0.0], fastest=True)
    found = friction(np.full((1, 4), 5.0), roads_kmh=track_and_closed)
    assert found == pytest.approx(np.full((1, 4), 0.012))


def test_a_closed_road_is_no_bridge():
    barrier = np.zeros((1, 1))
    closed = class_speeds(np.array([[1]], np.uint32), [0.0], fastest=True)
    assert friction(np.full((1, 1), 5.0), crossings_kmh=[barrier], roads_kmh=closed)[0, 0] == np.inf


def test_the_friction_an_operator_gives_counts_where_it_tells():
    given_by_operator = np.full((5, 5), np.nan)
    given_by_operator[0] = 0.001
    found = minutes(friction(walking(), given=given_by_operator), (0, 0))
    assert found[0].tolist() == [0, 1, 2, 3, 4]
    assert found[1, 0] == pytest.approx(6.5)


def test_walking_slows_with_the_slope_alike_both_ways():
    factor = slope_factor(np.array([0.0, 0.2, -0.2, np.nan]))
    assert factor == pytest.approx([1, 0.4966, 0.4966, 1], abs=1e-4)


def test_exactly_the_limit_counts_and_what_lies_beyond_is_unreachable():
    found = minutes(friction(walking()), (0, 0), limit_minutes=24)
    assert found[0].tolist() == [0, 12, 24, UNREACHABLE, UNREACHABLE]


@pytest.mark.parametrize("kmh", [5.0, 4.9, 3.7, 7.3])
def test_the_limit_is_met_exactly_after_many_steps_whatever_the_speed(kmh):
    found = travel_minutes(
        friction(np.full((1, 200), kmh)), [(0, 0)], cell_metres=1000, limit_minutes=150 * 60 / kmh
    )
    assert np.isfinite(found).sum() == 151


def test_a_search_with_a_limit_tells_the_same_as_one_without():
    field = friction(np.random.default_rng(4).uniform(1, 60, (40, 60)))
    everywhere = travel_minutes(field, [(5, 5), (20, 50)], cell_metres=1000)
    nearby = travel_minutes(field, [(5, 5), (20, 50)], cell_metres=1000, limit_minutes=30)
    assert np.array_equal(nearby, np.where(everywhere <= 30, everywhere, np.inf))


def test_without_a_source_nothing_is_reachable():
    assert np.isinf(minutes(friction(walking()))).all()


def test_a_source_where_nothing_passes_is_refused_by_its_cell():
    with pytest.raises(ValueError, match=r"cell \(0, 0\)"):
        minutes(friction(walking(0.0)), (0, 0))


def test_eight_directions_lengthen_a_way_by_at_most_eight_percent():
    metres = travel_minutes(np.ones((201, 201)), [(100, 100)], cell_metres=1)
    rows, cols = np.indices(metres.shape) - 100
    straight = np.hypot(rows, cols)
    longer = metres[straight > 0] / straight[straight > 0] - 1
    assert longer.min() == pytest.approx(0, abs=1e-6)
    assert longer.max() == pytest.approx(GREATEST_DETOUR, abs=1e-3)
    assert round(GREATEST_DETOUR, 3) == 0.082


FIELDS = arrays.arrays(
    np.float64, (5, 5), elements=st.sampled_from([0.001, 0.003, 0.012, 0.06, np.inf])
).filter(lambda field: np.isfinite(field).any())


def cells_of(field):
    return [tuple(cell) for cell in np.argwhere(np.isfinite(field)).tolist()]


@settings(max_examples=60, deadline=None)
@given(FIELDS, st.data())
def test_another_source_never_lengthens_a_way(field, data):
    cells = st.sampled_from(cells_of(field))
    one, other = data.draw(cells), data.draw(cells)
    assert (minutes(field, one, other) <= minutes(field, one)).all()


@settings(max_examples=60, deadline=None)
@given(FIELDS, st.data())
def test_more_friction_never_shortens_a_way(field, data):
    source = data.draw(st.sampled_from(cells_of(field)))
    harder = field * data.draw(arrays.arrays(np.float64, (5, 5), elements=st.sampled_from([1.0, 2.0, 10.0])))
    assert (minutes(harder, source) >= minutes(field, source)).all()


@settings(max_examples=60, deadline=None)
@given(FIELDS, st.data())
def test_a_longer_limit_never_reaches_fewer(field, data):
    source = data.draw(st.sampled_from(cells_of(field)))
    shorter, longer = sorted(data.draw(st.tuples(st.integers(0, 200), st.integers(0, 200))))
    reached = np.isfinite(minutes(field, source, limit_minutes=shorter))
    assert np.isfinite(minutes(field, source, limit_minutes=longer))[reached].all()
