"""
How often each layer is read, by day, door and format: never by whom.

Counted in the memory of each web process, and written from time to time: a tile may not cost a row. What a
process has not written when it is killed is lost, at most MOST_USES.
"""

import time
from collections import defaultdict
from threading import Lock

import structlog
from django.db import DatabaseError
from django.utils import timezone

from apps.sources.queries import add_uses

log = structlog.get_logger("maillage.usage")

MOST_USES = 200
"""Kept in memory before they are written."""
MOST_SECONDS = 60
"""After which the next use writes those before it."""


class Uses:
    """Uses not yet written: {(layer, day, door, format): [uses, bytes]}."""

    def __init__(self):
        self._lock = Lock()
        self._begin()

    def _begin(self):
        self._counts = defaultdict(lambda: [0, 0])
        self._entries = 0
        self._since = time.monotonic()

    def add(self, key, uses, bytes_):
        """Count; return whether it is time to write."""
        with self._lock:
            counted = self._counts[key]
            counted[0] += uses
            counted[1] += bytes_
            self._entries += 1
            return self._entries >= MOST_USES or time.monotonic() - self._since >= MOST_SECONDS

    def take(self):
        """Return all there is, and begin anew."""
        with self._lock:
            taken = self._counts
            self._begin()
            return taken


_uses = Uses()


def used(layer, door, format_, *, bytes_, uses=1):
    """Count a use of a layer: by which door, in which format, of how many bytes."""
    if _uses.add((layer, timezone.localdate(), str(door), format_), uses, bytes_):
        write()


def write():
    """Write what this process has counted. An answer does not fail for it: then these counts are lost."""
    taken = _uses.take()
    if not taken:
        return
    try:
        add_uses([(*key, *counted) for key, counted in taken.items()])
    except DatabaseError:
        log.exception("uses not counted", lost=sum(uses for uses, _ in taken.values()))
