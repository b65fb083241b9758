"""Choices of where to build by the API and by command: asked, opened, taken away, repeated."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from apps.runs.models import Run
from apps.runs.services import publish, run_now
from apps.siting import runs
from apps.sources.models import Load
from geo.vocabulary import AccessClass
from layers.sources_toml import Contents
from tests import small_country
from tests.conftest import PERSONAS
from tests.coverage.inhabited import BRIGADE, live, stands

pytestmark = pytest.mark.django_db

ADDRESS = "/api/siting/runs/"
ASKED = {
    "costs": {"commissariat": 100.0},
    "budget": 100.0,
    "draws": 0,
    "existing": {"day": "2026-11-01"},
}
CHOOSING = {"planner", "data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25, 3), (-3.5, 13.5, 3))
        small_country.people(Alpha=900, Bêta=600)
        stands(-4.5, 13.25, kind=BRIGADE)


@pytest.fixture(scope="module")
def done(country, lasting):
    with lasting():
        return run_now(runs.KIND, runs.whole(ASKED), name="Essai")


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_choice_is_opened_by_who_may_see_choices_and_a_public_one_by_all(persona, as_persona, done):
    client, one = as_persona(persona), f"{ADDRESS}{done.pk}/"
    for address in (one, f"{one}answer/", f"{one}sites.csv", f"{one}sites.geojson"):
        assert client.get(address).status_code == (200 if persona in CHOOSING else 404), address
    publish(done, is_public=True)
    told = client.get(one).json()
    assert (told["hash"], told["is_whole"], len(told["existing"])) == (done.hash, True, 1)
    assert client.get(f"{one}answer/").content.decode() == done.answer


@pytest.mark.parametrize("persona", PERSONAS)
def test_planners_ask_once_for_the_same(persona, as_persona):
    client = as_persona(persona)
    body = json.dumps({"name": "Essai", "question": ASKED | {"limit": 20}})
    first, again = (client.post(ADDRESS, body, content_type="application/json") for _ in range(2))
    if persona not in CHOOSING:
        assert first.status_code == 403
        return
    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    assert Run.objects.of_kind("siting").under_way().count() == 1


def test_who_may_not_read_the_register_is_not_told_where_institutions_stand(as_persona):
    small_country.recorded(Load.Kind.INSTITUTIONS, Contents.INSTITUTIONS, access=AccessClass.DATA_KEEPERS)
    asked = ASKED | {"upgrades": ["rehabilitate"], "costs": {"commissariat": 100.0, "rehabilitate": 10.0}}
    asked |= {"existing": {"sense": "functional", "day": "2026-11-01"}}
    run = run_now(runs.KIND, runs.whole(asked), name="Registre réservé", is_public=True)
    told = as_persona("anonymous").get(f"{ADDRESS}{run.pk}/").json()
    assert (told["is_whole"], told["existing"]) == (False, None)
    assert {each["action"] for each in told["candidates"]} == {"build"}
    assert as_persona("anonymous").get(f"{ADDRESS}{run.pk}/answer/").status_code == 404
    assert as_persona("data_keeper").get(f"{ADDRESS}{run.pk}/").json()["is_whole"] is True


def test_sites_are_taken_away_with_question_and_sources(as_persona, done):
    client = as_persona("planner")
    body = client.get(f"{ADDRESS}{done.pk}/sites.csv").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(body)) if row["plan"] == "chosen"]
    assert [(row["name"], row["people_point"], row["people_low"]) for row in rows] == [("Bêta", "600", "0")]
    assert (rows[0]["limit"], rows[0]["register_is_a_floor"]) == ("30", "true")
    points = client.get(f"{ADDRESS}{done.pk}/sites.geojson").json()
    assert points["features"][0]["geometry"] == {"type": "Point", "coordinates": [-3.5, 13.5]}


def test_the_command_repeats_an_answer(tmp_path, capsys, done):
    file = tmp_path / "essai.json"
    file.write_text(done.answer, encoding="utf-8")
    call_command("run_siting", file, dry_run=True)
    said = capsys.readouterr().out
    assert "The same answer, byte by byte." in said
    assert "1 sites for 100 USD newly reach 0 to 600 people" in said
    file.write_text('{"kinds": ["palais"]}', encoding="utf-8")
    with pytest.raises(CommandError, match="kinds"):
        call_command("run_siting", file)
