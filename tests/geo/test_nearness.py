"""Distances on the ellipsoid between many points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.nearness import Places, metres_between

IN_MALI = st.tuples(st.floats(-12.3, 4.3), st.floats(10.1, 25.0))


def test_a_place_exactly_at_the_limit_is_within_it():
    places = Places([1.0, 1.0], [15.0, 15.1])
    (far,) = metres_between([0.0], [15.0], [1.0], [15.0])
    (near,) = places.within([(0.0, 15.0)], limit_km=far / 1000)
    assert near.indices.tolist() == [0]
    assert near.metres.tolist() == [far]
    (nearer,) = places.within([(0.0, 15.0)], limit_km=(far - 0.001) / 1000)
    assert nearer.indices.tolist() == []


def test_no_point_is_near_nobody():
    places = Places([0.0], [0.0])
    assert places.within([], limit_km=30) == []
    assert places.nearest([]).tolist() == [np.inf]


def test_there_may_be_no_place_at_all():
    places = Places([], [])
    assert places.nearest([(0.0, 0.0)]).tolist() == []
    assert places.within([(0.0, 0.0)], limit_km=30)[0].indices.tolist() == []


@given(st.lists(IN_MALI, min_size=1, max_size=8), st.lists(IN_MALI, min_size=1, max_size=8))
def test_the_nearest_is_the_least_of_all_distances(settlements, points):
    places = Places(*np.array(settlements).T)
    every = [
        metres_between(*np.tile(point, (len(settlements), 1)).T, *np.array(settlements).T) for point in points
    ]
    assert places.nearest(points).tolist() == np.min(every, axis=0).tolist()


@given(st.lists(IN_MALI, min_size=1, max_size=8), IN_MALI, st.floats(1, 500), st.floats(0, 500))
def test_a_longer_limit_never_finds_fewer(settlements, point, limit_km, more_km):
    places = Places(*np.array(settlements).T)
    (near,) = places.within([point], limit_km=limit_km)
    (further,) = places.within([point], limit_km=limit_km + more_km)
    assert set(near.indices) <= set(further.indices)
