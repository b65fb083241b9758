"""Freezes what is loaded now as a release."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.releases import making, services
from apps.releases.models import Release


class Command(BaseCommand):
    help = "Freezes every public layer as a signed release, whose address never changes."

    def add_arguments(self, parser):
        parser.add_argument("--name", help="a day, as 2026-11-23 or 2026-11-23.2; today's next unless told")
        parser.add_argument("--dry-run", action="store_true", help="make it, tell of it, keep nothing")

    def handle(self, *, name, dry_run, **options):
        today = timezone.localdate()
        try:
            if dry_run:
                told = making.tried(services.name_for(today, name), step=self.show)
                self.say("Would release", told.manifest, told.bytes)
            else:
                self.say("Released", *self.made(today, name))
        except (services.NotNow, services.ReleaseFailed) as error:
            raise CommandError(str(error)) from None

    def made(self, today, name):
        asked = services.asked(author=None, today=today, name=name)
        services.make(asked.pk, step=self.show)
        release = Release.objects.get(pk=asked.pk)
        if release.state != Release.State.DONE:
            raise CommandError(release.message or f"Release {release.name} was not made: see the log.")
        return release.manifest, release.bytes

    def show(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} layers", ending="")

    def say(self, verb, told, size):
        rows = sum(layer["rows"] for layer in told["layers"].values())
        self.stdout.write(
            f"{verb} {told['name']}: {len(told['layers'])} layers, {rows} rows, {len(told['files'])} files, "
            f"{size} bytes, signed by {told['key']}."
        )
