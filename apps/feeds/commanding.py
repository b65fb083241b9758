"""What the two commands of feeds share: they run one now, and end with what it changed."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError

from apps.feeds import runs
from apps.feeds.models import FeedRun


class FeedCommand(BaseCommand):
    feeds = ()

    def add_arguments(self, parser):
        parser.add_argument("feed", choices=self.feeds)
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="ask from this day on")
        parser.add_argument("--dry-run", action="store_true", help="ask and report, write nothing")
        parser.add_argument("--base-url", metavar="URL", help="another address of the publisher")

    def handle(self, *, feed, since, dry_run, base_url, **options):
        try:
            passage = runs.run(feed, since=since, base_url=base_url, dry_run=dry_run)
        except runs.AlreadyRunning as error:
            raise CommandError(str(error)) from error
        if passage.outcome == FeedRun.Outcome.FAILED:
            raise CommandError(passage.message)
        counts = ", ".join(f"{name} {number}" for name, number in passage.counts.items())
        self.stdout.write(f"{passage.feed}: {counts} (run {passage.pk}). {passage.message}".rstrip())
