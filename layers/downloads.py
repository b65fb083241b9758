"""Fetching over https, whole and no larger than allowed, from a server that may be slow, busy or cut off."""

import http.client
import io
import ipaddress
import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

ATTEMPTS = 4
"""How often a fetch is tried in all when the other side is busy or the line breaks. Chosen by Maillage."""
LONGEST_PAUSE_S = 60.0
"""The longest wait between two attempts, whatever the server asks for. Chosen by Maillage."""
LONGEST_FETCH_S = 3600.0
"""A fetch that still drips after an hour is given up. Chosen by Maillage."""
_CHUNK_BYTES = 1 << 16
_USER_AGENT = "Maillage (https; boundaries and population of Mali)"


class DownloadError(RuntimeError):
    """A file could not be fetched. The message names the address and the reason, in plain French."""


class _Passing(Exception):
    """A failure that may pass: worth another attempt after `pause_s`, when the server named one."""

    def __init__(self, reason: str, pause_s: float | None = None) -> None:
        super().__init__(reason)
        self.pause_s = pause_s


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The longest silence and the largest size that a fetch may have; `pause` is how it waits."""

    timeout_s: float
    limit_bytes: int
    pause: Callable[[float], None] = time.sleep


def fetch_json(url: str, limits: Limits) -> Any:
    """Return the JSON document at `url`. Raises DownloadError."""
    answer = io.BytesIO()
    fetch(url, answer, limits)
    try:
        return json.loads(answer.getvalue())
    except ValueError as error:
        start = answer.getvalue()[:40]
        raise DownloadError(f"{url}\u00a0: la réponse n'est pas du JSON\u00a0: {start!r}.") from error


def fetch(url: str, file: IO[bytes], limits: Limits) -> int:
    """
    Fetch `url` into `file`, from its start, and return how many bytes it holds. Raises DownloadError.

    Only https, redirects included; plain http is for a server on this very machine. Answers 429 and
    5xx, silences and cut lines are tried again, with growing pauses, ATTEMPTS times in all.
    """
    check_address(url)
    for attempt in range(1, ATTEMPTS + 1):
        file.seek(0)
        file.truncate()
        try:
            return _fetched(url, file, limits)
        except _Passing as failure:
            if attempt == ATTEMPTS:
                raise DownloadError(f"{url}\u00a0: {failure} Essayé {ATTEMPTS} fois.") from failure
            limits.pause(min(failure.pause_s or 2.0 ** (attempt - 1), LONGEST_PAUSE_S))
    raise AssertionError("the last attempt returns or raises")


def check_address(url: str, *, came_from: str = "") -> None:
    """Raise DownloadError unless `url` is https, or http on this machine asked for or led to from there."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    origin = urllib.parse.urlsplit(came_from or url)
    if parts.scheme == "http" and _is_here(parts.hostname) and _is_here(origin.hostname):
        return
    raise DownloadError(f"{url}\u00a0: seule une adresse https est acceptée.")


def _is_here(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class _HttpsRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        check_address(newurl, came_from=req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetched(url: str, file: IO[bytes], limits: Limits) -> int:
    with _opened(url, limits) as response:
        announced = response.headers.get("Content-Length") or ""
        size, end = 0, time.monotonic() + LONGEST_FETCH_S
        for chunk in _chunks(url, response, limits):
            size += len(chunk)
            if size > limits.limit_bytes:
                raise DownloadError(f"{url}\u00a0: plus de {limits.limit_bytes / 1e6:g} Mo, la limite.")
            if time.monotonic() > end:
                raise DownloadError(f"{url}\u00a0: pas fini après {LONGEST_FETCH_S:g} s.")
            file.write(chunk)
    if announced.isdecimal() and size != int(announced):
        raise _Passing(f"{size} octets reçus sur {announced} annoncés.")
    return size


def _opened(url: str, limits: Limits) -> http.client.HTTPResponse:
    request = urllib.request.Request(url, headers={"User-Agent": _USER_AGENT})  # noqa: S310 - https only: check_address
    try:
        opener = urllib.request.build_opener(_HttpsRedirects)
        response: http.client.HTTPResponse = opener.open(request, timeout=limits.timeout_s)
    except urllib.error.HTTPError as error:
        raise _of_status(url, error) from error
    except (OSError, http.client.HTTPException) as error:
        raise _of_line(url, error, limits) from error
    return response


def _chunks(url: str, response: http.client.HTTPResponse, limits: Limits) -> Iterator[bytes]:
    try:
        while chunk := response.read1(_CHUNK_BYTES):
            yield chunk
    except (OSError, http.client.HTTPException) as error:
        raise _of_line(url, error, limits) from error


def _of_status(url: str, error: urllib.error.HTTPError) -> Exception:
    if error.code == 429 or error.code >= 500:
        return _Passing(f"le serveur répond {error.code}.", _asked_pause_s(error.headers.get("Retry-After")))
    if error.code == 404:
        return DownloadError(f"{url}\u00a0: cette adresse n'existe pas (404).")
    return DownloadError(f"{url}\u00a0: le serveur refuse ({error.code} {error.reason}).")


def _asked_pause_s(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.isdecimal() else None


def _of_line(url: str, error: Exception, limits: Limits) -> Exception:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return DownloadError(
            f"{url}\u00a0: le certificat du serveur n'est pas reconnu ({cause.verify_message})."
        )
    if isinstance(cause, TimeoutError):
        return _Passing(f"le serveur se tait depuis {limits.timeout_s:g} s.")
    return _Passing(f"la liaison est coupée ou impossible ({cause}).")
