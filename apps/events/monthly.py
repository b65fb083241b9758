"""
Counts of events by area and month, whole: what a reader moves through without asking again.

Aggregates only: public whatever the class of the events.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, Sum

from apps.boundaries.models import Area
from apps.events.models import EventCount
from geo.vocabulary import Level, PlacePrecision

PLACED_COLUMNS = ("area", "type", "month", "events", "fatalities")
IMPRECISE_COLUMNS = ("type", "month", "events", "fatalities")


@dataclass(frozen=True)
class MonthlyCounts:
    """
    The counts of one source as columns; `area`, `type` and `month` are places in the lists of that name.

    `placed` counts in areas of the level; `imprecise` are known too vaguely for it, and colour none. What
    is absent has no recorded event.
    """

    source: str | None
    level: Level
    months: list[date]
    types: list[str]
    pcodes: list[str]
    placed: dict[str, list[int]]
    imprecise: dict[str, list[int]]


def monthly_counts(level, source):
    """Return every count of a source (None: of no source) by region or cercle of the active edition."""
    counts = EventCount.objects.filter(source=source)
    column = {Level.REGION: "region__pcode", Level.CERCLE: "cercle__pcode"}[level]
    placed = Q(geo_precision__in=[each for each in PlacePrecision if each.is_placed_in(level)])
    months = _months(counts)
    types = sorted(counts.order_by().values_list("event_type", flat=True).distinct())
    pcodes = list(Area.objects.active().at(level).order_by("pcode").values_list("pcode", flat=True))
    places = (
        {pcode: place for place, pcode in enumerate(pcodes)},
        {name: place for place, name in enumerate(types)},
        {month: place for place, month in enumerate(months)},
    )
    return MonthlyCounts(
        source,
        level,
        months,
        types,
        pcodes,
        _columns(counts.filter(placed), (column, "event_type", "month"), PLACED_COLUMNS, places),
        _columns(counts.filter(~placed), ("event_type", "month"), IMPRECISE_COLUMNS, places[1:]),
    )


def _months(counts):
    """Return the first days of the months from the first with an event to the last."""
    span = counts.aggregate(first=Min("month"), last=Max("month"))
    if span["last"] is None:
        return []
    first, last = (month.year * 12 + month.month - 1 for month in span.values())
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]


def _columns(counts, keys, names, places):
    """Return the sums by these keys as columns, each key as its place; those of no area are left out."""
    rows = (
        counts.order_by(*keys)
        .values_list(*keys)
        .annotate(events_sum=Sum("events"), fatalities_sum=Sum("fatalities"))
    )
    told = [
        (*(place[key] for place, key in zip(places, row, strict=False)), *row[len(keys) :])
        for row in rows
        if all(key in place for place, key in zip(places, row, strict=False))
    ]
    columns = zip(*told, strict=True) if told else ([] for _name in names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}
