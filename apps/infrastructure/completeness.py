"""How complete the register is, kind by kind and cercle by cercle. Until a data keeper says: unknown."""

from django.db import transaction

from apps.boundaries.matching import CercleNames
from apps.infrastructure.changes import changed
from apps.infrastructure.models import RegisterCompleteness
from apps.sources.history import because
from geo.names import fold
from geo.vocabulary import Completeness, InstitutionKind

TOLD_KINDS = tuple(kind for kind in InstitutionKind if not kind.endswith("_not_told"))
"""The kinds a register can be complete of: one that does not tell the kind cannot be."""


def completeness(kind=None):
    """
    Return the state told for each (id of a cercle of the active edition, kind); only `kind`'s when given.

    What is absent is UNKNOWN.
    """
    told = RegisterCompleteness.objects.filter(cercle__isnull=False)
    if kind:
        told = told.filter(kind=kind)
    return {
        (cercle, InstitutionKind(of)): Completeness(state)
        for cercle, of, state in told.values_list("cercle", "kind", "state")
    }


@transaction.atomic
def set_completeness(kinds, cercles, state, *, as_of, why, by=None):
    """Say how complete the register is for each of these kinds in each of these cercles; return how many."""
    with because(why, by=by):
        rows = [_row(cercle, kind, state, as_of, why, by) for cercle in cercles for kind in kinds]
        RegisterCompleteness.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["region_name", "cercle_name", "kind"],
            update_fields=["cercle", "state", "as_of", "why", "set_by", "set_at"],
        )
    changed()
    return len(rows)


def _row(cercle, kind, state, as_of, why, by):
    return RegisterCompleteness(
        cercle_name=cercle.name,
        region_name=cercle.parent.name,
        cercle=cercle,
        kind=kind,
        state=state,
        as_of=as_of,
        why=why,
        set_by=by,
    )


def follow_edition():
    """Tie each judgement to its cercle in the active edition: in its region, else the only one so named."""
    names = CercleNames()
    here = {(fold(cercle.parent.name), fold(cercle.name)): cercle for cercle in names.cercles}
    rows = list(RegisterCompleteness.objects.all())
    for row in rows:
        row.cercle = here.get((fold(row.region_name), fold(row.cercle_name))) or names.one(row.cercle_name)
    RegisterCompleteness.objects.bulk_update(rows, ["cercle"])
