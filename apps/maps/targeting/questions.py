"""What the address of /ciblage/ asks: months, weights, chosen cercles, the order of rows."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from apps.events.asked import Asked, newest
from apps.maps import formats
from apps.maps.questions import WrongParameter
from apps.targeting.services import CRITERIA, DEFAULT_WEIGHTS

HEAVIEST = 100
ORDERS = ("rank", "name", *CRITERIA, "target")


@dataclass(frozen=True)
class TargetingQuestion:
    """`since` is the first day of a month, `until` the last of one; both None while no event is loaded."""

    since: date | None
    until: date | None
    weights: dict
    cercles: tuple[str, ...]
    with_programme: bool
    sort: str
    asked: Asked = field(default_factory=newest)
    """Whose events count, until when and as known when."""

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")

    @property
    def has_weight(self):
        """Tell whether there is anything to rank by."""
        return any(self.weights.values())


def targeting_question(parameters, *, bounds, usual, asked):
    """
    Return what these query parameters (a QueryDict) ask; raises WrongParameter.

    `bounds` is the period of all events, `usual` the one shown at first, `asked` what is asked of events.
    """
    since = _month(parameters, "since", bounds) or usual.since
    until = _month(parameters, "until", bounds) or usual.until
    if since and since > until:
        raise WrongParameter(_("La période finit avant de commencer : échangez les deux mois."))
    return TargetingQuestion(
        since=since and since.replace(day=1),
        until=until and last_day(until),
        weights=_weights(parameters),
        cercles=tuple(_cercles(parameters)),
        with_programme=parameters.get("programme") == "1",
        sort=_order(parameters),
        asked=asked,
    )


def last_day(month):
    """Return the last day of the month of this day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def _month(parameters, name, bounds):
    text = parameters.get(name)
    if not text or bounds.since is None:
        return None
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise WrongParameter(
            _(
                "L’adresse demande %(name)s = « %(value)s », qui n’est pas un mois : attendu "
                "AAAA-MM, par exemple 2020-10."
            )
            % {"name": name, "value": text[:40]}
        ) from None
    if not bounds.since.replace(day=1) <= month <= bounds.until:
        raise WrongParameter(
            _("Aucun événement chargé en %(month)s : les données vont de %(since)s à %(until)s.")
            % {
                "month": formats.month(month),
                "since": formats.month(bounds.since),
                "until": formats.month(bounds.until),
            }
        )
    return month


def _weights(parameters):
    """Return the weights asked; none asked: ours. One asked: the others are zero, as for the API."""
    given = {criterion: parameters.get(f"w_{criterion}") for criterion in CRITERIA}
    if not any(given.values()):
        return dict(DEFAULT_WEIGHTS)
    return {criterion: _weight(criterion, text) for criterion, text in given.items()}


def _weight(criterion, text):
    try:
        weight = float(text or 0)
    except ValueError:
        weight = -1
    if not 0 <= weight <= HEAVIEST:
        raise WrongParameter(
            _("L’adresse demande un poids « %(value)s » : attendu un nombre de 0 à 100 (w_%(criterion)s).")
            % {"value": text[:40], "criterion": criterion}
        )
    return int(weight) if weight.is_integer() else weight


def _cercles(parameters):
    """Return the P-codes asked, each once: `cercles=A,B`, or repeated as a form does without scripts."""
    asked = ",".join(parameters.getlist("cercles")).split(",")
    return dict.fromkeys(pcode.strip()[:8] for pcode in asked if pcode.strip())


def _order(parameters):
    value = parameters.get("sort") or "rank"
    return value if value.removeprefix("-") in ORDERS else "rank"


class Besides(NamedTuple):
    """What the address of a whole question holds besides it; a column of the table has a criterion's name."""

    cercles: tuple[str, ...]
    with_programme: bool
    sort: str


def besides(parameters):
    """Return what these parameters (a QueryDict) ask besides the question."""
    return Besides(
        tuple(_cercles(parameters)),
        parameters.get("programme") == "1",
        (parameters.get("sort") or "rank")[:90],
    )
