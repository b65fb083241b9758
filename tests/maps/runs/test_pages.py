"""Pages and files of runs: what each reader is shown, in French and in English."""

import csv
import io
import json
import re

import pytest
from django.urls import reverse

from apps.runs import services
from apps.runs.models import Run
from apps.targeting import runs
from apps.targeting.questions import question
from geo.vocabulary import AccessClass
from tests.conftest import PERSONAS
from tests.maps.runs.conftest import PEOPLE, VIOLENCE

LIST, API = "/ciblage/executions/", "/api/targeting/runs/"
CHOOSERS = {"planner", "data_keeper", "administrator"}


@pytest.fixture(autouse=True)
def one_run(done, db):
    return done


def address(run):
    return f"{LIST}{run.pk}/"


def told(response):
    """Return the words of a page, as they are read."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode().replace("\u202f", " ").replace("\xa0", " "))
    return re.sub(r"\s+", " ", text)


def waiting(**about):
    asked = question({"zones": [{"key": "all", "criteria": [VIOLENCE, PEOPLE]}], "rules": {"number": 1}})
    return services.begin(runs.KIND, asked, name="En attente", **about)


# --- Who reads ------------------------------------------------------------------------------------


def test_the_public_reads_public_runs_alone(client, done, as_persona):
    assert "Aucune exécution publique" in told(client.get(LIST))
    services.publish(done, is_public=True)
    assert "Un essai" in told(client.get(LIST))
    assert client.get(address(done)).status_code == 200


def test_who_is_not_signed_in_is_sent_to_do_so_whether_the_run_is_there_or_not(client, done):
    for each in (address(done), f"{LIST}00000000-0000-4000-8000-000000000000/"):
        assert client.get(each).url.startswith("/connexion/?next=/ciblage/executions/")


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("is_public", [True, False])
def test_a_run_is_read_by_everybody_once_public_else_by_those_who_may_choose(
    as_persona, done, persona, is_public
):
    services.publish(done, is_public=is_public)
    client = as_persona(persona)
    pages = (address(done), *(f"{LIST}{done.pk}.{each}" for each in ("csv", "geojson", "xlsx")))
    served = (f"{address(done)}etat.json", f"{API}{done.pk}/", reverse("api:run-answer", args=[done.pk]))
    for each in (*pages, *served):
        status = client.get(each).status_code
        assert (status == 200) is (is_public or persona in CHOOSERS), (each, status)
    is_listed = "Un essai" in told(client.get(LIST))
    assert is_listed is (is_public or persona in CHOOSERS)
    assert client.get(API).json()["count"] == int(is_listed)


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_who_may_choose_opens_a_run_to_everybody(as_persona, done, persona):
    status = as_persona(persona).post(f"{address(done)}publier/", {"public": "yes"}).status_code
    assert status == (302 if persona in CHOOSERS else 403)
    assert Run.objects.get(pk=done.pk).is_public is (persona in CHOOSERS)


def test_a_planner_opens_a_run_to_everybody_and_closes_it(as_persona, done, client):
    planner = as_persona("planner")
    planner.post(f"{address(done)}publier/", {"public": "yes"})
    assert Run.objects.get(pk=done.pk).is_public
    planner.post(f"{address(done)}publier/", {"public": "no"})
    assert not Run.objects.get(pk=done.pk).is_public


def test_a_reader_without_access_to_a_table_reads_the_choice_alone(client, done):
    Run.objects.filter(pk=done.pk).update(access=AccessClass.DATA_KEEPERS, is_public=True)
    page = told(client.get(address(done)))
    assert "Alpha" in page
    assert "accès restreint" in page
    for withheld in ("83,3", "Sobol", "XLSX"):
        assert withheld not in page
    assert client.get(f"{LIST}{done.pk}.xlsx").status_code == 404
    services.publish(done, is_public=True)
    line = client.get(f"{LIST}{done.pk}.csv").content.decode("utf-8-sig").splitlines()[0]
    assert "score" not in line


# --- One run --------------------------------------------------------------------------------------


def test_a_run_says_its_choice_and_why_in_both_languages(as_persona, done):
    planner = as_persona("planner")
    page = told(planner.get(address(done)))
    for words in (
        "1 cercle sur 3, 100 000 habitants (29 % de la population connue).",
        "Alpha entre par son rang.",
        "Dernier score entré par son rang : 83,33, meilleur resté dehors : 25,00",
        "Ce choix tient-il ?",
        done.hash[:12],
    ):
        assert words in page
    page = told(planner.get(f"{address(done)}?lang=en"))
    assert "1 cercle of 3, 100,000 people (29% of the known population)." in page
    assert "Alpha is in by its rank." in page


def test_the_whole_hash_can_be_copied(as_persona, done):
    assert f'readonly value="{done.hash}"' in as_persona("planner").get(address(done)).content.decode()


def test_the_table_is_filtered_and_sorted_by_the_address(as_persona, done):
    planner = as_persona("planner")
    page = told(planner.get(f"{address(done)}?region=ML92&choice=out"))
    assert "2 sur 3" in page
    rows = re.findall(r'id="area-(\w+)"', planner.get(f"{address(done)}?sort=-name").content.decode())
    assert rows == ["ML9202", "ML9201", "ML9101"]
    assert "ôtez-en un" in told(planner.get(f"{address(done)}?region=ML92&choice=in"))


@pytest.mark.parametrize("wrong", ["sort=x", "zone=x", "class=x", "one=ML1", "choice=x"])
def test_an_address_that_means_nothing_is_refused_with_the_word(as_persona, done, wrong):
    response = as_persona("planner").get(f"{address(done)}?{wrong}")
    assert response.status_code == 400
    assert wrong.partition("=")[0] in told(response)


def test_two_cercles_are_compared_on_the_page(as_persona, done):
    page = told(as_persona("planner").get(f"{address(done)}?one=ML9101&other=ML9202"))
    assert "Alpha devance Gamma de 58,33." in page
    assert "+75,00" in page


def test_the_number_of_queries_does_not_grow_with_the_areas(as_persona, done, django_assert_max_num_queries):
    planner = as_persona("planner")
    with django_assert_max_num_queries(12):
        planner.get(address(done))
    with django_assert_max_num_queries(8):
        planner.get(LIST)


def test_rows_that_could_be_code_are_written_as_words(as_persona, run):
    done = run(name="<script>alert(1)</script>", rules={"number": 1, "must": {"ML9101": "<b>gras</b>"}})
    page = as_persona("planner").get(address(done)).content.decode()
    assert "<script>alert" not in page
    assert "<b>gras" not in page


# --- Under way, failed ----------------------------------------------------------------------------


def test_a_run_under_way_says_how_far_it_is(as_persona):
    run = waiting()
    planner = as_persona("planner")
    assert "En attente du calcul" in told(planner.get(address(run)))
    assert planner.get(f"{address(run)}etat.json").json()["state"] == "waiting"
    Run.objects.filter(pk=run.pk).update(state="running", done=40, total=100)
    assert "40 % fait" in told(planner.get(address(run)))
    assert planner.get(f"{LIST}{run.pk}.csv").status_code == 404


def test_a_failed_run_says_why_and_what_to_do(as_persona):
    run = waiting()
    Run.objects.filter(pk=run.pk).update(state="failed", message="Aucune limite n’est chargée.")
    page = as_persona("planner").get(address(run))
    assert "Aucune limite n’est chargée." in told(page)
    assert f"/ciblage/?run={run.pk}" in page.content.decode()


# --- Files ----------------------------------------------------------------------------------------


def test_the_csv_carries_what_the_run_rests_on(as_persona, done):
    body = as_persona("planner").get(f"{LIST}{done.pk}.csv").content.decode("utf-8-sig")
    alpha = next(csv.DictReader(io.StringIO(body)))
    assert (alpha["pcode"], alpha["rank"], alpha["selected"]) == ("ML9101", "1", "true")
    assert float(alpha["points violence"]) + float(alpha["points people"]) == pytest.approx(
        float(alpha["score"])
    )
    assert (alpha["run"], alpha["hash"], alpha["edition"]) == ("Un essai", done.hash, "Petit pays")
    assert "sha256:" in alpha["sources"]


def test_a_name_that_is_a_formula_is_a_word_in_the_csv(as_persona, run):
    done = run(name="=1+1")
    body = as_persona("planner").get(f"{LIST}{done.pk}.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(body)))["run"] == "'=1+1"


def test_the_geojson_holds_the_shapes_and_what_the_run_rests_on(as_persona, done):
    body = json.loads(as_persona("planner").get(f"{LIST}{done.pk}.geojson").content)
    assert (body["hash"], body["simulated"]) == (done.hash, False)
    assert [each["properties"]["selected"] for each in body["features"]] == [True, False, False]
    assert {each["geometry"]["type"] for each in body["features"]} == {"MultiPolygon"}


def test_the_workbook_is_downloaded_under_the_hash(as_persona, done):
    response = as_persona("planner").get(f"{LIST}{done.pk}.xlsx")
    assert f"maillage_{done.hash[:12]}.xlsx" in response["Content-Disposition"]
    assert response.content[:2] == b"PK"
