"""
Sums of a raster over polygons, each cell weighted by exactly the share of it that lies inside.

The sum over a polygon is an integral along its border (Green's theorem): with F(x) the people of a row west
of x, each piece of border inside one cell adds its fall in rows times F at its middle. F is linear within a
cell and the piece is straight, so that is exact; cells well inside are never visited one by one.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

WGS84 = Geod(ellps="WGS84")

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Grid(NamedTuple):
    """Cells of a raster with the north up: its north-west corner, the size of a cell in degrees, how many."""

    west: float
    north: float
    cell_width: float
    cell_height: float
    columns: int
    rows: int


class Pieces(NamedTuple):
    """Pieces of the borders of polygons, each within one row and one column of the grid; sorted by row."""

    polygon: Whole
    row: Whole
    column: Whole
    """-1 west of the grid, as many as there are columns east of it."""
    fall: Floats
    """How far it goes south, in rows; less than 0 where it goes north."""
    east: Floats
    """How far east of the western side of its cell its middle lies, in columns."""

    def between(self, start: int, end: int) -> "Pieces":
        """Return these pieces from one place in their order to another."""
        return Pieces(
            self.polygon[start:end],
            self.row[start:end],
            self.column[start:end],
            self.fall[start:end],
            self.east[start:end],
        )


def row_areas_km2(grid: Grid) -> Floats:
    """
    Return the area of a cell of each row on the WGS 84 ellipsoid, edges taken as geodesics.

    >>> [round(float(each)) for each in row_areas_km2(Grid(0, 1, 1, 1, 3, 2))]
    [12309, 12309]
    """
    norths = grid.north - grid.cell_height * np.arange(grid.rows)
    return np.array([_cell_area_km2(grid.cell_width, north - grid.cell_height, north) for north in norths])


def _cell_area_km2(width: float, south: float, north: float) -> float:
    area_m2, _ = WGS84.polygon_area_perimeter([0, width, width, 0], [south, south, north, north])
    return abs(area_m2) / 1e6


def sums_west_of(values: NDArray[np.floating], out: Floats | None = None) -> Floats:
    """
    Return the sum of each row west of each side of its cells (rows x columns + 1), written to `out` if given.

    >>> sums_west_of(np.array([[1.0, 2.0]])).tolist()
    [[0.0, 1.0, 3.0]]
    """
    rows, columns = values.shape
    sums = np.empty((rows, columns + 1)) if out is None else out
    sums[:, 0] = 0
    sums[:, 1:] = values
    return np.cumsum(sums, axis=1, out=sums)


def zonal_sums(
    polygons: Sequence[shapely.Geometry], grid: Grid, bands: Iterable[tuple[int, Floats]]
) -> Floats:
    """
    Return the sum of a raster over each polygon (in degrees as the grid), cells by the share of them inside.

    `bands` yields (first row, `sums_west_of` some whole rows) that together are the raster, a cell without
    data 0 in them; each is used before the next is asked for. What lies outside the grid adds nothing. Same
    sums as exactextract's.

    >>> west = sums_west_of(np.array([[1.0, 2.0], [4.0, 8.0]]))
    >>> zonal_sums([shapely.box(0.5, 0, 2, 1.5)], Grid(0, 2, 1, 1, 2, 2), [(0, west)]).tolist()
    [11.25]
    """
    pieces = border_pieces(polygons, grid)
    sums = np.zeros(len(polygons))
    for first, west in bands:
        start, end = np.searchsorted(pieces.row, [first, first + len(west)]).tolist()
        here = pieces.between(start, end)
        sums -= np.bincount(here.polygon, here.fall * _west_of(here, first, west), minlength=len(polygons))
    return sums


def _west_of(pieces: Pieces, first: int, west: Floats) -> Floats:
    """Return the sum of the row west of the middle of each piece."""
    row, last = pieces.row - first, west.shape[1] - 1
    before = west[row, np.clip(pieces.column, 0, last)]
    after = west[row, np.clip(pieces.column + 1, 0, last)]
    told: Floats = before + (after - before) * pieces.east
    return told


def border_pieces(polygons: Sequence[shapely.Geometry], grid: Grid) -> Pieces:
    """Return the borders of polygons cut at the sides of cells; those in no row of the grid are left out."""
    found = [_pieces_of(number, polygon, grid) for number, polygon in enumerate(polygons)]
    columns = [np.concatenate(column) for column in zip(*found, strict=True)] or [np.zeros(0)] * 5
    order = np.argsort(columns[1], kind="stable")
    polygon, row, column, fall, east = (column[order] for column in columns)
    return Pieces(polygon.astype(int), row.astype(int), column.astype(int), fall, east)


def _pieces_of(number: int, polygon: shapely.Geometry, grid: Grid) -> tuple[np.ndarray, ...]:
    starts, ends = _segments(polygon, grid)
    middle, fall = _cut(starts, ends)
    row, column = np.floor(middle[:, 1]).astype(int), np.floor(middle[:, 0]).astype(int)
    kept = (row >= 0) & (row < grid.rows) & (fall != 0)
    row, column, fall = row[kept], np.clip(column[kept], -1, grid.columns), fall[kept]
    east = np.clip(middle[kept, 0] - column, 0, 1)
    return np.full(len(row), number), row, column, fall, east


def _segments(polygon: shapely.Geometry, grid: Grid) -> tuple[Floats, Floats]:
    """Return the two ends of each side of a polygon, in columns and rows, its interior always on one side."""
    starts, ends = [np.zeros((0, 2))], [np.zeros((0, 2))]
    corner, cell = [grid.west, grid.north], [grid.cell_width, -grid.cell_height]
    for part in shapely.get_parts(polygon):
        # Outer rings counterclockwise on the map, holes clockwise: the inside is always on the left.
        for ring in shapely.get_rings(shapely.orient_polygons(part)):
            points = (shapely.get_coordinates(ring) - corner) / cell
            starts.append(points[:-1])
            ends.append(points[1:])
    return np.concatenate(starts), np.concatenate(ends)


def _cut(starts: Floats, ends: Floats) -> tuple[Floats, Floats]:
    """Return the middle of each piece that whole columns and rows cut the sides into, and its fall."""
    cuts = [(np.arange(len(starts)), np.zeros(len(starts)))]
    cuts += [_crossings(starts[:, axis], ends[:, axis]) for axis in (0, 1)]
    side = np.concatenate([each for each, _ in cuts])
    along = np.concatenate([each for _, each in cuts])
    order = np.lexsort((along, side))
    side, along = side[order], along[order]
    is_last = np.append(side[1:] != side[:-1], True)[: len(side)]
    until = np.where(is_last, 1.0, np.append(along[1:], 1.0)[: len(side)])
    run = (ends - starts)[side]
    middle = starts[side] + run * ((along + until) / 2)[:, None]
    return middle, run[:, 1] * (until - along)


def _crossings(starts: Floats, ends: Floats) -> tuple[Whole, Floats]:
    """Return (side, share of the way along it) of each whole number strictly between its two ends."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    first = np.floor(low).astype(int) + 1
    many = np.maximum(np.ceil(high).astype(int) - first, 0)
    side = np.repeat(np.arange(len(starts)), many)
    crossed = first[side] + np.arange(len(side)) - np.repeat(np.cumsum(many) - many, many)
    return side, (crossed - starts[side]) / (ends - starts)[side]
