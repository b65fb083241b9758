"""The same question by TOPSIS, for comparison: heavy, for the worker and commands."""

import numpy as np

from apps.targeting.topsis import topsis
from geo.backtest import spearman
from geo.choosing import choose, in_order
from geo.normalising import Direction, normalised


def topsis_told(ranking):
    """
    Return what TOPSIS would say: closeness and rank of each area, who would be chosen by the same rules.

    Its values are the criteria's own; best within a band has no best end, so there it takes the normalised
    ones. `correlation` is Spearman's with our scores, by zone; `common` how many are chosen by both.
    """
    closeness = np.full(len(ranking.measuring.areas), np.nan)
    ranks = closeness.copy()
    for zone in ranking.zones:
        values = np.array([_values(each) for each in zone.criteria])
        falls = [each.scale.direction is Direction.LESS for each in zone.criteria]
        closeness[zone.members] = topsis(values, zone.shares, falls=falls)
        _order, of_zone = in_order(closeness[zone.members][None, :])
        ranks[zone.members] = of_zone[0]
    order, _ranks = in_order(-ranks[None, :])
    chosen = choose(order, ranking.rules, eligible=~np.isnan(ranks)[None, :])[0] > 0
    return {
        "areas": {
            ranking.measuring.pcodes[place]: {
                "closeness": closeness[place],
                "rank": ranks[place],
                "selected": bool(chosen[place]),
            }
            for place in ranking.zone_of
        },
        "correlation": {zone.key: _correlation(ranking.score, closeness, zone) for zone in ranking.zones},
        "common": int((chosen & ranking.chosen).sum()),
    }


def _correlation(score, closeness, zone):
    both = [each for each in zone.members if not np.isnan(score[each] + closeness[each])]
    return spearman(score[both], closeness[both])


def _values(criterion):
    if criterion.scale.direction is Direction.BAND:
        return normalised(criterion.values, criterion.scale)
    return criterion.values
