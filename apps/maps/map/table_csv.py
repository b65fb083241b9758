"""The table under the map as a file: every figure, with its period and its sources on every line."""

from apps.events.spreading import BOUNDS, MEASURES
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
    "events_imprecise",
    *(f"{name}_{bound}" for name in MEASURES for bound in BOUNDS),
    "violent_per_100k",
    "events_per_100k",
    "fatalities_per_100k",
)


def table_csv(shown, targets, *, added=()):
    """Return the figures of `choropleth()`, and those `added`, as CSV; missing figures are empty."""
    about, columns = _about(shown) | targets.told(), (*COLUMNS, *added)
    pcodes = set(targets.pcodes)
    rows = (
        [*(area[column] for column in columns), area["pcode"] in pcodes, *about.values()]
        for area in shown["areas"]
    )
    return as_csv([*columns, "target", *about], rows)


def _about(shown):
    sources = {kind: source or {} for kind, source in shown["source"].items()}
    return {
        "since": shown["period"]["since"],
        "until": shown["period"]["until"],
        "edition": shown["edition"],
        **{name: shown[name] for name in ("events_source", "events_until", "known_at", "first_known")},
        **{f"source_{kind}": source.get("attribution") for kind, source in sources.items()},
        **{f"licence_{kind}": source.get("licence") for kind, source in sources.items()},
        "simulated_data": shown["simulated"],
        "approximate_boundaries": shown["approximate"],
    }
