"""The areas of a run as files: what each rests on stands on every line."""

import json

from apps.boundaries.models import Area
from apps.maps.runs.reading import Reading
from apps.maps.runs.told import author_of
from apps.maps.runs.workbook import workbook
from layers.spreadsheets import as_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _about(run, answer):
    """Return what a run is and rests on, the same for each of its areas."""
    return {
        "run": run.name,
        "run_id": str(run.pk),
        "hash": run.hash,
        "asked_by": author_of(run),
        "created": run.created.date().isoformat(),
        "edition": answer["edition"],
        "events_source": answer["source"],
        "events_until": answer["events_until"],
        "known_at": answer["known_at"],
        "simulated": run.is_simulated,
        "whole": answer["is_whole"],
        "sources": "; ".join(f"{each['file']} sha256:{each['sha256']}" for each in answer["snapshot"]),
        "licences": "; ".join(sorted({each["licence"] for each in answer["snapshot"] if each["licence"]})),
    }


def _rows(answer):
    reading = Reading(answer)
    return [_row(reading, area) for area in answer["scores"]]


def _row(reading, area):
    told = {
        "pcode": area["pcode"],
        "name": area["name"],
        "region": area["region"],
        "region_name": area["region_name"],
        "zone": area["zone"],
        "rank": area["rank"],
        "selected": area["selected"],
    }
    return told | _measured(reading, area) if reading.is_whole else told


def _measured(reading, area):
    robust = reading.answer["robustness"]["areas"][area["pcode"]]
    return {
        "score": area["score"],
        "how": area["how"],
        "why_not": " ".join(area["why_not"] or ()),
        "reason": area["reason"],
        "probability": robust["probability"],
        "class": robust["class"],
        "rank_low": robust["low_rank"],
        "rank_median": robust["median_rank"],
        "rank_high": robust["high_rank"],
        "people": area["people"],
        "missing": " ".join(area["missing"]),
        **{f"value {id_}": area["values"].get(id_, {}).get("value") for id_ in reading.criteria},
        **{f"filled {id_}": area["values"].get(id_, {}).get("filled") for id_ in _filled(reading)},
        **{f"points {id_}": area["contributions"].get(id_) for id_ in _used(reading)},
        "share_precise": area["quality"]["precise"],
        "people_estimated": area["quality"]["people_estimated"],
    }


def _used(reading):
    return [criterion["id"] for zone in reading.zones for criterion in reading.used(zone)]


def _filled(reading):
    return [id_ for id_, criterion in reading.criteria.items() if criterion["filled"]]


def as_table(run, answer):
    """Return every area as CSV."""
    about = _about(run, answer)
    lines = [row | about for row in _rows(answer)]
    return as_csv(list(lines[0]), (list(line.values()) for line in lines)), "text/csv; charset=utf-8"


def as_geojson(run, answer):
    """Return every area as a FeatureCollection, in the shapes of the edition of the run."""
    found = Area.objects.filter(edition__name=run.edition, pcode__in=[a["pcode"] for a in answer["scores"]])
    shapes = dict(found.with_geojson("medium").values_list("pcode", "geojson"))
    features = [
        {
            "type": "Feature",
            "id": row["pcode"],
            "geometry": json.loads(shapes[row["pcode"]]) if row["pcode"] in shapes else None,
            "properties": row,
        }
        for row in _rows(answer)
    ]
    collection = {"type": "FeatureCollection", **_about(run, answer), "features": features}
    return json.dumps(collection, ensure_ascii=False).encode(), "application/geo+json"


def as_workbook(run, answer):
    """Return the run as a workbook that makes its scores anew; None for who may not read its values."""
    return (workbook(run, answer, _about(run, answer)) if answer["is_whole"] else None), XLSX


WRITERS = {"csv": as_table, "geojson": as_geojson, "xlsx": as_workbook}
