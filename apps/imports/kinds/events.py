"""
Events of a source: read and written by the loader of events, a piece at a time, whatever their number.

What the source told before within the days of the file, and the file lacks, is told as gone; it is deleted
only when a data keeper says that the file is complete.
"""

import csv
from dataclasses import replace

from apps.events import loading
from apps.imports import uploads
from apps.imports.differences import Action, Difference, Item, NotImportable
from apps.imports.kinds.rows import source_of
from apps.imports.reading import table_of
from geo.names import fold
from geo.vocabulary import AccessClass
from layers.readers.events import MALI, READERS
from layers.sources_toml import Contents

CONTENTS = {
    "acled": Contents.ACLED_EVENTS,
    "ucdp": Contents.UCDP_EVENTS,
    "simulated": Contents.SIMULATED_EVENTS,
}
TELLING = {"ucdp": ("typeofviolence", "whereprec"), "simulated": ("simulated",)}
"""Headers, folded, that only files of this source have; all others are read as ACLED's."""

NAMES = {"region": "admin1", "cercle": "admin2", "commune": "admin3", "locality": "location_name"}
"""What the reader of events calls our fields of places."""

ACTIONS = {"added": Action.ADDED, "changed": Action.CHANGED, "deleted": Action.GONE}

NOT_PUBLIC = (
    "Les conditions d'ACLED interdisent de publier ses lignes. Renvoyez le fichier en choisissant l'accès "
    "«\u00a0personnes connectées\u00a0»."
)


class Events:
    def __init__(self, import_):
        self.import_ = import_
        self.reader = import_.options.get("source") or _told_by(import_.found["headers"])
        self.load_kind = loading.KIND_OF[READERS[self.reader].source]
        if self.reader == "acled" and import_.access == AccessClass.PUBLIC:
            raise NotImportable(NOT_PUBLIC)

    @property
    def is_whole(self):
        return bool(self.import_.options.get("whole"))

    def compare(self, step):
        """Return the difference, as if the file were complete: what would go is always told."""
        return self._difference(self._load(step, whole=True, dry_run=True))

    def compare_again(self, step):
        """Write the events, in the transaction under way, and return the difference that it made."""
        self.done = self._load(step, whole=self.is_whole, dry_run=False)
        return self._difference(self.done)

    def _load(self, step, *, whole, dry_run):
        path, lines = self._as_csv()
        source = replace(source_of(self.import_), path=path, what=CONTENTS[self.reader])
        try:
            found = loading.load_file(
                path,
                replace(source, simulated=self.reader == "simulated"),
                reader=self.reader,
                columns=self._columns(),
                whole=whole,
                country=self.import_.options.get("country") or MALI,
                progress=lambda done, total, message: step(done, total),
                dry_run=dry_run,
            )
        except loading.NotBeside as error:
            raise NotImportable(str(error)) from error
        problems = [_at(problem, lines) for problem in found.problems] if lines else found.problems
        return replace(found, problems=problems)

    def _columns(self):
        """Return the headers that are not those the reader knows."""
        usual = READERS[self.reader].columns
        told = {NAMES.get(name, name): header for name, header in self.import_.mapping.items()}
        return {
            name: header
            for name, header in told.items()
            if name in usual and fold(header) not in map(fold, usual[name])
        }

    def _as_csv(self):
        """Return a CSV of the file, and the line in the file of each of its own where they differ."""
        path = uploads.path_of(self.import_)
        if self.import_.found["format"] == "csv":
            return path, None
        table, lines = table_of(self.import_), [1]
        copy = uploads.folder_of(self.import_.pk) / "lignes" / f"{path.stem}.csv"
        copy.parent.mkdir(exist_ok=True)
        with copy.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.headers)
            for line, cells in table.rows():
                writer.writerow([" ".join(cell.split()) for cell in cells])
                lines.append(line)
        return copy, lines

    def _difference(self, found):
        counts = {
            Action.ADDED: found.added,
            Action.CHANGED: found.changed,
            Action.UNCHANGED: found.unchanged,
            Action.GONE: found.deleted,
            Action.REFUSED: found.refused,
            Action.WAITING: 0,
        }
        read = found.added + found.changed + found.unchanged + found.refused
        doubts = sum(not problem.is_fatal for problem in found.problems)
        refused = [_refused(problem) for problem in found.problems if problem.is_fatal]
        items = [
            _item(action, each) for name, action in ACTIONS.items() for each in found.examples.get(name, ())
        ]
        return Difference(
            items=items + refused,
            counts={**counts, "read": read, "doubts": doubts, "may_remove": bool(found.deleted)},
            problems=found.problems,
            left_out=found.left_out,
            is_digested=(Action.ADDED, Action.CHANGED, Action.UNCHANGED, Action.REFUSED),
        )

    def removes(self, difference):
        """To delete is a choice: without it the file is taken for a part."""
        return False

    def writes(self, difference):
        return not difference.changes_nothing or self.is_whole

    def write(self, difference):
        """Return the load that `compare_again` made."""
        return self.done.load

    def save_questions(self):
        """Ask nothing: events have points."""


def _told_by(headers):
    folded = set(map(fold, headers))
    return next((reader for reader, names in TELLING.items() if folded.issuperset(names)), "acled")


def _at(problem, lines):
    if problem.row is None or not 0 < problem.row <= len(lines):
        return problem
    return replace(problem, row=lines[problem.row - 1])


def _refused(problem):
    return Item(
        action=Action.REFUSED,
        line=problem.row,
        field=problem.field,
        told=problem.value,
        reason=problem.reason,
        remedy=problem.remedy,
    )


def _item(action, example):
    return Item(
        action=action,
        line=example.row,
        key=example.source_event_id,
        values=_plain(example.new),
        former=_plain(example.former),
    )


def _plain(values):
    return {
        name: value if isinstance(value, int | float | bool | None) else str(value)
        for name, value in values.items()
    }
