"""A question that the worker answers: as its author may be answered, within its own time, and stoppable."""

import json
import threading
import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from apps.accounts.access import may_cancel
from apps.accounts.models import User
from apps.analysis import runs
from apps.analysis.answering import answer
from apps.analysis.bounds import TooLarge, bounded, job_limits
from apps.runs import services
from apps.runs.models import Run
from apps.runs.services import RunFailed, run_now
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

BY_COMMUNE = {"steps": [{"what": {"layer": "events"}}], "by": ["commune"], "measure": {"kind": "count"}}
LISTED = {"steps": [{"what": {"layer": "events"}}]}


@pytest.fixture(scope="module", autouse=True)
def two_events(lasting):
    with lasting():
        small_country.make()
        small_country.happened(event(-4.5, 13.1), event(-4.5, 13.2), access="signed_in")


@pytest.fixture
def author(db):
    return User.objects.create_user("asks")


def begun(question, author):
    return services.begin(runs.KIND, question, name="Essai", author=author)


def answered(run):
    services.answer(run.pk)
    return Run.objects.get(pk=run.pk)


def test_the_worker_gives_the_answer_that_a_page_would(author):
    run = answered(begun(BY_COMMUNE, author))
    assert (run.state, run.done, run.total, run.access) == ("done", 1, 1, "signed_in")
    assert json.loads(run.answer)["rows"] == answer(BY_COMMUNE, author).rows


def test_the_worker_answers_as_the_author_may_be_answered_not_as_itself(author):
    assert len(json.loads(answered(begun(LISTED, author)).answer)["rows"]) == 2
    nobodys = answered(begun(LISTED, None))
    assert (nobodys.state, nobodys.answer) == ("failed", "")
    assert "ne se listent pas" in nobodys.message


def test_a_question_past_the_time_of_a_job_fails_and_says_how_to_narrow_it(author, settings):
    settings.QUESTION_JOB_SECONDS = 0.001
    with pytest.raises(RunFailed, match="Restreignez"):
        run_now(runs.KIND, BY_COMMUNE, name="Longue", author=author)


def test_a_run_that_waits_is_stopped_with_its_job(author):
    run = begun(BY_COMMUNE, author)
    run.refresh_from_db()
    assert services.cancel(run)
    assert not services.cancel(run)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [run.job_id])
        assert cursor.fetchone() == ("cancelled",)
    after = answered(run)
    assert (after.state, after.answer) == ("failed", "")
    assert "Arrêtée" in after.message


def test_a_run_that_is_done_cannot_be_stopped(author):
    run = answered(begun(BY_COMMUNE, author))
    assert not services.cancel(run)
    assert Run.objects.get(pk=run.pk).state == "done"


def test_a_computation_ends_at_the_next_step_it_tells(author):
    run, told = begun(BY_COMMUNE, author), []

    def stop(done, total):
        told.append((done, total))
        services.cancel(run)

    services.answer(run.pk, step=stop)
    assert told == [(0, 1)]
    assert Run.objects.get(pk=run.pk).state == "failed"


def test_the_statement_under_way_of_a_stopped_run_really_ends(author):
    run, ended = begun(BY_COMMUNE, author), []

    def work():
        try:
            with bounded(AnonymousUser(), limits=job_limits(run)), connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(60)")
        except TooLarge as error:
            ended.append(error)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    began = time.monotonic()
    worker.start()
    while not _is_asleep(run):
        assert time.monotonic() - began < 20
        time.sleep(0.02)
    services.cancel(run)
    worker.join(20)
    assert len(ended) == 1
    assert time.monotonic() - began < 40


def _is_asleep(run):
    with connection.cursor() as cursor:
        # What a transaction saw of other sessions it goes on seeing.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND wait_event = 'PgSleep'",
            [f"maillage run {run.pk}"],
        )
        return cursor.fetchone()[0]


def test_who_asked_and_administrators_may_stop_a_run(author):
    run = begun(BY_COMMUNE, author)
    others = [AnonymousUser(), User.objects.create_user("other")]
    assert [may_cancel(user, run) for user in (author, *others)] == [True, False, False]
    assert may_cancel(User.objects.create_superuser("chief"), run)
