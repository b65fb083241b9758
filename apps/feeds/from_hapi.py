"""HDX HAPI: monthly counts by cercle. The last months are asked again: they follow ACLED's corrections."""

from datetime import date

from django.utils import timezone

from apps.events.published import save_counts
from apps.feeds.received import Received, credentials
from layers.feeds import hapi
from layers.feeds.rows import write_table
from layers.readers.monthly_counts import read_hapi
from layers.readers.problems import Reading
from layers.sources_toml import Contents

FIRST_MONTH = date(1997, 1, 1)
MONTHS_ASKED_AGAIN = 24
"""So many months before the last one told are asked each time. Chosen by Maillage."""


def ask(cursor, folder, *, since=None, **options):
    """Return the counts of the months since a day, else since those worth asking again. Raises FeedError."""
    client = hapi.Hapi(*credentials("hapi", hapi.PUBLISHER), **options)
    first = since.replace(day=1) if since else _first_month(cursor)
    path = folder / f"hdx_hapi_conflict_event_{timezone.localdate()}.csv"
    latest = [cursor]

    def pages():
        for page in client.counts(first):
            latest.extend(row["reference_period_start"][:7] for row in page)
            yield page

    try:
        rows = write_table(path, pages())
    finally:
        client.close()
    return Received(path, rows, cursor=max(latest), since=None if first == FIRST_MONTH else first)


def _first_month(cursor):
    """
    Return the first month to ask, after a cursor such as "2026-09".

    >>> _first_month("2026-09"), _first_month("")
    (datetime.date(2024, 9, 1), datetime.date(1997, 1, 1))
    """
    if not cursor:
        return FIRST_MONTH
    months = int(cursor[:4]) * 12 + int(cursor[5:7]) - 1 - MONTHS_ASKED_AGAIN
    return max(date(months // 12, months % 12 + 1, 1), FIRST_MONTH)


def take_in(received):
    """Write what was received, in the transaction of the caller; return the difference."""
    reading = read_hapi(received.path) if received.rows else Reading([], [])
    source = received.source(Contents.HAPI_COUNTS, hapi.BASE_URL)
    return save_counts(reading, source, series="hapi", since=received.since)
