"""How the figures of areas are called on a page: titles, units, decimals, what a map shows and of when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats

PER_100K = gettext_lazy("pour 100 000 habitants")


@dataclass(frozen=True)
class Figure:
    """A figure of an area. `of_period`: it counts events, so the period belongs to its name."""

    key: str
    title: str
    unit: str = ""
    decimals: int = 0
    of_period: bool = True


FIGURES = {
    figure.key: figure
    for figure in (
        Figure("violent_per_100k", gettext_lazy("Événements violents"), PER_100K, decimals=1),
        Figure("events_per_100k", gettext_lazy("Tous événements"), PER_100K, decimals=1),
        Figure("fatalities_per_100k", gettext_lazy("Morts signalés"), PER_100K, decimals=1),
        Figure("fatalities", gettext_lazy("Morts signalés"), gettext_lazy("nombre")),
        Figure("people", gettext_lazy("Population"), gettext_lazy("habitants"), of_period=False),
        Figure("violent_events", gettext_lazy("Événements violents"), gettext_lazy("nombre")),
        Figure("events", gettext_lazy("Tous événements"), gettext_lazy("nombre")),
    )
}

COLUMNS = (
    "violent_per_100k",
    "fatalities_per_100k",
    "events_per_100k",
    "violent_events",
    "fatalities",
    "events",
    "people",
)
"""The figures of the table, in its order."""

PERIOD_TITLES = {
    "12m": gettext_lazy("12 derniers mois"),
    "36m": gettext_lazy("36 derniers mois"),
    "all": gettext_lazy("toute la période"),
}
LEVEL_TITLES = {"cercles": gettext_lazy("Cercles"), "regions": gettext_lazy("Régions")}
BY_LEVEL = {"cercles": gettext_lazy("par cercle"), "regions": gettext_lazy("par région")}


def words_for_screen(level, period, areas, *, indicators):
    """Return what the page says of each indicator: title, unit, decimals, headline, and when."""
    return {
        key: {
            "title": str(FIGURES[key].title),
            "unit": str(FIGURES[key].unit),
            "decimals": FIGURES[key].decimals,
            "headline": headline(FIGURES[key], level),
            "when": _when(FIGURES[key], period, areas),
            "of_period": FIGURES[key].of_period,
        }
        for key in indicators
    }


def headline(figure, level):
    """Return « Événements violents pour 100 000 habitants, par cercle »."""
    what = f"{figure.title} {figure.unit}" if figure.unit is PER_100K else figure.title
    return f"{what}, {BY_LEVEL[level]}"


def days(period):
    """Return « du 1er nov. 2019 au 31 oct. 2020 », empty when there is no event at all."""
    if period["since"] is None:
        return ""
    return _("du %(since)s au %(until)s") % {
        "since": formats.day(period["since"]),
        "until": formats.day(period["until"]),
    }


def people_years(areas):
    """Return the years of the population figures: « 2009 », « 2009 et 2020 »."""
    years = sorted({area["people_year"] for area in areas if area["people_year"]})
    return _(" et ").join(str(year) for year in years)


def _when(figure, period, areas):
    if figure.of_period:
        return days(period)
    years = people_years(areas)
    return _("en %(years)s") % {"years": years} if years else ""
