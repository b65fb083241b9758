"""What stands beside what works: thirds of each, and what nobody knows is told so."""

import html
from datetime import date

import pytest

from apps.coverage.both_senses import both_senses
from apps.infrastructure.models import Institution
from apps.maps.coverage.both_page import shade_of
from apps.maps.institutions.timeline import timeline
from apps.programme.models import PlannedWork
from tests import small_country
from tests.coverage.inhabited import asked, live, stands

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def three_courts(lasting):
    """In Alpha a court that works, in Bêta one that closed, in Gamma one of which nothing is told."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75))
        small_country.people(Alpha=900, Bêta=600, Gamma=300)
        stands(-4.5, 13.25, y2020="functional")
        stands(-3.5, 13.5, y2015="functional", y2020="closed")
        stands(-2.5, 13.75)


def _of(number):
    """Return the court of Alpha, Bêta or Gamma."""
    return Institution.objects.order_by("pk")[number]


def test_a_cercle_is_in_the_third_of_what_stands_and_of_what_works():
    rows = both_senses(asked(limit_km=10))
    assert [(row.nominal, row.functional) for row in rows] == [
        ((1, 1), (1, 1)),
        ((1, 1), (0, 0)),
        ((1, 1), (0, 1)),
    ]
    assert [shade_of(row) for row in rows] == ["22", "20", "unknown"]


def test_where_nobody_is_placed_there_is_no_share():
    small_country.people(Alpha=900)
    assert [shade_of(row) for row in both_senses(asked(limit_km=10))] == ["22", "none", "none"]


def test_the_page_tells_both_shares_in_its_table_and_the_floor(client):
    text = html.unescape(client.get("/couverture/ensemble/?kinds=ti&limit_km=10").content.decode())
    assert "Le registre est un plancher des deux" in text
    assert "à portée d’un bâtiment, moins de ce qui travaille" in text
    assert "Dans 1 cercle, on ne sait pas si les institutions travaillent" in text
    assert client.get("/couverture/ensemble/?limit_km=0").status_code == 400


def test_statuses_over_time_are_a_line_from_unknown_to_today(client):
    closed = _of(1)
    drawn = timeline(closed.status_reports.order_by("-as_of"), today=date(2026, 11, 1))
    assert [(part["since"], part["is_crossed"]) for part in drawn["parts"]] == [
        (None, False),
        ("1er janv. 2015", False),
        ("1er janv. 2020", True),
    ]
    widths = [part["width"] for part in drawn["parts"]]
    assert drawn["parts"][1]["x"] == drawn["parts"][0]["x"] + widths[0]
    assert widths[2] > widths[1] > widths[0]
    text = client.get(f"/institutions/{closed.pk}/").content.decode()
    assert text.count("timeline__part") == 3


def test_an_institution_of_which_nothing_is_told_has_no_line(client):
    untold = _of(2)
    assert timeline(untold.status_reports.all(), today=date(2026, 11, 1)) is None
    assert b"timeline__part" not in client.get(f"/institutions/{untold.pk}/").content
