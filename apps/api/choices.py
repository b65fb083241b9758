"""A ranking or a choice of cercles as a file: scores, contributions, period, weights and sources."""

import json
from calendar import monthrange

from apps.boundaries.models import Area
from apps.targeting.services import CRITERIA
from apps.targeting.targets import targets_now
from layers.spreadsheets import as_csv


def last_day(month):
    """Return the last day of the month of this day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def _properties(row):
    return {
        "pcode": row["pcode"],
        "name": row["name"],
        "region": row["region"],
        "region_name": row["region_name"],
        "rank": row["rank"],
        "score": row["score"],
        **row["values"],
        **{f"points_{criterion}": row["contributions"].get(criterion) for criterion in CRITERIA},
        "missing": ";".join(row["missing"]),
        **{
            f"{name}{bound}": row[f"{name}{bound}"]
            for name in ("violent_events", "fatalities")
            for bound in ("", "_low", "_high")
        },
        "people_year": row["people_year"],
        "people_method": row["people_method"],
        "target": row["target"],
    }


def _about(asked, told):
    sources = [source for source in told["source"].values() if source]
    named = dict.fromkeys(source["attribution"] or source["publisher"] for source in sources)
    return {
        "since": f"{asked['since']:%Y-%m}",
        "until": f"{asked['until']:%Y-%m}",
        "weights": asked["weights"],
        "edition": told["edition"],
        "events_source": told["events_source"],
        "events_until": told["events_until"] and told["events_until"].isoformat(),
        "known_at": told["known_at"] and told["known_at"].isoformat(),
        "first_known": told["first_known"] and told["first_known"].isoformat(),
        "simulated": told["simulated"],
        "approximate": told["approximate"],
        "attribution": "; ".join(named),
        "licence": "; ".join(dict.fromkeys(source["licence"] for source in sources if source["licence"])),
    }


def as_geojson(rows, asked, told):
    """Return the rows as a FeatureCollection in medium detail, best rank first."""
    pcodes = [row["pcode"] for row in rows]
    shapes = dict(
        Area.objects.cercles().filter(pcode__in=pcodes).with_geojson("medium").values_list("pcode", "geojson")
    )
    features = [
        {
            "type": "Feature",
            "id": row["pcode"],
            "geometry": json.loads(shapes[row["pcode"]]),
            "properties": _properties(row),
        }
        for row in rows
    ]
    collection = {
        "type": "FeatureCollection",
        **targets_now().told(),
        **_about(asked, told),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False).encode(), "application/geo+json"


def as_table(rows, asked, told):
    """Return the rows as CSV, with period, weights and sources on every line."""
    about = _about(asked, told)
    weights = about.pop("weights")
    constant = {
        **targets_now().told(),
        **about,
        **{f"weight_{criterion}": weight for criterion, weight in weights.items()},
    }
    lines = [{**_properties(row), **constant} for row in rows]
    header = list(lines[0]) if lines else []
    return as_csv(header, (list(line.values()) for line in lines)), "text/csv; charset=utf-8"


WRITERS = {"geojson": as_geojson, "csv": as_table}
