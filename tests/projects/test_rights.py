"""Who reads and changes projects: each persona, and a partner of another organisation."""

import json
from datetime import date

import pytest

from apps.accounts.models import Organisation
from apps.projects import services
from apps.projects.models import Presence, Project
from tests.conftest import PERSONAS
from tests.projects.tables import project

pytestmark = pytest.mark.django_db

KEEPERS = {"data_keeper", "administrator"}


def send(client, method, address, **values):
    return getattr(client, method)(address, json.dumps(values), content_type="application/json")


@pytest.fixture
def ours(told):
    """A project of annex 1, in the region Est, in which the organisation A takes part."""
    told(project("P1", regions="Est"))
    found = Project.objects.get()
    services.involve(found, [Organisation.objects.create(name="A")])
    return found


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_reads_projects_and_presences(persona, as_persona, ours):
    client = as_persona(persona)
    one = client.get(f"/api/projects/{ours.pk}/").json()
    assert (one["code"], one["organisations"], one["presences"][0]["pcode"]) == ("P1", ["A"], "ML92")
    presence = ours.presences.get()
    assert client.get(f"/api/presences/{presence.pk}/").json()["last_confirmed"] is None
    assert client.get("/api/projects/?organisation=A").json()["count"] == 1
    assert client.get("/api/presences/?reach=region").json()["count"] == 1


@pytest.mark.parametrize("persona", PERSONAS)
def test_without_an_organisation_only_data_keepers_change_projects(persona, as_persona, ours):
    client = as_persona(persona)
    presence = ours.presences.get()
    may = persona in KEEPERS
    answers = {
        "change": send(client, "patch", f"/api/projects/{ours.pk}/", title="Autre").status_code,
        "enter": send(client, "post", "/api/projects/", title="Neuf").status_code,
        "place": send(client, "post", "/api/presences/", project=ours.pk, area="ML9101").status_code,
        "confirm": send(client, "post", f"/api/presences/{presence.pk}/confirm/").status_code,
        "end": send(client, "post", f"/api/presences/{presence.pk}/end/").status_code,
    }
    done = {"change": 200, "enter": 201, "place": 201, "confirm": 200, "end": 200}
    assert answers == (done if may else dict.fromkeys(done, 403))
    assert Project.objects.count() == (2 if may else 1)


def test_a_partner_changes_the_projects_of_its_organisation(member, ours):
    client = member("A")
    changed = send(client, "patch", f"/api/projects/{ours.pk}/", title="Titre juste", why="faute")
    assert changed.json()["title"] == "Titre juste"
    confirmed = send(client, "post", f"/api/presences/{ours.presences.get().pk}/confirm/").json()
    assert confirmed["confirmed_by"] == "A"
    assert date.fromisoformat(confirmed["last_confirmed"])
    event = ours.events.get(pgh_label="update")
    assert event.pgh_context.metadata["why"] == "faute"
    assert event.pgh_context.metadata["user"]


def test_a_partner_of_another_organisation_changes_nothing(member, ours):
    client = member("B")
    presence = ours.presences.get()
    answers = [
        send(client, "patch", f"/api/projects/{ours.pk}/", title="Autre"),
        send(client, "post", "/api/presences/", project=ours.pk, area="ML9101"),
        send(client, "post", f"/api/presences/{presence.pk}/confirm/"),
        send(client, "post", f"/api/presences/{presence.pk}/end/"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    ours.refresh_from_db()
    assert ours.title == "Projet P1"
    assert ours.presences.get().last_confirmed is None


def test_a_project_that_a_partner_enters_is_its_own(member, country):
    client = member("B")
    made = send(client, "post", "/api/projects/", title="Forage", start_year=2025, end_year=2026).json()
    assert (made["register"], made["organisations"]) == ("entered", ["B"])
    assert made["code"].startswith("E")
    placed = send(client, "post", "/api/presences/", project=made["id"], area="ML920202")
    assert placed.json()["place"] == "Gamma Nord"
    assert Presence.objects.get().area.pcode == "ML920202"
    assert send(client, "patch", f"/api/projects/{made['id']}/", title="Puits").status_code == 200


def test_what_cannot_be_is_refused_by_name(member, ours):
    client = member("A")
    ends_first = send(client, "patch", f"/api/projects/{ours.pk}/", start_year=2025, end_year=2020)
    assert (ends_first.status_code, "end_year" in ends_first.content.decode()) == (400, True)
    nowhere = send(client, "post", "/api/presences/", project=ours.pk, area="ML9999")
    assert (nowhere.status_code, "ML9999" in nowhere.content.decode()) == (400, True)
    result = send(client, "patch", f"/api/projects/{ours.pk}/", result_area=5)
    assert (result.status_code, "result_area" in result.content.decode()) == (400, True)


def test_a_register_or_a_document_is_not_changed_by_hand(member, ours):
    send(member("A"), "patch", f"/api/projects/{ours.pk}/", register="entered", code="X", documents=[])
    ours.refresh_from_db()
    assert (ours.register, ours.code, ours.documents) == ("annex_1", "P1", ["document.txt"])


def test_lists_ask_a_bounded_number_of_queries(client, told, django_assert_max_num_queries):
    told(*(project(f"P{n}", regions="Est;Ouest", zones="Confins", donor="D") for n in range(40)))
    for address in ("/api/projects/", "/api/presences/", "/api/layers/projects.csv"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
