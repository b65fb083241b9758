"""A site that shows how answers are sent: files, a page, a large page, whole and in pieces."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from apps.exports.sending import sent_file

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = ["apps.config.requests.CompressedBodies"]

FOLDER = Path(settings.EXPORTS_DIR)


def file(request, name):
    """The tag of a file is its name: the same name is the same file."""
    answer = sent_file(
        request,
        FOLDER / name,
        content_type="application/octet-stream",
        file_name=name,
        etag=name,
        modified=datetime(2026, 11, 20, tzinfo=UTC),
        is_public=True,
    )
    answer["Process"] = os.getpid()
    return answer


def page(request):
    return HttpResponse("page", headers={"Process": os.getpid()})


def large(request):
    return HttpResponse((FOLDER / "whole").read_bytes(), content_type="application/octet-stream")


def streamed(request):
    whole = (FOLDER / "whole").read_bytes()
    return StreamingHttpResponse(whole[at : at + 100_000] for at in range(0, len(whole), 100_000))


urlpatterns = [
    path("file/<name>", file),
    path("page", page),
    path("large", large),
    path("streamed", streamed),
]
application = get_wsgi_application()
