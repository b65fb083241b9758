"""Makes the file of chosen cercles without the web: for an operator who hands it over on a key."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from django.utils.translation import override

from apps.exports.models import Export
from apps.exports.services import ExportFailed
from apps.packs.orders import WrongCercles, ordered

FORMATS = {"gpkg": Export.Kind.AREA, "offline": Export.Kind.OFFLINE}


class Command(BaseCommand):
    help = "Writes what everybody may read of these cercles as a GeoPackage, or a page that needs no network."

    def add_arguments(self, parser):
        parser.add_argument("cercles", nargs="+", metavar="P-CODE", help="for example ML0501 ML0502")
        parser.add_argument("--format", choices=FORMATS, default="gpkg", dest="name")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)
        parser.add_argument("--out", type=Path, help="the file; else one in this folder")

    def handle(self, *, cercles, name, language, out, **options):
        kind = FORMATS[name]
        with override(language):
            try:
                order = ordered(AnonymousUser(), cercles, kind=kind, language=language, with_closed=False)
                path = self.written(order, (out or Path(order.file_name)).resolve())
            except (WrongCercles, ExportFailed, OSError) as error:
                raise CommandError(str(error)) from None
        self.stdout.write(
            f"Wrote {path.name}: {len(order.asked['cercles'])} cercles, {len(order.layers)} layers,"
            f" {path.stat().st_size} bytes."
        )

    def written(self, order, target):
        """Write the file whole or not at all; return its path."""
        write = import_string(settings.EXPORT_KINDS[order.kind])
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".maillage-") as folder:
            made, _about = write(order.row(AnonymousUser())["asked"], Path(folder), step=self.step)
            shutil.move(made, target)
        return target

    def step(self, done, total):
        """Show how far it is."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total}", ending="")
