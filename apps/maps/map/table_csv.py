"""The table under the map as a file: every figure, with its period and its sources on every line."""

from layers.spreadsheets import as_csv

COLUMNS = (
    "pcode",
    "name",
    "region",
    "region_name",
    "people",
    "people_year",
    "people_method",
    "events",
    "violent_events",
    "fatalities",
    "events_region_only",
    "violent_per_100k",
    "events_per_100k",
    "fatalities_per_100k",
)


def table_csv(shown, targets):
    """Return the figures of `choropleth()` as CSV; missing figures are empty."""
    about = _about(shown)
    rows = (
        [*(area[column] for column in COLUMNS), area["pcode"] in targets, *about.values()]
        for area in shown["areas"]
    )
    return as_csv([*COLUMNS, "target", *about], rows)


def _about(shown):
    sources = {kind: shown["source"][kind] or {} for kind in ("events", "people", "boundaries")}
    return {
        "since": shown["period"]["since"],
        "until": shown["period"]["until"],
        "edition": shown["edition"],
        **{f"source_{kind}": source.get("attribution") for kind, source in sources.items()},
        **{f"licence_{kind}": source.get("licence") for kind, source in sources.items()},
        "simulated_data": shown["simulated"],
        "approximate_boundaries": shown["approximate"],
    }
