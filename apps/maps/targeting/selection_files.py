"""A saved choice as a file: the ranking as it stood, whatever has been loaded since."""

import json

from apps.boundaries.models import Area
from apps.targeting.services import CRITERIA
from geo.vocabulary import Level
from layers.spreadsheets import as_csv


def cercles_of(edition_name):
    """Return the cercles of an edition by P-code; of none, when it is no longer kept."""
    found = Area.objects.filter(edition__name=edition_name, level=Level.CERCLE).select_related("parent")
    return {area.pcode: area for area in found.defer("boundary", "parent__boundary")}


def author_of(selection):
    """Return the name of who saved the choice."""
    return selection.author.get_full_name() or selection.author.get_username()


def _properties(row, area, chosen):
    return {
        "pcode": row["pcode"],
        "name": area.name if area else None,
        "region": area.parent.pcode if area else None,
        "region_name": area.parent.name if area else None,
        "chosen": row["pcode"] in chosen,
        "rank": row["rank"],
        "score": row["score"],
        **{criterion: row["values"].get(criterion) for criterion in CRITERIA},
    }


def _rows(selection):
    areas, chosen = cercles_of(selection.edition), set(selection.cercles)
    return [_properties(row, areas.get(row["pcode"]), chosen) for row in selection.ranking]


def _about(selection):
    return {
        "choice": selection.name,
        "saved_by": author_of(selection),
        "saved_on": selection.created.date().isoformat(),
        "since": selection.since.isoformat(),
        "until": selection.until.isoformat(),
        **{f"weight_{criterion}": selection.weights.get(criterion) for criterion in CRITERIA},
        "events_source": selection.source or None,
        "events_until": selection.events_until and selection.events_until.isoformat(),
        "known_at": (selection.known_at or selection.created).isoformat(),
        "edition": selection.edition,
        "simulated": selection.is_simulated,
        "sources": "; ".join(f"{each['file']} sha256:{each['sha256']}" for each in selection.snapshot),
    }


def as_table(selection):
    """Return the whole ranking as CSV; who chose, when and on which files stand on every line."""
    about = _about(selection)
    lines = [{**row, **about} for row in _rows(selection)]
    return as_csv(list(lines[0]), (list(line.values()) for line in lines)), "text/csv; charset=utf-8"


def as_geojson(selection):
    """Return the chosen cercles as a FeatureCollection, in the shapes of the edition of that time."""
    found = Area.objects.filter(edition__name=selection.edition, pcode__in=selection.cercles)
    shapes = dict(found.with_geojson("medium").values_list("pcode", "geojson"))
    features = [
        {
            "type": "Feature",
            "id": row["pcode"],
            "geometry": json.loads(shapes[row["pcode"]]) if row["pcode"] in shapes else None,
            "properties": row,
        }
        for row in _rows(selection)
        if row["chosen"]
    ]
    collection = {"type": "FeatureCollection", **_about(selection), "features": features}
    return json.dumps(collection, ensure_ascii=False).encode(), "application/geo+json"


WRITERS = {"csv": as_table, "geojson": as_geojson}
