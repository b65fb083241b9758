"""The table under the map as a file: every figure, with its period and its sources on every line."""

import csv
import io

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


def as_csv(shown, targets):
    """Return the figures of `choropleth()` as CSV (UTF-8 with BOM, comma); missing figures are empty."""
    about = _about(shown)
    text = io.StringIO()
    text.write("\ufeff")  # spreadsheets need it to read accents
    writer = csv.writer(text)
    writer.writerow([*COLUMNS, "target", *about])
    for area in shown["areas"]:
        row = [*(area[column] for column in COLUMNS), area["pcode"] in targets, *about.values()]
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode()


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


def _cell(value):
    """A text that a spreadsheet would take for a formula is kept a text."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
