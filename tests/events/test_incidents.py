"""Two events that may be one incident: proposed by date and place, decided, never merged."""

from datetime import date

import pytest

from apps.events import incidents
from apps.events.models import ConflictEvent, EventCount, SameIncident
from geo.vocabulary import DatePrecision, EventSource, PlacePrecision
from tests import small_country
from tests.small_country import event, happened

pytestmark = pytest.mark.django_db

STATE_BASED = "State-based conflict"
KM_9, KM_11, KM_40 = 13.2 + 9 / 110.7, 13.2 + 11 / 110.7, 13.2 + 40 / 110.7
"""Latitudes so many kilometres north of 13.2 degrees."""


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()


def told_by_both(acled, ucdp):
    happened(*acled)
    happened(*ucdp, told_by=EventSource.UCDP)
    return incidents.propose()


def ucdp_event(longitude, latitude, day="2020-10-15", **about):
    return event(longitude, latitude, day, **{"event_type": STATE_BASED} | about)


def pairs():
    return list(
        SameIncident.objects.order_by("acled_event_id").values_list("acled_event_id", "ucdp_event_id")
    )


@pytest.mark.parametrize(
    ("day", "latitude", "about", "is_proposed"),
    [
        ("2020-10-17", 13.2, {}, True),
        ("2020-10-18", 13.2, {}, False),
        ("2020-10-15", KM_9, {}, True),
        ("2020-10-15", KM_11, {}, False),
        ("2020-10-15", KM_11, {"geo_precision": PlacePrecision.NEAR}, True),
        ("2020-10-15", KM_40, {"geo_precision": PlacePrecision.AREA}, True),
        ("2020-10-15", 13.2, {"geo_precision": PlacePrecision.CERCLE}, False),
        ("2020-11-10", 13.2, {"time_precision": DatePrecision.MONTH}, True),
        ("2020-10-15", 13.2, {"time_precision": DatePrecision.YEAR}, False),
        ("2020-10-01", 13.2, {"last_day": date(2020, 10, 14)}, True),
    ],
)
def test_what_the_precisions_allow_is_proposed(day, latitude, about, is_proposed):
    waiting = told_by_both([event(-4.5, 13.2)], [ucdp_event(-4.5, latitude, day, **about)])
    assert (waiting, pairs()) == ((1, [("T0", "T0")]) if is_proposed else (0, []))


def test_protests_are_no_violence_and_two_events_of_one_source_no_pair():
    assert (
        told_by_both([event(-4.5, 13.2, event_type="Protests"), event(-2.5, 13.2)], [ucdp_event(-4.5, 13.2)])
        == 0
    )


def test_nothing_is_merged_and_every_source_keeps_its_counts(django_user_model):
    keeper = django_user_model.objects.create_user("awa")
    told_by_both([event(-4.5, 13.2, fatalities=3)], [ucdp_event(-4.5, 13.2, fatalities=4)])
    incidents.confirm(SameIncident.objects.get(), by=keeper, why="même village, même jour")
    assert ConflictEvent.objects.current().count() == 2
    assert dict(EventCount.objects.values_list("source", "fatalities")) == {"acled": 3, "ucdp": 4}
    shared = incidents.shared(date(2020, 10, 1), date(2020, 10, 31))
    assert (shared.acled_events, shared.ucdp_events, shared.waiting) == (1, 1, 0)
    assert incidents.shared(date(2020, 11, 1), date(2020, 11, 30)).acled_events == 0


def test_a_decision_is_made_once_and_may_be_undone(django_user_model):
    keeper = django_user_model.objects.create_user("awa")
    told_by_both([event(-4.5, 13.2)], [ucdp_event(-4.5, 13.2)])
    refused = incidents.refuse(SameIncident.objects.get(), by=keeper, why="deux attaques")
    with pytest.raises(incidents.CannotDecide):
        incidents.confirm(refused, by=keeper, why="si")
    undone = incidents.undo(refused, by=keeper, why="relu")
    assert (undone.state, undone.decided_by, undone.why) == ("proposed", keeper, "relu")


def test_proposals_that_no_longer_stand_go_and_decided_ones_stay(django_user_model):
    keeper = django_user_model.objects.create_user("awa")
    told_by_both([event(-4.5, 13.2), event(-2.5, 13.2)], [ucdp_event(-4.5, 13.2), ucdp_event(-2.5, 13.2)])
    assert pairs() == [("T0", "T0"), ("T1", "T1")]
    incidents.refuse(SameIncident.objects.get(acled_event_id="T0"), by=keeper, why="deux attaques")
    assert told_by_both([event(-4.5, 13.9)], [ucdp_event(-4.5, 13.2)]) == 0
    assert pairs() == [("T0", "T0")]
    assert incidents.propose() == 0


def test_likeness_is_told():
    told_by_both(
        [event(-4.5, 13.2, fatalities=3, actor1="Katiba Macina", actor2="Civilians (Mali)")],
        [
            ucdp_event(
                -4.5, 13.2, fatalities=4, fatalities_low=2, fatalities_high=9, actor1="Macina", actor2="Mali"
            )
        ],
    )
    (pair,) = incidents.compared(SameIncident.objects.all())
    assert pair.deaths_agree is True
    assert pair.words_shared == ["Macina", "Mali"]


def test_a_source_that_withdrew_its_event_is_told_as_gone():
    told_by_both([event(-4.5, 13.2)], [ucdp_event(-4.5, 13.2)])
    happened(event(-2.5, 13.2), event(-2.4, 13.2))
    ConflictEvent.objects.filter(source="acled", source_event_id="T0").delete()
    (pair,) = incidents.compared(SameIncident.objects.all())
    assert (pair.acled.event, pair.deaths_agree, pair.words_shared) == (None, None, [])
