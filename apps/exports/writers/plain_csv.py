"""CSV that a spreadsheet opens well: accents read, formulas inert, source and licence on every line."""

import csv

from apps.exports.about import about
from apps.exports.doubts import licence_of
from layers.declaration import Geometry
from layers.spreadsheets import cell

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets need it to read accents."""


def write(selection, path, *, step):
    """Write names of fields, then rows; a point as longitude and latitude in degrees (EPSG:4326)."""
    write_table(selection, path, step=step)


def write_table(selection, path, *, step, tags=None):
    """Write the table; `tags` makes of the names of its columns a second line."""
    names, last = columns_of(selection)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        writer.writerow(names)
        if tags:
            writer.writerow(tags(names))
        for number, row in enumerate(table_rows(selection)):
            writer.writerow([cell(value) for value in (*row, *last)])
            if number % 1000 == 0:
                step(number, selection.count)
    step(selection.count, selection.count)


def columns_of(selection):
    """Return the names of the columns, and the values that end every line: what the rows rest on."""
    told = about(selection)
    last = {
        "source": told.attribution or told.publisher,
        "licence": licence_of(told),
        "edition": told.edition,
        "simulated_data": told.simulated,
        "approximate_boundaries": told.approximate,
    }
    asked = list(selection.question.fields)
    last = {name: value for name, value in last.items() if name not in asked}
    place = ["longitude", "latitude"] if has_place(selection) else []
    return [*asked, *place, *last], list(last.values())


def has_place(selection):
    """Return whether each row is a point, of which a table holds longitude and latitude."""
    return selection.layer.geometry is Geometry.POINT


def table_rows(selection):
    """Yield the values of each row, with longitude and latitude where rows are points."""
    for _, row, point in selection.records(shape="point" if has_place(selection) else None):
        yield (*row, *((point.x, point.y) if point else (None, None))) if has_place(selection) else row
