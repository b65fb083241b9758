"""How gunicorn serves the site. It reads this itself: `gunicorn -c python:apps.config.gunicorn`."""

import gc

from django.urls import get_resolver
from django.utils import translation

from apps.config import settings

wsgi_app = "apps.config.wsgi"
worker_class = "apps.config.web_worker.WebWorker"
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
# Read into memory once: what processes share is counted once.
preload_app = True
# Downloads that are under way then are cut; they are resumed where they were.
graceful_timeout = 10
keepalive = 5
# Nobody asks it; it would be a thread beside the copying of the process.
control_socket_disable = True


def when_ready(server):
    """Load what the first requests would load in each process, and keep its pages from being copied."""
    get_resolver().url_patterns  # noqa: B018  imports every view
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    gc.collect()
    gc.freeze()
