"""
A finished file as an answer: whole, or from where a line dropped.

Under gunicorn the bytes go from the disk to the socket while no thread waits (`apps.config.web_worker`);
elsewhere they go the way of any answer.
"""

import os
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe, quote_etag
from django.utils.translation import gettext as _

RETRY_SECONDS = 60
TAKES_NO_MORE = "maillage.takes_no_more"
"""What the server says in the environment of a request when it has as many files under way as it may."""

# More digits than any file has bytes are no range, and Python refuses to read thousands of them.
ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII | re.IGNORECASE)


class OutOfFile(Exception):
    """The range that is asked holds no byte of the file."""


class Part:
    """Some bytes of an open file, in order: it ends where the range asked ends."""

    def __init__(self, file, first, length):
        file.seek(first)
        self._file = file
        self._left = length

    def read(self, size=-1):
        wanted = self._left if size < 0 else min(size, self._left)
        taken = self._file.read(wanted)
        self._left -= len(taken)
        return taken

    def fileno(self):
        return self._file.fileno()

    def close(self):
        self._file.close()


class FileAnswer(FileResponse):
    """A file read in steps larger than Django's 4 kB, where it is read at all."""

    block_size = 65_536


def sent_file(request, path, *, content_type, file_name, etag, modified, is_public, encoding=""):
    """
    Return the answer that sends a finished file: 200, 206, 304, 412 or 416; 503 when too many are under way.

    The file never changes: `etag` is its sha256, without quotes, `modified` when it was finished, `file_name`
    what a reader's computer calls it, `encoding` how its bytes are compressed: another file, with another
    ETag, whose ranges count the compressed bytes. It is opened once: taken away meanwhile, it is still sent
    whole. Raises Http404 when it is gone, SuspiciousFileOperation outside EXPORTS_DIR and RELEASES_DIR.
    """
    if request.META.get(TAKES_NO_MORE):
        return _come_back()
    headers = {
        "ETag": quote_etag(f"{etag}-{encoding}" if encoding else etag),
        "Last-Modified": http_date(modified.timestamp()),
        "Accept-Ranges": "bytes",
        # Asked again each time, since a right to read may have ended; the ETag makes that cheap.
        "Cache-Control": f"{'public' if is_public else 'private'}, no-cache",
        "Content-Disposition": content_disposition_header(True, file_name),
        "Vary": "Accept-Encoding" if is_public else "Accept-Encoding, Cookie",
    }
    if encoding:
        headers["Content-Encoding"] = encoding
    unread = HttpResponse(headers=headers)
    unchanged = get_conditional_response(
        request, etag=headers["ETag"], last_modified=int(modified.timestamp()), response=unread
    )
    if unchanged is not unread:
        return unchanged
    return _answer(request, _opened(path), headers, content_type)


def _opened(path):
    """Return the file, open; its position is that of its descriptor, from which the kernel sends."""
    real = Path(path).resolve()
    folders = (settings.EXPORTS_DIR, settings.RELEASES_DIR)
    if not any(real.is_relative_to(Path(folder).resolve()) for folder in folders):
        raise SuspiciousFileOperation(f"{path} lies in none of the folders whose files are sent: {folders}")
    try:
        return real.open("rb", buffering=0)
    except FileNotFoundError:
        raise Http404(_("Ce fichier n’est plus là. Demandez-le de nouveau.")) from None


def _answer(request, file, headers, content_type):
    size = os.fstat(file.fileno()).st_size
    text = _range_asked(request, headers)
    try:
        part = part_of(size, text)
    except OutOfFile:
        file.close()
        return HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        )
    first, end = part or (0, size)
    headers["Content-Length"] = str(end - first)
    if part:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return FileAnswer(
        Part(file, first, end - first),
        status=206 if part else 200,
        headers=headers,
        content_type=content_type,
    )


def _range_asked(request, headers):
    """Return the range that counts: of a GET, and of the file that the reader began with."""
    if request.method != "GET":
        return ""
    begun_with = request.headers.get("If-Range", headers["ETag"])
    is_same = begun_with == headers["ETag"] or _is_moment(begun_with, headers["Last-Modified"])
    return request.headers.get("Range", "") if is_same else ""


def _is_moment(text, told):
    return parse_http_date_safe(text) == parse_http_date_safe(told)


def part_of(size, text):
    """
    Return the first byte of a range and the byte after its last, None where the whole file is the answer.

    That is so of several ranges, of what is none (RFC 9110 lets both be ignored), and of the end of no byte.
    Raises OutOfFile when the range begins beyond the end, or is of no byte.
    """
    found = ONE_RANGE.fullmatch(text)
    first, last = found.groups() if found else ("", "")
    if not first and not last:
        return None
    if not first:
        return _end_of(size, int(last))
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise OutOfFile
    return int(first), min(int(last) + 1, size) if last else size


def _end_of(size, length):
    if not length:
        raise OutOfFile
    return (max(size - length, 0), size) if size else None


def _come_back():
    return HttpResponse(
        _("Trop de téléchargements sont en cours : réessayez dans une minute."),
        status=503,
        headers={"Retry-After": str(RETRY_SECONDS)},
        content_type="text/plain; charset=utf-8",
    )
