"""A large file is read in a process of its own, its indexes are made at the end: the outcome is the same."""

import signal
import subprocess

import psycopg
import pytest
from django.db import connection

from apps.events import loading
from apps.events.models import ConflictEvent, EventCount
from apps.events.staging import indexes, prepared
from layers.readers.events import EventStream
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents
from tests import small_country
from tests.events.told import UCDP_49, acled, source_of, ucdp, written

pytestmark = pytest.mark.django_db

ROWS = [
    *(acled(f"MLI{n}", longitude=str(-4.9 + n / 200), notes=f"de l’année\t{n}\\") for n in range(300)),
    acled("MLI7", fatalities="3"),
    acled("MLI301", event_date="31 février 2020"),
    acled("BFO1", country="Burkina Faso"),
]
WHAT_IS_THERE = ("source_event_id", "digest", "commune_id", "fatalities", "other_columns")


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        small_country.happened()


@pytest.fixture(params=["small", "large"])
def size(request, monkeypatch):
    """Take every file for a small one, then for a large one."""
    monkeypatch.setattr(prepared, "WORTH_A_PROCESS", 0 if request.param == "large" else 10**12)
    return request.param


@pytest.fixture
def path(tmp_path):
    return written(tmp_path / "acled_many.csv", ROWS)


def load(path, **how):
    return loading.load_file(path, source_of(path), reader="acled", **how)


def index_names():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'events_conflictevent' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def test_both_ways_load_the_same(path, monkeypatch):
    found = []
    for least in (10**12, 0):
        monkeypatch.setattr(prepared, "WORTH_A_PROCESS", least)
        small_country.happened()
        found.append((load(path).counts, sorted(map(str, ConflictEvent.objects.values_list(*WHAT_IS_THERE)))))
    assert found[0] == found[1]
    assert (found[0][0]["added"], found[0][0]["refused"]) == (300, 2)


def test_the_indexes_are_there_afterwards_and_counts_are_made(size, path):
    before = index_names()
    assert len(before) > 5
    load(path)
    assert index_names() == before
    assert sum(count.events for count in EventCount.objects.all()) == 300


def test_a_second_load_compares(size, path, tmp_path):
    load(path)
    again = written(tmp_path / "acled_again.csv", [*ROWS[:299], acled("MLI299", fatalities="9")])
    difference = load(again)
    assert (difference.changed, difference.unchanged, difference.added) == (1, 299, 0)


def test_progress_comes_to_the_end(size, path):
    told = []
    load(path, progress=lambda done, total, message: told.append((done, total)))
    assert told[-1][0] == len(ROWS)


def test_what_stops_the_reading_is_told_and_nothing_is_written(size, tmp_path):
    path = written(tmp_path / "acled_elsewhere.csv", [acled("BFO1", country="Burkina Faso")])
    before = index_names()
    with pytest.raises(UnreadableFile, match="Burkina Faso"):
        load(path)
    assert index_names() == before
    assert not ConflictEvent.objects.exists()


def test_a_reading_process_that_is_killed_stops_the_load(path, monkeypatch):
    monkeypatch.setattr(prepared, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(prepared, "READ_ALONE", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(ChildProcessError):
        load(path)
    assert not ConflictEvent.objects.exists()


def test_a_process_whose_pieces_nobody_takes_ends(path, monkeypatch):
    monkeypatch.setattr(prepared, "WORTH_A_PROCESS", 0)
    started, popen = [], subprocess.Popen

    def remembered(*words, **how):
        started.append(popen(*words, **how))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    with prepared.pieces_of(EventStream(path, "acled", piece=5), loading.places()) as pieces:
        assert next(pieces).number == 5
        [reader] = started
        assert reader.poll() is None
    assert reader.returncode == -signal.SIGKILL


def test_where_somebody_is_reading_the_indexes_stay(path, monkeypatch, test_database_url):
    monkeypatch.setattr(prepared, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(indexes, "_PATIENCE", "SET LOCAL lock_timeout = '100ms'")
    with psycopg.connect(test_database_url.replace("postgis", "postgresql", 1)) as reader:
        reader.execute("SELECT count(*) FROM events_conflictevent")
        assert load(path).added == 300


def test_where_there_is_something_to_read_the_indexes_stay(path, monkeypatch, tmp_path):
    monkeypatch.setattr(prepared, "WORTH_A_PROCESS", 0)
    small = written(tmp_path / "ged.csv", [ucdp("1")], columns=UCDP_49)
    loading.load_file(small, source_of(small, Contents.UCDP_EVENTS), reader="ucdp")
    monkeypatch.setattr(indexes.Indexes, "take_away", lambda self: pytest.fail("somebody may be reading"))
    assert load(path).added == 300
