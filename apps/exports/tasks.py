"""What the worker does for files that readers asked for."""

from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.exports import services


@app.task(name=services.TASK, queue="exports", pass_context=False)
def make_export(export_id):
    """Make a file that waits to be made."""
    # A worker lives long: the database may have been started anew since its last task.
    close_old_connections()
    services.make(UUID(export_id))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_exports", queue="exports", pass_context=False)
def resume_exports(timestamp):
    """Begin again the files whose worker died."""
    services.resume_cut_short(timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="sweep_exports", queue="exports", pass_context=False)
def sweep_exports(timestamp):
    """Remove files whose time is over and what interrupted ones left."""
    services.sweep(timezone.now())
