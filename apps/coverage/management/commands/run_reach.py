"""
Answers a study of reach and keeps the answer as a run.

FILE.json is a question, or an answer as the API gives it: it is then asked again, and the command says
whether every byte is the same or which data differ. --example asks who is within 30 km of police, a court and
a prison. May be run twice: the same answer under the same name is kept once. --geotiff writes the minutes it
rests on, over the grid: of a chain, those to its farthest link.
"""

from pathlib import Path

from apps.coverage.studies import runs
from apps.coverage.studies.surface import geotiff_of
from apps.runs.management.repeating import AnswersAQuestion, differences

EXAMPLE_QUESTION = {"chain": True, "limit": 30.0}


class Command(AnswersAQuestion):
    help = __doc__
    kind = runs.KIND
    example = "Chaîne pénale à 30 km"
    example_help = "the criminal chain within 30 km"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--geotiff", type=Path, metavar="OUT.tif", help="write the minutes over the grid")

    def asked(self, told):
        return runs.whole(EXAMPLE_QUESTION if told is None else told)

    def differing(self, told, answer):
        """Tell of institutions that were changed here, which no file shows, before the files."""
        if told.get("institutions") in (None, answer["institutions"]):
            yield from differences(told, answer)
            return
        yield "Another answer: the institutions counted, or what is told of them, have changed."
        yield from (line for line in differences(told, answer) if line.startswith("Another answer: "))

    def found(self, answer):
        reached = answer["country"]["reached"] or {"low": "?", "known": "?"}
        return f"Within reach: at least {reached['low']} people, {reached['known']} by all that is recorded"

    def after(self, asked, *, geotiff, **options):
        if geotiff:
            geotiff.write_bytes(geotiff_of(asked))
            self.stdout.write(f"Minutes over the grid: {geotiff}.")
