"""
The figures of areas over a period: people, events, fatalities, and rates per 100 000 people.

Read by the map, the sheets and the targeting. Aggregates only: public whatever the class of the events.
What is `asked` (whose events, until when, known when) is an `Asked`; None asks the newest. Numbers of events
are of those placed with confidence; beside them stands the interval that counts the others too.
"""

from dataclasses import asdict, dataclass
from datetime import date

from apps.boundaries.models import Area, Edition
from apps.events.asked import months_before, newest
from apps.events.models import EventCount
from apps.events.queries import end_of_month
from apps.events.spreading import (
    UNKNOWN_INTERVALS,
    certain,
    drawn_counts,
    usual_spread,
    with_intervals,
)
from apps.sources.models import Load
from geo.classes import class_counts, class_limits
from geo.vocabulary import EventSource, Level

PERIODS = {"12m": 12, "36m": 36, "all": None}
"""Months that end with the last month of events; None begins with the first event."""

INDICATORS = ("violent_per_100k", "events_per_100k", "fatalities_per_100k", "fatalities", "people")
RATES = {
    "events_per_100k": "events",
    "violent_per_100k": "violent_events",
    "fatalities_per_100k": "fatalities",
    "civilian_events_per_100k": "civilian_events",
}

COUNTED = (
    "events",
    "violent_events",
    "fatalities",
    "civilian_events",
    "civilian_fatalities",
    "events_imprecise",
)
"""What is counted of areas and months; `events_imprecise` lie there by their point only."""

NO_EVENT = dict.fromkeys(COUNTED, 0)
"""Of an area without a recorded event, while events are loaded."""
NOT_KNOWN = dict.fromkeys(COUNTED)
"""Of every area while no event is loaded: not zero."""

