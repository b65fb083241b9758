"""
ACLED's API: events changed since an instant, and the identifiers of events deleted since.

What it rests on, as read on 2026-11-22:

- password grant at /oauth/token with client_id "acled", token of 24 hours, refresh token of 14 days; Bearer
  header (acleddata.com, API documentation, "Getting started", copies of 2025 and March 2026);
- /api/acled/read and /api/deleted/read, `_format=json`, `limit` (5 000 unless told) and `page`; an answer
  with fewer rows than `limit` is the last; JSON with `status`, `success`, `count`, `data`, `messages` (the
  same, "Elements of ACLED's API"); `timestamp` asks rows changed at or after it, `deleted_timestamp` with
  `deleted_timestamp_where=>=` the deletions (ACLED's own package acledR 1.0.1, 2025-09-19);
- COLUMNS are those of the codebook's current table that we cannot do without; the two of the deletions are
  those that acledR documents.

Not confirmed against the service itself: no account was at hand. Whether `success` is true or "true" is not
told alike everywhere, so only `status` and `data` are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from layers.feeds.asking import Asker, Bounds, NotAuthorised
from layers.feeds.rows import Pages, Row

BASE_URL = "https://acleddata.com"
PUBLISHER = "ACLED"
COUNTRY = "Mali"
COUNTRY_CODE = "MLI"
"""What the identifiers of ACLED's events of Mali begin with."""
PAGE_ROWS = 5000
MOST_PAGES = 400
"""Two million rows: Mali has some twenty thousand. Chosen by Maillage."""
COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type"),
    *("actor1", "actor2", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude"),
    *("geo_precision", "fatalities", "timestamp"),
)
DELETED_COLUMNS = ("event_id_cnty", "deleted_timestamp")
WAY_OUT = "vérifiez MAILLAGE_ACLED_USER et MAILLAGE_ACLED_PASSWORD, et que ce compte a accès à l'API"


@dataclass(frozen=True)
class Deleted:
    """An event that ACLED deleted, and when (seconds since 1970)."""

    event_id: str
    timestamp: int


class Acled:
    """ACLED, asked with one account. Nothing is asked before the first page is taken."""

    def __init__(
        self,
        user: str,
        password: str,
        *,
        base_url: str = BASE_URL,
        bounds: Bounds | None = None,
        page_rows: int = PAGE_ROWS,
    ) -> None:
        """Keep the credentials for this passage only."""
        self._asker = Asker(PUBLISHER, bounds or Bounds(), way_out=WAY_OUT)
        self._user, self._password = user, password
        self._base = base_url.rstrip("/")
        self._page_rows = page_rows
        self._headers: dict[str, str] = {}

    def close(self) -> None:
        """Close the connections."""
        self._asker.close()

    def events(self, since: datetime) -> Iterator[list[Row]]:
        """Yield pages of the events of Mali that changed at or after `since`. Raises FeedError."""
        question = {"country": COUNTRY, "timestamp": _seconds(since)}
        yield from self._pages("/api/acled/read", question, COLUMNS)

    def deletions(self, since: datetime) -> Iterator[list[Deleted]]:
        """Yield pages of the events of Mali that were deleted at or after `since`. Raises FeedError."""
        question = {
            "event_id_cnty": COUNTRY_CODE,
            "deleted_timestamp": _seconds(since),
            "deleted_timestamp_where": ">=",
        }
        for page in self._pages("/api/deleted/read", question, DELETED_COLUMNS):
            yield [
                Deleted(row["event_id_cnty"], int(row["deleted_timestamp"] or 0))
                for row in page
                if row["event_id_cnty"].startswith(COUNTRY_CODE)
            ]

    def _pages(self, path: str, question: dict[str, Any], columns: tuple[str, ...]) -> Iterator[list[Row]]:
        url = self._base + path
        pages = Pages(self._asker, url, key="event_id_cnty", columns=columns)
        for number in range(1, MOST_PAGES + 1):
            asked = {**question, "_format": "json", "limit": self._page_rows, "page": number}
            rows = self._rows(url, self._get(url, asked))
            yield pages.checked(rows)
            if len(rows) < self._page_rows:
                return
        reason = f"plus de {MOST_PAGES} pages"
        raise self._asker.failure(url, reason, "demandez depuis une date plus récente")

    def _rows(self, url: str, answer: Any) -> list[Any]:
        status = answer.get("status", 200) if isinstance(answer, dict) else None
        if status != 200 or not isinstance(answer.get("data"), list):
            raise self._asker.failure(url, f"la réponse n'a pas de données (statut {status})", WAY_OUT)
        return answer["data"]

    def _get(self, url: str, question: dict[str, Any]) -> Any:
        if not self._headers:
            self._sign_in()
        try:
            return self._asker.get(url, question, self._headers)
        except NotAuthorised:
            # A token lasts a day and a passage minutes: refused, it has expired or was withdrawn. Once only.
            self._sign_in()
            return self._asker.get(url, question, self._headers)

    def _sign_in(self) -> None:
        url = f"{self._base}/oauth/token"
        form = {
            "username": self._user,
            "password": self._password,
            "grant_type": "password",
            "client_id": "acled",
        }
        answer = self._asker.post(url, form)
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str) or not token:
            raise self._asker.failure(url, "la réponse n'a pas de jeton", WAY_OUT)
        self._headers = {"Authorization": f"Bearer {token}"}


def _seconds(instant: datetime) -> int:
    return int(instant.astimezone(UTC).timestamp())
