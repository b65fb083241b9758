"""Land cover, slope and friction: rasters of any size and coordinate system, brought onto the grid."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio import Affine
from rasterio.errors import CRSError, RasterioIOError
from rasterio.warp import Resampling, reproject

from geo.grid import MALI
from layers.readers.problems import UnreadableFile
from layers.readers.travel import NOTHING_TOLD, TravelCells, not_over_mali, refused, without_crs
from layers.travel import TravelKind

UNITS = {
    TravelKind.SLOPE: ("degrees", "percent", "ratio"),
    TravelKind.FRICTION: ("minutes_per_metre", "minutes_per_km"),
}
"""What the numbers of a raster may be, the usual unit first. Land cover has codes, no unit."""

MINUTES_UNITS = {"minutes": np.float32(1), "hours": np.float32(60), "seconds": np.float32(1 / 60)}
"""What the numbers of a travel-time raster may be, and how many minutes one is."""

LEAST_FRICTION, GREATEST_FRICTION = 0.0003, 0.6
"""Minutes per metre at 200 km/h and at 0.1 km/h: a median beyond is of another unit. Our choice."""

STEEPEST_RATIO = 20.0
"""Rise / run of a slope of 87 degrees: steeper numbers are of another unit. Our choice."""

WARP_MEGABYTES = 64
"""What GDAL may hold of a raster at a time: it is read by windows, whatever its size."""


def read(path: Path, *, kind: TravelKind, unit: str | None = None) -> TravelCells:
    """
    Return a raster on the grid of Mali: of land cover the commonest code of a cell, else the mean.

    The file names its coordinate system and, where some pixels are empty, its no-data value. `unit` is one
    of `UNITS` of its kind, the first where it is not given. Raises UnreadableFile, which names the file and
    the way out, for what is no raster, names no coordinate system, has several bands, lies off Mali, or holds
    numbers that its kind and unit cannot have.
    """
    with opened(path) as raster:
        refuse_unfit(path, raster)
        if kind is TravelKind.LAND_COVER:
            cells, classes = _codes(path, raster)
            told = cells != NOTHING_TOLD
        else:
            cells, classes = _measures(path, raster, kind, unit or UNITS[kind][0]), ()
            told = ~np.isnan(cells)
        return TravelCells(cells, classes, raster.width * raster.height, int(told.sum()))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[rasterio.DatasetReader]:
    """Open a raster; raises UnreadableFile, while it is open too, for one that cannot be read to its end."""
    try:
        with rasterio.open(path) as raster:
            yield raster
    except (RasterioIOError, CRSError) as error:
        raise refused(
            path.name, "ce fichier n'est pas un raster lisible. Donnez un GeoTIFF entier."
        ) from error


def refuse_unfit(path: Path, raster: rasterio.DatasetReader) -> None:
    """Raise UnreadableFile for a raster without a coordinate system or with several bands."""
    if raster.crs is None:
        raise without_crs(path.name)
    if raster.count != 1:
        raise UnreadableFile(f"{path.name}\u00a0: {raster.count} bandes. Donnez-en une seule.")


def _codes(path: Path, raster: rasterio.DatasetReader) -> tuple[NDArray[Any], tuple[str, ...]]:
    if np.dtype(raster.dtypes[0]).kind not in "ui":
        raise refused(
            path.name,
            "la couverture du sol se dit en codes entiers, ces nombres sont à virgule. "
            "Exportez les classes, pas des parts.",
        )
    # Codes are matched, not averaged, so that floats hold them whole and nan tells what is empty.
    codes = onto_grid(raster, Resampling.mode)
    told = ~np.isnan(codes)
    if not told.any():
        raise not_over_mali(path.name)
    if codes[told].min() < 0 or codes[told].max() >= NOTHING_TOLD:
        raise refused(
            path.name,
            "des codes hors de 0 à 65534. Dites la valeur «\u00a0sans donnée\u00a0» dans le fichier.",
        )
    cells = np.where(told, codes, NOTHING_TOLD).astype(np.uint16)
    return cells, tuple(str(code) for code in np.unique(cells[told]))


def _measures(path: Path, raster: rasterio.DatasetReader, kind: TravelKind, unit: str) -> NDArray[Any]:
    if unit not in UNITS[kind]:
        raise refused(
            path.name,
            f"unité «\u00a0{unit}\u00a0» inconnue. Donnez l'une de\u00a0: {', '.join(UNITS[kind])}.",
        )
    numbers = onto_grid(raster, Resampling.average)
    told = numbers[~np.isnan(numbers)]
    if not told.size:
        raise not_over_mali(path.name)
    if told.min() < 0 or (kind is TravelKind.FRICTION and told.min() == 0):
        raise refused(
            path.name,
            "des nombres sous zéro ou nuls. Dites la valeur «\u00a0sans donnée\u00a0» dans le fichier.",
        )
    numbers = _in_our_unit(numbers, unit)
    _refuse_implausible(path, numbers[~np.isnan(numbers)], kind, unit)
    return numbers


def _in_our_unit(numbers: NDArray[Any], unit: str) -> NDArray[Any]:
    match unit:
        case "degrees":
            # 90 degrees and beyond have no slope: told as unlike any, and refused as such.
            return np.where(numbers >= 90, np.inf, np.tan(np.radians(numbers))).astype(np.float32)
        case "percent":
            return (numbers / 100).astype(np.float32)
        case "minutes_per_km":
            return (numbers / 1000).astype(np.float32)
    return numbers.astype(np.float32)


def _refuse_implausible(path: Path, told: NDArray[Any], kind: TravelKind, unit: str) -> None:
    middle = float(np.median(told))
    if kind is TravelKind.FRICTION and not LEAST_FRICTION <= middle <= GREATEST_FRICTION:
        raise refused(
            path.name,
            f"{middle:g} minute par mètre en valeur médiane n'est d'aucun déplacement "
            f"({LEAST_FRICTION} à {GREATEST_FRICTION} attendu). "
            f"L'unité {unit} est-elle la bonne\u202f? Voyez --unit.",
        )
    if kind is TravelKind.SLOPE and float(told.max()) > STEEPEST_RATIO:
        raise refused(
            path.name,
            f"une pente de {float(told.max()):g} pour 1 n'existe pas. "
            f"L'unité {unit} est-elle la bonne\u202f? Voyez --unit.",
        )


def read_minutes(path: Path, *, unit: str = "minutes") -> NDArray[np.float32]:
    """
    Return the minutes of a travel-time GeoTIFF, ours or another tool's, on our grid; inf: unreachable.

    One of ours gives its very numbers back; of another grid each cell takes the pixel at its middle. A pixel
    without data is unreachable. A unit written in the file wins over `unit`. Raises UnreadableFile as `read`
    does, and for a unit that is none of `MINUTES_UNITS` or numbers below 0.
    """
    with opened(path) as raster:
        refuse_unfit(path, raster)
        told = (raster.units[0] or raster.tags().get("UNITS") or unit).lower()
        if told not in MINUTES_UNITS:
            raise refused(
                path.name,
                f"unité «\u00a0{told}\u00a0» inconnue. Donnez l'une de\u00a0: {', '.join(MINUTES_UNITS)}.",
            )
        numbers = onto_grid(raster, Resampling.nearest)
    known = numbers[~np.isnan(numbers)]
    if not known.size:
        raise not_over_mali(path.name)
    if known.min() < 0:
        raise refused(
            path.name, "des temps sous zéro. Dites la valeur «\u00a0sans donnée\u00a0» dans le fichier."
        )
    return np.where(np.isnan(numbers), np.float32(np.inf), numbers * MINUTES_UNITS[told])


def onto_grid(raster: rasterio.DatasetReader, resampling: Resampling) -> NDArray[np.float32]:
    """Return the numbers of a raster's band on the grid of Mali, nan where it tells none."""
    cells = np.full(MALI.shape, np.nan, np.float32)
    reproject(
        rasterio.band(raster, 1),
        cells,
        src_nodata=raster.nodata,
        dst_transform=Affine(*MALI.affine),
        dst_crs=MALI.crs,
        dst_nodata=np.nan,
        resampling=resampling,
        warp_mem_limit=WARP_MEGABYTES,
    )
    return cells
