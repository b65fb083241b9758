"""Counting events, and following what they are counted in. Each function is one transaction."""

from django.db import transaction

from apps.boundaries.placing import place_again
from apps.events.figures import INDICATORS, PERIODS, area_figures
from apps.events.models import ClassLimits, ConflictEvent, EventCount
from apps.events.queries import count_events
from apps.events.staging import queries as sql
from apps.sources import services as sources
from geo.classes import class_limits
from geo.vocabulary import Level

LAYERS_OF_COUNTS = ("events", "ucdp_events", "event_counts", "commune_counts")


@transaction.atomic
def refresh_counts():
    """Count all events anew, with the class limits of every choropleth."""
    EventCount.objects.all().delete()
    count_events()
    refresh_class_limits()
    sources.touch(*LAYERS_OF_COUNTS)


def count_where_missing():
    """Count all events anew when there are some and no count of any; return whether that was so."""
    is_missing = ConflictEvent.objects.current().exists() and not EventCount.objects.exists()
    if is_missing:
        refresh_counts()
    return is_missing


def count_months_again(source):
    """Count the months again that the load under way touched, of its source, and no others."""
    sql.ask(sql.FORGET_COUNTS, [source.value])
    sql.ask(sql.COUNT_AGAIN, [source.value])
    refresh_class_limits()


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
    """Place every version of every event in the edition that is now active, and count again."""
    sql.ask(sql.LOCK)
    place_again(ConflictEvent.objects.all())
    refresh_counts()
