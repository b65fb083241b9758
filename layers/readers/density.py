"""
Rasters of population, coarse or fine, read in windows: cells to share people by, and exact sums by area.

For the worker and commands: rasterio never enters a web process.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from pathlib import Path

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError
from rasterio.windows import Window

from geo.zonal import Floats, Grid, row_areas_km2, sums_west_of, zonal_sums
from layers.readers.problems import Reading, UnreadableFile

MOST_CELLS = 100_000
"""Cells are kept in the database one by one; those of a finer raster in blocks, at most so many. Ours."""

GDAL_CACHEMAX_MB = 64
"""
What GDAL may keep of tiles it has read. A row of tiles of a raster of 100 m is 40 MB: each is read once. GDAL
alone would take a twentieth of the machine.
"""

READING_THREADS = 2
BAND_ROWS = 512
"""Rows held at once: 40 MB of a raster 20 000 cells wide, and as many as WorldPop's tiles are high."""

LEAST_OF_A_BLOCK = 1e-6
"""Less of a block with data in a polygon than this is a rounding error: the raster tells nothing there."""

Say = Callable[[str], None]
Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class DensityCell:
    """A cell of the raster, in degrees of EPSG:4326, and its people; a block of cells of a fine one."""

    west: float
    south: float
    east: float
    north: float
    people: float


@dataclass(frozen=True)
class RasterReading(Reading[DensityCell]):
    """
    The cells of a raster, or its blocks, and what the whole raster holds in each polygon that was asked.

    `sums` is in the order of the polygons, NaN where the raster tells of no cell; empty for a coarse raster,
    all of whose cells are kept.
    """

    sums: list[float] = field(default_factory=list)
    is_fine: bool = False


def read(
    path: Path,
    *,
    per_cell: bool = False,
    polygons: Sequence[shapely.Geometry] = (),
    inside: Area | None = None,
    say: Say = lambda _: None,
) -> RasterReading:
    """
    Return the cells with data of a raster of people per km2, or of people with `per_cell`.

    A density counts by the area of its cell on the ellipsoid. A raster of more than `MOST_CELLS` cells is
    fine: its cells are put together in square blocks, and its sums over `polygons` (EPSG:4326) are taken
    cell by cell, each by the share of it inside. It is read in bands of rows: about 450 MB for 20 000 x
    18 000 cells; `say` is told how far it is. `inside` is the box of the country (west, south, east, north).

    Raises UnreadableFile, which names the file and the way out, for what is no raster or a cut one, is not
    in EPSG:4326, is turned, has another number of bands than one, no value "without data", a cell of fewer
    than 0 people, none at all, or lies elsewhere.
    """
    with _opened(path) as raster:
        _refuse_unfit(path, raster, inside)
        grid = grid_of(raster)
        blocks = _Blocks.of(grid)
        bands = _bands(path, raster, blocks, per_cell=per_cell, say=say)
        if blocks.cells_a_side > 1:
            sums = zonal_sums(polygons, grid, bands)
            sums[~blocks.tell_of(polygons)] = np.nan
            told = sums.tolist()
        else:
            told = []
            for _ in bands:
                pass
    cells = list(blocks.cells())
    if not cells:
        raise UnreadableFile(f"{path.name}\u00a0: aucune cellule n’a de donnée. Donnez le raster entier.")
    left_out = {"cellules sans donnée": blocks.empty} if blocks.empty else {}
    return RasterReading(cells, [], left_out, sums=told, is_fine=blocks.cells_a_side > 1)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[rasterio.DatasetReader]:
    with rasterio.Env(GDAL_CACHEMAX=GDAL_CACHEMAX_MB):
        try:
            raster = rasterio.open(path, num_threads=READING_THREADS)
        except RasterioIOError as error:
            raise UnreadableFile(
                f"{path.name}\u00a0: ce fichier n'est pas un raster lisible. Donnez un GeoTIFF entier."
            ) from error
        with raster:
            yield raster


def grid_of(raster: rasterio.DatasetReader) -> Grid:
    """Return the cells of a raster with the north up."""
    transform = raster.transform
    return Grid(transform.c, transform.f, transform.a, -transform.e, raster.width, raster.height)


def _refuse_unfit(path: Path, raster: rasterio.DatasetReader, inside: Area | None) -> None:
    if raster.crs is None:
        raise UnreadableFile(
            f"{path.name}\u00a0: le raster ne dit pas son système de coordonnées. "
            "Écrivez-le dans le fichier s'il est en degrés (gdal_edit.py -a_srs EPSG:4326), "
            "sinon reprojetez-le."
        )
    if raster.crs.to_epsg() != 4326:
        raise UnreadableFile(
            f"{path.name}\u00a0: le raster doit être en EPSG:4326, il est en {raster.crs}. Reprojetez-le."
        )
    if raster.transform.b or raster.transform.d or raster.transform.e > 0:
        raise UnreadableFile(f"{path.name}\u00a0: le raster est tourné. Donnez-le le nord en haut.")
    if raster.count != 1:
        raise UnreadableFile(
            f"{path.name}\u00a0: {raster.count} bandes. Donnez une seule bande de population."
        )
    if raster.nodata is None:
        raise UnreadableFile(
            f"{path.name}, bande 1\u00a0: aucune valeur «\u00a0sans donnée\u00a0» n'est dite, une cellule "
            "inconnue passerait pour vide. Dites-la dans le fichier (gdal_edit.py -a_nodata -99999)."
        )
    if inside and not shapely.box(*raster.bounds).intersects(shapely.box(*inside)):
        raise UnreadableFile(
            f"{path.name}\u00a0: le raster ne touche pas le pays. "
            "Donnez celui du Mali, en longitude et latitude."
        )


