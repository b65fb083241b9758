"""Sums of a raster over polygons: by hand, and by the laws of areas."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.zonal import Grid, row_areas_km2, sums_west_of, zonal_sums

FOUR_BY_FOUR = Grid(0, 4, 1, 1, 4, 4)
VALUES = np.arange(1.0, 17.0).reshape(4, 4)
"""1 to 4 in the northern row, 13 to 16 in the southern one."""
AT = st.floats(-1, 5)


def sums(*polygons, rows_at_once=4):
    bands = [
        (first, sums_west_of(VALUES[first : first + rows_at_once])) for first in range(0, 4, rows_at_once)
    ]
    return zonal_sums(polygons, FOUR_BY_FOUR, bands).tolist()


def test_a_cell_cut_by_a_border_counts_by_the_share_inside():
    assert sums(shapely.box(0, 3, 1, 4), shapely.box(0.5, 3, 1.5, 4), shapely.box(3.75, 0, 4, 0.5)) == [
        1,
        1.5,
        2,
    ]


def test_a_triangle_holds_half_of_the_cells_on_its_slope():
    # Below the diagonal: whole 5, 9, 10, 13, 14, 15 and half of 1, 6, 11, 16.
    assert sums(shapely.Polygon([(0, 0), (4, 0), (0, 4)])) == [pytest.approx(66 + 17)]


def test_a_hole_and_a_second_part_are_counted_as_they_are():
    ring = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 3, 3)
    islands = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(3, 3, 4, 4)])
    assert sums(ring, islands) == [136 - 6 - 7 - 10 - 11, 13 + 4]


def test_what_lies_outside_the_raster_adds_nothing():
    assert sums(shapely.box(-9, -9, 9, 9), shapely.box(7, 0, 8, 4), shapely.box(0, 5, 4, 9)) == [136, 0, 0]


@pytest.mark.parametrize("rows_at_once", [1, 2, 3])
def test_bands_of_any_height_give_the_same(rows_at_once):
    slope = shapely.Polygon([(0.3, 0.1), (3.7, 1.9), (1.2, 3.8)])
    assert sums(slope, rows_at_once=rows_at_once) == pytest.approx(sums(slope))


@given(st.lists(st.tuples(AT, AT), min_size=3, max_size=8), AT)
def test_two_parts_of_a_polygon_sum_to_it(points, at):
    whole = shapely.convex_hull(shapely.MultiPoint(points))
    if whole.geom_type != "Polygon":
        return
    west = shapely.intersection(whole, shapely.box(-2, -2, at, 6))
    east = shapely.intersection(whole, shapely.box(at, -2, 6, 6))
    parts = [part for part in (west, east) if part.geom_type == "Polygon"]
    assert sum(sums(*parts)) == pytest.approx(sums(whole)[0], abs=1e-6)
    assert sums(whole)[0] >= -1e-6


def test_cells_shrink_towards_the_pole():
    areas = row_areas_km2(Grid(0, 60, 1, 1, 1, 60))
    assert areas[-1] == pytest.approx(12_309, abs=1)
    assert (np.diff(areas) > 0).all()
