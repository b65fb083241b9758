"""Area, repair, simplification, rounding, faults between neighbours. Degrees of EPSG:4326 throughout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyproj
import shapely

WGS84 = pyproj.Geod(ellps="WGS84")

SLIVER_KM2 = 0.01
"""
A gap or overlap up to this size (one hectare) is rounding, not a fault. COD-AB files carry five decimals,
about one metre: over a border's usual vertex spacing of 1 km that leaves slivers of 0.001 km2, and no
settlement of Mali fits into ten times that. Chosen by Maillage.
"""


def area_km2(polygon: shapely.Geometry) -> float:
    """
    Return the area of a polygon or multipolygon on the WGS84 ellipsoid, in km2, whatever way its rings turn.

    Edges are taken as geodesics (Karney 2013). An empty polygon has area 0.

    >>> round(area_km2(shapely.box(0, 0, 1, 1)))
    12309
    """
    # pyproj adds signed rings: holes are subtracted only when they turn the other way.
    signed_m2, _ = WGS84.geometry_area_perimeter(shapely.orient_polygons(polygon))
    return float(abs(signed_m2)) / 1e6


def simplified_coverage(
    polygons: Sequence[shapely.Geometry], tolerance_degrees: float
) -> list[shapely.Geometry]:
    """
    Return the polygons with fewer vertices, in the same order; neighbours keep a common border.

    Visvalingam-Whyatt on the whole coverage: bends whose triangle is smaller than `tolerance_degrees`
    squared go. Borders must match vertex by vertex for both sides to change alike: a fault between two
    polygons (see `gaps`, `overlaps`) stays one. Raises ValueError for a negative tolerance.
    """
    if tolerance_degrees < 0:
        raise ValueError(f"tolerance {tolerance_degrees} is negative: give degrees, 0 or more")
    if not len(polygons):
        return []
    return list(shapely.coverage_simplify(np.array(polygons, dtype=object), tolerance_degrees))


@dataclass(frozen=True)
class Repair:
    """A valid multipolygon and, when it had to be changed, what was wrong (GEOS's words); "" otherwise."""

    boundary: shapely.MultiPolygon
    fault: str

    @property
    def changed(self) -> bool:
        """Tell whether the shape differs from the one that was given."""
        return bool(self.fault)


def repaired(polygon: shapely.Geometry) -> Repair:
    """
    Return the polygon as a valid two-dimensional multipolygon, and whether it had to be changed for that.

    Self-crossing rings are rebuilt (a bow tie becomes two triangles), lines and points that remain are
    dropped. Raises ValueError when no surface is left.

    >>> repaired(shapely.from_wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")).fault
    'Self-intersection[1 1]'
    """
    flat = shapely.force_2d(polygon)
    if flat.geom_type == "GeometryCollection":
        # Its polygons may overlap, which those of a multipolygon may not.
        flat = shapely.union_all(_polygons(flat))
    fault = "" if flat.is_valid else shapely.is_valid_reason(flat)
    surfaces = _polygons(
        shapely.make_valid(flat, method="structure", keep_collapsed=False) if fault else flat
    )
    if not surfaces:
        raise ValueError(f"{polygon.geom_type} has no surface: expected a polygon or multipolygon")
    return Repair(shapely.MultiPolygon(surfaces), fault)


def rounded(polygons: Sequence[shapely.Geometry], decimals: int) -> list[shapely.Geometry]:
    """
    Return the polygons with coordinates rounded to `decimals`, in degrees (5 decimals are about 1 m).

    Each vertex moves alone, so two polygons that share vertices still share them. Raises ValueError when a
    polygon is too small for the step and is no longer valid.
    """
    return [_rounded(polygon, decimals) for polygon in polygons]


@dataclass(frozen=True)
class Piece:
    """A surface where polygons do not fit: its shape, its size, and the indexes of the polygons concerned."""

    shape: shapely.Polygon
    size_km2: float
    indexes: tuple[int, ...]

    @property
    def longitude(self) -> float:
        """Return the longitude of a point inside the piece."""
        return float(shapely.point_on_surface(self.shape).x)

    @property
    def latitude(self) -> float:
        """Return the latitude of a point inside the piece."""
        return float(shapely.point_on_surface(self.shape).y)


def overlaps(polygons: Sequence[shapely.Geometry], *, larger_than_km2: float = SLIVER_KM2) -> list[Piece]:
    """Return the surfaces that two polygons both claim, largest first, with the two indexes."""
    if not len(polygons) or shapely.coverage_is_valid(np.array(polygons, dtype=object)):
        return []
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    found = [
        piece
        for one, other in pairs
        if one < other
        for piece in _pieces(shapely.intersection(polygons[one], polygons[other]), (one, other))
    ]
    return _large(found, larger_than_km2)


def gaps(
    polygons: Sequence[shapely.Geometry],
    *,
    within: shapely.Geometry | None = None,
    larger_than_km2: float = SLIVER_KM2,
) -> list[Piece]:
    """
    Return the surfaces that no polygon claims, largest first, with the indexes of the polygons around them.

    Without `within`, these are the holes that the polygons enclose together: give all the areas of a level,
    or an area of other parents that lies among siblings (Bamako inside Koulikoro) looks like a hole. With
    `within`, they are all that the polygons leave uncovered of it.
    """
    whole = shapely.union_all(polygons)
    empty = _holes(whole) if within is None else shapely.difference(within, whole)
    tree = shapely.STRtree(polygons)
    found = [
        Piece(
            piece.shape,
            piece.size_km2,
            tuple(sorted(tree.query(piece.shape, predicate="intersects").tolist())),
        )
        for piece in _pieces(empty, ())
    ]
    return _large(found, larger_than_km2)


def outside(
    polygon: shapely.Geometry,
    container: shapely.Geometry,
    *,
    larger_than_km2: float = SLIVER_KM2,
) -> list[Piece]:
    """Return the surfaces of `polygon` that lie outside `container`, largest first."""
    if shapely.covers(container, polygon):
        return []
    return _large(list(_pieces(shapely.difference(polygon, container), (0,))), larger_than_km2)


def _rounded(polygon: shapely.Geometry, decimals: int) -> shapely.Geometry:
    moved = shapely.transform(polygon, lambda coordinates: np.round(coordinates, decimals))
    if not moved.is_valid:
        middle = shapely.point_on_surface(polygon)
        raise ValueError(
            f"polygon at ({middle.x:.5f}, {middle.y:.5f}) does not survive {decimals} decimals: keep more"
        )
    return shapely.remove_repeated_points(moved)


def _polygons(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Return the polygons in a geometry of any kind, without empty ones."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _holes(geometry: shapely.Geometry) -> shapely.Geometry:
    rings = [shapely.Polygon(ring) for polygon in _polygons(geometry) for ring in polygon.interiors]
    # An area may stand in a hole as an island does in a lake: it is no part of the hole.
    return shapely.difference(shapely.union_all(rings), geometry)


def _pieces(geometry: shapely.Geometry, indexes: tuple[int, ...]) -> Iterable[Piece]:
    return (Piece(polygon, area_km2(polygon), indexes) for polygon in _polygons(geometry))


def _large(pieces: list[Piece], limit_km2: float) -> list[Piece]:
    large = [piece for piece in pieces if piece.size_km2 > limit_km2]
    return sorted(large, key=lambda piece: -piece.size_km2)
