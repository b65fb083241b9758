"""Cells around seats: approximate areas where no boundaries are at hand."""

from collections.abc import Sequence

import numpy as np
import shapely

from geo.shapes import rounded

LAST_BITS = 1e-12
"""Degrees times degrees: what sums of coordinates lose."""


def cells(outline: shapely.Geometry, seats: Sequence[shapely.Point]) -> list[shapely.Geometry]:
    """
    Return, for each seat and in its order, the part of `outline` that lies nearer to it than to the others.

    Voronoi (1908), in degrees of EPSG:4326 with longitudes shrunk by the cosine of the outline's middle
    latitude, so that near means near on the ground. A seat outside the outline still gets the part nearest
    to it. Raises ValueError without seats, and where two seats stand on one spot or a seat gets nothing.
    """
    _refuse_odd_seats(seats)
    if len(seats) == 1:
        return [outline]
    nearest = [shapely.intersection(outline, cell) for cell in _voronoi(outline, seats)]
    for seat, cell in zip(seats, nearest, strict=True):
        if cell.is_empty:
            raise ValueError(
                f"the seat at ({seat.x}, {seat.y}) is nearest to no part of the outline: check it"
            )
    return nearest


def fitted(polygons: Sequence[shapely.Geometry], decimals: int) -> list[shapely.Geometry]:
    """
    Return the polygons as an exact coverage with coordinates rounded to `decimals`, in the same order.

    All borders are brought onto one grid and cut at their crossings; each face that results goes to the
    polygon that holds it, a face held by two to the first, a face held by none to the neighbour with the
    longest common border. Neighbours then share every vertex, without gap or overlap. Raises ValueError when
    a polygon is left without a face.
    """
    faces = _faces(polygons, decimals)
    owners = _owners(faces, polygons)
    results = []
    for index in range(len(polygons)):
        own = [face for face, owner in zip(faces, owners, strict=True) if owner == index]
        if not own:
            raise ValueError(f"polygon {index} is smaller than {decimals} decimals can show: keep more")
        results.append(shapely.normalize(shapely.union_all(own)))
    return rounded(results, decimals)


def _refuse_odd_seats(seats: Sequence[shapely.Point]) -> None:
    if not len(seats):
        raise ValueError("no seat: an area needs one to be divided")
    spots = [(seat.x, seat.y) for seat in seats]
    for spot in spots:
        if spots.count(spot) > 1:
            raise ValueError(f"two seats stand at {spot}: nothing is nearer to one than to the other")


def _voronoi(outline: shapely.Geometry, seats: Sequence[shapely.Point]) -> list[shapely.Geometry]:
    """
    Return the Voronoi cell of each seat in the order of the seats, within a frame beyond the outline.

    Each is the frame cut by the middle line to every other seat. That takes as many cuts as there are pairs,
    but seats that stand in rows give whole cells: GEOS's own diagram overlaps there once in some thousands.
    """
    west, south, east, north = outline.bounds
    on_the_ground = np.array([np.cos(np.radians((south + north) / 2)) ** 2, 1.0])
    frame = np.array(
        [(west - 1, south - 1), (east + 1, south - 1), (east + 1, north + 1), (west - 1, north + 1)]
    )
    spots = shapely.get_coordinates(list(seats))
    return [shapely.Polygon(_nearest(frame, spots, place, on_the_ground)) for place in range(len(spots))]


def _nearest(corners: np.ndarray, spots: np.ndarray, place: int, on_the_ground: np.ndarray) -> np.ndarray:
    """
    Return the corners (k, 2) of the part of a convex polygon that lies nearest to one of the spots.

    `on_the_ground` is what a square of degrees counts for in each direction.
    """
    for other in np.delete(spots, place, axis=0):
        towards = (other - spots[place]) * on_the_ground
        corners = _this_side(corners, (spots[place] + other) / 2, towards)
    return corners


def _this_side(corners: np.ndarray, middle: np.ndarray, towards: np.ndarray) -> np.ndarray:
    """Cut a convex polygon along the line through `middle` across `towards`; return the part before it."""
    beyond = (corners - middle) @ towards
    # A corner that lies on the line but for the last bits is no second corner beside the cut.
    beyond[abs(beyond) < LAST_BITS] = 0
    kept = []
    for corner, following, here, there in zip(
        corners, np.roll(corners, -1, axis=0), beyond, np.roll(beyond, -1), strict=True
    ):
        if here <= 0:
            kept.append(corner)
        if here * there < 0:
            kept.append(corner + (following - corner) * here / (here - there))
    return np.array(kept).reshape(-1, 2)


def _faces(polygons: Sequence[shapely.Geometry], decimals: int) -> list[shapely.Polygon]:
    borders = shapely.union_all(shapely.boundary(polygons), grid_size=10.0**-decimals)
    return list(shapely.polygonize([borders]).geoms)


def _owners(faces: list[shapely.Polygon], polygons: Sequence[shapely.Geometry]) -> list[int | None]:
    """Return for each face the index of the polygon it goes to; None for a face that touches none."""
    inside = shapely.point_on_surface(faces)
    holders = [np.flatnonzero(shapely.covers(polygons, point)) for point in inside]
    owners = [int(held[0]) if held.size else None for held in holders]
    return [
        _neighbour(face, faces, owners) if owner is None else owner
        for face, owner in zip(faces, owners, strict=True)
    ]


def _neighbour(face: shapely.Polygon, faces: list[shapely.Polygon], owners: list[int | None]) -> int | None:
    """Return the owner with the longest border along a face that nobody holds; None without neighbour."""
    lengths: dict[int, float] = {}
    for other, owner in zip(faces, owners, strict=True):
        if owner is not None:
            shared = shapely.intersection(face.exterior, other.exterior).length
            lengths[owner] = lengths.get(owner, 0.0) + shared
    longest = max(lengths, key=lambda owner: lengths[owner])
    return longest if lengths[longest] > 0 else None
