"""What commands that answer a question share: reading it, asking it again, telling what differs."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rest_framework.exceptions import ValidationError

from apps.runs.models import Run
from apps.runs.services import RunFailed, run_now

SIMULATED = "(événements simulés)"
"""What is added to the name of an example that rests on simulated events."""


class NoExample(Exception):
    """Nothing loaded makes the example; the message says what is missing."""


class AnswersAQuestion(BaseCommand):
    """
    A command that answers FILE.json, or its example, and keeps the answer as a run.

    What it answers is told by `kind`, `example` (the run's name) and `example_help`, and by the two methods
    that raise NotImplementedError here.
    """

    kind = ""
    example = ""
    example_help = ""
    simulated = "(données simulées)"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="a question or an answer, as JSON")
        parser.add_argument("--example", action="store_true", help=self.example_help)
        parser.add_argument("--name", help="what the run is called; the file's name without it")
        parser.add_argument("--dry-run", action="store_true", help="answer and report, keep nothing")

    def asked(self, told):
        """Return this question checked; None: the example's. Raises ValidationError, NoExample."""
        raise NotImplementedError

    def found(self, answer):
        """Return what the answer says, in a line."""
        raise NotImplementedError

    def differing(self, told, answer):
        """Yield how the answer differs from the one in the file."""
        return differences(told, answer)

    def handle(self, *, file, example, name, dry_run, **options):
        if (file is None) != example:
            raise CommandError("Give either a FILE.json or --example.")
        told = {} if example else read(file)
        try:
            asked = self.asked(None if example else told.get("question", told))
        except NoExample as reason:
            self.stdout.write(f"No example: {reason}")
            return None
        except ValidationError as error:
            raise CommandError(f"{file or self.example}: {flat(error.detail)}") from error
        with transaction.atomic():
            run = self._answered(asked, name or (self.example if example else file.stem), is_public=example)
            if example and run.is_simulated:
                Run.objects.filter(pk=run.pk).update(name=f"{self.example} {self.simulated}")
            kept = None if dry_run else same(run)
            if dry_run or kept:
                transaction.set_rollback(True)
        self._tell(run, kept, told, dry_run)
        self.after(asked, **options)
        return None

    def after(self, asked, **options):
        """Do what else was asked for, once the answer is kept."""

    def _answered(self, asked, name, *, is_public):
        try:
            return run_now(self.kind, asked, name=name, is_public=is_public, step=self._step)
        except RunFailed as failure:
            raise CommandError(str(failure)) from failure

    def _step(self, done, total):
        if self.stderr.isatty():
            self.stderr.write(f"\r{100 * done // total} %", ending="" if done < total else "\n")

    def _tell(self, run, kept, told, dry_run):
        answer = json.loads(run.answer)
        for line in self.differing(told, answer) if "question" in told else ():
            self.stdout.write(line)
        where = "nothing kept" if dry_run else f"run {(kept or run).pk}{', kept before' if kept else ''}"
        self.stdout.write(f"{self.found(answer)}, hash {run.hash}: {where}.")


def read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path}: no JSON ({error}).") from error


def same(run):
    return Run.objects.answered().filter(hash=run.hash, name__startswith=run.name).exclude(pk=run.pk).first()


def differences(told, answer):
    """Yield whether the answer is the one in the file; where it is not, which data differ."""
    if told == answer:
        yield "The same answer, byte by byte."
        return
    before, now = (_files(each.get("snapshot", ())) for each in (told, answer))
    for kind, file in sorted(before.keys() | now.keys()):
        one, other = before.get((kind, file)), now.get((kind, file))
        if one != other:
            state = "another" if one and other else "gone" if one else "new"
            yield f"Another answer: {kind} {file} is {state}."
    if before == now:
        yield "Another answer from the same data: the method has changed, or the file was edited."


def _files(snapshot):
    return {(each["kind"], each["file"]): each["sha256"] for each in snapshot}


def flat(detail, path=""):
    """Return the errors of a question as lines « zones.0.criteria.1.weight: … »."""
    if isinstance(detail, dict):
        return "; ".join(
            flat(each, f"{path}.{name}" if path else str(name)) for name, each in detail.items() if each
        )
    if isinstance(detail, list):
        parts = [
            flat(each, f"{path}.{at}" if isinstance(each, dict | list) else path)
            for at, each in enumerate(detail)
            if each
        ]
        return "; ".join(parts)
    return f"{path}: {detail}" if path else str(detail)
