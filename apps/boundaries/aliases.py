"""Other names of areas that data keepers decided: kept, undone, and followed into another edition."""

from django.db import transaction

from apps.boundaries.models import Area, PlaceAlias
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
