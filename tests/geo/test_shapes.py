"""One-degree squares at the equator: 12 309 km2 each."""

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.shapes import (
    area_km2,
    gaps,
    outside,
    overlaps,
    repaired,
    rounded,
    simplified_coverage,
)

SQUARE = shapely.box(0, 0, 1, 1)
NEXT = shapely.box(1, 0, 2, 1)
BOW_TIE = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])


def wavy_neighbours():
    """Two areas whose common border bends by 0.001 degrees at each of 99 vertices."""
    ys = np.linspace(1, 0, 101)
    border = [(1 + (0.001 if index % 2 else 0), y) for index, y in enumerate(ys)]
    west = shapely.Polygon([(0, 0), (0, 1), *border])
    east = shapely.Polygon([(2, 0), (2, 1), *border])
    return [west, east]


def test_area_of_a_square_degree_at_the_equator():
    # 111.3 km along the equator by 110.6 km along the meridian.
    assert area_km2(SQUARE) == pytest.approx(12308.8, abs=0.1)


def test_area_shrinks_towards_the_pole():
    assert area_km2(shapely.box(0, 60, 1, 61)) < 0.51 * area_km2(SQUARE)


def test_area_does_not_depend_on_the_way_rings_turn_and_leaves_out_holes():
    hole = shapely.box(0.25, 0.25, 0.75, 0.75)
    with_hole = SQUARE.difference(hole)
    assert area_km2(shapely.reverse(with_hole)) == area_km2(with_hole)
    assert area_km2(with_hole) == pytest.approx(area_km2(SQUARE) - area_km2(hole))


def test_area_of_several_parts_is_their_sum_and_of_nothing_is_zero():
    assert area_km2(shapely.MultiPolygon([SQUARE, shapely.box(3, 0, 4, 1)])) == pytest.approx(
        2 * area_km2(SQUARE)
    )
    assert area_km2(shapely.Polygon()) == 0


@given(st.floats(0.01, 0.99), st.floats(-60, 60))
def test_law_the_two_halves_of_a_square_have_its_area(cut, south):
    # Cut along a meridian: a parallel is no geodesic, so cutting along one changes the shape a little.
    whole = area_km2(shapely.box(0, south, 1, south + 1))
    halves = area_km2(shapely.box(0, south, cut, south + 1)) + area_km2(shapely.box(cut, south, 1, south + 1))
    assert halves == pytest.approx(whole, rel=1e-4)


def test_neighbours_keep_a_common_border_when_simplified():
    before = wavy_neighbours()
    after = simplified_coverage(before, 0.05)
    assert shapely.get_num_coordinates(after).sum() < shapely.get_num_coordinates(before).sum() / 5
    assert shapely.coverage_is_valid(after)
    assert gaps(after, within=shapely.union_all(before), larger_than_km2=0) == []
    assert overlaps(after, larger_than_km2=0) == []
    assert sum(map(area_km2, after)) == pytest.approx(sum(map(area_km2, before)), rel=1e-6)


def test_simplifying_by_nothing_changes_nothing():
    assert shapely.equals(simplified_coverage([SQUARE, NEXT], 0), [SQUARE, NEXT]).all()
    assert simplified_coverage([], 0.1) == []


def test_a_negative_tolerance_is_refused():
    with pytest.raises(ValueError, match=r"^tolerance -1 is negative"):
        simplified_coverage([SQUARE], -1)


def test_a_valid_polygon_is_kept_as_a_multipolygon():
    repair = repaired(SQUARE)
    assert repair.boundary.equals_exact(shapely.MultiPolygon([SQUARE]))
    assert not repair.changed


def test_a_bow_tie_becomes_two_triangles_and_says_so():
    repair = repaired(BOW_TIE)
    assert repair.changed
    assert repair.fault == "Self-intersection[1 1]"
    assert repair.boundary.is_valid
    assert len(repair.boundary.geoms) == 2
    assert repair.boundary.area == pytest.approx(2)


def test_heights_are_dropped_without_a_word():
    repair = repaired(shapely.force_3d(SQUARE, 300))
    assert not repair.boundary.has_z
    assert not repair.changed


def test_lines_beside_polygons_are_dropped():
    mixed = shapely.GeometryCollection([SQUARE, shapely.LineString([(5, 5), (6, 6)])])
    assert repaired(mixed).boundary.equals(SQUARE)


def test_polygons_of_a_collection_become_one_when_they_overlap():
    repair = repaired(shapely.GeometryCollection([SQUARE, shapely.box(0.5, 0, 2, 1)]))
    assert repair.boundary.is_valid
    assert repair.boundary.equals(shapely.box(0, 0, 2, 1))


