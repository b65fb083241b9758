"""Cells of a raster of population density: a figure that covers several cercles is shared by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from pyproj import Geod
from rasterio.errors import RasterioIOError

from layers.readers.problems import Reading, UnreadableFile

WGS84 = Geod(ellps="WGS84")

MOST_CELLS = 100_000
"""Cells are kept in the database one by one: a raster of 1 km for all Mali would be 1.5 million. Ours."""


@dataclass(frozen=True)
class DensityCell:
    """A cell of the raster, in degrees of EPSG:4326, and the people that its density makes."""

    west: float
    south: float
    east: float
    north: float
    people: float


def read(path: Path) -> Reading[DensityCell]:
    """
    Return the cells of a raster of people per km2 that hold a figure; cells without one are left out.

    A cell's people are its density times its area on the ellipsoid. Raises UnreadableFile, which names
    the file and the way out, for what is no raster, is not in EPSG:4326, is turned, has another number
    of bands than one, holds a negative density or more than `MOST_CELLS` cells.
    """
    try:
        with rasterio.open(path) as raster:
            _refuse_unfit(path, raster)
            band = raster.read(1, masked=True)
            transform = raster.transform
    except RasterioIOError as error:
        raise UnreadableFile(
            f"{path.name}\u00a0: ce fichier n'est pas un raster lisible. Donnez un GeoTIFF entier."
        ) from error
    density = np.ma.filled(band.astype(float), np.nan)
    if (density < 0).any():
        raise UnreadableFile(
            f"{path.name}\u00a0: une densité est négative. Dites la valeur « sans donnée » dans le fichier."
        )
    empty = int(np.isnan(density).sum())
    return Reading(list(_cells(density, transform)), [], {"cellules sans donnée": empty} if empty else {})


def _refuse_unfit(path: Path, raster: rasterio.DatasetReader) -> None:
    if raster.crs is None or raster.crs.to_epsg() != 4326:
        raise UnreadableFile(
            f"{path.name}\u00a0: le raster doit être en EPSG:4326, il est en {raster.crs}. Reprojetez-le."
        )
    if raster.transform.b or raster.transform.d or raster.transform.e > 0:
        raise UnreadableFile(f"{path.name}\u00a0: le raster est tourné. Donnez-le le nord en haut.")
    if raster.count != 1:
        raise UnreadableFile(f"{path.name}\u00a0: {raster.count} bandes. Donnez une seule bande de densité.")
    if raster.width * raster.height > MOST_CELLS:
        raise UnreadableFile(
            f"{path.name}\u00a0: {raster.width} x {raster.height} cellules, trop fin. "
            f"Agrégez-le à {MOST_CELLS} cellules au plus, environ 5 km."
        )


def _cells(density: np.ndarray, transform: rasterio.Affine) -> Iterator[DensityCell]:
    width, height = transform.a, -transform.e
    for row in range(density.shape[0]):
        north = transform.f - row * height
        area_km2 = _area_km2(width, north - height, north)
        for column in np.flatnonzero(~np.isnan(density[row])):
            west = transform.c + float(column) * width
            people = float(density[row, column]) * area_km2
            yield DensityCell(west, north - height, west + width, north, people)


def _area_km2(width: float, south: float, north: float) -> float:
    """Return the area of a cell: all cells of a row are alike."""
    area_m2, _ = WGS84.polygon_area_perimeter([0, width, width, 0], [south, south, north, north])
    return float(abs(area_m2)) / 1e6
