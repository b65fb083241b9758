"""The page of travel and its address for programs: what is told to whom, and who changes a speed."""

import pytest
from django.urls import reverse

from apps.travel.models import TravelSpeed
from tests import small_country
from tests.conftest import PERSONAS
from tests.travel.lying import lies

pytestmark = pytest.mark.django_db
PAGE, SPEED = "/couverture/deplacements/", "/couverture/deplacements/vitesses/"
KEEPERS = ("data_keeper", "administrator")


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    with lasting():
        return small_country.make()


def read(client, address=PAGE, **about):
    return client.get(address, **about).content.decode()


def test_without_roads_the_page_says_first_that_a_time_is_walked(client):
    page = read(client)
    assert "Aucune route n’est chargée." in page
    assert "à 5\u00a0km/h" in page or "à 5 km/h" in page
    assert "rien de chargé" in page
    assert "Tobler 1993" in page


def test_a_layer_is_shown_with_source_licence_and_fingerprint_and_its_unknown_classes(client):
    layer = lies("roads", {(0, 0): 1}, ["goudron"])
    page = read(client)
    assert "Aucune route n’est chargée." not in page
    assert "Éditeur d’essai" in page
    assert "CC0" in page
    assert layer.load.sha256 in page
    assert "classe que nous ne connaissons pas" in page


def test_a_simulated_layer_says_so(client):
    layer = lies("roads", {(0, 0): 1}, ["track"])
    layer.load.is_simulated = True
    layer.load.save()
    assert "simulées" in read(client)


def test_the_page_is_in_english_too(client):
    page = read(client, headers={"cookie": "django_language=en"})
    assert "No roads are loaded." in page
    assert "our choice: crossing by dugout" in page


@pytest.mark.parametrize("persona", PERSONAS)
def test_data_keepers_change_a_speed_and_nobody_else(persona, as_persona):
    client = as_persona(persona)
    given = {"of_class": "roads:track", "kmh": "12.5", "why": "Mesuré entre Mopti et Douentza"}
    answer = client.post(SPEED, given)
    if persona not in KEEPERS:
        assert answer.status_code == (302 if persona == "anonymous" else 403)
        assert not TravelSpeed.objects.exists()
        assert "Changer une vitesse" not in read(client)
        return
    assert answer.url == reverse("travel")
    page = read(client)
    assert "réglée par un gardien des données" in page
    assert page.count("Mesuré entre Mopti et Douentza") == 2
    assert f"test-{persona}" in page
    client.post(SPEED, {"of_class": "roads:track", "kmh": "", "why": "Mesure retirée"})
    assert not TravelSpeed.objects.exists()
    assert "Mesure retirée" in read(client)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"of_class": "walking:*", "kmh": "0", "why": "essai"}, "À pied on avance"),
        ({"of_class": "roads:track", "kmh": "", "why": "essai"}, "C’est déjà la valeur par défaut"),
        ({"of_class": "roads:track", "kmh": "300", "why": "essai"}, "200"),
        ({"of_class": "roads:track", "kmh": "20", "why": ""}, "obligatoire"),
    ],
)
def test_a_speed_that_cannot_be_is_refused_beside_its_field(as_persona, given, told):
    answer = as_persona("data_keeper").post(SPEED, given)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not TravelSpeed.objects.exists()


def test_a_program_reads_the_same(client):
    before = client.get("/api/travel/").json()
    assert before["walking_only"]
    assert before["grid"]["cell_metres"] == 1000
    assert before["speeds"][0]["kmh"] == 5
    lies("roads", {(0, 0): 1}, ["track"])
    after = client.get("/api/travel/").json()
    assert not after["walking_only"]
    assert after["layers"][0]["kind"] == "roads"
    assert after["key"] != before["key"]
