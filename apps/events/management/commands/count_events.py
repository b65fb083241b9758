"""Counts events by place and month where there is no count of any, as after an upgrade; --all: always."""

from django.core.management.base import BaseCommand

from apps.events import services
from apps.events.models import EventCount


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="count again what is counted too")

    def handle(self, *, all, **options):
        if all:
            services.refresh_counts()
        elif not services.count_where_missing():
            return
        self.stdout.write(f"Counted the events in {EventCount.objects.count()} sums by place and month.")
