"""FlatGeobuf: rows beside an index of where they are, read in parts from a distance."""

from apps.catalogue.texts import as_json
from apps.exports.about import about
from apps.exports.doubts import doubts_of, licence_of
from apps.exports.writers.arrow import Rows
from apps.exports.writers.gdal import write_table


def write(selection, path, *, step):
    """Write the rows, in the order of the index; a day becomes an instant: the format knows no days."""
    told = about(selection)
    options = {
        "TITLE": told.title,
        "DESCRIPTION": " ".join([*doubts_of(told), told.description]),
        # The index holds places only: with it, a row of unknown place could not be written.
        "SPATIAL_INDEX": "NO" if has_rows_of_unknown_place(selection) else "YES",
    }
    write_table(
        Rows(selection, step=step),
        path,
        layer=told.layer,
        driver="FlatGeobuf",
        layer_options=options,
        layer_metadata=said(told),
    )


def has_rows_of_unknown_place(selection):
    """Return whether there is a row that cannot be drawn."""
    rows = selection.rows().with_wkb(selection.question.detail)
    return rows.filter(wkb__isnull=True).exists()


def said(told):
    """Return what a file tells of itself as names and texts: the licence, for programs; all, as JSON."""
    return {
        "licence": licence_of(told),
        "attribution": told.attribution,
        "publisher": told.publisher,
        "about": as_json(told.as_dict()),
    }
