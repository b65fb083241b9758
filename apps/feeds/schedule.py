"""When each feed runs next, and the check that runs those that are due."""

from datetime import datetime

from croniter import croniter
from django.utils import timezone

from apps.feeds import queries, runs
from apps.feeds.models import Feed, FeedRun


def next_after(cron, instant):
    """
    Return the first instant after `instant` that a schedule names, in the time of Bamako.

    Raises ValueError for what is no schedule.
    """
    if not is_schedule(cron):
        raise ValueError(f"{cron!r} is no schedule: expected five fields as in cron, such as 0 5 * * 1")
    return croniter(cron, timezone.localtime(instant)).get_next(datetime)


def is_schedule(cron):
    """Return whether this text names instants: five fields as in cron."""
    return len(cron.split()) == 5 and croniter.is_valid(cron)


def check(now, **options):
    """Run every feed that is on and due, one after the other; return the passages."""
    tell_interrupted()
    return [_run(feed, now, options) for feed in Feed.objects.filter(is_on=True) if _is_due(feed, now)]


def tell_interrupted():
    """Mark passages whose process died: they say they run, and nobody holds their lock."""
    for passage in FeedRun.objects.running().select_related("feed"):
        if queries.take_lock(passage.feed_id):
            try:
                runs.mark_interrupted(passage.feed)
            finally:
                queries.release_lock(passage.feed_id)


def _is_due(feed, now):
    if feed.next_run is None:
        set_next(feed, now)
    return feed.next_run <= now


def _run(feed, now, options):
    # Before it runs: a passage that is killed is not tried again at once, but at its next time.
    set_next(feed, now)
    try:
        return runs.run(feed.key, **options)
    except runs.AlreadyRunning:
        return None


def set_next(feed, now):
    """Write when a feed runs next: never, while it is off."""
    feed.next_run = next_after(feed.cron, now) if feed.is_on else None
    feed.save(update_fields=["next_run"])
