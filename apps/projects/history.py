"""What was changed of a project, its fundings, places and organisations: who, when, before, after, why."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from pghistory.models import Events

from apps.projects.models import Funding, Involvement, Presence, Project

MODELS = {model._meta.label: model for model in (Project, Funding, Presence, Involvement)}
UNTOLD = ("updated", "corrected", "area_id", "zone_id", "place_told", "location")
"""Columns that follow from others, or that an edition of the boundaries changes."""

DONE = {"insert": "added", "update": "changed", "delete": "removed"}


@dataclass(frozen=True)
class Change:
    """
    One change. `how` is added, changed or removed; `fields` are (field, before, after), for a change only.

    `words` says which row it is: the place of a presence, the donor of a funding.
    """

    at: datetime
    who: str
    why: str
    how: str
    model: type
    words: str
    fields: list


def history_of(project):
    """Return the changes of a project, the latest first."""
    events = list(Events.objects.references(project).order_by("-pgh_created_at", "-pgh_id"))
    users = get_user_model().objects.in_bulk({_context(event).get("user") for event in events} - {None})
    return [_change(event, users) for event in events if _is_told(event)]


def _context(event):
    return event.pgh_context or {}


def _is_told(event):
    return event.pgh_label != "update" or bool(_fields(event))


def _fields(event):
    """Return (field, before, after) of what changed."""
    told = {name: change for name, change in (event.pgh_diff or {}).items() if name not in UNTOLD}
    return [(name, *change) for name, change in told.items()]


def _change(event, users):
    data, context = event.pgh_data, _context(event)
    return Change(
        at=event.pgh_created_at,
        who=str(users.get(context.get("user"), "")),
        why=context.get("why", ""),
        how=DONE[event.pgh_label],
        model=MODELS[event.pgh_obj_model],
        words=data.get("place") or data.get("donor") or "",
        fields=_fields(event) if event.pgh_label == "update" else [],
    )
