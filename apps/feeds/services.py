"""What a data keeper decides about a feed: on or off, when, from what age its data are stale, run it now."""

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from apps.feeds import schedule, tasks
from apps.feeds.models import Feed
from apps.sources.freshness import forget_ages


@transaction.atomic
def decide(feed, *, is_on, cron, stale_after_days):
    """Change a feed's schedule and age, and when it runs next. Raises ValueError for no schedule."""
    feed.is_on, feed.cron, feed.stale_after_days = is_on, cron, stale_after_days
    feed.next_run = schedule.next_after(cron, timezone.now()) if is_on else None
    feed.save(update_fields=["is_on", "cron", "stale_after_days", "next_run"])
    forget_ages()


def run_soon(feed):
    """Ask the worker to run a feed; return whether it was not asked already."""
    try:
        tasks.run_feed.configure(queueing_lock=f"feed {feed.key}").defer(key=feed.key)
    except AlreadyEnqueued:
        return False
    return True


def stale_ages():
    """Return {kind of load: days} of the ages that a data keeper set."""
    aged = Feed.objects.filter(stale_after_days__isnull=False)
    return {feed.load_kind: feed.stale_after_days for feed in aged}
