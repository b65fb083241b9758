"""A run whose worker died is begun again, and not for ever."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.runs import services, tasks
from apps.runs.models import Run
from apps.targeting.questions import question

pytestmark = pytest.mark.django_db

ASKED = {
    "zones": [{"key": "all", "criteria": [{"key": "people", "indicator": "people", "weight": 1}]}],
    "rules": {"number": 1},
    "robustness": {"draws": 100},
}


@pytest.fixture
def run():
    return services.begin("targeting", question(ASKED), name="Essai")


def job_of(run):
    return Run.objects.get(pk=run.pk).job_id


def now_is(job, status, *, heard_of=None):
    """Say what became of a job, and when its worker was heard of last (None: it has no worker)."""
    with connection.cursor() as cursor:
        worker = None
        if heard_of:
            statement = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id"
            cursor.execute(statement, [heard_of])
            worker = cursor.fetchone()[0]
        statement = "UPDATE procrastinate_jobs SET status = %s, worker_id = %s WHERE id = %s"
        cursor.execute(statement, [status, worker, job])


def test_a_run_that_waits_or_is_worked_at_is_left_alone(run):
    now = timezone.now()
    assert services.resume_cut_short(now) == 0
    now_is(job_of(run), "doing", heard_of=now - timedelta(seconds=20))
    assert services.resume_cut_short(now) == 0


@pytest.mark.parametrize(
    ("status", "silent"), [("doing", timedelta(minutes=2)), ("doing", None), ("failed", None)]
)
def test_a_run_whose_worker_is_silent_or_whose_job_failed_is_queued_again(run, status, silent):
    now, before = timezone.now(), job_of(run)
    Run.objects.update(state="running")
    now_is(before, status, heard_of=silent and now - silent)
    tasks.resume_runs(0)
    assert job_of(run) != before
    services.answer(run.pk)
    assert Run.objects.get().state == "done"


def test_a_run_that_ends_its_worker_each_time_is_not_begun_for_ever(run):
    for _ in range(services.MOST_ATTEMPTS):
        now_is(job_of(run), "failed")
        services.resume_cut_short(timezone.now())
    assert Run.objects.get().state == "failed"
    assert services.resume_cut_short(timezone.now()) == 0


def test_a_run_that_is_done_is_left_alone(run):
    services.answer(run.pk)
    now_is(job_of(run), "failed")
    assert services.resume_cut_short(timezone.now()) == 0
