"""
Keeping reach up to date: people on settlements, distances to institutions and planned works.

Called as followers (see settings) when editions, settlements, people, institutions or works change; each
function is one transaction. What did not change is not measured again.
"""

from collections import defaultdict

from django.db import transaction
from django.db.models.functions import Coalesce

from apps.boundaries.models import Area
from apps.coverage import queries
from apps.coverage.models import CercleDistance, InstitutionGroup, MeasuredPlace
from apps.coverage.places import works_that_make
from apps.coverage.rasters.queries import people_of_cells, weigh_cells
from apps.coverage.zones import people_of_zones
from apps.infrastructure.models import Institution, StatusReport
from geo.coverage import KIND_MADE, history
from geo.dasymetric import people_of_settlements
from geo.vocabulary import InstitutionStatus


@transaction.atomic
def follow_settlements():
    """Give other settlements their people, and measure everything from them."""
    share_people()
    measure_cercles()
    InstitutionGroup.objects.all().delete()
    measure_places()


@transaction.atomic
def follow_edition():
    """Share people among settlements by the cercles of the active edition, and measure these."""
    share_people()
    measure_cercles()
    measure_places()


@transaction.atomic
def share_people():
    """Share the people of each cercle or commune (see zones) among its settlements; return how many rows."""
    queries.wait_for_measuring()
    zones = people_of_zones()
    cells = defaultdict(dict)
    weigh_cells()
    for zone, cell, people in people_of_cells(zones):
        cells[zone][cell] = people
    by_zone = defaultdict(list)
    for settlement in queries.settlements_in_cells():
        _, _, cercle, commune, _, _ = settlement
        by_zone[commune if commune in zones else cercle].append(settlement)
    rows = []
    for zone, settlements in by_zone.items():
        ids, regions, cercles, communes, classes, in_cells = zip(*settlements, strict=True)
        people = people_of_settlements(zones.get(zone), classes, in_cells, cells[zone])
        rows += zip(ids, regions, cercles, communes, people, strict=True)
    return queries.write_people(rows)


def _cercles():
    return list(Area.objects.cercles().values_list("pk", flat=True))


@transaction.atomic
def measure_cercles():
    """Measure each settlement's distance to the other cercles of the active edition; return how many."""
    CercleDistance.objects.all().delete()
    return queries.measure_cercles(_cercles())


@transaction.atomic
def measure_places():
    """
    Measure the distances to institutions and planned works that changed since they were measured last.

    Return how many changed: new ones, those gone, moved, of another kind or with other dated statuses.
    """
    queries.wait_for_measuring()
    wanted = {**_institutions(), **_works()}
    stored = {
        (place.institution_id, place.work): place for place in MeasuredPlace.objects.select_related("group")
    }
    changed = {key for key in wanted.keys() | stored.keys() if wanted.get(key) != _as_wanted(stored.get(key))}
    if not changed:
        return 0
    groups = _groups({group for group, _ in wanted.values()})
    gone = [stored[key] for key in changed if key in stored]
    new = {key: wanted[key] for key in sorted(changed, key=str) if key in wanted}
    MeasuredPlace.objects.filter(pk__in=[place.pk for place in gone]).delete()
    MeasuredPlace.objects.bulk_create(_measured(key, place, groups) for key, place in new.items())
    queries.measure_places(
        added=[(groups[group].position, *point) for group, point in new.values()],
        removed=[(place.group.position, *_coordinates(place.location)) for place in gone],
    )
    _count_groups(wanted, groups)
    return len(changed)


def _institutions():
    """Return {key: (group, point)} of the institutions, each once, with the reports on what is the same."""
    reports = defaultdict(list)
    in_order = StatusReport.objects.order_by("as_of", "reported_at", "pk").annotate(
        about=Coalesce("institution__same_as", "institution")
    )
    for institution, day, status in in_order.values_list("about", "as_of", "status"):
        reports[institution].append((day, InstitutionStatus(status)))
    counted = Institution.objects.counted().values_list("pk", "kind", "location")
    return {
        (pk, ""): ((kind, _dated(reports.get(pk, [])), False), _coordinates(location))
        for pk, kind, location in counted
    }


def _works():
    """Return {key: (group, point)} of the planned works that make an institution at a place."""
    placed = works_that_make(KIND_MADE.values()).filter(location__isnull=False)
    return {
        (None, code): ((KIND_MADE[kind].value, (), True), _coordinates(location))
        for code, kind, location in placed.values_list("infra_id", "kind", "location")
    }


def _dated(reports):
    return tuple((day.isoformat(), status.value) for day, status in history(reports))


def _coordinates(point):
    return (point.x, point.y)


def _key(group):
    return (group.kind, tuple(tuple(change) for change in group.statuses), group.is_planned)


def _as_wanted(place):
    return None if place is None else (_key(place.group), _coordinates(place.location))


def _groups(wanted):
    """Return the group of each key, new ones made at the lowest positions that are free."""
    groups = {_key(group): group for group in InstitutionGroup.objects.all()}
    new = sorted(wanted - groups.keys(), key=str)
    taken = {group.position for group in groups.values()}
    free = [position for position in range(1, len(taken) + len(new) + 1) if position not in taken]
    made = InstitutionGroup.objects.bulk_create(
        InstitutionGroup(
            position=position,
            kind=kind,
            statuses=[list(change) for change in statuses],
            is_planned=is_planned,
            size=0,
        )
        for position, (kind, statuses, is_planned) in zip(free, new, strict=False)
    )
    return groups | {_key(group): group for group in made}


def _measured(key, wanted, groups):
    group, (longitude, latitude) = wanted
    return MeasuredPlace(
        institution_id=key[0],
        work=key[1],
        group=groups[group],
        location=f"SRID=4326;POINT({longitude!r} {latitude!r})",
    )


def _count_groups(wanted, groups):
    """Write how many places each group has; one that has none goes, its element measured as empty."""
    sizes = defaultdict(int)
    for group, _ in wanted.values():
        sizes[group] += 1
    for key, group in groups.items():
        group.size = sizes[key]
    InstitutionGroup.objects.bulk_update(groups.values(), ["size"])
    InstitutionGroup.objects.filter(size=0).delete()
