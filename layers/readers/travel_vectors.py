"""Roads, rivers and barriers: lines and areas, by class, burnt into every cell they touch."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import shapely
from numpy.typing import NDArray
from pyogrio.raw import read as read_raw
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from rasterio import Affine
from rasterio.features import rasterize

from geo.grid import MALI
from geo.travel import MOST_CLASSES
from layers.readers.problems import Problem, UnreadableFile
from layers.readers.travel import TravelCells, not_over_mali, refused, without_crs
from layers.travel import NO_CLASS

PIECE = 50_000
"""Features read at a time: a piece of roads takes some tens of megabytes."""

MOST_LETTERS = 60

_LINES_AND_AREAS = {
    shapely.GeometryType.LINESTRING,
    shapely.GeometryType.LINEARRING,
    shapely.GeometryType.POLYGON,
    shapely.GeometryType.MULTILINESTRING,
    shapely.GeometryType.MULTIPOLYGON,
}
_UNREADABLE = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)


def read(path: Path, *, class_field: str | None, piece: int = PIECE) -> TravelCells:
    """
    Return the cells that the lines and areas of a file touch, with a bit for each of their classes.

    GeoJSON, GeoPackage or shapefile in any coordinate system that it names, read `piece` features at a
    time. Without a `class_field` all are of no class. A feature without lines or areas is refused by its
    number. Raises UnreadableFile, which names the file and the way out, for a file that cannot be read,
    names no coordinate system, lacks the column, has more than 32 classes or lies off Mali.
    """
    try:
        return _read(path, class_field, piece)
    except _UNREADABLE as error:
        raise refused(
            path.name,
            "ce fichier ne se lit pas. Donnez un GeoJSON, un GeoPackage ou un shapefile "
            "entier (.shp avec .shx, .dbf et .prj).",
        ) from error


def _read(path: Path, class_field: str | None, piece: int) -> TravelCells:
    info = pyogrio.read_info(path)
    _refuse_unfit(path, info, class_field)
    to_grid = Transformer.from_crs(info["crs"], MALI.crs, always_xy=True)
    cells = np.zeros(MALI.shape, np.uint32)
    bits: dict[str, int] = {}
    features_of: Counter[str] = Counter()
    problems: list[Problem] = []
    features = 0
    for shapes, classes in _pieces(path, class_field, piece):
        good = _are_lines_or_areas(shapes)
        problems += [_not_a_line(path, features + int(row)) for row in np.flatnonzero(~good)]
        features += len(shapes)
        on_grid = shapely.transform(
            shapes[good], lambda xy: np.column_stack(to_grid.transform(xy[:, 0], xy[:, 1]))
        )
        for of_class in sorted(set(classes[good])):
            bit = bits.setdefault(of_class, len(bits))
            if bit >= MOST_CLASSES:
                raise _too_many_classes(path, class_field)
            mine = on_grid[classes[good] == of_class]
            features_of[of_class] += len(mine)
            cells |= _burnt(mine) << np.uint32(bit)
    cells_told = int(np.count_nonzero(cells))
    if not cells_told:
        raise not_over_mali(path.name)
    return TravelCells(cells, tuple(bits), features, cells_told, tuple(problems), features_of)


def _refuse_unfit(path: Path, info: dict[str, Any], class_field: str | None) -> None:
    if not info["crs"]:
        raise without_crs(path.name)
    try:
        CRS.from_user_input(info["crs"])
    except CRSError as error:
        raise without_crs(path.name) from error
    columns = list(info["fields"])
    if class_field and class_field not in columns:
        raise refused(
            path.name,
            f"pas de colonne «\u00a0{class_field}\u00a0». Nommez par --class-field l'une de\u00a0: "
            f"{', '.join(columns) or 'aucune, le fichier n’a pas de colonne'}.",
        )


def _pieces(path: Path, class_field: str | None, piece: int) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Yield geometries and the classes beside them, piece by piece; `NO_CLASS` where none is told."""
    first = 0
    while True:
        _, _, raw, fields = read_raw(
            path, columns=[class_field] if class_field else [], skip_features=first, max_features=piece
        )
        if not len(raw):
            return
        told = fields[0] if class_field else [None] * len(raw)
        classes = [NO_CLASS if not each else str(each).strip()[:MOST_LETTERS] or NO_CLASS for each in told]
        yield shapely.force_2d(shapely.from_wkb(raw)), np.array(classes, object)
        first += len(raw)


def _are_lines_or_areas(shapes: NDArray[Any]) -> NDArray[np.bool_]:
    kinds = shapely.get_type_id(shapes)
    finite = np.isfinite(shapely.bounds(shapes)).all(axis=1)
    return np.isin(kinds, [kind.value for kind in _LINES_AND_AREAS]) & finite


def _burnt(shapes: NDArray[Any]) -> NDArray[np.uint32]:
    """Return 1 in every cell that a shape touches: a line leaves no gap that one could slip through."""
    return rasterize(
        shapes, out_shape=MALI.shape, transform=Affine(*MALI.affine), all_touched=True, dtype=np.uint8
    ).astype(np.uint32)


def _not_a_line(path: Path, index: int) -> Problem:
    return Problem(
        where=f"{path.name}, entité {index + 1}",
        row=index + 1,
        field="géométrie",
        value="",
        reason="ni ligne ni surface.",
        remedy="Gardez les lignes et les surfaces, ou redessinez celle-ci.",
        is_fatal=True,
    )


def _too_many_classes(path: Path, class_field: str | None) -> UnreadableFile:
    return refused(
        path.name,
        f"plus de {MOST_CLASSES} classes dans «\u00a0{class_field}\u00a0». Nommez une colonne de "
        "classes, ou regroupez-les.",
    )
