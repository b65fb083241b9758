"""How far conflict has spread: the share of an area's inhabited cells of 10 km that it reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

CELL_KM = 10
LEAST_PEOPLE = 100
"""A cell with fewer people counts as empty land."""

LEAST_EVENTS_A_YEAR = 10
"""A cell with as many violent events a year is reached. All three: IFPRI (2023), after ACLED's index."""

TRUE_LATITUDE = 17.0
"""Where cells are squares: the middle of Mali. Elsewhere as large, a little longer or wider. Our choice."""

AXIS_KM = 6378.137
E2 = 0.00669437999014
"""Half the long axis and squared eccentricity of the ellipsoid WGS 84."""

Array = NDArray[np.float64]
Cell = tuple[int, int]
"""Column and row: how many cells east of Greenwich and north of the equator its south-west corner lies."""


def equal_area_km(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[Array, Array]:
    """
    Return x and y in km of degrees, in an equal-area projection of the ellipsoid, as two arrays.

    Lambert's cylinder with TRUE_LATITUDE (Snyder 1987, p. 81): meridians and parallels are straight.

    >>> x, y = equal_area_km([0.0, 1.0], [0.0, 17.0])
    >>> [round(float(each), 1) for each in x], round(float(y[1]), 1)
    ([0.0, 106.5], 1937.1)
    """
    scale = _scale()
    x = AXIS_KM * scale * np.radians(np.asarray(longitudes, dtype=float))
    return x, AXIS_KM * _q(np.radians(np.asarray(latitudes, dtype=float))) / (2 * scale)


def _scale() -> float:
    phi = np.radians(TRUE_LATITUDE)
    return float(np.cos(phi) / np.sqrt(1 - E2 * np.sin(phi) ** 2))


def _q(phi: Array | float) -> Array:
    """Return Snyder's q (3-12): area on the ellipsoid grows evenly with it."""
    e, s = np.sqrt(E2), np.sin(phi)
    return (1 - E2) * (s / (1 - E2 * s**2) - np.log((1 - e * s) / (1 + e * s)) / (2 * e))


def degrees(x_km: ArrayLike, y_km: ArrayLike) -> tuple[Array, Array]:
    """
    Return longitudes and latitudes of points of the projection, as two arrays: undoes `equal_area_km`.

    >>> longitudes, latitudes = degrees(*equal_area_km([-4.0], [14.5]))
    >>> round(float(longitudes[0]), 9), round(float(latitudes[0]), 6)
    (-4.0, 14.5)
    """
    scale = _scale()
    beta = np.arcsin(2 * scale * np.asarray(y_km, dtype=float) / (AXIS_KM * _q(np.pi / 2)))
    # Snyder's series (3-18) from authalic to geodetic latitude.
    phi = (
        beta
        + (E2 / 3 + 31 * E2**2 / 180 + 517 * E2**3 / 5040) * np.sin(2 * beta)
        + (23 * E2**2 / 360 + 251 * E2**3 / 3780) * np.sin(4 * beta)
        + 761 * E2**3 / 45360 * np.sin(6 * beta)
    )
    return np.degrees(np.asarray(x_km, dtype=float) / (AXIS_KM * scale)), np.degrees(phi)


def cells_of(longitudes: ArrayLike, latitudes: ArrayLike) -> list[Cell]:
    """Return the cell of each point, in degrees; one on a common border lies in the cell east or north."""
    x, y = equal_area_km(longitudes, latitudes)
    columns, rows = np.floor(x / CELL_KM).astype(int), np.floor(y / CELL_KM).astype(int)
    return list(zip(columns.tolist(), rows.tolist(), strict=True))


def centres_of(cells: Iterable[Cell]) -> tuple[Array, Array]:
    """Return longitudes and latitudes of the middles of cells, as two arrays."""
    corners = np.asarray(list(cells), dtype=float).reshape(-1, 2)
    return degrees(*((corners + 0.5) * CELL_KM).T)


def people_of_cells(boxes: Iterable[Sequence[float]], people: Iterable[float]) -> dict[Cell, float]:
    """
    Return the people of each cell that a raster reaches, its own cells shared out by area.

    `boxes` are west, south, east, north in degrees: cells of the raster, within which people are taken to be
    spread evenly. In this projection they are rectangles too, so nothing is lost.
    """
    sides = np.asarray(list(boxes), dtype=float).reshape(-1, 4)
    wests, souths = equal_area_km(sides[:, 0], sides[:, 1])
    easts, norths = equal_area_km(sides[:, 2], sides[:, 3])
    shared: dict[Cell, float] = defaultdict(float)
    for west, south, east, north, here in zip(wests, souths, easts, norths, people, strict=True):
        for column, wide in _shares(west, east):
            for row, high in _shares(south, north):
                shared[column, row] += here * wide * high
    return dict(shared)


def _shares(low_km: float, high_km: float) -> Iterator[tuple[int, float]]:
    """Return each cell that a stretch reaches, and the share of the stretch in it."""
    for cell in range(floor(low_km / CELL_KM), floor(high_km / CELL_KM) + 1):
        within = min(high_km, (cell + 1) * CELL_KM) - max(low_km, cell * CELL_KM)
        if within > 0:
            yield cell, within / (high_km - low_km)


def inhabited(people: Mapping[Cell, float]) -> list[Cell]:
    """Return the cells with at least LEAST_PEOPLE."""
    return [cell for cell, here in people.items() if here >= LEAST_PEOPLE]


def reached(events: Mapping[Cell, int], *, years: float) -> set[Cell]:
    """
    Return the cells with at least LEAST_EVENTS_A_YEAR, on average over these years.

    >>> sorted(reached({(0, 0): 10, (0, 1): 9}, years=1)), reached({(0, 0): 10}, years=1.5)
    ([(0, 0)], set())
    """
    return {cell for cell, number in events.items() if number >= LEAST_EVENTS_A_YEAR * years}


def share_reached(inhabited_cells: Collection[Cell], reached_cells: Collection[Cell]) -> float | None:
    """
    Return the share of inhabited cells that are reached; None where no cell is inhabited.

    >>> share_reached([(0, 0), (0, 1), (1, 0), (1, 1)], {(0, 0), (9, 9)}), share_reached([], {(0, 0)})
    (0.25, None)
    """
    if not inhabited_cells:
        return None
    return sum(cell in reached_cells for cell in inhabited_cells) / len(inhabited_cells)
