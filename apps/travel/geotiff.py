"""Minutes over the grid as a GeoTIFF, for QGIS and other tools, and back to the same numbers. Heavy."""

import json

import numpy as np
from rasterio import Affine
from rasterio.io import MemoryFile

from geo.grid import MALI

UNREACHABLE = -9999.0
"""The no-data value: where no way leads, or outside Mali. Never 0, which is an institution's own cell."""


def surface_as_geotiff(surface, told, *, title="Minutes"):
    """
    Return the bytes of a GeoTIFF of these minutes, with what `told` says of them in its tags.

    One band of 32-bit floats, deflated, in minutes, on the projection of the grid. `told` is plain texts and
    numbers (`Known.told`): it is kept whole under MAILLAGE, and its sources by name under SOURCES.
    """
    numbers = np.where(np.isinf(surface), np.float32(UNREACHABLE), surface).astype(np.float32)
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            width=MALI.cols,
            height=MALI.rows,
            count=1,
            dtype="float32",
            crs=MALI.crs,
            transform=Affine(*MALI.affine),
            nodata=UNREACHABLE,
            compress="deflate",
            predictor=3,
            tiled=True,
        ) as raster:
            raster.write(numbers, 1)
            raster.set_band_description(1, title)
            raster.set_band_unit(1, "minutes")
            raster.update_tags(
                UNITS="minutes", SOURCES=_sources(told), MAILLAGE=json.dumps(told, ensure_ascii=False)
            )
        return memory.read()


def _sources(told):
    layers = [f"{each['publisher'] or each['file']} ({each['licence'] or '?'})" for each in told["layers"]]
    return "; ".join(layers) or "no layer of travel loaded: walking in a straight line"
