"""A file from asking to fetching. Light: pages call it; what writes is named, not imported."""

import gzip
import hashlib
import os
import shutil
from datetime import timedelta
from errno import EDQUOT, ENOSPC

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.accounts.access import may_see
from apps.catalogue.loads import readable_as
from apps.exports.models import Export
from apps.runs.services import in_hands
from layers.catalogue import LAYERS

State = Export.State

TASK = "exports.make"
MOST_ATTEMPTS = 3
CHUNK = 1 << 20

TEXTS = ("application/geo+json", "text/", "application/vnd.google-earth.kml+xml")
"""How types begin whose files are kept compressed too: on a slow line they come in a fifth of the time."""

MOST_WAITING = 3
"""Files that one account may have under way at once."""
MOST_WAITING_OF_ALL = 40
"""Files under way for all together: a queue longer than that is no answer."""

FORGOTTEN_AFTER = timedelta(days=1)
"""How long it is told that a file could not be made."""
ORPHANED_AFTER = timedelta(hours=1)
"""From what age a file that no row tells of is removed: none takes so long to be told of."""


class ExportFailed(Exception):
    """A file cannot be made; the message says why and the way out, for who asked."""


class ExportStopped(Exception):
    """The file is no longer wanted, or somebody else is making it."""


class TooManyWaiting(Exception):
    """The reader, or all together, wait for as many files as may be made at a time."""


def found(key):
    """Return the file of this key that is made or under way; None where nobody asked for it yet."""
    export = Export.objects.living().filter(key=key).first()
    if export and export.state == State.DONE and not export.path.is_file():
        # A folder emptied by hand: it is made again.
        export.delete()
        return None
    return export


def may_fetch(user, export):
    """Return whether `user` may have a file: as closed as when it was made, and as its layers are now."""
    return may_see(user, export.access) and all(
        may_see(user, readable_as(LAYERS[name])[1]) for name in export.layers
    )


def begin(order, *, user):
    """
    Have the worker make the file of an order, unless it is there or under way; return it.

    Raises TooManyWaiting.
    """
    if existing := found(order.key):
        return existing
    _refuse_too_many(user)
    with transaction.atomic():
        export, is_new = Export.objects.living().get_or_create(key=order.key, defaults=order.row(user))
        if is_new:
            _queue(export)
    return export


def make_now(order, *, user):
    """Return the file of an order, made here and now if it was not there. Raises ExportFailed."""
    if existing := found(order.key):
        return existing
    export = Export(key=order.key, **order.row(user))
    try:
        _made(export, lambda done, total: None)
        kept, is_ours = _kept(export)
    except BaseException:
        _unlink(export)
        raise
    if not is_ours:
        _unlink(export)
    return kept


@transaction.atomic
def _kept(export):
    """Keep the row of a file that is made; return it, or another's that was made meanwhile, and whose."""
    values = {
        field.attname: getattr(export, field.attname)
        for field in Export._meta.concrete_fields
        if field.attname not in ("key", "created")
    }
    return Export.objects.living().get_or_create(key=export.key, defaults=values)


def _refuse_too_many(user):
    waiting = Export.objects.under_way()
    if waiting.count() >= MOST_WAITING_OF_ALL:
        raise TooManyWaiting
    if user.is_authenticated and waiting.filter(asked_by=user.pk).count() >= MOST_WAITING:
        raise TooManyWaiting


def make(export_id, *, step=lambda done, total: None):
    """Make a file that waits; nothing happens to one that does not. Heavy: for the worker and commands."""
    begun = Export.objects.filter(pk=export_id, state__in=(State.WAITING, State.RUNNING)).update(
        state=State.RUNNING, message="", done=0, total=None
    )
    if not begun:
        return
    export = Export.objects.get(pk=export_id)

    def tell(done, total):
        if not Export.objects.filter(pk=export_id, state=State.RUNNING).update(done=done, total=total):
            raise ExportStopped(export.file_name)
        step(done, total)

    try:
        _made(export, tell)
        _finished(export)
    except ExportStopped:
        return
    except ExportFailed as failure:
        _failed(export, str(failure))
    except BaseException as error:
        _unlink(export)
        if not isinstance(error, DatabaseError):
            # Without a database nothing can be told: the row says "under way" until a worker begins it again.
            _failed(export, "")
        raise


