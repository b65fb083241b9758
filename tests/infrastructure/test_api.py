"""Statuses, completeness and merged rows through the API: read by everybody, written by data keepers."""

import json
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from apps.infrastructure import same_places, services
from apps.infrastructure.models import Institution, RegisterCompleteness, SamePlace, StatusReport
from geo.vocabulary import InstitutionKind, PlaceTold
from tests import small_country
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

KEEPERS = {"data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def country(nothing_stands, lasting):
    with lasting():
        small_country.make()


@pytest.fixture
def court():
    return services.keep(Institution(kind=InstitutionKind.TI, location=Point(-4.5, 13.2, srid=4326)))


def send(client, address, body):
    return client.post(address, json.dumps(body), content_type="application/json")


def report(court, **about):
    return {"institution": court.pk, "status": "closed", "as_of": "2024-05-01", "why": "visite"} | about


@pytest.mark.parametrize("persona", PERSONAS)
def test_statuses_are_read_by_everybody_and_reported_by_keepers(persona, as_persona, court):
    client = as_persona(persona)
    made = send(client, "/api/status-reports/", report(court))
    assert made.status_code == (201 if persona in KEEPERS else 403)
    told = client.get(f"/api/status-reports/?institution={court.pk}").json()["results"]
    assert [each["status"] for each in told] == (["closed"] if persona in KEEPERS else [])
    assert client.get(f"/api/institutions/{court.pk}/").json()["properties"]["status"] == (
        "closed" if persona in KEEPERS else "unknown"
    )


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_report_is_taken_back_by_keepers_only(persona, as_persona, court):
    send(
        as_persona("administrator" if persona != "administrator" else "data_keeper"),
        "/api/status-reports/",
        report(court),
    )
    address = f"/api/status-reports/{StatusReport.objects.get().pk}/"
    client = as_persona(persona)
    assert client.get(address).status_code == 200
    assert client.delete(address).status_code == (204 if persona in KEEPERS else 403)
    assert StatusReport.objects.exists() is (persona not in KEEPERS)


def test_a_day_to_come_is_refused(as_persona, court):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = send(as_persona("data_keeper"), "/api/status-reports/", report(court, as_of=tomorrow))
    assert (answer.status_code, answer.json()["parameter"]) == (400, "as_of")


def test_a_report_needs_a_reason(as_persona, court):
    answer = send(as_persona("data_keeper"), "/api/status-reports/", report(court, why=""))
    assert (answer.status_code, answer.json()["parameter"]) == (400, "why")


JUDGEMENT = {"cercle": "ML9101", "kind": "ti", "state": "complete", "as_of": "2024-05-01", "why": "liste"}


@pytest.mark.parametrize("persona", PERSONAS)
def test_completeness_is_read_by_everybody_and_judged_by_keepers(persona, as_persona, court):
    client = as_persona(persona)
    made = send(client, "/api/completeness/", JUDGEMENT)
    assert made.status_code == (201 if persona in KEEPERS else 403)
    rows = client.get("/api/completeness/").json()["results"]
    assert [row["state"] for row in rows] == (["complete"] if persona in KEEPERS else [])
    if persona in KEEPERS:
        assert client.get(f"/api/completeness/{rows[0]['id']}/").json()["cercle_name"] == "Alpha"


def test_a_second_judgement_takes_the_place_of_the_first(as_persona, court):
    client = as_persona("data_keeper")
    send(client, "/api/completeness/", JUDGEMENT)
    again = send(client, "/api/completeness/", JUDGEMENT | {"state": "partial"})
    assert (again.status_code, RegisterCompleteness.objects.get().state) == (201, "partial")


def test_a_register_cannot_be_complete_of_a_kind_it_does_not_tell(as_persona, court):
    answer = send(as_persona("data_keeper"), "/api/completeness/", JUDGEMENT | {"kind": "court_not_told"})
    assert (answer.status_code, answer.json()["parameter"]) == (400, "kind")


def test_what_is_the_same_is_listed_once_and_can_be_asked_for(client, court, django_user_model):
    told = services.keep(
        Institution(
            kind=InstitutionKind.TI,
            location=Point(-4.5, 13.21, srid=4326),
            place_told=PlaceTold.SEAT,
            register="Documents du programme",
            source_id="fait:ti:Alpha",
        )
    )
    keeper = django_user_model.objects.create_user("gardienne")
    same_places.confirm(SamePlace.objects.get(), by=keeper, why="même bâtiment")
    listed = client.get("/api/institutions/").json()
    assert [each["id"] for each in listed["features"]] == [told.pk]
    assert client.get("/api/institutions/?merged=true").json()["count"] == 2
    assert client.get(f"/api/institutions/{court.pk}/").json()["properties"]["same_as"] == told.pk
    layer = client.get("/api/layers/institutions.geojson").json()["features"]
    assert [each["properties"]["also_in"] for each in layer] == ["Maillage "]


def test_a_status_given_with_its_day_is_dated(as_persona, court):
    client = as_persona("data_keeper")
    body = json.dumps({"status": "periodic", "status_as_of": "2024-05-01", "why": "visite"})
    told = client.patch(f"/api/institutions/{court.pk}/", body, content_type="application/json")
    assert told.json()["properties"]["status_as_of"] == "2024-05-01"
    assert StatusReport.objects.get().why == "visite"


def test_an_institution_outside_every_commune_known_is_changed_too(as_persona, court):
    Institution.objects.update(commune=None)
    client = as_persona("data_keeper")
    told = client.patch(f"/api/institutions/{court.pk}/", "{}", content_type="application/json")
    assert told.status_code == 200
    assert told.json()["properties"]["commune"] is None
