"""What every request goes through: its language, and its one line in the log."""

import time

import structlog
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from apps.accounts.access import may_import
from layers.imports.formats import LARGEST_BYTES

log = structlog.get_logger("maillage.request")

LANGUAGE_COOKIE_SECONDS = 365 * 86_400


class OneLineARequest:
    """Logs one structured line a request: what was asked, the answer, the time. No name, no address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            milliseconds=round(1000 * (time.perf_counter() - start), 1),
            bytes=None if response.streaming else len(response.content),
        )
        return response


class CompressedBodies(GZipMiddleware):
    """Compresses what has no ranges: those of a file count the bytes that lie on the disk."""

    def process_response(self, request, response):
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class FrenchFirst:
    """French, unless the reader chose English by `?lang=en`, kept in a cookie. Browsers are not asked."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.codes = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request):
        asked = request.GET.get("lang")
        chosen = asked if asked in self.codes else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in self.codes else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not request.path.startswith(("/api/", "/tiles/")):
            patch_vary_headers(response, ("Cookie",))
        # A file in another language changes nothing of the pages that its reader reads.
        if asked in self.codes and not request.path.startswith("/telecharger/"):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, language, max_age=LANGUAGE_COOKIE_SECONDS, samesite="Lax"
            )
        return response


class LargeBodiesFromDataKeepers:
    """
    Refuses a body too large by what it says of itself, before a byte of it is kept.

    A form is small. Only who may import sends a file, and none larger than `LARGEST_BYTES`.
    """

    FORM_BYTES = 3_000_000
    """What any form may weigh. Ours: the longest has a thousand fields of a hundred letters."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        told = request.META.get("CONTENT_LENGTH") or "0"
        size = int(told) if told.isdecimal() else 0
        if size <= self.FORM_BYTES:
            return self.get_response(request)
        limit = self.FORM_BYTES + (LARGEST_BYTES if may_import(request.user) else 0)
        if size <= limit:
            return self.get_response(request)
        return render(request, "413.html", {"size": size / 1e6, "limit": limit / 1e6}, status=413)
