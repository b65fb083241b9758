"""In which area does a point lie?"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike


class Placer:
    """
    Areas of one level, ready to say which of them holds a point.

    `polygons` are shapely polygons or multipolygons in EPSG:4326, one for each of `pcodes`. Raises
    ValueError when the two differ in number, when a P-code comes twice or when a polygon is missing.

    >>> placer = Placer(["ML02", "ML01"], [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> placer.place([0.5, 1.0, 1.5, 9.0], [0.5, 0.5, 0.5, 0.5])
    ['ML02', 'ML01', 'ML01', None]
    """

    def __init__(self, pcodes: Sequence[str], polygons: Sequence[shapely.Geometry]) -> None:
        _refuse_odd_areas(pcodes, polygons)
        # In the order of their codes, so that the lowest index found is the lowest P-code.
        by_pcode = sorted(zip(pcodes, polygons, strict=True), key=lambda pair: pair[0])
        self._pcodes = [pcode for pcode, _ in by_pcode]
        self._polygons = np.array([polygon for _, polygon in by_pcode], dtype=object)
        shapely.prepare(self._polygons)

    def __reduce__(self) -> tuple[type["Placer"], tuple[list[str], list[shapely.Geometry]]]:
        """Return how to make it anew elsewhere: what is prepared stays in this process."""
        return Placer, (self._pcodes, list(self._polygons))

    def place(self, longitudes: ArrayLike, latitudes: ArrayLike) -> list[str | None]:
        """
        Return, for each point, the P-code of the area that holds it, or None outside all areas.

        Degrees of EPSG:4326. A point on a border belongs to the area of lowest P-code among those that
        touch it, so to exactly one. Raises ValueError for a coordinate that is not a number.
        """
        points = _points(longitudes, latitudes)
        # The polygons ask and the points are indexed: a predicate is fast on the side that is prepared.
        polygon_indexes, point_indexes = shapely.STRtree(points).query(self._polygons, predicate="intersects")
        lowest = np.full(len(points), len(self._pcodes))
        np.minimum.at(lowest, point_indexes, polygon_indexes)
        names: list[str | None] = [*self._pcodes, None]
        return [names[index] for index in lowest.tolist()]


def _refuse_odd_areas(pcodes: Sequence[str], polygons: Sequence[shapely.Geometry]) -> None:
    if len(pcodes) != len(polygons):
        raise ValueError(f"{len(pcodes)} P-codes for {len(polygons)} polygons: give one for each")
    if len(set(pcodes)) != len(pcodes):
        twice = next(pcode for pcode in pcodes if list(pcodes).count(pcode) > 1)
        raise ValueError(f"{twice} stands for two areas: a P-code must be given once")
    for pcode, polygon in zip(pcodes, polygons, strict=True):
        if polygon is None or polygon.is_empty:
            raise ValueError(f"{pcode} has no polygon: nothing can lie in it")


def _points(longitudes: ArrayLike, latitudes: ArrayLike) -> np.ndarray:
    """Return shapely points, or raise ValueError naming the first coordinate that is not a number."""
    x = np.asarray(longitudes, dtype=float)
    y = np.asarray(latitudes, dtype=float)
    if x.shape != y.shape:
        raise ValueError(f"{x.size} longitudes for {y.size} latitudes: give one for each point")
    bad = np.flatnonzero(~(np.isfinite(x) & np.isfinite(y)))
    if bad.size:
        first = int(bad[0])
        raise ValueError(
            f"point {first} has coordinates ({x[first]}, {y[first]}): a place needs two numbers, "
            "leave out points without them"
        )
    return np.asarray(shapely.points(x, y))
