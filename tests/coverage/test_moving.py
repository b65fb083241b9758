"""An institution thought elsewhere: who comes within reach and who no longer is, counted on one hand."""

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.coverage.moving import CannotMove, Change, moved
from apps.coverage.questions import Move
from apps.infrastructure import services as infrastructure
from apps.infrastructure.models import Institution
from apps.programme.models import PlannedWork
from apps.sources.models import Load
from tests import small_country
from tests.coverage.inhabited import (
    NORTH_10_KM,
    TGI,
    asked,
    complete_everywhere,
    live,
    planned,
    reached,
    stands,
)

pytestmark = pytest.mark.django_db

ALPHA, BETA, GAMMA = (-4.5, 13.25), (-3.5, 13.5), (-2.5, 13.75)


@pytest.fixture(autouse=True, scope="module")
def three_villages(lasting):
    """One village a cercle: 900 people in Alpha, 600 in Bêta, 300 in Gamma; no institution, no work."""
    with lasting():
        Institution.objects.all().delete()
        PlannedWork.objects.all().delete()
        small_country.make()
        live(ALPHA, BETA, GAMMA)
        small_country.people(Alpha=900, Bêta=600, Gamma=300)


def moving(institution, place, **about):
    return moved(asked(**{"limit_km": 10, **about}), Move(institution.pk, *place))


def test_where_it_goes_people_are_gained_and_where_it_leaves_they_are_lost():
    court = stands(*ALPHA)
    complete_everywhere()
    told = moving(court, BETA)
    assert told.country == Change(600, 600, 900, 900, 1, 1, 0)
    assert [(area.pcode, area.change.gained_low, area.change.lost_low) for area in told.areas] == [
        ("ML9101", 0, 900),
        ("ML9201", 600, 0),
    ]
    assert told.cercle == "Bêta"


def test_what_is_told_is_what_a_real_move_changes_and_nothing_is_saved():
    court = stands(*ALPHA)
    complete_everywhere()
    before, told = reached(limit_km=10), moving(court, GAMMA).country
    assert reached(limit_km=10) == before
    court.location.x, court.location.y = GAMMA
    infrastructure.keep(court)
    change = told.gained_high - told.lost_high
    assert reached(limit_km=10) == (before[0] + change, before[1] + change)


def test_where_the_register_is_unknown_the_least_is_nobody():
    assert moving(stands(*ALPHA), BETA).country == Change(0, 600, 0, 900, 1, 1, 0)


def test_whom_another_of_its_group_reaches_is_neither_gained_nor_lost():
    court = stands(*ALPHA)
    stands(ALPHA[0], ALPHA[1] + NORTH_10_KM / 2)
    stands(BETA[0], BETA[1] + NORTH_10_KM / 2)
    complete_everywhere()
    assert moving(court, BETA).country == Change(0, 0, 0, 0, 1, 1, 0)


def test_whom_one_of_another_kind_reaches_is_neither_gained_nor_lost():
    court = stands(*ALPHA)
    stands(*BETA, kind=TGI)
    complete_everywhere(kinds=("ti", "tgi"))
    assert moving(court, BETA, kinds=("ti", "tgi")).country == Change(0, 0, 900, 900, 1, 1, 0)


def test_one_of_unknown_status_may_change_nothing():
    court = stands(*ALPHA)
    complete_everywhere()
    told = moving(court, BETA, sense="functional")
    assert (told.counts, told.country) == ("possible", Change(0, 600, 0, 900, 1, 1, 0))


def test_one_that_does_not_count_changes_nothing():
    court = stands(*ALPHA, y2020="closed")
    told = moving(court, BETA, sense="functional")
    assert (told.counts, told.country, told.areas) == ("no", Change(), [])


def test_a_work_that_counts_reaches_its_people_already():
    court = stands(*ALPHA)
    planned(*BETA)
    complete_everywhere()
    assert moving(court, BETA, with_works=True).country == Change(0, 0, 900, 900, 1, 1, 0)


def test_people_whose_number_is_unknown_are_told_and_not_counted():
    small_country.people(Alpha=900)
    court = stands(*ALPHA)
    complete_everywhere()
    told = moving(court, GAMMA).country
    assert (told.gained_high, told.settlements_gained, told.settlements_without_figure) == (0, 1, 1)


def test_exactly_at_the_limit_counts_and_staying_changes_nothing():
    court = stands(ALPHA[0], ALPHA[1] + NORTH_10_KM)
    complete_everywhere()
    place = (court.location.x, court.location.y)
    assert moving(court, place).country == Change()
    metres = 10_000.0
    near = moving(court, (ALPHA[0], ALPHA[1] - NORTH_10_KM / 2), limit_km=metres / 1000)
    assert near.country.lost_high == 0


def test_a_place_outside_the_country_and_an_unknown_institution_are_refused():
    court = stands(*ALPHA)
    with pytest.raises(CannotMove, match="hors du Mali"):
        moving(court, (40.0, 13.0))
    with pytest.raises(CannotMove, match="registre"):
        moved(asked(), Move(0, *BETA))


def test_the_api_tells_it_and_keeps_the_access_of_the_register(client):
    court = stands(*ALPHA)
    complete_everywhere()
    address = f"/api/coverage/moved/?institution={court.pk}&lon=-3,5&lat=13.5&kinds=ti&limit_km=10"
    told = client.get(address).json()
    assert (told["country"]["gained_high"], told["areas"][0]["lost_high"], told["saved"]) == (600, 900, False)
    assert client.get("/api/coverage/moved/?institution=1&lon=200&lat=1").status_code == 400
    load = small_country.recorded(Load.Kind.INSTITUTIONS, "institutions", rows=1)
    Load.objects.filter(pk=load.pk).update(access="signed_in")
    with pytest.raises(PermissionError):
        moved(asked(), Move(court.pk, *BETA), reader=AnonymousUser())
    assert client.get(address).status_code == 403
