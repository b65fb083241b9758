"""
Distances on the ellipsoid between many points: candidates by a tree of chords, then measured exactly.

A chord is never longer than the way over the ground, so a tree of points in space finds all that may be
near. For workers and commands: it needs SciPy.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod, Transformer
from scipy.spatial import cKDTree

ELLIPSOID = Geod(ellps="WGS84")
_IN_SPACE = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)

DECIMALS = 3
"""Distances are rounded to the millimetre, as those that are stored are."""

CANDIDATES = 3
"""The nearest by chord is the nearest over the ground but for a few millimetres: so many are measured."""

Floats = NDArray[np.float64]


class Near(NamedTuple):
    """Which places lie near a point, and how far each is."""

    indices: NDArray[np.intp]
    metres: Floats


def metres_between(
    longitudes: ArrayLike, latitudes: ArrayLike, other_longitudes: ArrayLike, other_latitudes: ArrayLike
) -> Floats:
    """
    Return the geodesic distances in metres, to the millimetre, between points taken pair by pair.

    Coordinates are degrees of WGS84 in arrays of one shape. *Source:* Karney (2013).

    >>> metres_between([0.0], [0.0], [1.0], [0.0]).tolist()
    [111319.491]
    """
    _, _, metres = ELLIPSOID.inv(
        np.asarray(longitudes, float),
        np.asarray(latitudes, float),
        np.asarray(other_longitudes, float),
        np.asarray(other_latitudes, float),
    )
    return np.round(metres, DECIMALS)


class Places:
    """
    Places whose neighbours are looked up.

    `longitudes` and `latitudes` are degrees of WGS84, arrays of one length.

    >>> places = Places([0.0, 1.0], [0.0, 0.0])
    >>> places.nearest([(0.9, 0.0)]).tolist()
    [100187.542, 11131.949]
    >>> places.nearest([]).tolist()
    [inf, inf]
    """

    def __init__(self, longitudes: ArrayLike, latitudes: ArrayLike) -> None:
        self.longitudes, self.latitudes = np.asarray(longitudes, float), np.asarray(latitudes, float)
        self._in_space = _in_space(self.longitudes, self.latitudes)
        self._tree = cKDTree(self._in_space)

    def __len__(self) -> int:
        return len(self.longitudes)

    def within(self, points: Sequence[tuple[float, float]], *, limit_km: float) -> list[Near]:
        """
        Return, for each point (longitude, latitude), the places at most `limit_km` away, in their order.

        Exactly at the limit counts, to the millimetre.
        """
        if not points:
            return []
        limit_metres = round(limit_km * 1000, DECIMALS)
        longitudes, latitudes = np.asarray(points, float).T
        # Half a millimetre more: what rounds down to the limit is within it.
        radius = limit_metres + 10.0**-DECIMALS / 2
        found = self._tree.query_ball_point(_in_space(longitudes, latitudes), radius, return_sorted=True)
        return [
            self._measured(np.asarray(near, np.intp), longitude, latitude, limit_metres)
            for near, longitude, latitude in zip(found, longitudes, latitudes, strict=True)
        ]

    def _measured(
        self, near: NDArray[np.intp], longitude: float, latitude: float, limit_metres: float
    ) -> Near:
        metres = metres_between(
            np.full(len(near), longitude),
            np.full(len(near), latitude),
            self.longitudes[near],
            self.latitudes[near],
        )
        kept = metres <= limit_metres
        return Near(near[kept], metres[kept])

    def nearest(self, points: Sequence[tuple[float, float]]) -> Floats:
        """Return how far in metres each place is from the nearest of these points; infinite without any."""
        if not points:
            return np.full(len(self), np.inf)
        longitudes, latitudes = np.asarray(points, float).T
        candidates = min(CANDIDATES, len(points))
        _, found = cKDTree(_in_space(longitudes, latitudes)).query(self._in_space, k=candidates)
        found = found.reshape(len(self), candidates)
        metres = metres_between(
            np.repeat(self.longitudes, candidates),
            np.repeat(self.latitudes, candidates),
            longitudes[found].ravel(),
            latitudes[found].ravel(),
        )
        return metres.reshape(found.shape).min(axis=1)


def _in_space(longitudes: Floats, latitudes: Floats) -> Floats:
    return np.column_stack(_IN_SPACE.transform(longitudes, latitudes, np.zeros(len(longitudes))))
