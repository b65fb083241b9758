"""What is asked of events: whose, until which day, and as known when. Checked here, and only here."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.events.models import ConflictEvent
from apps.events.queries import end_of_month, kept_spans
from geo.vocabulary import EventSource

PARAMETERS = ("source", "events_until", "known_at")
"""What addresses and forms call them."""

DEFAULT_ORDER = (EventSource.ACLED, EventSource.SIMULATED, EventSource.UCDP)
"""Whose events count when nobody says: the first of these that are loaded."""


class WrongAsked(ValueError):
    """A parameter means nothing; `parameter` names it, the message says what is possible."""

    def __init__(self, parameter, message):
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True)
class Span:
    """The months of events that an answer can rest on, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Asked:
    """
    Whose events count, until which day they happened, and as this installation knew them when.

    None is the newest: every event, as known now. A source of None is that of `DEFAULT_ORDER`. It
    remembers what the database told it: make one for each question, keep none.
    """

    source: EventSource | None = None
    events_until: date | None = None
    known_at: datetime | None = None

    @cached_property
    def counted_source(self):
        """Return the source that counts; None while no event of any is loaded."""
        return self.source or next(iter(self.loaded), None)

    @cached_property
    def loaded(self):
        """Return the sources that have events, the one that counts by default first."""
        return loaded_sources(self._kept)

    @cached_property
    def _kept(self):
        return kept_spans()

    @cached_property
    def first_known(self):
        """Return when the first version of an event of this source was loaded; None before any."""
        kept = self._kept.get(self.counted_source)
        return kept and kept.first_known

    @property
    def was_known(self):
        """Tell whether anything of this source was known here at `known_at`: before, counts are unknown."""
        return self.first_known is not None and (self.known_at is None or self.known_at >= self.first_known)

    @cached_property
    def span(self):
        """Return the months that can be counted; None where nothing was known, or nothing so early."""
        if not self.was_known:
            return None
        kept = self._kept[self.counted_source]
        first, last = kept.first_month, kept.last_month
        if self.known_at is not None:
            first, last = self.versions().months()
        if first is None or (self.events_until and self.events_until < first):
            return None
        return Span(first, min(last, (self.events_until or last).replace(day=1)))

    @property
    def is_kept(self):
        """Tell whether the kept counts answer: as known now, until the end of a month."""
        return self.known_at is None and (
            self.events_until is None or self.events_until == end_of_month(self.events_until)
        )

    def versions(self):
        """Return the events that this asks, as versions; of no source: none."""
        of_source = ConflictEvent.objects.filter(source=self.counted_source)
        known = of_source.current() if self.known_at is None else of_source.known_at(self.known_at)
        return known.between(None, self.events_until)

    def parameters(self):
        """Return what an address must carry to ask the same; nothing for the newest."""
        given = {
            "source": self.source and self.source.value,
            "events_until": self.events_until and self.events_until.isoformat(),
            "known_at": self.known_at and _written(self.known_at),
        }
        return {name: value for name, value in given.items() if value}

    def told(self):
        """Return what every answer that counts says of whose events they are and of their two dates."""
        return {
            "events_source": self.counted_source,
            "events_until": self.events_until,
            "known_at": self.known_at,
            "first_known": self.first_known,
            "was_known": self.was_known,
        }


def loaded_sources(kept=None):
    """Return the sources that have events, the one that counts by default first."""
    kept = kept_spans() if kept is None else kept
    current = [source for source in DEFAULT_ORDER if source in kept and kept[source].first_month]
    return current + [source for source in DEFAULT_ORDER if source in kept and source not in current]


def newest():
    """Return the question of who asks for nothing special: the first loaded source, all, as known now."""
    return Asked()


def asked_from(parameters):
    """
    Return what these parameters (a mapping of texts) ask; raises WrongAsked.

    `source` is one that has events; `events_until` a day; `known_at` a day (the end of it, in Bamako) or an
    instant. A day to come is refused: nobody knows then.
    """
    asked = Asked(
        events_until=_day(parameters.get("events_until")), known_at=_instant(parameters.get("known_at"))
    )
    source = parameters.get("source")
    return replace(asked, source=_source(source)) if source else asked


def _source(text):
    loaded = loaded_sources()
    if text not in loaded:
        raise WrongAsked(
            "source",
            _("source = %(value)s : aucun événement de cette source n’est chargé ; chargées : %(known)s")
            % {"value": text[:40], "known": ", ".join(loaded) or _("aucune")},
        )
    return EventSource(text)


def _day(text):
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongAsked(
            "events_until",
            _("events_until = %(value)s : attendu un jour AAAA-MM-JJ, par exemple 2020-10-31")
            % {"value": text[:40]},
        ) from None


def _instant(text):
    if not text:
        return None
    try:
        # A plus sign not escaped in an address arrives as a space.
        instant = _end_of(date.fromisoformat(text)) if len(text) == 10 else _at(text.replace(" ", "+"))
    except ValueError:
        raise WrongAsked(
            "known_at",
            _(
                "known_at = %(value)s : attendu un jour AAAA-MM-JJ ou un instant, par exemple "
                "2026-11-22T10:00:00Z"
            )
            % {"value": text[:40]},
        ) from None
    if instant > _end_of(timezone.localdate()):
        raise WrongAsked(
            "known_at", _("known_at = %(value)s est à venir : personne ne sait encore") % {"value": text[:40]}
        )
    return instant


def _written(instant):
    """Return an instant as an address asks it: the day alone where it is its end."""
    local = timezone.localtime(instant)
    return local.date().isoformat() if local.time() == time.max else instant.isoformat()


def _end_of(day):
    return timezone.make_aware(datetime.combine(day, time.max))


def _at(text):
    instant = datetime.fromisoformat(text)
    return instant if timezone.is_aware(instant) else timezone.make_aware(instant)


def months_before(month, months):
    """Return the first day of the month so many months before; a negative number goes on."""
    years, rest = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(years, rest + 1, 1)
