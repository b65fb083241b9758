"""Seats on a line in a square of four degrees."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.tessellation import cells, fitted

OUTLINE = shapely.box(0, 0, 4, 4)


def test_two_seats_share_the_outline_half_way_between_them():
    west, east = cells(OUTLINE, [shapely.Point(1, 2), shapely.Point(3, 2)])
    assert west.equals(shapely.box(0, 0, 2, 4))
    assert east.equals(shapely.box(2, 0, 4, 4))


def test_cells_come_in_the_order_of_their_seats():
    seats = [shapely.Point(3, 2), shapely.Point(1, 2), shapely.Point(2, 2)]
    assert all(cell.covers(seat) for seat, cell in zip(seats, cells(OUTLINE, seats), strict=True))


def test_a_single_seat_gets_the_whole_outline():
    assert cells(OUTLINE, [shapely.Point(1, 1)]) == [OUTLINE]


def test_far_north_a_degree_east_is_nearer_than_a_degree_north():
    # At 60 degrees north a degree of longitude is half as long as one of latitude.
    outline = shapely.box(0, 58, 4, 62)
    east, north = cells(outline, [shapely.Point(3.5, 60), shapely.Point(2, 61)])
    assert east.covers(shapely.Point(2, 60))
    assert not north.covers(shapely.Point(2, 60))


def test_no_seat_and_two_seats_on_one_spot_are_refused():
    with pytest.raises(ValueError, match=r"^no seat"):
        cells(OUTLINE, [])
    with pytest.raises(ValueError, match=r"^two seats stand at \(1\.0, 1\.0\)"):
        cells(OUTLINE, [shapely.Point(1, 1), shapely.Point(1, 1), shapely.Point(2, 2)])


def test_a_seat_too_far_away_to_be_nearest_to_anything_is_refused():
    with pytest.raises(ValueError, match=r"^the seat at \(40\.0, 2\.0\) is nearest to no part"):
        cells(OUTLINE, [shapely.Point(2, 2), shapely.Point(40, 2)])


def test_fitted_neighbours_share_every_vertex():
    # The east has two areas whose corner at (1, 0.5) is no vertex of the west.
    areas = [
        shapely.box(0, 0, 1, 1),
        shapely.box(1, 0, 2, 0.50004),
        shapely.box(1, 0.50004, 2, 1),
    ]
    assert not shapely.coverage_is_valid(areas)
    west, south, north = fitted(areas, 4)
    assert shapely.coverage_is_valid([west, south, north])
    assert (1.0, 0.5) in west.exterior.coords


def test_fitted_gives_a_sliver_between_two_to_the_longest_neighbour_and_an_overlap_to_the_first():
    frame = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    nearly = shapely.box(1.1, 1, 2, 2)
    around, inner = fitted([frame, nearly], 2)
    assert shapely.coverage_is_valid([around, inner])
    assert around.area + inner.area == pytest.approx(9)
    first, second = fitted([shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)], 2)
    assert (first.area, second.area) == (2, 1)


def test_a_polygon_too_small_for_its_decimals_is_refused():
    with pytest.raises(ValueError, match=r"^polygon 1 is smaller than 1 decimals can show"):
        fitted([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 1.001, 0.001)], 1)


spots = st.tuples(st.integers(1, 39), st.integers(1, 39)).map(
    lambda xy: shapely.Point(xy[0] / 10, xy[1] / 10)
)


@given(st.lists(spots, min_size=2, max_size=8, unique_by=lambda point: (point.x, point.y)))
def test_law_cells_fill_the_outline_without_overlap_and_hold_their_seat(seats):
    parts = fitted(cells(OUTLINE, seats), 4)
    assert shapely.coverage_is_valid(parts)
    assert shapely.union_all(parts).equals(OUTLINE)
    assert all(part.covers(seat) for seat, part in zip(seats, parts, strict=True))
