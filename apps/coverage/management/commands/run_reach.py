"""
Answers a study of reach and keeps the answer as a run.

FILE.json is a question, or an answer as the API gives it: it is then asked again, and the command says
whether every byte is the same or which data differ. --example asks who is within 30 km of police, a court and
a prison. May be run twice: the same answer under the same name is kept once. --geotiff writes the minutes it
rests on, over the grid: of a chain, those to its farthest link.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rest_framework.exceptions import ValidationError

from apps.coverage.studies import runs
from apps.coverage.studies.surface import geotiff_of
from apps.runs.management.repeating import differences, flat, read, same
from apps.runs.services import RunFailed, run_now

EXAMPLE = "Chaîne pénale à 30 km"
EXAMPLE_QUESTION = {"chain": True, "limit": 30.0}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="a question or an answer, as JSON")
        parser.add_argument("--example", action="store_true", help="the criminal chain within 30 km")
        parser.add_argument("--name", help="what the run is called; the file's name without it")
        parser.add_argument("--geotiff", type=Path, metavar="OUT.tif", help="write the minutes over the grid")
        parser.add_argument("--dry-run", action="store_true", help="answer and report, keep nothing")

    def handle(self, *, file, example, name, dry_run, geotiff, **options):
        if (file is None) != example:
            raise CommandError("Give either a FILE.json or --example.")
        told = EXAMPLE_QUESTION if example else read(file)
        try:
            asked = runs.whole(told.get("question", told))
        except ValidationError as error:
            raise CommandError(f"{file or EXAMPLE}: {flat(error.detail)}") from error
        with transaction.atomic():
            run = self._answered(asked, name or (EXAMPLE if example else file.stem), is_public=example)
            kept = None if dry_run else same(run)
            if dry_run or kept:
                transaction.set_rollback(True)
        self._tell(run, kept, told, dry_run)
        if geotiff:
            geotiff.write_bytes(geotiff_of(asked))
            self.stdout.write(f"Minutes over the grid: {geotiff}.")

    def _answered(self, asked, name, *, is_public):
        try:
            return run_now(runs.KIND, asked, name=name, is_public=is_public, step=self._step)
        except RunFailed as failure:
            raise CommandError(str(failure)) from failure

    def _step(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{100 * done // total} %", ending="" if done < total else "\n")

    def _tell(self, run, kept, told, dry_run):
        answer = json.loads(run.answer)
        for line in differing(told, answer) if "question" in told else ():
            self.stdout.write(line)
        reached = answer["country"]["reached"] or {"low": "?", "known": "?"}
        where = "nothing kept" if dry_run else f"run {(kept or run).pk}{', kept before' if kept else ''}"
        self.stdout.write(
            f"Within reach: at least {reached['low']} people, {reached['known']} by all that is recorded; "
            f"hash {run.hash}: {where}."
        )


def differing(told, answer):
    """Yield how the answer differs from the one in the file: by files, or by institutions changed here."""
    if told.get("institutions") in (None, answer["institutions"]):
        yield from differences(told, answer)
        return
    yield "Another answer: the institutions counted, or what is told of them, have changed."
    yield from (line for line in differences(told, answer) if line.startswith("Another answer: "))
