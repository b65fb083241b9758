"""The zones of a question over what is measured: who is ranked with whom, by which values."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from apps.runs.services import RunFailed
from apps.targeting.measuring import Column
from apps.targeting.questions import REGION_MEDIAN, VALUE, scale_of
from geo.aggregating import Aggregation
from geo.robustness import Measured, Zone
from geo.scoring import weight_shares

FILLINGS = 50
"""Values drawn in place of each one that was filled in, for robustness."""

LEAST_KNOWN = 3
"""Known values of a region from which a filling is drawn; fewer, and those of the zone are. Our choice."""

USED, NO_DATA, NO_WEIGHT = "used", "no_data", "no_weight"


@dataclass(frozen=True)
class Criterion:
    """A criterion of a zone: as asked, as measured in its members, and with what is missing filled in."""

    id: str
    asked: dict
    column: Column
    """Of the members alone, in their order."""
    values: np.ndarray
    filled: np.ndarray
    """Which members were given a value that nobody knows."""
    status: str


@dataclass(frozen=True)
class AskedZone:
    key: str
    title: str
    number: int | None
    members: list
    criteria: list
    zone: Zone
    """For the arithmetic: the criteria that have data and weight, with their shares."""


def zones_of(asked_for, measuring):
    """Return the zones of a question; raises RunFailed for a place that is none, or is in two zones."""
    taken, zones = {}, []
    for told in asked_for["zones"]:
        members = _members(told, measuring)
        for member in members:
            if member in taken:
                raise RunFailed(
                    _("%(name)s est dans deux zones : %(one)s et %(other)s. Ôtez-le de l’une.")
                    % {
                        "name": measuring.areas[member]["name"],
                        "one": taken[member],
                        "other": told["key"],
                    }
                )
            taken[member] = told["key"]
        zones.append(_zone(told, members, measuring, asked_for))
    return zones


def _members(told, measuring):
    if told["regions"] is None and told["areas"] is None:
        return list(range(len(measuring.areas)))
    places = {area["pcode"]: place for place, area in enumerate(measuring.areas)}
    regions = {area["region"] for area in measuring.areas}
    for code in told["regions"] or ():
        if code not in regions:
            raise RunFailed(_("%(code)s n’est pas une région de l’édition en usage.") % {"code": code})
    for code in told["areas"] or ():
        if code not in places:
            raise RunFailed(_("%(code)s n’est pas une unité de l’édition en usage.") % {"code": code})
    wanted, named = set(told["regions"] or ()), set(told["areas"] or ())
    found = [
        place
        for place, area in enumerate(measuring.areas)
        if area["region"] in wanted or area["pcode"] in named
    ]
    if not found:
        raise RunFailed(_("La zone %(zone)s est vide : donnez regions ou areas.") % {"zone": told["key"]})
    return found


def _zone(told, members, measuring, asked_for):
    several = len(asked_for["zones"]) > 1
    criteria = [
        _criterion(each, f"{told['key']}.{each['key']}" if several else each["key"], members, measuring)
        for each in told["criteria"]
    ]
    used = [each for each in criteria if each.status == USED]
    if not used:
        raise RunFailed(
            _("Aucun critère de la zone « %(zone)s » n’a de donnée et de poids : chargez des données.")
            % {"zone": told["title"] or told["key"]}
        )
    shares = weight_shares({each.id: each.asked["weight"] for each in used})
    seed = asked_for["robustness"]["seed"]
    return AskedZone(
        told["key"],
        told["title"],
        told["number"],
        members,
        criteria,
        Zone(
            told["key"],
            members,
            [_measured(each, members, measuring, seed) for each in used],
            list(shares.values()),
            Aggregation(told["aggregation"]),
        ),
    )


def _criterion(asked, id_, members, measuring):
    whole = measuring.column(asked)
    column = Column(
        whole.values[members],
        whole.low[members],
        whole.high[members],
        None if whole.placed is None else whole.placed[:, members],
        whole.table,
    )
    known = ~np.isnan(column.values)
    status = NO_DATA if not known.any() else USED if asked["weight"] else NO_WEIGHT
    values = column.values.copy()
    if asked["missing"] == VALUE and known.any():
        values[~known] = asked["fill"]
    elif asked["missing"] == REGION_MEDIAN:
        values = _with_medians(values, _regions(members, measuring))
    _require_positive(asked, values, column.placed)
    return Criterion(id_, asked, column, values, ~known & ~np.isnan(values), status)


def _require_positive(asked, *values):
    if asked["logged"] and any(np.nanmin(each, initial=0) < 0 for each in values if each is not None):
        raise RunFailed(
            _("Le critère « %(key)s » a des valeurs négatives, qui n’ont pas de logarithme : ôtez-le.")
            % asked
        )


def _regions(members, measuring):
    return np.array([measuring.areas[member]["region"] for member in members])


def _with_medians(values, regions):
    """Return the values with the median of its region for each missing one; NaN where the region has none."""
    filled = values.copy()
    for region in np.unique(regions[np.isnan(values)]):
        known = values[(regions == region) & ~np.isnan(values)]
        if known.size:
            filled[(regions == region) & np.isnan(values)] = np.median(known)
    return filled


def _measured(criterion, members, measuring, seed):
    placed = criterion.column.placed
    if placed is not None and criterion.filled.any():
        placed = np.where(criterion.filled, criterion.values, placed)
    return Measured(
        criterion.id,
        scale_of(criterion.asked),
        criterion.values,
        placed,
        _fillings(criterion, _regions(members, measuring), seed) if criterion.filled.any() else None,
    )


def _fillings(criterion, regions, seed):
    """Return other values that each filled one might have: known ones of its region, else of its zone."""
    random = np.random.default_rng([seed, *criterion.id.encode()])
    known = ~np.isnan(criterion.column.values)
    found = np.full((FILLINGS, len(regions)), np.nan)
    for place in np.flatnonzero(criterion.filled):
        of_region = criterion.column.values[known & (regions == regions[place])]
        pool = of_region if of_region.size >= LEAST_KNOWN else criterion.column.values[known]
        found[:, place] = random.choice(pool, FILLINGS)
    return found
