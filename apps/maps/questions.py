"""What the address of the map asks: level, indicator, period, order."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from apps.events.asked import Asked, newest
from apps.events.figures import INDICATORS, PERIODS
from apps.maps.indicators import COLUMNS, OVERLAY_COLUMNS
from geo.vocabulary import Level

LEVELS = {"cercles": Level.CERCLE, "regions": Level.REGION}
ORDERS = ("name", "region_name", *COLUMNS)
OVERLAY_ORDERS = tuple(column for columns in OVERLAY_COLUMNS.values() for column in columns)


class WrongParameter(ValueError):
    """A parameter of the address means nothing; the message says which, and what is possible."""


@dataclass(frozen=True)
class MapQuestion:
    level: str = "cercles"
    indicator: str = "violent_per_100k"
    period: str = "12m"
    sort: str = "-violent_per_100k"
    layers: tuple = ()
    """Those of the layers laid over the areas that add columns to the table."""
    asked: Asked = field(default_factory=newest)
    """Whose events count, until when and as known when."""

    @property
    def added_columns(self):
        """Return the figures that these layers add to the table."""
        return tuple(column for layer in self.layers for column in OVERLAY_COLUMNS[layer])

    @property
    def columns(self):
        """Return the figures of the table, in its order."""
        return (*self.added_columns, *COLUMNS)

    @property
    def order(self):
        return self.sort.removeprefix("-")

    @property
    def is_descending(self):
        return self.sort.startswith("-")


def map_question(parameters, asked=None):
    """
    Return what these query parameters ask; raises WrongParameter. The others are for the scripts.

    `asked` is what they ask of events; None: the newest.
    """
    indicator = _one_of(parameters, "indicator", INDICATORS)
    layers = _layers(parameters)
    return MapQuestion(
        level=_one_of(parameters, "level", list(LEVELS)),
        indicator=indicator,
        period=_one_of(parameters, "period", list(PERIODS)),
        sort=_order(parameters, layers, default=f"-{indicator}"),
        layers=layers,
        asked=asked or newest(),
    )


def _layers(parameters):
    """Return the layers with columns of their own: the scripts join names by commas, a form repeats them."""
    asked = ",".join(parameters.getlist("layers")).split(",")
    return tuple(layer for layer in OVERLAY_COLUMNS if layer in asked)


def _one_of(parameters, name, known):
    value = parameters.get(name) or getattr(MapQuestion, name)
    if value not in known:
        raise WrongParameter(refusal(name, value, known))
    return value


def _order(parameters, layers, *, default):
    """Return the order asked; that of a column whose layer was taken off the map is the default."""
    value = parameters.get("sort") or default
    order = value.removeprefix("-")
    if order not in (*ORDERS, *OVERLAY_ORDERS):
        raise WrongParameter(refusal("sort", value, ORDERS))
    return value if order in (*ORDERS, *MapQuestion(layers=layers).added_columns) else default


def refusal(name, value, known):
    return _(
        "L’adresse demande %(name)s = « %(value)s », qui n’existe pas. Valeurs possibles : %(known)s."
    ) % {
        "name": name,
        "value": value[:40],
        "known": ", ".join(known),
    }
