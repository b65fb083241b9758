"""The page of back-tests: what it shows of whom, and who may run one anew."""

import csv
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.boundaries.models import Area
from apps.maps.backtest.words import CASES, REASONS
from apps.programme.models import TargetCercle
from apps.runs.models import Run
from apps.runs.services import answer, publish, run_now
from apps.targeting import backtests, dating, runs
from apps.targeting.questions import question
from tests import small_country
from tests.conftest import PERSONAS
from tests.small_country import event

pytestmark = pytest.mark.django_db

ADDRESS = "/ciblage/epreuve/"
API = "/api/targeting/backtests/"
CHOOSERS = {"planner", "data_keeper", "administrator"}

# Violent events until October 2020: Alpha 3, Bêta 2, Gamma 1. Deaths: Alpha 0, Bêta 1, Gamma 4.
EVENTS = [
    event(-4.5, 13.5, day="2019-05-01"),
    *(event(-4.5, 13.5, day=f"2020-0{month}-15") for month in (2, 3)),
    event(-3.5, 13.5, day="2020-05-15", fatalities=1),
    event(-3.5, 13.5, day="2020-06-15"),
    event(-2.5, 13.5, day="2020-07-15", fatalities=4),
]
ASKED = {
    "zones": [
        {
            "key": "all",
            "criteria": [
                {"key": "violence", "indicator": "violent_events", "weight": 3, "since": "2019-01-01"},
                {"key": "deaths", "indicator": "fatalities", "weight": 1, "since": "2019-01-01"},
                {"key": "works", "indicator": "works", "weight": 1},
            ],
        }
    ],
    "rules": {"number": 2},
}
OWN = {"case": "own", "until": "2020-10-31", "draws": 200, "question": ASKED}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.people(Alpha=100_000, Bêta=50_000, Gamma=200_000)
        small_country.happened(*EVENTS)
        TargetCercle.objects.update(area=None)
        for target, pcode in zip(TargetCercle.objects.order_by("row"), ("ML9201", "ML9202"), strict=False):
            target.area, target.zone_logic = Area.objects.active().get(pcode=pcode), "centre_nord"
            target.save()


@pytest.fixture
def run():
    return run_now(backtests.KIND, backtests.question(OWN), name="Essai", is_public=True)


def text(response):
    return " ".join(response.content.decode().split())


def test_before_any_the_page_says_how_they_are_made(client):
    assert "run_backtest --examples" in text(client.get(ADDRESS))


def test_the_page_tells_what_was_recovered_in_words_and_table(client, run):
    told = text(client.get(f"{ADDRESS}{run.pk}/"))
    # Alpha and Bêta are chosen, Bêta and Gamma were really.
    assert "<strong>1 des 2 cercles réels est retrouvé</strong> en en choisissant 2 sur 3" in told
    assert "Au hasard on en retrouverait 1,3 en moyenne, le plus souvent 1 à 2." in told
    assert "Gamma (rang 3)" in told
    assert "Alpha (rang 1)" in told
    assert "Concorder n’est pas avoir raison." in told
    assert "Ouvrages prévus connus : connu du programme lui-même, donc dit après son choix" in told
    assert told.count('class="fate fate--missed"') == 2  # on the map and in its legend
    assert "simulés" not in told


def test_every_reason_and_every_ready_made_case_has_its_words():
    assert set(REASONS) == set(dating.REASONS)
    assert {tuple(case.values()) for case in backtests.EXAMPLES.values()} <= set(CASES)


def test_in_english_too(client, run):
    told = text(client.get(f"{ADDRESS}{run.pk}/?lang=en"))
    assert "<strong>1 of the 2 real cercles is recovered</strong> when 2 of 3 are chosen" in told
    assert "Agreement is not correctness." in told


def test_simulated_events_are_said_everywhere(client):
    small_country.happened(*EVENTS, simulated=True)
    run = run_now(backtests.KIND, backtests.question(OWN), name="Essai", is_public=True)
    told = text(client.get(f"{ADDRESS}{run.pk}/"))
    assert "ne veut rien dire" in told
    # In the title, in the notice, under the map and above the table.
    assert told.lower().count("événements simulés") >= 4


