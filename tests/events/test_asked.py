"""Whose events, until which day, and as known when."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from apps.boundaries.models import Area
from apps.events.asked import Asked, WrongAsked, asked_from, loaded_sources
from apps.events.figures import (
    Period,
    area_months,
    choropleth,
    counts_by_month,
    counts_by_type,
    figures_between,
    period_of,
)
from apps.events.models import ConflictEvent
from apps.events.services import refresh_counts
from geo.vocabulary import EventSource, Level, PlacePrecision
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

YEAR = Period("x", date(2020, 1, 1), date(2020, 12, 31))
FIRST = datetime(2021, 1, 10, 9, tzinfo=UTC)
LATER = datetime(2021, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


def alpha(asked=None, period=YEAR):
    areas = figures_between(Level.CERCLE, period, asked).areas
    return next(area for area in areas if area["pcode"] == "ML9101")


def known_since(instant):
    ConflictEvent.objects.update(known_from=instant)
    refresh_counts()


def changed(row, instant, **news):
    """Close a version at an instant and write what its source tells from then on."""
    ConflictEvent.objects.filter(pk=row.pk).update(known_until=instant)
    row.pk, row.known_from = None, instant
    for name, value in news.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    refresh_counts()


def test_what_was_known_before_a_change_is_told_as_it_was():
    small_country.happened(event(-4.5, 13.2, fatalities=2))
    known_since(FIRST)
    changed(ConflictEvent.objects.get(), LATER, fatalities=5)
    assert alpha()["fatalities"] == 5
    assert alpha(Asked(known_at=LATER))["fatalities"] == 5
    assert alpha(Asked(known_at=LATER - timedelta(seconds=1)))["fatalities"] == 2


def test_an_event_deleted_at_its_source_counts_for_who_asks_of_before():
    small_country.happened(event(-4.5, 13.2), event(-4.5, 13.2))
    known_since(FIRST)
    ConflictEvent.objects.filter(source_event_id="T1").update(known_until=LATER)
    refresh_counts()
    assert (alpha()["events"], alpha(Asked(known_at=FIRST))["events"]) == (1, 2)


def test_before_the_first_load_nothing_was_known_which_is_not_zero():
    small_country.happened(event(-4.5, 13.2))
    known_since(FIRST)
    asked = Asked(known_at=FIRST - timedelta(seconds=1))
    assert (alpha(asked)["events"], alpha(asked)["events_high"], asked.was_known) == (None, None, False)
    assert period_of("12m", asked) == Period("12m", None, None)
    assert choropleth(Level.CERCLE, "all", asked)["first_known"] == FIRST


@pytest.mark.parametrize("level", Level)
def test_kept_counts_and_versions_known_now_give_the_same_numbers(level):
    chance = random.Random(7)
    small_country.people(Alpha=900, Bêta=300)
    small_country.happened(
        *(
            event(
                chance.uniform(-5, -2),
                chance.uniform(13, 14),
                f"2020-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                geo_precision=chance.choice(list(PlacePrecision)),
                event_type=chance.choice(("Battles", "Protests", "Violence against civilians")),
                fatalities=chance.choice((0, 0, 1, 9)),
            )
            for _ in range(60)
        )
    )
    now = Asked(known_at=timezone.now())
    kept, versions = figures_between(level, YEAR), figures_between(level, YEAR, now)
    assert kept.areas == versions.areas
    assert kept.spread == versions.spread
    assert period_of("36m") == period_of("36m", now)
    assert area_months(level, YEAR) == area_months(level, YEAR, now)
    assert counts_by_type(level, YEAR) == counts_by_type(level, YEAR, now)
    area = Area.objects.active().at(level).first()
    assert counts_by_month(area) == counts_by_month(area, now)
    until = Asked(events_until=date(2020, 8, 31))
    assert (
        figures_between(level, YEAR, until).areas
        == figures_between(level, YEAR, Asked(None, until.events_until, now.known_at)).areas
    )


def test_nothing_after_the_day_asked_counts_and_twelve_months_end_with_its_month():
    days = ("2018-07-31", "2018-08-01", "2019-07-10", "2019-07-11", "2020-10-02")
    small_country.happened(*(event(-4.5, 13.2, day) for day in days))
    asked = Asked(events_until=date(2019, 7, 10))
    period = period_of("12m", asked)
    assert (period.since, period.until) == (date(2018, 8, 1), date(2019, 7, 10))
    assert alpha(asked, period)["events"] == 2
    assert [month for month, _counts in counts_by_month(Area.objects.cercles().first(), asked)][-1] == date(
        2019, 7, 1
    )


def test_until_before_the_first_event_nothing_can_be_counted():
    small_country.happened(event(-4.5, 13.2))
    assert alpha(Asked(events_until=date(1990, 1, 1)))["events"] is None


def test_two_sources_are_never_added_and_acled_counts_by_default():
    small_country.happened(event(-4.5, 13.2, fatalities=1))
    small_country.happened(
        *(event(-4.5, 13.2, event_type="State-based conflict", fatalities=deaths) for deaths in (4, 6)),
        told_by=EventSource.UCDP,
    )
    assert loaded_sources() == [EventSource.ACLED, EventSource.UCDP]
    assert (alpha()["events"], alpha()["fatalities"]) == (1, 1)
    ucdp = alpha(Asked(source=EventSource.UCDP))
    assert (ucdp["events"], ucdp["violent_events"], ucdp["fatalities"]) == (2, 2, 10)
    assert choropleth(Level.CERCLE, "all", Asked(source=EventSource.UCDP))["events_source"] == "ucdp"


def test_by_type_and_by_target():
    small_country.happened(
        event(-4.5, 13.2, event_type="Violence against civilians", fatalities=3),
        event(-4.5, 13.2, event_type="Protests"),
    )
    assert (alpha()["civilian_events"], alpha()["civilian_fatalities"]) == (1, 3)
    types = counts_by_type(Level.COMMUNE, YEAR)["ML910101"]
    assert {name: counts["events"] for name, counts in types.items()} == {
        "Protests": 1,
        "Violence against civilians": 1,
    }


def test_a_day_known_is_the_end_of_it_in_bamako():
    small_country.happened(event(-4.5, 13.2))
    known_since(FIRST)
    asked = asked_from({"known_at": "2021-01-10"})
    assert asked.known_at == datetime(2021, 1, 10, 23, 59, 59, 999999, tzinfo=UTC)
    assert alpha(asked)["events"] == 1
    assert asked.parameters() == {"known_at": "2021-01-10"}
    east = asked_from({"known_at": "2021-01-10T08:00:00 01:00"})
    assert east.known_at == datetime(2021, 1, 10, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("source", "ucdp", "chargées\u00a0: acled"),
        ("source", "wikipedia", "chargées\u00a0: acled"),
        ("events_until", "2018", "attendu un jour"),
        ("known_at", "hier", "attendu un jour"),
        ("known_at", "2999-01-01", "à venir"),
    ],
)
def test_a_wrong_question_is_refused_with_what_is_possible(name, value, says):
    small_country.happened(event(-4.5, 13.2))
    with pytest.raises(WrongAsked, match=says) as error:
        asked_from({name: value})
    assert error.value.parameter == name


def test_without_any_event_no_source_counts():
    small_country.happened()
    asked = asked_from({})
    assert (asked.counted_source, asked.span, asked.was_known) == (None, None, False)
