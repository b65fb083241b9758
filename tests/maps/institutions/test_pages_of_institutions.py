"""Pages of institutions as each persona: everybody reads, data keepers change, and what they did is told."""

from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from apps.infrastructure import services
from apps.infrastructure.models import Institution, RegisterCompleteness, SamePlace, StatusReport
from apps.infrastructure.statuses import report_status
from apps.sources.models import Load
from geo.vocabulary import InstitutionKind, InstitutionStatus, PlaceTold
from layers.sources_toml import Contents
from tests import small_country
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

KEEPERS = {"data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        Institution.objects.all().delete()


@pytest.fixture
def told():
    return stands(InstitutionKind.JPCE, "JPCE d’Alpha", 13.2, PlaceTold.SEAT)


def stands(kind, name="", latitude=13.2, place_told=PlaceTold.EXACT):
    location = Point(-4.5, latitude, srid=4326)
    return services.keep(Institution(kind=kind, name=name, location=location, place_told=place_told))


def text(response):
    return response.content.decode()


def refused(response):
    """Return whether the reader is turned away: to sign in, or for good."""
    return response.status_code == 403 or response.headers.get("Location", "").startswith("/connexion/")


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_reads_one_and_keepers_its_history(persona, as_persona, told):
    page = text(as_persona(persona).get(f"/institutions/{told.pk}/"))
    assert "JPCE d’Alpha" in page
    assert ("Historique" in page, "Dire un état daté" in page) == ((persona in KEEPERS,) * 2)


@pytest.mark.parametrize("persona", PERSONAS)
def test_forms_are_for_keepers(persona, as_persona, told):
    client = as_persona(persona)
    pages = ("/institutions/nouvelle/", f"/institutions/{told.pk}/corriger/", "/institutions/memes-lieux/")
    for address in pages:
        answer = client.get(address)
        assert refused(answer) is (persona not in KEEPERS), address
        assert answer.status_code == 200 or persona not in KEEPERS


STATUS = {"status": "closed", "as_of": "2024-05-01", "why": "visite"}
INSTITUTION = {
    "kind": "ti",
    "name": "TI d’Alpha",
    "longitude": "-4.4",
    "latitude": "13.7",
    "place_told": "exact",
    "why": "décret",
}
JUDGEMENT = {
    "kinds": ["ti", "tgi"],
    "cercles": ["ML9101", "ML9201"],
    "state": "partial",
    "as_of": "2024-05-01",
    "why": "liste du ministère",
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_changes_are_for_keepers(persona, as_persona, told):
    client = as_persona(persona)
    stands(InstitutionKind.COURT_NOT_TOLD, latitude=13.21)
    pair = SamePlace.objects.get()
    answers = [
        client.post(f"/institutions/{told.pk}/etats/", STATUS),
        client.post("/institutions/completude/", JUDGEMENT),
        client.post(f"/institutions/memes-lieux/{pair.pk}/", {"decision": "reject", "why": "deux"}),
        client.post(f"/institutions/{told.pk}/corriger/", INSTITUTION),
        client.post("/institutions/nouvelle/", INSTITUTION),
    ]
    assert [refused(answer) for answer in answers] == [persona not in KEEPERS] * 5
    pair.refresh_from_db()
    told.refresh_from_db()
    done = (told.status, told.kind, pair.state, RegisterCompleteness.objects.count())
    if persona in KEEPERS:
        assert done == ("closed", "ti", "rejected", 4)
        assert (told.commune.name, Institution.objects.count()) == ("Alpha Nord", 3)
    else:
        assert done == ("unknown", "jpce", "proposed", 0)


@pytest.mark.parametrize("persona", PERSONAS)
def test_taking_a_report_back_is_for_keepers(persona, as_persona, told):
    report = report_status(told, InstitutionStatus.CLOSED, as_of=date(2024, 5, 1))
    answer = as_persona(persona).post(
        f"/institutions/{told.pk}/etats/{report.pk}/retirer/", {"why": "autre tribunal"}
    )
    assert refused(answer) is (persona not in KEEPERS)
    assert StatusReport.objects.exists() is (persona not in KEEPERS)


def test_what_a_keeper_did_is_in_the_history_with_the_reason(as_persona, told):
    client = as_persona("data_keeper")
    client.post(f"/institutions/{told.pk}/etats/", STATUS)
    client.post(f"/institutions/{told.pk}/corriger/", INSTITUTION)
    page = text(client.get(f"/institutions/{told.pk}/"))
    history = page[page.index('id="history"') :]
    for words in ("test-data_keeper", "visite", "décret", "JPCE d’Alpha", "TI d’Alpha", "fermé"):
        assert words in history


def test_a_status_to_come_is_refused_beside_its_field(as_persona, told):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = as_persona("data_keeper").post(f"/institutions/{told.pk}/etats/", STATUS | {"as_of": tomorrow})
    assert (answer.status_code, "Cette date est à venir" in text(answer)) == (400, True)


def test_a_point_outside_mali_is_refused_beside_its_field(as_persona):
    answer = as_persona("data_keeper").post(
        "/institutions/nouvelle/", INSTITUTION | {"longitude": "13.7", "latitude": "-4.4"}
    )
    assert (answer.status_code, "Ce point est hors du Mali" in text(answer)) == (400, True)


def test_a_pair_is_confirmed_and_taken_back_on_its_page(as_persona, told):
    court = stands(InstitutionKind.COURT_NOT_TOLD, latitude=13.21)
    client = as_persona("data_keeper")
    address = f"/institutions/memes-lieux/{SamePlace.objects.get().pk}/"
    client.post(address, {"decision": "confirm", "why": "même bâtiment"})
    assert "1 sur 1" in text(client.get("/institutions/"))
    assert "JPCE d’Alpha" in text(client.get(f"/institutions/{court.pk}/"))
    page = client.post(address, {"decision": "undo", "why": "erreur"}, follow=True)
    assert "La décision est enregistrée" in text(page)
    assert "2 sur 2" in text(client.get("/institutions/"))


def test_a_decision_without_a_reason_is_not_taken(as_persona, told):
    stands(InstitutionKind.COURT_NOT_TOLD, latitude=13.21)
    address = f"/institutions/memes-lieux/{SamePlace.objects.get().pk}/"
    page = as_persona("data_keeper").post(address, {"decision": "confirm", "why": " "}, follow=True)
    assert "Dites pourquoi" in text(page)
    assert SamePlace.objects.get().state == "proposed"


def test_the_register_is_asked_by_kind_status_and_cercle(client, told):
    closed = stands(InstitutionKind.EPES, "Prison", latitude=13.7)
    report_status(closed, InstitutionStatus.CLOSED, as_of=date(2024, 5, 1))
    for query in ("kind=epes", "status=closed", "kind=epes&cercle=ML9101"):
        page = text(client.get(f"/institutions/?{query}"))
        assert ("1 sur 2" in page, "Prison</a>" in page, "JPCE d’Alpha</a>" in page) == (True, True, False)
    assert "0 sur 2" in text(client.get("/institutions/?kind=epes&cercle=ML9202"))
    assert "inconnu, pas aucun" in text(client.get("/institutions/?kind=epes&cercle=ML9202"))


def test_a_register_that_is_not_public_asks_to_sign_in(as_persona, told):
    small_country.recorded(Load.Kind.INSTITUTIONS, Contents.INSTITUTIONS, access="signed_in")
    for address in ("/institutions/", f"/institutions/{told.pk}/", "/institutions/completude/"):
        assert refused(as_persona("anonymous").get(address))
    partner = as_persona("partner")
    assert partner.get("/institutions/").status_code == 200


def test_pages_ask_a_bounded_number_of_queries(client, told, django_assert_max_num_queries):
    for number in range(20):
        stands(InstitutionKind.EPES, f"Prison {number}", latitude=13.3 + number / 100)
    with django_assert_max_num_queries(10):
        client.get("/institutions/")
    with django_assert_max_num_queries(14):
        client.get(f"/institutions/{told.pk}/")
    with django_assert_max_num_queries(6):
        client.get("/institutions/completude/")
