"""
The figures of areas over a period: people, events, fatalities, and rates per 100 000 people.

Read by the map, the sheets and the targeting. Aggregates only: public whatever the class of the events.
"""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Max, Min

from apps.boundaries.models import Area, Edition
from apps.events.models import ClassLimits, EventCount
from apps.sources.models import Load
from geo.classes import class_counts
from geo.vocabulary import Level

PERIODS = {"12m": 12, "36m": 36, "all": None}
"""Months that end with the last month of events; None begins with the first event."""

INDICATORS = ("violent_per_100k", "events_per_100k", "fatalities_per_100k", "fatalities", "people")
RATES = {
    "events_per_100k": "events",
    "violent_per_100k": "violent_events",
    "fatalities_per_100k": "fatalities",
}


COUNTED = ("events", "violent_events", "fatalities", "events_region_only")
NO_EVENT = dict.fromkeys(COUNTED, 0)
"""Of an area without a recorded event, while events are loaded."""
NOT_KNOWN = dict.fromkeys(COUNTED)
"""Of every area while no event is loaded: not zero."""


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both included; None when there is no event at all."""

    key: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class AreaFigures:
    level: Level
    period: Period
    areas: list[dict]


def period_of(key):
    """Return the period of this key; raises KeyError for an unknown one."""
    months = PERIODS[key]
    span = EventCount.objects.aggregate(first=Min("month"), last=Max("month"))
    if span["last"] is None:
        return Period(key, None, None)
    since = span["first"] if months is None else _months_before(span["last"], months - 1)
    return Period(key, max(since, span["first"]), _last_day(span["last"]))


def _months_before(month, months):
    years, rest = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(years, rest + 1, 1)


def _last_day(month):
    return date.fromordinal(_months_before(month, -1).toordinal() - 1)


def area_figures(level, period_key):
    """Return the figures of every region or cercle of the active edition over a period named by its key."""
    return figures_between(level, period_of(period_key))


def figures_between(level, period):
    """
    Return the figures of every region or cercle of the active edition, in the order of P-codes.

    A cercle counts the events placed in it; a region also those known to the region only. Rates are
    None where people are not known, never zero; so are counts in a period of which no event is loaded.
    """
    is_known = _overlaps_the_events(period)
    counts = _counts(level, period) if is_known else {}
    without = NO_EVENT if is_known else NOT_KNOWN
    areas = (
        Area.objects.active()
        .at(level)
        .with_people()
        .values("pcode", "name", "parent__pcode", "parent__name", "people", "people_year", "people_method")
    )
    return AreaFigures(level, period, [_figures(area, counts.get(area["pcode"], without)) for area in areas])


def _overlaps_the_events(period):
    """Tell whether events are loaded for some month of the period."""
    whole = period_of("all")
    if whole.since is None or period.since is None:
        return False
    return period.since <= whole.until and period.until >= whole.since


def _counts(level, period):
    column = {Level.REGION: "region__pcode", Level.CERCLE: "cercle__pcode"}[level]
    counts = EventCount.objects.between(period.since, period.until).summed_by(column, level=level)
    return {count[column]: _counted(count) for count in counts}


def _counted(count):
    return {
        "events": count["events_sum"],
        "violent_events": count["violent_events_sum"],
        "fatalities": count["fatalities_sum"],
        "events_region_only": count["imprecise_events_sum"],
    }


def _figures(area, count):
    figures = {
        "pcode": area["pcode"],
        "name": area["name"],
        "region": area["parent__pcode"],
        "region_name": area["parent__name"],
        "people": area["people"],
        "people_year": area["people_year"],
        "people_method": area["people_method"],
        **count,
    }
    return figures | {rate: _per_100k(figures[of], area["people"]) for rate, of in RATES.items()}


def _per_100k(number, people):
    return 100_000 * number / people if people and number is not None else None


def choropleth(level, period_key):
    """Return what one choropleth shows: figures, classes with their counts, and where they come from."""
    figures = area_figures(level, period_key)
    limits = dict(
        ClassLimits.objects.filter(level=level, period=period_key).values_list("indicator", "limits")
    )
    return {
        "level": level.name.lower() + "s",
        "period": asdict(figures.period),
        **provenance(),
        "areas": figures.areas,
        "classes": {
            indicator: _classes(figures.areas, indicator, limits.get(indicator, []))
            for indicator in INDICATORS
        },
    }


def _classes(areas, indicator, limits):
    counts, no_data = class_counts((area[indicator] for area in areas), limits)
    return {"limits": limits, "counts": counts, "no_data": no_data}


def provenance():
    """Return the edition and the sources of events and people in use, for legends and sheets."""
    edition = Edition.objects.filter(is_active=True).first()
    loads = {load.kind: load for load in Load.objects.in_use()}
    events, people = loads.get(Load.Kind.EVENTS), loads.get(Load.Kind.POPULATION)
    return {
        "edition": edition.name if edition else None,
        "approximate": edition.is_approximate if edition else False,
        "simulated": bool(events and events.is_simulated),
        "source": {
            "events": _told(events),
            "people": _told(people),
            "boundaries": _told(loads.get(Load.Kind.BOUNDARIES)),
        },
    }


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


def counts_by_month(area):
    """Return (month, its counts named as in `COUNTED`) of a cercle or a region, for every month loaded."""
    of_area = {"region": area} if area.level == Level.REGION else {"cercle": area}
    span = EventCount.objects.aggregate(first=Min("month"), last=Max("month"))
    if span["last"] is None:
        return []
    counts = {
        count["month"]: _counted(count)
        for count in EventCount.objects.filter(**of_area).summed_by("month", level=Level(area.level))
    }
    months, month = [], span["first"]
    while month <= span["last"]:
        months.append((month, counts.get(month, NO_EVENT)))
        month = _months_before(month, -1)
    return months


def period_of_months(key, months):
    """Return the counts of a period added up, from the (month, counts) of `counts_by_month`."""
    in_period = months if PERIODS[key] is None else months[-PERIODS[key] :]
    period = Period(key, in_period[0][0], _last_day(in_period[-1][0]))
    return period, {each: sum(count[each] for _month, count in in_period) for each in COUNTED}
