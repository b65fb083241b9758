"""How criteria, zones, values and classes of a run are told, in the language of the reader."""

from datetime import date
from math import ceil, floor

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from apps.maps import formats
from apps.runs.models import Run
from apps.targeting.indicators import INDICATORS
from apps.targeting.ready_made import TITLES
from layers.programme.targets import ZONE_LOGICS

CLASSES = {
    "always": gettext_lazy("toujours"),
    "probable": gettext_lazy("probable"),
    "depends": gettext_lazy("cela dépend"),
    "unlikely": gettext_lazy("peu probable"),
    "never": gettext_lazy("jamais"),
}
"""By what word a probability of being chosen is told, the surest first."""

KEYS = {
    "conflictuality": gettext_lazy("Conflictualité"),
    "redeployment": gettext_lazy("Plans de redéploiement"),
    "displaced": gettext_lazy("Personnes déplacées"),
}
"""Criteria of the programme that wait for a table: how they are called until it is there."""

MOST_DECIMALS = 6


def class_title(key):
    """Return the word for a class of robustness."""
    return str(CLASSES[key])


def short_title(criterion):
    """Return what a criterion is called inside a sentence."""
    if criterion["indicator"] == "table":
        return str(criterion.get("table_title") or KEYS.get(criterion["key"]) or criterion["key"])
    return str(INDICATORS[criterion["indicator"]].title)


def criterion_title(criterion):
    """Return what a criterion is called, with its period, its limit, the day of its table."""
    about = [*_period(criterion), *_limits(criterion)]
    return f"{short_title(criterion)} ({', '.join(about)})" if about else short_title(criterion)


def _period(criterion):
    if INDICATORS[criterion["indicator"]].is_of_events and criterion["since"] and criterion["until"]:
        days = {name: formats.day(day_of(criterion[name])) for name in ("since", "until")}
        yield _("du %(since)s au %(until)s") % days
    if criterion.get("table_as_of"):
        yield _("au %(day)s") % {"day": formats.day(day_of(criterion["table_as_of"]))}


def _limits(criterion):
    if criterion["indicator"] == "table" and not criterion.get("table_title"):
        yield _("aucun tableau chargé")
    if criterion["threshold"] is not None:
        yield _("violent dès %(n)s événements") % {"n": number(criterion["threshold"])}
    if criterion["limit_km"] is not None:
        yield _("au-delà de %(km)s km") % {"km": number(criterion["limit_km"])}


def zone_title(zone):
    """Return what a zone is called; the two of the programme in the language of the reader."""
    if zone["title"] == TITLES.get(zone["key"]):
        return ZONE_LOGICS[zone["key"]].in_language(get_language())
    return zone["title"] or zone["key"]


def day_of(text):
    return date.fromisoformat(text[:10]) if text else None


def number(value):
    """Return a number with as many decimals as it needs, three at most."""
    return formats.number(value, next(n for n in (0, 1, 2, 3) if n == 3 or round(value, n) == value))


def points(score):
    """Return a score or a contribution: two decimals, for the line often passes between close ones."""
    return formats.number(score, 2)


def unit_of(criterion):
    return "" if is_share(criterion) else str(INDICATORS[criterion["indicator"]].unit)


def is_share(criterion):
    return criterion["indicator"] == "beyond_share"


def figure(criterion, value):
    """Return a value of a criterion without its unit; a share as a percentage. None stays None."""
    if value is None:
        return None
    if is_share(criterion):
        return formats.percent(value)
    decimals = INDICATORS[criterion["indicator"]].decimals
    return formats.number(value, decimals)


def with_unit(criterion, told):
    """Return a figure with the unit of its criterion."""
    return f"{told}\u00a0{unit_of(criterion)}".rstrip()


def value_told(criterion, value):
    """Return a value with its unit."""
    return _("pas de donnée") if value is None else with_unit(criterion, figure(criterion, value))


def beyond(criterion, value, turning):
    """
    Return a value and the one at which a fate turns, told apart: as many decimals as that takes.

    The second is rounded away from the first, so that what is read does turn it.
    """
    if is_share(criterion):
        value, turning = 100 * value, 100 * turning
    outward = ceil if turning > value else floor
    least = 0 if is_share(criterion) else INDICATORS[criterion["indicator"]].decimals
    for decimals in range(least, MOST_DECIMALS + 1):
        told = formats.number(float(value), decimals)
        turned = formats.number(outward(turning * 10**decimals) / 10**decimals, decimals)
        if told != turned:
            break
    sign = "\u00a0%" if is_share(criterion) else ""
    return told + sign, turned + sign


def share(value):
    """Return a share of weight: 24,5 %, 30 %."""
    return formats.percent(value, 0 if round(value, 2) == round(value, 4) else 1)


def joined(parts):
    """Return « a, b et c »."""
    parts = [str(part) for part in parts]
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s et %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def ended(sentence):
    """Return a sentence with one full stop: one that ends with « hab. » has it already."""
    return sentence.removesuffix("..") + "." * sentence.endswith("..")


def counted(level, n):
    """Return so many areas of a level: « 43 cercles »."""
    told = {"n": formats.number(n)}
    if level == "commune":
        return ngettext("%(n)s commune", "%(n)s communes", n) % told
    return ngettext("%(n)s cercle", "%(n)s cercles", n) % told


def author_of(run):
    """Return the name of who asked; the installation itself where nobody did."""
    if run.author is None:
        return _("cette installation")
    return run.author.get_full_name() or run.author.get_username()


def state_told(run):
    """Return the state of a run in a word."""
    return {
        Run.State.WAITING: _("en attente"),
        Run.State.RUNNING: _("en cours"),
        Run.State.DONE: _("terminée"),
        Run.State.FAILED: _("échouée"),
    }[run.state]
