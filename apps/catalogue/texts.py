"""Rows as JSON text. Shapes come from PostGIS as text and are never parsed."""

import json
from datetime import date, datetime


def as_json(value):
    """Return a value as JSON without spaces; days and instants as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_iso)


def _iso(value):
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no JSON form")


def feature(row, names):
    """Return a row (identifier, values of these fields, shape as text or None) as a Feature."""
    identifier, *properties, shape = row
    return (
        f'{{"type":"Feature","id":{as_json(identifier)},"geometry":{shape or "null"},'
        f'"properties":{as_json(dict(zip(names, properties, strict=True)))}}}'
    )
