"""
From normalised criteria to one score, and the part that each criterion has in it.

Two means: the weighted arithmetic one (Nardo et al. 2008, step 6), where a high value makes up for a low
one; and INFORM's scaled geometric one (Marin-Ferrer et al. 2017), where one high value weighs more than in a
sum. Arrays are criteria first, cercles last: (criteria, ..., cercles).
"""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class Aggregation(StrEnum):
    """How criteria become one score."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


def utilities(normalised: ArrayLike, aggregation: Aggregation) -> Floats:
    """
    Return what is summed by weights: each value (arithmetic), or ln 10/(10 - 9 z) (geometric).

    Both scores rise with the weighted sum of these: it is enough to rank, and it is linear in the weights.

    >>> utilities([0, 1], Aggregation.GEOMETRIC).round(6).tolist()
    [0.0, 2.302585]
    """
    each = np.asarray(normalised, dtype=float)
    # 10 - 9 z runs from 10 to 1, as INFORM scales an indicator before its geometric mean.
    return each if aggregation is Aggregation.ARITHMETIC else np.log(10 / (10 - 9 * each))


def scores_of(sums: ArrayLike, aggregation: Aggregation) -> Floats:
    """
    Return the scores, 0 to 100, of weighted sums of `utilities`.

    >>> scores_of([0, np.log(10)], Aggregation.GEOMETRIC).round(6).tolist()
    [0.0, 100.0]
    """
    each = np.asarray(sums, dtype=float)
    return 100 * each if aggregation is Aggregation.ARITHMETIC else 100 * (10 - 10 * np.exp(-each)) / 9


def scores(normalised: ArrayLike, shares: ArrayLike, aggregation: Aggregation) -> Floats:
    """
    Return the scores, 0 to 100, of normalised values; NaN where one of weight above zero is NaN.

    `shares` are weights that sum to 1, one a criterion.

    >>> scores([[1.0, 0.0], [0.5, 1.0]], [0.75, 0.25], Aggregation.ARITHMETIC).tolist()
    [87.5, 25.0]
    """
    return scores_of(added(_parts(normalised, shares, aggregation)), aggregation)


def contributions(normalised: ArrayLike, shares: ArrayLike, aggregation: Aggregation) -> Floats:
    """
    Return the points that each criterion has in each score: (criteria, cercles), summing to the scores.

    Of a geometric mean the points follow the parts in its logarithm: a decomposition by the logarithmic
    mean, which leaves no rest (Ang 2004). A cercle without a score has no points: NaN throughout.

    >>> contributions([[1.0], [0.5]], [0.75, 0.25], Aggregation.ARITHMETIC).tolist()
    [[75.0], [12.5]]
    >>> contributions([[1.0], [0.0]], [0.5, 0.5], Aggregation.GEOMETRIC).round(4).tolist()
    [[75.9747], [0.0]]
    """
    parts = _parts(normalised, shares, aggregation)
    sums = added(parts)
    if aggregation is Aggregation.ARITHMETIC:
        return np.where(np.isnan(sums), np.nan, 100 * parts)
    share = np.divide(parts, sums, out=np.zeros_like(parts), where=sums != 0)
    return np.where(np.isnan(sums), np.nan, scores_of(sums, aggregation) * share)


def _parts(normalised: ArrayLike, shares: ArrayLike, aggregation: Aggregation) -> Floats:
    each = utilities(normalised, aggregation)
    weight = np.asarray(shares, dtype=float).reshape(-1, *(1,) * (each.ndim - 1))
    # What has no weight takes no part, known or not.
    return np.where(weight == 0, 0.0, weight * each)


def added(parts: Floats) -> Floats:
    """Return the sums over the first axis, added in its order: the browser adds in the same one."""
    total = np.zeros(parts.shape[1:])
    for part in parts:
        total = total + part
    return total
