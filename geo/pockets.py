"""
Settlements that lie together: which are in one pocket, and how wide it is. Heavy (scipy): for the worker
and commands.
"""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.nearness import ELLIPSOID, Places

Floats = npt.NDArray[np.floating[Any]]
Indices = npt.NDArray[np.integer[Any]]


def pockets(longitudes: Floats, latitudes: Floats, *, apart_km: float) -> Indices:
    """
    Return the number of the pocket of each point (EPSG:4326): connected components.

    Two points at most `apart_km` apart, on the ellipsoid, are in one pocket, and so are their neighbours.

    >>> pockets(np.array([0.0, 0.05, 1.0]), np.zeros(3), apart_km=10).tolist()
    [0, 0, 1]
    """
    if not len(longitudes):
        return np.zeros(0, dtype=int)
    points = list(zip(longitudes.tolist(), latitudes.tolist(), strict=True))
    near = Places(longitudes, latitudes).within(points, limit_km=apart_km)
    ones = np.repeat(np.arange(len(near)), [len(each.indices) for each in near])
    others = np.concatenate([each.indices for each in near])
    joined = coo_array((np.ones(len(ones)), (ones, others)), shape=(len(near),) * 2)
    return cast(Indices, connected_components(joined, directed=False)[1])


def hull_km2(longitudes: Floats, latitudes: Floats) -> float:
    """Return the area on the ellipsoid of the convex hull of points; 0 for one or two, or all in a line."""
    hull = shapely.MultiPoint(np.column_stack([longitudes, latitudes])).convex_hull
    if hull.geom_type != "Polygon":
        return 0.0
    return abs(float(ELLIPSOID.geometry_area_perimeter(hull)[0])) / 1e6
