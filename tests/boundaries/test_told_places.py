"""Places as documents tell them, found in the small country and never guessed."""

import pytest

from apps.boundaries import services
from apps.boundaries.models import Area
from apps.boundaries.told_places import ToldPlaces, tie_to_edition
from apps.programme.models import Result
from apps.sources.models import Load
from geo.vocabulary import PlaceTold, SettlementClass
from layers.readers.settlements import SettlementRecord
from layers.sources_toml import Contents
from tests import small_country

pytestmark = pytest.mark.django_db

SEAT, TOWN, VILLAGE = SettlementClass.CERCLE_SEAT, SettlementClass.COMMUNE_SEAT, SettlementClass.VILLAGE

SETTLEMENTS = (
    ("Alpha", SEAT, -4.5, 13.2),
    ("Alpha", VILLAGE, -4.1, 13.9),
    ("Gamma", SEAT, -2.5, 13.2),
    ("Marché", TOWN, -2.5, 13.8),
    ("Marché", VILLAGE, -3.5, 13.8),
    ("Puits", VILLAGE, -3.5, 13.2),
    ("Puits", VILLAGE, -3.4, 13.2),
    ("Source", VILLAGE, -3.6, 13.6),
)


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        load = small_country.recorded(Load.Kind.SETTLEMENTS, Contents.SETTLEMENTS, "localites.csv")
        services.save_settlements(
            [
                SettlementRecord(
                    name=name,
                    source_id=str(number),
                    settlement_class=rank,
                    longitude=longitude,
                    latitude=latitude,
                    commune_name="",
                    cercle_name="",
                    row=number,
                )
                for number, (name, rank, longitude, latitude) in enumerate(SETTLEMENTS, start=2)
            ],
            load,
        )


def found(place, level, parent=""):
    """Return the P-codes, the point and how it was found."""
    areas, point, place_told = ToldPlaces().find(place, level, parent)
    return [area.pcode for area in areas], point and (point.x, point.y), place_told


def test_a_region_has_no_point_and_a_district_is_one():
    assert found("OUEST", "region") == found("Ouest", "district") == (["ML91"], None, "")


def test_a_cercle_is_drawn_at_its_seat_and_not_at_a_village_of_its_name():
    assert found("alpha", "cercle") == (["ML9101"], (-4.5, 13.2), PlaceTold.SEAT)


def test_a_cercle_without_a_seat_has_no_point_rather_than_its_middle():
    assert found("Bêta", "cercle") == (["ML9201"], None, "")


def test_a_commune_is_drawn_at_the_seat_in_it():
    assert found("Gamma Nord", "commune", "cercle de Gamma") == (["ML920202"], (-2.5, 13.8), PlaceTold.SEAT)


def test_a_commune_of_another_cercle_than_told_is_not_it():
    assert found("Gamma Nord", "commune", "cercle de Alpha") == (["ML9101"], None, "")


def test_a_commune_may_tell_its_parent_in_its_own_name():
    assert found("Alpha Sud (Ouest)", "commune") == found("Alpha Sud, Ouest", "commune")
    assert found("Alpha Sud (Ouest)", "commune")[0] == ["ML910101"]


def test_a_locality_is_the_seat_of_its_name_in_its_cercle():
    assert found("Marche", "locality") == (["ML9202"], (-2.5, 13.8), PlaceTold.SETTLEMENT)


def test_the_parent_told_decides_between_localities_of_one_name():
    assert found("Marché", "locality", "Est") == (["ML9202"], (-2.5, 13.8), PlaceTold.SETTLEMENT)
    assert found("Marché", "locality", "cercle de Bêta") == (["ML9201"], (-3.5, 13.8), PlaceTold.SETTLEMENT)


def test_a_village_whose_name_nobody_else_bears_is_found():
    assert found("Source", "locality") == (["ML9201"], (-3.6, 13.6), PlaceTold.SETTLEMENT)


def test_two_villages_of_one_name_are_not_chosen_between():
    assert found("Puits", "locality") == ([], None, "")
    assert found("Puits", "locality", "région de Est") == (["ML92"], None, "")


def test_a_site_lies_in_its_parent_and_is_not_the_village_of_its_name():
    assert found("Source", "prison site") == ([], None, "")
    assert found("Source", "quartier", "commune de Gamma Sud") == (["ML920201"], None, "")
    assert found("Source", "IDP site", "ville de Marché") == (["ML9202"], None, "")


def test_several_places_give_all_their_areas_once_and_no_point():
    assert found("Est;Ouest; Est", "region group") == (["ML92", "ML91"], None, "")
    assert found("Alpha;Gamma", "cercle") == (["ML9101", "ML9202"], None, "")


@pytest.mark.parametrize("level", ["zone", "country", "target zones", "cross-border zone", ""])
def test_a_zone_the_country_and_no_place_find_nothing(level):
    assert found("Ouest", level) == ([], None, "")


def test_a_name_that_the_edition_lacks_finds_nothing():
    assert found("Taoudénit", "region") == found("Delta", "cercle") == ([], None, "")


def test_the_seat_of_a_region_is_its_town_of_highest_rank_if_it_is_alone():
    places = ToldPlaces()
    west, east = Area.objects.regions().order_by("pcode")
    assert places.seat_of(west).coords == (-4.5, 13.2)
    assert places.seat_of(east).coords == (-2.5, 13.2)


def result(**told):
    load = Load.objects.first()
    return Result.objects.create(
        load=load,
        row=2,
        documents=[],
        result_id="A1",
        theme="x",
        description_en="x",
        value_scope="place",
        n_places=1,
        year="2020",
        **told,
    )


def test_rows_are_tied_to_the_edition_and_those_that_find_nothing_are_returned():
    Result.objects.all().delete()
    at_alpha, nowhere = result(place="Alpha", level="cercle"), result(place="Delta", level="cercle")
    result(place="Nord", level="zone")
    assert tie_to_edition(Result) == [nowhere]
    at_alpha.refresh_from_db()
    assert [area.pcode for area in at_alpha.areas.all()] == ["ML9101"]
    assert at_alpha.place_told == PlaceTold.SEAT


def test_a_row_about_one_region_is_drawn_at_its_seat_only_where_asked():
    Result.objects.all().delete()
    row = result(place="Ouest", level="region")
    tie_to_edition(Result)
    row.refresh_from_db()
    assert row.location is None
    tie_to_edition(Result, regions_at_seat=True)
    row.refresh_from_db()
    assert (row.location.coords, row.place_told) == ((-4.5, 13.2), PlaceTold.SEAT)


def test_rows_are_tied_in_as_many_queries_however_many_they_are(django_assert_max_num_queries):
    Result.objects.all().delete()
    for _ in range(20):
        result(place="Alpha", level="cercle")
    places = ToldPlaces()
    with django_assert_max_num_queries(8):
        tie_to_edition(Result, places=places)


def test_another_edition_ties_the_rows_anew():
    Result.objects.all().delete()
    row = result(place="Alpha", level="cercle")
    small_country.make("Autre édition")
    assert [area.edition.name for area in row.areas.all()] == ["Autre édition"]
