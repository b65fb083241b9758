"""What the address of /evenements/ asks: whose events, until when, at which level, over which period."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from apps.boundaries.models import Area
from apps.events.asked import PARAMETERS, Asked, WrongAsked, asked_from
from apps.maps.questions import WrongParameter
from apps.patterns.periods import RECENT, periods_between
from geo.vocabulary import Level

LEVELS = {"region": Level.REGION, "cercle": Level.CERCLE, "commune": Level.COMMUNE}
DEFAULT_SORT = "-violent_events"


@dataclass(frozen=True)
class EventQuestion:
    asked: Asked
    level_name: str = "cercle"
    period_key: str = "12m"
    cercle: str = ""
    """P-code: only its communes; empty: all areas."""
    sort: str = DEFAULT_SORT

    @property
    def level(self):
        return LEVELS[self.level_name]

    @cached_property
    def periods(self):
        """Return the periods that these events allow, by key; none while nothing was known."""
        span = self.asked.span
        return periods_between(span.first, span.last) if span else {}

    @cached_property
    def period(self):
        """Return the period asked, cut at the day until which events are asked; None without events."""
        period = self.periods.get(self.period_key)
        until = self.asked.events_until
        if period and until and until < period.until:
            return replace(period, until=until)
        return period

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")

    def parameters(self):
        """Return what an address must carry to ask the same."""
        return {
            "level": self.level_name,
            "period": self.period_key,
            **({"cercle": self.cercle} if self.cercle else {}),
            **self.asked.parameters(),
        }


def event_question(parameters, orders):
    """Return what these query parameters ask; raises WrongParameter. `orders` are those of the table."""
    try:
        asked = asked_from({name: parameters.get(name) for name in PARAMETERS})
    except WrongAsked as error:
        raise WrongParameter(str(error)) from error
    question = EventQuestion(
        asked=asked,
        level_name=_one_of(parameters, "level", _levels(), "cercle"),
        cercle=parameters.get("cercle", ""),
        sort=parameters.get("sort") or DEFAULT_SORT,
    )
    _one_of({"sort": question.order}, "sort", orders, "")
    if question.cercle:
        _one_of(parameters, "cercle", Area.objects.cercles().values_list("pcode", flat=True), "")
    known = list(question.periods) or [*RECENT]
    return replace(question, period_key=_one_of(parameters, "period", known, "12m"))


def _levels():
    """Return the levels of the edition in use: the stand-in has no communes."""
    return [name for name in LEVELS if name != "commune" or Area.objects.communes().exists()]


def _one_of(parameters, name, known, default):
    value = parameters.get(name) or default
    if value not in known:
        raise WrongParameter(
            _("L’adresse demande %(name)s = « %(value)s », qui n’existe pas. Valeurs possibles : %(known)s.")
            % {"name": name, "value": value[:40], "known": ", ".join(known)}
        )
    return value
