"""A worker killed in the middle of a load: the former rows are whole, and the load is begun again."""

import signal
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.imports import jobs, services
from apps.imports.models import Import
from apps.imports.queries import is_held
from apps.infrastructure.changes import changed
from apps.infrastructure.models import Institution
from apps.sources.models import Load
from tests import killable

REGISTER = "Éditeur de l’essai des arrêts"
ROWS = 40
HEADER = "identifiant,sorte,nom,longitude,latitude\n"
MOMENTS = [(1, 0.0), (ROWS, 0.0), (ROWS, 0.15)]
"""The row after which the worker dies, and how many seconds later: reading, then writing."""


def a_file(name):
    lines = (f"K{n},commissariat,{name} {n},{-4 + n / 100},14\n" for n in range(1, ROWS + 1))
    return (HEADER + "".join(lines)).encode()


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Let a test write for good, as a worker does; what it wrote goes afterwards."""
    with django_db_blocker.unblock():
        yield
        Institution.objects.filter(register=REGISTER).delete()
        Import.objects.filter(publisher=REGISTER).delete()
        Load.objects.filter(publisher=REGISTER).delete()
        ProcrastinateJob.objects.filter(task_name="imports.run")._raw_delete("default")
        changed()
        connection.close()


def ready(name):
    """Return the import of a file, tried, about to be applied."""
    import_ = services.receive(
        [a_file(name)], f"{name}.csv", kind="institutions", by=None, access="public", publisher=REGISTER
    )
    jobs.run(import_.pk)
    import_.refresh_from_db()
    services.begin_trial(import_)
    import_ = jobs.run(import_.pk)
    services.begin_applying(import_)
    return import_


def apply(import_id, uploads, row, says):
    """Do what a worker does, and say when this row was read."""
    with override_settings(UPLOADS_DIR=uploads):
        jobs.run(import_id, on_step=lambda done, total: done == row and says.send(row))


def killed_while_applying(import_, row, seconds):
    """Apply in a process of its own, and kill it `seconds` after it has read this row."""
    hears, says = killable.pipe()
    with hears, killable.at_work(apply, import_.pk, settings.UPLOADS_DIR, row, says) as process:
        says.close()
        assert hears.poll(killable.PATIENCE_SECONDS)
        assert hears.recv() == row
        time.sleep(seconds)
        process.kill()
    assert process.exitcode in (0, -signal.SIGKILL)


def names():
    return set(Institution.objects.filter(register=REGISTER).values_list("name", flat=True))


def test_a_killed_worker_leaves_the_former_rows_whole_and_the_load_is_begun_again(committed):
    import_ = ready("ancien")
    jobs.run(import_.pk)
    before = names()
    assert len(before) == ROWS
    import_ = ready("nouveau")
    for row, seconds in MOMENTS:
        killed_while_applying(import_, row, seconds)
        let_go(import_)
        if Import.objects.get(pk=import_.pk).state == "applied":
            break
        assert names() == before
        assert Load.objects.filter(publisher=REGISTER).count() == 1
        Import.objects.filter(pk=import_.pk).update(job_id=None, attempts=0)
        assert services.resume_cut_short() == 1
    done = jobs.run(import_.pk)
    assert done.state == "applied"
    assert names() == {f"nouveau {n}" for n in range(1, ROWS + 1)}
    assert Load.objects.filter(publisher=REGISTER).count() == 2


def let_go(import_):
    """Wait until the database has seen that the process is dead."""
    until = time.monotonic() + 10
    while is_held(import_.pk) and time.monotonic() < until:
        time.sleep(0.05)
