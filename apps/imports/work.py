"""
The work on an import: looking into its file, trying it, applying it. Heavy: for the worker and commands.

Trying writes a difference and nothing else. Applying reads the file again, in one transaction: when what is
loaded has changed since the trial, nothing is written and the new difference is shown.
"""

from django.db import transaction
from django.utils import timezone

from apps.imports.kinds import adapter_of
from apps.imports.models import Import, StagedRow
from apps.imports.queries import one_at_a_time
from apps.imports.reading import are_swapped, columns_of, give_back, seen_in
from apps.imports.services import CHANGED_SINCE, NOTHING_NEW, WOULD_REMOVE
from apps.sources import services as sources
from apps.sources.models import Load

State = Import.State

BATCH = 2000


def look(import_, *, step):
    """Write down what the file holds and how its columns match those of its kind."""
    found = seen_in(import_)
    import_.found, import_.sheet = found, found["sheet"]
    import_.mapping = import_.mapping or columns_of(import_)
    found["swapped"] = are_swapped(import_)
    _end(
        import_,
        state=State.RECEIVED,
        found=found,
        sheet=found["sheet"],
        mapping=import_.mapping,
        options=found["saved_options"] | import_.options,
        message="",
    )


def try_(import_, *, step, message=""):
    """Write down what the file would change; `step(done)` is called row by row and may raise Cancelled."""
    adapter = adapter_of(import_)
    difference = adapter.compare(step)
    give_back(import_, difference)
    _show(import_, adapter, difference, message=message)


@transaction.atomic
def _show(import_, adapter, difference, *, message):
    StagedRow.objects.filter(of_import=import_).delete()
    StagedRow.objects.bulk_create((_staged(import_, item) for item in difference.shown), batch_size=BATCH)
    adapter.save_questions()
    _end(
        import_,
        state=State.TRIED,
        counts=difference.counts | {WOULD_REMOVE: adapter.removes(difference)},
        digest=difference.digest,
        done=difference.counts.get("read", 0),
        message=message,
    )


def _staged(import_, item):
    return StagedRow(
        of_import=import_,
        row=item.line,
        action=item.action,
        key=item.key[:200],
        values=item.values,
        former=item.former,
        field=item.field[:100],
        told=item.told[:300],
        reason=item.reason[:500],
        remedy=item.remedy[:500],
    )


def apply(import_, *, step):
    """
    Write the difference that was shown, in one transaction; return the load, None when nothing was written.

    Nothing is written when the difference is another by now: the new one is shown instead.
    """
    try:
        with transaction.atomic():
            one_at_a_time(import_.kind)
            return _applied(import_, step)
    except _ChangedSince:
        try_(import_, step=step, message=CHANGED_SINCE)
        return None


class _ChangedSince(Exception):
    """What would be written is not what was shown: undone, and tried anew."""


def _applied(import_, step):
    adapter = adapter_of(import_)
    difference = adapter.compare_again(step)
    if difference.digest != import_.digest:
        raise _ChangedSince
    if not adapter.writes(difference):
        load = Load.objects.filter(sha256=import_.sha256, kind=adapter.load_kind).first()
        if load:
            sources.note_checked(load)
        _end(import_, state=State.APPLIED, load=load, message=NOTHING_NEW)
        return load
    load = adapter.write(difference)
    _end(import_, state=State.APPLIED, load=load, message="")
    return load


def _end(import_, **values):
    """Say where the import is now. The last word of a transaction: the side line writes on the same row."""
    Import.objects.filter(pk=import_.pk).update(changed_at=timezone.now(), is_cancel_asked=False, **values)
    import_.refresh_from_db()
