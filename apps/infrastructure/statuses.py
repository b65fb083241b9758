"""The dated statuses of institutions: reported one by one, the latest one is the status."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.infrastructure.changes import changed
from apps.infrastructure.models import Institution, StatusReport
from apps.sources.history import because
from geo.vocabulary import InstitutionStatus


def status_on(institution, day):
    """Return what the latest report of that day or before it says; UNKNOWN before any."""
    latest = StatusReport.objects.about(institution).until(day).latest_first().first()
    return InstitutionStatus(latest.status) if latest else InstitutionStatus.UNKNOWN


@transaction.atomic
def report_status(institution, status, *, as_of, by=None, why="", **about):
    """
    Write down how an institution worked on a day; return the report.

    `about` may tell `as_of_told`, `relocated_to`, `words`. An earlier day than that of the latest
    report changes the past, not the status.
    """
    with because(why, by=by):
        report = StatusReport.objects.create(
            institution=institution, status=status, as_of=as_of, reported_by=by, why=why, **about
        )
        refresh_statuses(_it_and_kept(institution))
    changed()
    institution.refresh_from_db()
    return report


@transaction.atomic
def withdraw(report, *, by=None, why=""):
    """Take back a report that was entered by mistake; its history stays."""
    with because(why, by=by):
        report.delete()
        refresh_statuses(_it_and_kept(report.institution))
    changed()


def refresh_statuses(institutions):
    """Give each of these institutions the status of its latest report."""
    stale = list(institutions.with_status_on(date.max).exclude(status=F("status_on")))
    now = timezone.now()
    for institution in stale:
        institution.status, institution.updated = institution.status_on, now
    Institution.objects.bulk_update(stale, ["status", "updated"])


def _it_and_kept(institution):
    return Institution.objects.filter(Q(pk=institution.pk) | Q(others=institution.pk)).distinct()
