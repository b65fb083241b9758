"""How far a choice agrees with the real one, as the answer to a back-test tells it. Heavy: for the worker."""

from dataclasses import asdict

import numpy as np

from geo.backtest import agreement, as_good, by_chance_apart, unexplained

RECOVERED, MISSED, FALSE, NEITHER = "recovered", "missed", "false", "neither"
"""What became of a cercle: chosen and really chosen, really chosen only, chosen only, neither."""


def agreement_told(ranking, real):
    """Return how far the choice agrees with the real one: together, and zone by zone."""
    zones = {zone.key: _of_zone(ranking, zone, real) for zone in ranking.asked_zones}
    if len(zones) == 1:
        return {"together": next(iter(zones.values())), "zones": zones}
    chosen = np.flatnonzero(ranking.chosen).tolist()
    apart = by_chance_apart([(each["cercles"], each["chosen"], each["real"]) for each in zones.values()])
    together = _told(ranking, chosen, real, _standings(ranking)) | {"chance": apart._asdict()}
    return {"together": together, "zones": zones}


def _of_zone(ranking, zone, real):
    scores = {place: _known(ranking.score[place]) for place in zone.members}
    chosen = [place for place in zone.members if ranking.chosen[place]]
    return _told(ranking, chosen, set(real) & set(zone.members), scores)


def _standings(ranking):
    """Return where each cercle stands in its zone, 1 at its top: scores of two zones have no common scale."""
    return {
        place: _known(1 - (ranking.rank[place] - 1) / len(zone.members))
        for place, zone in ranking.zone_of.items()
    }


def _known(number):
    return None if np.isnan(number) else float(number)


def _told(ranking, chosen, real, scores):
    found = agreement(chosen, real, scores=scores)
    return {
        "cercles": len(scores),
        "chosen": len(chosen),
        "real": len(real),
        **{
            name: _pcodes(ranking, getattr(found, name)) for name in ("common", "missed", "false", "unscored")
        },
        **{name: getattr(found, name) for name in ("precision", "recall", "jaccard", "correlation")},
        "chance": found.chance._asdict(),
    }


def _pcodes(ranking, places):
    return [ranking.measuring.pcodes[place] for place in places]


def weightings_told(trials, real):
    """Return how many weightings have how many cercles in common, and the sets of those that do as well."""
    found = as_good(trials, real)
    return {
        "draws": found.draws,
        "counts": found.counts,
        "mean_common": found.mean_common,
        "as_best": _set_told(found.as_best),
        "as_chosen": _set_told(found.as_chosen),
    }


def _set_told(weightings):
    """Return a set of weightings, its ranges by the id of the criterion: a zone's key is in it already."""
    of_zones = (weightings.shares or {}).values()
    ranges = {
        criterion: each._asdict() for by_criterion in of_zones for criterion, each in by_criterion.items()
    }
    return {
        "common": weightings.common,
        "number": weightings.number,
        "mean_common": weightings.mean_common,
        "shares": ranges,
    }


def explained_told(ranking, trials, real):
    found = unexplained(trials, real)
    return {name: _pcodes(ranking, getattr(found, name)) for name in ("never", "always", "unscored")}


def regions_told(ranking, left_out):
    """Return each region left out with what was found without it, in the order of names."""
    areas = ranking.measuring.areas
    names = {area["region"]: area["region_name"] for area in areas}
    told = [{"region": region, "name": names[region], **asdict(found)} for region, found in left_out.items()]
    return sorted(told, key=lambda each: each["name"])


def reduced_told(ranking, smaller, of_programme, real):
    """Return who leaves when fewer are chosen, and which real ones when it is chosen among these alone."""
    leaving = np.flatnonzero(ranking.chosen & ~smaller.chosen)
    dropped = [place for place in real if not of_programme.chosen[place]]
    return {
        name: [_pcodes(ranking, [place])[0] for place in _by_rank(ranking, places)]
        for name, places in (("leaving", leaving), ("of_programme", dropped))
    }


def _by_rank(ranking, places):
    return sorted(places, key=lambda place: (np.isnan(ranking.rank[place]), ranking.rank[place]))


def scores_told(ranking, trials, real):
    """Return every cercle ranked, best first by zone, with what became of it and who would choose it."""
    share = trials.chosen.mean(axis=0)
    return [
        _cercle(ranking, place, place in real, float(share[place]))
        for zone in ranking.asked_zones
        for place in _by_rank(ranking, zone.members)
    ]


def _cercle(ranking, place, is_real, share):
    area, zone = ranking.measuring.areas[place], ranking.zone_of[place]
    is_chosen, score = bool(ranking.chosen[place]), _known(ranking.score[place])
    return {
        "pcode": area["pcode"],
        "name": area["name"],
        "region": area["region"],
        "region_name": area["region_name"],
        "zone": zone.key,
        "score": score,
        "rank": None if score is None else int(ranking.rank[place]),
        "selected": is_chosen,
        "of_programme": is_real,
        "fate": FATES[is_chosen, is_real],
        "contributions": ranking.parts.get(place, {}),
        "share": share,
    }


FATES = {(True, True): RECOVERED, (False, True): MISSED, (True, False): FALSE, (False, False): NEITHER}
