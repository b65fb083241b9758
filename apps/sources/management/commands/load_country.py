"""
Loads everything there is for the country, kind by kind, from the best source at hand.

A ladder for each kind: the operator's FOLDER (layout in docs/data.md) or what was dropped in
data/admin_boundaries; with --download the official boundaries and population of HDX; what is already
in use; the stand-in that comes with the project. A file that is in use already is only checked.
"""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.sources.models import Load
from apps.sources.services import name_of_folder
from layers import hdx, known_files
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents

BUNDLED = settings.BASE_DIR / "data"
DOWNLOADS = settings.STATE_DIR / "downloads"

IF_OURS = {"skip_other_countries": True}
"""A folder may hold events of another country too, which is no reason to load nothing."""
STEPS = (
    (Load.Kind.BOUNDARIES, Contents.BOUNDARIES, ("load_boundaries",), {"activate": True}),
    (Load.Kind.CODES, Contents.CODES, ("load_codes",), {}),
    (Load.Kind.SETTLEMENTS, Contents.SETTLEMENTS, ("load_settlements",), {}),
    (Load.Kind.DENSITY, Contents.RASTER, ("load_density",), {}),
    (Load.Kind.POPULATION, Contents.POPULATION, ("load_population",), {}),
    (Load.Kind.EVENTS, Contents.ACLED_EVENTS, ("load_events", "acled"), IF_OURS),
    (Load.Kind.UCDP_EVENTS, Contents.UCDP_EVENTS, ("load_events", "ucdp"), IF_OURS),
    (Load.Kind.EVENTS, Contents.SIMULATED_EVENTS, ("load_events", "simulated"), {}),
    (Load.Kind.MONTHLY_COUNTS, Contents.HDX_COUNTS, ("load_counts", "hdx"), {}),
    (Load.Kind.MONTHLY_COUNTS, Contents.HAPI_COUNTS, ("load_counts", "hapi"), {}),
    (Load.Kind.INSTITUTIONS, Contents.INSTITUTIONS, ("load_institutions", "osm"), {}),
    (Load.Kind.PROGRAMME, Contents.PROGRAMME, ("load_programme",), {}),
)
"""In this order: each kind finds its places in those before it."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--data", type=Path, metavar="FOLDER", help="the operator's own files")
        parser.add_argument(
            "--download", action="store_true", help="fetch boundaries and population from HDX first"
        )
        parser.add_argument("--hdx", dest="hdx_address", default=hdx.BASE_URL, help="another address of HDX")

    def handle(self, *, data, download, hdx_address, **options):
        if data and not data.is_dir():
            raise CommandError(f"{data}: no such folder; give one laid out as in docs/data.md")
        try:
            if download:
                self.download(hdx_address)
            ladder = [known_files.find(data) if data else {}, dropped(), downloaded() if download else {}]
            bundled = known_files.bundled(BUNDLED)
        except (UnreadableFile, hdx.HdxError) as error:
            raise CommandError(str(error)) from error
        for kind, contents, command, options_ in STEPS:
            files = next((rung[contents] for rung in ladder if rung.get(contents)), None)
            if not files and self.may_use_bundled(kind, bundled.get(contents, [])):
                files = bundled.get(contents)
            if files:
                self.load(command, files, options_)
        call_command("count_events", stdout=self.stdout)
        call_command("measure_coverage", stdout=self.stdout)
        call_command("measure_patterns", stdout=self.stdout)

    def download(self, address):
        """Fetch the official boundaries and population; what was fetched before stays until all has come."""
        self.stdout.write(f"Fetching boundaries and population from {address} ...")
        for file in hdx.fetch_country(DOWNLOADS, base_url=address, today=timezone.localdate()):
            self.stdout.write(f"Fetched {file.path.name} ({file.licence or 'licence not told'}).")

    def may_use_bundled(self, kind, files):
        """Return whether nothing better is in use: nothing at all, or an earlier form of these very files."""
        if kind == Load.Kind.EVENTS and Load.objects.in_use().of_kind(Load.Kind.UCDP_EVENTS).exists():
            # Simulated events never stand beside real ones, whoever tells these.
            return False
        in_use = Load.objects.in_use().of_kind(kind).first()
        names = {file.path.name for file in files} | {name_of_folder(file.path.parent) for file in files}
        return in_use is None or in_use.file_name in names

    def load(self, command, files, options):
        """
        Run the command of a kind on its files: all of them for boundaries, the folder that holds them
        for the programme, else the last, the newest.
        """
        paths = [str(file.path) for file in files]
        chosen = {
            "load_boundaries": paths,
            "load_programme": [str(files[-1].path.parent)],
        }.get(command[0], paths[-1:])
        call_command(*command, *chosen, **options, stdout=self.stdout, stderr=self.stderr)


def dropped():
    """Return the official boundaries that an operator put beside the stand-in."""
    found = known_files.find(BUNDLED / "admin_boundaries").get(Contents.BOUNDARIES, [])
    return {Contents.BOUNDARIES: [file for file in found if not file.approximate]}


def downloaded():
    return known_files.find(DOWNLOADS) if DOWNLOADS.is_dir() else {}
