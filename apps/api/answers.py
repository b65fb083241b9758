"""Conditional, compressed answers: 304 where the reader has the body already."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from geo.vocabulary import AccessClass


def conditional(request, *, etag, changed_at, access, content_type, make_body):
    """
    Return the answer to a GET: 304 when the reader's copy is current, else the body in an encoding it takes.

    `make_body` is called only when a body is needed. Rows that need sign-in are never kept by proxies.
    """
    modified = int(changed_at.timestamp()) if changed_at else None
    answer = get_conditional_response(request, etag=etag, last_modified=modified)
    if answer is None:
        answer = _encoded(request, make_body(), content_type)
    answer["ETag"] = etag
    if modified:
        answer["Last-Modified"] = http_date(modified)
    answer["Cache-Control"] = "public, no-cache" if access == AccessClass.PUBLIC else "private, no-cache"
    patch_vary_headers(answer, ("Accept-Encoding",) if access == AccessClass.PUBLIC else ("Accept-Encoding", "Cookie"))
    return answer


def _encoded(request, body, content_type):
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((name for name in ("br", "gzip") if name in accepted), None)
    answer = HttpResponse(
        body.encoded[encoding] if encoding else body.plain(), content_type=content_type
    )
    if encoding:
        answer["Content-Encoding"] = encoding
    return answer


def etag_of(key):
    """Return a weak ETag: the same rows, whatever the encoding."""
    return f'W/"{key[:32]}"'

