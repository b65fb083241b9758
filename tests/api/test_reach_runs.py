"""Studies of reach by the API and by command: asked, opened, taken away, repeated."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.coverage.studies import runs
from apps.infrastructure.models import Institution
from apps.runs.models import Run
from apps.runs.services import publish, run_now
from apps.sources.models import Load
from geo.vocabulary import AccessClass
from layers.sources_toml import Contents
from tests import small_country
from tests.conftest import PERSONAS
from tests.coverage.inhabited import live, stands

pytestmark = pytest.mark.django_db

ADDRESS = "/api/coverage/runs/"
ASKED = {"kinds": ["ti"], "limit": 30, "limits": [30], "draws": 0, "day": "2026-11-01"}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        Institution.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5))
        small_country.people(Alpha=900, Bêta=600)
        stands(-4.5, 13.25)


@pytest.fixture(scope="module")
def done(country, lasting):
    with lasting():
        return run_now(runs.KIND, runs.whole(ASKED), name="Essai")


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_study_is_opened_by_who_may_see_choices_and_a_public_one_by_all(persona, as_persona, done):
    client, one = as_persona(persona), f"{ADDRESS}{done.pk}/"
    sees_all = persona in {"planner", "data_keeper", "administrator"}
    files = [
        f"{one}{table}.{extension}" for table in ("cercles", "pockets") for extension in ("csv", "geojson")
    ]
    for address in (one, f"{one}answer/", *files):
        assert client.get(address).status_code == (200 if sees_all else 404), address
    publish(done, is_public=True)
    told = client.get(one).json()
    assert (told["hash"], told["is_whole"], len(told["institutions"])) == (done.hash, True, 1)
    assert client.get(f"{one}answer/").content.decode() == done.answer
    assert client.get(f"{one}elsewhere.csv").status_code == 404


@pytest.mark.parametrize("persona", PERSONAS)
def test_planners_ask_once_for_the_same(persona, as_persona):
    client = as_persona(persona)
    body = json.dumps({"name": "Essai", "question": ASKED | {"limit": 20}})
    first, again = (client.post(ADDRESS, body, content_type="application/json") for _ in range(2))
    if persona not in {"planner", "data_keeper", "administrator"}:
        assert first.status_code == 403
        return
    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    assert Run.objects.of_kind("reach").under_way().count() == 1


def test_who_may_not_read_the_register_is_told_sums_alone(as_persona):
    small_country.recorded(Load.Kind.INSTITUTIONS, Contents.INSTITUTIONS, access=AccessClass.DATA_KEEPERS)
    run = run_now(runs.KIND, runs.whole(ASKED | {"limit": 31}), name="Registre réservé", is_public=True)
    told = as_persona("anonymous").get(f"{ADDRESS}{run.pk}/").json()
    assert (told["is_whole"], told["institutions"], told["moved"]) == (False, None, None)
    assert told["country"]["reached"]["known"] == 900
    assert as_persona("anonymous").get(f"{ADDRESS}{run.pk}/answer/").status_code == 404
    assert as_persona("data_keeper").get(f"{ADDRESS}{run.pk}/").json()["is_whole"] is True


def test_tables_carry_question_and_sources_and_shapes_are_closed(as_persona, done):
    client = as_persona("planner")
    body = client.get(f"{ADDRESS}{done.pk}/communes.csv").content.decode("utf-8-sig")
    rows = {row["pcode"]: row for row in csv.DictReader(io.StringIO(body))}
    assert rows["ML910101"]["reached_known"] == "900"
    assert rows["ML910102"]["reached_known"] == ""
    assert (rows["ML910101"]["limit"], rows["ML910101"]["walking_only"]) == ("30", "true")
    areas = client.get(f"{ADDRESS}{done.pk}/regions.geojson").json()
    assert [each["geometry"]["type"] for each in areas["features"]] == ["MultiPolygon"] * 2
    hexagons = client.get(f"{ADDRESS}{done.pk}/hexagons.geojson").json()["features"]
    assert all(
        each["geometry"]["coordinates"][0][0] == each["geometry"]["coordinates"][0][-1] for each in hexagons
    )
    assert sum(each["properties"]["people"] for each in hexagons) == 1500


def test_the_command_repeats_an_answer_and_says_which_data_differ(tmp_path, capsys, done):
    file = tmp_path / "essai.json"
    file.write_text(done.answer, encoding="utf-8")
    call_command("run_reach", file, dry_run=True)
    said = capsys.readouterr().out
    assert "The same answer, byte by byte." in said
    assert "at least 900 people" in said
    stands(-3.5, 13.5)
    call_command("run_reach", file)
    assert "Another answer: the institutions counted" in capsys.readouterr().out
    file.write_text('{"kinds": ["palais"]}', encoding="utf-8")
    with pytest.raises(CommandError, match="kinds"):
        call_command("run_reach", file)


def test_the_command_writes_the_surface_that_an_answer_rests_on(tmp_path):
    file, surface = tmp_path / "question.json", tmp_path / "minutes.tif"
    file.write_text(json.dumps(ASKED), encoding="utf-8")
    call_command("run_reach", file, dry_run=True, geotiff=surface)
    assert surface.read_bytes()[:2] == b"II"
