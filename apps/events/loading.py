"""
Events coming in: a file or the rows of an answer, compared with what is current, written in one transaction.

A source tells some events anew every week. What it changed gets a new version, what it withdrew is closed,
what is the same is left alone, and nothing is ever half-written: whatever stops a load, the former rows are
there.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.db import transaction
from django.utils import timezone

from apps.boundaries.placing import places
from apps.events import services
from apps.events.models import ConflictEvent, EventCount
from apps.events.staging import queries as sql
from apps.events.staging.indexes import Indexes
from apps.events.staging.lost import possibly_lost
from apps.events.staging.prepared import is_large, pieces_of, prepared
from apps.sources import services as sources
from apps.sources.models import Load
from geo.vocabulary import EventSource
from layers.readers.events import MALI, READERS, EventStream, columns_of
from layers.readers.problems import Problem, UnreadableFile

MOST_EXAMPLES = 200
MOST_PROBLEMS = 50_000
"""Problems kept of one load, in memory; more are counted only."""
MOST_LOST_ROWS = 1000
"""Rows without an identifier that missing events are compared with; with more, nothing is deleted."""
RECORDS_AT_ONCE = 5000

KIND_OF = {
    EventSource.ACLED: Load.Kind.EVENTS,
    EventSource.SIMULATED: Load.Kind.EVENTS,
    EventSource.UCDP: Load.Kind.UCDP_EVENTS,
}


class NotBeside(ValueError):
    """Simulated events may not stand beside real ones. The message says the way out."""


@dataclass(frozen=True)
class Example:
    """One event that differs: its row, None for what is gone, and the values that differ, before and now."""

    row: int | None
    source_event_id: str
    former: dict
    new: dict


@dataclass(frozen=True, kw_only=True)
class Difference:
    """
    What a load changed, or would change.

    `deleted`: told before, and no more; closed, not erased. `left_out`: rows of other countries. `outside`:
    events in no area. `withheld`: events that the file lacks and that are kept all the same, since a row that
    cannot be read may be theirs. `problems` holds refusals and doubts, of `refused` rows in all. `load` is
    None after a dry run; for a file already in use, its load.
    """

    added: int = 0
    changed: int = 0
    deleted: int = 0
    unchanged: int = 0
    refused: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    outside: int = 0
    withheld: int = 0
    load: Load | None = None
    examples: dict[str, list[Example]] = field(default_factory=dict)
    is_same_file: bool = False

    @property
    def counts(self):
        """Return the numbers by name, as they are kept with the load."""
        names = ("added", "changed", "deleted", "unchanged", "refused", "outside", "withheld")
        return {name: getattr(self, name) for name in names}

    @property
    def is_empty(self):
        """Return whether nothing differs."""
        return not (self.added or self.changed or self.deleted)


def load_file(
    path,
    source_file,
    *,
    reader,
    columns=None,
    whole=True,
    country=None,
    progress=None,
    dry_run=False,
):
    """
    Load the events of a file (`reader`: acled, ucdp or simulated) and return the `Difference` it makes.

    `whole`: what the source told before within the days of the file, and the file lacks, is deleted; without
    it nothing is. `country` is Mali unless told; rows of others are left out. `columns` maps our names to
    headers that are not the usual ones. `progress(done, total, message)` is called now and then. Raises
    UnreadableFile, NotBeside.
    """
    country = country or MALI
    source = READERS[reader].source
    asked = {"whole": whole, "country": country, "columns": columns or {}}
    if same := _same_file_in_use(source, source_file.sha256, asked):
        unchanged = ConflictEvent.objects.current().filter(source=source).count()
        return Difference(unchanged=unchanged, load=same, is_same_file=True)
    stream = EventStream(path, reader, country=country, columns=columns)
    with transaction.atomic():
        incoming = _Incoming(source, source_file, whole=whole, country=country, dry_run=dry_run)
        incoming.tell(stream.problems)
        if is_large(stream):
            incoming.expect_many()
        with pieces_of(stream, incoming.places) as pieces:
            for piece in pieces:
                incoming.take(piece)
                incoming.refuse(piece.problems, piece.lost)
                incoming.left_out += piece.left_out
                if progress:
                    done = incoming.rows_read + incoming.left_out.total()
                    progress(done, round(done * stream.size / max(piece.bytes_read, 1)), "")
        if not incoming.accepted:
            raise UnreadableFile(
                f"{path}\u00a0: aucune ligne n'a pu être lue. Les lignes d'avant sont entières."
                + "".join(f" {problem}" for problem in incoming.problems[:1])
            )
        return incoming.finish(asked=asked)


def upsert_records(
    records,
    source_file,
    *,
    source,
    deleted_ids=(),
    problems=(),
    left_out=None,
    whole=False,
    country=None,
    progress=None,
    dry_run=False,
):
    """
    Load records (`EventRecord`, as `records_from_rows` gives them) and return the `Difference`.

    `deleted_ids` are those that the source says it withdrew. `problems` and `left_out` are those of reading,
    kept with the load. The rest is as in `load_file`.
    """
    country = country or MALI
    with transaction.atomic():
        incoming = _Incoming(EventSource(source), source_file, whole=whole, country=country, dry_run=dry_run)
        incoming.left_out.update(left_out or {})
        incoming.refuse(problems, [])
        remaining = iter(records)
        while some := list(islice(remaining, RECORDS_AT_ONCE)):
            events = columns_of(some)
            incoming.take(prepared(events, incoming.places, incoming.accepted_until))
            if progress:
                progress(incoming.rows_read, None, "")
        return incoming.finish(
            asked={"whole": whole, "country": country, "columns": {}}, deleted_ids=list(deleted_ids)
        )


def _same_file_in_use(source, sha256, asked):
    """Return the load in use that read these very bytes in the same way; None when rows lack a digest."""
    load = Load.objects.in_use().of_kind(KIND_OF[source]).filter(sha256=sha256).first()
    before = {"whole": True, "country": MALI, "columns": {}}
    if load is None or load.counts.get("asked", before) != asked:
        return None
    if ConflictEvent.objects.current().filter(source=source, digest=sql.NOT_HASHED).exists():
        return None
    sources.note_checked(load)
    return load


class _Incoming:
    """One load under way, inside its transaction."""

    def __init__(self, source, source_file, *, whole, country, dry_run):
        sql.ask(sql.LOCK)
        self.source, self.whole, self.country, self.dry_run = source, whole, country, dry_run
        self.source_file = source_file
        self._stand_alone()
        self.places = places()
        [(tells_something,)] = sql.ask(sql.TELLS_SOMETHING_ALREADY, [source.value])
        self._is_first = not tells_something
        self.load = None if dry_run else self._recorded()
        self.problems = []
        self.left_out = Counter()
        self.accepted_until = self.accepted = self.refused = self.outside = 0
        self._actions = Counter()
        self._examples = {}
        self._lost_rows = []
        self._more_lost = False
        self._days = None
        sql.ask(sql.PREPARE)
        self._is_planned_for = sql.look_again_if_taken_for_empty()
        self._indexes = Indexes()

    @property
    def _about(self):
        return {
            "load": self.load.pk,
            "instant": self.load.loaded_at,
            "source": self.source.value,
            "is_simulated": self.source is EventSource.SIMULATED,
        }

    @property
    def rows_read(self):
        return self.accepted + self.refused

    def tell(self, problems):
        """Keep problems that refuse no row of their own."""
        self.problems += problems[: MOST_PROBLEMS - len(self.problems)]

    def refuse(self, problems, lost):
        """Keep the problems of rows, and the events of rows that were refused as they are."""
        self.tell(problems)
        self.refused += sum(problem.is_fatal for problem in problems)
        named = [each.source_event_id for each in lost if each.source_event_id]
        if named:
            sql.keep(named)
        nameless = [each for each in lost if not each.source_event_id]
        room = MOST_LOST_ROWS - len(self._lost_rows)
        self._lost_rows += nameless[:room]
        self._more_lost = self._more_lost or len(nameless) > room

    def take(self, piece):
        """Compare some events (`Prepared`) with what is current, and write what differs."""
        number = piece.number
        if not number:
            return
        self.accepted_until += number
        sql.stage(piece.lines)
        repeated = self._refuse_repeated() if sql.see() < number else 0
        self.accepted += number - repeated
        first_day, last_day = piece.days
        if self._days:
            first_day, last_day = min(self._days[0], first_day), max(self._days[1], last_day)
        self._days = (first_day, last_day)
        [(outside,)] = sql.ask(sql.OUTSIDE)
        self.outside += outside
        if self._is_first and self._actions["added"] >= MOST_EXAMPLES:
            self._add(number - repeated)
            return
        if self._is_first:
            sql.ask(sql.ALL_ARE_NEW)
        else:
            sql.ask(sql.COMPARE, {"source": self.source.value, "not_hashed": sql.NOT_HASHED})
        self._write()

    def finish(self, *, asked, deleted_ids=()):
        """Close what is gone, count the months touched again, complete the load; return the difference."""
        self._indexes.make_again()
        withheld = self._delete(deleted_ids)
        difference = Difference(
            added=self._actions["added"],
            changed=self._actions["changed"],
            deleted=self._actions["deleted"],
            unchanged=self.accepted - self._actions["added"] - self._actions["changed"],
            refused=self.refused,
            left_out=dict(self.left_out),
            problems=self.problems,
            outside=self.outside,
            withheld=withheld,
            load=self.load,
            examples=self._examples,
        )
        if not self.dry_run:
            self._complete(difference, asked)
        return difference

    def _stand_alone(self):
        """Erase simulated events before real ones come; refuse simulated ones where real ones are."""
        simulated = ConflictEvent.objects.filter(source=EventSource.SIMULATED)
        if self.source is EventSource.SIMULATED:
            if ConflictEvent.objects.current().exclude(source=EventSource.SIMULATED).exists():
                raise NotBeside(
                    "Des événements réels sont en usage\u00a0: des simulés ne se mêlent jamais à eux. "
                    "Chargez-les dans une installation sans événements réels."
                )
        elif not self.dry_run:
            simulated.delete()
            EventCount.objects.filter(source=EventSource.SIMULATED).delete()
            Load.objects.in_use().filter(is_simulated=True, kind=Load.Kind.EVENTS).update(in_use=False)

    def _recorded(self):
        return sources.record_load(
            KIND_OF[self.source], self.source_file, rows_read=0, rows_written=0, problems=[], in_use=True
        )

    def _refuse_repeated(self):
        repeated = sql.ask(sql.REPEATED)
        self.refused += len(repeated)
        self.tell([_repeated(self.source_file.path.name, *each) for each in repeated])
        return sql.change(sql.UNSTAGE_REPEATED)

    def _write(self):
        """Count and write what the comparison found."""
        found = dict(sql.ask(sql.COUNT_ACTIONS))
        self._actions.update(found)
        for action in found:
            self._show(action)
        if self.dry_run or not found:
            return
        sql.ask(sql.TOUCH_MONTHS)
        if "changed" in found or "deleted" in found:
            sql.ask(sql.CLOSE, self._about)
        if "hashed" in found:
            sql.ask(sql.HASH)
        if "changed" in found or "added" in found:
            sql.ask(sql.WRITE, self._about)
        self._is_planned_for = self._is_planned_for or sql.look_again_if_taken_for_empty()

    def expect_many(self):
        """Make ready for very many rows."""
        if not self.dry_run and not ConflictEvent.objects.exists():
            self._indexes.take_away()

    def _add(self, number):
        """Write all that is staged: of this source there is nothing to compare it with."""
        self._actions["added"] += number
        if not self.dry_run:
            sql.ask(sql.TOUCH_MONTHS_STAGED)
            sql.ask(sql.WRITE_STAGED, self._about)

    def _show(self, action):
        shown = self._examples.setdefault(action, [])
        if action != "hashed" and len(shown) < MOST_EXAMPLES:
            shown += [_example(*each) for each in sql.ask(sql.EXAMPLES, [action, MOST_EXAMPLES - len(shown)])]

    def _delete(self, deleted_ids):
        """Close the events that are gone; return how many are kept for want of certainty."""
        sql.ask(sql.EMPTY)
        first_day, last_day = self._days or (None, None)
        is_whole = self.whole and self._days is not None
        sql.ask(
            sql.MISSING,
            {
                "source": self.source.value,
                "instant": self.load.loaded_at if self.load else timezone.now(),
                "deleted_ids": list(deleted_ids),
                "is_whole": is_whole,
                "first_day": first_day,
                "last_day": last_day,
                "country": self.country,
                "mali": MALI,
            },
        )
        withheld = self._withhold() if is_whole and self._lost_rows else 0
        self._write()
        return withheld

    def _withhold(self):
        missing = sql.ask(sql.TOLD_OF_MISSING)
        kept, unknown = possibly_lost(self._lost_rows, missing)
        if unknown or self._more_lost:
            kept = {identifier for identifier, *_ in missing}
        return sql.change(sql.KEEP_MISSING, [sorted(kept)]) if kept else 0

    def _complete(self, difference, asked):
        services.count_months_again(self.source)
        [(as_of,)] = sql.ask(sql.LAST_DAY, [self.source.value])
        counts = {"asked": asked, "difference": difference.counts}
        if difference.left_out:
            counts["left_out"] = difference.left_out
        sources.complete_load(
            self.load,
            as_of=as_of,
            rows_read=self.rows_read,
            rows_written=self.accepted,
            rows_refused=self.refused,
            problems=self.problems,
            counts=counts,
        )
        sources.retire_loads(self.load.kind, but=self.load)
        sources.touch(*services.LAYERS_OF_COUNTS)


def _repeated(file, row, identifier, first):
    return Problem(
        where=f"{file}, ligne {row}",
        row=row,
        field="source_event_id",
        value=identifier,
        reason=f"Cette valeur est déjà à la ligne {first}.",
        remedy="Ôtez l'une des deux lignes.",
        is_fatal=True,
    )


_NOT_TOLD = frozenset(
    (
        *(
            "id",
            "load_id",
            "source",
            "source_event_id",
            "digest",
            "known_from",
            "known_until",
            "ended_by_id",
            "location",
        ),
        *("is_simulated", "region_id", "cercle_id", "commune_id", "number", "row"),
    )
)


def _example(row, identifier, former, new):
    former, new = json.loads(former or "{}"), json.loads(new or "{}")
    differing = [
        name
        for name in dict.fromkeys((*former, *new))
        if name not in _NOT_TOLD and former.get(name) != new.get(name)
    ]
    return Example(
        row,
        identifier,
        {name: former[name] for name in differing if name in former},
        {name: new[name] for name in differing if name in new},
    )
