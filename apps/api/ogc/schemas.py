"""The JSON Schema of the features of a collection: without it a client guesses types from the first rows."""

from django.utils.translation import get_language

from apps.api.ogc.documents import queryable
from layers.declaration import Geometry

SHAPES = {Geometry.AREA: "MultiPolygon", Geometry.POINT: "Point"}


def feature_schema(layer, links):
    """
    Return the schema of one feature as it is answered; a value that is missing is null.

    A field called `id` is the identifier of the feature, told once: GDAL would read it twice.
    """
    language = get_language()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": links.to("schema", layer.name),
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": ["string", "integer"]},
            "geometry": _shape(layer),
            "properties": {
                "type": "object",
                "properties": {
                    each.name: _or_missing(queryable(each, layer))
                    for each in layer.fields
                    if each.name != "id"
                },
            },
        },
    }


def _or_missing(schema):
    """
    Return the schema of a value that may be missing, in the words of OpenAPI 3.0.

    GDAL and QGIS read one type: of a list of types, or a choice of them, they make a text.
    """
    return {**schema, "nullable": True}


def _shape(layer):
    if layer.geometry is Geometry.TABLE:
        return {"type": "null"}
    kind = {"type": "object", "properties": {"type": {"type": "string", "enum": [SHAPES[layer.geometry]]}}}
    return {"anyOf": [kind, {"type": "null"}]}
