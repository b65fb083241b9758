"""A count is a pair: what is placed with confidence, and an interval with what is known to a wider unit."""

from datetime import date

import pytest

from apps.boundaries.models import Area
from apps.events.asked import newest
from apps.events.figures import COUNTED, Period, figures_between, with_pairs
from apps.events.spreading import SpreadBy
from geo.vocabulary import Level, PlacePrecision
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

YEAR = Period("x", date(2020, 1, 1), date(2020, 12, 31))


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


def pairs(level, name="events", **asked):
    """Return {P-code: (placed, low, expected, high)}."""
    areas = figures_between(level, YEAR, **asked).areas
    return {
        area["pcode"]: tuple(area[f"{name}{bound}"] for bound in ("", "_low", "_expected", "_high"))
        for area in areas
    }


def test_an_event_known_to_the_region_is_spread_over_its_cercles_by_people():
    small_country.people(Alpha=500, Bêta=300, Gamma=100)
    small_country.happened(
        event(-3.5, 13.5, geo_precision=PlacePrecision.REGION, fatalities=8), event(-3.5, 13.5)
    )
    assert pairs(Level.CERCLE) == {
        "ML9101": (0, 0, 0, 0),
        "ML9201": (1, 1, 1.75, 2),
        "ML9202": (0, 0, 0.25, 1),
    }
    assert pairs(Level.CERCLE, "fatalities")["ML9201"] == (0, 0, 6, 8)
    assert pairs(Level.REGION)["ML92"] == (2, 2, 2, 2)


def test_a_cercle_of_unknown_people_takes_the_mean_of_its_unit():
    small_country.people(Bêta=300)
    small_country.happened(event(-3.5, 13.5, geo_precision=PlacePrecision.AREA))
    assert pairs(Level.CERCLE)["ML9202"] == (0, 0, 0.5, 1)


def test_where_no_people_are_known_precise_events_are_the_weights_and_this_is_told():
    small_country.happened(
        event(-3.5, 13.5, geo_precision=PlacePrecision.REGION), event(-3.5, 13.5), event(-3.5, 13.5)
    )
    assert pairs(Level.CERCLE)["ML9201"] == (2, 2, 2.75, 3)
    told = figures_between(Level.CERCLE, YEAR).spread
    assert (told["by"], told["units_by_events"], told["prior_events"]) == ("people", ["ML92"], 1)


def test_a_town_near_by_places_the_cercle_but_not_the_commune():
    small_country.happened(
        event(-2.5, 13.7, geo_precision=PlacePrecision.NEAR),
        *(event(-2.5, 13.7) for _ in range(3)),
    )
    assert pairs(Level.CERCLE)["ML9202"] == (4, 4, 4, 4)
    communes = pairs(Level.COMMUNE)
    # Weights: three precise events and the one added, against the one added.
    assert communes["ML920202"] == (3, 3, 3.8, 4)
    assert communes["ML920201"] == (0, 0, 0.2, 1)
    assert communes["ML910101"] == (0, 0, 0, 0)


def test_an_event_known_to_the_country_is_spread_over_all():
    small_country.people(Alpha=100, Bêta=100, Gamma=200)
    small_country.happened(event(-3.5, 13.5, geo_precision=PlacePrecision.COUNTRY))
    assert [pair[2] for pair in pairs(Level.CERCLE).values()] == [0.25, 0.25, 0.5]
    assert [pair[0] for pair in pairs(Level.REGION).values()] == [0, 0]
    assert sum(pair[2] for pair in pairs(Level.REGION).values()) == 1


def test_spreading_may_follow_precise_events_instead():
    small_country.people(Bêta=300, Gamma=100)
    small_country.happened(event(-3.5, 13.5, geo_precision=PlacePrecision.REGION), event(-2.5, 13.5))
    by_events = figures_between(Level.CERCLE, YEAR, spread_by=SpreadBy.EVENTS)
    assert [area["events_expected"] for area in by_events.areas] == [0, 0.33, 1.67]
    assert by_events.spread["by"] == "events"


def test_the_pair_of_one_area_is_that_among_all():
    small_country.people(Alpha=500, Bêta=300, Gamma=100)
    small_country.happened(
        *(event(-3.5, 13.5, geo_precision=precision, fatalities=3) for precision in PlacePrecision)
    )
    area = Area.objects.cercles().get(pcode="ML9201")
    among = next(a for a in figures_between(Level.CERCLE, YEAR).areas if a["pcode"] == "ML9201")
    (alone,) = with_pairs(area, [(YEAR, {name: among[name] for name in COUNTED})], newest())
    assert alone == {name: among[name] for name in alone}
    assert among["events_low"] < among["events_high"]


def test_without_an_imprecise_event_the_pair_of_one_area_is_what_is_placed():
    small_country.happened(event(-3.5, 13.5, fatalities=3))
    area = Area.objects.cercles().get(pcode="ML9201")
    among = next(a for a in figures_between(Level.CERCLE, YEAR).areas if a["pcode"] == "ML9201")
    (alone,) = with_pairs(area, [(YEAR, {name: among[name] for name in COUNTED})], newest())
    assert alone == {name: among[name] for name in alone}
    assert (alone["fatalities_low"], alone["fatalities_high"]) == (3, 3)


def test_a_commune_has_no_rate():
    small_country.people(Alpha=500)
    small_country.happened(event(-4.5, 13.2))
    commune = next(a for a in figures_between(Level.COMMUNE, YEAR).areas if a["pcode"] == "ML910101")
    assert (commune["events"], commune["events_per_100k"], commune["cercle_name"]) == (1, None, "Alpha")


@pytest.mark.parametrize(("level", "most"), [(Level.REGION, 4), (Level.CERCLE, 4), (Level.COMMUNE, 5)])
def test_pairs_take_few_queries(level, most, django_assert_max_num_queries):
    small_country.people(Alpha=500, Bêta=300, Gamma=100)
    small_country.happened(*(event(-3.5, 13.5, geo_precision=precision) for precision in PlacePrecision))
    with django_assert_max_num_queries(most):
        figures_between(level, YEAR)
