"""
Loads conflict events: `load_events acled PATH`, `load_events ucdp PATH`.

What the source changed since gets a new version, what it withdrew is closed, what is the same is left alone.
A file is taken for the whole of its days: what was told before within them and is not in it is deleted; with
--part nothing is. Whatever stops the command, the former rows are there, and it can be run again.
"""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.events import loading
from apps.events.models import ConflictEvent
from apps.sources.management.loading import MOST_PROBLEMS_SHOWN
from layers import known_files
from layers.readers.events import READERS
from layers.readers.problems import OtherCountry, UnreadableFile
from layers.sources_toml import Contents

CONTENTS = {
    "acled": Contents.ACLED_EVENTS,
    "ucdp": Contents.UCDP_EVENTS,
    "simulated": Contents.SIMULATED_EVENTS,
}

MOST_LISTED = 20
SILENT_S = 2.0
"""A load that takes longer says how far it is."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("reader", choices=READERS, metavar="{acled,ucdp,simulated}")
        parser.add_argument("path", type=Path)
        parser.add_argument("--part", action="store_true", help="the file is a part: nothing is deleted")
        parser.add_argument("--country", help="load the events of another country than Mali")
        parser.add_argument(
            "--skip-other-countries",
            action="store_true",
            help="when no row is of the country, say so and end well",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")

    def handle(self, *, reader, path, part, country, skip_other_countries, dry_run, **options):
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        try:
            source = known_files.source_of(path, otherwise=CONTENTS[reader])
            difference = loading.load_file(
                path,
                source,
                reader=reader,
                whole=not part,
                country=country,
                progress=Progress(self.stderr),
                dry_run=dry_run,
            )
        except OtherCountry as error:
            if not skip_other_countries:
                raise CommandError(str(error)) from error
            self.stdout.write(f"{path.name} is left aside: {error}")
            return
        except (UnreadableFile, loading.NotBeside) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                f"{path.name}: interrupted. Nothing written, the former rows are intact; "
                "run it again to finish."
            ) from None
        self.show(difference.problems)
        self.tell(difference, path, dry_run=dry_run)

    def show(self, problems):
        for problem in problems[:MOST_PROBLEMS_SHOWN]:
            self.stderr.write(f"{'refusé' if problem.is_fatal else 'doute'}: {problem}")
        if len(problems) > MOST_PROBLEMS_SHOWN:
            self.stderr.write(f"... and {len(problems) - MOST_PROBLEMS_SHOWN} more, kept with the load.")

    def tell(self, difference, path, *, dry_run):
        if difference.is_same_file:
            self.stdout.write(f"{path.name}: unchanged since load {difference.load.pk}.")
            return
        accepted = difference.added + difference.changed + difference.unchanged
        changes = (
            f"{difference.added} added, {difference.changed} changed, {difference.deleted} deleted, "
            f"{difference.unchanged} unchanged{_left_out(difference.left_out)}."
        )
        if dry_run:
            begun = f"{path.name}: would write {accepted}, refuse {difference.refused}. Nothing written."
        else:
            begun = (
                f"Wrote {accepted} rows of {difference.load.kind} from {path.name}, "
                f"refused {difference.refused} (load {difference.load.pk})."
            )
        self.stdout.write(" ".join([begun, changes, *_warnings(difference, dry_run=dry_run)]))


class Progress:
    """Says on a stream how many rows were read, of how many, and how fast, once a load takes long."""

    def __init__(self, stream):
        self._stream = stream
        self._began = self._told = time.monotonic()

    def __call__(self, done, total, message):
        now = time.monotonic()
        if now - self._told < SILENT_S:
            return
        self._told = now
        of = f" of about {total:,}" if total else ""
        self._stream.write(
            f"{done:,} rows{of}, {done / (now - self._began):,.0f} a second. {message}".rstrip()
        )
        self._stream.flush()


def _left_out(by_country):
    if not by_country:
        return ""
    told = ", ".join(f"{country or '?'} {number}" for country, number in sorted(by_country.items()))
    return f", left out {sum(by_country.values())} ({told})"


def _warnings(difference, *, dry_run):
    if difference.withheld:
        yield (
            f"{difference.withheld} that the file lacks are kept: a row that cannot be read may be theirs. "
            "Mend that row and load again."
        )
    if difference.outside and dry_run:
        yield f"{difference.outside} lie outside every area of this edition."
    elif difference.outside:
        events = ConflictEvent.objects.current().outside_every_area().filter(source=_source(difference))
        listed = events.order_by("source_event_id")[:MOST_LISTED]
        names = ", ".join(f"{event.source_event_id} ({event.location_name})" for event in listed)
        yield f"{difference.outside} lie outside every area of this edition: {names}."


def _source(difference):
    return next(
        source
        for source, kind in loading.KIND_OF.items()
        if kind == difference.load.kind and (source == "simulated") == difference.load.is_simulated
    )
