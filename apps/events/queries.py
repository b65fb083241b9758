"""What can be asked of events and their counts. All spatial SQL of this app is here."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, models
from django.db.models import Count, ExpressionWrapper, Max, Min, Q, Sum
from django.db.models.functions import TruncMonth
from psycopg import sql

from apps.boundaries.queries import PointQuerySet
from apps.sources.models import Load
from geo.vocabulary import VIOLENT_EVENT_TYPES, EventSource, PlacePrecision

COUNT_EVENTS = """
INSERT INTO events_eventcount (source, month, event_type, geo_precision, region_id, cercle_id, commune_id,
                               events, fatalities, civilian_events, civilian_fatalities)
SELECT source, date_trunc('month', occurred_on)::date, event_type, geo_precision,
       region_id, cercle_id, commune_id, count(*), sum(fatalities),
       count(*) FILTER (WHERE civilians_targeted),
       coalesce(sum(fatalities) FILTER (WHERE civilians_targeted), 0)
FROM events_conflictevent
WHERE known_until IS NULL AND region_id IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""

CELLS_PER_TILE_ZOOMS = 4
"""A cell is as large as a tile four zooms further in: 16 by 16 of them in a tile."""

LAST_GRIDDED_ZOOM = 7
"""From the next zoom on, single events are drawn. Our choice: a tile there is 156 km wide at the equator."""

ON_A_POINT = (PlacePrecision.EXACT, PlacePrecision.NEAR)
"""Those whose point says where: of the others it stands for a wider unit, and would be a false place."""

# Plain arithmetic of the spherical Mercator: numbers of cells from the west and from the north.
CELL_X = "least(greatest(floor((ST_X({point}) + 180) / 360 * {cells}), 0), {cells} - 1)::int"
CELL_Y = (
    "least(greatest(floor((1 - asinh(tan(radians(ST_Y({point})))) / pi()) / 2 * {cells}), 0),"
    " {cells} - 1)::int"
)

# The smallest cells first, then each zoom from those.
COUNT_IN_CELLS = """
WITH smallest AS (
    SELECT source, date_trunc('month', occurred_on)::date AS month, event_type, {x} AS x, {y} AS y,
           count(*) FILTER (WHERE geo_precision = %(exact)s) AS exact,
           count(*) FILTER (WHERE geo_precision = %(near)s) AS near,
           count(*) FILTER (WHERE geo_precision NOT IN (%(exact)s, %(near)s)) AS imprecise,
           coalesce(sum(fatalities) FILTER (WHERE geo_precision IN (%(exact)s, %(near)s)), 0) AS fatalities
    FROM {events}
    WHERE known_until IS NULL
    GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO events_eventcell (source, month, event_type, zoom, x, y,
                              events_exact, events_near, events_imprecise, fatalities)
SELECT source, month, event_type, zoom, x >> (%(last)s - zoom), y >> (%(last)s - zoom),
       sum(exact), sum(near), sum(imprecise), sum(fatalities)
FROM smallest CROSS JOIN generate_series(0, %(last)s) AS told (zoom)
GROUP BY 1, 2, 3, 4, 5, 6
"""
EVERY_EVENT = "events_conflictevent"
EVENTS_OF_MONTHS_TOUCHED = """
event_month touched JOIN events_conflictevent event
  ON event.occurred_on >= touched.month AND event.occurred_on < (touched.month + interval '1 month')::date
 AND event.source = %(source)s
"""

FORGET_CELLS_OF_MONTHS_TOUCHED = """
DELETE FROM events_eventcell WHERE source = %(source)s AND month IN (SELECT month FROM event_month)
"""


KEPT_SPANS = """
SELECT source,
       (SELECT min(month) FROM events_eventcount kept WHERE kept.source = asked.source),
       (SELECT max(month) FROM events_eventcount kept WHERE kept.source = asked.source),
       (SELECT min(known_from) FROM events_conflictevent event WHERE event.source = asked.source)
FROM unnest(%s::text[]) asked(source)
"""


LAST_KNOWN = """
SELECT greatest(max(known_from), max(known_until)) FROM events_conflictevent WHERE source = %(source)s
"""


