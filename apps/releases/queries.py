"""What can be asked of releases, and of the rows that none of them may hold."""

from django.db import models

from apps.events.models import ConflictEvent
from apps.releases.scanning import Closed, place
from geo.vocabulary import AccessClass

UNDER_WAY = ("waiting", "running")
SHORTEST_IDENTIFIER = 5
"""Of those looked for in texts; ACLED's have seven letters and digits or more."""


class ReleaseQuerySet(models.QuerySet):
    def made(self):
        """Return the releases that stand, the newest first."""
        return self.filter(state="done").order_by("-made_at", "-pk")

    def under_way(self):
        return self.filter(state__in=UNDER_WAY)

    def living(self):
        """Return those whose name is taken: all but the failed."""
        return self.exclude(state="failed")


def closed_events():
    """
    Return what gives away events, former versions included, whose load is not public.

    What a public load tells too gives nothing away. A bare number, or two letters, are no trace of an
    identifier: any count or abbreviation may be the same.
    """
    public = ConflictEvent.objects.filter(load__access=AccessClass.PUBLIC)
    closed = ConflictEvent.objects.exclude(load__access=AccessClass.PUBLIC)
    return Closed(
        frozenset(filter(_is_telling, _identifiers(closed) - _identifiers(public))),
        frozenset(_places(closed) - _places(public)),
    )


def _is_telling(identifier):
    return len(identifier) >= SHORTEST_IDENTIFIER and not identifier.isdecimal()


def _identifiers(events):
    return set(events.values_list("source_event_id", flat=True).distinct())


def _places(events):
    told = events.values_list("location", "occurred_on").distinct()
    return {(*place(point.x, point.y), day.isoformat()) for point, day in told.iterator(2000) if point}
