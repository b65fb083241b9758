"""Files made of a run for its readers. Light: pages ask for them; what draws and prints is named."""

import hashlib
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from apps.runs.canonical import canonical, digest
from apps.runs.models import RunFile
from apps.runs.services import RunFailed

State = RunFile.State

PRINTING = "apps.runs.printing"
"""Named, not imported: a web process may not carry it."""

PACKAGES = "libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0"
"""What printing needs of the system, as Debian and Ubuntu call it."""

LAYOUT = 1
"""Counted up when the files come to show something else: those made before are then made anew."""

PATIENCE = timedelta(minutes=10)
"""A file that is still not there this long after it was asked for was lost with its worker."""


def key_of(run):
    """Return what a file of this run shows beside the answer, as a hash: with another, it is out of date."""
    return digest(canonical([run.hash, run.name, settings.ADDRESS, LAYOUT]))


def of(run):
    """Return the files of a run that were asked for, by (kind, language); those out of date are left out."""
    found = RunFile.objects.filter(run=run, key=key_of(run)).without_bodies()
    return {(file.kind, file.language): file for file in found}


def is_under_way(file):
    """Return whether somebody is at it, as far as can be told."""
    return file.state in (State.WAITING, State.RUNNING) and timezone.now() - file.asked_at < PATIENCE


@transaction.atomic
def ask_for(run, kind, language):
    """Have the worker make a file of a run that is done, unless it is there or under way; return it."""
    key, now = key_of(run), timezone.now()
    asked = {"key": key, "state": State.WAITING, "asked_at": now, "message": "", "done": 0, "total": None}
    one = {"run": run, "kind": kind, "language": language}
    file, is_new = RunFile.objects.select_for_update().get_or_create(**one, defaults=asked)
    if not is_new:
        if file.key == key and (file.state == State.DONE or is_under_way(file)):
            return file
        RunFile.objects.filter(pk=file.pk).update(**asked, body=None, sha256="", made_at=None)
    app.configure_task("runs.make_file", queue="runs").defer(file_id=file.pk)
    return RunFile.objects.without_bodies().get(pk=file.pk)


def make(file_id):
    """Make a file that waits; nothing happens to one that does not. Heavy: for the worker."""
    if not RunFile.objects.filter(pk=file_id, state=State.WAITING).update(state=State.RUNNING):
        return
    file = RunFile.objects.select_related("run__author").get(pk=file_id)

    def step(done, total):
        RunFile.objects.filter(pk=file_id).update(done=done, total=total)

    try:
        with override(file.language):
            draw_up = import_string(settings.RUN_FILES[file.run.kind][file.kind])
            body = draw_up(file.run, _printing(), step=step)
    except RunFailed as failure:
        _failed(file, str(failure))
    except Exception:
        _failed(file, "")
        raise
    else:
        keep(file, body)


def _printing():
    try:
        return import_module(PRINTING)
    except OSError as error:
        raise RunFailed(
            _("Cette machine ne peut pas imprimer : il lui manque %(packages)s.") % {"packages": PACKAGES}
        ) from error


def _under(file):
    """Return the file as long as nobody has asked for it anew since."""
    return RunFile.objects.filter(pk=file.pk, key=file.key, state=State.RUNNING)


def _failed(file, message):
    _under(file).update(state=State.FAILED, message=message[:500])


def keep(file, body):
    """Keep what was made of a file that is being made."""
    _under(file).update(
        state=State.DONE, body=body, sha256=hashlib.sha256(body).hexdigest(), made_at=timezone.now()
    )
