"""A passage takes in what changed and what was withdrawn; without news, or failed, it changes nothing."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from apps.events.models import ConflictEvent, PublishedCount
from apps.feeds import runs
from apps.feeds.models import FeedRun
from apps.sources.models import Load
from layers.feeds.asking import ATTEMPTS
from tests.layers import feed_server
from tests.layers.feed_server import acled_row, hapi_row, ucdp_row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country")]
READ = "/api/acled/read"


@pytest.fixture
def passage(asked):
    """Return a function that runs a feed against the server of the test: the passage and its counts."""

    def run(key, **options):
        done = runs.run(key, **asked, **options)
        return done, {name: number for name, number in done.counts.items() if number}

    return run


def current(source="acled"):
    events = ConflictEvent.objects.current().filter(source=source)
    return dict(events.values_list("source_event_id", "fatalities").order_by("source_event_id"))


# ACLED


def test_a_first_passage_takes_everything_in(server, passage):
    server.acled = [acled_row(number) for number in range(3)]
    done, counts = passage("acled")
    assert (done.outcome, counts) == ("done", {"added": 3})
    assert current() == {"MLI0": 2, "MLI1": 2, "MLI2": 2}
    load = Load.objects.in_use().of_kind("events").get()
    assert (load.access, load.publisher, load) == ("signed_in", "ACLED", done.load)


def test_the_next_passage_asks_from_the_last_instant_and_changes_nothing_without_news(server, passage):
    server.acled = [acled_row(number) for number in range(3)]
    first, _ = passage("acled")
    assert first.cursor.split()[0] == "1790000002"
    again, counts = passage("acled")
    assert server.questions(READ)[-1]["timestamp"] == "1790000002"
    assert (again.outcome, counts) == ("done", {"unchanged": 1})
    assert Load.objects.of_kind("events").filter(publisher="ACLED").count() == 1


def test_what_changed_gets_a_version_and_what_was_deleted_is_closed(server, passage):
    server.acled = [acled_row(number) for number in range(3)]
    passage("acled")
    server.acled[1] = acled_row(1, fatalities=9, timestamp=1_790_000_500)
    server.acled[2] = acled_row(7, timestamp=1_790_000_600)
    server.deleted = [
        {"event_id_cnty": "MLI2", "deleted_timestamp": 1_790_000_700},
        {"event_id_cnty": "MLI99", "deleted_timestamp": 1_790_000_700},
    ]
    done, counts = passage("acled")
    assert counts == {"added": 1, "changed": 1, "deleted": 1}
    assert current() == {"MLI0": 2, "MLI1": 9, "MLI7": 2}
    assert done.cursor == "1790000600 1790000700"
    assert ConflictEvent.objects.filter(source_event_id="MLI1").count() == 2


def test_a_refused_row_is_told_and_the_others_go_in(server, passage):
    server.acled = [acled_row(1), acled_row(2, latitude="90.5")]
    done, counts = passage("acled")
    assert counts == {"added": 1, "refused": 1}
    assert done.load.refusals.get().field.startswith("longitude")


def test_an_empty_answer_empties_no_layer(server, passage):
    server.acled = [acled_row(1)]
    passage("acled")
    server.acled = []
    done, counts = passage("acled", since=runs.timezone.localdate())
    assert (done.outcome, counts) == ("done", {})
    assert current() == {"MLI1": 2}


def test_a_first_empty_answer_leaves_the_simulated_events(server, passage):
    before = ConflictEvent.objects.count()
    assert passage("acled")[1] == {}
    assert ConflictEvent.objects.count() == before


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        (feed_server.status(500), ATTEMPTS),
        (feed_server.cut, ATTEMPTS),
        (feed_server.text(b"<html>"), 1),
        (feed_server.text(b'{"status": 200, "data": [{"event_id_cnty": "MLI1"}]}'), 1),
    ],
    ids=["ill", "cut", "no json", "other columns"],
)
def test_a_failed_passage_leaves_everything_as_it_was(server, passage, fault, times):
    server.acled = [acled_row(number) for number in range(3)]
    passage("acled")
    server.acled[0] = acled_row(0, fatalities=50, timestamp=1_790_000_900)
    server.meets("/api/deleted/read", *[fault] * times)
    failed, counts = passage("acled")
    assert (failed.outcome, counts, failed.cursor) == ("failed", {}, "")
    assert failed.message.startswith("ACLED, http://127.0.0.1")
    assert current() == {"MLI0": 2, "MLI1": 2, "MLI2": 2}
    again, counts = passage("acled")
    assert counts["changed"] == 1
    assert FeedRun.objects.last_cursor("acled") == again.cursor


def test_without_credentials_nobody_is_asked(server, passage, settings):
    settings.FEED_CREDENTIALS = {"acled": {"MAILLAGE_ACLED_USER": "moi", "MAILLAGE_ACLED_PASSWORD": ""}}
    done, _ = passage("acled")
    assert done.outcome == "failed"
    assert "MAILLAGE_ACLED_PASSWORD" in done.message
    assert "MAILLAGE_ACLED_USER" not in done.message
    assert server.asked == []


def test_no_message_holds_a_secret(server, passage):
    server.meets(READ, *[feed_server.status(403)])
    done, _ = passage("acled")
    assert "secret" not in done.message
    assert feed_server.USER not in done.message


# UCDP


@pytest.fixture
def in_october(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2026, 10, 20))


@pytest.mark.usefixtures("in_october")
def test_ucdp_gives_its_yearly_release_then_the_months_after_it(server, passage):
    server.ucdp = {
        "26.1": [ucdp_row(1, year=2025, date_start="2025-05-01", date_end="2025-05-01")],
        "26.0.1": [ucdp_row(2)],
        "26.0.2": [ucdp_row(3)],
    }
    done, counts = passage("ucdp")
    assert (counts, done.cursor) == ({"added": 3}, "26.1 26.0.2")
    assert set(current("ucdp")) == {"1", "2", "3"}
    load = Load.objects.in_use().of_kind("ucdp_events").get()
    assert (load.access, load.licence) == ("public", "CC BY 4.0")
    server.ucdp["26.0.3"] = [ucdp_row(4)]
    assert passage("ucdp")[1] == {"added": 1}
    assert [path.rpartition("/")[2] for path, _ in server.asked[-2:]] == ["26.0.3", "26.0.4"]
    assert passage("ucdp")[1] == {}


@pytest.mark.usefixtures("in_october")
def test_a_new_yearly_release_withdraws_what_it_lacks(server, passage):
    server.ucdp = {
        "25.1": [ucdp_row(1, year=2024, date_start="2024-05-01", date_end="2024-05-01")],
        "25.0.1": [ucdp_row(2, year=2025, date_start="2025-01-05", date_end="2025-01-05")],
    }
    passage("ucdp")
    server.ucdp["26.1"] = [ucdp_row(1, year=2024, date_start="2024-05-01", date_end="2024-05-01")]
    done, counts = passage("ucdp")
    assert counts == {"deleted": 1, "unchanged": 1}
    assert (set(current("ucdp")), done.cursor) == ({"1"}, "26.1")


def test_ucdp_beside_acled_is_never_mixed_with_it(server, passage):
    server.acled = [acled_row(1)]
    server.ucdp = {"26.1": [ucdp_row(1, year=2025, date_start="2025-05-01", date_end="2025-05-01")]}
    passage("acled")
    passage("ucdp")
    assert (set(current("acled")), set(current("ucdp"))) == ({"MLI1"}, {"1"})


def test_an_address_without_any_release_is_a_failure(passage):
    assert "aucune version annuelle" in passage("ucdp")[0].message


# HAPI


def test_hapi_counts_go_in_and_the_last_two_years_are_asked_again(server, passage):
    server.hapi = [
        hapi_row("ML9101", "Alpha", "political_violence", "2026-08", 3, 1),
        hapi_row("ML9201", "Bêta", "demonstration", "2026-09", 1, None),
    ]
    done, counts = passage("hapi")
    assert (counts, done.cursor) == ({"added": 2}, "2026-09")
    server.hapi[0]["events"] = 5
    assert passage("hapi")[1] == {"changed": 1, "unchanged": 1}
    assert [asked["start_date"] for asked in server.questions("conflict-events")] == [
        "1997-01-01",
        "2024-09-01",
    ]
    assert passage("hapi")[1] == {"unchanged": 2}
    assert PublishedCount.objects.get(category="political_violence").events == 5


def test_an_empty_answer_of_hapi_changes_nothing(server, passage):
    server.hapi = [hapi_row("ML9101", "Alpha", "demonstration", "2026-08", 3)]
    passage("hapi")
    server.hapi = []
    assert passage("hapi")[1] == {}
    assert PublishedCount.objects.count() == 1


# Dry run and command


def test_a_dry_run_tells_the_difference_and_writes_nothing(server, passage):
    server.hapi = [hapi_row("ML9101", "Alpha", "demonstration", "2026-08", 3)]
    done, counts = passage("hapi", dry_run=True)
    assert (counts, done.cursor, done.load) == ({"added": 1}, "", None)
    assert not PublishedCount.objects.exists()
    assert not Load.objects.of_kind("monthly_counts").exists()


def test_the_command_ends_with_what_changed(server):
    server.hapi = [hapi_row("ML9101", "Alpha", "demonstration", "2026-08", 3)]
    out = io.StringIO()
    call_command("sync_counts", "hapi", base_url=server.url, stdout=out)
    assert "added 1, changed 0, deleted 0, unchanged 0, refused 0" in out.getvalue()


def test_the_command_fails_with_the_sentence_of_the_publisher(server):
    server.meets("conflict-events", feed_server.status(403))
    with pytest.raises(CommandError, match="HDX HAPI, http"):
        call_command("sync_counts", "hapi", base_url=server.url)
