"""An answer of siting to take away: the sites of every plan as rows and as points. Light."""

SITE = (
    *("key", "name", "kind", "action", "pcode", "region", "region_name", "cercle", "cercle_name"),
    *("longitude", "latitude", "cost", "year"),
)
"""Columns in their order: an answer keeps its names in that of the alphabet."""
OF_THE_DOCUMENT = ("document_cost", "confidence", "place_told")
BOUNDS = ("low", "point", "high")


def rows(answer):
    """Return the sites of every plan, each a flat dict; `order` is that in which they bring people."""
    shares = {each["candidate"]: each["share"] for each in (answer["robust"] or {"sites": ()})["sites"]}
    return [
        {
            "plan": plan["key"],
            "order": order,
            **{name: site.get(name) for name in SITE},
            **{f"people_{bound}": site["people"][bound] for bound in BOUNDS},
            **{f"people_{bound}_per_100k_usd": _per(site, bound) for bound in BOUNDS},
            **{name: site.get(name) for name in OF_THE_DOCUMENT},
            "share_of_draws": shares.get(site["key"]) if plan["key"] == "chosen" else None,
        }
        for plan in answer["plans"]
        for order, site in enumerate(plan["sites"], start=1)
    ]


def _per(site, bound):
    return site["people_per_100k_usd"] and site["people_per_100k_usd"][bound]


def features(answer):
    """Return the same as GeoJSON features (RFC 7946): a point a site."""
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
            "properties": {
                name: value for name, value in row.items() if name not in ("longitude", "latitude")
            },
        }
        for row in rows(answer)
    ]


def about(answer):
    """Return what travels with every row: question, edition, gap, sources, and what the minutes are."""
    question, sources = answer["question"], answer["snapshot"]
    return {
        "limit": question["limit"],
        "measure": question["measure"],
        "objective": question["objective"],
        "existing": question["existing"]["sense"],
        "day": question["existing"]["day"],
        "gap_share": answer["gap"] and answer["gap"]["share"],
        "walking_only": answer["walking_only"],
        "register_is_a_floor": answer["register_is_floor"],
        "edition": answer["edition"],
        "approximate_boundaries": answer["is_approximate"],
        "simulated_data": any(each["is_simulated"] for each in sources),
        "sources": "; ".join(dict.fromkeys(each["publisher"] for each in sources if each["publisher"])),
        "licence": "; ".join(dict.fromkeys(each["licence"] for each in sources if each["licence"])),
    }
