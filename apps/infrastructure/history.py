"""What was changed of an institution: which field, from what to what, who did it, when and why."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from apps.infrastructure.models import (  # made by `tracked`
    InstitutionEvent,
    SamePlaceEvent,
    StatusReportEvent,
)

FIELDS = {
    InstitutionEvent: ("name", "kind", "location", "place_told"),
    StatusReportEvent: ("status", "as_of", "relocated_to", "share_of_days", "words"),
    SamePlaceEvent: ("state",),
}
"""What readers are told of. What follows from these (commune, family, status) is not told twice."""

INSERTED, UPDATED, DELETED = "insert", "update", "delete"


@dataclass(frozen=True)
class Change:
    """
    One change. `what` is "institution", "report" or "pair"; `how` INSERTED, UPDATED or DELETED.

    An insertion or a deletion is of the whole row: `field` is "". `as_of` is the day of a report,
    `other` the id of the other institution of a pair. `number` orders the changes of one moment.
    """

    what: str
    how: str
    at: datetime
    number: int
    who: str
    why: str
    field: str = ""
    before: Any = None
    after: Any = None
    as_of: date | None = None
    other: int | None = None


def history_of(pk):
    """Return the changes of the institution with this id, even if it is gone, the latest first."""
    told = [
        *_events("institution", InstitutionEvent.objects.filter(pgh_obj=pk)),
        *_events("report", StatusReportEvent.objects.filter(institution=pk)),
        *_events("pair", SamePlaceEvent.objects.filter(Q(kept=pk) | Q(other=pk))),
    ]
    names = _names_of_users(told)
    changes = [change for what, before, event in told for change in _changes(pk, what, before, event, names)]
    return sorted(changes, key=lambda change: (change.at, change.number), reverse=True)


def _events(what, events):
    """Yield what the events are about, the event of the same row before each, and the event."""
    ordered = events.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id")
    for _, of_row in groupby(ordered, key=lambda event: event.pgh_obj_id):
        before = None
        for event in of_row:
            yield what, before, event
            before = event


def _names_of_users(told):
    ids = {_context(event).get("user") for _, _, event in told} - {None}
    return {pk: str(user) for pk, user in get_user_model().objects.in_bulk(ids).items()}


def _context(event):
    return event.pgh_context.metadata if event.pgh_context else {}


def _changes(pk, what, before, event, names):
    context = _context(event)
    about = {
        "what": what,
        "how": event.pgh_label,
        "at": event.pgh_created_at,
        "number": event.pgh_id,
        "who": names.get(context.get("user"), ""),
        "why": context.get("why", ""),
        "as_of": getattr(event, "as_of", None),
        "other": _other(pk, event) if what == "pair" else None,
    }
    if event.pgh_label == UPDATED:
        yield from _fields_changed(before, event, about)
    elif what != "pair":
        told = event.status if what == "report" else str(event.name or event.kind)
        yield Change(**about, **{"after" if event.pgh_label == INSERTED else "before": told})


def _fields_changed(before, event, about):
    for name in FIELDS[type(event)]:
        former, now = (getattr(each, name, None) for each in (before, event))
        if former != now:
            yield Change(**about, field=name, before=former, after=now)


def _other(pk, event):
    return event.other_id if event.kept_id == pk else event.kept_id
