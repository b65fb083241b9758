"""Every address as every persona: who reads what, who changes what."""

import json
import re

import pytest
from django.urls import get_resolver

from apps.boundaries.models import Settlement
from apps.events.models import ConflictEvent
from apps.sources.models import Load
from layers.catalogue import LAYERS
from tests import small_country
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

SIGNED_IN = {"partner", "planner", "data_keeper", "administrator"}
KEEPERS = {"data_keeper", "administrator"}
CHOOSERS = {"planner", "data_keeper", "administrator"}

PUBLIC = [
    "/",
    "/ciblage/",
    "/ciblage/executions/",
    "/ciblage/epreuve/",
    "/ciblage/communes/",
    "/ciblage/decisions/",
    "/analyse/",
    "/analyse/composer/",
    "/analyse/questions/",
    "/couverture/",
    "/couverture/comparer/?other=works",
    "/couverture/ensemble/",
    "/couverture/etudes/",
    "/couverture/etudes/question/",
    "/couverture/deplacer/",
    "/couverture/implantations/",
    "/couverture/implantations/question/",
    "/couverture/population/",
    "/couverture/deplacements/",
    "/cercles/ML9101/",
    "/regions/ML91/",
    "/cercles/ML9101.json",
    "/regions/ML91.json",
    "/evenements/annees/",
    "/evenements/annees.csv",
    "/programme/",
    "/programme/regles/",
    "/programme/listes/",
    "/programme/listes/ouvrages/",
    "/bulletin/",
    "/donnees/",
    "/donnees/chargements/",
    "/donnees/tableaux/",
    "/evenements/",
    "/evenements/indicateurs.csv",
    "/evenements/comparaison/",
    "/evenements/comparaison.csv",
    "/donnees/etat/",
    "/donnees/ma-zone/",
    "/donnees/versions/",
    "/api/releases/",
    "/api/catalogue.jsonld",
    *(f"/donnees/{name}/" for name in LAYERS),
    "/institutions/",
    "/institutions/completude/",
    "/projets/",
    "/projets/zones/",
    "/recherche/?q=alpha",
    "/tableau.csv",
    "/health/",
    "/api/layers/",
    "/tiles/",
    "/api/schema/",
    "/api/docs/",
    "/api/search/?q=alpha",
    "/api/indicators/cercles/",
    "/api/indicators/regions/",
    "/api/indicators/monthly/",
    "/api/targeting/figures/?since=2020-01&until=2020-10",
    "/api/targeting/backtests/",
    "/api/targeting/ranking/?since=2020-01&until=2020-10",
    "/api/targeting/choice.csv?since=2020-01&until=2020-10",
    "/api/targeting/choice.geojson?since=2020-01&until=2020-10",
    "/api/targeting/runs/",
    "/api/analyses/gallery/",
    "/api/analyses/schema/",
    "/api/patterns/",
    "/api/coverage/",
    "/api/travel/",
    "/api/coverage/runs/",
    "/api/siting/runs/",
    "/api/coverage.csv",
    "/api/coverage.geojson",
    "/api/people/",
    "/api/people.csv",
    "/api/people.geojson",
    "/api/institutions/",
    "/api/status-reports/",
    "/api/completeness/",
    "/api/settlements/",
    "/api/projects/",
    "/api/presences/",
    *(
        f"/api/layers/{name}.{extension}"
        for name in LAYERS
        if name != "events"
        for extension in ("geojson", "csv")
    ),
]
EVENT_ROWS = ["/api/layers/events.geojson", "/api/layers/events.csv", "/api/events/"]


@pytest.fixture(autouse=True, scope="module")
def restricted_events(lasting):
    """Events whose source lets only signed-in readers see rows, as ACLED's does."""
    with lasting():
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


