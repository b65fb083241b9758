"""A run from its question to its answer. Light: pages call it; what computes is named, not imported."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.runs.canonical import canonical, digest
from apps.runs.models import Run
from apps.runs.queries import end_statements, session_name

State = Run.State

TASK = "runs.answer"

LOST_AFTER = timedelta(minutes=1)
"""A worker says every ten seconds that it lives."""

MOST_ATTEMPTS = 3


class RunFailed(Exception):
    """A question cannot be answered; the message says why and the way out, for who asked."""


class RunStopped(Exception):
    """Somebody stopped the run while it was computed."""


@transaction.atomic
def begin(kind, question, *, name, author=None, forked_from=None, is_public=False, inputs=""):
    """Keep a question under a name and have the worker answer it; return the run."""
    run = _keep(kind, question, name, author, forked_from, is_public, inputs)
    _queue(run)
    return run


def run_now(kind, question, *, name, author=None, is_public=False, step=lambda done, total: None):
    """Keep a question and answer it here and now: for commands. Return the run; raises RunFailed."""
    run = _keep(kind, question, name, author, None, is_public)
    answer(run.pk, step=step)
    run.refresh_from_db()
    if run.state == State.FAILED:
        raise RunFailed(run.message)
    return run


@transaction.atomic
def keep_answered(kind, question, told, *, name, author=None, forked_from=None):
    """Keep a question with the answer that was given to it (apps.runs.answers.Answer); return the run."""
    run = _keep(kind, question, name, author, forked_from, is_public=False)
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING, total=0)
    _done(run.pk, told)
    run.refresh_from_db()
    return run


def _keep(kind, question, name, author, forked_from, is_public, inputs=""):
    if kind not in settings.RUN_KINDS:
        raise ValueError(f"{kind} is no kind of run: expected one of {', '.join(settings.RUN_KINDS)}")
    return Run.objects.create(
        kind=kind,
        question=canonical(question),
        name=name,
        author=author,
        forked_from=forked_from,
        is_public=is_public,
        inputs=inputs,
    )


def answer(run_id, *, step=lambda done, total: None):
    """Answer a run that waits; nothing happens to one that is done. Heavy: for the worker and commands."""
    begun = Run.objects.filter(pk=run_id, state__in=(State.WAITING, State.RUNNING)).update(
        state=State.RUNNING, message=""
    )
    if not begun:
        return
    run = Run.objects.get(pk=run_id)
    compute = import_string(settings.RUN_KINDS[run.kind])

    asks = {"run": run} if run.kind in settings.RUN_KINDS_OF_A_READER else {}

    def tell(done, total):
        if not Run.objects.filter(pk=run_id, state=State.RUNNING).update(done=done, total=total):
            raise RunStopped(run.name)
        step(done, total)

    try:
        told = compute(run.question, step=tell, **asks)
    except RunStopped:
        return
    except RunFailed as failure:
        _failed(run_id, str(failure))
        return
    except Exception:
        _failed(run_id, "")
        raise
    _done(run_id, told)


def _failed(run_id, message):
    Run.objects.filter(pk=run_id, state=State.RUNNING).update(state=State.FAILED, message=message[:500])


def _done(run_id, told):
    """Write an answer once: a run that is done is never written again."""
    text = canonical(told.answer)
    Run.objects.filter(pk=run_id, state=State.RUNNING).update(
        state=State.DONE,
        answer=text,
        hash=digest(text),
        inputs=told.inputs,
        edition=told.edition,
        events_until=told.events_until,
        known_at=told.known_at,
        access=told.access,
        is_simulated=told.is_simulated,
        done=F("total"),
    )


def cancel(run):
    """
    Stop a run that waits or is computed; return whether it was still to be stopped.

    It has failed then, and says that somebody stopped it. The statement it waits for in the database is
    ended; a computation ends at the next step it tells.
    """
    stopped = (
        Run.objects.under_way()
        .filter(pk=run.pk)
        .update(state=State.FAILED, message=_("Arrêtée à la demande d’une personne avant la fin du calcul."))
    )
    if stopped and run.job_id:
        app.job_manager.cancel_job_by_id(run.job_id)
    end_statements(session_name(run.pk))
    return bool(stopped)


def resume_cut_short(now):
    """
    Queue again each run whose worker is dead; return how many were found.

    A job is in hands while it waits, or while its worker has been heard of within `LOST_AFTER`. A run that
    ends the worker each time is not begun for ever.
    """
    jobs = Run.objects.under_way().filter(job_id__isnull=False).values("job_id")
    held = in_hands(jobs, now)
    cut = Run.objects.under_way().filter(job_id__isnull=False).exclude(job_id__in=held).without_texts()
    for run in cut:
        attempts = ProcrastinateJob.objects.filter(task_name=TASK, args__run_id=str(run.pk)).count()
        if attempts >= MOST_ATTEMPTS:
            Run.objects.under_way().filter(pk=run.pk).update(state=State.FAILED, message="")
        else:
            _queue(run)
    return len(cut)


def in_hands(jobs, now):
    """Return the ids of those of these jobs that wait for a worker or are held by one that lives."""
    heard_of = Q(status="doing", worker__last_heartbeat__gte=now - LOST_AFTER)
    return ProcrastinateJob.objects.filter(Q(status="todo") | heard_of, pk__in=jobs).values("pk")


def _queue(run):
    job = app.configure_task(TASK, queue="runs").defer(run_id=str(run.pk))
    Run.objects.filter(pk=run.pk).update(job_id=job)


def publish(run, *, is_public):
    """Open a run to everybody who has its address, or close it again."""
    Run.objects.filter(pk=run.pk).update(is_public=is_public)
