"""Which speeds were changed: from what to what, by whom, when and why."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth import get_user_model

from apps.travel.models import TravelSpeedEvent  # made by `tracked`

DELETED = "delete"


@dataclass(frozen=True)
class SpeedChange:
    """One change of a speed, in km/h; None: the default held before, or holds again after."""

    what: str
    of_class: str
    before: float | None
    after: float | None
    at: datetime
    who: str
    why: str


def changes_of_speeds():
    """Return every change of a speed, the latest first."""
    events = list(TravelSpeedEvent.objects.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id"))
    ids = {_context(event).get("user") for event in events} - {None}
    names = {pk: str(user) for pk, user in get_user_model().objects.in_bulk(ids).items()}
    changes = [
        change
        for _, of_row in groupby(events, key=lambda event: event.pgh_obj_id)
        for change in _changes(list(of_row), names)
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _changes(events, names):
    for before, event in zip([None, *events], events, strict=False):
        context = _context(event)
        yield SpeedChange(
            what=event.what,
            of_class=event.of_class,
            before=before.kmh if before else None,
            after=None if event.pgh_label == DELETED else event.kmh,
            at=event.pgh_created_at,
            who=names.get(context.get("user"), ""),
            why=context.get("why", ""),
        )


def _context(event):
    return event.pgh_context.metadata if event.pgh_context else {}