WALKED_ELSEWHERE = {
    **dict.fromkeys(
        (
            "/donnees/versions/cle.pem",
            "/donnees/versions/cles/[^/]+.pem",
            "/donnees/versions/[^/]+/",
            "/donnees/versions/[^/]+/doi/",
            "/donnees/versions/[^/]+",
            "/api/releases/[^/]+/",
        ),
        "tests/releases",
    ),
    **dict.fromkeys(
        (
            "/donnees/fichiers/[^/]+/",
            "/api/exports/[^/]+/",
            "/telecharger/[^/]+/",
            "/telecharger/[^/]+",
            "/telecharger/fichiers/[^/]+/[^/]+",
        ),
        "tests/exports/test_files.py",
    ),
    "/telecharger/fichiers/[^/]+/metadata.jsonld": "tests/exports/test_described.py",
    "/api/layers/[^/]+.jsonld": "tests/exports/test_described.py",
    **dict.fromkeys(("/compte/jetons/", "/compte/jetons/[^/]+/revoquer/"), "tests/maps/account"),
    "/connexion/": "test_a_password_guessed_too_often_is_locked",
    "/deconnexion/": "tests/browser",
    "/ciblage/question/": "tests/maps/test_targeting_question.py",
    "/ciblage/question.json": "tests/maps/test_targeting_question.py",
    "/ciblage/lancer/": "tests/maps/test_targeting_question.py",
    **dict.fromkeys(
        (
            *("/ciblage/epreuve/lancer/", "/ciblage/epreuve/[^/]+/", "/ciblage/epreuve/[^/]+.csv"),
            *("/api/targeting/backtests/[^/]+/", "/api/targeting/backtests/[^/]+/answer/"),
        ),
        "tests/maps/backtest",
    ),
    **dict.fromkeys(
        (
            *(f"/ciblage/executions/[^/]+{each}" for each in ("/", ".[^/]+", "/etat.json", "/publier/")),
            *("/api/targeting/runs/[^/]+/", "/api/targeting/runs/[^/]+/answer/"),
        ),
        "tests/maps/runs",
    ),
    **{
        f"/api/coverage/runs/[^/]+/{each}": "tests/api/test_reach_runs.py"
        for each in ("", "answer/", "[^/]+.csv", "[^/]+.geojson")
    },
    **{
        f"/couverture/etudes/[^/]+/{each}": "tests/maps/reach"
        for each in ("carte.json", "etat.json", "publier/")
    },
    "/api/coverage/moved/": "tests/coverage/test_moving.py",
    **{
        f"/api/siting/runs/[^/]+/{each}": "tests/api/test_siting_runs.py"
        for each in ("", "answer/", "sites.csv", "sites.geojson")
    },
    "/ciblage/choix/": "test_saved_choices_are_read_by_those_who_may_choose",
    "/ciblage/choix/[^/]+.[^/]+": "test_saved_choices_are_read_by_those_who_may_choose",
    "/ciblage/choix/[^/]+/": "test_saved_choices_are_read_by_those_who_may_choose",
    **{
        f"/ciblage/{address}": "tests/maps/scenarios/test_room.py"
        for address in (
            *("comparer/", "comparer.csv", "executions/[^/]+/commenter/", "commentaires/[^/]+/retirer/"),
            *("executions/[^/]+/adopter/", "decisions/[^/]+/retirer/"),
        )
    },
    "/api/targeting/selections/": "test_saved_choices_are_read_by_those_who_may_choose",
    "/api/targeting/selections/[^/]+/": "test_saved_choices_are_read_by_those_who_may_choose",
    **{
        f"/ciblage/notes/[^/]+/{address}": "tests/maps/memo/test_files.py"
        for address in ("", "etat.json", "[^/]+")
    },
    **{
        f"/couverture/implantations/{address}": "tests/maps/siting"
        for address in (
            *("pretes/[^/]+/", "[^/]+/etat.json", "[^/]+/publier/"),
            *("[^/]+/note/", "[^/]+/note/etat.json", "[^/]+/note/[^/]+"),
        )
    },
    "/donnees/chargements/[^/]+/": "test_refused_values_of_restricted_rows_are_for_data_keepers",
    "/api/institutions/[^/]+/": "test_only_data_keepers_change_institutions",
    "/api/status-reports/[^/]+/": "tests/infrastructure/test_api.py",
    "/api/completeness/[^/]+/": "tests/infrastructure/test_api.py",
    "/api/settlements/[^/]+/": "test_one_point_is_read_like_its_list",
    "/api/events/[^/]+/": "test_one_point_is_read_like_its_list",
    "/api/projects/[^/]+/": "tests/projects",
    "/api/presences/[^/]+/": "tests/projects",
    "/api/presences/[^/]+/confirm/": "tests/projects",
    "/api/presences/[^/]+/end/": "tests/projects",
    **{
        f"/institutions/{address}": "tests/maps/institutions"
        for address in (
            *("nouvelle/", "memes-lieux/", "memes-lieux/[^/]+/", "[^/]+/corriger/"),
            *("[^/]+/etats/", "[^/]+/etats/[^/]+/retirer/"),
        )
    },
    **{
        f"/tiles/[^/]+{each}": "tests/tiles/test_access.py"
        for each in ("/[^/]+/[^/]+/[^/]+.mvt", ".json", ".qml", "/style.json")
    },
    **{
        f"/ogc/{address}": "tests/ogc/test_access.py"
        for address in (
            *("", "conformance", "api", "collections", "collections/[^/]+", "collections/[^/]+/queryables"),
            *("collections/[^/]+/items", "collections/[^/]+/items/[^/]+", "collections/[^/]+/schema"),
        )
    },
    **{
        f"/analyse/{address}": "tests/maps/analysis"
        for address in (
            *("reponse.[^/]+", "questions/enregistrer/", "questions/[^/]+/", "questions/[^/]+.[^/]+"),
            *(f"questions/[^/]+/{each}/" for each in ("publier", "encore", "arreter")),
            "questions/[^/]+/etat.json",
        )
    },
    **{f"/api/analyses/{each}": "tests/api/test_analyses.py" for each in ("", "[^/]+.[^/]+")},
    "/donnees/tableaux/[^/]+/": "tests/area_tables",
    "/donnees/tableaux/[^/]+/supprimer/": "tests/area_tables",
    **{
        f"/donnees/{address}": "tests/maps/test_places_review.py"
        for address in (
            *("importer/[^/]+/lieux/", "lieux/", "lieux/contours.json", "lieux/[^/]+/decider/"),
            *("lieux/[^/]+/rouvrir/", "lieux/autres-noms/[^/]+/annuler/"),
        )
    },
    **{
        f"/donnees/importer/{address}": "tests/imports/test_pages.py"
        for address in (
            *("", "nouveau/", "[^/]+/", "[^/]+/etat.json", "[^/]+/refus/", "[^/]+/colonnes/"),
            *("[^/]+/colonnes/retenir/", "[^/]+/essai/", "[^/]+/charger/", "[^/]+/annuler/"),
        )
    },
    "/evenements/memes/": "tests/maps/events/test_incidents_page.py",
    "/evenements/memes/[^/]+/": "tests/maps/events/test_incidents_page.py",
    "/donnees/etat/[^/]+/": "tests/maps/test_state_page.py",
    "/donnees/etat/[^/]+/lancer/": "tests/maps/test_state_page.py",
    "/couverture/deplacements/vitesses/": "tests/travel/test_page.py",
    "/projets/ajouter/": "tests/projects",
    "/projets/[^/]+/modifier/": "tests/projects",
    "/projets/[^/]+/lieux/": "tests/projects",
    "/projets/[^/]+/financements/": "tests/projects",
    "/projets/lieux/[^/]+/confirmer/": "tests/projects",
    "/projets/lieux/[^/]+/terminer/": "tests/projects",
    "/projets/zones/[^/]+/": "tests/projects",
}
"""Address -> the test that walks it."""


