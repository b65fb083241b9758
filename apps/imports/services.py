"""
An import, step by step: received, looked into, its columns corrected, tried, applied or left.

Light: pages call it. What reads a file is done by the worker (`work`), one step at a time (`jobs`).
"""

from django.db import transaction
from procrastinate.contrib.django import app

from apps.imports import uploads
from apps.imports.differences import Action
from apps.imports.models import Import, SavedMapping
from apps.imports.queries import UNDER_WAY, is_held

State = Import.State

MOST_ATTEMPTS = 3
"""A file that ends the worker each time is not begun for ever."""

CHANGED_SINCE, NOTHING_NEW, CUT_SHORT = "changed_since", "nothing_new", "cut_short"
"""What `message` may hold beside words of a reader: said in the language of who reads."""

ELSEWHERE, NO_BYTES = "elsewhere", "no_bytes"
WOULD_REMOVE, ALL_OR_NOTHING = "would_remove", "all_or_nothing"
"""Why a step cannot be taken."""


class WrongStep(Exception):
    """The import is not where this step can be taken; `code` says which of them."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


# --- In ---------------------------------------------------------------------------------------------


def receive(chunks, file_name, *, kind, by, access, **about):
    """
    Keep a file and have the worker look into it; return its import.

    `about` may tell publisher, licence, url, as_of, edition, sheet, mapping and options. Raises
    uploads.TooLarge.
    """
    import_ = Import(kind=kind, access=access, made_by=by, file_name=file_name[:300], **about)
    kept = uploads.keep(chunks, import_.pk, file_name)
    import_.sha256, import_.size = kept.sha256, kept.size
    import_.state = State.LOOKING
    with transaction.atomic():
        import_.save(force_insert=True)
        queue(import_)
    return import_


def choose_sheet(import_, sheet):
    """Have the worker look into another sheet of the file: its columns are matched anew."""
    _require(import_, *OPEN)
    Import.objects.filter(pk=import_.pk).update(sheet=sheet, mapping={}, digest="", counts={})
    _begin(import_, State.LOOKING)


def choose_columns(import_, mapping, *, options=None):
    """Take these columns, header by field of ours, and these options; the difference shown before is void."""
    _require(import_, *OPEN)
    import_.mapping = {field: header for field, header in mapping.items() if header}
    import_.options = {**import_.options, **(options or {})}
    import_.state, import_.digest, import_.counts, import_.message = State.RECEIVED, "", {}, ""
    import_.save()


def choose_options(import_, **options):
    """Take these options; the difference that was shown stays."""
    import_.options = {**import_.options, **options}
    import_.save(update_fields=["options", "changed_at"])


def remember_columns(import_, *, by):
    """Keep the columns of this import for the next files of its publisher; return whether one is told."""
    if not import_.publisher:
        return False
    SavedMapping.objects.update_or_create(
        kind=import_.kind,
        publisher=import_.publisher,
        defaults={"mapping": import_.mapping, "options": _lasting(import_.options), "saved_by": by},
    )
    return True


def _lasting(options):
    """Return the options that hold for the next file too: to replace all is decided each time."""
    return {name: value for name, value in options.items() if name != "whole"}


# --- Under way ----------------------------------------------------------------------------------------

OPEN = (State.RECEIVED, State.TRIED, State.CANCELLED, State.FAILED, State.APPLIED)
"""Where an import may be tried again: nothing is under way, and its bytes are there."""


def begin_trial(import_):
    """Have the worker try this import."""
    _require(import_, *OPEN)
    _begin(import_, State.TRYING)


def begin_applying(import_):
    """Have the worker write the difference that was shown."""
    _require(import_, State.TRIED)
    if import_.counts.get(WOULD_REMOVE) and not import_.options.get("whole"):
        raise WrongStep(WOULD_REMOVE)
    if import_.counts.get(ALL_OR_NOTHING):
        raise WrongStep(ALL_OR_NOTHING)
    _begin(import_, State.APPLYING)


def _require(import_, *states):
    if import_.state not in states:
        raise WrongStep(ELSEWHERE)
    if not uploads.path_of(import_).is_file():
        raise WrongStep(NO_BYTES)


@transaction.atomic
def _begin(import_, state):
    moved = Import.objects.filter(pk=import_.pk, state=import_.state).update(
        state=state, done=0, total=import_.counts.get("read"), message="", is_cancel_asked=False, attempts=0
    )
    if not moved:
        raise WrongStep(ELSEWHERE)
    queue(import_)
    import_.refresh_from_db()


def queue(import_):
    """Give the import to the worker."""
    job = app.configure_task("imports.run", queue="imports").defer(import_id=str(import_.pk))
    Import.objects.filter(pk=import_.pk).update(job_id=job)


def ask_to_cancel(import_):
    """Ask to stop what is under way: nothing of it stays."""
    waiting = Import.objects.under_way().filter(pk=import_.pk)
    waiting.update(is_cancel_asked=True)
    if not is_held(import_.pk):
        # Nobody has begun it, or whoever had it is dead.
        waiting.update(state=State.CANCELLED, is_cancel_asked=False)
    import_.refresh_from_db()


def resume_cut_short():
    """Queue again each import whose worker is dead; return how many were found."""
    cut = [each for each in Import.objects.under_way() if not _is_in_hands(each)]
    for import_ in cut:
        if import_.attempts >= MOST_ATTEMPTS:
            Import.objects.filter(pk=import_.pk).update(state=State.FAILED, message=CUT_SHORT)
        else:
            queue(import_)
    return len(cut)


def _is_in_hands(import_):
    """Return whether the import waits in the queue, or a living process works on it."""
    is_queued = import_.job_id and app.job_manager.get_job_status(import_.job_id).value == "todo"
    return bool(is_queued) or is_held(import_.pk)


def forget_old_files(before):
    """Delete the bytes of imports that nothing has changed since this instant; return how many."""
    old = Import.objects.exclude(state__in=UNDER_WAY).filter(changed_at__lt=before)
    folders = [each for each in old if uploads.folder_of(each.pk).exists()]
    for import_ in folders:
        uploads.forget(import_.pk)
    return len(folders)


# --- Asked -------------------------------------------------------------------------------------------


def waiting_places(import_):
    """Return how many places of this import nobody has decided yet."""
    return import_.place_questions.filter(decided_at__isnull=True).count()


def counts_of(import_):
    """Return the number of rows of each action, 0 where none."""
    return {action: import_.counts.get(action, 0) for action in Action}
