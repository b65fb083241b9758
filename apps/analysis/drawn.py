"""The rows of an answer as GeoJSON: shapes come from PostGIS as text and are never parsed."""

import json

from apps.analysis.features import EVENT_LAYERS
from apps.catalogue.rows import ROWS
from apps.events.models import ConflictEvent

DETAIL = "high"
"""Of the shapes of areas: a file is drawn at any zoom."""


def feature_collection(found, about):
    """Return an answer (`Answer`) as a FeatureCollection in text, `about` beside its features."""
    shapes = shapes_of(found)
    names = [column["name"] for column in found.columns]
    ids = found.ids or [None] * len(found.rows)
    features = (
        _feature(identifier, shapes.get(str(identifier)), dict(zip(names, row, strict=True)))
        for identifier, row in zip(ids, found.rows, strict=True)
    )
    head = _json({"type": "FeatureCollection", **about})
    return f'{head[:-1]},"features":[{",".join(features)}]}}'


def shapes_of(found):
    """Return {identifier as text: its shape as GeoJSON text} of the rows that lie somewhere."""
    if found.geometry_of is None:
        return {}
    layer, ids = ROWS[found.geometry_of], [each for each in found.ids if each is not None]
    # An answer kept a while ago may tell an event as it was known then: every version has its place.
    rows = ConflictEvent.objects.all() if found.geometry_of in EVENT_LAYERS else layer.all()
    placed = rows.filter(**{f"{layer.identifier}__in": ids}).with_geojson(DETAIL)
    return {str(key): shape for key, shape in layer.values(placed, (), "geojson") if shape}


def _feature(identifier, shape, properties):
    return (
        f'{{"type":"Feature","id":{_json(identifier)},"geometry":{shape or "null"},'
        f'"properties":{_json(properties)}}}'
    )


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
