"""Loading events, placing them and counting them. Called by commands; each function is one transaction."""

import json
from uuid import UUID

from django.db import transaction

from apps.boundaries.placing import place_again, place_points
from apps.boundaries.queries import copy_rows
from apps.events.figures import INDICATORS, PERIODS, area_figures
from apps.events.models import ClassLimits, ConflictEvent, EventCount
from apps.events.queries import COPY_EVENTS, count_events
from apps.sources import services as sources
from apps.sources.models import Load
from geo.classes import class_limits
from geo.vocabulary import EventSource, EventType, Level


@transaction.atomic
def save_events(records, load, *, is_simulated):
    """Write events in place of the former ones, each in its commune; return how many lie in none."""
    sources.retire_loads(Load.Kind.EVENTS, but=load)
    ConflictEvent.objects.exclude(load=load).delete()
    places = place_points([r.longitude for r in records], [r.latitude for r in records])
    copy_rows(
        COPY_EVENTS,
        (_row(record, load, place, is_simulated) for record, place in zip(records, places, strict=True)),
    )
    refresh_counts()
    return sum(region is None for region, _, _ in places)


def _row(record, load, place, is_simulated):
    """Return the values of one event in the order of COPY_EVENTS."""
    return (
        load.pk,
        EventSource.SIMULATED if is_simulated else EventSource.ACLED,
        record.source_event_id,
        str(UUID(int=0)),
        load.loaded_at,
        record.occurred_on,
        record.time_precision,
        record.event_type,
        record.sub_event_type,
        record.actor1,
        record.actor2,
        record.event_type == EventType.VIOLENCE_AGAINST_CIVILIANS,
        record.fatalities,
        f"SRID=4326;POINT({record.longitude} {record.latitude})",
        record.geo_precision,
        record.location_name,
        record.admin1,
        record.admin2,
        record.admin3,
        record.source_updated,
        json.dumps(record.other, ensure_ascii=False),
        is_simulated,
        *place,
    )


def refresh_counts():
    """Count events by cercle and month anew, with the class limits of every choropleth."""
    EventCount.objects.all().delete()
    count_events()
    refresh_class_limits()
    sources.touch("events", "event_counts")


@transaction.atomic
def refresh_class_limits():
    """Make the class limits of every choropleth from today's counts and people."""
    ClassLimits.objects.all().delete()
    for level in (Level.REGION, Level.CERCLE):
        for period in PERIODS:
            figures = area_figures(level, period)
            ClassLimits.objects.bulk_create(
                ClassLimits(
                    level=level,
                    period=period,
                    indicator=indicator,
                    limits=class_limits(area[indicator] for area in figures.areas),
                )
                for indicator in INDICATORS
            )


@transaction.atomic
def follow_edition():
    """Place every event in the edition that is now active, and count again."""
    place_again(ConflictEvent.objects.all())
    refresh_counts()
