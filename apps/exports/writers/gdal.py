"""Files that GDAL writes: one table from Arrow batches, the error that stopped it told as it was."""

import errno
import os
import shutil
from contextlib import contextmanager
from sqlite3 import OperationalError

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
    with lack_of_room_told(path):
        try:
            pyogrio.write_arrow(
                rows.reader(), path, layer=layer, driver=driver, append=append, **shapes, **options
            )
        except RuntimeError:
            if rows.stopped:
                raise rows.stopped from None
            raise


@contextmanager
def lack_of_room_told(path):
    """Raise OSError, as Python's own files do, where GDAL or SQLite fail on a disk that is full."""
    try:
        yield
    except (RuntimeError, OperationalError) as failure:
        if shutil.disk_usage(path.parent).free < FULL_BELOW:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from failure
        raise
