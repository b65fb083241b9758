"""
Loads an edition of boundaries: regions, cercles and, where given, communes.

All or nothing: one fault in one shape and nothing is written. The edition is inactive until switched
on with --activate, here or at a later run.
"""

from datetime import date
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from apps.boundaries import services
from apps.sources import services as sources
from apps.sources.management.loading import LoadCommand
from apps.sources.models import Load
from geo.vocabulary import Level
from layers.readers import boundaries
from layers.readers.problems import Reading, UnreadableFile
from layers.sources_toml import Contents


class Command(LoadCommand):
    help = __doc__
    kind = Load.Kind.BOUNDARIES
    what = Contents.BOUNDARIES

    def add_arguments(self, parser):
        parser.add_argument(
            "path", type=Path, nargs="+", help="a file of one or several levels; or a file a level"
        )
        parser.add_argument("--edition", help="its name; by default the date the file says")
        parser.add_argument(
            "--valid-from", type=date.fromisoformat, help="YYYY-MM-DD; by default the file's date"
        )
        parser.add_argument("--activate", action="store_true", help="switch this edition on")
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")

    def handle(self, *, path, edition, valid_from, activate, dry_run, **options):
        for file in path:
            if not file.exists():
                raise CommandError(f"{file}: no such file")
        source = self.sources_of(path)
        existing = self.existing(source, edition)
        if existing is None:
            reading = self.checked_together(path)
            if dry_run:
                self.stdout.write(f"Would write {told(reading.records)}. Nothing written.")
                return
            valid_from = valid_from or valid_on(reading.records)
            if valid_from is None:
                raise CommandError("the files tell no date: give --valid-from YYYY-MM-DD")
            name = edition or source.edition or services.default_edition_name(valid_from)
            self.write_edition(reading, source, name=name, valid_from=valid_from, activate=activate)
        elif activate and not existing.is_active and not dry_run:
            services.activate(existing)
            self.stdout.write(f"Edition '{existing.name}' switched on.")
        else:
            self.stdout.write(f"Edition '{existing.name}': unchanged since load {existing.load_id}.")

    def sources_of(self, paths):
        return sources.together([self.source(path) for path in paths])

    def existing(self, source, edition):
        """Return the edition these very files made; raises CommandError when its name is taken by others."""
        loaded = services.edition_of_files(source.sha256)
        if loaded:
            sources.note_checked(loaded.load)
            return loaded
        name = edition or source.edition
        if name and services.edition_named(name):
            raise CommandError(f"an edition '{name}' of other files exists: give another --edition")
        return None

    def checked_together(self, paths):
        """Return the areas of all files, checked each and together; raises CommandError on any fault."""
        try:
            readings = [boundaries.read_levels(path) for path in paths]
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        records = [record for reading in readings for record in reading.records]
        problems = [problem for reading in readings for problem in reading.problems]
        if not any(problem.is_fatal for problem in problems):
            problems += boundaries.check(records)
        self.show(problems)
        faults = sum(problem.is_fatal for problem in problems)
        if faults:
            raise CommandError(f"{faults} faults. Nothing written; the edition in use is intact.")
        self.require_all_levels(records)
        return Reading(records, problems)

    def require_all_levels(self, records):
        missing = [level.name.lower() for level in (Level.REGION, Level.CERCLE) if not at(level, records)]
        if missing:
            raise CommandError(
                f"an edition needs regions and cercles: no {missing[0]} here, give that file too"
            )

    @transaction.atomic
    def write_edition(self, reading, source, *, name, valid_from, activate):
        load = sources.record_load(
            self.kind,
            source,
            edition=name,
            as_of=valid_from,
            rows_read=len(reading.records),
            rows_written=len(reading.records),
            problems=reading.problems,
            in_use=False,
        )
        edition = services.save_edition(
            reading.records, name=name, valid_from=valid_from, load=load, is_approximate=source.approximate
        )
        if activate:
            services.activate(edition)
        state = "switched on" if activate else "inactive: run again with --activate"
        self.stdout.write(f"Wrote {told(reading.records)} as edition '{name}', {state} (load {load.pk}).")


def at(level, records):
    return [record for record in records if record.level == level]


def told(records):
    counts = [(len(at(level, records)), level) for level in Level]
    return ", ".join(f"{count} {level.name.lower()}s" for count, level in counts if count)


def valid_on(records):
    return max((record.valid_on for record in records if record.valid_on), default=None)
