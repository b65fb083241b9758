"""What the worker does for imports."""

from datetime import timedelta
from uuid import UUID

from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from apps.imports import services

RUN = "apps.imports.jobs.run"
"""Named, not imported: a web process knows the tasks too, and may not carry what reads files."""

DAYS_KEPT = 30
"""How long the bytes of a file stay after the last change of its import."""


@app.task(name="imports.run", queue="imports", pass_context=False)
def run_import(import_id):
    """Take an import from where it stands to its next stop."""
    # A worker lives long: the database may have been started anew since its last task.
    close_old_connections()
    import_string(RUN)(UUID(import_id))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_imports", queue="imports", pass_context=False)
def resume_imports(timestamp):
    """Begin again the imports whose worker died."""
    services.resume_cut_short()


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_uploads", queue="imports", pass_context=False)
def forget_uploads(timestamp):
    """Delete the bytes of old imports: what was loaded, refused and said stays."""
    services.forget_old_files(timezone.now() - timedelta(days=DAYS_KEPT))