def placed_in(level):
    """Return the condition that a row counts with confidence in the area of this level that it lies in."""
    return Q(geo_precision__in=[each for each in PlacePrecision if each.is_placed_in(level)])


def end_of_month(day):
    """Return the last day of the month of this day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


class ConflictEventQuerySet(PointQuerySet):
    def current(self):
        """Return the events as their sources tell them now."""
        return self.filter(known_until=None)

    def known_at(self, instant):
        """Return the events as they were known to this installation at an instant."""
        return self.filter(Q(known_until=None) | Q(known_until__gt=instant), known_from__lte=instant)

    def of_kind(self, kind):
        """Return the events of the sources whose loads are of this kind: UCDP's have one of their own."""
        of_ucdp = Q(source=EventSource.UCDP)
        return self.filter(of_ucdp if kind == Load.Kind.UCDP_EVENTS else ~of_ucdp)

    def between(self, since, until):
        """Return the events of these days, both included; None leaves that end open."""
        days = {"occurred_on__gte": since, "occurred_on__lte": until}
        return self.filter(**{bound: day for bound, day in days.items() if day})

    def outside_every_area(self):
        return self.filter(region__isnull=True)

    def months(self):
        """Return the first and the last month of these events that lie in a region; None and None of none."""
        days = self.filter(region__isnull=False).aggregate(Min("occurred_on"), Max("occurred_on"))
        return tuple(day and day.replace(day=1) for day in days.values())

    def in_months(self, since, until):
        """Return the events that are counted in the months of these two days, both included."""
        return self.filter(region__isnull=False).between(since.replace(day=1), end_of_month(until))

    def summed_by(self, *columns, level):
        """Return the events counted by these columns (`month` too), named as `EventCountQuerySet` does."""
        placed, civilians = placed_in(level), Q(civilians_targeted=True)
        violent = Q(event_type__in=VIOLENT_EVENT_TYPES)
        return (
            self.annotate(month=TruncMonth("occurred_on"))
            .values(*columns)
            .order_by(*columns)
            .annotate(
                events_sum=Count("pk", filter=placed),
                violent_events_sum=Count("pk", filter=placed & violent),
                fatalities_sum=Sum("fatalities", filter=placed, default=0),
                civilian_events_sum=Count("pk", filter=placed & civilians),
                civilian_fatalities_sum=Sum("fatalities", filter=placed & civilians, default=0),
                events_imprecise_sum=Count("pk", filter=~placed),
            )
        )

    def imprecise_by_place(self, level, *by):
        """
        Return how many events that are not placed in an area of this level are alike.

        Alike: in what they are told `by` (`month`), in precision, cercle and region of the point, violence
        and deaths.
        """
        place = ("geo_precision", "cercle__pcode", "region__pcode", "is_violent", "fatalities")
        return (
            self.exclude(placed_in(level))
            .order_by()
            .annotate(is_violent=Q(event_type__in=VIOLENT_EVENT_TYPES), month=TruncMonth("occurred_on"))
            .values_list(*by, *place)
            .annotate(Count("pk"))
        )


class EventCountQuerySet(models.QuerySet):
    def in_months(self, since, until):
        """Return the counts of the months of these two days, both included."""
        return self.filter(month__gte=since.replace(day=1), month__lte=until)

    def summed_by(self, *columns, level):
        """
        Return events, violent events, fatalities and those against civilians, summed by these columns.

        All of events that count with confidence in areas of `level`; `events_imprecise_sum` of the others.
        """
        placed, violent = placed_in(level), Q(event_type__in=VIOLENT_EVENT_TYPES)
        return (
            self.values(*columns)
            .order_by(*columns)
            .annotate(
                events_sum=Sum("events", filter=placed, default=0),
                violent_events_sum=Sum("events", filter=placed & violent, default=0),
                fatalities_sum=Sum("fatalities", filter=placed, default=0),
                civilian_events_sum=Sum("civilian_events", filter=placed, default=0),
                civilian_fatalities_sum=Sum("civilian_fatalities", filter=placed, default=0),
                events_imprecise_sum=Sum("events", filter=~placed, default=0),
            )
        )


@dataclass(frozen=True)
class KeptSpan:
    """The months of the kept counts of a source, and when an event of it was first known here."""

    first_month: date | None
    last_month: date | None
    first_known: datetime


