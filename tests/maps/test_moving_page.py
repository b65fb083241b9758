"""/couverture/deplacer/ without scripts: an institution written elsewhere, what changes, nothing saved."""

import html

import pytest

from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from tests import small_country
from tests.coverage.inhabited import complete_everywhere, live, stands

pytestmark = pytest.mark.django_db

ADDRESS = "/couverture/deplacer/"


@pytest.fixture(scope="module", autouse=True)
def a_court_in_alpha(lasting):
    """A court among the 900 people of Alpha; 600 live in Bêta."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5))
        small_country.people(Alpha=900, Bêta=600)
        stands(-4.5, 13.25)


def page(client, query):
    response = client.get(f"{ADDRESS}?kinds=ti&limit_km=10&{query}")
    return response.status_code, html.unescape(response.content.decode())


def court():
    return Institution.objects.get().pk


def test_the_form_offers_what_counts_and_carries_the_question(client):
    status, text = page(client, "")
    assert status == 200
    assert f'<option value="{court()}" data-longitude="-4.5"' in text
    assert '<input type="hidden" name="limit_km" value="10">' in text
    assert "moved__sentence" not in text


def test_a_move_is_told_with_its_doubt_and_is_not_saved(client):
    _, text = page(client, f"institution={court()}&lon=-3.5&lat=13.5")
    assert "elle rapprocherait 0 à 600 personnes et en éloignerait 0 à 900" in text
    assert "Le registre est un plancher" in text
    assert "Rien n’est enregistré" in text
    assert Institution.objects.get().location.x == -4.5


def test_where_the_register_is_complete_there_is_one_number_and_no_doubt(client):
    complete_everywhere()
    _, text = page(client, f"institution={court()}&lon=-3.5&lat=13.5")
    assert "elle rapprocherait 600 personnes et en éloignerait 900" in text
    assert "plancher" not in text


def test_a_place_abroad_or_no_number_says_what_to_do(client):
    status, text = page(client, f"institution={court()}&lon=40&lat=13.5")
    assert (status, "hors du Mali" in text) == (400, True)
    assert page(client, f"institution={court()}&lon=là&lat=13.5")[0] == 400
    assert page(client, "limit_km=0")[0] == 400
