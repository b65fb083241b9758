"""What can be asked of passages, and the lock that is gone with the process that held it."""

import zlib

from django.db import connection, models


class FeedRunQuerySet(models.QuerySet):
    def running(self):
        return self.filter(outcome="running")

    def done(self):
        return self.filter(outcome="done")

    def last_cursor(self, feed):
        """Return up to where the last passage that succeeded came; "" before any."""
        return self.done().filter(feed=feed).exclude(cursor="").values_list("cursor", flat=True).first() or ""


def take_lock(feed):
    """
    Take the lock of a feed for this connection; return whether nobody else has it.

    PostgreSQL gives it back when the connection ends, however it ends: a run without its lock is dead.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_FEEDS, _number(feed)])
        return cursor.fetchone()[0]


def release_lock(feed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_FEEDS, _number(feed)])


_FEEDS = 0x66656564
"""Our locks among those of the database: "feed"."""


def _number(feed):
    return zlib.crc32(feed.encode()) & 0x7FFFFFFF
