"""Layers of travel drawn cell by cell around the middle of the small country's cercle Alpha."""

import numpy as np

from apps.travel import services
from geo.grid import MALI
from layers.readers.travel import NOTHING_TOLD
from layers.sources_toml import Contents
from layers.travel import VECTOR_KINDS, TravelKind
from tests import small_country

_rows, _cols = MALI.cells_of([-4.5], [13.5])
ROW, COL = int(_rows[0]), int(_cols[0])


def place(north=0, east=0):
    """Return longitude and latitude of the middle of a cell, so many cells north and east of Alpha's."""
    longitudes, latitudes = MALI.centres_of([ROW - north], [COL + east])
    return float(longitudes[0]), float(latitudes[0])


def lies(kind, cells, classes=()):
    """Keep a layer of these cells, {(north, east): number}: bits of classes, codes or measures."""
    kind = TravelKind(kind)
    array = _empty(kind)
    for (north, east), number in cells.items():
        array[ROW - north, COL + east] = number
    load = small_country.recorded(services.load_kind(kind), Contents.OTHER, f"{kind}.geojson")
    return services.save_layer(kind, array, classes, load, cells_told=len(cells), asked={})


def _empty(kind):
    if kind in VECTOR_KINDS:
        return np.zeros(MALI.shape, np.uint32)
    if kind is TravelKind.LAND_COVER:
        return np.full(MALI.shape, NOTHING_TOLD)
    return np.full(MALI.shape, np.nan, np.float32)
