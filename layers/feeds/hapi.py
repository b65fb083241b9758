"""
HDX HAPI: how many events ACLED counts in each cercle and month, by category.

What it rests on, as read on 2026-11-22:

- /api/v2/coordination-context/conflict-events (renamed so under v2 on 2025-02-18, change log of HAPI) with
  `location_code`, `admin_level`, `start_date`, `limit` (10 000 at most), `offset`, `app_identifier`;
- the answer has `data`; COLUMNS and the three event types are those of OCHA-DAP/hdx-hapi,
  docs/data_usage_guides (conflict_event_parameters.yaml, event_type_parameters.yaml): the categories are
  not exclusive;
- `app_identifier` is the application's name and an address, encoded: no secret, but somebody's address, so
  it is not shown.

Not confirmed against the service itself. Rows without a P-code of level 2 are left aside and counted.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from layers.feeds.asking import Asker, Bounds
from layers.feeds.rows import Row, as_text

BASE_URL = "https://hapi.humdata.org"
PUBLISHER = "HDX HAPI"
LOCATION_CODE = "MLI"
PAGE_ROWS = 10_000
MOST_PAGES = 100
"""A million rows: Mali has about 160 a month. Chosen by Maillage."""
COLUMNS = (
    *("location_code", "admin1_name", "admin2_code", "admin2_name", "event_type", "events", "fatalities"),
    *("reference_period_start", "reference_period_end"),
)
WAY_OUT = "vérifiez MAILLAGE_HAPI_IDENTIFIER, fait sur hapi.humdata.org"


class Hapi:
    """HDX HAPI, asked under one application's name. Nothing is asked before the first page is taken."""

    def __init__(
        self,
        app_identifier: str,
        *,
        base_url: str = BASE_URL,
        bounds: Bounds | None = None,
        page_rows: int = PAGE_ROWS,
    ) -> None:
        """Keep the identifier for this passage only."""
        self._asker = Asker(PUBLISHER, bounds or Bounds(), way_out=WAY_OUT)
        self._identifier = app_identifier
        self._url = f"{base_url.rstrip('/')}/api/v2/coordination-context/conflict-events"
        self._page_rows = page_rows

    def close(self) -> None:
        """Close the connections."""
        self._asker.close()

    def counts(self, since: date) -> Iterator[list[Row]]:
        """Yield pages of the monthly counts of the cercles of Mali since a month. Raises FeedError."""
        earlier: list[Row] = []
        for number in range(MOST_PAGES):
            rows = self._page(since, number * self._page_rows)
            self._check(rows, earlier)
            yield rows
            if len(rows) < self._page_rows:
                return
            earlier = rows
        reason = f"plus de {MOST_PAGES} pages"
        raise self._asker.failure(self._url, reason, "demandez depuis un mois plus récent")

    def _page(self, since: date, offset: int) -> list[Row]:
        question: dict[str, Any] = {
            "location_code": LOCATION_CODE,
            "admin_level": 2,
            "start_date": since.isoformat(),
            "output_format": "json",
            "limit": self._page_rows,
            "offset": offset,
            "app_identifier": self._identifier,
        }
        answer = self._asker.get(self._url, question)
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), list):
            raise self._asker.failure(self._url, "la réponse n'a pas de données", WAY_OUT)
        return [as_text(row) for row in answer["data"]]

    def _check(self, rows: list[Row], earlier: list[Row]) -> None:
        missing = sorted({name for row in rows for name in COLUMNS if name not in row}, key=COLUMNS.index)
        if missing:
            reason = f"colonnes absentes\u00a0: {', '.join(missing)}"
            way_out = "l'éditeur a changé ses colonnes, demandez une version de Maillage qui les connaît"
            raise self._asker.failure(self._url, reason, way_out)
        if rows and rows == earlier:
            reason = "la même page est venue deux fois"
            raise self._asker.failure(self._url, reason, "rien n'a été écrit, recommencez plus tard")
