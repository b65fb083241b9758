"""
A line beside the transaction that loads: progress is told, and a wish to stop heard, before it commits.

It also holds the import by a lock of the session. A process that is killed lets go of it, so an import that
says it is under way and that nobody holds was cut short.
"""

import contextlib
import time

from django.db import DatabaseError, connection, models

SECONDS_BETWEEN_WORDS = 0.3
"""Progress is written at most this often: a page asks about once a second."""


UNDER_WAY = ("looking", "trying", "applying")
"""States in which the worker has something to do."""


class Cancelled(Exception):
    """Somebody asked to stop: what was begun is undone."""


class ImportQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(state__in=UNDER_WAY)


class SideLine:
    """A connection of its own, which commits each word. To be used in a `with`."""

    def __init__(self, import_id):
        self.import_id = import_id
        self.told_at = 0.0
        self.connection = connection.copy()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        # The server ends a closed session when it comes to it: until then the next step would find it held.
        if self.connection.connection:
            with contextlib.suppress(DatabaseError):
                self._asked("SELECT pg_advisory_unlock_all()::text")
        self.connection.close()

    def hold(self):
        """Take hold of the import; return False when another process has it."""
        return self._asked("SELECT pg_try_advisory_lock(%s)", _lock_of(self.import_id))

    def step(self, done, total=None):
        """Tell how far it is, now and then; raises Cancelled when somebody asked to stop."""
        now = time.monotonic()
        if now - self.told_at < SECONDS_BETWEEN_WORDS:
            return
        self.told_at = now
        if self._asked(TELL, done, total, self.import_id):
            raise Cancelled

    def _asked(self, statement, *values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            row = cursor.fetchone()
        return row[0] if row else None


TELL = (
    "UPDATE imports_import SET done = %s, total = coalesce(%s, total) WHERE id = %s RETURNING is_cancel_asked"
)


def is_held(import_id):
    """Return whether a process works on this import now."""
    with SideLine(import_id) as line:
        return not line.hold()


def one_at_a_time(kind):
    """Wait until no other transaction loads rows of this kind; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"import of {kind}"])


def _lock_of(import_id):
    return int.from_bytes(import_id.bytes[:8], "big", signed=True)
