"""Writing institutions: registers, documents, or one by a data keeper. Each function is one transaction."""

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.boundaries.placing import place_again
from apps.infrastructure import completeness, documents, judicial, registers, relocations, same_places
from apps.infrastructure.changes import changed
from apps.infrastructure.models import Institution, SamePlace, StatusReport
from apps.infrastructure.statuses import report_status, write_reports
from apps.sources import services as sources
from apps.sources.history import because
from apps.sources.models import Load
from geo.vocabulary import InstitutionKind, InstitutionStatus

DATA_KEEPERS_REGISTER = "Maillage"
"""The register of institutions that data keepers enter here; a new load of another register keeps them."""


@transaction.atomic
def save_register(records, load, *, register):
    """
    Write a register over its former load, row by row; return how many lie in no area, and what to tell.

    What a data keeper corrected stays. Rows that left the register go, unless a data keeper touched them
    or a confirmed pair holds them: these are told.
    """
    with because(f"chargement {load.pk}"):
        sources.retire_loads(Load.Kind.INSTITUTIONS, but=load)
        kept = registers.write([_told(record) for record in records], load, register)
        outside = place_again(Institution.objects.filter(register=register))
        same_places.lend_again()
        same_places.propose()
    changed()
    return outside, registers.kept_told(kept)


def _told(record):
    return registers.Told(
        source_id=record.source_id,
        kind=InstitutionKind(record.kind),
        name=record.name,
        location=Point(record.longitude, record.latitude, srid=4326),
    )


@transaction.atomic
def take_in(told, load, *, register, reports=(), by=None):
    """
    Write the rows that a file tells of a register, and `reports` of them; what it does not tell stays.

    A report is (source id, status, day, what else `report_status` takes). Return how many rows lie in no
    area. What a data keeper corrected stays.
    """
    with because(f"import, chargement {load.pk}", by=by):
        registers.bring_up_to_date(told, load, register)
        rows = Institution.objects.filter(register=register)
        outside = place_again(rows)
        by_id = {row.source_id: row for row in rows}
        write_reports([(by_id[source_id], *report) for source_id, *report in reports], by=by)
        same_places.lend_again()
        same_places.propose()
    changed()
    return outside


@transaction.atomic
def keep(institution, *, by=None, why="", as_of=None):
    """
    Save an institution that a data keeper entered or corrected; return it, placed in its commune.

    What differs from its register is noted as corrected. A status that differs from the known one is
    reported as of the day `as_of`, today unless told.
    """
    with because(why, by=by):
        status, former = institution.status, _former(institution)
        institution.family = InstitutionKind(institution.kind).family
        institution.register = institution.register or DATA_KEEPERS_REGISTER
        institution.status = former.status if former else InstitutionStatus.UNKNOWN
        institution.corrected = _corrected(institution, former)
        institution.save()
        same_places.lend_again()
        if status != institution.status:
            day = as_of or timezone.localdate()
            report_status(institution, status, as_of=day, by=by, why=why)
        if former is None or former.location != institution.location:
            place_again(Institution.objects.filter(pk=institution.pk))
        same_places.propose()
    changed()
    institution.refresh_from_db()
    return institution


def _former(institution):
    return Institution.objects.select_for_update().filter(pk=institution.pk).first()


def _corrected(institution, former):
    """Return the fields of a register's row that data keepers set, those of now included."""
    if former is None or former.register == DATA_KEEPERS_REGISTER:
        return institution.corrected
    now = [name for name in registers.CORRECTABLE if getattr(institution, name) != getattr(former, name)]
    return sorted({*institution.corrected, *now})


@transaction.atomic
def remove(institution, *, by=None, why=""):
    """Delete an institution; a confirmed pair it is in is parted before, so that nothing of it stays."""
    with because(why, by=by):
        confirmed = SamePlace.objects.filter(state=SamePlace.State.CONFIRMED)
        for pair in confirmed.filter(Q(kept=institution) | Q(other=institution)):
            same_places.undo(pair, by=by, why=why)
        institution.delete()
        same_places.propose()
    changed()


@transaction.atomic
def follow_edition():
    """Place institutions, facts and what is known of the register in the edition that is now active."""
    with because("changement d’édition"):
        documents.follow_edition()
        place_again(Institution.objects.all())
        completeness.follow_edition()
        relocations.place_relocated(StatusReport.objects.all())
        judicial.follow()
        same_places.propose()
    changed()
