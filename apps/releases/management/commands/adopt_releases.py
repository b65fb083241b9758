"""Registers again the releases on the disk of which no row tells: after a database was restored."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.releases import making, services
from apps.releases.manifest import is_name


class Command(BaseCommand):
    help = "Verifies the releases that no row tells of, and registers them; refuses those that others signed."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="verify, and write nothing")

    def handle(self, *, dry_run, **options):
        found = [path for path in self.folders() if services.is_unknown(path.name)]
        told, refused = [], []
        for path in found:
            try:
                told.append(making.adopted(path))
            except services.ReleaseFailed as error:
                refused.append(path.name)
                self.stderr.write(f"Refused {path.name}: {error}")
        if not dry_run:
            for each in sorted(told, key=lambda each: each.made_at):
                services.adopt(each)
        self.stdout.write(
            f"{'Would adopt' if dry_run else 'Adopted'} {len(told)} releases, refused {len(refused)}."
        )
        if refused:
            raise CommandError(f"Not adopted: {', '.join(refused)}")

    def folders(self):
        place = settings.RELEASES_DIR
        return sorted(path for path in place.iterdir() if is_name(path.name)) if place.is_dir() else []
