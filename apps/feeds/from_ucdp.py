"""UCDP: the newest yearly release, then month by month the candidate events that follow it."""

from dataclasses import replace

from django.utils import timezone

from apps.events.models import ConflictEvent
from apps.feeds.event_rows import take_events
from apps.feeds.received import Received, credentials
from geo.vocabulary import EventSource
from layers.feeds import ucdp
from layers.feeds.asking import FeedError, NotThere
from layers.feeds.rows import read_table, write_table
from layers.readers.events import records_from_rows
from layers.sources_toml import Contents


class _Releases:
    """The releases that were taken in this passage, in turn, each with its pages in one file."""

    def __init__(self, client):
        self.client = client
        self.taken = []

    def pages(self, releases, *, first_only=False):
        """Yield the pages of these releases until one is missing; with `first_only`, of the first one."""
        for release in releases:
            try:
                yield from self.client.events(release)
            except NotThere:
                if first_only:
                    continue
                return
            self.taken.append(release)
            if first_only:
                return


def ask(cursor, folder, *, since=None, **options):
    """
    Return the events of the releases that are new since the cursor. Raises FeedError.

    A day asks everything anew: UCDP publishes releases, not changes since a day.
    """
    client = ucdp.Ucdp(*credentials("ucdp", ucdp.PUBLISHER), **options)
    yearly, monthly = ("", "") if since else _of_cursor(cursor)
    path = folder / f"ucdp_api_{timezone.localdate()}.csv"
    try:
        return _received(_Releases(client), yearly, monthly, path)
    finally:
        client.close()


def _received(releases, yearly, monthly, path):
    today = timezone.localdate()
    whole_until = None

    def pages():
        nonlocal yearly, monthly, whole_until
        yield from releases.pages(ucdp.yearly_releases(yearly, today.year), first_only=True)
        if releases.taken:
            yearly, monthly = releases.taken[-1], ""
            whole_until = ucdp.last_year_of(yearly)
        if not yearly:
            reason = "aucune version annuelle n'est publiée à cette adresse"
            raise FeedError(f"{ucdp.PUBLISHER}\u00a0: {reason}\u202f; vérifiez l'adresse.")
        yield from releases.pages(ucdp.monthly_releases(yearly, monthly, today.year, today.month))

    rows = write_table(path, pages())
    months = [release for release in releases.taken if release != yearly]
    monthly = months[-1] if months else monthly
    return Received(path, rows, cursor=f"{yearly} {monthly}".strip(), whole_until=whole_until)


def _of_cursor(cursor):
    yearly, _, monthly = cursor.partition(" ")
    return yearly, monthly


def take_in(received):
    """Write what was received, in the transaction of the caller; return the difference."""
    rows = list(read_table(received.path))
    return take_events(
        records_from_rows(rows, "ucdp", name=received.path.name),
        replace(received.source(Contents.UCDP_EVENTS, ucdp.BASE_URL), edition=received.cursor),
        source=EventSource.UCDP,
        deleted_ids=_no_longer_told(rows, received.whole_until),
    )


def _no_longer_told(rows, year):
    """Return the events up to a year that its whole release lacks; none when it tells nothing at all."""
    if not rows or year is None:
        return []
    told = {row["id"] for row in rows}
    known = ConflictEvent.objects.current().filter(source=EventSource.UCDP, occurred_on__year__lte=year)
    return [each for each in known.values_list("source_event_id", flat=True) if each not in told]
