"""The dated statuses of institutions: reported one by one, the latest one is the status."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.infrastructure.changes import changed
from apps.infrastructure.models import Institution, StatusReport
from apps.infrastructure.relocations import place_relocated
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

    `about` may tell `as_of_told`, `relocated_to`, `share_of_days`, `words`. An earlier day than that of the
    latest report changes the past, not the status.
    """
    with because(why, by=by):
        report = StatusReport.objects.create(
            institution=institution, status=status, as_of=as_of, reported_by=by, why=why, **about
        )
        place_relocated(StatusReport.objects.filter(pk=report.pk))
        refresh_statuses(_it_and_kept(institution))
    changed()
    institution.refresh_from_db()
    report.refresh_from_db()
    return report


@transaction.atomic
def report_many(told, *, by=None, why=""):
    """
    Write down how institutions worked on given days; return how many reports are new or changed.

    `told` are (institution, status, as_of, about), `about` as for `report_status`. Of the same day, what a
    data keeper reported before is changed; what a document tells stays beside it.
    """
    with because(why, by=by):
        written = write_reports(told, by=by, why=why)
    changed()
    return written


def write_reports(told, *, by=None, why=""):
    """Write these reports, as `report_many` does, without telling anybody."""
    former = _reports_of(institution for institution, *_ in told)
    written = [_report(each, former, by, why) for each in told]
    place_relocated(StatusReport.objects.filter(institution__in=[institution for institution, *_ in told]))
    refresh_statuses(_they_and_kept([institution.pk for institution, *_ in told]))
    return sum(written)


def _reports_of(institutions):
    reports = StatusReport.objects.filter(institution__in=list(institutions), fact__isnull=True)
    # The report of a day that counts is the one written last.
    return {(each.institution_id, each.as_of): each for each in reports.order_by("reported_at", "pk")}


def _report(each, former, by, why):
    """Write one report unless it is there already; return whether it was written."""
    institution, status, as_of, about = each
    values = {"status": status, **about}
    report = former.get((institution.pk, as_of))
    if report is None:
        StatusReport.objects.create(institution=institution, as_of=as_of, reported_by=by, why=why, **values)
        return True
    if all(getattr(report, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(report, name, value)
    report.save()
    return True


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
    return _they_and_kept([institution.pk])


def _they_and_kept(ids):
    return Institution.objects.filter(Q(pk__in=ids) | Q(others__in=ids)).distinct()
