"""
Two events of two sources that may be one incident: proposed by date and place, decided by data keepers.

Never merged: each source keeps its own counts. What is confirmed only says how much two sources share.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.events.models import ConflictEvent, SameIncident
from apps.events.queries import same_incidents
from geo.names import fold
from geo.vocabulary import DatePrecision, EventSource, PlacePrecision

DAYS = {DatePrecision.DAY: 2, DatePrecision.WEEK: 7, DatePrecision.MONTH: 31}
"""How many days apart two reports of one incident may say it was. One dated by its year is never proposed."""

METRES = {PlacePrecision.EXACT: 10_000, PlacePrecision.NEAR: 25_000, PlacePrecision.AREA: 50_000}
"""How far apart they may place it. One known only to a cercle or wider is never proposed. All our choices."""

LONGEST_JOINING_WORD = 3
"""Words of the names of actors no longer than this (« du », « and ») tell nothing."""

State = SameIncident.State


class CannotDecide(ValueError):
    """A pair cannot be decided as it stands: it is decided already, or not yet."""


@transaction.atomic
def propose():
    """Propose pairs that may be one incident, drop proposals that no longer stand; return how many wait."""
    found = {
        (acled, ucdp): SameIncident(acled_event_id=acled, ucdp_event_id=ucdp, days=days, metres=metres)
        for acled, ucdp, days, metres in same_incidents(days=DAYS, metres=METRES)
    }
    gone, moved, waiting = [], [], 0
    for pair in SameIncident.objects.all():
        anew = found.pop((pair.acled_event_id, pair.ucdp_event_id), None)
        if pair.state != State.PROPOSED:
            continue
        if anew is None:
            gone.append(pair.pk)
            continue
        waiting += 1
        if (pair.days, round(pair.metres)) != (anew.days, round(anew.metres)):
            pair.days, pair.metres = anew.days, anew.metres
            moved.append(pair)
    SameIncident.objects.filter(pk__in=gone).delete()
    SameIncident.objects.bulk_update(moved, ["days", "metres"], batch_size=1000)
    SameIncident.objects.bulk_create(found.values(), batch_size=1000)
    return waiting + len(found)


def confirm(pair, *, by, why):
    """Say that both tell of one incident. Raises CannotDecide when the pair is decided already."""
    return _decide(pair, State.CONFIRMED, before=(State.PROPOSED,), by=by, why=why)


def refuse(pair, *, by, why):
    """Say that they are two incidents: the pair is not proposed again."""
    return _decide(pair, State.REFUSED, before=(State.PROPOSED,), by=by, why=why)


def undo(pair, *, by, why):
    """Take a decision back: the pair waits again, and says who took it back and why."""
    return _decide(pair, State.PROPOSED, before=(State.CONFIRMED, State.REFUSED), by=by, why=why)


@transaction.atomic
def _decide(pair, state, *, before, by, why):
    pair = SameIncident.objects.select_for_update().get(pk=pair.pk)
    if pair.state not in before:
        raise CannotDecide(pair.state)
    pair.state, pair.decided_by, pair.decided_at, pair.why = state, by, timezone.now(), why
    pair.save()
    return pair


@dataclass(frozen=True)
class Shared:
    """How much two sources are confirmed to share, and how many proposals nobody has decided."""

    acled_events: int
    ucdp_events: int
    waiting: int


def shared(since, until):
    """Return what ACLED and UCDP share of the events that ACLED dates between these days, both included."""
    in_period = ConflictEvent.objects.current().filter(source=EventSource.ACLED).between(since, until)
    pairs = SameIncident.objects.filter(acled_event_id__in=in_period.values("source_event_id"))
    confirmed = pairs.filter(state=State.CONFIRMED)
    return Shared(
        acled_events=confirmed.values("acled_event_id").distinct().count(),
        ucdp_events=confirmed.values("ucdp_event_id").distinct().count(),
        waiting=pairs.filter(state=State.PROPOSED).count(),
    )


@dataclass(frozen=True)
class Side:
    """One event of a pair as its source tells it now; `event` is None where the source has deleted it."""

    source: EventSource
    source_event_id: str
    event: ConflictEvent | None


@dataclass(frozen=True)
class Compared:
    """A pair with both its events, and how alike they are. What is alike is told; it decides nothing."""

    pair: SameIncident
    acled: Side
    ucdp: Side

    @property
    def both(self):
        return self.acled.event is not None and self.ucdp.event is not None

    @property
    def deaths_agree(self):
        """Tell whether ACLED's deaths lie within UCDP's interval; None where one is missing."""
        if not self.both:
            return None
        told, ucdp = self.acled.event.fatalities, self.ucdp.event
        low = ucdp.fatalities if ucdp.fatalities_low is None else ucdp.fatalities_low
        high = ucdp.fatalities if ucdp.fatalities_high is None else ucdp.fatalities_high
        return low <= told <= high

    @property
    def words_shared(self):
        """Return the words that the names of the actors have in common, as UCDP writes them."""
        if not self.both:
            return []
        acled, ucdp = _actor_words(self.acled.event), _actor_words(self.ucdp.event)
        return [word for folded, word in ucdp.items() if folded in acled]


def _actor_words(event):
    """Return {folded: word} of the actors' names."""
    words = f"{event.actor1} {event.actor2}".replace("-", " ").replace("(", " ").replace(")", " ").split()
    return {fold(word): word for word in words if len(word) > LONGEST_JOINING_WORD}


def compared(pairs):
    """Return these pairs, each with its two events as their sources tell them now."""
    pairs = list(pairs)
    acled = _events(EventSource.ACLED, [pair.acled_event_id for pair in pairs])
    ucdp = _events(EventSource.UCDP, [pair.ucdp_event_id for pair in pairs])
    return [
        Compared(
            pair,
            Side(EventSource.ACLED, pair.acled_event_id, acled.get(pair.acled_event_id)),
            Side(EventSource.UCDP, pair.ucdp_event_id, ucdp.get(pair.ucdp_event_id)),
        )
        for pair in pairs
    ]


def _events(source, ids):
    events = ConflictEvent.objects.current().filter(source=source, source_event_id__in=ids)
    listed = events.select_related("cercle", "commune").defer("cercle__boundary", "commune__boundary")
    return {event.source_event_id: event for event in listed}
