"""The sites of a run as files: every plan, with what it rests on on every line."""

import json

from apps.maps.runs.files import about
from apps.maps.siting.reading import Reading
from layers.spreadsheets import as_csv

COLUMNS = (
    *("plan", "order", "key", "name", "kind", "action", "cercle", "cercle_name", "region", "region_name"),
    *("longitude", "latitude", "cost_usd", "year", "people_low", "people", "people_high", "share_of_draws"),
)


def _rows(reading):
    for plan in reading.answer["plans"]:
        for order, site in enumerate(plan["sites"], start=1):
            yield _row(reading, plan, order, site)


def _row(reading, plan, order, site):
    people = site["people"]
    return {
        **dict.fromkeys(COLUMNS),
        **{name: site.get(name) for name in COLUMNS if name in site},
        "plan": plan["key"],
        "order": order,
        "cost_usd": site["cost"],
        "people_low": people["low"],
        "people": people["point"],
        "people_high": people["high"],
        "share_of_draws": reading.shares.get(site["key"]),
    }


def as_table(run, answer):
    """Return the sites of every plan as CSV."""
    rests_on = about(run, answer)
    header = [*COLUMNS, *rests_on]
    lines = [[*row.values(), *rests_on.values()] for row in _rows(Reading(answer))]
    return as_csv(header, lines), "text/csv; charset=utf-8"


def as_geojson(run, answer):
    """Return the sites of every plan as points."""
    features = [
        {
            "type": "Feature",
            "id": f"{row['plan']}:{row['key']}",
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": row,
        }
        for row in _rows(Reading(answer))
    ]
    collection = {"type": "FeatureCollection", **about(run, answer), "features": features}
    return json.dumps(collection, ensure_ascii=False).encode(), "application/geo+json"


WRITERS = {"csv": as_table, "geojson": as_geojson}
