"""Dated statuses: the latest day decides, then the latest entry; before any report nobody knows."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point

from apps.infrastructure import services
from apps.infrastructure.models import Institution
from apps.infrastructure.statuses import report_status, status_on, withdraw
from geo.vocabulary import InstitutionKind, InstitutionStatus

pytestmark = pytest.mark.django_db

FUNCTIONAL, CLOSED, UNKNOWN = (
    InstitutionStatus.FUNCTIONAL,
    InstitutionStatus.CLOSED,
    InstitutionStatus.UNKNOWN,
)


@pytest.fixture
def court():
    return services.keep(Institution(kind=InstitutionKind.TI, location=Point(-4.5, 13.2, srid=4326)))


def on(court, day):
    asked = Institution.objects.with_status_on(day).get(pk=court.pk).status_on
    assert asked == status_on(court, day)
    return asked


def test_before_any_report_nobody_knows(court):
    report_status(court, FUNCTIONAL, as_of=date(2021, 1, 1))
    assert on(court, date(2020, 12, 31)) == UNKNOWN


def test_the_day_of_the_report_counts(court):
    report_status(court, FUNCTIONAL, as_of=date(2021, 1, 1))
    assert on(court, date(2021, 1, 1)) == FUNCTIONAL


def test_a_report_on_the_past_does_not_change_today(court):
    report_status(court, CLOSED, as_of=date(2024, 1, 1))
    report_status(court, FUNCTIONAL, as_of=date(2022, 1, 1))
    assert (court.status, on(court, date(2023, 1, 1)), on(court, date(2024, 6, 1))) == (
        CLOSED,
        FUNCTIONAL,
        CLOSED,
    )


def test_of_two_reports_of_one_day_the_later_entry_decides(court):
    report_status(court, FUNCTIONAL, as_of=date(2024, 1, 1))
    report_status(court, CLOSED, as_of=date(2024, 1, 1))
    assert (court.status, on(court, date(2024, 1, 1))) == (CLOSED, CLOSED)


def test_a_report_taken_back_gives_the_status_before_it_back(court):
    report_status(court, FUNCTIONAL, as_of=date(2022, 1, 1))
    mistaken = report_status(court, CLOSED, as_of=date(2024, 1, 1))
    withdraw(mistaken, why="autre tribunal")
    court.refresh_from_db()
    assert court.status == FUNCTIONAL


def test_a_status_given_when_entering_is_a_report_of_that_day():
    kept = services.keep(
        Institution(kind=InstitutionKind.EPES, status=CLOSED, location=Point(-4.5, 13.2, srid=4326)),
        as_of=date(2024, 3, 2),
    )
    assert (kept.status, status_on(kept, date(2024, 3, 1)), status_on(kept, date(2024, 3, 2))) == (
        CLOSED,
        UNKNOWN,
        CLOSED,
    )


def test_keeping_an_unchanged_status_reports_nothing(court):
    court.name = "Tribunal"
    services.keep(court)
    assert not court.status_reports.exists()
