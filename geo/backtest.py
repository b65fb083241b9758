"""
A choice held against a real one: how far they agree, and which weightings would have agreed as well.

Agreement is not correctness: the real choice weighed things that no file holds. And twenty cercles are few:
among thousands of weightings some fit them by chance, so what counts is the whole set of those that do as
well, and how weightings found without a region do in it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.choosing import Limit, Rules
from geo.robustness import CHUNK, DRAWS, SEED, Zone, weighed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


class Chance(NamedTuple):
    """How many a choice at random has in common with the real one: mean, and 5 and 95 % quantiles."""

    mean: float
    low: int
    high: int


def by_chance(cercles: int, chosen: int, real: int) -> Chance:
    """
    Return how many of `real` are met by `chosen` drawn at random among all: the hypergeometric distribution.

    Raises ValueError without any cercle to draw from, or fewer than are to be drawn.

    >>> by_chance(4, 2, 2)
    Chance(mean=1.0, low=0, high=2)
    """
    return by_chance_apart([(cercles, chosen, real)])


def by_chance_apart(zones: Sequence[tuple[int, int, int]]) -> Chance:
    """
    Return what `by_chance` does where each zone is drawn from by itself: (cercles, chosen, real) of each.

    >>> by_chance_apart([(4, 2, 2), (2, 1, 1)])
    Chance(mean=1.5, low=0, high=3)
    """
    mean, ways = 0.0, [1]
    for cercles, chosen, real in zones:
        if cercles < max(chosen, real, 1):
            raise ValueError(f"{chosen} and {real} cannot be taken from {cercles} cercles")
        mean += chosen * real / cercles
        ways = _together(ways, _ways(cercles, chosen, real))
    return Chance(mean, _quantile(ways, 5), _quantile(ways, 95))


def _ways(cercles: int, chosen: int, real: int) -> list[int]:
    return [comb(real, met) * comb(cercles - real, chosen - met) for met in range(min(chosen, real) + 1)]


def _together(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Return in how many ways both together meet so many, from the ways of each: exact, in whole numbers."""
    found = [0] * (len(one) + len(other) - 1)
    for met, ways in enumerate(one):
        for more, others in enumerate(other):
            found[met + more] += ways * others
    return found


def _quantile(ways: Sequence[int], percent: int) -> int:
    """Return the least number that at least so many percent of all ways do not exceed, without rounding."""
    reached, total = 0, sum(ways)
    for number, each in enumerate(ways):
        reached += each
        if 100 * reached >= percent * total:
            return number
    return len(ways) - 1


@dataclass(frozen=True)
class Agreement:
    """
    How far a choice agrees with the real one. Cercles are places in the list of all, in its order.

    `precision` is the share of the chosen that are real, `recall` the share of the real that are chosen,
    `jaccard` the share of either that are both; None of nobody. `correlation` is Spearman's, between score
    and real choice among those with a score. `unscored` are the real ones that could not be ranked.
    """

    common: tuple[int, ...]
    missed: tuple[int, ...]
    false: tuple[int, ...]
    unscored: tuple[int, ...]
    precision: float | None
    recall: float | None
    jaccard: float | None
    correlation: float | None
    chance: Chance


def agreement(
    chosen: Collection[int], real: Collection[int], *, scores: Mapping[int, float | None]
) -> Agreement:
    """
    Return how far `chosen` agrees with `real`.

    `scores` is of every cercle that could have been chosen, None where it has none; those of zones that are
    scored apart are best compared zone by zone. Raises ValueError for a cercle that is not among them.

    >>> found = agreement([0, 1], [1, 2], scores={0: 9, 1: 7, 2: 3, 3: None})
    >>> found.precision, found.recall, round(found.jaccard, 3), found.missed, found.false
    (0.5, 0.5, 0.333, (2,), (0,))
    """
    ours, theirs = set(chosen), set(real)
    if strange := (ours | theirs) - set(scores):
        raise ValueError(f"not among the cercles compared: {sorted(strange)}")
    common = ours & theirs
    scored = [place for place in scores if scores[place] is not None]
    return Agreement(
        tuple(sorted(common)),
        tuple(sorted(theirs - ours)),
        tuple(sorted(ours - theirs)),
        tuple(sorted(theirs - set(scored))),
        _share(common, ours),
        _share(common, theirs),
        _share(common, ours | theirs),
        spearman([scores[place] for place in scored], [place in theirs for place in scored]),  # type: ignore[arg-type]
        by_chance(len(scores), len(ours), len(theirs)),
    )


