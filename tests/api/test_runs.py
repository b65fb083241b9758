"""Runs of targeting by the API: asked, listed, opened, by each persona."""

import json

import pytest

from apps.runs.models import Run
from apps.runs.services import answer, publish, run_now
from apps.targeting import runs
from apps.targeting.questions import question
from tests import small_country
from tests.conftest import PERSONAS
from tests.small_country import event

pytestmark = pytest.mark.django_db

ADDRESS = "/api/targeting/runs/"
ASKED = {
    "zones": [{"key": "all", "criteria": [{"key": "violence", "indicator": "violent_events", "weight": 1}]}],
    "rules": {"number": 1},
    "robustness": {"draws": 100},
}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened(event(-4.5, 13.5), event(-4.5, 13.4), event(-3.5, 13.5))


@pytest.fixture
def run():
    return run_now(runs.KIND, question(ASKED), name="Essai")


def post(client, **body):
    return client.post(ADDRESS, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_run_is_opened_by_who_may_see_choices_and_a_public_one_by_all(persona, as_persona, run):
    client = as_persona(persona)
    sees_all = persona in {"planner", "data_keeper", "administrator"}
    one = f"{ADDRESS}{run.pk}/"
    assert client.get(one).status_code == (200 if sees_all else 404)
    assert len(client.get(ADDRESS).json()["results"]) == (1 if sees_all else 0)
    publish(run, is_public=True)
    told = client.get(one).json()
    assert (told["id"], told["hash"], told["is_whole"]) == (str(run.pk), run.hash, True)
    assert len(client.get(ADDRESS).json()["results"]) == 1
    assert client.get(f"{one}answer/").content.decode() == run.answer


@pytest.mark.parametrize("persona", PERSONAS)
def test_planners_ask_and_the_worker_answers(persona, as_persona):
    response = post(as_persona(persona), name="Essai", question=ASKED)
    if persona not in {"planner", "data_keeper", "administrator"}:
        assert response.status_code == 403
        return
    assert response.status_code == 202
    run = Run.objects.get()
    assert (run.state, run.author.username, run.job_id is not None) == ("waiting", f"test-{persona}", True)
    answer(run.pk)
    run.refresh_from_db()
    assert run.state == "done"


def test_what_a_run_holds(as_persona, run):
    told = as_persona("planner").get(f"{ADDRESS}{run.pk}/").json()
    needed = {"hash", "edition", "events_until", "known_at", "criteria", "weights", "scores", "robustness"}
    assert needed <= told.keys()
    first = told["scores"][0]
    assert (first["pcode"], first["score"], first["rank"], first["selected"]) == ("ML9101", 100, 1, True)
    assert first["contributions"] == {"violence": 100}
    assert first["quality"]["known"] == 1
    assert told["events_until"] == "2020-10-31"


def test_a_list_holds_names_and_hashes_and_asks_the_database_little(
    as_persona, run, django_assert_max_num_queries
):
    client = as_persona("planner")
    for number in range(3):
        run_now(runs.KIND, question(ASKED), name=f"Autre {number}")
    with django_assert_max_num_queries(8):
        results = client.get(ADDRESS).json()["results"]
    assert {"id", "name", "hash", "created"} <= results[0].keys()
    assert len(results) == 4


@pytest.mark.parametrize(
    ("question_", "field"),
    [
        ({}, "zones"),
        (ASKED | {"zones": [{"key": "all", "criteria": []}]}, "zones"),
        (ASKED | {"events_untill": "2020-10-31"}, "events_untill"),
        (ASKED | {"rules": {"number": 0}}, "rules"),
        (ASKED | {"rules": {"budget": 3}}, "rules"),
        (ASKED | {"zones": ASKED["zones"] * 2}, "zones"),
        ("text", "non_field_errors"),
    ],
)
def test_a_question_that_means_nothing_names_its_field(as_persona, question_, field):
    response = post(as_persona("planner"), name="x", question=question_)
    assert response.status_code == 400
    assert field in json.dumps(response.json())
    assert not Run.objects.exists()


def test_a_run_under_way_says_so_and_has_no_answer_to_give(as_persona, run):
    client = as_persona("planner")
    response = post(client, name="Essai", question=ASKED)
    opened = client.get(response["Location"])
    assert (opened.status_code, opened.json()["state"]) == (202, "waiting")
    assert client.get(f"{response['Location']}answer/").status_code == 404


def test_a_run_that_failed_says_why(as_persona):
    client = as_persona("planner")
    told = ASKED | {"edition": "1999"}
    response = post(client, name="Essai", question=told)
    answer(Run.objects.get().pk)
    opened = client.get(response["Location"]).json()
    assert opened["state"] == "failed"
    assert "1999" in opened["message"]
