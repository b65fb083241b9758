"""Asks ACLED or UCDP for what is new and takes it in: `sync_events acled`, `sync_events ucdp`."""

from apps.feeds.commanding import FeedCommand


class Command(FeedCommand):
    help = __doc__
    feeds = ("acled", "ucdp")