def test_the_newest_public_one_of_each_case_is_listed(client):
    call_command("run_backtest", examples=True, stdout=io.StringIO())
    former = list(Run.objects.all())
    told = text(client.get(ADDRESS))
    assert all(f"{ADDRESS}{each.pk}/" in told for each in former)
    case = {"case": "all_2020", "zones": "national"}
    hidden = run_now(backtests.KIND, backtests.question(case), name="Caché")
    assert f"{ADDRESS}{hidden.pk}/" not in text(client.get(ADDRESS))
    publish(hidden, is_public=True)
    told = text(client.get(ADDRESS))
    assert f"{ADDRESS}{hidden.pk}/" in told
    assert sum(f"{ADDRESS}{each.pk}/" in told for each in former) == 2


def test_the_cercles_as_csv(client, run):
    body = client.get(f"{ADDRESS}{run.pk}.csv").content.decode("utf-8-sig")
    rows = {row["cercle"]: row for row in csv.DictReader(io.StringIO(body))}
    assert {name: (row["fate"], row["rank"]) for name, row in rows.items()} == {
        "Alpha": ("false", "1"),
        "Bêta": ("recovered", "2"),
        "Gamma": ("missed", "3"),
    }


def test_a_page_asks_few_questions_however_many_cercles(client, run):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(f"{ADDRESS}{run.pk}/")
    assert len(asked) <= 10


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_private_one_is_opened_by_who_may_see_choices(persona, as_persona, run):
    client, sees_all = as_persona(persona), persona in CHOOSERS
    publish(run, is_public=False)
    addresses = (f"{ADDRESS}{run.pk}/", f"{ADDRESS}{run.pk}.csv", f"{API}{run.pk}/")
    assert {client.get(each).status_code for each in addresses} == {200 if sees_all else 404}
    assert len(client.get(API).json()["results"]) == sees_all
    publish(run, is_public=True)
    assert {client.get(each).status_code for each in addresses} == {200}
    told = client.get(f"{API}{run.pk}/").json()
    assert (told["hash"], told["agreement"]["together"]["common"]) == (run.hash, ["ML9201"])


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_save_choices_runs_one_anew_and_sees_how_far_it_is(persona, as_persona):
    client = as_persona(persona)
    response = client.post(f"{ADDRESS}lancer/", {"case": "centre_nord_2019-programme"})
    if persona not in CHOOSERS:
        assert response.status_code == (302 if persona == "anonymous" else 403)
        assert not Run.objects.exists()
        return
    run = Run.objects.get()
    assert response.url == f"{ADDRESS}{run.pk}/"
    waiting = client.get(response.url)
    assert (waiting["Refresh"], "en attente" in text(waiting)) == ("3", True)
    answer(run.pk)
    done = client.get(response.url)
    assert "Refresh" not in done
    assert "Les cercles un à un" in text(done)


def test_a_run_of_targeting_is_held_against_the_real_choice(as_persona):
    former = run_now(runs.KIND, question(ASKED | {"events_until": "2020-10-31"}), name="Mon choix")
    client = as_persona("planner")
    response = client.post(f"{ADDRESS}lancer/", {"run": former.pk})
    run = Run.objects.of_kind(backtests.KIND).get()
    answer(run.pk)
    assert "1 des 2 cercles réels est retrouvé" in text(client.get(response.url))
    assert run.name == "Mon choix"


@pytest.mark.parametrize("told", [{"case": "1999-programme"}, {"run": "x"}, {}])
def test_what_is_no_case_is_not_found(as_persona, told):
    assert as_persona("planner").post(f"{ADDRESS}lancer/", told).status_code == 404


def test_without_the_programme_the_page_says_what_to_load(as_persona):
    TargetCercle.objects.update(area=None)
    response = as_persona("planner").post(f"{ADDRESS}lancer/", {"case": "all_2020-national"})
    assert response.status_code == 400
    assert "load_programme" in text(response)


def test_the_api_asks_and_tells_where_the_answer_will_be(as_persona):
    client = as_persona("planner")
    body = {"name": "Essai", "question": OWN}
    response = client.post(API, body, content_type="application/json")
    assert (response.status_code, response.json()["url"]) == (202, f"{API}{Run.objects.get().pk}/")
    assert (
        client.post(
            API, {"name": "x", "question": {"case": "x"}}, content_type="application/json"
        ).status_code
        == 400
    )
