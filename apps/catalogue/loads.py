"""Whose rows a layer serves, who may read them, and what travels with every answer made of them."""

from dataclasses import dataclass

from django.utils import timezone

from apps.accounts.access import access_class, may_see, visible_classes
from apps.boundaries.models import Edition
from apps.catalogue.rows import ROWS
from apps.sources.freshness import is_stale
from apps.sources.models import Load
from geo.vocabulary import AccessClass


@dataclass(frozen=True)
class Told:
    """What travels with every answer about its rows."""

    attribution: str
    licence: str
    publisher: str
    edition: str
    simulated: bool
    approximate: bool
    stale: bool
    updated: str | None


def load_of(layer):
    """
    Return the load in use whose rows this layer serves; None before any, and where rows tell their own.

    Where several bring rows, the one that fewest readers may see: nobody reads through another's door.
    """
    return None if layer.has_access_by_row else strictest(Load.objects.in_use().of_kind(layer.load_kind))


def strictest(loads):
    """Return the load whose rows fewest readers may see; None of none."""
    return max(loads, key=lambda load: list(AccessClass).index(AccessClass(load.access)), default=None)


def readable_as(layer):
    """Return the load whose rows the layer serves, and the access class a reader needs."""
    load = load_of(layer)
    return load, access_class(layer, load)


def may_read(user, layer):
    """Return whether `user` may read rows of a layer: the question of page, API, tile and download alike."""
    return may_see(user, readable_as(layer)[1])


def rows_for(user, layer, *, known_at=None):
    """
    Return the rows of a layer that `user` may read, as a QuerySet.

    Of a layer that the user may not read, none: ask `may_read` first, to say so. `known_at` is an instant, of
    a layer that keeps what was known at one (`Rows.known_at`).
    """
    layer_rows = ROWS[layer.name]
    # A version is read by those whom the load that brought it admits: another's may be in use today.
    versions = known_at and layer_rows.known_at(known_at).filter(load__access__in=visible_classes(user))
    rows = layer_rows.all() if versions is None else versions
    if layer.has_access_by_row:
        return rows.of_access(visible_classes(user))
    return rows if may_read(user, layer) else rows.none()


def other_loads(layer):
    """Return the loads in use of the other kinds that this layer counts."""
    return list(Load.objects.in_use().filter(kind__in=layer.other_kinds)) if layer.other_kinds else []


def told(load, edition, changed_at, *, others=()):
    """Return what travels with every answer about rows of this load and of those counted besides."""
    loads = [each for each in (load, *others) if each]
    return Told(
        attribution=joined(each.attribution for each in loads),
        licence=joined(each.licence for each in loads),
        publisher=joined(each.publisher for each in loads),
        edition=edition.name if edition else "",
        simulated=any(each.is_simulated for each in loads),
        approximate=bool(edition and edition.is_approximate),
        stale=any(is_stale(each, timezone.localdate()) for each in loads),
        updated=changed_at.isoformat() if changed_at else None,
    )


def joined(texts):
    """Return each text once, one after the other."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


def active_edition():
    return Edition.objects.filter(is_active=True).first()
