"""An answer to a study of reach as tables and shapes to take away. Light: pages and API call it."""

import json

from apps.boundaries.models import Area

LEVELS = ("regions", "cercles", "communes")
TABLES = (*LEVELS, "hexagons", "pockets")

DETAIL = "medium"
"""Of the shapes of areas in a download: that of the map."""

BOUNDS = ("low", "point", "known", "high")
REACHED = (*BOUNDS, "drawn_low", "drawn_high")
HEXAGON = ("h3", "people", *(f"beyond_{name}" for name in ("low", "known", "high")))
POCKET = ("people", "settlements", "communes", "hull_km2", "longitude", "latitude")
"""Columns in their order: an answer keeps its names in that of the alphabet."""


def rows(answer, table):
    """Return the rows of a table of an answer, each a flat dict; KeyError for a table it has not."""
    return [READ[table](each) for each in _told(answer, table)]


def features(answer, table):
    """Return the rows of a table as GeoJSON features (RFC 7946)."""
    shape = _shapes(answer, table)
    return [
        {"type": "Feature", "geometry": shape(told), "properties": row}
        for told, row in zip(_told(answer, table), rows(answer, table), strict=True)
    ]


def about(answer):
    """Return what travels with every row: question, edition, sources, and what the minutes are."""
    question, sources = answer["question"], answer["snapshot"]
    return {
        "kinds": "police,court,prison" if question["chain"] else ",".join(question["kinds"]),
        "chain": question["chain"],
        "sense": question["sense"],
        "day": question["day"],
        "limit": question["limit"],
        "measure": question["measure"],
        "walking_only": answer["walking_only"],
        "register_is_a_floor": answer["register_is_floor"],
        "edition": answer["edition"],
        "approximate_boundaries": answer["is_approximate"],
        "simulated_data": any(each["is_simulated"] for each in sources),
        "sources": "; ".join(dict.fromkeys(each["publisher"] for each in sources if each["publisher"])),
        "licence": "; ".join(dict.fromkeys(each["licence"] for each in sources if each["licence"])),
    }


def _told(answer, table):
    match table:
        case "hexagons":
            return answer["hexagons"]["cells"]
        case "pockets":
            return answer["pockets"]["largest"]
    if table not in LEVELS:
        raise KeyError(table)
    return answer[table]


def _area(area):
    bounds = area["reached"] or dict.fromkeys(REACHED)
    beyond = area["beyond"] or dict.fromkeys(BOUNDS)
    named = ("pcode", "name", "parent", "parent_name", "settlements", "people", "people_placed", "register")
    return {
        **{name: area[name] for name in named},
        **{f"reached_{name}": bounds[name] for name in REACHED},
        **{f"beyond_{name}": beyond[name] for name in BOUNDS},
        **_senses(area),
        **_bands(area["bands"]),
        **{f"part_{part['key']}_{name}": part[name] for part in area["parts"] for name in BOUNDS},
        **{f"farthest_{key}": people for key, people in (area["worst_link"] or {}).items()},
        **{f"posts_{name}": value for name, value in (area["norm"] or {}).items()},
        **{f"weighted_{name}": value for name, value in (area["weighted"] or {}).items()},
        **{
            f"assigned_{told['court_kind']}_{name}": value
            for told in area["assigned"] or ()
            for name, value in told.items()
            if name != "court_kind"
        },
    }


def _senses(area):
    told = area["senses"] or {sense: dict.fromkeys(BOUNDS) for sense in ("nominal", "functional")}
    return {f"{sense}_{name}": bounds[name] for sense, bounds in told.items() for name in BOUNDS}


def _bands(bands):
    names = [f"to_{limit:g}" for limit in bands["limits"]] + [f"beyond_{bands['limits'][-1]:g}"]
    return {
        f"band_{name}_{bound}": people
        for bound in ("low", "known")
        for name, people in zip(names, bands[bound], strict=True)
    }


def _hexagon(cell):
    return {name: cell[name] for name in HEXAGON}


def _pocket(pocket):
    worst = pocket["worst"]
    return {
        **{name: pocket[name] for name in POCKET},
        "worst_settlement": worst["name"],
        "worst_km": worst.get("km"),
        "worst_minutes": worst.get("minutes"),
        "worst_longitude": worst["longitude"],
        "worst_latitude": worst["latitude"],
        "cercles": ",".join(cercle["pcode"] for cercle in pocket["cercles"]),
        "regions": ",".join(region["pcode"] for region in pocket["regions"]),
    }


READ = {"hexagons": _hexagon, "pockets": _pocket, **dict.fromkeys(LEVELS, _area)}


def _shapes(answer, table):
    """Return what gives the geometry of what is told: a ring closed, a point, the shape of an area."""
    if table == "hexagons":
        return lambda cell: {"type": "Polygon", "coordinates": [[*cell["ring"], cell["ring"][0]]]}
    if table == "pockets":
        return lambda pocket: {"type": "Point", "coordinates": [pocket["longitude"], pocket["latitude"]]}
    of_edition = Area.objects.filter(edition__name=answer["edition"]).with_geojson(DETAIL)
    shapes = dict(of_edition.values_list("pcode", "geojson"))
    return lambda area: json.loads(shapes[area["pcode"]]) if area["pcode"] in shapes else None
