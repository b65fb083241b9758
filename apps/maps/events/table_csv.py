"""The table of indicators as a file: each number with its uncertainty, each line with its sources."""

from apps.events.figures import provenance
from apps.events.spreading import BOUNDS, MEASURES
from apps.patterns.models import Pattern
from layers.spreadsheets import as_csv

COUNTED = ("events", "violent_events", "fatalities")
FIGURES = (
    "people",
    "people_year",
    *COUNTED,
    *(f"{name}_{bound}" for name in MEASURES for bound in BOUNDS),
    "events_imprecise",
    "civilian_events",
    "civilian_fatalities",
    "violent_per_100k",
    "events_per_100k",
    "fatalities_per_100k",
    "civilian_events_per_100k",
)
TREND = ("trend_change_a_year", "trend_low", "trend_high", "trend_dispersion")
SPOT = ("hot_spot_z", "hot_spot_p", "hot_spot_q", "hot_spot", "hot_spot_why")
CLASS = ("violent_by_1000_km2_and_year", "nearest_neighbour_ratio", "conflict_class", "conflict_class_why")
SPREAD = ("diffusion_low", "diffusion_high", "inhabited_cells", "diffusion_why")


def table_csv(question, rows, types):
    """Return the rows as CSV; `types` are the types of events met, one column of events each."""
    about = _about(question)
    header = ["pcode", "name", "region", "region_name", *FIGURES, *TREND, *SPOT, *CLASS, *SPREAD]
    header += [f"events_{each}" for each in types]
    return as_csv([*header, *about], (_line(row, types, about) for row in rows))


def _line(row, types, about):
    measured = row.patterns
    return [
        row.pcode,
        row.name,
        row.region,
        row.region_name,
        *(row.figures[name] for name in FIGURES),
        *_trend(row.months.trend),
        *_spot(measured.get(Pattern.Measure.HOT_SPOT)),
        *_class(measured.get(Pattern.Measure.CONFLICT_CLASS)),
        *_spread(measured.get(Pattern.Measure.DIFFUSION)),
        *(row.types.get(each, {}).get("events", 0) for each in types),
        *about.values(),
    ]


def _trend(trend):
    return (trend.change, trend.low, trend.high, trend.dispersion) if trend else [None] * len(TREND)


def _spot(found):
    return (found.value, found.p, found.q, found.label, found.why) if found else [None] * len(SPOT)


def _class(found):
    if found is None:
        return [None] * len(CLASS)
    return found.value, found.detail.get("ratio"), found.label, found.why


def _spread(found):
    if found is None:
        return [None] * len(SPREAD)
    return found.value, found.detail.get("high"), found.detail.get("cells"), found.why


def _about(question):
    told = provenance(question.asked)
    sources = {kind: source or {} for kind, source in told["source"].items()}
    return {
        "since": question.period.since,
        "until": question.period.until,
        "events_source": told["events_source"],
        "known_at": told["known_at"],
        "edition": told["edition"],
        **{f"source_{kind}": source.get("attribution") for kind, source in sources.items()},
        **{f"licence_{kind}": source.get("licence") for kind, source in sources.items()},
        "simulated_data": told["simulated"],
        "approximate_boundaries": told["approximate"],
    }
