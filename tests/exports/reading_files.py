"""Readers of the files that we write: GDAL, pyarrow and pmtiles, none of them our own code."""

import csv
import gzip
import io
import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from zipfile import ZipFile

import pyarrow.parquet as parquet
import pyogrio
import shapely
from pmtiles.reader import MmapSource, Reader, all_tiles

from apps.exports.writers.readme import NAME
from apps.exports.writers.shapefile import FIELD_NAMES

SHAPE_COLUMNS = ("geom", "wkb_geometry", "geometry")


def rows_of(path, names):
    """Return (values of these fields, shape) of every row of a file, in an order that hangs on them alone."""
    if path.name.endswith(".parquet"):
        return of_table(parquet.read_table(path), names)
    if path.name.endswith(".fgb"):
        return of_flatgeobuf(path, names)
    names = [short_names(path)[name] for name in names] if path.name.endswith(".shp.zip") else names
    return of_table(pyogrio.read_arrow(path, layer=0)[1], names)


def of_flatgeobuf(path, names):
    """Row by row: GDAL 3.12 hands over a shape that is not there as one of negative size, where by Arrow."""
    about, _, shapes, columns = pyogrio.raw.read(path, datetime_as_string=True)
    kinds = [KINDS.get(kind, float) for kind in zip(about["ogr_types"], about["ogr_subtypes"], strict=True)]
    known = {
        name: [told(value, kind) for value in values]
        for name, kind, values in zip(about["fields"], kinds, columns, strict=True)
    }
    return told_alike([([known[name][row] for name in names], shape) for row, shape in enumerate(shapes)])


KINDS = {
    ("OFTString", "OFSTNone"): str,
    ("OFTInteger64", "OFSTNone"): int,
    ("OFTInteger", "OFSTBoolean"): bool,
    ("OFTDateTime", "OFSTNone"): lambda text: datetime.fromisoformat(text),
}


def told(value, kind):
    """Return a value of numpy as one of Python; None where there is none."""
    if value is None or value != value or (value == "" and kind is not str):
        return None
    return kind(value)


def of_table(table, names):
    found = []
    for row in table.to_pylist():
        shape = next((row[name] for name in SHAPE_COLUMNS if name in row), None)
        found.append(([row[name] for name in names], shape))
    return told_alike(found)


def told_alike(rows):
    """Return rows whose days, shapes and order do not hang on the format."""
    return sorted((([day_of(each) for each in values], shape_of(shape)) for values, shape in rows), key=repr)


def day_of(value):
    """Return a day as text, told as a day or as its midnight; any other value as it is."""
    if isinstance(value, datetime) and value.tzinfo is None:
        assert (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def shape_of(wkb):
    """Return a shape as text with every digit; surfaces as several, in one order of their corners."""
    if wkb is None:
        return None
    shape = shapely.from_wkb(bytes(wkb))
    if shape.geom_type == "Polygon":
        shape = shapely.MultiPolygon([shape])
    return shapely.to_wkt(shapely.normalize(shape), rounding_precision=-1)


def short_names(path):
    """Return {name: name in the Shapefile}, as the table beside it tells."""
    text = part(path, FIELD_NAMES.fr, FIELD_NAMES.en)
    return {row[1]: row[0] for row in list(csv.reader(io.StringIO(text)))[1:]}


def readme_of(path):
    return part(path, NAME.fr, NAME.en)


def part(path, *names):
    with ZipFile(path) as packed:
        name = next(name for name in names if name in packed.namelist())
        return packed.read(name).decode("utf-8-sig")


def of_geopackage(path, statement, *values):
    """Return the rows that SQLite answers."""
    with closing(sqlite3.connect(path)) as file:
        return file.execute(statement, values).fetchall()


def geo_of(path):
    """Return the metadata of GeoParquet."""
    return json.loads(parquet.read_metadata(path).metadata[b"geo"])


def tiles_of(path):
    """Return {(z, x, y): plain bytes} of the tiles of a file."""
    with path.open("rb") as file:
        return {place: gzip.decompress(body) for place, body in all_tiles(MmapSource(file))}


def told_by_tiles(path):
    """Return header and metadata of a file of tiles."""
    with path.open("rb") as file:
        reader = Reader(MmapSource(file))
        return reader.header(), reader.metadata()