def _share(part: Collection[int], whole: Collection[int]) -> float | None:
    return len(part) / len(whole) if whole else None


def spearman(first: ArrayLike, second: ArrayLike) -> float | None:
    """
    Return Spearman's rank correlation, -1 to 1, equal values sharing the middle of their ranks.

    None where it means nothing: fewer than two pairs, or all values equal on one side.

    >>> spearman([1, 2, 3], [10, 20, 15])
    0.5
    >>> spearman([1, 2, 3], [5, 5, 5]) is None
    True
    """
    ranks = [_mid_ranks(np.asarray(each, dtype=float)) for each in (first, second)]
    away = [each - each.mean() for each in ranks if each.size]
    if not away or not all(each.any() for each in away):
        return None
    found = away[0] @ away[1] / np.sqrt((away[0] @ away[0]) * (away[1] @ away[1]))
    return float(np.clip(found, -1, 1))


def _mid_ranks(values: Floats) -> Floats:
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    return ((2 * last - sizes + 1) / 2)[group]


@dataclass(frozen=True)
class Trials:
    """
    Choices under many weightings: weights by zone, (draws, criteria), and who is chosen: (draws, cercles).

    `as_chosen` is the choice under the weights as they stand, `scored` who has a score to be ranked by.
    """

    zones: Sequence[Zone]
    rules: Rules
    weights: Sequence[Floats]
    chosen: Booleans
    as_chosen: Booleans
    scored: Booleans

    def common(self, real: Collection[int]) -> Integers:
        """Return of each draw how many of these cercles it chooses."""
        return self.chosen[:, sorted(real)].sum(axis=1)


def tried(zones: Sequence[Zone], rules: Rules, *, draws: int = DRAWS, seed: int = SEED) -> Trials:
    """
    Return the choices under weightings drawn evenly from all there are, each zone by itself.

    Criteria without weight stay without it: whoever wants them tried gives them some. Everything else is as
    chosen. The same arguments give the same answer.
    """
    random = np.random.default_rng(seed)
    weights = [_even(zone, random, draws) for zone in zones]
    chosen = _chosen(zones, rules, weights)
    stands = weighed(zones, rules, [np.array([zone.shares], dtype=float) for zone in zones])
    return Trials(zones, rules, weights, chosen, stands.chosen[0], ~np.isnan(stands.ranks[0]))


def _chosen(zones: Sequence[Zone], rules: Rules, weights: Sequence[Floats]) -> Booleans:
    return np.concatenate(
        [
            weighed(zones, rules, [each[begin : begin + CHUNK] for each in weights]).chosen
            for begin in range(0, len(weights[0]), CHUNK)
        ]
    )


def _even(zone: Zone, random: np.random.Generator, draws: int) -> Floats:
    weighty = np.asarray(zone.shares) > 0
    weights = np.zeros((draws, len(weighty)))
    weights[:, weighty] = random.dirichlet(np.ones(weighty.sum()), size=draws)
    return weights


class Range(NamedTuple):
    """Where a share of weight lies in a set of weightings."""

    least: float
    low: float
    median: float
    high: float
    most: float


@dataclass(frozen=True)
class Weightings:
    """
    The drawn weightings that have at least `common` cercles in common with the real choice.

    `shares` holds, by zone and criterion, the range of its share among them (5, 50 and 95 % in the middle);
    None where no draw reaches as many. `mean_common` is their mean number in common.
    """

    common: int
    number: int
    mean_common: float | None
    shares: Mapping[str, Mapping[str, Range]] | None


@dataclass(frozen=True)
class AsGood:
    """
    What drawn weightings have in common with the real choice: `counts[n]` of them have n cercles.

    `as_best` are those that no other draw exceeds, `as_chosen` those that do as well as the weights as they
    stand, or better.
    """

    draws: int
    counts: tuple[int, ...]
    mean_common: float
    as_best: Weightings
    as_chosen: Weightings


