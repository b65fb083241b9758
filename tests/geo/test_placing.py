"""Two one-degree squares side by side: ML01 from 0 to 1, ML02 from 1 to 2, both from 0 to 1 north."""

import csv

import geopandas
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.placing import Placer

WEST = shapely.box(0, 0, 1, 1)
EAST = shapely.box(1, 0, 2, 1)
SQUARES = Placer(["ML01", "ML02"], [WEST, EAST])


def test_a_point_is_placed_in_the_area_that_holds_it():
    assert SQUARES.place([0.5, 1.5], [0.5, 0.5]) == ["ML01", "ML02"]


def test_a_point_outside_all_areas_has_no_place():
    assert SQUARES.place([5.0], [5.0]) == [None]


def test_a_point_on_a_shared_border_falls_in_the_lowest_pcode_whatever_the_order_given():
    assert SQUARES.place([1.0], [0.5]) == ["ML01"]
    assert Placer(["ML02", "ML01"], [EAST, WEST]).place([1.0], [0.5]) == ["ML01"]
    assert Placer(["ML01", "ML02"], [EAST, WEST]).place([1.0], [0.5]) == ["ML01"]


def test_a_point_on_an_outer_border_or_corner_is_inside():
    assert SQUARES.place([0.0, 2.0], [0.0, 1.0]) == ["ML01", "ML02"]


def test_a_point_in_a_hole_is_not_in_the_area_around_it():
    ring = WEST.difference(shapely.box(0.4, 0.4, 0.6, 0.6))
    assert Placer(["ML01"], [ring]).place([0.5, 0.1], [0.5, 0.1]) == [None, "ML01"]


def test_no_point_gives_no_place():
    assert SQUARES.place([], []) == []


def test_no_area_places_nothing():
    assert Placer([], []).place([0.5], [0.5]) == [None]


@pytest.mark.parametrize("missing", [float("nan"), float("inf"), None])
def test_a_coordinate_that_is_not_a_number_is_refused_and_named(missing):
    with pytest.raises(ValueError, match=r"^point 1 has coordinates .*leave out points without them$"):
        SQUARES.place([0.5, missing], [0.5, 0.5])


def test_as_many_latitudes_as_longitudes_are_needed():
    with pytest.raises(ValueError, match=r"^2 longitudes for 1 latitudes"):
        SQUARES.place([0.5, 0.6], [0.5])


def test_odd_areas_are_refused():
    with pytest.raises(ValueError, match=r"^1 P-codes for 2 polygons"):
        Placer(["ML01"], [WEST, EAST])
    with pytest.raises(ValueError, match=r"^ML01 stands for two areas"):
        Placer(["ML01", "ML01"], [WEST, EAST])
    with pytest.raises(ValueError, match=r"^ML02 has no polygon"):
        Placer(["ML01", "ML02"], [WEST, None])
    with pytest.raises(ValueError, match=r"^ML02 has no polygon"):
        Placer(["ML01", "ML02"], [WEST, shapely.Polygon()])


# Quarter steps, so that borders and corners come up often.
quarters = st.integers(-2, 10).map(lambda number: number / 4)


@given(st.lists(st.tuples(quarters, quarters), max_size=20))
def test_law_each_point_falls_in_the_first_area_that_covers_it(points):
    places = SQUARES.place([x for x, _ in points], [y for _, y in points])
    areas = {"ML01": WEST, "ML02": EAST}
    expected = [
        next(
            (pcode for pcode, area in areas.items() if area.covers(shapely.Point(point))),
            None,
        )
        for point in points
    ]
    assert places == expected


@pytest.mark.geodata
def test_the_real_events_fall_in_real_communes(geodata):
    communes = geopandas.read_file(geodata / "boundaries/mli_adm3_cod2021_full.geojson")
    with (geodata / "events/acled_mali_1997_2020.csv").open(encoding="utf-8") as file:
        events = list(csv.DictReader(file))
    places = Placer(list(communes.adm3_pcode), list(communes.geometry)).place(
        [float(event["longitude"]) for event in events],
        [float(event["latitude"]) for event in events],
    )
    assert len(places) == 4318
    assert places.count(None) == 5
