"""/couverture/etudes/ without scripts: asked, listed, read; institutions for who may see them alone."""

import html
import re

import pytest

from apps.coverage.studies import runs
from apps.infrastructure.models import Institution
from apps.maps.reach.form import number, numbers
from apps.maps.reach.told import sentence
from apps.runs.models import Run
from apps.runs.services import publish, run_now
from tests import small_country
from tests.coverage.inhabited import complete_everywhere, live, stands

pytestmark = pytest.mark.django_db

ADDRESS = "/couverture/etudes/"
ASKED = {"kinds": ["ti"], "limit": 10, "limits": [10, 60], "draws": 0, "day": "2026-11-01"}
SEE_ALL = {"planner", "data_keeper", "administrator"}


@pytest.fixture(autouse=True, scope="module")
def a_court_in_alpha(lasting):
    """A court among the 900 people of Alpha; 600 live in Bêta, 300 in Gamma; the register is unknown."""
    with lasting():
        Institution.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75))
        small_country.people(Alpha=900, Bêta=600, Gamma=300)
        stands(-4.5, 13.25)


@pytest.fixture(scope="module")
def study(a_court_in_alpha, lasting):
    with lasting():
        run = run_now(runs.KIND, runs.whole(ASKED), name="Tribunal à 10 km")
        publish(run, is_public=True)
        return run


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return html.unescape(response.content.decode())


def row(text, name):
    found = re.search(rf'<th scope="row"><a[^>]*>{name}</a>.*?</tr>', text, re.S).group()
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", found)]


def test_a_study_says_its_answer_its_floor_and_that_minutes_are_those_of_walking(client, study):
    text = page(client, f"{ADDRESS}{study.pk}/")
    assert (
        "Entre 0 et 900 personnes (0 à 50\u00a0%) vivent à plus de 10\u00a0km d’un tribunal d’instance"
        in text
    )
    assert "Le registre est un plancher" in text
    assert "Aucune route n’est chargée" in text
    assert text.index("Selon les kilomètres") < text.index("Selon les minutes de marche")
    assert "Aucune carte judiciaire n’est chargée" in text
    assert study.hash in text


def test_gaps_are_told_by_level_sorted_and_filtered(client, study):
    text = page(client, f"{ADDRESS}{study.pk}/?level=cercles&sort=name")
    assert row(text, "Alpha")[:3] == ["900", "0", "0\u00a0%"]
    assert row(text, "Bêta")[:3] == ["600", "0 à 600", "0 à 100\u00a0%"]
    assert text.index(">Alpha</a>") < text.index(">Bêta</a>") < text.index(">Gamma</a>")
    only = page(client, f"{ADDRESS}{study.pk}/?level=communes&region=ML92")
    assert "3 sur 5" in only
    assert ">Alpha Sud</a>" not in only
    page(client, f"{ADDRESS}{study.pk}/?sort=hasard", status=400)


def test_the_map_draws_people_of_hexagons_and_institutions(client, study):
    drawn = client.get(f"{ADDRESS}{study.pk}/carte.json").json()
    assert sorted(cell[1:] for cell in drawn["hexagons"]) == [[300, 0, 300], [600, 0, 600], [900, 0, 0]]
    assert [each["kind"] for each in drawn["institutions"]] == ["ti"]
    assert drawn["hasBands"] is True


def test_a_study_that_is_not_public_asks_to_sign_in(client, as_persona, study):
    publish(study, is_public=False)
    assert client.get(f"{ADDRESS}{study.pk}/").url.startswith("/connexion/")
    assert client.get(f"{ADDRESS}{study.pk}/carte.json").status_code == 302
    assert "Aucune étude publique" in page(client, ADDRESS)
    planner = as_persona("planner")
    page(planner, f"{ADDRESS}{study.pk}/")
    assert "Tribunal à 10 km" in page(planner, ADDRESS)


@pytest.mark.parametrize("persona", ["anonymous", "partner", "planner"])
def test_who_saves_choices_launches_a_study(persona, as_persona):
    client = as_persona(persona)
    form = {"of": "kinds", "kinds": ["ti", "tgi"], "limit": "7,5", "measure": "km", "sense": "functional"}
    response = client.post(f"{ADDRESS}question/", form | {"name": "Essai"})
    if persona not in SEE_ALL:
        assert response.status_code in (302, 403)
        assert not Run.objects.of_kind("reach").filter(name="Essai").exists()
        return
    run = Run.objects.get(name="Essai")
    assert response.url == f"{ADDRESS}{run.pk}/"
    assert '"limit":7.5' in run.question
    assert "En attente du calcul" in page(client, response.url)
    assert client.get(f"{response.url}etat.json").json()["state"] == "waiting"


def test_who_saves_choices_opens_a_study_to_everybody(as_persona, study):
    address = f"{ADDRESS}{study.pk}/publier/"
    assert as_persona("partner").post(address, {"public": "no"}).status_code == 403
    assert as_persona("planner").post(address, {"public": "no"}).url == f"{ADDRESS}{study.pk}/"
    assert Run.objects.get(pk=study.pk).is_public is False


def test_a_question_that_cannot_be_is_shown_again_with_its_reason(as_persona):
    client = as_persona("planner")
    answer = client.post(f"{ADDRESS}question/", {"of": "kinds", "kinds": ["ti"], "limit": "loin"})
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "La question ne peut pas être posée ainsi" in text
    assert 'value="loin"' in text
    assert client.get(f"{ADDRESS}question/?limit=loin").status_code == 400


def test_a_study_is_taken_up_again(as_persona, study):
    text = page(as_persona("planner"), f"{ADDRESS}question/?run={study.pk}")
    assert "Reprise de «\u00a0Tribunal à 10 km\u00a0»" in text
    assert '<input type="checkbox" name="kinds" value="ti" checked>' in text
    assert 'name="limits" value="10 ; 60"' in text


def test_a_complete_register_makes_one_number():
    complete_everywhere()
    run = run_now(runs.KIND, runs.whole(ASKED), name="Complet")
    assert sentence(runs.told_to(run, None)).startswith("900 personnes (50\u00a0%) vivent")


def test_numbers_are_read_as_they_are_written():
    assert (number("1 234,5"), number("loin"), numbers("10 ; 7,5;")) == (1234.5, "loin", [10, 7.5])
