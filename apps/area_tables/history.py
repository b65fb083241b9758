"""Which tables were deleted: what they were, by whom, when and why."""

from typing import NamedTuple

from django.contrib.auth import get_user_model

from apps.area_tables.models import AreaTableEvent  # made by `tracked`


class DeletedTable(NamedTuple):
    """A table that is gone."""

    key: str
    title: str
    at: object
    who: str
    why: str


def deleted_tables(most=50):
    """Return the deletions of tables, the latest first."""
    events = AreaTableEvent.objects.filter(pgh_label="delete").select_related("pgh_context")
    events = list(events.order_by("-pgh_id")[:most])
    contexts = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
    users = get_user_model().objects.in_bulk({context.get("user") for context in contexts} - {None})
    return [
        DeletedTable(
            event.key,
            event.title,
            event.pgh_created_at,
            str(users.get(context.get("user"), "")),
            context.get("why", ""),
        )
        for event, context in zip(events, contexts, strict=True)
    ]
