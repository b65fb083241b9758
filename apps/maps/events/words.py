"""How what was measured is called on a page: labels, why something is not known, sources."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.maps import formats
from apps.patterns.models import Pattern
from geo.vocabulary import EventSource

LEVELS = {
    "region": gettext_lazy("Régions"),
    "cercle": gettext_lazy("Cercles"),
    "commune": gettext_lazy("Communes"),
}
SOURCES = {
    EventSource.ACLED: "ACLED",
    EventSource.UCDP: "UCDP",
    EventSource.SIMULATED: gettext_lazy("événements simulés"),
}

HOT_SPOTS = {
    "hot_99": gettext_lazy("chaud, sûr à 99 %"),
    "hot_95": gettext_lazy("chaud, sûr à 95 %"),
    "hot_90": gettext_lazy("chaud, sûr à 90 %"),
    "not_significant": gettext_lazy("rien de sûr"),
    "cold_90": gettext_lazy("froid, sûr à 90 %"),
    "cold_95": gettext_lazy("froid, sûr à 95 %"),
    "cold_99": gettext_lazy("froid, sûr à 99 %"),
}
CONFLICT_CLASSES = {
    "clustered_high": gettext_lazy("forte, groupée"),
    "dispersed_high": gettext_lazy("forte, dispersée"),
    "clustered_low": gettext_lazy("faible, groupée"),
    "dispersed_low": gettext_lazy("faible, dispersée"),
}
WHY = {
    Pattern.Why.NO_EVENT: gettext_lazy("aucun événement violent au lieu assez précis"),
    Pattern.Why.ONE_EVENT: gettext_lazy("un seul événement : pas de concentration"),
    Pattern.Why.TOO_FEW_AREAS: gettext_lazy("trop peu d’unités pour un test"),
    Pattern.Why.ALL_ALIKE: gettext_lazy("toutes les unités ont le même nombre"),
    Pattern.Why.NO_NEIGHBOUR: gettext_lazy("aucune unité voisine"),
    Pattern.Why.PEOPLE_NOT_KNOWN: gettext_lazy("aucune densité de population n’est chargée"),
    Pattern.Why.NO_INHABITED_CELL: gettext_lazy("aucune maille habitée n’y a son centre"),
}
NO_TREND = gettext_lazy("trop peu de mois ou d’événements pour une tendance")
NOT_MEASURED = gettext_lazy("non mesuré pour cette question")

MOST_TOLD = 9.99
"""A change a year beyond this share is told as more than it: +1 200 % and +9 000 % say the same."""


def change(share):
    """Return « +35 % », « −12 % » or « plus de +999 % »; a change is signed."""
    if share > MOST_TOLD:
        return _("plus de +%(most)s") % {"most": formats.percent(MOST_TOLD)}
    told = formats.percent(abs(share))
    if told == formats.percent(0):
        return told
    return f"+{told}" if share > 0 else f"\u2212{told}"


def changes(low, high):
    """Return « −12 % à +35 % »."""
    return _("%(low)s à %(high)s") % {"low": change(low), "high": change(high)}


def period_title(key, period):
    """Return what a period is called in a list: « 12 derniers mois », « 2020 (jusqu’à oct. 2020) »."""
    recent = {"12m": _("12 derniers mois"), "36m": _("36 derniers mois")}
    if key in recent:
        return recent[key]
    is_whole = period.until.month == 12
    return (
        key
        if is_whole
        else _("%(year)s (jusqu’à %(month)s)") % {"year": key, "month": formats.month(period.until)}
    )
