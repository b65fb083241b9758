"""Diffusion: cells of 10 km, people spread over them, and which are reached."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.diffusion import (
    CELL_KM,
    cells_of,
    centres_of,
    degrees,
    equal_area_km,
    inhabited,
    people_of_cells,
    reached,
    share_reached,
)
from geo.shapes import area_km2


@pytest.mark.parametrize("south", [10, 17, 24])
def test_a_square_of_the_plane_is_as_large_on_the_ground(south):
    (west, east), (low, high) = equal_area_km([-4, -3], [south, south + 1])
    on_the_ground = area_km2(shapely.box(-4, south, -3, south + 1))
    # Straight parallels here, geodesic edges there: 0.1 % is left between the two.
    assert (east - west) * (high - low) == pytest.approx(on_the_ground, rel=1e-3)


def test_a_cell_is_100_km2():
    (cell,) = cells_of([-4.2], [14.5])
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) + cell
    shape = shapely.Polygon(np.column_stack(degrees(*(corners * CELL_KM).T)))
    assert area_km2(shape) == pytest.approx(100, rel=1e-3)


@given(st.floats(-12, 5), st.floats(10, 25))
def test_the_middle_of_the_cell_of_a_point_is_in_the_same_cell(longitude, latitude):
    cells = cells_of([longitude], [latitude])
    assert cells_of(*centres_of(cells)) == cells


def test_people_of_a_raster_cell_are_shared_out_by_area():
    # A raster cell from the middle of one cell to the middle of the next, as high as one: half each.
    west, east = 4.5 * CELL_KM, 5.5 * CELL_KM
    (longitude, other), (latitude, top) = degrees([west, east], [150 * CELL_KM, 151 * CELL_KM])
    people = people_of_cells([(longitude, latitude, other, top)], [1000])
    whole = {cell: round(here) for cell, here in people.items() if here > 1}
    assert whole == {(4, 150): 500, (5, 150): 500}


@given(st.lists(st.tuples(st.integers(-70, 20), st.integers(60, 140)), min_size=1, max_size=8, unique=True))
def test_nobody_is_lost(sixths):
    boxes = [(x / 6, y / 6, (x + 1) / 6, (y + 1) / 6) for x, y in sixths]
    people = [100.0 * (number + 1) for number in range(len(boxes))]
    assert sum(people_of_cells(boxes, people).values()) == pytest.approx(sum(people))


def test_a_hundred_people_make_a_cell_inhabited():
    assert inhabited({(0, 0): 100.0, (0, 1): 99.9}) == [(0, 0)]


def test_ten_events_a_year_reach_a_cell():
    assert reached({(0, 0): 10, (0, 1): 9}, years=1) == {(0, 0)}
    assert reached({(0, 0): 29, (0, 1): 30}, years=3) == {(0, 1)}
    assert reached({(0, 0): 9}, years=10 / 12) == {(0, 0)}


def test_a_reached_cell_where_nobody_lives_does_not_count():
    assert share_reached([(0, 0), (0, 1)], {(0, 0), (7, 7)}) == 0.5


def test_where_nobody_lives_no_share_is_told():
    assert share_reached([], {(0, 0)}) is None
