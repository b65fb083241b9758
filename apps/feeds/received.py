"""What came of a publisher, in a file, before anything is written to the database."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from layers import known_files
from layers.feeds.asking import FeedError


@dataclass
class Received:
    """What a publisher told, in a file; `cursor` is where the next passage begins."""

    path: Path
    rows: int
    cursor: str
    deleted_ids: list = field(default_factory=list)
    since: date | None = None
    """The first month asked; None: all."""
    whole_until: int | None = None
    """A release that is the whole truth up to the end of this year: what it lacks is gone."""

    def source(self, contents, url):
        """Return where the file comes from: the publisher's own terms, asked today."""
        told = known_files.source_of(self.path, otherwise=contents)
        return replace(told, url=url, retrieved=timezone.localdate())


def credentials(key, publisher):
    """Return the credentials of a publisher. Raises FeedError when the environment holds none."""
    found = settings.FEED_CREDENTIALS[key]
    missing = [name for name, value in found.items() if not value]
    if missing:
        raise FeedError(
            f"{publisher}\u00a0: les identifiants manquent\u202f; donnez {' et '.join(missing)} au service, "
            "puis redémarrez-le."
        )
    return found.values()
