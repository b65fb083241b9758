"""
Holds a choice against the real one and keeps the answer as a run.

FILE.json is a back-test, or an answer as the API gives it. --examples makes the ready-made ones: the
Centre-North at the end of 2019, all 21 in October 2020 in one ranking and by zone. May be run twice: the same
answer under the same name is kept once.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rest_framework.exceptions import ValidationError

from apps.runs.management.repeating import SIMULATED, flat, read, same
from apps.runs.models import Run
from apps.runs.services import RunFailed, run_now
from apps.targeting import backtests
from apps.targeting.backtest_questions import question


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="a back-test or an answer, as JSON")
        parser.add_argument("--examples", action="store_true", help="the ready-made back-tests")
        parser.add_argument("--name", help="what the run is called; the file's name without it")
        parser.add_argument("--dry-run", action="store_true", help="answer and report, keep nothing")

    def handle(self, *, file, examples, name, dry_run, **options):
        if (file is None) != examples:
            raise CommandError("Give either a FILE.json or --examples.")
        told = read(file) if file else {}
        asked_by_name = backtests.EXAMPLES if examples else {name or file.stem: told.get("question", told)}
        for title, asked in asked_by_name.items():
            self._answer(title, self._checked(title, asked), is_public=examples, dry_run=dry_run)

    def _checked(self, title, asked):
        try:
            return question(asked)
        except ValidationError as error:
            raise CommandError(f"{title}: {flat(error.detail)}") from error

    def _answer(self, title, asked, *, is_public, dry_run):
        with transaction.atomic():
            try:
                run = run_now(backtests.KIND, asked, name=title, is_public=is_public)
            except RunFailed as failure:
                raise CommandError(f"{title}: {failure}") from failure
            if is_public and run.is_simulated:
                Run.objects.filter(pk=run.pk).update(name=f"{title} {SIMULATED}")
            kept = same(run)
            if dry_run or kept:
                transaction.set_rollback(True)
        where = "nothing kept" if dry_run else f"run {(kept or run).pk}{', kept before' if kept else ''}"
        self.stdout.write(f"{title}: hash {run.hash}: {where}.")
