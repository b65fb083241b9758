"""What the worker does for runs."""

from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.runs import files, services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_runs", queue="runs", pass_context=False)
def resume_runs(timestamp):
    """Begin again the runs whose worker died."""
    services.resume_cut_short(timezone.now())


@app.task(name=services.TASK, queue="runs", pass_context=False)
def answer_run(run_id):
    """Answer a run that waits."""
    # A worker lives long: the database may have been started anew since its last task.
    close_old_connections()
    services.answer(UUID(run_id))


@app.task(name="runs.make_file", queue="runs", pass_context=False)
def make_file(file_id):
    """Make a file of a run that waits to be made."""
    close_old_connections()
    files.make(file_id)
