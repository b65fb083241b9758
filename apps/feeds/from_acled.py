"""ACLED: events changed since the last passage, and those deleted."""

from datetime import UTC, datetime

from django.utils import timezone

from apps.events.models import ConflictEvent
from apps.feeds.event_rows import take_events
from apps.feeds.received import Received, credentials
from geo.vocabulary import EventSource
from layers.feeds import acled
from layers.feeds.rows import read_table, write_table
from layers.readers.events import records_from_rows
from layers.sources_toml import Contents

LONG_AGO = datetime(1997, 1, 1, tzinfo=UTC)
"""ACLED's first year in Africa: asked from then, it tells everything."""


def ask(cursor, folder, *, since=None, **options):
    """Return what changed and what was deleted since the cursor, or since a day. Raises FeedError."""
    client = acled.Acled(*credentials("acled", acled.PUBLISHER), **options)
    changed, deleted = _instants(cursor, since)
    path = folder / f"acled_api_{timezone.localdate()}.csv"
    try:
        rows = write_table(path, client.events(changed))
        gone = [each for page in client.deletions(deleted) for each in page]
    finally:
        client.close()
    return Received(
        path,
        rows,
        cursor=f"{_latest(path, changed)} {max([_seconds(deleted), *(each.timestamp for each in gone)])}",
        deleted_ids=[each.event_id for each in gone],
    )


def take_in(received):
    """Write what was received, in the transaction of the caller; return the difference."""
    reading = records_from_rows(read_table(received.path), "acled", name=received.path.name)
    return take_events(
        reading,
        received.source(Contents.ACLED_EVENTS, acled.BASE_URL),
        source=EventSource.ACLED,
        deleted_ids=received.deleted_ids,
    )


def _instants(cursor, since):
    """Return since when changes and deletions are asked: a day told, the last passage, what is loaded."""
    if since:
        told = datetime(since.year, since.month, since.day, tzinfo=UTC)
        return told, told
    if cursor:
        changed, deleted = (datetime.fromtimestamp(int(seconds), UTC) for seconds in cursor.split())
        return changed, deleted
    loaded = ConflictEvent.objects.current().filter(source=EventSource.ACLED, source_updated__isnull=False)
    newest = loaded.order_by("-source_updated").values_list("source_updated", flat=True).first()
    return newest or LONG_AGO, newest or LONG_AGO


def _latest(path, since):
    """Return the last timestamp of the rows, that of the question when there is none."""
    return max([_seconds(since), *(int(row["timestamp"] or 0) for row in read_table(path))])


def _seconds(instant):
    return int(instant.timestamp())
