"""Counting events, and following what they are counted in. Each function is one transaction."""

from django.db import transaction

from apps.boundaries.placing import place_again
from apps.events.models import ConflictEvent, EventCell, EventCount
from apps.events.queries import count_cells_again, count_events, count_in_cells
from apps.events.staging import queries as sql
from apps.sources import services as sources

LAYERS_OF_COUNTS = ("events", "ucdp_events", "event_counts", "commune_counts")


@transaction.atomic
def refresh_counts():
    """Count all events anew, by place and month and in the cells of the map."""
    EventCount.objects.all().delete()
    count_events()
    EventCell.objects.all().delete()
    count_in_cells()
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
    count_cells_again(source)


@transaction.atomic
def follow_edition():
    """Place every version of every event in the edition that is now active, and count again."""
    sql.ask(sql.LOCK)
    place_again(ConflictEvent.objects.all())
    refresh_counts()
