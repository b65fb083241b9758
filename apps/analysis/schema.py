"""The JSON Schema of a question: what `questions.checked` checks, for who writes questions by machine."""

from apps.analysis.features import GROUNDS
from apps.analysis.questions import (
    LONGEST_KM,
    MEASURES,
    MOST_AREAS,
    MOST_BY,
    MOST_FILTERS,
    MOST_NEAREST,
    MOST_STEPS,
    OPERATORS,
    RELATIONS,
    VERSION,
)
from geo.vocabulary import EventSource
from layers.catalogue import LAYERS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = {"type": ["string", "null"], "format": "date"}


def question_schema():
    """Return the JSON Schema of a question of version 1."""
    return _object(
        {
            "version": {"const": VERSION},
            "steps": {"type": "array", "items": _step(), "minItems": 1, "maxItems": MOST_STEPS},
            "by": {
                "type": "array",
                "items": {"type": "string"},
                "maxItems": MOST_BY,
                "description": "region, cercle, commune, month, year, or a field of the last step's layer",
            },
            "measure": _or_null(
                _object({"kind": {"enum": list(MEASURES)}, "field": {"type": "string"}}, "kind")
            ),
            "keep": _or_null(
                {
                    **_object({"at_least": {"type": "number"}, "first": _whole(1, 1000)}),
                    "minProperties": 1,
                    "maxProperties": 1,
                }
            ),
            "events": _or_null(_events()),
            "edition": {"type": ["string", "null"]},
        },
        "steps",
    ) | {"$schema": DIALECT, "title": "Question", "$defs": {"fields": _fields()}}


def _object(properties, *required):
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
    }


def _or_null(schema):
    return {"anyOf": [schema, {"type": "null"}]}


def _whole(least, most):
    return {"type": "integer", "minimum": least, "maximum": most}


def _step():
    earlier = _object({"step": _whole(1, MOST_STEPS - 1)}, "step")
    areas = {
        "type": "array",
        "items": {"type": "string", "pattern": "^ML([0-9]{2}){0,3}$"},
        "maxItems": MOST_AREAS,
    }
    shape = {"type": "object", "description": "a GeoJSON geometry, EPSG:4326"}
    elsewhere = [
        _object({"areas": areas}, "areas"),
        _object({"shape": shape, "name": {"type": "string"}}, "shape"),
    ]
    layer = _layer(areas)
    relation = _object(
        {
            "kind": {"enum": list(RELATIONS)},
            "km": {"type": "number", "minimum": 0, "maximum": LONGEST_KM},
            "count": _whole(1, MOST_NEAREST),
            "at_least": _whole(1, 100_000),
            "first": _whole(1, 1000),
        },
        "kind",
    )
    return _object(
        {
            "what": {"anyOf": [layer, earlier]},
            "relation": _or_null(relation),
            "of": _or_null({"anyOf": [layer, earlier, *elsewhere]}),
        },
        "what",
    )


def _layer(areas):
    condition = _object(
        {
            "field": {"type": "string", "description": "a field of the layer: see $defs.fields"},
            "op": {"enum": list(OPERATORS)},
            "value": {"description": "a value, or a list of values of `in`; none of known and unknown"},
        },
        "field",
        "op",
    )
    return _object(
        {
            "layer": {"enum": list(GROUNDS)},
            "where": {"type": "array", "items": condition, "maxItems": MOST_FILTERS},
            "areas": areas,
            "since": DAY,
            "until": DAY,
            "last_months": {"type": ["integer", "null"], "minimum": 1, "maximum": 600},
        },
        "layer",
    )


def _events():
    return _object(
        {
            "source": {"enum": [*(each.value for each in EventSource), None]},
            "until": DAY,
            "known_at": {
                "type": ["string", "null"],
                "description": "a day, or an instant as ISO 8601 has it",
            },
        }
    )


def _fields():
    """Return the fields of each layer that can be asked, with the values of those that are coded."""
    return {
        name: {
            field.name: {"type": field.type.value, **({"enum": list(field.choices)} if field.choices else {})}
            for field in LAYERS[name].fields
        }
        for name in GROUNDS
    }
