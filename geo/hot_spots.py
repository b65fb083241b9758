"""
Hot and cold spots: areas that, with their neighbours, hold more or fewer events than chance would give them.

Imports esda, which takes seconds and hundreds of megabytes: for workers and commands only.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from esda.getisord import G_Local
from libpysal.weights import W
from numpy.typing import NDArray

LEVELS = ((0.01, "99"), (0.05, "95"), (0.10, "90"))
"""Shares of false discoveries borne, and what the label says of each: those of Esri's hot spot tool."""

TIE = 1e-12
"""Shares of the country's events closer than this are equal: sums of the same numbers in another order."""

DEALT_AT_ONCE = 1_000
"""Permutations held in memory together: 701 communes then take 6 MB."""

NOT_SIGNIFICANT = "not_significant"


@dataclass(frozen=True, slots=True)
class HotSpot:
    """
    Gi* of one area as a z-score, its p by permutation on both sides, and q after false-discovery control.

    `label` is hot_99, hot_95, hot_90, cold_99, cold_95, cold_90 or not_significant.
    """

    z: float
    p: float
    q: float
    label: str


def hot_spots(
    values: Sequence[float], neighbours: Sequence[Sequence[int]], *, permutations: int, seed: int
) -> list[HotSpot | None]:
    """
    Return the hot spot that each area is or is not, None for an area without neighbours.

    `neighbours` are positions in `values`. The area itself and each neighbour weigh alike, and z allows for
    how many they are: row-standardising changes neither z nor p. p counts how many of `permutations` of the
    other areas' values give a sum at least as far out on the nearer side, doubled, because either side would
    be told; q is Benjamini and Hochberg's (1995). An area without neighbours takes part in the permutations
    of others. Raises ValueError where all values are equal: none can then stand out. Getis and Ord (1992),
    Ord and Getis (1995), as esda has them.
    """
    if len(set(values)) < 2:
        raise ValueError("every area has the same value: no area can stand out")
    found = _gi_star(values, neighbours)
    tested = [place for place, near in enumerate(neighbours) if len(near)]
    dealt = dealt_shares(values, neighbours, permutations=permutations, seed=seed)
    p_values = _two_sided(found.Gs[tested], dealt[tested])
    told: list[HotSpot | None] = [None] * len(values)
    for place, p, q in zip(tested, p_values, false_discovery_rates(p_values), strict=True):
        z = float(found.Zs[place])
        told[place] = HotSpot(z, float(p), float(q), label_of(z, float(q)))
    return told


def _gi_star(values: Sequence[float], neighbours: Sequence[Sequence[int]]) -> G_Local:
    weights = W({place: list(near) for place, near in enumerate(neighbours)}, silence_warnings=True)
    with warnings.catch_warnings():
        # That p-values will be two-sided one day: ours are. That areas are apart: told by None.
        warnings.simplefilter("ignore")
        return G_Local(
            np.asarray(values, dtype=float),
            weights,
            # Row-standardised, p is the same, but esda would take z from a variance that is too large.
            transform="B",
            star=1,
            permutations=0,  # dealt here: esda would first compile for tens of seconds, in each process anew
        )


def dealt_shares(
    values: Sequence[float], neighbours: Sequence[Sequence[int]], *, permutations: int, seed: int
) -> NDArray[np.float64]:
    """
    Return the share of all that each area and its neighbours hold in each permutation: areas by permutations.

    The area keeps its own value; those of the others are dealt to its neighbours, none twice (conditional
    permutation: Anselin 1995). All areas see the same deals, each among its own others.
    """
    held = np.asarray(values, dtype=float)
    most = max(map(len, neighbours))
    chance = np.random.default_rng(seed)
    shares = np.empty((len(held), permutations))
    for first in range(0, permutations, DEALT_AT_ONCE):
        times = slice(first, min(first + DEALT_AT_ONCE, permutations))
        deals = np.argsort(chance.random((times.stop - times.start, len(held) - 1)), axis=1)[:, :most]
        for place, near in enumerate(neighbours):
            others = np.delete(held, place)
            shares[place, times] = held[place] + others[deals[:, : len(near)]].sum(axis=1)
    return shares / held.sum()


def _two_sided(found: NDArray[np.float64], permuted: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    Return p of each area (row). A tie counts on both sides.

    esda's own p counts ties on the upper side only: where most areas have no event at all, each without
    events around it would pass for a cold spot.
    """
    above = (permuted >= found[:, None] - TIE).sum(axis=1)
    below = (permuted <= found[:, None] + TIE).sum(axis=1)
    return np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (permuted.shape[1] + 1))


def false_discovery_rates(p_values: Sequence[float] | NDArray[np.float64]) -> list[float]:
    """
    Return q of each p: the least share of false discoveries at which it is one (Benjamini and Hochberg 1995).

    >>> false_discovery_rates([0.01, 0.02, 0.03, 0.5])
    [0.04, 0.04, 0.04, 0.5]
    >>> false_discovery_rates([])
    []
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(p[order] * len(p) / ranks)
    return [float(each) for each in q]


def label_of(z: float, q: float) -> str:
    """
    Return what an area is called: hot or cold by the sign of z, and how surely by q.

    >>> label_of(3.1, 0.004), label_of(-2.2, 0.05), label_of(2.0, 0.11)
    ('hot_99', 'cold_95', 'not_significant')
    """
    side = "hot" if z > 0 else "cold"
    return next((f"{side}_{told}" for most, told in LEVELS if q <= most), NOT_SIGNIFICANT)
