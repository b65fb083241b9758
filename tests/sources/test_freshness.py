"""From what age data are called stale: exactly on the limit they are not."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from apps.feeds.models import Feed
from apps.sources.freshness import freshness, freshness_of_loads, is_stale, stale_ages
from apps.sources.models import Load

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def load(kind="events", **about):
    return Load(kind=kind, **{"loaded_at": timezone.now(), "as_of": None, "retrieved": None} | about)


@pytest.mark.parametrize(("days", "is_stale"), [(30, False), (31, False), (32, True)])
def test_events_are_stale_a_day_after_the_limit(days, is_stale):
    fresh = freshness(load(as_of=TODAY - timedelta(days)), TODAY)
    assert (fresh.age_days, fresh.stale_after, fresh.is_stale) == (days, 31, is_stale)


def test_the_age_counts_from_the_data_else_from_when_they_came():
    old, newer = date(2020, 10, 31), date(2026, 11, 1)
    assert freshness(load(as_of=old, retrieved=newer), TODAY).told_on == old
    assert freshness(load(retrieved=newer), TODAY).told_on == newer
    assert freshness(load(), TODAY).told_on == timezone.localdate()


def test_simulated_data_are_simulated_not_stale():
    assert not freshness(load(as_of=date(2020, 1, 1), is_simulated=True), TODAY).is_stale


def test_data_without_a_date_are_never_said_to_be_of_the_day_they_were_loaded():
    fresh = freshness(load(retrieved=TODAY), TODAY)
    assert (fresh.is_dated, fresh.age_days) == (False, 0)
    assert freshness(load(as_of=TODAY), TODAY).is_dated


def test_boundaries_are_never_stale_by_their_age():
    fresh = freshness(load("boundaries", as_of=date(2015, 1, 1)), TODAY)
    assert (fresh.stale_after, fresh.is_stale) == (None, False)


def test_an_age_that_a_keeper_set_goes_before_ours():
    Feed.objects.filter(key="acled").update(stale_after_days=10)
    assert stale_ages()["events"] == 10
    assert freshness(load(as_of=TODAY - timedelta(11)), TODAY).is_stale


def test_each_load_in_use_has_its_own_age():
    Load.objects.update(in_use=False)
    told = {"rows_read": 0, "last_checked": timezone.now(), "in_use": True, "access": "public"}
    for day in (date(2026, 10, 31), date(2021, 12, 31)):
        Load.objects.create(kind="monthly_counts", as_of=day, **told)
    found = {load.as_of: fresh.is_stale for load, fresh in freshness_of_loads(TODAY)}
    assert found == {date(2026, 10, 31): False, date(2021, 12, 31): True}
    assert not is_stale(None, TODAY)
