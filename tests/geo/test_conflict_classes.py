"""Classes of conflict: squares of events whose distances can be counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.conflict_classes import HIGH_FROM, ConflictClass, conflict_class, intensity, nearest_neighbour_ratio

KM = 1 / 111.195
"""A kilometre in degrees, at the equator."""


def test_four_events_at_the_corners_of_a_square_are_dispersed():
    # Each 10 km from the next, in 400 km2: chance would give 0.5 / sqrt(4 / 400) = 5 km.
    ratio = nearest_neighbour_ratio(
        [0, 10 * KM, 0, 10 * KM], [-5 * KM, -5 * KM, 5 * KM, 5 * KM], area_km2=400
    )
    assert ratio == pytest.approx(2, rel=1e-4)


def test_two_pairs_far_apart_are_clustered():
    # Each 1 km from its fellow, in 10 000 km2: chance would give 0.5 / sqrt(4 / 10000) = 25 km.
    ratio = nearest_neighbour_ratio([0, KM, 50 * KM, 51 * KM], [0, 0, 0, 0], area_km2=10_000)
    assert ratio == pytest.approx(1 / 25, rel=1e-4)


def test_events_at_one_place_are_no_distance_apart():
    assert nearest_neighbour_ratio([1.5] * 4, [14.2] * 4, area_km2=1000) == 0


def test_two_at_one_place_and_one_elsewhere_count_the_distance_of_the_one():
    # 0, 0 and 3 km: 1 km on average; chance would give 0.5 / sqrt(3 / 300) = 5 km.
    ratio = nearest_neighbour_ratio([0, 0, 3 * KM], [0, 0, 0], area_km2=300)
    assert ratio == pytest.approx(1 / 5, rel=1e-4)


def test_fewer_than_two_events_have_no_concentration():
    assert nearest_neighbour_ratio([], [], area_km2=100) is None
    assert nearest_neighbour_ratio([1], [1], area_km2=100) is None
    assert conflict_class(1.0, None) is None


def test_a_year_and_its_surface_make_the_intensity():
    assert intensity(17, area_km2=10_000, years=1) == pytest.approx(HIGH_FROM)
    assert intensity(17, area_km2=10_000, years=2) == pytest.approx(HIGH_FROM / 2)


@pytest.mark.parametrize(
    ("events_km2", "ratio", "told"),
    [
        (HIGH_FROM, 0.99, ConflictClass.CLUSTERED_HIGH),
        (HIGH_FROM, 1.0, ConflictClass.DISPERSED_HIGH),
        (0.00169, 0.0, ConflictClass.CLUSTERED_LOW),
        (0.00169, 1.2, ConflictClass.DISPERSED_LOW),
    ],
)
def test_the_limits_belong_to_high_and_to_dispersed(events_km2, ratio, told):
    assert conflict_class(events_km2, ratio) is told


a_point = st.tuples(st.integers(-120, 40), st.integers(100, 250))


@given(st.lists(a_point, min_size=2, max_size=25), st.floats(0.5, 4))
def test_a_larger_area_makes_the_same_events_more_clustered(tenths, times):
    longitudes, latitudes = [x / 10 for x, _ in tenths], [y / 10 for _, y in tenths]
    ratio = nearest_neighbour_ratio(longitudes, latitudes, area_km2=1e4)
    larger = nearest_neighbour_ratio(longitudes, latitudes, area_km2=1e4 * times**2)
    assert larger == pytest.approx(ratio / times)
