"""GeoJSON (RFC 7946): what the file says of itself stands before its features, and programs pass over it."""

from apps.catalogue.texts import as_json, feature
from apps.catalogue.tiles.queries import extent
from apps.exports.about import about
from apps.exports.doubts import doubts_of, licence_of


def write(selection, path, *, step):
    """Write a FeatureCollection in UTF-8, feature by feature; coordinates as the API gives them."""
    told, names = about(selection), selection.question.fields
    known = {**told.as_dict(), "licence": licence_of(told), "doubts": doubts_of(told)}
    box = extent(selection.layer, selection.rows())
    head = {"type": "FeatureCollection", "name": selection.layer.name, "about": known}
    head |= {"bbox": box} if box else {}
    with path.open("w", encoding="utf-8") as file:
        file.write(as_json(head)[:-1] + ',"features":[')
        for number, (identifier, row, shape) in enumerate(selection.records(shape="geojson")):
            file.write(("," if number else "") + "\n" + feature((identifier, *row, shape), names))
            if number % 1000 == 0:
                step(number, selection.count)
        file.write("\n]}\n")
    step(selection.count, selection.count)
