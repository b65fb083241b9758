"""What the address of the map asks: level, indicator, period, order."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.events.figures import INDICATORS, PERIODS
from apps.maps.indicators import COLUMNS
from geo.vocabulary import Level

LEVELS = {"cercles": Level.CERCLE, "regions": Level.REGION}
ORDERS = ("name", "region_name", *COLUMNS)


class WrongParameter(ValueError):
    """A parameter of the address means nothing; the message says which, and what is possible."""


@dataclass(frozen=True)
class MapQuestion:
    level: str = "cercles"
    indicator: str = "violent_per_100k"
    period: str = "12m"
    sort: str = "-violent_per_100k"

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")


def map_question(parameters):
    """Return what these query parameters ask; raises WrongParameter. The others are for the scripts."""
    indicator = _one_of(parameters, "indicator", INDICATORS)
    return MapQuestion(
        level=_one_of(parameters, "level", list(LEVELS)),
        indicator=indicator,
        period=_one_of(parameters, "period", list(PERIODS)),
        sort=_order(parameters, default=f"-{indicator}"),
    )


def _one_of(parameters, name, known):
    value = parameters.get(name) or getattr(MapQuestion, name)
    if value not in known:
        raise WrongParameter(_refusal(name, value, known))
    return value


def _order(parameters, *, default):
    value = parameters.get("sort") or default
    if value.removeprefix("-") not in ORDERS:
        raise WrongParameter(_refusal("sort", value, ORDERS))
    return value


def _refusal(name, value, known):
    return _(
        "L’adresse demande %(name)s = « %(value)s », qui n’existe pas. Valeurs possibles : %(known)s."
    ) % {
        "name": name,
        "value": value[:40],
        "known": ", ".join(known),
    }
