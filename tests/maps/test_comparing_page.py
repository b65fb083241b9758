"""/couverture/comparer/ without scripts: one question on two days, or without and with the works."""

import html
import json
import re

import pytest

from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from tests import small_country
from tests.coverage.inhabited import complete_everywhere, live, planned, stands

pytestmark = pytest.mark.django_db

ADDRESS = "/couverture/comparer/"


@pytest.fixture(scope="module", autouse=True)
def a_court_that_closed_and_a_work(lasting):
    """A court among the 900 people of Alpha, closed in 2020; a work among the 600 of Bêta."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5))
        small_country.people(Alpha=900, Bêta=600)
        stands(-4.5, 13.25, y2015="functional", y2020="closed")
        planned(-3.5, 13.5)
        complete_everywhere()


def page(client, query):
    response = client.get(f"{ADDRESS}?kinds=ti&limit_km=10&{query}")
    return response.status_code, html.unescape(response.content.decode())


def row(text, name):
    found = re.search(rf'<th scope="row">{name}.*?</tr>', text, re.S).group()
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found)]


def test_without_and_with_the_works_each_area_has_both_shares_and_the_change(client):
    _, text = page(client, "other=works")
    assert row(text, "Bêta") == ["100\u00a0%", "0\u00a0%", "−600"]
    assert row(text, "Mali") == ["40\u00a0%", "0\u00a0%", "−600"]
    carried = json.loads(re.search(r'id="compared-figures"[^>]*>(.*?)</script>', text).group(1))
    assert carried["told"] == ["sans les ouvrages prévus", "avec les ouvrages prévus"]
    assert [area["high"] for area in carried["figures"]["areas"]] == [0, 0, None]


def test_the_works_are_compared_when_nothing_is_said(client):
    assert row(page(client, "")[1], "Bêta") == row(page(client, "other=works")[1], "Bêta")


def test_on_two_days_what_closed_in_between_no_longer_counts(client):
    _, text = page(client, "sense=functional&day=2016-01-01&other=day&other_day=2021-01-01")
    assert "Au 1er janv. 2016, et au 1er janv. 2021" in text
    # The register was not yet known to be complete on either day.
    assert row(text, "Alpha") == ["0\u00a0%", "0 à 100\u00a0%", "0 à +900"]


@pytest.mark.parametrize(
    "query", ["other=hasard", "other=day&other_day=hier", "other=day&other_day=2020-02-31"]
)
def test_what_differs_must_be_said(client, query):
    assert page(client, query)[0] == 400
