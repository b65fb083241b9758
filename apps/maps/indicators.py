"""How the figures of areas are called on a page: titles, units, decimals, what a map shows and of when."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats

PER_100K = gettext_lazy("pour 100 000 habitants")


@dataclass(frozen=True)
class Figure:
    """A figure of an area. `rests_on` names the sources it is made of, as in `provenance()`."""

    key: str
    title: str
    unit: str
    decimals: int = 0
    rests_on: tuple = ("events",)

    @property
    def of_period(self):
        """Tell whether it counts events, so that the period belongs to its name."""
        return "events" in self.rests_on


def _rate(key, title):
    return Figure(key, title, PER_100K, decimals=1, rests_on=("events", "people"))


def _number(key, title):
    return Figure(key, title, gettext_lazy("nombre"))


FIGURES = {
    figure.key: figure
    for figure in (
        _rate("violent_per_100k", gettext_lazy("Événements violents")),
        _rate("events_per_100k", gettext_lazy("Tous événements")),
        _rate("fatalities_per_100k", gettext_lazy("Morts signalés")),
        _number("violent_events", gettext_lazy("Événements violents")),
        _number("events", gettext_lazy("Tous événements")),
        _number("fatalities", gettext_lazy("Morts signalés")),
        Figure("people", gettext_lazy("Population"), gettext_lazy("habitants"), rests_on=("people",)),
        Figure("works", gettext_lazy("Ouvrages prévus"), gettext_lazy("nombre"), rests_on=("programme",)),
        Figure("works_usd", gettext_lazy("Montant des ouvrages"), "USD", rests_on=("programme",)),
        Figure(
            "mechanisms",
            gettext_lazy("Mécanismes de paix"),
            gettext_lazy("faits des documents"),
            rests_on=("programme",),
        ),
        Figure(
            "results", gettext_lazy("Résultats 2020-2021"), gettext_lazy("lignes"), rests_on=("programme",)
        ),
        Figure(
            "projects_known", gettext_lazy("Projets connus"), gettext_lazy("nombre"), rests_on=("programme",)
        ),
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

OVERLAY_COLUMNS = {
    "planned_works": ("works", "works_usd"),
    "peace_mechanisms": ("mechanisms",),
    "results_2020_2021": ("results",),
    "projects": ("projects_known",),
}
"""The figures that the table adds while a layer of the documents lies over the areas."""

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
