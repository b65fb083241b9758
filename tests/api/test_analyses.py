"""Spatial questions by the API: asked, kept, refused in words, as JSON, CSV and GeoJSON."""

import json

import pytest

from apps.runs.models import Run
from tests import small_country
from tests.conftest import PERSONAS
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db

HERE = "/api/analyses/"
CHOOSERS = {"planner", "data_keeper", "administrator"}
BY_CERCLE = {"version": 1, "steps": [{"what": {"layer": "settlements"}}], "by": ["cercle"]}
EVENT_LIST = {"version": 1, "steps": [{"what": {"layer": "events"}}]}


@pytest.fixture(autouse=True, scope="module")
def two_villages(lasting):
    """Two villages, both in Alpha; one event whose source lets only the signed-in read it."""
    with lasting():
        small_country.make()
        live((-4.5, 13.25), (-4.5, 13.75))
        small_country.happened(small_country.event(-4.5, 13.5), access="signed_in")


def post(client, question, address=HERE, **more):
    return client.post(address, json.dumps(question), content_type="application/json", **more)


def test_an_answer_tells_columns_rows_and_what_it_rests_on(client):
    told = post(client, BY_CERCLE).json()
    assert [column["name"] for column in told["columns"]] == ["cercle", "cercle_name", "count"]
    assert told["rows"] == [["ML9101", "Alpha", 2], ["ML9201", "Bêta", 0], ["ML9202", "Gamma", 0]]
    assert told["ids"] == ["ML9101", "ML9201", "ML9202"]
    assert told["edition"] == "Petit pays"
    assert {source["kind"] for source in told["sources"]} >= {"boundaries", "settlements"}


def test_an_answer_comes_as_the_reader_takes_it(client):
    as_csv = post(client, BY_CERCLE, f"{HERE}?format=csv")
    assert as_csv["Content-Type"] == "text/csv; charset=utf-8"
    assert as_csv.content.decode("utf-8-sig").splitlines()[1].startswith("ML9101,Alpha,2,")
    as_shapes = post(client, BY_CERCLE, headers={"Accept": "application/geo+json"})
    assert [each["id"] for each in json.loads(as_shapes.content)["features"]] == [
        "ML9101",
        "ML9201",
        "ML9202",
    ]
    assert post(client, BY_CERCLE, f"{HERE}?format=shp").status_code == 400


def test_what_is_wrong_is_a_problem_in_words(client):
    response = post(client, {"version": 1, "steps": []})
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["parameter"].startswith("steps")
    assert post(client, [1, 2]).status_code == 400


def test_rows_that_need_sign_in_are_refused_to_who_has_not(as_persona):
    response = post(as_persona("anonymous"), EVENT_LIST)
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert len(post(as_persona("partner"), EVENT_LIST).json()["rows"]) == 1


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_save_choices_keeps_a_question(persona, as_persona):
    client = as_persona(persona)
    response = post(client, {"question": BY_CERCLE, "name": "Villages"})
    assert response.status_code == (201 if persona in CHOOSERS else 403)
    assert Run.objects.filter(kind="analysis").count() == (1 if persona in CHOOSERS else 0)
    if persona not in CHOOSERS:
        return
    address = response["Location"]
    assert client.get(address).json()["rows"][0] == ["ML9101", "Alpha", 2]
    assert client.get(f"{address[:-1]}.csv").status_code == 200
    assert client.get(f"{address[:-1]}.geojson").json()["features"][0]["properties"]["count"] == 2
    assert client.get(f"{address[:-1]}.exe").status_code == 404
    assert as_persona("anonymous").get(address).status_code == 404


def test_a_name_in_the_address_keeps_a_question_too(as_persona):
    response = post(as_persona("planner"), BY_CERCLE, f"{HERE}?save=Villages")
    assert (response.status_code, response.json()["name"]) == (201, "Villages")


def test_the_ready_questions_can_be_asked_as_they_are_told(client):
    ready = client.get(f"{HERE}gallery/").json()["questions"]
    assert len(ready) == 20
    one = next(each for each in ready if each["question"]["steps"][0]["what"]["layer"] == "institutions")
    assert post(client, one["question"]).status_code == 200


def test_the_schema_of_a_question_names_layers_and_relations(client):
    told = client.get(f"{HERE}schema/").json()
    step = told["properties"]["steps"]["items"]["properties"]
    assert "within_km" in step["relation"]["anyOf"][0]["properties"]["kind"]["enum"]
    assert "settlements" in step["what"]["anyOf"][0]["properties"]["layer"]["enum"]
    assert told["$defs"]["fields"]["institutions"]["family"]["enum"]
