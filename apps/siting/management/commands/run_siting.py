"""
Answers a question of siting and keeps the answer as a run.

FILE.json is a question, or an answer as the API gives it: it is then asked again, and the command says
whether every byte is the same or which data differ. --example holds the programme's nine commissariats
against nine chosen at the same cost. May be run twice: the same answer under the same name is kept once.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rest_framework.exceptions import ValidationError

from apps.runs.management.repeating import differences, flat, read, same
from apps.runs.models import Run
from apps.runs.services import RunFailed, run_now
from apps.siting import runs

EXAMPLE = "Neuf commissariats"
SIMULATED = "(données simulées)"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="a question or an answer, as JSON")
        parser.add_argument(
            "--example", action="store_true", help="nine commissariats: the programme's, and chosen"
        )
        parser.add_argument("--name", help="what the run is called; the file's name without it")
        parser.add_argument("--dry-run", action="store_true", help="answer and report, keep nothing")

    def handle(self, *, file, example, name, dry_run, **options):
        if (file is None) != example:
            raise CommandError("Give either a FILE.json or --example.")
        told = {} if example else read(file)
        try:
            asked = runs.whole(runs.nine_question() if example else told.get("question", told))
        except runs.NoWorks:
            self.stdout.write("No example: no commissariat of the programme is planned at a place.")
            return
        except ValidationError as error:
            raise CommandError(f"{file or EXAMPLE}: {flat(error.detail)}") from error
        with transaction.atomic():
            run = self._answered(asked, name or (EXAMPLE if example else file.stem), is_public=example)
            if example and run.is_simulated:
                Run.objects.filter(pk=run.pk).update(name=f"{EXAMPLE} {SIMULATED}")
            kept = None if dry_run else same(run)
            if dry_run or kept:
                transaction.set_rollback(True)
        self._tell(run, kept, told, dry_run)

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
        for line in differences(told, answer) if "question" in told else ():
            self.stdout.write(line)
        where = "nothing kept" if dry_run else f"run {(kept or run).pk}{', kept before' if kept else ''}"
        chosen = next((plan for plan in answer["plans"] if plan["key"] == "chosen"), None)
        found = (
            f"{len(chosen['sites'])} sites for {chosen['cost']} USD newly reach {chosen['people']['low']} to "
            f"{chosen['people']['high']} people"
            if chosen
            else "No choice keeps the rules"
        )
        self.stdout.write(f"{found}; hash {run.hash}: {where}.")
