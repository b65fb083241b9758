"""Where to build on pages: the question as it is typed, one run as it is read, who may what."""

import re

import pytest
from django.contrib.gis.geos import Point
from django.http import QueryDict
from django.utils.translation import override

from apps.infrastructure.models import Institution
from apps.maps.siting import form
from apps.maps.siting.curve import axis, curve_drawing
from apps.maps.typed import number
from apps.programme.models import PlannedWork
from apps.runs.models import Run
from apps.runs.services import publish, run_now
from apps.siting import runs
from apps.sources.models import Load
from tests import small_country
from tests.conftest import PERSONAS
from tests.coverage.inhabited import live

pytestmark = pytest.mark.django_db

HERE = "/couverture/implantations/"
CHOOSING = {"planner", "data_keeper", "administrator"}
SEAT = 3
ASKED = {"budget": 200.0, "draws": 2, "existing": {"day": "2026-11-01"}}


@pytest.fixture(autouse=True, scope="module")
def three_seats(lasting):
    """900 people live at the seat of Alpha, 600 of Bêta, 300 of Gamma; one post is planned at Gamma's."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live((-4.5, 13.25, SEAT), (-3.5, 13.5, SEAT), (-2.5, 13.75, SEAT))
        small_country.people(Alpha=900, Bêta=600, Gamma=300)
        PlannedWork.objects.create(
            load=Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first(),
            row=1,
            documents=[],
            infra_id="INF01",
            infra_type="commissariat",
            kind="commissariat",
            action="build",
            status="planned",
            place="Gamma",
            level="cercle",
            usd_total=100,
            alignment_confidence="medium",
            location=Point(-2.5, 13.75, srid=4326),
        )


def kept(**asked):
    return run_now(runs.KIND, runs.whole(ASKED | asked), name="Deux postes", is_public=True)


@pytest.fixture(scope="module")
def done(three_seats, lasting):
    with lasting():
        return kept()


def read(client, address):
    """Return the words of a page, one space between them."""
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u202f", " ").split())


def posted(**fields):
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return sent


# --- The question -----------------------------------------------------------------------------------------


def test_numbers_are_read_as_people_type_them():
    assert number("3\u202f015\u202f000") == 3_015_000
    assert number("7,5") == 7.5
    assert number(" ") is None
    assert number("neuf") == "neuf"
    assert form.share("80 %") == 0.8
    with override("en"):
        assert number("3,015,000") == 3_015_000
        assert number("7,5") == 7.5


def test_a_cost_left_as_it_is_stays_the_programmes():
    sent = posted(kinds=["commissariat"], cost__commissariat="335 000", cost__ti="90000", limit="30")
    assert form.told_by(sent, {"commissariat": 335_000, "ti": 115_000})["costs"] == {"ti": 90_000}


def test_places_and_rules_are_rows_of_which_blank_ones_are_nothing():
    sent = posted(
        where="points",
        place__0__name="",
        place__4__name="Foire",
        place__4__latitude="14,5",
        place__4__longitude="-4",
        rule__0__what="exclude",
        rule__0__pcode="ML9101",
        rule__0__reason="Pas d’accès",
        rule__1__what="must",
        rule__1__pcode="",
    )
    told = form.told_by(sent, {})
    assert told["candidates"]["points"] == [{"name": "Foire", "longitude": -4, "latitude": 14.5}]
    assert (told["exclude"], told["must"]) == ({"ML9101": "Pas d’accès"}, {})


def test_a_form_without_a_name_or_with_words_for_a_number_says_what_is_wrong(as_persona):
    client = as_persona("planner")
    fields = {"kinds": "commissariat", "aim": "budget", "budget": "neuf", "limit": "30", "name": "Essai"}
    answer = client.post(f"{HERE}question/", fields)
    assert answer.status_code == 400
    assert 'value="neuf"' in answer.content.decode()
    answer = client.post(f"{HERE}question/", fields | {"budget": "200", "name": ""})
    assert "Donnez un nom à l’exécution." in answer.content.decode()
    assert not Run.objects.of_kind(runs.KIND).under_way().exists()


def test_a_run_is_asked_from_another_with_its_question_filled_in(as_persona, done):
    page = as_persona("planner").get(f"{HERE}question/?run={done.pk}").content.decode()
    assert 'name="budget" inputmode="numeric" value="200"' in page
    assert "Reprise de" in page


# --- One run -----------------------------------------------------------------------------------------------


def test_a_run_is_read_plan_against_plan_site_by_site(client, done):
    page = read(client, f"{HERE}{done.pk}/")
    # Alpha and Bêta for 200; the programme has Gamma for 100.
    assert "2 sites, pour 200 USD" in page
    assert "1 500 personnes" in page
    assert "Le programme, avec 1 site pour 100 USD" in page
    assert "Les deux plans n’ont pas le même coût" in page
    assert "Seulement dans le choix exact\xa0: Alpha et Bêta" in page.replace("exact :", "exact\xa0:")
    assert "est un plancher" in page
    assert "aucun autre choix aux mêmes conditions ne fait mieux" in page


def test_what_cannot_hold_together_is_told_with_the_way_out(client):
    run = kept(budget=100.0, must={"ML9101": "Promis", "ML9201": "Promis aussi"})
    page = read(client, f"{HERE}{run.pk}/")
    assert "Ces conditions ne peuvent pas tenir ensemble" in page
    assert "le budget" in page
    assert "le site imposé à Alpha (Promis)" in page
    assert "Note de décision" not in page


# --- Drawings ----------------------------------------------------------------------------------------------


def test_an_axis_is_even_and_holds_the_most():
    assert axis(7) == [0, 2, 4, 6, 8]
    assert axis(3_015_000) == [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000]


def test_a_budget_at_which_nothing_holds_is_a_gap_in_the_curve():
    drawn = curve_drawing([(0, None, None, None, 0), (100, 0, 50, 60, 40), (200, 0, 80, 90, 80)], spent=100)
    assert drawn["exact"].count("M") == 1
    assert len(drawn["dots"]) == 2
    assert drawn["band"] == ""
    assert drawn["spent"] is not None
    assert curve_drawing([(0, 0, 0, 0, 0)]) is None


# --- Who may what -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_choose_cercles_may_ask_where_to_build(persona, as_persona):
    client = as_persona(persona)
    fields = {"kinds": "commissariat", "aim": "number", "number": "1", "limit": "30", "name": "Un poste"}
    for address, sent in ((f"{HERE}question/", fields), (f"{HERE}pretes/neuf-commissariats/", {})):
        answer = client.post(address, sent)
        if persona in CHOOSING:
            run = Run.objects.get(pk=answer["Location"].split("/")[-2])
            assert (run.kind, run.state) == (runs.KIND, Run.State.WAITING)
            assert client.get(f"{HERE}{run.pk}/etat.json").json()["state"] == "waiting"
        else:
            assert answer.status_code == (302 if persona == "anonymous" else 403)
    assert Run.objects.of_kind(runs.KIND).under_way().exists() is (persona in CHOOSING)


@pytest.mark.parametrize("persona", PERSONAS)
def test_a_closed_run_is_read_by_who_may_see_choices(persona, as_persona, done):
    publish(done, is_public=False)
    client, one = as_persona(persona), f"{HERE}{done.pk}/"
    expected = 200 if persona in CHOOSING else 302 if persona == "anonymous" else 404
    assert client.get(one).status_code == expected
    for address in (f"{one}note/", f"{one}note/etat.json"):
        assert client.get(address).status_code == (200 if persona in CHOOSING else 404)
    assert client.get(f"{one}note/note_fr.pdf").status_code == 404
    opening = client.post(f"{one}publier/", {"public": "yes"})
    assert opening.status_code == (302 if persona in CHOOSING else 403)
