"""
A passage: ask, then write in one transaction, then say what it changed.

A passage that fails or is killed leaves every row as it was; it is told, and can run again.
"""

import contextlib
import logging
import tempfile
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.events.loading import NotBeside
from apps.feeds import from_acled, from_hapi, from_ucdp, queries
from apps.feeds.models import Feed, FeedRun
from layers.feeds.asking import FeedError
from layers.readers.problems import UnreadableFile

PUBLISHERS = {Feed.Key.ACLED: from_acled, Feed.Key.UCDP: from_ucdp, Feed.Key.HAPI: from_hapi}
COUNTED = ("added", "changed", "deleted", "unchanged", "refused")
logger = logging.getLogger(__name__)


class AlreadyRunning(RuntimeError):
    """A passage of this feed is under way."""


class _NothingIsKept(Exception):
    """Ends the transaction of a dry run."""


def run(key, *, since=None, base_url=None, bounds=None, dry_run=False):
    """
    Ask the publisher of a feed and take in what it tells; return the passage, done or failed.

    `since` asks from a day, whatever the last passage was. Raises AlreadyRunning.
    """
    feed = Feed.objects.get(key=key)
    with _only_one(feed):
        passage = _begun(feed)
        asked = {"since": since, "bounds": bounds} | ({"base_url": base_url} if base_url else {})
        try:
            _take(passage, asked, dry_run=dry_run)
        except (FeedError, UnreadableFile, NotBeside) as failure:
            _end(passage, FeedRun.Outcome.FAILED, message=str(failure))
        except BaseException as error:
            logger.error("feed %s: %s", key, type(error).__name__)
            said = _("Erreur inattendue (%(what)s). Rien n’a été écrit ; le journal du service en dit plus.")
            _end(passage, FeedRun.Outcome.FAILED, message=said % {"what": type(error).__name__})
            raise
        return passage


@contextlib.contextmanager
def _only_one(feed):
    if not queries.take_lock(feed.key):
        raise AlreadyRunning(_("Un passage de « %(feed)s » est en cours.") % {"feed": feed})
    try:
        yield
    finally:
        queries.release_lock(feed.key)


def _begun(feed):
    """Return a new passage. We hold the lock: one that still says it runs was interrupted."""
    mark_interrupted(feed)
    try:
        passage = FeedRun.objects.create(feed=feed)
    except IntegrityError as error:
        raise AlreadyRunning(str(feed)) from error
    Feed.objects.filter(pk=feed.pk).update(last_run=passage)
    return passage


def _take(passage, asked, *, dry_run):
    key = passage.feed_id
    cursor = FeedRun.objects.last_cursor(key)
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        received = PUBLISHERS[key].ask(cursor, Path(folder), **asked)
        difference = None
        with contextlib.suppress(_NothingIsKept), transaction.atomic():
            difference = PUBLISHERS[key].take_in(received)
            if dry_run:
                raise _NothingIsKept
    counts = {name: getattr(difference, name) for name in COUNTED}
    if dry_run:
        _end(passage, FeedRun.Outcome.DONE, counts=counts, message=_("À blanc : rien n’a été écrit."))
    else:
        _end(passage, FeedRun.Outcome.DONE, counts=counts, cursor=received.cursor, load=difference.load)


def _end(passage, outcome, **about):
    for name, value in (about | {"outcome": outcome, "ended_at": timezone.now()}).items():
        setattr(passage, name, value)
    passage.save()


def mark_interrupted(feed):
    """Say of a passage that its process died; call it while holding the lock of the feed."""
    said = _("Interrompu : le service s’est arrêté pendant ce passage. Rien n’a été écrit.")
    FeedRun.objects.running().filter(feed=feed).update(
        outcome=FeedRun.Outcome.FAILED, ended_at=timezone.now(), message=said
    )