class _Blocks:
    """Square blocks of cells: the people of each, and whether any of its cells has data."""

    def __init__(self, grid: Grid, cells_a_side: int) -> None:
        self.grid, self.cells_a_side = grid, cells_a_side
        shape = ceil(grid.rows / cells_a_side), ceil(grid.columns / cells_a_side)
        self.people, self.known = np.zeros(shape), np.zeros(shape, bool)
        self.empty = 0
        """How many cells have no data."""

    @classmethod
    def of(cls, grid: Grid) -> "_Blocks":
        """Return the smallest blocks of which there are not more than `MOST_CELLS`."""
        side = 1
        while ceil(grid.rows / side) * ceil(grid.columns / side) > MOST_CELLS:
            side += 1
        return cls(grid, side)

    def add(self, first: int, west: Floats, known: NDArray[np.bool_]) -> None:
        starts = np.arange(0, self.grid.columns, self.cells_a_side)
        ends = np.minimum(starts + self.cells_a_side, self.grid.columns)
        rows = (first + np.arange(len(west))) // self.cells_a_side
        np.add.at(self.people, rows, west[:, ends] - west[:, starts])
        np.logical_or.at(self.known, rows, np.logical_or.reduceat(known, starts, axis=1))
        self.empty += known.size - int(np.count_nonzero(known))

    def tell_of(self, polygons: Sequence[shapely.Geometry]) -> NDArray[np.bool_]:
        """Return whether a block with data lies in each polygon."""
        grid, side = self.grid, self.cells_a_side
        rows, columns = self.known.shape
        coarse = Grid(grid.west, grid.north, side * grid.cell_width, side * grid.cell_height, columns, rows)
        blocks = zonal_sums(polygons, coarse, [(0, sums_west_of(self.known))])
        told: NDArray[np.bool_] = blocks > LEAST_OF_A_BLOCK
        return told

    def cells(self) -> Iterator[DensityCell]:
        """Yield the blocks with data; the last of a row or a column may be smaller than the others."""
        grid, side = self.grid, self.cells_a_side
        for row, column in zip(*np.nonzero(self.known), strict=True):
            east = min((int(column) + 1) * side, grid.columns)
            south = min((int(row) + 1) * side, grid.rows)
            yield DensityCell(
                grid.west + int(column) * side * grid.cell_width,
                grid.north - south * grid.cell_height,
                grid.west + east * grid.cell_width,
                grid.north - int(row) * side * grid.cell_height,
                float(self.people[row, column]),
            )


def _bands(
    path: Path, raster: rasterio.DatasetReader, blocks: _Blocks, *, per_cell: bool, say: Say
) -> Iterator[tuple[int, Floats]]:
    """Yield (first row, sums west of people) of some whole rows, which the next ones overwrite."""
    areas = None if per_cell else row_areas_km2(blocks.grid)
    kept = np.empty((min(BAND_ROWS, raster.height), raster.width + 1))
    for first, people, known in _read_ahead(path, raster):
        rows = len(people)
        west = sums_west_of(people, kept[:rows])
        if areas is not None:
            west *= areas[first : first + rows, None]
        blocks.add(first, west, known)
        yield first, west
        say(f"{path.name}\u00a0: {first + rows} rangées lues sur {raster.height}")


def _read_ahead(
    path: Path, raster: rasterio.DatasetReader
) -> Iterator[tuple[int, NDArray[np.floating], NDArray[np.bool_]]]:
    """Yield (first row, values, whether there is data) of bands; one is read while another is summed."""
    firsts = range(0, raster.height, BAND_ROWS)
    with ThreadPoolExecutor(max_workers=1) as reader:
        ahead = reader.submit(_band, path, raster, firsts[0])
        for first, after in pairwise([*firsts, None]):
            people, known = ahead.result()
            if after is not None:
                ahead = reader.submit(_band, path, raster, after)
            yield first, people, known


def _band(
    path: Path, raster: rasterio.DatasetReader, first: int
) -> tuple[NDArray[np.floating], NDArray[np.bool_]]:
    """Return the values of a band of rows, 0 where there is no data, and whether there is."""
    rows = min(BAND_ROWS, raster.height - first)
    where = f"{path.name}, bande 1, rangées {first + 1} à {first + rows}"
    try:
        values = raster.read(1, window=Window(0, first, raster.width, rows))
    except RasterioIOError as error:
        raise UnreadableFile(
            f"{where}\u00a0: illisible, le fichier est sans doute coupé. "
            "Reprenez-le entier, et comparez sa taille."
        ) from error
    if not np.issubdtype(values.dtype, np.floating):
        values = values.astype(float)
    known = (values != values.dtype.type(raster.nodata)) & ~np.isnan(values)
    values[~known] = 0
    if values.min() < 0 or np.isinf(values.max()):
        raise UnreadableFile(
            f"{where}\u00a0: une cellule est négative ou infinie. "
            "Dites la valeur «\u00a0sans donnée\u00a0» dans le fichier."
        )
    return values, known
