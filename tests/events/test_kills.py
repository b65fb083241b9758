"""Killed at any moment, a load leaves the former rows whole, and finishes when it is repeated."""

import random
import signal
import time

import psycopg
import pytest
from django.db import connection

from apps.events import loading
from apps.sources.models import Load
from tests import killable, small_country
from tests.events.told import acled, source_of, written

KILLS = 20
ROWS = 3000

ALL_ROWS = """
SELECT (SELECT md5(string_agg(event::text, '|' ORDER BY event.id)) FROM events_conflictevent event),
       (SELECT md5(string_agg(sum::text, '|' ORDER BY sum.id)) FROM events_eventcount sum),
       (SELECT md5(string_agg(load::text, '|' ORDER BY load.id)) FROM sources_load load)
"""
WHAT_IS_CURRENT = """
SELECT (SELECT md5(string_agg(source_event_id || digest, '|' ORDER BY source_event_id))
        FROM events_conflictevent WHERE known_until IS NULL),
       (SELECT md5(string_agg(concat(month, commune_id, events, '-', fatalities), '|'
                              ORDER BY month, commune_id, event_type))
        FROM events_eventcount)
"""
END_THE_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, filled):
    """Give this test a copy of the filled database, in which nobody is, to write in for good."""
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        copy = f"{name}_kills"
        server = connection.get_connection_params() | {"dbname": "postgres"}
        server = {key: server[key] for key in ("dbname", "user", "password", "host", "port") if key in server}
        connection.close()
        with psycopg.connect(**server, autocommit=True) as maker:
            maker.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            maker.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{filled.name}"')
        connection.settings_dict["NAME"] = copy
        try:
            yield server | {"dbname": copy}
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            with psycopg.connect(**server, autocommit=True) as maker:
                maker.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def a_file(path, *, fatalities):
    """Write 3000 events of fifty days; another number of deaths makes each of them another version."""
    rows = (
        acled(
            f"MLI{number}",
            event_date=f"2020-{1 + number % 5:02}-{1 + number % 10:02}",
            longitude=str(-4.9 + number % 290 / 100),
            fatalities=str(fatalities),
        )
        for number in range(ROWS)
    )
    return written(path, rows)


def load(path):
    return loading.load_file(path, source_of(path), reader="acled")


def killed_while_loading(path, seconds, own_database, *, by_the_database):
    """Load in a process of its own; after these seconds end it, or its session in the database."""
    with killable.at_work(load, path) as process:
        time.sleep(seconds)
        if by_the_database:
            with psycopg.connect(**own_database, autocommit=True) as ender:
                ender.execute(END_THE_OTHERS)
        else:
            process.kill()
    assert process.exitcode in (0, 1 if by_the_database else -signal.SIGKILL)
    # Whoever loads next waits for the dead one's transaction to be undone.
    asked("SELECT pg_advisory_xact_lock(hashtext('events'))")


def test_twenty_kills_lose_nothing_and_a_repeat_finishes(own_database, tmp_path):
    small_country.make()
    small_country.happened()
    files = [a_file(tmp_path / f"acled_{deaths}.csv", fatalities=deaths) for deaths in (0, 1)]
    current = {}
    for path in (*files, files[0]):
        began = time.monotonic()
        load(path)
        took = time.monotonic() - began
        current[path] = asked(WHAT_IS_CURRENT)
    loaded, wanted = files
    with killable.at_work(load, wanted) as process:
        pass
    assert (process.exitcode, asked(WHAT_IS_CURRENT)) == (0, current[wanted]), "it loads when it is let be"
    loaded, wanted = wanted, loaded
    chance, undone = random.Random(5), 0
    for kill in range(KILLS):
        before = asked(ALL_ROWS)
        killed_while_loading(
            wanted, chance.uniform(0, 1.1) * took, own_database, by_the_database=kill % 2 == 1
        )
        if asked(WHAT_IS_CURRENT) == current[wanted]:
            loaded, wanted = wanted, loaded
        else:
            assert asked(ALL_ROWS) == before
            undone += 1
    assert undone > KILLS / 4
    difference = load(wanted)
    assert (difference.changed, difference.refused) == (ROWS, 0)
    assert asked(WHAT_IS_CURRENT) == current[wanted]
    assert Load.objects.in_use().filter(kind="events").count() == 1
