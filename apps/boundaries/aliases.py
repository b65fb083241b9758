"""Other names of areas that data keepers decided: kept, undone, and followed into another edition."""

from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction

from apps.boundaries.models import Area, PlaceAlias, PlaceAliasEvent  # made by `tracked`
from apps.sources.history import because
from geo.names import key_of


@transaction.atomic
def remember(area, *, name, parent="", code="", by, why="lieu décidé à l’import"):
    """
    Keep that `name` (within the `parent` told, beside the `code` told) is this area; return the alias.

    A former decision on the same words is replaced; its history tells what it was. A code alone is not
    remembered: the next file may be of another edition. Raises ValueError for an empty name.
    """
    if not key_of(name):
        raise ValueError("an alias needs a name: a code alone means nothing without its edition")
    with because(why, by=by):
        alias, _ = PlaceAlias.objects.update_or_create(
            folded=key_of(name),
            level=area.level,
            parent_folded=key_of(parent),
            code_told=code,
            defaults={"name": name, "parent_told": parent, "area": area, "decided_by": by},
        )
    return alias


@transaction.atomic
def forget(alias, *, by, why):
    """Undo an alias: the name is a question again in the next file. Its history keeps it."""
    with because(why, by=by):
        alias.delete()


def resting():
    """Return the aliases whose area the active edition lacks: they decide nothing until it has one."""
    return PlaceAlias.objects.exclude(area__edition__is_active=True).select_related("area__edition")


class AliasChange(NamedTuple):
    """What happened to an alias: `how` is insert, update or delete."""

    at: object
    how: str
    name: str
    parent: str
    area: str
    who: str
    why: str


def history(most=100):
    """Return what happened to aliases, the latest first, those that are gone included."""
    events = list(
        PlaceAliasEvent.objects.select_related("pgh_context", "area")
        .defer("area__boundary")
        .order_by("-pgh_id")[:most]
    )
    contexts = [event.pgh_context.metadata if event.pgh_context else {} for event in events]
    users = get_user_model().objects.in_bulk({context.get("user") for context in contexts} - {None})
    return [
        AliasChange(
            at=event.pgh_created_at,
            how=event.pgh_label,
            name=event.name,
            parent=event.parent_told,
            area=f"{event.area.name} ({event.area.pcode})" if event.area else "",
            who=str(users.get(context.get("user"), "")),
            why=context.get("why", ""),
        )
        for event, context in zip(events, contexts, strict=True)
    ]


@transaction.atomic
def follow_aliases():
    """
    Tie each alias to the area of its area's name and level in the active edition; return those that rest.

    Of two such areas the one in a parent of the same name is taken; without one the alias rests.
    """
    active = {}
    for area in Area.objects.active().select_related("parent").defer("boundary", "parent__boundary"):
        active.setdefault((area.level, key_of(area.name)), []).append(area)
    with because("changement d’édition"):
        for alias in resting().select_related("area__parent"):
            found = active.get((alias.level, key_of(alias.area.name)), [])
            if len(found) > 1:
                found = [area for area in found if _parent_key(area) == _parent_key(alias.area)]
            if len(found) == 1:
                alias.area = found[0]
                alias.save(update_fields=["area"])
    return list(resting())


def _parent_key(area):
    return key_of(area.parent.name) if area.parent else ""
