"""Distances and areas on the ellipsoid by pyproj and shapely alone: geodesics, and an equal-area map."""

from functools import cache

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer
from scipy.spatial import cKDTree

GEOD = Geod(ellps="WGS84")
ECEF = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
EQUAL_AREA = Transformer.from_crs(
    "EPSG:4326", CRS.from_proj4("+proj=laea +lat_0=15 +lon_0=-4 +ellps=WGS84"), always_xy=True
)
EDGE_METRES = 2000
"""Borders follow geodesics between their vertices: points are set on them so close."""
EDGE_DEGREES = 0.02
CIRCLE_POINTS = 720


def metres(one, other):
    """Return the metres between each point of `one` and each of `other` (two GeoSeries): a matrix."""
    x, y = np.meshgrid(np.arange(len(one)), np.arange(len(other)), indexing="ij")
    return distances(one.iloc[x.ravel()], other.iloc[y.ravel()]).reshape(len(one), len(other))


def distances(one, other):
    """Return the metres between points at the same place in two GeoSeries."""
    return GEOD.inv(one.x, one.y, other.x, other.y)[2]


def pairs_within(one, other, limit):
    """
    Return (positions in `one`, positions in `other`, metres) of the points at most `limit` metres apart.

    Straight lines through the Earth are shorter than geodesics: what they leave out is too far.
    """
    near = cKDTree(on_earth(one)).sparse_distance_matrix(
        cKDTree(on_earth(other)), limit, output_type="ndarray"
    )
    apart = distances(one.iloc[near["i"]], other.iloc[near["j"]])
    close = apart <= limit
    return near["i"][close], near["j"][close], apart[close]


def on_earth(points):
    return np.column_stack(ECEF.transform(points.x, points.y, np.zeros(len(points))))


def metres_to_area(area, point):
    """Return the metres from a point to the nearest of an area, 0 inside, its edges being geodesics."""
    if area.covers(point):
        return 0.0
    return shapely.Point(0, 0).distance(along_geodesics(area, map_around(point.x, point.y)))


@cache
def map_around(longitude, latitude):
    """Return the way to a map in metres on which every distance from its centre is that on the ellipsoid."""
    around = CRS.from_proj4(f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +ellps=WGS84")
    return Transformer.from_crs("EPSG:4326", around, always_xy=True)


def along_geodesics(area, to_map):
    """Return an area on a map, points set on its edges as geodesics run."""
    return shapely.transform(
        with_points_set(area), lambda points: np.column_stack(to_map.transform(*points.T))
    )


@cache
def with_points_set(area):
    """Return an area with points set on each edge, `EDGE_METRES` apart at most."""

    def ring_with_points(ring):
        points, corners = [ring.coords[0]], np.array(ring.coords)
        lengths = GEOD.inv(*corners[:-1].T, *corners[1:].T)[2]
        for (x, y), (to_x, to_y), length in zip(corners[:-1], corners[1:], lengths, strict=True):
            between = int(length // EDGE_METRES)
            points += [*(GEOD.npts(x, y, to_x, to_y, between) if between else ()), (to_x, to_y)]
        return points

    return shapely.MultiPolygon(
        [
            shapely.Polygon(
                ring_with_points(part.exterior), [ring_with_points(each) for each in part.interiors]
            )
            for part in shapely.get_parts(area)
        ]
    )


def circle(point, radius, to_map):
    """Return what lies within `radius` metres of a point, on a map."""
    bearings = np.linspace(0, 360, CIRCLE_POINTS, endpoint=False)
    every = np.ones(CIRCLE_POINTS)
    x, y, _back = GEOD.fwd(point.x * every, point.y * every, bearings, radius * every)
    return shapely.Polygon(np.column_stack(to_map.transform(x, y)))


def share_near(area, points, radius):
    """Return the share of an area that lies within `radius` metres of one of the points."""
    near = shapely.union_all([circle(each, radius, EQUAL_AREA) for each in points])
    # Borders are straight on the plane, as GeoJSON has it.
    drawn = shapely.segmentize(area, EDGE_DEGREES)
    whole = shapely.transform(drawn, lambda points: np.column_stack(EQUAL_AREA.transform(*points.T)))
    return whole.intersection(near).area / whole.area
