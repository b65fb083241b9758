"""
Loads the tables drawn from the programme's documents: all of a FOLDER together, tied to the edition in use.

The tables, their columns and how to write one's own are in docs/data.md.
"""

from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from apps.programme.services import save_programme
from apps.sources import services as sources
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from layers import known_files
from layers.readers import programme
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.PROGRAMME
    what = Contents.PROGRAMME

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")

    def handle(self, *, folder, dry_run, **options):
        if not folder.is_dir():
            raise CommandError(f"{folder}: no such folder")
        source = self.source(folder)
        load = sources.same_file_in_use(self.kind, source.sha256)
        if load:
            self.stdout.write(f"{source.path.name}: unchanged since load {load.pk}.")
            return
        readings = self.checked(folder)
        if dry_run:
            written, refused = counted(readings)
            self.stdout.write(
                f"{source.path.name}: would write {written}, refuse {refused}. Nothing written."
            )
            return
        self.write(readings, source)

    def source(self, folder):
        """Return what is known of the tables together."""
        try:
            files = programme.paths(folder).values()
            return sources.together(
                [known_files.source_of(path, otherwise=self.what) for path in files],
                name=sources.name_of_folder(folder),
            )
        except UnreadableFile as error:
            raise CommandError(str(error)) from error

    def checked(self, folder):
        """Return what each table holds after showing the problems; raises CommandError for an empty one."""
        try:
            readings = programme.read(folder)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        self.show(problems(readings))
        for stem, reading in readings.items():
            if not reading.records:
                raise CommandError(
                    f"{stem}.csv: no row could be read. Nothing written, the former rows are intact."
                )
        return readings

    @transaction.atomic
    def write(self, readings, source):
        written, refused = counted(readings)
        load = sources.record_load(
            self.kind,
            source,
            rows_read=written + refused,
            rows_written=written,
            problems=problems(readings),
            left_out=left_out(readings),
            in_use=True,
        )
        said = save_programme({stem: reading.records for stem, reading in readings.items()}, load)
        self.stdout.write(
            " ".join(
                [f"Wrote {written} rows of {source.path.name}, refused {refused} (load {load.pk}).", *said]
            )
        )


def counted(readings):
    """Return how many rows of all tables passed, and how many did not."""
    return (
        sum(len(reading.records) for reading in readings.values()),
        sum(len(reading.refusals) for reading in readings.values()),
    )


def problems(readings):
    """Return the problems of every table, in the order of the tables."""
    return [problem for reading in readings.values() for problem in reading.problems]


def left_out(readings):
    """Return what was left aside on purpose, by kind."""
    return {kind: count for reading in readings.values() for kind, count in reading.left_out.items()}
