"""Writing the rows of a register over those of its former load; what data keepers did stays."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db.models import Q
from django.utils import timezone

from apps.infrastructure.models import Institution, SamePlace, StatusReport
from geo.vocabulary import InstitutionKind, PlaceTold

CORRECTABLE = ("name", "kind", "location", "place_told")
"""What a data keeper may correct, and a reload of the register then leaves."""


@dataclass(frozen=True)
class Told:
    """An institution as a register tells it now. `location` None: it is told, and nobody knows where."""

    source_id: str
    kind: InstitutionKind
    name: str
    location: Point | None
    place_told: PlaceTold = PlaceTold.EXACT


def write(told, load, register):
    """Insert, change and remove the rows of a register; return those that left it and were kept."""
    return _remove_unless_held(bring_up_to_date(told, load, register))


def bring_up_to_date(told, load, register):
    """Insert and change the rows of a register that are told; return the others, left as they are."""
    rows = {row.source_id: row for row in Institution.objects.filter(register=register).select_for_update()}
    loans = {pair.kept_id: pair for pair in _loans() if pair.kept.register == register}
    new, changed_rows, loans_moved, still_told = [], [], [], []
    for each in told:
        row = rows.pop(each.source_id, None)
        if row is None:
            new += [_institution(each, load, register)] if each.location else []
            continue
        still_told.append(row.pk)
        if _tell_loan(loans.get(row.pk), each):
            loans_moved.append(loans[row.pk])
        if _tell_again(row, each, borrows=row.pk in loans):
            changed_rows.append(row)
    Institution.objects.bulk_create(new)
    Institution.objects.bulk_update(changed_rows, ["family", *CORRECTABLE, "updated"])
    SamePlace.objects.bulk_update(loans_moved, ["former_location", "former_place_told"])
    Institution.objects.filter(pk__in=still_told).update(load=load)
    return list(rows.values())


def _loans():
    """Return the confirmed pairs whose kept institution stands where the other does."""
    confirmed = SamePlace.objects.filter(state=SamePlace.State.CONFIRMED, former_location__isnull=False)
    return confirmed.select_related("kept")


def _institution(told, load, register):
    return Institution(
        family=told.kind.family,
        kind=told.kind,
        name=told.name,
        location=told.location,
        place_told=told.place_told,
        register=register,
        source_id=told.source_id,
        load=load,
    )


def _tell_loan(pair, told):
    """Return whether the place that an institution gets back on undoing is told anew."""
    if pair is None or told.location is None or pair.former_location.coords == told.location.coords:
        return False
    pair.former_location, pair.former_place_told = told.location, told.place_told
    return True


def _tell_again(row, told, *, borrows):
    """Bring a row up to what the register tells, but for what is corrected; return whether it changed."""
    before = (row.kind, row.name, row.location.coords, row.place_told)
    if "kind" not in row.corrected:
        row.kind, row.family = told.kind, told.kind.family
    if "name" not in row.corrected:
        row.name = told.name
    if told.location and "location" not in row.corrected and not borrows:
        row.location, row.place_told = told.location, told.place_told
    row.updated = timezone.now()
    return before != (row.kind, row.name, row.location.coords, row.place_told)


def _remove_unless_held(gone):
    """Delete the rows that left a register; return those kept because a data keeper touched them."""
    ids = [row.pk for row in gone]
    paired = SamePlace.objects.filter(state=SamePlace.State.CONFIRMED)
    held = Institution.objects.filter(pk__in=ids).filter(
        ~Q(corrected=[])
        | Q(pk__in=StatusReport.objects.filter(fact__isnull=True).values("institution"))
        | Q(pk__in=paired.values("kept"))
        | Q(pk__in=paired.values("other"))
    )
    kept = list(held)
    Institution.objects.filter(pk__in=ids).exclude(pk__in=[row.pk for row in kept]).delete()
    return kept


def kept_told(kept):
    if not kept:
        return ""
    names = ", ".join(f"{row} ({row.source_id})" for row in kept)
    return f"Gone from the register, kept because a data keeper touched them: {names}."
