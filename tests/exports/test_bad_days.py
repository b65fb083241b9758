"""The disk is full, a worker is killed, the database goes away: what is told, and what is left behind."""

import contextlib
import hashlib
import signal
import subprocess
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.exports import services
from apps.exports.formats import FORMATS
from apps.exports.models import Export
from apps.exports.orders import order_of
from apps.exports.selection import selected
from layers.catalogue import LAYERS
from tests import killable

LAYER = LAYERS["events"]
WAYS_OF_WRITING = ("geojson", "csv", "gpkg", "parquet", "shp", "xlsx")
"""As text, as a table, by GDAL, by Arrow, many files in one."""

END_THE_OTHERS = """
SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def begun(format_):
    """Have a file of all events made later: half a megabyte and more."""
    selection, access = selected(AnonymousUser(), LAYER, FORMATS[format_], QueryDict(), language="fr")
    return services.begin(order_of(selection, access), user=AnonymousUser())


@pytest.fixture
def small_disk(exports_dir):
    """Have the files lie on a disk of 60 kB."""
    exports_dir.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=60k", "none", str(exports_dir)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a disk")
    yield exports_dir
    subprocess.run(["umount", "--lazy", str(exports_dir)], check=True)


@pytest.mark.django_db
@pytest.mark.parametrize("format_", WAYS_OF_WRITING)
def test_a_full_disk_is_told_and_leaves_nothing_behind(small_disk, format_):
    export = begun(format_)
    services.make(export.pk)
    told = Export.objects.get(pk=export.pk)
    assert (told.state, "disque du serveur est plein" in told.message) == ("failed", True)
    assert list(small_disk.iterdir()) == []


@pytest.mark.django_db
def test_who_waits_for_a_small_file_is_told_of_a_full_disk(small_disk, client):
    (small_disk / "another").write_bytes(bytes(56_000))
    answer = client.get("/telecharger/cercles.geojson")
    assert answer.status_code == 503
    assert "disque du serveur est plein" in answer.content.decode()
    assert [path.name for path in small_disk.iterdir()] == ["another"]


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Let a test write for good, as a worker does; what it wrote goes afterwards."""
    with django_db_blocker.unblock():
        yield
        Export.objects.all().delete()
        ProcrastinateJob.objects.filter(task_name=services.TASK)._raw_delete("default")
        connection.close()


def make(export_id, folder, says, hears):
    """Do what a worker does; say when the first rows are written, and go on when told."""
    first = []

    def wait(done, total):
        if done and not first:
            first.append(done)
            says.send(done)
            hears.recv()

    with override_settings(EXPORTS_DIR=folder):
        services.make(export_id, step=wait)


def interrupted(export, folder, happens):
    """Make a file in a process of its own; something happens while it writes. Return how that ended."""
    hears, says = killable.pipe()
    waits, goes = killable.pipe()
    with hears, goes, killable.at_work(make, export.pk, folder, says, waits) as process:
        says.close()
        waits.close()
        assert hears.poll(killable.PATIENCE_SECONDS)
        assert (folder / f"{export.pk}.part").is_dir()
        happens(process)
        with contextlib.suppress(BrokenPipeError):  # it was killed
            goes.send("on")
    return process.exitcode


def killed(process):
    process.kill()


def without_database(process):
    with connection.cursor() as cursor:
        cursor.execute(END_THE_OTHERS)
        assert cursor.fetchone()[0] >= 1


def worker_is_gone(export):
    """Have the database hold of the job what it does when its worker died."""
    export.refresh_from_db()
    ProcrastinateJob.objects.filter(pk=export.job_id)._raw_delete("default")


@pytest.mark.parametrize("format_", ["csv", "gpkg"])
def test_what_a_killed_worker_left_half_written_is_written_anew(committed, exports_dir, format_):
    export = begun(format_)
    assert interrupted(export, exports_dir, killed) == -signal.SIGKILL
    assert not export.path.exists()
    worker_is_gone(export)
    assert services.resume_cut_short(timezone.now()) == 1
    services.make(export.pk)
    export.refresh_from_db()
    assert export.state == "done"
    assert hashlib.sha256(export.path.read_bytes()).hexdigest() == export.sha256
    assert list(exports_dir.glob("*.part")) == []


def test_what_a_killed_worker_left_is_removed_when_nobody_wants_it_any_more(committed, exports_dir):
    export = begun("csv")
    interrupted(export, exports_dir, killed)
    services.cancel(export)
    assert services.sweep(timezone.now()) == 0, "it may still be written to"
    assert services.sweep(timezone.now() + timedelta(hours=2)) == 1
    assert list(exports_dir.iterdir()) == []


@pytest.mark.parametrize("format_", ["csv", "gpkg"])
def test_a_worker_whose_database_goes_away_leaves_nothing_and_the_file_is_made_later(
    committed, exports_dir, format_
):
    export = begun(format_)
    assert interrupted(export, exports_dir, without_database) == 1
    assert list(exports_dir.iterdir()) == []
    worker_is_gone(export)
    assert export.is_under_way, "nothing could be told without a database"
    assert services.resume_cut_short(timezone.now()) == 1
    services.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.path.stat().st_size) == ("done", export.bytes)