def _made(export, step):
    """Write the file into its place, whole or not at all, and tell `export` what came of it; save nothing."""
    write = import_string(settings.EXPORT_KINDS[export.kind])
    try:
        settings.EXPORTS_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.rmtree(export.workplace, ignore_errors=True)
        export.workplace.mkdir(mode=0o700)
        with override(export.language):
            written, export.about = write(export.asked, export.workplace, step=step)
        export.bytes, export.sha256 = _sealed(written)
        if export.content_type.startswith(TEXTS):
            os.replace(_compressed(written), export.compressed)
        os.replace(written, export.path)
    except OSError as error:
        raise ExportFailed(_no_room() if error.errno in (ENOSPC, EDQUOT) else _not_written()) from error
    finally:
        shutil.rmtree(export.workplace, ignore_errors=True)
    export.state, export.made_at = State.DONE, timezone.now()
    export.expires = export.made_at + timedelta(days=settings.EXPORT_DAYS)


def _sealed(path):
    """Return size and SHA-256 of a file, once the disk has it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        os.fsync(file.fileno())
        return file.tell(), digest.hexdigest()


def _compressed(path):
    """Write a file beside itself compressed by gzip, the same bytes each time; return its path."""
    target = path.with_name(f"{path.name}.gz")
    with path.open("rb") as source, target.open("wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as packed:
            shutil.copyfileobj(source, packed, CHUNK)
        file.flush()
        os.fsync(file.fileno())
    return target


def _no_room():
    return _("Le disque du serveur est plein : ce fichier n’a pas pu être écrit. Réessayez plus tard.")


def _not_written():
    return _("Le serveur n’a pas pu écrire ce fichier. Réessayez plus tard.")


def _finished(export):
    """Say that the file is there; if nobody wants it any more, remove it."""
    told = ("state", "made_at", "expires", "bytes", "sha256", "about")
    row = Export.objects.filter(pk=export.pk, state=State.RUNNING)
    if not row.update(**{name: getattr(export, name) for name in told}):
        _unlink(export)


def _failed(export, message):
    Export.objects.filter(pk=export.pk, state=State.RUNNING).update(state=State.FAILED, message=message[:500])


def cancel(export):
    """Give up a file that is under way; return whether it still was."""
    stopped = (
        Export.objects.under_way()
        .filter(pk=export.pk)
        .update(state=State.FAILED, message=_("Abandonné à la demande d’une personne."))
    )
    if stopped and export.job_id:
        app.job_manager.cancel_job_by_id(export.job_id)
    return bool(stopped)


def resume_cut_short(now):
    """Queue again each file whose worker is dead; return how many were found."""
    jobs = Export.objects.under_way().filter(job_id__isnull=False).values("job_id")
    cut = Export.objects.under_way().filter(job_id__isnull=False).exclude(job_id__in=in_hands(jobs, now))
    for export in cut:
        attempts = ProcrastinateJob.objects.filter(task_name=TASK, args__export_id=str(export.pk)).count()
        if attempts >= MOST_ATTEMPTS:
            Export.objects.under_way().filter(pk=export.pk).update(state=State.FAILED, message="")
        else:
            _queue(export)
    return len(cut)


def _queue(export):
    job = app.configure_task(TASK, queue="exports").defer(export_id=str(export.pk))
    Export.objects.filter(pk=export.pk).update(job_id=job)


def sweep(now):
    """Remove files whose time is over, the oldest past the room there is, and what no row tells of."""
    removed = _remove(Export.objects.made().expired(now))
    removed += _remove(_beyond_room())
    Export.objects.filter(state=State.FAILED, created__lte=now - FORGOTTEN_AFTER).delete()
    return removed + _remove_orphans(now)


def _beyond_room():
    """Return the oldest files that do not fit into EXPORTS_MOST_BYTES beside the newer ones."""
    room, beyond = settings.EXPORTS_MOST_BYTES, []
    for export in Export.objects.made().order_by("-made_at"):
        room -= export.bytes
        if room < 0:
            beyond.append(export)
    return beyond


def _remove(exports):
    count = 0
    for export in exports:
        # The row first: a file that no row tells of is removed later, a row without its file misleads.
        Export.objects.filter(pk=export.pk).delete()
        _unlink(export)
        count += 1
    return count


def _unlink(export):
    for path in (export.path, export.compressed):
        path.unlink(missing_ok=True)


def _remove_orphans(now):
    """Remove files and workplaces of which no row tells and that are no longer written to."""
    if not settings.EXPORTS_DIR.is_dir():
        return 0
    told = {str(pk) for pk in Export.objects.living().values_list("pk", flat=True)}
    removed = 0
    for path in settings.EXPORTS_DIR.iterdir():
        age = now.timestamp() - path.stat().st_mtime
        if path.name.partition(".")[0] not in told and age > ORPHANED_AFTER.total_seconds():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            removed += 1
    return removed
