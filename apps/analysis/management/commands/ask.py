"""
Answers a spatial question and writes the answer: nothing is kept.

FILE.json is a question, as `POST /api/analyses/` takes it, or an answer as it was given: its question is then
asked again. - reads it from the standard input. --key asks one of the gallery instead; --sentence only reads
the question back. Everything loaded is read, whatever its access class: mind to whom you give the answer.
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from rest_framework.exceptions import APIException

from apps.accounts.models import User
from apps.analysis import answering
from apps.analysis.bounds import Limits, TooLarge
from apps.analysis.files import WRITERS, written
from apps.analysis.gallery import BY_KEY
from apps.analysis.jobs import sentences
from apps.analysis.questions import checked
from apps.analysis.resolving import resolved
from apps.analysis.sentence import sentence


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        asked = parser.add_mutually_exclusive_group(required=True)
        asked.add_argument(
            "file", nargs="?", metavar="FILE.json", help="a question or an answer; - for input"
        )
        asked.add_argument("--key", choices=sorted(BY_KEY), help="one of the gallery")
        parser.add_argument("--format", choices=sorted(WRITERS), default="csv")
        parser.add_argument("--output", type=Path, metavar="OUT", help="a file in place of the output")
        parser.add_argument("--language", choices=("fr", "en"), default="fr", help="of words and labels")
        parser.add_argument("--sentence", action="store_true", help="only read the question back")

    def handle(self, *, file, key, output, language, **options):
        told = BY_KEY[key].question if key else question_in(file)
        with override(language):
            try:
                if options["sentence"]:
                    self.stdout.write(sentence(resolved(checked(told)))[language])
                    return
                found = answering.answer(told, User(is_superuser=True), limits=limits())
            except TooLarge as refusal:
                raise CommandError(
                    f"Not answered within {settings.QUESTION_JOB_SECONDS:g} s: narrow the question."
                ) from refusal
            except APIException as refusal:
                raise CommandError("\n".join(sentences(refusal.detail))) from refusal
            body, _content_type = written(options["format"], found)
        if output:
            output.write_bytes(body)
            self.stdout.write(f"Wrote {len(found.rows)} rows of {found.total} to {output}.")
        elif options["format"] == "xlsx":
            raise CommandError("A workbook is no text: say --output OUT.xlsx.")
        else:
            self.stdout.write(body.decode())


def limits():
    """Return the limits of who waits at a terminal: those of a job."""
    return Limits(settings.QUESTION_JOB_SECONDS, settings.QUESTION_JOB_SECONDS)


def question_in(file):
    """Return the question of a file, or the one that the answer in it is of."""
    try:
        told = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{file}: no JSON can be read there ({error}).") from error
    return told["question"] if isinstance(told, dict) and "question" in told else told
