"""Compiles the catalogue of each language: locale/*/LC_MESSAGES/django.po into django.mo."""

import os

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        for source in sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po")):
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parents[1].name)
            target = source.with_suffix(".mo")
            half_written = source.with_suffix(f".{os.getpid()}")
            with half_written.open("wb") as file:
                write_mo(file, catalogue)
            half_written.replace(target)
            self.stdout.write(
                f"Compiled {len(catalogue)} texts into {target.relative_to(settings.BASE_DIR)}."
            )
