"""Every address as every persona: who reads what, who changes what."""

import json
import re

import pytest
from django.urls import get_resolver

from tests import small_country
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

SIGNED_IN = {"partner", "planner", "data_keeper", "administrator"}
KEEPERS = {"data_keeper", "administrator"}
CHOOSERS = {"planner", "data_keeper", "administrator"}

PUBLIC = [
    "/",
    "/ciblage/",
    "/cercles/ML9101/",
    "/regions/ML91/",
    "/donnees/",
    "/recherche/?q=alpha",
    "/health/",
    "/api/layers/",
    "/api/schema/",
    "/api/docs/",
    "/api/search/?q=alpha",
    "/api/indicators/cercles/",
    "/api/indicators/regions/",
    "/api/targeting/figures/?since=2020-01&until=2020-10",
    "/api/targeting/ranking/?since=2020-01&until=2020-10",
    "/api/targeting/choice.csv?since=2020-01&until=2020-10",
    "/api/targeting/choice.geojson?since=2020-01&until=2020-10",
    "/api/institutions/",
    "/api/settlements/",
    *(
        f"/api/layers/{name}.{extension}"
        for name in (
            "regions",
            "cercles",
            "communes",
            "settlements",
            "event_counts",
            "institutions",
            "target_cercles",
        )
        for extension in ("geojson", "csv")
    ),
]
EVENT_ROWS = ["/api/layers/events.geojson", "/api/layers/events.csv", "/api/events/"]


@pytest.fixture(autouse=True)
def restricted_events():
    """Events whose source lets only signed-in readers see rows, as ACLED's does."""
    small_country.make()
    small_country.people(Alpha=1000)
    small_country.happened(small_country.event(-4.5, 13.5), access="signed_in")


@pytest.mark.parametrize("persona", PERSONAS)
def test_what_is_public_is_read_by_everybody(persona, as_persona):
    client = as_persona(persona)
    answers = {address: client.get(address).status_code for address in PUBLIC}
    assert answers == dict.fromkeys(PUBLIC, 200)


@pytest.mark.parametrize("persona", PERSONAS)
def test_rows_of_restricted_events_need_sign_in(persona, as_persona):
    client = as_persona(persona)
    for address in EVENT_ROWS:
        response = client.get(address)
        assert response.status_code == (200 if persona in SIGNED_IN else 403)
        if persona not in SIGNED_IN:
            assert response["Content-Type"] == "application/problem+json"
            assert "T0" not in response.content.decode()


def test_every_address_is_walked(as_persona):
    """An address that is added must be added to a list here, or said to be walked elsewhere."""
    walked = {address.partition("?")[0] for address in [*PUBLIC, *EVENT_ROWS]}
    missing = [pattern for pattern in addresses() if not any(pattern.fullmatch(each) for each in walked)]
    assert {pattern.pattern for pattern in missing} <= WALKED_ELSEWHERE


def addresses(resolver=None, before=""):
    """Yield a pattern for every address of pages and API; the admin's are Django's."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + re.sub(r"<[^>]+>", "[^/]+", str(entry.pattern).removeprefix("^").removesuffix("$"))
        if route.startswith("admin/"):
            continue
        if hasattr(entry, "url_patterns"):
            yield from addresses(entry, route)
        else:
            yield re.compile(
                "/" + re.sub(r"\(\?P[^)]*\)", "[^/]+", route).replace("\\Z", "").replace("^", "")
            )


@pytest.mark.parametrize("persona", PERSONAS)
def test_simulated_events_are_read_by_everybody(persona, as_persona):
    small_country.happened(small_country.event(-4.5, 13.5), simulated=True)
    response = as_persona(persona).get("/api/layers/events.geojson")
    assert response.json()["features"][0]["properties"]["simulated"] is True


def test_no_proxy_keeps_rows_that_need_sign_in(as_persona):
    response = as_persona("partner").get("/api/layers/events.geojson")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


INSTITUTION = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [-4.5, 13.2]},
    "properties": {"kind": "commissariat", "name": "Commissariat d’essai", "status": "functional"},
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_data_keepers_change_institutions(persona, as_persona):
    client = as_persona(persona)
    made = client.post("/api/institutions/", json.dumps(INSTITUTION), content_type="application/json")
    assert made.status_code == (201 if persona in KEEPERS else 403)
    if persona in KEEPERS:
        assert made.json()["properties"]["commune"] == "ML910101"
        address = f"/api/institutions/{made.json()['id']}/"
        changed = client.patch(address, json.dumps({"status": "closed"}), content_type="application/json")
        assert changed.json()["properties"]["status"] == "closed"
        assert client.delete(address).status_code == 204


CHOICE = {
    "name": "Essai",
    "since": "2020-01",
    "until": "2020-10",
    "weights": {"violent_per_100k": 1},
    "cercles": ["ML9101"],
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_planners_save_choices_and_partners_do_not(persona, as_persona):
    client = as_persona(persona)
    made = client.post("/api/targeting/selections/", json.dumps(CHOICE), content_type="application/json")
    assert made.status_code == (201 if persona in CHOOSERS else 403)


@pytest.mark.parametrize("persona", PERSONAS)
def test_saved_choices_are_read_by_those_who_may_choose(persona, as_persona):
    response = as_persona(persona).get("/api/targeting/selections/")
    assert response.status_code == (200 if persona in CHOOSERS else 403)


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_admin_is_for_administrators(persona, as_persona):
    response = as_persona(persona).get("/admin/sources/load/")
    assert response.status_code == (200 if persona == "administrator" else 302)


def test_a_password_guessed_too_often_is_locked(client, django_user_model):
    django_user_model.objects.create_user("keeper", password="une phrase assez longue")
    for _ in range(9):
        response = client.post("/connexion/", {"username": "keeper", "password": "faux"})
    assert response.status_code == 429
    right = client.post("/connexion/", {"username": "keeper", "password": "une phrase assez longue"})
    assert right.status_code == 429
