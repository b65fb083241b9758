"""Loads what a publisher counts by cercle and month: `load_counts hdx PATH`, `load_counts hapi PATH`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.events import published
from apps.sources import services
from apps.sources.models import Load
from layers import known_files
from layers.readers import monthly_counts
from layers.readers.monthly_counts import CountCategory
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents

CONTENTS = {"hdx": Contents.HDX_COUNTS, "hapi": Contents.HAPI_COUNTS}
MOST_PROBLEMS_SHOWN = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("series", choices=CONTENTS)
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--category", choices=[str(each) for each in CountCategory], help="what a table of HDX counts"
        )
        parser.add_argument("--dry-run", action="store_true", help="check and report, write nothing")

    def handle(self, *, series, path, category, dry_run, **options):
        try:
            source = known_files.source_of(path, otherwise=CONTENTS[series])
            if services.same_file_in_use(Load.Kind.MONTHLY_COUNTS, source.sha256):
                self.stdout.write(f"{path.name}: unchanged since it was loaded.")
                return
            reading = read(series, path, category)
        except (UnreadableFile, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        self.show(reading.problems)
        if not reading.records:
            raise CommandError(f"{path}: no row could be read. Nothing written, the former rows are intact.")
        if dry_run:
            self.stdout.write(
                f"{path.name}: would write {len(reading.records)}, refuse {len(reading.refusals)}. "
                "Nothing written."
            )
            return
        self.tell(published.save_counts(reading, source, series=series), path)

    def show(self, problems):
        for problem in problems[:MOST_PROBLEMS_SHOWN]:
            self.stderr.write(f"{'refusé' if problem.is_fatal else 'doute'}: {problem}")

    def tell(self, difference, path):
        counts = ", ".join(f"{name} {number}" for name, number in difference.told().items())
        untied = (
            f" In no cercle of this edition: {', '.join(difference.untied)}." if difference.untied else ""
        )
        self.stdout.write(f"{path.name}: {counts} (load {difference.load.pk}).{untied}")


def read(series, path, category):
    """Return the counts of a file of this series."""
    if series == "hapi":
        return monthly_counts.read_hapi(path)
    return monthly_counts.read_hdx(path, CountCategory(category) if category else None)
