"""What every command that loads a file does: check, show, write all or nothing, say it in one line."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from apps.sources import services
from layers import known_files
from layers.readers.problems import UnreadableFile

MOST_PROBLEMS_SHOWN = 20


class LoadCommand(BaseCommand):
    """
    Loads one file. A subclass says its `kind`, and how to `read` the file and `save` its records.

    `save` runs in one transaction with the row that records the load: whatever stops it, the former
    rows are still there.
    """

    kind = None
    what = None
    """The `Contents` taken when the file's name and its sources.toml do not tell."""

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")

    def read(self, path):
        raise NotImplementedError

    def save(self, reading, load):
        """Write the records; return a sentence on what is worth knowing, or an empty one."""
        raise NotImplementedError

    def is_complete(self, load):
        """Return whether this load in use left nothing to do for the same file."""
        return True

    def handle(self, *, path, dry_run, **options):
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        source = self.source(path)
        load = services.same_file_in_use(self.kind, source.sha256)
        if load and self.is_complete(load):
            self.stdout.write(f"{path.name}: unchanged since load {load.pk}.")
            return
        reading = self.checked(path)
        if dry_run:
            self.stdout.write(
                f"{path.name}: would write {len(reading.records)}, refuse {len(reading.refusals)}. "
                "Nothing written."
            )
            return
        self.write(reading, source, path)

    def source(self, path):
        try:
            return known_files.source_of(path, otherwise=self.what)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error

    def checked(self, path):
        """Return what the file holds after showing its problems; raises CommandError for no good row."""
        try:
            reading = self.read(path)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        self.show(reading.problems)
        if not reading.records:
            raise CommandError(f"{path}: no row could be read. Nothing written, the former rows are intact.")
        return reading

    def show(self, problems):
        for problem in problems[:MOST_PROBLEMS_SHOWN]:
            self.stderr.write(f"{'refusé' if problem.is_fatal else 'doute'}: {problem}")
        if len(problems) > MOST_PROBLEMS_SHOWN:
            self.stderr.write(f"... and {len(problems) - MOST_PROBLEMS_SHOWN} more, all kept with the load.")

    @transaction.atomic
    def write(self, reading, source, path):
        load = services.record_load(
            self.kind,
            source,
            rows_read=len(reading.records) + len(reading.refusals),
            rows_written=len(reading.records),
            problems=reading.problems,
            left_out=reading.left_out,
            in_use=True,
        )
        said = self.save(reading, load)
        self.stdout.write(
            f"Wrote {len(reading.records)} rows of {load.kind} from {path.name}, "
            f"refused {len(reading.refusals)} (load {load.pk}).{' ' + said if said else ''}"
        )
