"""
UCDP's API: georeferenced events of Mali, of a yearly release (GED) or of a month (GED Candidate).

What it rests on, as read on 2026-11-22:

- https://ucdpapi.pcr.uu.se/api/gedevents/VERSION with `pagesize` (1 000 at most), `page` and `Country` (a
  Gleditsch-Ward number, Mali is 432); a token in the header x-ucdp-access-token, asked of the maintainer,
  needed since February 2026, 5 000 questions a day (ucdp.uu.se/apidocs as public clients describe it, 2026);
- the answer has TotalCount, TotalPages, PreviousPageUrl, NextPageUrl, Result (a JSON schema and an example
  at apis.io, release 25.1);
- releases are called 26.1 (yearly) and 26.0.9 (September 2026, Candidate);
- COLUMNS are those of the GED codebook that we cannot do without.

Not confirmed against the service itself: no token was at hand. Sources disagree whether pages count from 0
or 1, so the first question names no page and the number of the next is taken from NextPageUrl; only the
number, so that the token goes nowhere else. TotalCount is said to count rows that Result leaves out: it is
not held against what came.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from layers.feeds.asking import Asker, Bounds
from layers.feeds.rows import Pages, Row

BASE_URL = "https://ucdpapi.pcr.uu.se"
PUBLISHER = "UCDP"
MALI = 432
"""The number of Mali in the list of states of Gleditsch and Ward, which UCDP uses."""
PAGE_ROWS = 1000
COLUMNS = (
    *("id", "year", "type_of_violence", "side_a", "side_b", "country", "adm_1", "adm_2"),
    *("where_prec", "latitude", "longitude", "date_prec", "date_start", "date_end"),
    *("best", "low", "high", "event_clarity"),
)
WAY_OUT = "vérifiez MAILLAGE_UCDP_TOKEN, demandé au responsable de l'API de l'UCDP"


class Ucdp:
    """UCDP, asked with one token. Nothing is asked before the first page is taken."""

    def __init__(
        self,
        token: str,
        *,
        base_url: str = BASE_URL,
        bounds: Bounds | None = None,
        page_rows: int = PAGE_ROWS,
    ) -> None:
        """Keep the token for this passage only."""
        self._asker = Asker(PUBLISHER, bounds or Bounds(), way_out=WAY_OUT)
        self._headers = {"x-ucdp-access-token": token}
        self._base = base_url.rstrip("/")
        self._page_rows = page_rows

    def close(self) -> None:
        """Close the connections."""
        self._asker.close()

    def events(self, version: str) -> Iterator[list[Row]]:
        """Yield pages of the events of Mali in a release. Raises NotThere for a release not published yet."""
        url = f"{self._base}/api/gedevents/{version}"
        pages = Pages(self._asker, url, key="id", columns=COLUMNS)
        question: dict[str, Any] = {"pagesize": self._page_rows, "Country": MALI}
        asked = 0
        while True:
            answer = self._asker.get(url, question, self._headers)
            if not isinstance(answer, dict) or not isinstance(answer.get("Result"), list):
                raise self._asker.failure(url, "la réponse n'a pas de Result", "vérifiez l'adresse")
            yield pages.checked(answer["Result"])
            asked += 1
            following = _page_number(answer.get("NextPageUrl"))
            if following is None:
                return
            if asked > int(answer.get("TotalPages") or 0):
                reason = f"plus de pages que les {answer.get('TotalPages')} annoncées"
                raise self._asker.failure(url, reason, "rien n'a été écrit, recommencez plus tard")
            question["page"] = following


def _page_number(url: str | None) -> str | None:
    """
    Return the page that an address asks for, None when there is none.

    >>> _page_number("https://ucdpapi.pcr.uu.se/api/gedevents/25.1?pagesize=1&page=7"), _page_number("")
    ('7', None)
    """
    return next(iter(parse_qs(urlsplit(url or "").query).get("page", ())), None)


def yearly_releases(known: str, year: int) -> list[str]:
    """
    Return the yearly releases worth asking in turn, the newest first: that of `year`, else that before.

    >>> yearly_releases("", 2026), yearly_releases("25.1", 2026), yearly_releases("26.1", 2026)
    (['26.1', '25.1'], ['26.1'], [])
    """
    newest = [f"{each % 100}.1" for each in (year, year - 1)]
    return newest[: newest.index(known)] if known in newest else newest


def monthly_releases(yearly: str, after: str, year: int, month: int) -> list[str]:
    """
    Return the monthly releases that go on from a yearly one, in turn: those after `after`, until a month.

    A yearly release ends with the year before its own.

    >>> monthly_releases("26.1", "26.0.8", 2026, 10)
    ['26.0.9', '26.0.10']
    >>> monthly_releases("25.1", "25.0.11", 2026, 2)
    ['25.0.12', '26.0.1', '26.0.2']
    >>> monthly_releases("26.1", "", 2026, 2)
    ['26.0.1', '26.0.2']
    """
    first = last_year_of(yearly) + 1
    months = [
        f"{each % 100}.0.{number}"
        for each in range(first, year + 1)
        for number in range(1, 13 if each < year else month + 1)
    ]
    return months[months.index(after) + 1 :] if after in months else months


def last_year_of(yearly: str) -> int:
    """
    Return the last year that a yearly release tells of.

    >>> last_year_of("26.1")
    2025
    """
    return 2000 + int(yearly.partition(".")[0]) - 1
