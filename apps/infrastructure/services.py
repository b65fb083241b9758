"""Writing institutions: a register at once, or one by a data keeper. Each function is one transaction."""

from django.db import transaction

from apps.boundaries.placing import place_again
from apps.infrastructure.models import Institution
from apps.sources import services as sources
from apps.sources.models import Load
from geo.vocabulary import InstitutionKind, InstitutionStatus

DATA_KEEPERS_REGISTER = "Maillage"
"""The register of institutions that data keepers enter here; a new load of another register keeps them."""


@transaction.atomic
def save_register(records, load, *, register):
    """Write a register in place of its former load, placed in communes; return how many lie in none."""
    sources.retire_loads(Load.Kind.INSTITUTIONS, but=load)
    Institution.objects.filter(register=register).exclude(load=load).delete()
    Institution.objects.bulk_create(_institution(record, load, register) for record in records)
    outside = place_again(Institution.objects.filter(load=load))
    sources.touch("institutions")
    return outside


def _institution(record, load, register):
    kind = InstitutionKind(record.kind)
    return Institution(
        family=kind.family,
        kind=kind,
        name=record.name,
        status=InstitutionStatus.UNKNOWN,
        location=f"SRID=4326;POINT({record.longitude} {record.latitude})",
        register=register,
        source_id=record.source_id,
        load=load,
    )


@transaction.atomic
def keep(institution):
    """Save an institution that a data keeper entered or corrected, placed in its commune; return it."""
    institution.family = InstitutionKind(institution.kind).family
    institution.register = institution.register or DATA_KEEPERS_REGISTER
    institution.save()
    place_again(Institution.objects.filter(pk=institution.pk))
    sources.touch("institutions")
    institution.refresh_from_db()
    return institution


@transaction.atomic
def remove(institution):
    """Delete an institution."""
    institution.delete()
    sources.touch("institutions")


@transaction.atomic
def follow_edition():
    """Place every institution in the edition that is now active."""
    place_again(Institution.objects.all())
    sources.touch("institutions")
