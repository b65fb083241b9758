"""
PMTiles: the vector tiles of a layer in one file, drawn as /tiles/ draws them.

Only tiles near a row are asked for: from the tile of the world down, into the quarters of those near one.
"""

import gzip
import json
from contextlib import closing
from dataclasses import replace

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from apps.catalogue.texts import as_json
from apps.catalogue.tiles import queries
from apps.catalogue.tiles.contents import left_out, vector_layers
from apps.catalogue.tiles.drawing import drawn_of
from apps.exports.about import about
from apps.exports.doubts import licence_of

LAST_ZOOM = 10
"""Their unit is 10 m: finer than the outlines drawn at it. Programs draw its tiles larger further in."""
MOST_TILES = 20_000
"""Mali has some 2,700 down to zoom 10. A file of more ends at the zoom before."""

TOLD_EVERY = 20
WORLD = (-180.0, -85.051129, 180.0, 85.051129)
FINEST = 10_000_000
"""Units to a degree in the header of the format."""


def write(selection, path, *, step):
    """Write the tiles of what is asked; one of nothing where no row is drawn."""
    told, rows = about(selection), selection.rows()
    # Tiles hold the fields that are asked, no others.
    layer = replace(selection.layer, fields=selection.fields)
    with path.open("wb") as file:
        writer = Writer(file)
        with closing(writer.tile_f):
            last = _write_tiles(writer, layer, rows, _share_of(step, selection.count))
            writer.finalize(_header(queries.extent(layer, rows) or WORLD), _said(told, layer, last))
    step(selection.count, selection.count)


def _write_tiles(writer, layer, rows, tell):
    """Write zoom by zoom, in the order of the format; return the last zoom written."""
    near, asked = [(0, 0)], 0
    for z in range(LAST_ZOOM + 1):
        inner = []
        for number, (x, y) in enumerate(sorted(near, key=lambda place: zxy_to_tileid(z, *place))):
            if number % TOLD_EVERY == 0:
                tell(z, number / len(near))
            body = drawn_of(layer, rows, z, x, y)
            if body or z == 0:
                writer.write_tile(zxy_to_tileid(z, x, y), gzip.compress(body, mtime=0))
            # Small areas and villages are not drawn from afar, and are there all the same.
            if body or queries.is_anything_near(rows, layer, z, x, y):
                inner += [(2 * x + right, 2 * y + down) for right in (0, 1) for down in (0, 1)]
        asked += len(near)
        if not inner or asked + len(inner) > MOST_TILES:
            return z
        near = inner
    return LAST_ZOOM


def _share_of(step, count):
    """Return what tells `step` of rows, by the tiles that are written: each zoom has four times as many."""
    of_all = sum(4**z for z in range(LAST_ZOOM + 1))

    def tell(z, share):
        written = sum(4**outer for outer in range(z)) + share * 4**z
        step(int(count * written / of_all), count)

    return tell


def _header(box):
    west, south, east, north = (round(degrees * FINEST) for degrees in box)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": 5,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }


def _said(told, layer, last):
    """Return what the file tells of itself: the words of the format, and all of it."""
    return {
        "name": told.title,
        "description": " ".join([told.description, *left_out(layer)]),
        "attribution": told.attribution or told.publisher,
        "licence": licence_of(told),
        "type": "overlay",
        "version": "1.0.0",
        "vector_layers": vector_layers(layer, told.language, last=last),
        "maillage": json.loads(as_json(told.as_dict())),
    }
