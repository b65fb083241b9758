"""Regions from their cercles, cercles from their communes: levels that nest at every detail."""

from collections.abc import Sequence

import shapely


def dissolved(
    parents: Sequence[str], shapes: Sequence[shapely.Geometry]
) -> tuple[list[str], list[shapely.MultiPolygon]]:
    """
    Return each parent once, in the order first met, with the union of its shapes as a multipolygon.

    Neighbours need not share every vertex. Degrees of EPSG:4326.

    >>> keys, unions = dissolved(["a", "a"], [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> keys, unions[0].area
    (['a'], 2.0)
    """
    families: dict[str, list[shapely.Geometry]] = {}
    for parent, shape in zip(parents, shapes, strict=True):
        families.setdefault(parent, []).append(shape)
    unions = [multipolygon(shapely.union_all(family)) for family in families.values()]
    return list(families), unions


def multipolygon(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Return the polygons of `shape` as one multipolygon; raises ValueError when it holds none."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    if not polygons:
        raise ValueError(f"a {shape.geom_type} holds no polygon")
    return shapely.MultiPolygon(polygons)
