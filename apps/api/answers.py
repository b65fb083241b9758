"""Conditional, compressed answers: 304 where the reader has the body already."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from apps.api.bodies import EMPTY
from geo.vocabulary import AccessClass

ENCODINGS = ("br", "gzip")
"""In the order of preference."""


def conditional(request, answer, content_type):
    """
    Return the answer to a GET: 304 when the reader's copy is current, else the body in an encoding it takes.

    The body is made only when it is needed; an empty one is 204. Rows that need sign-in are never kept by
    proxies.
    """
    etag = f'W/"{answer.key[:32]}"'  # weak: the same rows, whatever the encoding
    modified = int(answer.changed_at.timestamp()) if answer.changed_at else None
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        response = _encoded(request, answer.make_body(), content_type)
    is_public = answer.access == AccessClass.PUBLIC
    response["ETag"] = etag
    if modified:
        response["Last-Modified"] = http_date(modified)
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-cache"
    patch_vary_headers(response, ["Accept-Encoding"] if is_public else ["Accept-Encoding", "Cookie"])
    return response


def _encoded(request, body, content_type):
    if body is EMPTY:
        return HttpResponse(status=204)
    accepted = request.headers.get("Accept-Encoding", "")
    encoding = next((name for name in ENCODINGS if name in accepted), None)
    content = body.in_encoding(encoding) if encoding else body.plain()
    response = HttpResponse(content, content_type=content_type)
    if encoding:
        response["Content-Encoding"] = encoding
    return response
