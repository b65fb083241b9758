"""Institutions that work by periods or from another place: what is told of them, and where it is."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.infrastructure.models import Institution, StatusReport
from apps.infrastructure.statuses import report_many, report_status
from tests import small_country
from tests.coverage.inhabited import live, stands

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 1)


@pytest.fixture(autouse=True, scope="module")
def two_villages(lasting):
    """« Village 1 » in Alpha, « Village 2 » in Bêta; nothing else bears these names."""
    with lasting():
        Institution.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5, 3))


def relocated(court, place):
    return report_status(court, "relocated", as_of=DAY, relocated_to=place)


def test_a_relocated_court_sits_where_the_one_place_of_that_name_lies():
    report = relocated(stands(-4.5, 13.25), "Village 2")
    assert report.relocated_point.coords == (-3.5, 13.5)


def test_the_place_may_be_told_with_its_cercle_and_another_cercle_has_no_such_place():
    court = stands(-4.5, 13.25)
    assert relocated(court, "Village 1 (cercle de Alpha)").relocated_point.coords == (-4.5, 13.25)
    assert relocated(court, "Village 1 (cercle de Bêta)").relocated_point is None


def test_a_place_that_nobody_knows_has_no_point_and_gets_one_with_the_settlements_that_have_it():
    report = relocated(stands(-4.5, 13.25), "Village 3")
    assert report.relocated_point is None
    live((-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75))
    report.refresh_from_db()
    assert report.relocated_point.coords == (-2.5, 13.75)


def test_a_share_of_days_is_from_0_to_1():
    court = stands(-4.5, 13.25)
    assert report_status(court, "periodic", as_of=DAY, share_of_days=0.2).share_of_days == 0.2
    with pytest.raises(IntegrityError, match="share_of_days_is_from_0_to_1"), transaction.atomic():
        report_status(court, "periodic", as_of=DAY, share_of_days=1.2)


def test_many_reports_at_once_find_their_places():
    court = stands(-4.5, 13.25)
    report_many([(court, "relocated", DAY, {"relocated_to": "Village 2"})])
    assert StatusReport.objects.get(institution=court).relocated_point.coords == (-3.5, 13.5)


def test_a_data_keeper_tells_the_share_of_days_in_percent(as_persona):
    court = stands(-4.5, 13.25)
    client = as_persona("data_keeper")
    told = {"status": "periodic", "as_of": "2025-06-01", "percent_of_days": "40", "why": "Appel au greffe"}
    client.post(reverse("institution-report", args=[court.pk]), told)
    assert StatusReport.objects.get(institution=court).share_of_days == 0.4
    page = client.get(reverse("institution", args=[court.pk])).content.decode()
    assert "40\u202f% des jours" in page or "40\u00a0% des jours" in page
    refused = client.post(reverse("institution-report", args=[court.pk]), told | {"status": "functional"})
    assert refused.status_code == 400
