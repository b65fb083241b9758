"""
Checks a release. Where no database is named, `manage.py` runs `apps.releases.verify` in place of this.
"""

import sys

from django.core.management.base import BaseCommand

from apps.releases import services, verify


class Command(BaseCommand):
    help = "Checks that a release is whole, and signed by a key of this installation or by the one given."
    requires_system_checks = []

    def add_arguments(self, parser):
        verify.add_words(parser)

    def handle(self, *, folder, key, name, **options):
        ended = verify.check(
            folder, keys=key, name=name, known=services.known_fingerprints(), say=self.stdout.write
        )
        if ended:
            sys.exit(ended)
