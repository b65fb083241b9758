"""Asks HDX HAPI for the monthly counts by cercle and takes them in: `sync_counts hapi`."""

from apps.feeds.commanding import FeedCommand


class Command(FeedCommand):
    help = __doc__
    feeds = ("hapi",)