def test_every_address_is_walked():
    """An address that is added must be added to a list here, or to those walked elsewhere."""
    walked = {address.partition("?")[0] for address in [*PUBLIC, *EVENT_ROWS]}
    missing = {route for route in routes() if not any(re.fullmatch(route, each) for each in walked)}
    assert missing == set(WALKED_ELSEWHERE)


def routes(resolver=None, before="/"):
    """Yield a pattern for every address of pages and API; the admin's are Django's own."""
    for entry in (resolver or get_resolver()).url_patterns:
        written = str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        route = before + re.sub(r"\(\?P<\w+>.*\)|<[^>]+>", "[^/]+", written)
        if hasattr(entry, "url_patterns"):
            yield from routes(entry, route) if not route.startswith("/admin/") else ()
        else:
            yield route


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
    planner = as_persona("administrator" if persona != "administrator" else "data_keeper")
    pk = planner.post(
        "/api/targeting/selections/", json.dumps(CHOICE), content_type="application/json"
    ).json()["id"]
    client = as_persona(persona)
    for address in ("/ciblage/choix/", "/api/targeting/selections/"):
        for each in (address, f"{address}{pk}/"):
            status = client.get(each).status_code
            assert (status == 200) is (persona in CHOOSERS), (each, status)
    for extension in ("csv", "geojson"):
        status = client.get(f"/ciblage/choix/{pk}.{extension}").status_code
        assert (status == 200) is (persona in CHOOSERS), (extension, status)


@pytest.mark.parametrize("persona", PERSONAS)
def test_one_point_is_read_like_its_list(persona, as_persona):
    event = ConflictEvent.objects.get()
    settlement = Settlement.objects.first()
    client = as_persona(persona)
    assert client.get(f"/api/settlements/{settlement.pk}/").status_code == 200
    assert client.get(f"/api/events/{event.pk}/").status_code == (200 if persona in SIGNED_IN else 403)


@pytest.mark.parametrize("persona", PERSONAS)
def test_refused_values_of_restricted_rows_are_for_data_keepers(persona, as_persona):
    load = Load.objects.in_use().of_kind("events").get()
    load.refusals.create(where="ligne 3", row=3, field="latitude", value="valeur-secrète", reason="Refusée.")
    page = as_persona(persona).get(f"/donnees/chargements/{load.pk}/")
    assert page.status_code == 200
    assert ("valeur-secrète" in page.content.decode()) is (persona in KEEPERS)


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
