"""Two rows that may be one institution: proposed once, decided, and taken back without a trace."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point
from django.forms import model_to_dict

from apps.infrastructure import same_places, services
from apps.infrastructure.models import Institution, SamePlace
from apps.infrastructure.statuses import report_status, status_on
from geo.vocabulary import InstitutionKind, InstitutionStatus, PlaceTold
from tests import small_country

pytestmark = pytest.mark.django_db

NORTH_30_METRES = 0.000271
"""Degrees of latitude: 29.99 m at 13 degrees north."""


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create_user("gardienne")


def stands(kind, longitude, latitude, place_told=PlaceTold.EXACT, **about):
    return services.keep(
        Institution(kind=kind, location=Point(longitude, latitude, srid=4326), place_told=place_told, **about)
    )


@pytest.fixture
def told():
    return stands(InstitutionKind.JPCE, -4.5, 13.2, PlaceTold.SEAT, name="JPCE d’Alpha")


def node(longitude=-4.5, latitude=13.21, kind=InstitutionKind.COURT_NOT_TOLD):
    return stands(kind, longitude, latitude, register="OpenStreetMap", source_id=f"n{latitude}")


def only_pair():
    return SamePlace.objects.get()


def test_a_told_court_and_a_court_near_are_proposed(told):
    court = node()
    pair = only_pair()
    assert (pair.kept, pair.other, pair.state, pair.reason) == (told, court, "proposed", "told_near")
    assert pair.metres == pytest.approx(1106, abs=1)


def test_beyond_ten_kilometres_nothing_is_proposed(told):
    node(latitude=13.30)
    assert not SamePlace.objects.exists()


def test_another_family_and_a_kind_that_cannot_be_are_not_proposed(told):
    node(kind=InstitutionKind.POLICE_NOT_TOLD)
    node(latitude=13.22, kind=InstitutionKind.TGI)
    assert not SamePlace.objects.exists()


def test_a_court_of_peace_may_have_become_a_ti(told):
    node(kind=InstitutionKind.TI)
    assert only_pair().kept == told


def test_two_points_thirty_metres_apart_are_proposed_and_the_named_one_is_kept():
    node(kind=InstitutionKind.POLICE_NOT_TOLD)
    named = stands(InstitutionKind.COMMISSARIAT, -4.5, 13.21 + NORTH_30_METRES, name="Commissariat")
    assert (only_pair().kept, only_pair().reason) == (named, "close")


def test_two_points_further_apart_are_two():
    node(kind=InstitutionKind.POLICE_NOT_TOLD)
    node(kind=InstitutionKind.POLICE_NOT_TOLD, latitude=13.21 + 1.1 * NORTH_30_METRES)
    assert not SamePlace.objects.exists()


def test_proposing_again_proposes_nothing_twice(told):
    node()
    before = only_pair().pk
    assert same_places.propose() == 1
    assert only_pair().pk == before


def test_a_confirmed_pair_counts_once_where_the_map_says(told, keeper):
    small_country.make()
    court = node(latitude=13.6)
    SamePlace.objects.create(kept=told, other=court, metres=1, reason="told_near")
    same_places.confirm(only_pair(), by=keeper, why="même bâtiment")
    told.refresh_from_db()
    assert list(Institution.objects.counted()) == [told]
    assert (told.location.coords, told.place_told, told.commune.name) == ((-4.5, 13.6), "exact", "Alpha Nord")
    assert (told.kind, told.name) == ("jpce", "JPCE d’Alpha")


def test_undoing_gives_both_rows_back_exactly(told, keeper):
    small_country.make()
    court = node()
    report_status(told, InstitutionStatus.UNKNOWN, as_of=date(2021, 1, 1), words="existant")
    report_status(court, InstitutionStatus.FUNCTIONAL, as_of=date(2024, 1, 1))
    before = [rows(told), rows(court), pair_of(only_pair())]
    same_places.confirm(only_pair(), by=keeper, why="même bâtiment")
    assert rows(told) != before[0]
    same_places.undo(only_pair(), by=keeper, why="erreur")
    assert [rows(told), rows(court), pair_of(only_pair())] == before


def rows(institution):
    fields = [field.name for field in Institution._meta.fields if field.name != "updated"]
    told = model_to_dict(Institution.objects.get(pk=institution.pk), fields=fields)
    stored = Institution.objects.filter(pk=institution.pk).values(*fields).get()
    return told | stored, list(institution.status_reports.values())


def pair_of(pair):
    return SamePlace.objects.filter(pk=pair.pk).values().get()


def test_reports_on_either_count_while_they_are_one(told, keeper):
    court = node()
    report_status(told, InstitutionStatus.UNKNOWN, as_of=date(2021, 1, 1), words="existant")
    report_status(court, InstitutionStatus.FUNCTIONAL, as_of=date(2024, 1, 1))
    same_places.confirm(only_pair(), by=keeper, why="même bâtiment")
    told.refresh_from_db()
    assert (told.status, status_on(told, date(2023, 1, 1))) == ("functional", "unknown")


def test_a_rejected_pair_is_not_proposed_again_until_undone(told, keeper):
    node()
    same_places.reject(only_pair(), by=keeper, why="deux bâtiments")
    assert same_places.propose() == 0
    assert only_pair().state == "rejected"
    same_places.undo(only_pair(), by=keeper, why="à revoir")
    assert only_pair().state == "proposed"


def test_what_is_decided_is_decided_once(told, keeper):
    node()
    pair = only_pair()
    same_places.confirm(pair, by=keeper, why="même bâtiment")
    with pytest.raises(same_places.CannotDecide):
        same_places.reject(pair, by=keeper, why="non")


def test_chains_are_refused(keeper):
    node(kind=InstitutionKind.POLICE_NOT_TOLD)
    middle = stands(InstitutionKind.COMMISSARIAT, -4.5, 13.21 + NORTH_30_METRES, name="Commissariat")
    same_places.confirm(only_pair(), by=keeper, why="même bâtiment")
    told = stands(InstitutionKind.COMMISSARIAT, -4.5, 13.2, PlaceTold.SEAT, name="Commissariat d’Alpha")
    pair = SamePlace.objects.get(kept=told, other=middle)
    with pytest.raises(same_places.CannotDecide) as refused:
        same_places.confirm(pair, by=keeper, why="même bâtiment")
    assert refused.value.code == "tied"


def test_a_place_told_by_a_keeper_is_not_taken_from_the_map(told, keeper):
    told.register = "Documents du programme"
    told.corrected = ["location"]
    told.save()
    node()
    same_places.confirm(only_pair(), by=keeper, why="même bâtiment")
    told.refresh_from_db()
    assert told.location.coords == (-4.5, 13.2)


def test_one_that_is_removed_is_parted_first(told, keeper):
    court = node()
    same_places.confirm(only_pair(), by=keeper, why="même bâtiment")
    services.remove(court, by=keeper, why="n’existe pas")
    told.refresh_from_db()
    assert (told.location.coords, told.place_told) == ((-4.5, 13.2), "seat")
    assert not SamePlace.objects.exists()
