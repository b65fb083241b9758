"""
GeoJSON-Seq: one feature a line, for programs that read as it comes.

Lines end with a newline and begin with no record separator (RFC 8142 asks for one): that is what the
extension .geojsonl stands for, and what GDAL and jq read alike.
"""

from apps.catalogue.texts import as_json, feature
from apps.exports.about import about
from apps.exports.doubts import licence_of

STEP_ROWS = 1000


def write(selection, path, *, step):
    """Write a feature a line; each tells source and licence beside its properties, for no line is first."""
    told, names = about(selection), selection.question.fields
    last = {
        "source": told.attribution or told.publisher,
        "licence": licence_of(told),
        **dict.fromkeys(told.warnings, True),
    }
    ending = "," + as_json(last)[1:] + "\n"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, (identifier, row, shape) in enumerate(selection.records(shape="geojson")):
            file.write(feature((identifier, *row, shape), names)[:-1] + ending)
            if number % STEP_ROWS == 0:
                step(number, selection.count)
    step(selection.count, selection.count)
