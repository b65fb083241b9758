"""What can be asked of events and their counts. All spatial SQL of this app is here."""

from django.db import connection, models
from django.db.models import Exists, Q, Sum

from apps.boundaries.queries import PointQuerySet
from apps.sources.models import Load
from geo.vocabulary import VIOLENT_EVENT_TYPES, PlacePrecision

COPY_EVENTS = (
    "COPY events_conflictevent (load_id, source, source_event_id, digest, known_from, occurred_on,"
    " time_precision, event_type, sub_event_type, actor1, actor2, civilians_targeted, fatalities, location,"
    " geo_precision, location_name, admin1, admin2, admin3, source_updated, other_columns, is_simulated,"
    " region_id, cercle_id, commune_id) FROM STDIN"
)

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


class ConflictEventQuerySet(PointQuerySet):
    def current(self):
        """Return the events as their sources tell them now."""
        return self.filter(known_until=None)

    def known_at(self, instant):
        """Return the events as they were known to this installation at an instant."""
        return self.filter(Q(known_until=None) | Q(known_until__gt=instant), known_from__lte=instant)

    def between(self, since, until):
        """Return the events of these days, both included; None leaves that end open."""
        days = {"occurred_on__gte": since, "occurred_on__lte": until}
        return self.filter(**{bound: day for bound, day in days.items() if day})

    def outside_every_area(self):
        return self.filter(region__isnull=True)


class EventCountQuerySet(models.QuerySet):
    def between(self, since, until):
        """Return the counts of the months from `since` to `until` (days of these months), both included."""
        return self.filter(month__gte=since.replace(day=1), month__lte=until)

    def summed_by(self, *columns, level):
        """
        Return events, violent events and fatalities summed by these columns.

        `*_sum` are of events that count with confidence in areas of `level`, `imprecise_*` of the others.
        """
        violent = Q(event_type__in=VIOLENT_EVENT_TYPES)
        placed = Q(geo_precision__in=[each for each in PlacePrecision if each.is_placed_in(level)])
        return (
            self.values(*columns)
            .order_by(*columns)
            .annotate(
                events_sum=Sum("events", filter=placed, default=0),
                violent_events_sum=Sum("events", filter=placed & violent, default=0),
                fatalities_sum=Sum("fatalities", filter=placed, default=0),
                imprecise_events_sum=Sum("events", filter=~placed, default=0),
            )
        )


class CercleMonthQuerySet(models.QuerySet):
    def with_simulated(self):
        """Add `simulated`: whether the events in use, all of one load, are simulated."""
        in_use = Load.objects.in_use().of_kind(Load.Kind.EVENTS)
        return self.annotate(simulated=Exists(in_use.filter(is_simulated=True)))


def count_events():
    """Count every current event that lies in a region."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_EVENTS)
