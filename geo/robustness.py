"""
How much a choice hangs on what could have been chosen or known otherwise.

Weights, normalisation, aggregation, the places of imprecise events and the values filled in are drawn
together, and the choice is made anew each time (Saisana, Saltelli and Tarantola 2005). Zones are ranked
each by its own criteria, then chosen from together.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.aggregating import Aggregation, scores_of, utilities
from geo.choosing import Rules, choose, in_order
from geo.normalising import Normalisation, Scale, normalised

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DRAWS = 10_000
SEED = 20201031
CHUNK = 1000
"""Draws at a time: what is held of 701 communes stays below 100 MB, and a wish to stop is heard."""

ALWAYS, PROBABLE, UNLIKELY, NEVER = 0.95, 0.75, 0.25, 0.05
"""Shares of draws from which a choice is called always and probable, and below which unlikely and never."""


@dataclass(frozen=True)
class Measured:
    """
    A criterion's values in the cercles of a zone, and what they might be instead.

    `values` is (cercles,), NaN where nobody knows and nothing is filled in. `placed` is (placings, cercles):
    the values under other places of imprecise events. `filled` is (fillings, cercles): NaN but where a value
    was filled in, there others that it might be.
    """

    key: str
    scale: Scale
    values: Floats
    placed: Floats | None = None
    filled: Floats | None = None


@dataclass(frozen=True)
class Zone:
    """Cercles ranked together: their places in the list of all, the criteria and shares of weight."""

    key: str
    members: Sequence[int]
    criteria: Sequence[Measured]
    shares: Sequence[float]
    aggregation: Aggregation = Aggregation.ARITHMETIC


@dataclass(frozen=True)
class Spread:
    """
    What is drawn. `concentration` is of the Dirichlet distribution round the chosen shares.

    A share w then has the standard deviation sqrt(w (1 - w) / (concentration + 1)); None: weights stay.
    `None` among the normalisations and aggregations stands for the chosen ones of each criterion and zone.
    """

    concentration: float | None = 30.0
    normalisations: Sequence[Normalisation | None] = (None, *Normalisation)
    aggregations: Sequence[Aggregation | None] = tuple(Aggregation)
    is_placed: bool = True
    is_filled: bool = True


USUAL = Spread()

AS_CHOSEN = Spread(None, (None,), (None,), is_placed=False, is_filled=False)
"""Nothing is drawn: the choice itself."""


class Draw(NamedTuple):
    """What was drawn, an array each: weights (draws, criteria) by zone; the others are places in lists."""

    weights: Sequence[Floats]
    normalisation: Integers
    aggregation: Integers
    placing: Integers
    filling: Integers


@dataclass(frozen=True)
class Robustness:
    """Of each cercle: the share of draws that choose it, and where its rank in its zone lies (NaN: none)."""

    probability: Floats
    median_rank: Floats
    low_rank: Floats
    high_rank: Floats
    draws: int


def robustness(
    zones: Sequence[Zone],
    rules: Rules,
    *,
    spread: Spread = USUAL,
    seed: int = SEED,
    draws: int = DRAWS,
    step: Callable[[int], None] = lambda done: None,
) -> Robustness:
    """
    Return how often each cercle is chosen, and the 5 %, 50 % and 95 % quantiles of its rank.

    The same arguments give the same answer. `step(done)` is called after each thousand draws.
    """
    model = Model(zones, rules, spread)
    chosen = np.zeros(model.cercles)
    counted = np.zeros((model.cercles, model.cercles + 1), dtype=np.int64)
    random = np.random.default_rng(seed)
    for begin in range(0, draws, CHUNK):
        draw = drawn(zones, spread, random, min(CHUNK, draws - begin))
        found = model.outcome(draw)
        chosen += found.chosen.sum(axis=0)
        _count_ranks(counted, found.ranks)
        step(begin + len(draw.normalisation))
    low, median, high = (_quantile(counted, share) for share in (0.05, 0.5, 0.95))
    return Robustness(chosen / draws, median, low, high, draws)


def drawn(zones: Sequence[Zone], spread: Spread, random: np.random.Generator, draws: int) -> Draw:
    """Return so many draws: each source of doubt apart from the others."""
    return Draw(
        [_weights(zone, spread, random, draws) for zone in zones],
        random.integers(len(spread.normalisations), size=draws),
        random.integers(len(spread.aggregations), size=draws),
        random.integers(pool_size(zones, "placed"), size=draws),
        random.integers(pool_size(zones, "filled"), size=draws),
    )


def pool_size(zones: Sequence[Zone], what: str) -> int:
    """Return among how many placings or fillings of the criteria is drawn: 1 where nothing is in doubt."""
    pools = [getattr(each, what) for zone in zones for each in zone.criteria]
    return min((len(pool) for pool in pools if pool is not None), default=1)


def _weights(zone: Zone, spread: Spread, random: np.random.Generator, draws: int) -> Floats:
    shares = np.asarray(zone.shares, dtype=float)
    if spread.concentration is None:
        return np.tile(shares, (draws, 1))
    weights = np.zeros((draws, len(shares)))
    weighty = shares > 0
    weights[:, weighty] = random.dirichlet(shares[weighty] * spread.concentration, size=draws)
    return weights


class Outcome(NamedTuple):
    """Of each draw: who is chosen, and the rank of each cercle in its zone (NaN without a score)."""

    chosen: NDArray[np.bool_]
    ranks: Floats


class Model:
    """The way from a draw to a choice. What of the criteria does not depend on a draw is computed once."""

    def __init__(self, zones: Sequence[Zone], rules: Rules, spread: Spread) -> None:
        self.zones, self.rules, self.spread = zones, rules, spread
        self.cercles = 1 + max(place for zone in zones for place in zone.members)
        self.kept: dict[tuple[str, str, Normalisation | None, Aggregation], Floats] = {}

    def outcome(self, draw: Draw) -> Outcome:
        """Return the choice and the ranks of each draw: (draws, cercles)."""
        found = np.full((len(draw.normalisation), self.cercles), np.nan)
        for zone, weights in zip(self.zones, draw.weights, strict=True):
            order, found[:, zone.members] = in_order(self._scores(zone, weights, draw))
        if list(self.zones[0].members) != list(range(self.cercles)):
            # The first of each zone, then the second: what zones share is taken from in turn.
            order, _ = in_order(-found)
        return Outcome(choose(order, self.rules, eligible=~np.isnan(found)) > 0, found)

    def _scores(self, zone: Zone, weights: Floats, draw: Draw) -> Floats:
        scores = np.empty((len(weights), len(zone.members)))
        for normalisation, aggregation, rows in self._alike(draw):
            of_zone = aggregation or zone.aggregation
            total = np.zeros((len(rows), len(zone.members)))
            for at, criterion in enumerate(zone.criteria):
                weight = weights[rows, at]
                part = weight[:, None] * self._utilities(zone, criterion, normalisation, of_zone, draw, rows)
                part[weight == 0] = 0  # what has no weight takes no part, known or not
                total += part
            scores[rows] = scores_of(total, of_zone)
        return scores

    def _alike(self, draw: Draw) -> Iterator[tuple[Normalisation | None, Aggregation | None, Integers]]:
        """Yield the draws of each normalisation and aggregation."""
        for at, normalisation in enumerate(self.spread.normalisations):
            for by, aggregation in enumerate(self.spread.aggregations):
                rows = np.flatnonzero((draw.normalisation == at) & (draw.aggregation == by))
                if rows.size:
                    yield normalisation, aggregation, rows

    def _utilities(
        self,
        zone: Zone,
        criterion: Measured,
        normalisation: Normalisation | None,
        aggregation: Aggregation,
        draw: Draw,
        rows: Integers,
    ) -> Floats:
        """Return the utilities of a criterion in these draws; one row where nothing of it is in doubt."""
        scale = scale_under(criterion.scale, normalisation)
        placed = criterion.placed if self.spread.is_placed else None
        filled = criterion.filled if self.spread.is_filled else None
        if placed is not None and filled is not None:
            other = filled[draw.filling[rows]]
            values = np.where(np.isnan(other), placed[draw.placing[rows]], other)
            return utilities(normalised(values, scale), aggregation)
        key = (zone.key, criterion.key, normalisation, aggregation)
        if key not in self.kept:
            values = criterion.values[None, :] if placed is None else placed
            if filled is not None:
                values = np.where(np.isnan(filled), values, filled)
            self.kept[key] = utilities(normalised(values, scale), aggregation)
        if placed is None and filled is None:
            return self.kept[key]
        return self.kept[key][(draw.placing if placed is not None else draw.filling)[rows]]


def weighed(zones: Sequence[Zone], rules: Rules, weights: Sequence[Floats]) -> Outcome:
    """Return the outcome under these weights, an array (draws, criteria) by zone; all else is as chosen."""
    zeros = np.zeros(len(weights[0]), dtype=np.int64)
    return Model(zones, rules, AS_CHOSEN).outcome(Draw(weights, zeros, zeros, zeros, zeros))


def scale_under(scale: Scale, normalisation: Normalisation | None) -> Scale:
    """Return the scale with another normalisation; its own where None. Fixed bounds are of min-max only."""
    if normalisation is None or normalisation is scale.normalisation:
        return scale
    is_bounded = normalisation is Normalisation.MIN_MAX
    return replace(scale, normalisation=normalisation, bounds=scale.bounds if is_bounded else None)


def _count_ranks(counted: NDArray[np.int64], found: Floats) -> None:
    """Add how often each cercle had each rank; place 0 is of no rank."""
    cercles = found.shape[1]
    each = np.nan_to_num(found).astype(np.int64) + np.arange(cercles) * (cercles + 1)
    counted += np.bincount(each.ravel(), minlength=counted.size).reshape(counted.shape)


def _quantile(counted: NDArray[np.int64], share: float) -> Floats:
    """Return the least rank that at least this share of the ranked draws do not exceed; NaN without any."""
    ranked = counted[:, 1:].cumsum(axis=1)
    total = ranked[:, -1]
    place = (ranked < np.ceil(share * total)[:, None]).sum(axis=1) + 1.0
    return np.where(total > 0, place, np.nan)


SHARES_TRIED = 201
"""Shares of weight tried from 0 to 1: a tipping weight is told to half a point."""


def tipping(zones: Sequence[Zone], rules: Rules) -> Mapping[str, Mapping[str, Sequence[float | None]]]:
    """
    Return, by zone and criterion, the share of weight nearest to the chosen one that changes each fate.

    The share of one criterion goes from 0 to 1 by half points, the others keep their proportions (equal
    ones where the criterion holds all the weight). Of each cercle of the zone: the nearest share at which it
    is in where it was out, or out where it was in; None where no share does it.
    """
    tried = np.linspace(0, 1, SHARES_TRIED)
    found: dict[str, dict[str, list[float | None]]] = {}
    for at, zone in enumerate(zones):
        found[zone.key] = {}
        for place, criterion in enumerate(zone.criteria):
            weights = [np.tile(np.asarray(each.shares, dtype=float), (SHARES_TRIED + 1, 1)) for each in zones]
            weights[at][1:] = _moved(zone.shares, place, tried)
            chosen = weighed(zones, rules, weights).chosen
            others = chosen[1:, zone.members] != chosen[0, zone.members]
            found[zone.key][criterion.key] = _nearest(others, tried, zone.shares[place])
    return found


def _moved(shares: Sequence[float], place: int, tried: Floats) -> Floats:
    rest = np.array(shares, dtype=float)
    rest[place] = 0
    total = rest.sum()
    if not total:
        rest = np.where(np.arange(len(rest)) == place, 0.0, 1.0)
        total = max(rest.sum(), 1.0)
    moved = np.outer(1 - tried, rest / total)
    moved[:, place] = tried
    return moved


def _nearest(others: NDArray[np.bool_], tried: Floats, chosen: float) -> list[float | None]:
    away = np.where(others, np.abs(tried - chosen)[:, None], np.inf)
    nearest = away.argmin(axis=0)
    return [
        None if np.isinf(away[at, cercle]) else round(float(tried[at]), 4)
        for cercle, at in enumerate(nearest)
    ]
