"""/health/: whether database, worker and data are well. Nothing secret."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from procrastinate.contrib.django.models import ProcrastinateWorker

from apps.boundaries.models import Area, Edition
from apps.sources.models import Load

WORKER_SILENT_AFTER = timedelta(seconds=60)
"""A worker reports every 10 seconds: after a minute it is taken for dead."""


@never_cache
def health(request):
    """Answer 200 when the site can serve figures, 503 otherwise, and say which part is ill."""
    try:
        parts = {"database": _database(), "worker": _worker(), "data": _data()}
    except DatabaseError:
        parts = {"database": {"well": False}}
    well = parts["database"]["well"] and parts.get("data", {}).get("well", False)
    return JsonResponse({"well": well, **parts}, status=200 if well else 503)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT postgis_lib_version()")
        return {"well": True, "postgis": cursor.fetchone()[0]}


def _worker():
    latest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    alive = latest is not None and timezone.now() - latest.last_heartbeat < WORKER_SILENT_AFTER
    return {"well": alive, "last_heartbeat": latest.last_heartbeat if latest else None}


def _data():
    edition = Edition.objects.filter(is_active=True).first()
    cercles = Area.objects.cercles().count()
    return {
        "well": edition is not None and cercles > 0,
        "edition": edition.name if edition else None,
        "approximate": edition.is_approximate if edition else None,
        "cercles": cercles,
        "simulated_events": Load.objects.in_use().filter(is_simulated=True).exists(),
        "last_load": Load.objects.values_list("loaded_at", flat=True).first(),
    }
