"""
Asking a publisher for JSON: bounded in time and size, patient with a busy server, silent about secrets.

Every failure is one FeedError: publisher, address without its parameters, reason, way out, in plain French.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util import Retry

from layers.downloads import DownloadError, check_address

ATTEMPTS = 4
"""How often a question is asked in all when the other side is busy or the line breaks. Chosen by Maillage."""
LONGEST_PAUSE_S = 120.0
"""The longest wait before another attempt, whatever the publisher asks for. Chosen by Maillage."""
_BUSY = frozenset((429, 500, 502, 503, 504))
_CHUNK_BYTES = 1 << 16
_USER_AGENT = "Maillage (events and counts of Mali)"


class FeedError(RuntimeError):
    """A publisher could not be asked, or answered what cannot be used. The message is one French sentence."""


class NotAuthorised(FeedError):
    """The publisher does not take our credentials, or no longer."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """
    What a passage may cost: seconds of silence, seconds an answer may drip, bytes of one answer and of all.

    `pause` is how it waits, `backoff_s` the first pause of those that double.
    """

    timeout_s: float = 60.0
    answer_s: float = 600.0
    answer_bytes: int = 64_000_000
    bytes_in_all: int = 2_000_000_000
    backoff_s: float = 2.0
    pause: Callable[[float], None] = time.sleep


class Asker:
    """Asks one publisher, over one session; counts the bytes of all its answers."""

    def __init__(self, publisher: str, bounds: Bounds, *, way_out: str) -> None:
        """`way_out` ends the sentence of a refusal: what an operator does about credentials."""
        self.publisher = publisher
        self.bounds = bounds
        self.way_out = way_out
        self.bytes_received = 0
        self._session = requests.Session()
        self._session.headers["User-Agent"] = _USER_AGENT
        # Without one of our own, requests would send what a .netrc of the machine holds.
        self._session.auth = _Nothing()

    def get(self, url: str, params: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        """Return the JSON that `url` answers. Raises FeedError, NotAuthorised for 401."""
        return self._asked("GET", url, params=params, headers=headers)

    def post(self, url: str, form: Mapping[str, str]) -> Any:
        """Return the JSON that `url` answers to a form. Raises FeedError."""
        return self._asked("POST", url, data=form)

    def failure(self, url: str, reason: str, way_out: str) -> FeedError:
        """Return what to raise about an answer: publisher, address, reason and way out in one sentence."""
        return FeedError(self._sentence(url, reason, way_out))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _sentence(self, url: str, reason: str, way_out: str) -> str:
        return f"{self.publisher}, {without_parameters(url)}\u00a0: {reason}\u202f; {way_out}."

    def _asked(self, method: str, url: str, **question: Any) -> Any:
        try:
            check_address(url)
        except DownloadError:
            reason, way_out = "seule une adresse https est acceptée", "corrigez l'adresse"
            raise self.failure(url, reason, way_out) from None
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(method, url, question)
            except _Passing as passing:
                if attempt == ATTEMPTS:
                    tried = f"{passing.reason} (essayé {ATTEMPTS} fois)"
                    way_out = "rien n'a été écrit, recommencez plus tard"
                    raise self.failure(url, tried, way_out) from passing.cause
                pause_s = _asked_pause_s(passing.retry_after) or self.bounds.backoff_s * 2 ** (attempt - 1)
                self.bounds.pause(min(pause_s, LONGEST_PAUSE_S))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, method: str, url: str, question: dict[str, Any]) -> Any:
        try:
            with self._session.request(
                method, url, timeout=self.bounds.timeout_s, stream=True, allow_redirects=False, **question
            ) as response:
                self._check_status(url, response)
                content = self._content(url, response)
        except (requests.Timeout, ReadTimeoutError) as error:
            raise _Passing(f"le serveur se tait depuis {self.bounds.timeout_s:g} s", cause=error) from None
        except requests.exceptions.SSLError as error:
            reason, way_out = "le certificat du serveur n'est pas reconnu", "vérifiez l'adresse et l'heure"
            raise self.failure(url, reason, way_out) from error
        except (requests.RequestException, HTTPError) as error:
            raise _Passing("la liaison est coupée ou impossible", cause=error) from None
        return self._json(url, content)

    def _check_status(self, url: str, response: requests.Response) -> None:
        status = response.status_code
        if status in _BUSY:
            raise _Passing(f"le serveur répond {status}", retry_after=response.headers.get("Retry-After"))
        if status == 401:
            raise NotAuthorised(self._sentence(url, "nos identifiants sont refusés (401)", self.way_out))
        if status in (400, 403):
            raise self.failure(url, f"le serveur refuse la demande ({status})", self.way_out)
        if status == 404:
            raise NotThere(self._sentence(url, "cette adresse n'existe pas (404)", "vérifiez l'adresse"))
        if status != 200:
            raise self.failure(url, f"réponse inattendue ({status})", "vérifiez l'adresse")

    def _content(self, url: str, response: requests.Response) -> bytes:
        content, end = bytearray(), time.monotonic() + self.bounds.answer_s
        # What has come, not a whole chunk: a line that drips must not hold us beyond the end.
        while chunk := response.raw.read1(_CHUNK_BYTES, decode_content=True):
            content += chunk
            self.bytes_received += len(chunk)
            if len(content) > self.bounds.answer_bytes:
                raise self._too_large(url, "la réponse dépasse", self.bounds.answer_bytes)
            if self.bytes_received > self.bounds.bytes_in_all:
                raise self._too_large(url, "les réponses dépassent ensemble", self.bounds.bytes_in_all)
            if time.monotonic() > end:
                raise _Passing(f"la réponse n'est pas finie après {self.bounds.answer_s:g} s")
        return bytes(content)

    def _too_large(self, url: str, what: str, limit: int) -> FeedError:
        way_out = "demandez une période plus courte, ou chargez le fichier de l'éditeur"
        return self.failure(url, f"{what} {limit / 1e6:g} Mo, la limite", way_out)

    def _json(self, url: str, content: bytes) -> Any:
        try:
            return json.loads(content)
        except ValueError:
            way_out = "vérifiez l'adresse, ou recommencez plus tard"
            raise self.failure(url, "la réponse n'est pas du JSON", way_out) from None


class NotThere(FeedError):
    """The address does not exist: a release that is not published yet, or a wrong address."""


class _Passing(Exception):
    """A failure that may pass: worth another attempt, after the pause that the publisher asks."""

    def __init__(
        self, reason: str, *, retry_after: str | None = None, cause: Exception | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.cause = cause


class _Nothing(AuthBase):
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def without_parameters(url: str) -> str:
    """
    Return an address without user, parameters and fragment, where secrets may stand.

    >>> without_parameters("https://me:word@example.org:8443/api/read?token=1#here")
    'https://example.org:8443/api/read'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _asked_pause_s(retry_after: str | None) -> float | None:
    """Return the seconds of a Retry-After, told as a number or as a date; None when it tells neither."""
    try:
        return Retry().parse_retry_after(retry_after) if retry_after else None
    except InvalidHeader:
        return None
