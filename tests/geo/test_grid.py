"""The grid of travel: where places lie, and how true its lengths are."""

from itertools import combinations

import numpy as np
import pytest
from pyproj import Geod, Proj

from geo.grid import GREATEST_LENGTH_ERROR, MALI, Grid

WGS84 = Geod(ellps="WGS84")
BAMAKO, GAO, KAYES, TAOUDENNI = (-8.0029, 12.6392), (-0.0446, 16.2717), (-11.4395, 14.4469), (-3.98, 22.67)
CORNERS = [
    (-12.24, 14.8),
    (-11.4, 12.4),
    (-8.0, 10.15),
    (4.24, 19.1),
    (4.24, 16.0),
    (-6.58, 25.0),
    (-4.8, 25.0),
]


def test_the_centre_of_the_projection_lies_where_the_grid_says():
    rows, cols = MALI.cells_of([-4.5], [17.5])
    assert (rows[0], cols[0]) == (882, 884)


def test_a_place_on_an_edge_lies_in_the_cell_east_and_south_of_it():
    grid = Grid(MALI.crs, west=0, north=0, rows=2, cols=2, cell_metres=1000)
    rows, cols = grid.cells_of([-4.5], [17.5])
    assert (rows[0], cols[0]) == (0, 0)


def test_a_place_off_the_grid_or_without_coordinates_has_no_cell():
    rows, cols = MALI.cells_of([2.35, np.nan, -8.0], [48.85, 12.0, 12.6])
    assert rows.tolist()[:2] == cols.tolist()[:2] == [-1, -1]
    assert rows[2] > 0
    assert cols[2] > 0


def test_the_middle_of_a_cell_lies_in_it():
    longitudes, latitudes = MALI.centres_of([0, 900, 1745], [0, 10, 1871])
    rows, cols = MALI.cells_of(longitudes, latitudes)
    assert rows.tolist() == [0, 900, 1745]
    assert cols.tolist() == [0, 10, 1871]


def test_lengths_on_the_plane_are_those_of_the_ellipsoid_to_three_in_a_thousand():
    for here, there in combinations([BAMAKO, GAO, KAYES, TAOUDENNI, *CORNERS], 2):
        _, _, metres = WGS84.inv(*here, *there)
        eastings, northings = MALI.metres_of(*zip(here, there, strict=True))
        on_the_plane = np.hypot(np.diff(eastings), np.diff(northings))[0]
        assert on_the_plane == pytest.approx(metres, rel=GREATEST_LENGTH_ERROR), (here, there)


def test_a_cell_is_one_square_kilometre_wherever_it_lies_and_its_sides_are_true_to_three_in_a_thousand():
    factors = Proj(MALI.crs).get_factors(*np.transpose([BAMAKO, GAO, KAYES, TAOUDENNI, *CORNERS]))
    assert factors.areal_scale == pytest.approx(1, abs=1e-6)
    assert (factors.tissot_semimajor - 1).max() < GREATEST_LENGTH_ERROR
    assert (1 - factors.tissot_semiminor).max() < GREATEST_LENGTH_ERROR


def test_the_grid_holds_all_mali_and_fifty_kilometres_more():
    west, south, east, north = MALI.bounds
    eastings, northings = MALI.metres_of(*np.transpose(CORNERS))
    assert west + 50_000 < eastings.min()
    assert eastings.max() < east - 50_000
    assert south + 50_000 < northings.min()
    assert northings.max() < north - 50_000


def test_the_six_terms_of_the_grid_lead_from_a_cell_to_metres():
    across, _, west, _, down, north = MALI.affine
    assert (west + 884 * across, north + 882 * down) == (0, 0)
