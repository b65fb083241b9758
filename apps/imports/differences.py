"""
What a file would change: each row added, changed or the same, what is gone, what is refused, what waits.

The comparison writes nothing. Its digest is that of what it found: two that are equal change the same rows
from the same to the same.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from apps.imports.models import StagedRow
from layers.readers.problems import Problem

Action = StagedRow.Action

MOST_ROWS = 300_000
"""Of a register, a table or projects: more are no such file. Events, which are more, are read otherwise."""


class NotImportable(Exception):
    """The file as a whole cannot go in. The message says why and what to do, in plain French."""


class RowRefused(Exception):
    """A row cannot go in: which field, what it tells, why, what to do."""

    def __init__(self, field, told, reason, remedy):
        super().__init__(reason)
        self.field, self.told, self.reason, self.remedy = field, str(told), reason, remedy


class PlaceWaits(Exception):
    """The place of a row waits for a decision; `field` is the column that tells it."""

    def __init__(self, field, told, why):
        super().__init__(why)
        self.field, self.told, self.why = field, told, why


@dataclass(frozen=True, kw_only=True)
class Item:
    """One row of a difference. `values` and `former` are what readers are shown; `record` what is written."""

    action: Action
    line: int | None = None
    key: str = ""
    values: dict = field(default_factory=dict)
    former: dict = field(default_factory=dict)
    field: str = ""
    told: str = ""
    reason: str = ""
    remedy: str = ""
    record: Any = None


@dataclass(kw_only=True)
class Difference:
    """`counts` has a number for each action, `read` the rows of the file, and `doubts`."""

    items: list
    counts: dict
    problems: list = field(default_factory=list)
    """Of rows refused and of rows that go in with a doubt, as a load keeps them."""
    left_out: dict = field(default_factory=dict)
    is_digested: tuple = tuple(Action)
    """The actions that the digest is of: what is gone is apart where to remove it is a choice."""

    def of(self, *actions):
        """Return the items of these actions."""
        return [item for item in self.items if item.action in actions]

    @property
    def shown(self):
        """Return all but the items that change nothing: these are only counted."""
        return [item for item in self.items if item.action != Action.UNCHANGED]

    @property
    def changes_nothing(self):
        return not (self.counts[Action.ADDED] or self.counts[Action.CHANGED])

    @property
    def digest(self):
        shown = [item for item in self.shown if item.action in self.is_digested]
        told = [[item.action, item.key, item.values, item.former, item.reason] for item in shown]
        counts = {action: self.counts[action] for action in self.is_digested}
        return hashlib.sha256(json.dumps([told, counts], sort_keys=True).encode()).hexdigest()


def compare(rows, kind, *, file_name, step):
    """
    Return the difference between the rows of a file (`ReadRow`) and what is loaded, as this kind knows it.

    A key met again is refused: the first row that tells it counts.
    """
    formers, lines, items, problems = kind.formers(), {}, [], []
    counts = Counter(dict.fromkeys(Action, 0))
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise NotImportable(
                f"Plus de {MOST_ROWS} lignes\u00a0: ce n'est pas un fichier de cette sorte. "
                "Vérifiez la sorte choisie, ou coupez le fichier."
            )
        step(number)
        found = list(_items(row, kind, formers, lines))
        items += found
        problems += [_problem(item, file_name) for item in found if item.reason]
        counts[found[0].action] += 1
        counts["read"] += 1
        counts["doubts"] += any(item.reason and _goes_in(item) for item in found)
    gone = [_gone(key, formers[key]) for key in kind.gone(formers, lines)]
    counts[Action.GONE] = len(gone)
    return Difference(items=items + gone, counts=dict(counts), problems=problems)


def _goes_in(item):
    return item.action not in (Action.REFUSED, Action.WAITING)


def _items(row, kind, formers, lines):
    """Yield one item for a row, or one for each thing wrong with a row that is refused."""
    fatal = [problem for problem in row.problems if problem.is_fatal]
    if row.values is None or fatal:
        yield from (
            Item(
                action=Action.REFUSED,
                line=row.line,
                field=problem.field,
                told=problem.value,
                reason=problem.reason,
                remedy=problem.remedy,
            )
            for problem in fatal
        )
        return
    try:
        yield _compared(row, kind, formers, lines)
    except RowRefused as refusal:
        yield _refused(row.line, refusal)
    except PlaceWaits as waiting:
        yield Item(
            action=Action.WAITING,
            line=row.line,
            field=waiting.field,
            told=waiting.told,
            reason=waiting.why,
            remedy=DECIDE,
        )


DECIDE = "Décidez de ce lieu dans la page des lieux à décider, ou corrigez-le dans le fichier."


def _refused(line, refusal):
    return Item(
        action=Action.REFUSED,
        line=line,
        field=refusal.field,
        told=refusal.told,
        reason=refusal.reason,
        remedy=refusal.remedy,
    )


def _compared(row, kind, formers, lines):
    key, values, record = kind.told(row)
    if key in lines:
        raise RowRefused(
            kind.key_field, key, f"C'est déjà dit à la ligne {lines[key]}.", "Ôtez l'une des deux lignes."
        )
    lines[key] = row.line
    former = formers.get(key)
    doubt = next(iter(row.problems), None)
    return Item(
        action=_action(values, former),
        line=row.line,
        key=key,
        values=values,
        former={} if former is None else {name: former.get(name) for name in values},
        field=doubt.field if doubt else "",
        told=doubt.value if doubt else "",
        reason=doubt.reason if doubt else "",
        remedy=doubt.remedy if doubt else "",
        record=record,
    )


def _action(values, former):
    if former is None:
        return Action.ADDED
    # What the file does not tell leaves what is loaded.
    told = {name: value for name, value in values.items() if value is not None}
    return Action.UNCHANGED if told.items() <= former.items() else Action.CHANGED


def _gone(key, former):
    return Item(action=Action.GONE, key=key, former=former)


def _problem(item, file_name):
    return Problem(
        where=f"{file_name}, ligne {item.line}",
        row=item.line,
        field=item.field,
        value=item.told,
        reason=item.reason,
        remedy=item.remedy,
        is_fatal=not _goes_in(item),
    )