@pytest.mark.parametrize(
    "flat",
    [
        shapely.Point(0, 0),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.Polygon(),
        shapely.Polygon([(0, 0), (1, 1), (0, 0)]),
    ],
)
def test_what_has_no_surface_cannot_be_repaired(flat):
    with pytest.raises(ValueError, match=r"has no surface: expected a polygon or multipolygon$"):
        repaired(flat)


def test_rounded_neighbours_still_share_their_border():
    moved = [shapely.affinity.translate(square, 0.123456, 0.654321) for square in (SQUARE, NEXT)]
    west, east = rounded(moved, 2)
    assert west.bounds == (0.12, 0.65, 1.12, 1.65)
    assert shapely.coverage_is_valid([west, east])


def test_a_polygon_smaller_than_the_step_is_refused_with_its_place():
    tiny = shapely.box(3.0001, 14.0001, 3.0002, 14.0002)
    with pytest.raises(
        ValueError,
        match=r"^polygon at \(3\.00015, 14\.00015\) does not survive 2 decimals",
    ):
        rounded([tiny], 2)


@given(st.floats(-10, 10), st.floats(-10, 10), st.integers(1, 6))
def test_law_rounding_twice_is_rounding_once(x, y, decimals):
    once = rounded([shapely.affinity.translate(SQUARE, x, y)], decimals)
    assert rounded(once, decimals)[0].equals_exact(once[0])


def test_neighbours_that_fit_have_neither_gap_nor_overlap():
    assert overlaps([SQUARE, NEXT]) == []
    assert gaps([SQUARE, NEXT]) == []
    assert gaps([SQUARE, NEXT], within=shapely.box(0, 0, 2, 1)) == []


def test_an_overlap_is_located_and_names_both_polygons():
    (piece,) = overlaps([SQUARE, shapely.box(5, 5, 6, 6), shapely.box(0.75, 0, 2, 1)])
    assert piece.indexes == (0, 2)
    assert (piece.longitude, piece.latitude) == (0.875, 0.5)
    assert piece.size_km2 == pytest.approx(3077, abs=1)


def test_an_overlap_of_rounding_size_is_none():
    # 1e-7 degrees wide is a centimetre: 0.0012 km2 over 110 km of border.
    assert overlaps([SQUARE, shapely.box(1 - 1e-7, 0, 2, 1)]) == []
    assert len(overlaps([SQUARE, shapely.box(1 - 1e-7, 0, 2, 1)], larger_than_km2=0)) == 1


def test_a_hole_among_neighbours_is_a_gap_and_names_those_around():
    frame = SQUARE.difference(shapely.box(0.25, 0.25, 0.75, 0.75))
    (piece,) = gaps([frame, NEXT])
    assert piece.indexes == (0,)
    assert (piece.longitude, piece.latitude) == (0.5, 0.5)
    assert gaps([frame, shapely.box(0.25, 0.25, 0.75, 0.75)]) == []


def test_an_island_in_a_hole_is_no_part_of_the_gap():
    frame = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    island = shapely.box(1.25, 1.25, 1.75, 1.75)
    (piece,) = gaps([frame, island])
    assert piece.indexes == (0, 1)
    assert piece.shape.area == pytest.approx(0.75)


def test_what_a_parent_keeps_uncovered_is_a_gap_even_at_its_edge():
    (piece,) = gaps([SQUARE], within=shapely.box(0, 0, 2, 1))
    assert (piece.longitude, piece.latitude) == (1.5, 0.5)


def test_outside_is_what_a_child_has_beyond_its_parent():
    assert outside(SQUARE, shapely.box(0, 0, 2, 1)) == []
    (piece,) = outside(shapely.box(0, 0, 3, 1), shapely.box(0, 0, 2, 1))
    assert (piece.longitude, piece.latitude) == (2.5, 0.5)


@given(st.floats(0.05, 0.95))
def test_law_the_part_missing_plus_the_part_covered_is_the_whole(cut):
    covered = shapely.box(0, 0, cut, 1)
    (missing,) = gaps([covered], within=SQUARE)
    assert missing.size_km2 + area_km2(covered) == pytest.approx(area_km2(SQUARE), rel=1e-4)


@pytest.mark.geodata
@pytest.mark.parametrize("tolerance_degrees", [0.002, 0.01, 0.05])
def test_the_real_communes_stay_a_coverage_when_simplified(geodata, tolerance_degrees):
    communes = list(geopandas.read_file(geodata / "boundaries/mli_adm3_cod2021_full.geojson").geometry)
    simple = simplified_coverage(communes, tolerance_degrees)
    assert shapely.coverage_is_valid(simple)
    assert shapely.is_valid(simple).all()
    assert gaps(simple, larger_than_km2=0) == []
    assert sum(map(area_km2, simple)) == pytest.approx(sum(map(area_km2, communes)), rel=1e-3)
