"""Kinds of conflict by how much happens in an area and how close together: the SCDi of the OECD's SWAC."""

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt

import numpy as np
import shapely
from numpy.typing import NDArray

HIGH_FROM = 0.0017
"""Violent events per km² and year from which an intensity is high (OECD/SWAC 2020, North and West Africa)."""

LEAST_EVENTS = 2
"""One event has no neighbour, so no concentration."""

KM_A_DEGREE = 111.195
"""Of latitude, on the mean sphere."""


class ConflictClass(StrEnum):
    """The four types of the SCDi."""

    CLUSTERED_HIGH = "clustered_high"
    DISPERSED_HIGH = "dispersed_high"
    CLUSTERED_LOW = "clustered_low"
    DISPERSED_LOW = "dispersed_low"


def intensity(events: int, *, area_km2: float, years: float) -> float:
    """
    Return events per km² and year.

    >>> intensity(30, area_km2=10_000, years=3)
    0.001
    """
    return events / area_km2 / years


def nearest_neighbour_ratio(
    longitudes: Sequence[float], latitudes: Sequence[float], *, area_km2: float
) -> float | None:
    """
    Return the mean distance to the nearest other event, as a share of what chance would give it.

    Below 1 clustered, from 1 on dispersed; 0 when all lie at one place; None with fewer than two events.
    Chance: as many points thrown anywhere in `area_km2` lie 1 / (2 √(n / A)) apart on average (Clark and
    Evans 1954, without correction at the border). Degrees; distances on a plane at the middle of the points.

    >>> nearest_neighbour_ratio([1, 1, 1], [2, 2, 2], area_km2=100)
    0.0
    >>> nearest_neighbour_ratio([1], [2], area_km2=100) is None
    True
    """
    if len(longitudes) < LEAST_EVENTS:
        return None
    places, here = np.unique(_on_a_plane(longitudes, latitudes), axis=0, return_counts=True)
    expected_km = 0.5 / sqrt(len(longitudes) / area_km2)
    return _sum_of_distances_km(places[here == 1], places) / len(longitudes) / expected_km


def _on_a_plane(longitudes: Sequence[float], latitudes: Sequence[float]) -> NDArray[np.float64]:
    x, y = np.asarray(longitudes, dtype=float), np.asarray(latitudes, dtype=float)
    shrink = np.cos(np.radians((y.min() + y.max()) / 2))
    return np.column_stack([x * shrink, y]) * KM_A_DEGREE


def _sum_of_distances_km(alone: NDArray[np.float64], places: NDArray[np.float64]) -> float:
    """Sum the distances from the events that are alone at their place: two at one place are 0 apart."""
    if not len(alone) or len(places) < LEAST_EVENTS:
        return 0.0
    tree = shapely.STRtree(shapely.points(places))
    _pairs, distances = tree.query_nearest(
        shapely.points(alone), exclusive=True, all_matches=False, return_distance=True
    )
    return float(distances.sum())


def conflict_class(intensity: float, ratio: float | None) -> ConflictClass | None:
    """
    Return the type of an area; None where the concentration is not known. A limit counts as high, dispersed.

    >>> conflict_class(0.0017, 0.4), conflict_class(0.0016, 1.0)
    (<ConflictClass.CLUSTERED_HIGH: 'clustered_high'>, <ConflictClass.DISPERSED_LOW: 'dispersed_low'>)
    """
    if ratio is None:
        return None
    spread = "dispersed" if ratio >= 1 else "clustered"
    return ConflictClass(f"{spread}_{'high' if intensity >= HIGH_FROM else 'low'}")
