"""What can be asked of events and their counts. All spatial SQL of this app is here."""

from django.db import connection, models
from django.db.models import Exists, Q, Sum

from apps.boundaries.queries import PointQuerySet
from apps.sources.models import Load
from geo.vocabulary import VIOLENT_EVENT_TYPES, PlacePrecision

COPY_EVENTS = (
    "COPY events_conflictevent (load_id, source_event_id, occurred_on, time_precision, event_type,"
    " sub_event_type, actor1, actor2, fatalities, location, geo_precision, location_name, admin1, admin2,"
    " admin3, source_updated, other_columns, is_simulated, region_id, cercle_id, commune_id) FROM STDIN"
)

COUNT_EVENTS = """
INSERT INTO events_eventcount
    (cercle_id, month, event_type, events, fatalities, events_region_only, fatalities_region_only)
SELECT cercle_id, date_trunc('month', occurred_on)::date, event_type,
       count(*) FILTER (WHERE geo_precision < %(region)s),
       coalesce(sum(fatalities) FILTER (WHERE geo_precision < %(region)s), 0),
       count(*) FILTER (WHERE geo_precision = %(region)s),
       coalesce(sum(fatalities) FILTER (WHERE geo_precision = %(region)s), 0)
FROM events_conflictevent
WHERE cercle_id IS NOT NULL
GROUP BY 1, 2, 3
"""


class ConflictEventQuerySet(PointQuerySet):
    def between(self, since, until):
        """Return the events of these days, both included; None leaves that end open."""
        days = {"occurred_on__gte": since, "occurred_on__lte": until}
        return self.filter(**{bound: day for bound, day in days.items() if day})

    def outside_every_area(self):
        return self.filter(region__isnull=True)


class EventCountQuerySet(models.QuerySet):
    def with_simulated(self):
        """Add `simulated`: whether the events in use, all of one load, are simulated."""
        in_use = Load.objects.in_use().of_kind(Load.Kind.EVENTS)
        return self.annotate(simulated=Exists(in_use.filter(is_simulated=True)))

    def between(self, since, until):
        """Return the counts of the months from `since` to `until` (days of these months), both included."""
        return self.filter(month__gte=since.replace(day=1), month__lte=until)

    def summed_by(self, *columns):
        """Return events, violent events and fatalities summed by these columns."""
        violent = Q(event_type__in=VIOLENT_EVENT_TYPES)
        return (
            self.values(*columns)
            .order_by(*columns)
            .annotate(
                events_sum=Sum("events"),
                violent_events_sum=Sum("events", filter=violent, default=0),
                fatalities_sum=Sum("fatalities"),
                region_only_sum=Sum("events_region_only"),
                region_only_violent_sum=Sum("events_region_only", filter=violent, default=0),
                region_only_fatalities_sum=Sum("fatalities_region_only"),
            )
        )


def count_events():
    """Count every event that lies in a cercle, by cercle, month and type."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_EVENTS, {"region": PlacePrecision.REGION.value})
