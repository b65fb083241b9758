"""GeoParquet 1.1: rows by columns, compressed, and what the file says of itself. Tables are plain Parquet."""

import json

import pyarrow.parquet as parquet
from pyproj import CRS

from apps.catalogue.texts import as_json
from apps.exports.about import about
from apps.exports.doubts import licence_of
from apps.exports.writers.arrow import SHAPE, Rows
from apps.exports.writers.gdal import SHAPES

LONGITUDE_FIRST = "OGC:CRS84"
"""As the coordinates are written."""


def write(selection, path, *, step):
    """Write the rows; "geo" in the footer tells programs of the shapes, "maillage" of the file."""
    told = about(selection)
    rows = Rows(selection, step=step)
    # Without the mark of GDAL's: in Parquet the footer says which column is the shape.
    schema = rows.schema.remove_metadata()
    with parquet.ParquetWriter(path, schema, compression="zstd", version="2.6") as file:
        for batch in rows.batches():
            file.write_batch(batch)
        file.add_key_value_metadata(footer(told, rows))


def footer(told, rows):
    """Return what stands in the footer, as names and texts."""
    said = {
        "maillage": as_json(told.as_dict()),
        "title": told.title,
        "licence": licence_of(told),
        "attribution": told.attribution,
    }
    return said | ({"geo": json.dumps(of_shapes(rows))} if rows.has_shapes else {})


def of_shapes(rows):
    """Return the metadata of GeoParquet: how shapes are written, of what kind they are, where they lie."""
    column = {
        "encoding": "WKB",
        "geometry_types": [SHAPES[rows.selection.layer.geometry]],
        "crs": CRS(LONGITUDE_FIRST).to_json_dict(),
        "edges": "planar",
    }
    if rows.box:
        column["bbox"] = list(rows.box)
    return {"version": "1.1.0", "primary_column": SHAPE, "columns": {SHAPE: column}}