def kept_spans():
    """Return the span of each source that has had events here."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT_SPANS, [[source.value for source in EventSource]])
        return {
            EventSource(source): KeptSpan(*span)
            for source, *span in cursor.fetchall()
            if span[-1] is not None
        }


class CountViewQuerySet(models.QuerySet):
    def with_simulated(self):
        """Add `simulated`: whether the events counted are."""
        return self.annotate(
            simulated=ExpressionWrapper(Q(source=EventSource.SIMULATED), models.BooleanField())
        )


def last_known(source):
    """Return when an event of this source was last added, changed or deleted here; None before any."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_KNOWN, {"source": source})
        return cursor.fetchone()[0]


def count_events():
    """Count every current event that lies in a region."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_EVENTS)


def count_in_cells():
    """Count every current event in the cells of every gridded zoom; the table must be empty."""
    _count_in_cells(EVERY_EVENT)


def count_cells_again(source):
    """Count the cells again of the months that the load under way touched, of its source."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET_CELLS_OF_MONTHS_TOUCHED, {"source": source.value})
    _count_in_cells(EVENTS_OF_MONTHS_TOUCHED, source=source.value)


def _count_in_cells(events, **asked):
    place = {"point": "location::geometry", "cells": "%(cells)s"}
    statement = sql.SQL(COUNT_IN_CELLS).format(
        x=sql.SQL(CELL_X.format(**place)), y=sql.SQL(CELL_Y.format(**place)), events=sql.SQL(events)
    )
    asked |= {
        "cells": 2 ** (LAST_GRIDDED_ZOOM + CELLS_PER_TILE_ZOOMS),
        "last": LAST_GRIDDED_ZOOM,
        "exact": PlacePrecision.EXACT.value,
        "near": PlacePrecision.NEAR.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(), asked)


# Dates stand apart by the days between the two spans; the wider tolerance of the two rows decides.
SAME_INCIDENTS = """
WITH day_slack AS (SELECT * FROM unnest(%(day_precisions)s::int[], %(days)s::int[]) AS t (precision, days)),
     place_slack AS (
       SELECT * FROM unnest(%(place_precisions)s::int[], %(metres)s::float[]) AS t (precision, metres)
     ),
     event AS (
       SELECT event.source, event.source_event_id, event.location, event.occurred_on AS first_day,
              coalesce(event.last_day, event.occurred_on) AS last_day, day_slack.days, place_slack.metres
       FROM events_conflictevent event
       JOIN day_slack ON day_slack.precision = event.time_precision
       JOIN place_slack ON place_slack.precision = event.geo_precision
       WHERE event.known_until IS NULL AND event.event_type = ANY(%(types)s)
         AND event.source = ANY(%(sources)s)
     )
SELECT acled.source_event_id, ucdp.source_event_id,
       greatest(0, acled.first_day - ucdp.last_day, ucdp.first_day - acled.last_day),
       ST_Distance(acled.location, ucdp.location)
FROM event acled
JOIN event ucdp
  ON acled.first_day <= ucdp.last_day + greatest(acled.days, ucdp.days)
 AND ucdp.first_day <= acled.last_day + greatest(acled.days, ucdp.days)
 AND ST_DWithin(acled.location, ucdp.location, greatest(acled.metres, ucdp.metres))
WHERE acled.source = %(acled)s AND ucdp.source = %(ucdp)s
"""


def same_incidents(*, days, metres):
    """
    Return (ACLED id, UCDP id, days apart, metres apart) of current violent events that may be one incident.

    `days` and `metres` are what each precision of date and place allows; an event of another precision is
    compared with none.
    """
    asked = {
        "day_precisions": [each.value for each in days],
        "days": list(days.values()),
        "place_precisions": [each.value for each in metres],
        "metres": list(metres.values()),
        "types": [each.value for each in VIOLENT_EVENT_TYPES],
        "sources": [EventSource.ACLED.value, EventSource.UCDP.value],
        "acled": EventSource.ACLED.value,
        "ucdp": EventSource.UCDP.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(SAME_INCIDENTS, asked)
        return cursor.fetchall()
