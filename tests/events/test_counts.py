"""Counts by cercle and month, with the edges that make them wrong elsewhere."""

from datetime import date

import pytest

from apps.boundaries.models import Area
from apps.events.figures import Period, area_figures, choropleth, counts_by_month, figures_between, period_of
from apps.events.models import ConflictEvent, EventCount
from geo.vocabulary import Level, PlacePrecision
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


def of(pcode, level=Level.CERCLE, since=date(2020, 1, 1), until=date(2020, 12, 31)):
    areas = figures_between(level, Period("x", since, until)).areas
    return next(area for area in areas if area["pcode"] == pcode)


def test_an_event_lies_in_its_commune_cercle_and_region():
    small_country.happened(event(-2.5, 13.7))
    placed = ConflictEvent.objects.get()
    assert (placed.commune.pcode, placed.cercle.pcode, placed.region.pcode) == ("ML920202", "ML9202", "ML92")


def test_an_event_on_a_shared_border_is_counted_once():
    small_country.happened(event(-4, 13.25))
    assert [of(pcode)["events"] for pcode in ("ML9101", "ML9201")] == [1, 0]


def test_an_event_outside_every_commune_is_kept_told_and_counted_nowhere():
    assert small_country.happened(event(0, 20), event(-4.5, 13.5)) == 1
    assert ConflictEvent.objects.count() == 2
    assert sum(count.events for count in EventCount.objects.all()) == 1


def test_an_event_known_to_the_region_only_raises_the_region_not_the_cercle_of_its_point():
    small_country.happened(
        event(-3.5, 13.5, geo_precision=PlacePrecision.REGION, fatalities=7), event(-3.5, 13.5, fatalities=2)
    )
    cercle, region = of("ML9201"), of("ML92", Level.REGION)
    assert (cercle["events"], cercle["fatalities"], cercle["events_imprecise"]) == (1, 2, 1)
    assert (region["events"], region["fatalities"]) == (2, 9)


def test_violent_events_are_three_of_the_six_types():
    types = (
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Protests",
        "Riots",
        "Strategic developments",
    )
    small_country.happened(*(event(-4.5, 13.5, event_type=kind) for kind in types))
    assert (of("ML9101")["events"], of("ML9101")["violent_events"]) == (6, 3)


def test_rates_are_per_100_000_people_and_unknown_where_people_are():
    small_country.people(Alpha=50_000)
    small_country.happened(event(-4.5, 13.5, fatalities=3), event(-2.5, 13.5))
    assert of("ML9101")["violent_per_100k"] == 2.0
    assert of("ML9101")["fatalities_per_100k"] == 6.0
    assert of("ML9202")["violent_per_100k"] is None
    assert of("ML9202")["events"] == 1


def test_a_cercle_without_an_event_has_none_while_events_are_loaded():
    small_country.people(Gamma=1000)
    small_country.happened(event(-4.5, 13.5))
    assert of("ML9202")["events"] == 0
    assert of("ML9202")["violent_per_100k"] == 0.0


def test_before_any_event_is_loaded_counts_are_not_known():
    small_country.happened()
    figures = area_figures(Level.CERCLE, "12m").areas
    assert {area["events"] for area in figures} == {None}


def test_months_at_both_ends_of_a_period_count():
    small_country.happened(
        *(event(-4.5, 13.5, day) for day in ("2020-01-01", "2020-01-31", "2020-03-31", "2020-04-01"))
    )
    assert of("ML9101", since=date(2020, 1, 1), until=date(2020, 3, 31))["events"] == 3


def test_twelve_months_end_with_the_last_month_of_events():
    small_country.happened(event(-4.5, 13.5, "2018-05-05"), event(-4.5, 13.5, "2020-10-02"))
    period = period_of("12m")
    assert (period.since, period.until) == (date(2019, 11, 1), date(2020, 10, 31))
    assert period_of("all").since == date(2018, 5, 1)


def test_a_chart_has_every_month_between_the_first_and_the_last():
    small_country.happened(event(-4.5, 13.5, "2020-01-10", fatalities=2), event(-2.5, 13.5, "2020-03-10"))
    months = counts_by_month(Area.objects.cercles().get(pcode="ML9101"))
    assert [(month.month, counts["events"], counts["fatalities"]) for month, counts in months] == [
        (1, 1, 2),
        (2, 0, 0),
        (3, 0, 0),
    ]


def test_classes_count_every_cercle_once():
    small_country.people(Alpha=50_000, Bêta=50_000)
    small_country.happened(event(-4.5, 13.5))
    classes = choropleth(Level.CERCLE, "all")["classes"]["violent_per_100k"]
    assert classes == {"limits": [2.0], "counts": [1, 1], "no_data": 1}


def test_a_choropleth_takes_few_queries(django_assert_max_num_queries):
    small_country.happened(event(-4.5, 13.5))
    with django_assert_max_num_queries(7):
        choropleth(Level.CERCLE, "12m")


def test_a_period_without_loaded_events_is_not_known():
    small_country.people(Alpha=1000)
    small_country.happened(event(-4.5, 13.5, "2020-10-15"))
    later = of("ML9101", since=date(2030, 1, 1), until=date(2030, 12, 31))
    assert (later["events"], later["violent_per_100k"]) == (None, None)


def test_class_limits_follow_the_people():
    small_country.happened(event(-4.5, 13.5))
    small_country.people(Alpha=50_000)
    assert choropleth(Level.CERCLE, "all")["classes"]["people"]["limits"] == [50_000.0]
    small_country.people(Alpha=80_000)
    assert choropleth(Level.CERCLE, "all")["classes"]["people"]["limits"] == [80_000.0]