COLUMNS = {Level.REGION: "region", Level.CERCLE: "cercle", Level.COMMUNE: "commune"}


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both included; None when there is no event at all."""

    key: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class AreaFigures:
    """The figures of every area of a level; `spread` tells how the imprecise events were, None unknown."""

    level: Level
    period: Period
    areas: list[dict]
    spread: dict | None = None


def period_of(key, asked=None):
    """Return the period of this key; raises KeyError for an unknown one."""
    months, asked = PERIODS[key], asked or newest()
    span = asked.span
    if span is None:
        return Period(key, None, None)
    since = span.first if months is None else max(span.first, months_before(span.last, months - 1))
    return Period(key, since, _last_counted(span, asked))


def _last_counted(span, asked):
    """Return the last day that counts: of the last month, or the one until which events are asked."""
    last = end_of_month(span.last)
    return min(last, asked.events_until) if asked.events_until else last


def area_figures(level, period_key, asked=None, *, spread_by=None):
    """Return the figures of every area of a level over a period named by its key."""
    asked = asked or newest()
    return figures_between(level, period_of(period_key, asked), asked, spread_by=spread_by)


def figures_between(level, period, asked=None, *, spread_by=None):
    """
    Return the figures of every area of this level of the active edition, in the order of P-codes.

    An area counts the events placed in it (`PlacePrecision.is_placed_in`). Rates are None where people are
    not known, never zero; so are counts in a period of which no event is loaded, or was known.
    """
    level, asked = Level(level), asked or newest()
    areas = placed_figures(level, period, asked)
    if not _overlaps_the_events(period, asked):
        return AreaFigures(level, period, [area | UNKNOWN_INTERVALS for area in areas])
    paired, spread = with_intervals(
        areas,
        asked.versions().in_months(period.since, period.until).imprecise_by_place(level),
        level=level,
        by=spread_by or usual_spread(level),
        precise_events=lambda: precise_events(level, asked),
    )
    return AreaFigures(level, period, paired, spread)


def placings_between(level, period, asked=None, *, draws):
    """
    Return the figures of areas of placed events alone, and what they hold under `draws` placings of the rest.

    The second is an array of `apps.events.spreading.MEASURES` by areas by draws; None where nothing is known.
    """
    level, asked = Level(level), asked or newest()
    areas = placed_figures(level, period, asked)
    if not _overlaps_the_events(period, asked):
        return areas, None
    drawn = drawn_counts(
        areas,
        asked.versions().in_months(period.since, period.until).imprecise_by_place(level),
        level=level,
        by=usual_spread(level),
        precise_events=lambda: precise_events(level, asked),
        draws=draws,
    )
    return areas, drawn


def placed_figures(level, period, asked=None):
    """Return the figures of the areas as `figures_between` does, of the events placed alone: no interval."""
    asked = asked or newest()
    is_known = _overlaps_the_events(period, asked)
    counts = _counts(level, period, asked) if is_known else {}
    without = NO_EVENT if is_known else NOT_KNOWN
    return [_figures(area, counts.get(area["pcode"], without)) for area in areas_of(level)]


def areas_of(level):
    """Return the areas of a level of the active edition, with what figures say of each but counts."""
    around = {
        Level.REGION: ("", ""),
        Level.CERCLE: ("parent", ""),
        Level.COMMUNE: ("parent__parent", "parent"),
    }
    region, cercle = around[level]
    asked = [f"{each}__{told}" for each in (region, cercle) if each for told in ("pcode", "name")]
    rows = Area.objects.active().at(level).with_people()
    return [
        {
            "pcode": row["pcode"],
            "name": row["name"],
            "region": row.get(f"{region}__pcode"),
            "region_name": row.get(f"{region}__name"),
            **({"cercle": row[f"{cercle}__pcode"], "cercle_name": row[f"{cercle}__name"]} if cercle else {}),
            "people": row["people"],
            "people_year": row["people_year"],
            "people_method": row["people_method"],
        }
        for row in rows.values("pcode", "name", "people", "people_year", "people_method", *asked)
    ]


def _overlaps_the_events(period, asked):
    """Tell whether events are loaded, or were known, for some month of the period."""
    span = asked.span
    if span is None or period.since is None:
        return False
    return period.since <= _last_counted(span, asked) and period.until >= span.first


def countable(asked):
    """Return what is summed to answer: the kept counts, or the versions of events where these cannot."""
    return EventCount.objects.filter(source=asked.counted_source) if asked.is_kept else asked.versions()


def _counts(level, period, asked):
    column = f"{COLUMNS[level]}__pcode"
    rows = countable(asked).in_months(period.since, _until(period, asked)).summed_by(column, level=level)
    return {row[column]: _counted(row) for row in rows}


def _until(period, asked):
    return min(period.until, asked.events_until) if asked.events_until else period.until


def _counted(row):
    return {name: row[f"{name}_sum"] for name in COUNTED}


def precise_events(level, asked=None):
    """Return {P-code: events placed in each area of a level} over all that is asked."""
    asked = asked or newest()
    if asked.span is None:
        return {}
    return {
        pcode: counts["events"]
        for pcode, counts in _counts(level, period_of("all", asked), asked).items()
        if pcode
    }


def counts_by_type(level, period, asked=None):
    """Return {P-code: {type: its counts}} of the areas of a level that had events in the period."""
    asked, column = asked or newest(), f"{COLUMNS[level]}__pcode"
    if not _overlaps_the_events(period, asked):
        return {}
    by_area = {}
    rows = countable(asked).in_months(period.since, _until(period, asked))
    for row in rows.summed_by(column, "event_type", level=level):
        if row[column]:
            by_area.setdefault(row[column], {})[row["event_type"]] = _counted(row)
    return by_area


def _figures(area, count):
    figures = area | count
    return figures | {rate: _per_100k(figures[of], area["people"]) for rate, of in RATES.items()}


def _per_100k(number, people):
    return 100_000 * number / people if people and number is not None else None


def imprecise(areas):
    """Return how many events of these areas are placed in none of them, and which share of all they are."""
    events = sum(area["events_imprecise"] or 0 for area in areas)
    total = events + sum(area["events"] or 0 for area in areas)
    return {"events": events, "share": events / total if total else 0.0}


def choropleth(level, period_key, asked=None, *, spread_by=None):
    """
    Return what one choropleth shows: figures, classes with their counts, and where they come from.

    Class limits follow from the figures alone: every reader who asks the same sees the same map.
    """
    asked = asked or newest()
    figures = area_figures(level, period_key, asked, spread_by=spread_by)
    return {
        "level": level.name.lower() + "s",
        "period": asdict(figures.period),
        **provenance(asked),
        "imprecise": imprecise(figures.areas),
        "spread": figures.spread,
        "areas": figures.areas,
        "classes": {indicator: _classes(figures.areas, indicator) for indicator in INDICATORS},
    }


def _classes(areas, indicator):
    values = [area[indicator] for area in areas]
    limits = class_limits(values)
    counts, no_data = class_counts(values, limits)
    return {"limits": limits, "counts": counts, "no_data": no_data}


def provenance(asked=None):
    """Return the edition, whose events count and until when, and the sources in use, for legends."""
    asked = asked or newest()
    edition = Edition.objects.filter(is_active=True).first()
    loads = list(Load.objects.in_use())
    return {
        "edition": edition.name if edition else None,
        "approximate": edition.is_approximate if edition else False,
        "simulated": asked.counted_source is EventSource.SIMULATED,
        **asked.told(),
        "source": {
            "events": _told(load_of_source(asked.counted_source, loads)),
            "people": _told(_of_kind(loads, Load.Kind.POPULATION)),
            "boundaries": _told(_of_kind(loads, Load.Kind.BOUNDARIES)),
        },
    }


def load_of_source(source, loads):
    """Return which of these loads, in use, holds the events of a source; None where none does."""
    if source is EventSource.UCDP:
        return _of_kind(loads, Load.Kind.UCDP_EVENTS)
    is_simulated = source is EventSource.SIMULATED
    return _of_kind([load for load in loads if load.is_simulated == is_simulated], Load.Kind.EVENTS)


def _of_kind(loads, kind):
    return next((load for load in loads if load.kind == kind), None)


def _told(load):
    if load is None:
        return None
    return {
        "publisher": load.publisher,
        "attribution": load.attribution,
        "licence": load.licence,
        "edition": load.edition,
        "as_of": load.as_of,
        "access": load.access,
        "load": load.pk,
    }


def counts_by_month(area, asked=None):
    """Return (month, its counts named as in `COUNTED`) of an area, for every month that can be counted."""
    asked, level = asked or newest(), Level(area.level)
    if asked.span is None:
        return []
    whole = period_of("all", asked)
    rows = countable(asked).in_months(whole.since, whole.until).filter(**{COLUMNS[level]: area})
    counts = {row["month"]: _counted(row) for row in rows.summed_by("month", level=level)}
    months, month = [], asked.span.first
    while month <= asked.span.last:
        months.append((month, counts.get(month, NO_EVENT)))
        month = months_before(month, -1)
    return months


def area_months(level, period, asked=None):
    """Return {month: {P-code: counts}} of every area of a level that had events in the period."""
    asked, column = asked or newest(), f"{COLUMNS[level]}__pcode"
    if not _overlaps_the_events(period, asked):
        return {}
    months = {}
    rows = countable(asked).in_months(period.since, _until(period, asked))
    for row in rows.summed_by("month", column, level=level):
        if row[column]:
            months.setdefault(row["month"], {})[row[column]] = _counted(row)
    return months


def with_pairs(area, counted, asked=None):
    """
    Return the counts of an area over periods with the intervals that `figures_between` gives among all areas.

    `counted` is (period, counts named as in `COUNTED`) for each period.
    """
    asked, level = asked or newest(), Level(area.level)
    whole = period_of("all", asked)
    alike = list(asked.versions().in_months(whole.since, whole.until).imprecise_by_place(level, "month"))
    if not alike:
        return [counts | certain(counts) for _period, counts in counted]
    areas = areas_of(level)
    place = next(place for place, each in enumerate(areas) if each["pcode"] == area.pcode)
    known = {}

    def of_area():
        if not known:
            known.update(precise_events(level, asked))
        return known

    pairs = []
    for period, counts in counted:
        paired, _spread = with_intervals(
            [each | (counts if each["pcode"] == area.pcode else NO_EVENT) for each in areas],
            [row for month, *row in alike if period.since <= month <= period.until],
            level=level,
            by=usual_spread(level),
            precise_events=of_area,
            around=place,
        )
        pairs.append({name: paired[place][name] for name in (*COUNTED, *UNKNOWN_INTERVALS)})
    return pairs


def period_of_months(key, months, asked=None):
    """Return the counts of a period added up, from the (month, counts) of `counts_by_month`."""
    in_period = months if PERIODS[key] is None else months[-PERIODS[key] :]
    last = end_of_month(in_period[-1][0])
    until = min(last, asked.events_until) if asked and asked.events_until else last
    period = Period(key, in_period[0][0], until)
    return period, {each: sum(count[each] for _month, count in in_period) for each in COUNTED}