def as_good(trials: Trials, real: Collection[int]) -> AsGood:
    """Return how many cercles each weighting has in common with `real`, and the sets that do as well."""
    common = trials.common(real)
    stands = int(trials.as_chosen[sorted(real)].sum())
    return AsGood(
        len(common),
        tuple(np.bincount(common, minlength=len(real) + 1).tolist()),
        float(common.mean()),
        _weightings(trials, common, int(common.max())),
        _weightings(trials, common, stands),
    )


def _weightings(trials: Trials, common: Integers, least: int) -> Weightings:
    rows = np.flatnonzero(common >= least)
    if not rows.size:
        return Weightings(least, 0, None, None)
    return Weightings(
        least,
        len(rows),
        float(common[rows].mean()),
        {
            zone.key: {
                criterion.key: Range(*np.quantile(weights[rows, at], (0, 0.05, 0.5, 0.95, 1)).tolist())
                for at, criterion in enumerate(zone.criteria)
            }
            for zone, weights in zip(trials.zones, trials.weights, strict=True)
        },
    )


@dataclass(frozen=True)
class Explained:
    """
    Real cercles that no drawn weighting chooses, those that every one does, and the share of draws of each.

    `unscored` are never chosen either, but for want of a figure: weights say nothing of them.
    """

    draws: int
    never: tuple[int, ...]
    always: tuple[int, ...]
    unscored: tuple[int, ...]
    share: Mapping[int, float]


def unexplained(trials: Trials, real: Collection[int]) -> Explained:
    """
    Return which cercles of `real` no weighting recovers, which all do, and the share of draws by cercle.

    What must be in by the rules is always recovered, and explained by nothing but the rule.
    """
    number = trials.chosen.sum(axis=0)
    draws = len(trials.chosen)
    places = sorted(real)
    never = [place for place in places if number[place] == 0]
    return Explained(
        draws,
        tuple(place for place in never if trials.scored[place]),
        tuple(place for place in places if number[place] == draws),
        tuple(place for place in never if not trials.scored[place]),
        {place: float(number[place] / draws) for place in places},
    )


@dataclass(frozen=True)
class LeftOut:
    """
    How weightings found without a region do in it.

    They are the `weightings` that, choosing elsewhere only, have most cercles in common with the real choice
    there: `elsewhere` of them. Choosing everywhere, they recover `recovered` of the `real` cercles of the
    region on average, from `least` to `most`; as many cercles drawn at random would recover `by_chance`.
    """

    real: int
    weightings: int
    elsewhere: int
    recovered: float
    least: int
    most: int
    by_chance: float


def leave_region_out(
    trials: Trials, real: Collection[int], regions: Mapping[str, Collection[int]]
) -> Mapping[str, LeftOut]:
    """Return, for each region with a real cercle, what weightings that fit best without it recover of it."""
    cercles = len({place for zone in trials.zones for place in zone.members})
    found = {}
    for region, members in regions.items():
        own = set(real) & set(members)
        if not own:
            continue
        without = _chosen(trials.zones, _rules_without(members, own, trials.rules), trials.weights)
        elsewhere = without[:, sorted(set(real) - own)].sum(axis=1)
        rows = np.flatnonzero(elsewhere == elsewhere.max())
        recovered = trials.common(own)[rows]
        found[region] = LeftOut(
            len(own),
            len(rows),
            int(elsewhere.max()),
            float(recovered.mean()),
            int(recovered.min()),
            int(recovered.max()),
            float(trials.chosen[rows].sum(axis=1).mean()) * len(own) / cercles,
        )
    return found


def _rules_without(members: Collection[int], own: Collection[int], rules: Rules) -> Rules:
    """
    Return rules that bar a region, less room and money by what its real cercles (`own`) took.

    Else the weightings that fit best would be those that choose nobody in the region: all their room would be
    elsewhere.
    """
    must = rules.must - set(members)
    limits = [_less(limit, len(limit.members & set(own)), must) for limit in rules.limits]
    budget = rules.budget
    if budget is not None:
        left = budget - sum(rules.costs[place] for place in own)
        budget = max(left, sum(rules.costs[place] for place in must))
    return replace(rules, limits=limits, must=must, barred=rules.barred | set(members), budget=budget)


def _less(limit: Limit, taken: int, must: frozenset[int]) -> Limit:
    """Return the limit less what is taken; never below those of its members that must be in."""
    most = None if limit.most is None else max(limit.most - taken, len(limit.members & must))
    return replace(limit, least=max(limit.least - taken, 0), most=most)
