"""What the worker does for releases."""

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from apps.releases import services


@app.task(name=services.TASK, queue="exports", pass_context=False)
def make_release(release_id):
    """Make a release that waits to be made."""
    # A worker lives long: the database may have been started anew since its last task.
    close_old_connections()
    services.make(release_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_releases", queue="exports", pass_context=False)
def resume_releases(timestamp):
    """Begin again a release whose worker died."""
    services.resume_cut_short(timezone.now())
