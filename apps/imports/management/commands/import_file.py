"""
Imports a file of any kind, as the page does: `import_file institutions PATH --publisher NAME`.

Ends with 0 when every row went in or was there already, 3 when some were refused or wait for a decision on
their place (they are given back with --refusals), 1 when nothing was written.
"""

import shutil
import sys
import time
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.imports import jobs, services, uploads
from apps.imports.models import Import
from apps.imports.queries import UNDER_WAY
from geo.vocabulary import AccessClass
from layers import known_files
from layers.imports.kinds import KINDS
from layers.readers.problems import UnreadableFile
from layers.sources_toml import Contents

State = Import.State

SOME_STAY_OUT = 3
STEP_LINES = 10_000
SECONDS_BETWEEN_LOOKS = 0.5
MOST_SHOWN = 20

SAID = {
    services.CHANGED_SINCE: "What is loaded changed meanwhile: nothing written. Run again.",
    services.CUT_SHORT: "Stopped on an error of ours. Nothing written; the former rows are intact.",
    services.NOTHING_NEW: "Nothing to write: all of it is loaded already.",
    services.WOULD_REMOVE: "Rows would go: say with --whole that the file is complete. Nothing written.",
    services.ALL_OR_NOTHING: "An edition goes in whole or not at all. Nothing written.",
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("path", type=Path)
        parser.add_argument("--sheet", default="", help="the sheet or layer; by default the first with rows")
        parser.add_argument("--publisher", help="by default what sources.toml or the file's name tells")
        parser.add_argument("--licence")
        parser.add_argument("--url")
        parser.add_argument("--access", choices=[each.value for each in AccessClass])
        parser.add_argument("--as-of", type=date.fromisoformat, help="the day the data describe, YYYY-MM-DD")
        parser.add_argument("--edition", default="", help="the boundary edition whose P-codes it uses")
        parser.add_argument("--map", action="append", default=[], metavar="FIELD=HEADER", dest="columns")
        parser.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", dest="options")
        parser.add_argument(
            "--value", action="append", default=[], help="a column of values of a table by place"
        )
        parser.add_argument("--whole", action="store_true", help="the file is complete: what it lacks goes")
        parser.add_argument("--dry-run", action="store_true", help="show the difference, write nothing")
        parser.add_argument("--refusals", type=Path, help="where to write the rows that stay out")

    def handle(self, *, path, dry_run, refusals, **options):
        if not path.is_file():
            raise CommandError(f"{path}: no such file")
        import_ = self.received(path, options)
        import_ = self.tried(import_)
        self.show(import_)
        if refusals:
            self.give_back(import_, refusals)
        if dry_run:
            self.stdout.write(f"{told(import_)} Nothing written.")
        else:
            self.stdout.write(f"{told(self.applied(import_))} {self.outcome}")
        if import_.counts["refused"] or import_.counts["waiting"]:
            sys.exit(SOME_STAY_OUT)

    def received(self, path, options):
        about = {**of_source(path, options["kind"]), **{k: options[k] for k in GIVEN if options[k]}}
        try:
            import_ = services.receive(
                uploads.chunks_of(path),
                path.name,
                kind=options["kind"],
                by=None,
                sheet=options["sheet"],
                edition=options["edition"],
                as_of=options["as_of"],
                options=self.options(options),
                **about,
            )
        except uploads.TooLarge:
            raise CommandError(f"{path}: too large; events of any number go in by load_events") from None
        import_ = self.run(import_)
        if options["columns"]:
            mapping = import_.mapping | pairs(options["columns"])
            services.choose_columns(import_, mapping)
        return import_

    @staticmethod
    def options(options):
        told = {name: WORDS.get(value, value) for name, value in pairs(options["options"]).items()}
        told |= {"values": options["value"]} if options["value"] else {}
        return told | ({"whole": True} if options["whole"] else {})

    def tried(self, import_):
        services.begin_trial(import_)
        return self.run(import_)

    def applied(self, import_):
        try:
            services.begin_applying(import_)
        except services.WrongStep as wrong:
            raise CommandError(SAID[wrong.code]) from wrong
        done = self.run(import_)
        if done.message == services.CHANGED_SINCE:
            raise CommandError(SAID[done.message])
        self.outcome = SAID.get(done.message) or f"Written (load {done.load_id})."
        return done

    def run(self, import_):
        done = jobs.run(import_.pk, on_step=self.step)
        while done.state in UNDER_WAY:
            # The worker was quicker to take it.
            time.sleep(SECONDS_BETWEEN_LOOKS)
            done.refresh_from_db()
        if done.state in (State.REFUSED, State.FAILED) or (done.state == State.RECEIVED and done.message):
            raise CommandError(SAID.get(done.message, done.message))
        return done

    def step(self, done, total=None):
        if done and done % STEP_LINES == 0:
            self.stderr.write(f"{done} rows read")

    def show(self, import_):
        stays = import_.rows.filter(action__in=("refused", "waiting"))
        for row in stays[:MOST_SHOWN]:
            self.stderr.write(
                f"ligne {row.row}, {row.field} «\u00a0{row.told}\u00a0»: {row.reason} {row.remedy}"
            )
        more = stays.count() - MOST_SHOWN
        if more > 0:
            self.stderr.write(f"... and {more} more: --refusals FILE gives them all back.")

    def give_back(self, import_, out):
        found = uploads.refusals_of(import_.pk)
        if found:
            shutil.copyfile(found, out)
            self.stderr.write(f"Rows that stay out: {out}")


WORDS = {"true": True, "false": False}
GIVEN = ("publisher", "licence", "url", "access")


def of_source(path, kind):
    """Return what sources.toml or the name of a file tells of where it comes from."""
    what = Contents.ACLED_EVENTS if kind == "events" else Contents.OTHER
    try:
        source = known_files.source_of(path, otherwise=what)
    except UnreadableFile as error:
        raise CommandError(str(error)) from error
    return {
        "publisher": source.publisher,
        "licence": source.licence,
        "url": source.url,
        "access": source.access.value,
    }


def pairs(told):
    """Return KEY=VALUE words as a mapping."""
    wrong = [each for each in told if "=" not in each]
    if wrong:
        raise CommandError(f"'{wrong[0]}' is no KEY=VALUE")
    return dict(each.split("=", 1) for each in told)


def told(import_):
    """Return the counts of an import in one line."""
    names = ("added", "changed", "unchanged", "gone", "refused", "waiting")
    counts = ", ".join(f"{import_.counts[name]} {name}" for name in names)
    return f"{import_.file_name}: {counts}."
