"""An institution thought elsewhere by travel time: the worker says who is gained and lost, once."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.coverage.moving import Change
from apps.coverage.moving_by_time import KIND, moved_by_time
from apps.coverage.questions import Move
from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from apps.runs.models import Run
from apps.runs.services import answer
from tests import small_country
from tests.coverage.inhabited import TGI, asked, complete_everywhere, live, stands

pytestmark = pytest.mark.django_db

ALPHA, BETA = (-4.5, 13.25), (-3.5, 13.5)
AN_HOUR_S_WALK = 0.045
"""Degrees of latitude that make about 5 km."""


@pytest.fixture(autouse=True, scope="module")
def two_villages(lasting):
    """900 people in Alpha, 600 in Bêta, no way between them within a day's walk; nothing stands."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live(ALPHA, BETA)
        small_country.people(Alpha=900, Bêta=600)


@pytest.fixture
def planner(as_persona, django_user_model):
    as_persona("planner")
    return django_user_model.objects.get(username="test-planner")


def moving(institution, place, reader, minutes=120.0, **about):
    """Return what the worker says of a move."""
    question, move = asked(**about), Move(institution.pk, *place, minutes)
    run = moved_by_time(question, move, reader=reader)
    answer(run.pk)
    return moved_by_time(question, move, reader=reader)


def test_where_one_walks_to_it_people_are_gained_and_lost_and_the_answer_is_kept_for_the_same(planner):
    court = stands(*ALPHA)
    complete_everywhere()
    told = moving(court, BETA, planner)
    assert told.country == Change(600, 600, 900, 900, 1, 1, 0)
    assert [area.pcode for area in told.areas] == ["ML9101", "ML9201"]
    assert (told.minutes, told.walking_only) == (120, True)
    again = moved_by_time(asked(), Move(court.pk, *BETA, 120.0), reader=planner)
    assert again.country == told.country
    assert Run.objects.of_kind(KIND).count() == 1


def test_a_limit_too_short_to_walk_reaches_only_its_own_village(planner):
    court = stands(ALPHA[0], ALPHA[1] + AN_HOUR_S_WALK)
    complete_everywhere()
    assert moving(court, BETA, planner, minutes=40.0).country == Change(600, 600, 0, 0, 1, 0, 0)
    assert moving(court, BETA, planner, minutes=90.0).country == Change(600, 600, 900, 900, 1, 1, 0)


def test_whom_another_reaches_is_neither_gained_nor_lost_and_an_open_register_leaves_doubt(planner):
    court = stands(*ALPHA)
    assert moving(court, BETA, planner).country == Change(0, 600, 0, 900, 1, 1, 0)
    stands(*BETA, kind=TGI)
    complete_everywhere(kinds=("ti", "tgi"))
    told = moving(court, BETA, planner, kinds=("ti", "tgi"))
    assert told.country == Change(0, 0, 900, 900, 1, 1, 0)


def test_who_is_not_signed_in_does_not_take_the_time_of_the_worker(client):
    court = stands(*ALPHA)
    with pytest.raises(PermissionError):
        moved_by_time(asked(), Move(court.pk, *BETA, 120.0), reader=AnonymousUser())
    address = f"/couverture/deplacer/?institution={court.pk}&lon=-3.5&lat=13.5&kinds=ti&minutes=120"
    assert client.get(address).url.startswith("/connexion/")


def test_page_and_api_say_that_it_is_computed_then_what_changes(as_persona):
    client, court = as_persona("planner"), stands(*ALPHA)
    query = f"institution={court.pk}&lon=-3.5&lat=13.5&kinds=ti&minutes=120"
    assert client.get(f"/api/coverage/moved/?{query}").json() == {"state": "waiting", "saved": False}
    assert "Calcul du temps de trajet" in client.get(f"/couverture/deplacer/?{query}").content.decode()
    answer(Run.objects.of_kind(KIND).get().pk)
    assert client.get(f"/api/coverage/moved/?{query}").json()["country"]["gained_high"] == 600
    assert "120 minutes à pied" in client.get(f"/couverture/deplacer/?{query}").content.decode()
