"""
GeoPackage: a table for each layer, with the words of its fields, its style and its metadata in the file.

GDAL writes rows and spatial index; what else the standard has a place for is added to the same file.
"""

from contextlib import closing
from sqlite3 import connect

from apps.exports.about import about
from apps.exports.writers.arrow import Rows
from apps.exports.writers.gdal import lack_of_room_told, write_table
from apps.exports.writers.geopackage_tables import describe_fields, keep_metadata, keep_style, set_changed
from apps.exports.writers.iso19139 import metadata

ROW_NUMBER = "fid"
COUNTS_OF_CHANGES = (24, 92)
"""Where the head of an SQLite file counts its transactions."""


def write(selection, path, *, step):
    """Write a GeoPackage of one table."""
    write_layer(selection, path, append=False, step=step)


def write_layer(selection, path, *, append, step):
    """
    Write the rows of a selection as a table named as its layer: a new file, or one more table of a file
    (`append`). The number of a row is that of the API wherever the layer has whole numbers.
    """
    is_numbered = selection.columns.identifier == "id"
    told = about(selection)
    rows = Rows(selection, step=step, identifier=ROW_NUMBER if is_numbered else None)
    write_table(
        rows,
        path,
        layer=told.layer,
        driver="GPKG",
        append=append,
        layer_options={"IDENTIFIER": told.title, "DESCRIPTION": told.description, "GEOMETRY_NAME": "geom"},
    )
    with lack_of_room_told(path), closing(connect(path)) as file, file:
        # The file itself is a transaction: it is thrown away unless it becomes whole.
        describe_fields(file, selection)
        keep_metadata(file, told, metadata(told, box_of(file, told.layer)))
        keep_style(file, selection, told)
        set_changed(file, told)
    with lack_of_room_told(path):
        forget_how_often_written(path)


def forget_how_often_written(path):
    """
    Set the count of transactions in the head of an SQLite file to one.

    GDAL commits once more when a second begins while it writes: the same rows would give other bytes. The
    count must be the same in both places (file format of SQLite, 1.3.7 and 1.3.16).
    """
    with path.open("r+b") as file:
        for place in COUNTS_OF_CHANGES:
            file.seek(place)
            file.write((1).to_bytes(4, "big"))


def box_of(file, table):
    """Return west, south, east, north of what a table holds; None where it holds no shape."""
    box = file.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", [table]
    ).fetchone()
    return None if None in box else box
