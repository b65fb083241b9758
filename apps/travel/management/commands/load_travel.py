"""
Loads a layer of travel onto the grid: `load_travel roads FILE --class-field highway`.

Roads, rivers and barriers are vectors (GeoJSON, GeoPackage, shapefile); land cover, slope and friction
rasters. A layer takes the place of the former one of its kind, all or nothing. `load_travel --remove roads`
takes one away.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from apps.sources import services as sources
from apps.sources.management.loading import LoadCommand
from apps.travel import services
from apps.travel.models import TravelLayer
from layers import known_files
from layers.readers import travel_rasters, travel_vectors
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents
from layers.travel import VECTOR_KINDS, TravelKind

TOLD_OF_SOURCE = ("publisher", "url", "licence", "licence_url", "attribution", "note")
BESIDE_A_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg")


class Command(LoadCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("kind", nargs="?", choices=[kind.value for kind in TravelKind])
        parser.add_argument("path", nargs="?", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")
        parser.add_argument("--remove", metavar="KIND", choices=[kind.value for kind in TravelKind])
        parser.add_argument("--class-field", help="the column that names the class of a line, as highway")
        parser.add_argument("--unit", help="degrees, percent or ratio; minutes_per_metre or minutes_per_km")
        for told in TOLD_OF_SOURCE:
            parser.add_argument(f"--{told.replace('_', '-')}", default="")
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day the file tells of: 2026-01-31")
        parser.add_argument("--simulated", action="store_true", help="made up, to try the service out")

    def handle(self, *, kind, path, remove, **options):
        if remove:
            self.remove(remove)
        elif kind is None or path is None:
            raise CommandError("load_travel takes a kind and a file, or --remove and a kind")
        elif not path.is_file():
            raise CommandError(f"{path}: no such file")
        else:
            self.load(TravelKind(kind), path, options)

    def remove(self, kind):
        load = services.remove_layer(kind)
        if load is None:
            raise CommandError(f"no layer of {kind} is loaded: nothing to remove")
        self.stdout.write(f"Removed the layer of {kind} that came from {load.file_name} (load {load.pk}).")

    def load(self, kind, path, options):
        refuse_unfit_options(kind, options)
        source = self.source_told(path, options)
        asked = {name: options[name] for name in ("class_field", "unit") if options[name]}
        same = TravelLayer.objects.filter(kind=kind, load__sha256=source.sha256, asked=asked).first()
        if same:
            sources.note_checked(same.load)
            self.stdout.write(f"{path.name}: unchanged since load {same.load_id}.")
            return
        reading = self.read_onto_grid(kind, path, asked)
        self.show(list(reading.problems))
        said = told_of(reading)
        if options["dry_run"]:
            self.stdout.write(f"{path.name}: would write {said} Nothing written.")
            return
        load = save(kind, reading, source, asked, as_of=options["as_of"])
        self.stdout.write(f"Wrote {said} (load {load.pk}).")

    def source_told(self, path, options):
        """Return the source of a file: by its sources.toml or its name, and what the options say besides."""
        try:
            parts = [path, *filter(Path.is_file, map(path.with_suffix, BESIDE_A_SHAPEFILE))]
            parts = parts if path.suffix.lower() == ".shp" else [path]
            found = [known_files.source_of(part, otherwise=Contents.OTHER) for part in parts]
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        told = {name: options[name] for name in TOLD_OF_SOURCE if options[name]}
        simulated = {"simulated": True} if options["simulated"] else {}
        return replace(sources.together(found, name=path.name), **told, **simulated)

    def read_onto_grid(self, kind, path, asked):
        try:
            if kind in VECTOR_KINDS:
                return travel_vectors.read(path, class_field=asked.get("class_field"))
            return travel_rasters.read(path, kind=kind, unit=asked.get("unit"))
        except UnreadableFile as error:
            raise CommandError(str(error)) from error


def refuse_unfit_options(kind, options):
    if options["class_field"] and kind not in VECTOR_KINDS:
        raise CommandError(
            f"--class-field is for roads, rivers and barriers; a raster of {kind} has no columns"
        )
    if options["unit"] and kind not in travel_rasters.UNITS:
        raise CommandError(f"--unit is for slope and friction; {kind} has classes")


def told_of(reading):
    classes = ", ".join(f"{name} {count}" for name, count in sorted(reading.features_of.items()))
    classes = classes or ", ".join(reading.classes)
    return (
        f"{reading.cells_told} cells of the grid from {reading.features} features or pixels"
        f"{f' ({classes})' if classes else ''}, refused {len(reading.problems)}."
    )


@transaction.atomic
def save(kind, reading, source, asked, *, as_of):
    load = sources.record_load(
        services.load_kind(kind),
        source,
        as_of=as_of,
        rows_read=reading.features,
        rows_written=reading.features - len(reading.problems),
        problems=list(reading.problems),
        in_use=True,
    )
    services.save_layer(
        kind, reading.cells, reading.classes, load, cells_told=reading.cells_told, asked=asked
    )
    return load
