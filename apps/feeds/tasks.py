"""What the worker does about feeds: it looks every five minutes which are due, and runs what a page asks."""

from django.utils import timezone
from procrastinate.contrib.django import app

from apps.feeds import runs, schedule


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="check_feeds", lock="feeds", pass_context=False)
def check_feeds(timestamp):
    """Run the feeds that are on and due, and tell those that were interrupted."""
    schedule.check(timezone.now())


@app.task(lock="feeds", pass_context=False)
def run_feed(key):
    """Run one feed, because a data keeper asked it."""
    runs.run(key)
