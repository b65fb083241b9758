"""Which feeds are due at an instant, one passage at a time, and what becomes of one that was killed."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from apps.feeds import queries, runs, schedule, services
from apps.feeds.models import Feed, FeedRun
from tests.layers.feed_server import hapi_row

pytestmark = pytest.mark.django_db
MONDAY_MORNING = datetime(2026, 11, 23, 4, 59, tzinfo=UTC)
AT_FIVE = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def hapi():
    feed = Feed.objects.get(key="hapi")
    feed.is_on, feed.cron = True, "0 5 * * 1"
    feed.save()
    return feed


def test_all_feeds_are_off_until_somebody_switches_them_on(server):
    assert [(feed.key, feed.is_on) for feed in Feed.objects.all()] == [
        ("acled", False),
        ("hapi", False),
        ("ucdp", False),
    ]
    assert schedule.check(AT_FIVE) == []
    assert server.asked == []


def test_a_schedule_is_read_in_the_time_of_bamako():
    assert schedule.next_after("0 5 * * 1", MONDAY_MORNING) == AT_FIVE
    assert schedule.next_after("0 5 * * 1", AT_FIVE) == datetime(2026, 11, 30, 5, tzinfo=UTC)
    assert schedule.next_after("30 6 12 * *", AT_FIVE) == datetime(2026, 12, 12, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("cron", ["", "every day", "0 5 * *", "61 5 * * 1", "* * * * * *"])
def test_what_is_no_schedule_is_refused(cron):
    with pytest.raises(ValueError, match="no schedule"):
        schedule.next_after(cron, AT_FIVE)


def test_a_feed_that_is_due_runs_once_and_waits_for_its_next_time(hapi, server, asked):
    server.hapi = [hapi_row("ML9101", "Alpha", "demonstration", "2026-08", 3)]
    assert schedule.check(MONDAY_MORNING, **asked) == []
    [passage] = schedule.check(AT_FIVE, **asked)
    assert passage.outcome == "done"
    hapi.refresh_from_db()
    assert (hapi.next_run, hapi.last_run) == (datetime(2026, 11, 30, 5, tzinfo=UTC), passage)
    assert schedule.check(AT_FIVE, **asked) == []


def test_a_failure_waits_for_its_next_time_and_stops_no_other(hapi, server, asked):
    Feed.objects.filter(key="ucdp").update(is_on=True, cron="0 5 * * 1", next_run=AT_FIVE)
    Feed.objects.filter(key="hapi").update(next_run=AT_FIVE)
    server.hapi = [hapi_row("ML9101", "Alpha", "demonstration", "2026-08", 3)]
    passages = schedule.check(AT_FIVE, **asked)
    assert {passage.feed_id: passage.outcome for passage in passages} == {"hapi": "done", "ucdp": "failed"}
    assert schedule.check(AT_FIVE, **asked) == []


@pytest.fixture
def elsewhere():
    """Return a connection of another process to the same database."""
    told = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: told[name] for name in names if told.get(name)}) as other:
        yield other


def test_two_passages_of_a_feed_never_run_at_once(elsewhere, server, asked):
    elsewhere.execute("SELECT pg_advisory_lock(%s, %s)", [queries._FEEDS, queries._number("hapi")])
    with pytest.raises(runs.AlreadyRunning):
        runs.run("hapi", **asked)
    assert not FeedRun.objects.exists()
    assert server.asked == []


def test_a_passage_that_was_killed_is_told_and_runs_again(hapi, server, asked, elsewhere):
    killed = FeedRun.objects.create(feed=hapi)
    elsewhere.execute("SELECT pg_advisory_lock(%s, %s)", [queries._FEEDS, queries._number("hapi")])
    schedule.tell_interrupted()
    killed.refresh_from_db()
    assert killed.outcome == "running"
    with connection.cursor() as cursor:
        # It returns when the session has ended, and its locks with it.
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [elsewhere.info.backend_pid])
    elsewhere.close()
    schedule.tell_interrupted()
    killed.refresh_from_db()
    assert (killed.outcome, killed.ended_at is None) == ("failed", False)
    assert "Interrompu" in killed.message
    assert runs.run("hapi", **asked).outcome == "done"


def test_the_lock_is_given_back_after_a_passage(server, asked, elsewhere):
    runs.run("hapi", **asked)
    taken = elsewhere.execute(
        "SELECT pg_try_advisory_lock(%s, %s)", [queries._FEEDS, queries._number("hapi")]
    )
    assert taken.fetchone() == (True,)


def test_an_error_of_ours_is_told_without_its_words(hapi, asked, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("mot-de-passe-secret")

    monkeypatch.setattr("apps.feeds.from_hapi.ask", broken)
    with pytest.raises(RuntimeError):
        runs.run("hapi", **asked)
    passage = FeedRun.objects.get()
    assert passage.outcome == "failed"
    assert "RuntimeError" in passage.message
    assert "secret" not in passage.message


def test_a_keeper_switches_on_sets_the_time_and_the_age():
    feed = Feed.objects.get(key="acled")
    services.decide(feed, is_on=True, cron="0 4 * * *", stale_after_days=14)
    assert feed.next_run is not None
    assert services.stale_ages() == {"events": 14}
    services.decide(feed, is_on=False, cron="0 4 * * *", stale_after_days=None)
    assert (feed.next_run, services.stale_ages()) == (None, {})


def test_a_page_asks_the_worker_once():
    feed = Feed.objects.get(key="acled")
    assert services.run_soon(feed)
    assert not services.run_soon(feed)
