"""An import run from where it stands to its next stop: in the worker, or before who typed the command."""

import re

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import F

from apps.imports import uploads, work
from apps.imports.differences import NotImportable
from apps.imports.models import Import
from apps.imports.queries import Cancelled, SideLine
from apps.imports.services import CUT_SHORT
from layers.readers.problems import UnreadableFile

State = Import.State

WORK = {State.LOOKING: work.look, State.TRYING: work.try_, State.APPLYING: work.apply}

log = structlog.get_logger()


def run(import_id, *, on_step=None):
    """
    Do what the import waits for; return it as it is then. Nothing happens when another process is at it.

    A process or a database that dies leaves the import where it stood: `resume_cut_short` finds it.
    """
    with SideLine(import_id) as line:
        import_ = Import.objects.get(pk=import_id)
        if import_.state in WORK and line.hold():
            _begun(import_)
            _run(import_, _steps(line, on_step))
    return Import.objects.get(pk=import_id)


def _steps(line, on_step):
    def step(done, total=None):
        line.step(done, total)
        if on_step:
            on_step(done, total)

    return step


def _begun(import_):
    Import.objects.filter(pk=import_.pk).update(attempts=F("attempts") + 1)


def _run(import_, step):
    try:
        WORK[import_.state](import_, step=step)
    except Cancelled:
        _stopped(import_, State.CANCELLED)
    except (UnreadableFile, NotImportable) as error:
        _not_so(import_, error)
    except (OperationalError, InterfaceError):
        # The database went away, or an order of locks was broken: begun again, from the start.
        raise
    except Exception:
        log.exception("import failed", import_id=str(import_.pk))
        _stopped(import_, State.FAILED, CUT_SHORT)
        raise


def _not_so(import_, error):
    """Say why the file cannot go in: for good when it is no such file, else with what to correct."""
    # Where the bytes lie on this machine is nobody's business.
    said = re.sub(rf"{re.escape(str(uploads.folder_of(import_.pk)))}\S*", import_.file_name, str(error))
    if import_.state == State.LOOKING:
        uploads.forget(import_.pk)
        _stopped(import_, State.REFUSED, said)
    else:
        _stopped(import_, State.RECEIVED, said)


def _stopped(import_, state, message=""):
    Import.objects.filter(pk=import_.pk).update(state=state, message=message, is_cancel_asked=False)
