"""Who reads which table, on its page, in the API and as a file; and what the page says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import small_country
from tests.area_tables.test_tables import kept
from tests.conftest import PERSONAS

pytestmark = pytest.mark.django_db

SIGNED_IN = {"partner", "planner", "data_keeper", "administrator"}
KEEPERS = {"data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


@pytest.fixture
def tables():
    return [
        kept([("Alpha", 12.0), ("Bêta", 0.0), (None, 99.0)], key="open"),
        kept([("Alpha", 34.5)], key="members", access="signed_in"),
        kept([("Alpha", 56.0)], key="keepers", access="data_keepers"),
    ]


def readable(persona):
    return {
        "open",
        *(["members"] if persona in SIGNED_IN else []),
        *(["keepers"] if persona in KEEPERS else []),
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_table_is_read_by_those_whom_its_own_source_admits(tables, persona, as_persona):
    client = as_persona(persona)
    page = client.get("/donnees/tableaux/").content.decode()
    for key in ("open", "members", "keepers"):
        may = key in readable(persona)
        assert (f"/donnees/tableaux/{key}/" in page) is may
        status = client.get(f"/donnees/tableaux/{key}/").status_code
        assert status == (200 if may else 403 if persona in SIGNED_IN else 302)
    for layer in ("area_tables", "area_values"):
        answer = client.get(f"/api/layers/{layer}.geojson")
        told = {feature["properties"]["table"] for feature in answer.json()["features"]}
        assert told == readable(persona)
        assert answer["Cache-Control"] == "private, no-cache"
        assert "Cookie" in answer["Vary"]
        lines = client.get(f"/api/layers/{layer}.csv").content.decode("utf-8-sig").splitlines()
        assert {line.partition(",")[0] for line in lines[1:]} == readable(persona)
    asked = client.get("/api/layers/area_values.csv?table=keepers").content.decode()
    assert ("56.0" in asked) is ("keepers" in readable(persona))


def test_a_body_made_for_one_reader_is_not_served_to_another(tables, as_persona):
    address = "/api/layers/area_values.csv"
    whole = as_persona("administrator").get(address)
    other = as_persona("anonymous").get(address, headers={"If-None-Match": whole["ETag"]})
    assert other.status_code == 200
    assert "34.5" not in other.content.decode()


def test_the_page_says_source_date_method_and_what_is_missing(tables, client):
    page = client.get("/donnees/tableaux/open/").content.decode()
    for said in ("31 déc. 2020", "Comptées.", "Éditeur d’essai", "Petit pays", "pas de donnée", "personnes"):
        assert said in page
    # Gamma has no row: 1 of 3 without data; the row told of elsewhere is shown with its value.
    assert "3 unités (cercle), dont sans donnée\u00a0: 1." in page
    assert "Ailleurs" in page
    assert page.count('class="shade-none"') == 2  # Gamma on the map, and the legend


def test_a_row_asked_by_region_is_that_of_its_cercles(tables, client):
    answer = client.get("/api/layers/area_values.geojson?table=open&region=ML92").json()
    assert [each["properties"]["pcode"] for each in answer["features"]] == ["ML9201"]


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_data_keepers_delete_a_table_and_say_why(tables, persona, as_persona):
    client = as_persona(persona)
    answer = client.post("/donnees/tableaux/open/supprimer/", {"why": "essai"})
    is_gone = client.get("/donnees/tableaux/open/").status_code == 404
    assert (answer.status_code, is_gone) == ((302, True) if persona in KEEPERS else (403, False))


def test_a_table_is_not_deleted_without_a_reason(tables, as_persona):
    client = as_persona("data_keeper")
    client.post("/donnees/tableaux/open/supprimer/", {"why": " "})
    assert client.get("/donnees/tableaux/open/").status_code == 200


def test_the_page_asks_few_questions(tables, client):
    client.get("/donnees/tableaux/open/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/donnees/tableaux/open/")
    assert len(queries) <= 10
