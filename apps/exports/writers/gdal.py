"""Files that GDAL writes: one table from Arrow batches, the error that stopped it told as it was."""

import errno
import shutil

import pyogrio

from apps.exports.writers.arrow import SHAPE
from layers.declaration import Geometry

DEGREES = "EPSG:4326"
SHAPES = {Geometry.AREA: "MultiPolygon", Geometry.POINT: "Point"}
FULL_BELOW = 4 << 20
"""Bytes left on a disk from which on a failure of GDAL is one of room: it tells no number of error."""


def write_table(rows, path, *, layer, driver, append=False, **options):
    """Write `rows` (`arrow.Rows`) as a table of a file; `options` are pyogrio's and the driver's."""
    shapes = {}
    if rows.has_shapes:
        kind = SHAPES[rows.selection.layer.geometry]
        shapes = {"geometry_name": SHAPE, "geometry_type": kind, "crs": DEGREES}
    try:
        pyogrio.write_arrow(
            rows.reader(), path, layer=layer, driver=driver, append=append, **shapes, **options
        )
    except RuntimeError as failure:
        if rows.stopped:
            raise rows.stopped from None
        if shutil.disk_usage(path.parent).free < FULL_BELOW:
            raise OSError(errno.ENOSPC, "GDAL could not write", str(path)) from failure
        raise
