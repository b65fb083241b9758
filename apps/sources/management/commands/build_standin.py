"""Rebuilds the bundled stand-in in data/: approximate boundaries, towns, simulated events."""

from django.conf import settings
from django.core.management.base import BaseCommand

from layers.standin import building


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        changed = building.build(settings.BASE_DIR / "data")
        self.stdout.write(f"Rewrote {', '.join(changed)}." if changed else "Nothing changed.")
