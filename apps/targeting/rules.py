"""The rules of a question over the places of its areas."""

from django.utils.translation import gettext as _

from apps.runs.services import RunFailed
from geo.choosing import Limit, Rules

ALL = "all"


def rules_of(told, measuring, zones):
    """Return the rules a choice must keep; raises RunFailed for a place that is none, or without an end."""
    places = {area["pcode"]: place for place, area in enumerate(measuring.areas)}
    by_region = _by_region(measuring)
    _require(told, ("must", "must_not", "no_access", "costs"), places, _("une unité"))
    _require(told, ("floors", "ceilings"), by_region, _("une région"))
    limits = [
        *_of_regions(told, by_region),
        *(Limit(f"zone.{each.key}", frozenset(each.members), most=each.number) for each in zones),
        Limit(ALL, frozenset(places.values()), most=told["number"]),
    ]
    if told["budget"] is None and all(each.most is None for each in limits):
        raise RunFailed(_("Dites combien de cercles choisir, ou un budget et un coût par cercle."))
    return Rules(
        [each for each in limits if each.least or each.most is not None],
        must=frozenset(places[pcode] for pcode in told["must"]),
        barred=frozenset(places[pcode] for pcode in {**told["must_not"], **told["no_access"]}),
        budget=told["budget"],
        costs=[told["costs"].get(area["pcode"], told["cost"] or 0) for area in measuring.areas],
    )


def _by_region(measuring):
    found = {}
    for place, area in enumerate(measuring.areas):
        found.setdefault(area["region"], set()).add(place)
    return found


def _require(told, names, known, what):
    for name in names:
        for code in told[name]:
            if code not in known:
                raise RunFailed(
                    _("%(code)s (%(field)s) n’est pas %(what)s de l’édition en usage.")
                    % {"code": code, "field": name, "what": what}
                )


def _of_regions(told, by_region):
    return [
        Limit(
            f"region.{region}",
            frozenset(by_region[region]),
            told["floors"].get(region, 0),
            told["ceilings"].get(region),
        )
        for region in sorted({*told["floors"], *told["ceilings"]})
    ]
