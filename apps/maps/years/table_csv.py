"""The years as a file: an area and a year a line, with its months and its sources on every line."""

from apps.events.figures import provenance
from apps.maps.years.figures import last_years
from apps.maps.years.questions import INDICATORS
from layers.spreadsheets import as_csv

AREA = ("pcode", "name", "region", "region_name", "people", "people_year")
COUNTS = ("events_imprecise", *INDICATORS)


def years_csv(level, asked):
    """Return the figures of every area of a level in each year as CSV; missing figures are empty."""
    about = _about(provenance(asked))
    rows = (
        [
            *(area[name] for name in AREA),
            *(year.year, year.since, year.until, year.months),
            *(area[name] for name in COUNTS),
            *about.values(),
        ]
        for year in last_years(level, asked)
        for area in year.areas
    )
    return as_csv([*AREA, "year", "since", "until", "months", *COUNTS, *about], rows)


def _about(shown):
    sources = {kind: source or {} for kind, source in shown["source"].items()}
    return {
        "events_source": shown["events_source"],
        "edition": shown["edition"],
        **{f"source_{kind}": source.get("attribution") for kind, source in sources.items()},
        **{f"licence_{kind}": source.get("licence") for kind, source in sources.items()},
        "simulated_data": shown["simulated"],
        "approximate_boundaries": shown["approximate"],
    }
