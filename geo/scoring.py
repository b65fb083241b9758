"""
Ranking cercles by a weighted mean of normalised criteria (Nardo et al. 2008, OECD/JRC handbook).

The browser does the same arithmetic in the same order (static/js/scoring.js): the same ranks, and scores
equal to 1e-9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.aggregating import Aggregation, Floats, contributions, scores
from geo.choosing import in_order
from geo.normalising import Scale, normalised

Values = Mapping[str, Mapping[str, float | None]]
"""criterion -> P-code -> value; None where it is not known."""


@dataclass(frozen=True)
class Ranked:
    """A cercle's score (0 to 100) and rank (1 is the highest), both None when a value it needs is missing."""

    pcode: str
    score: float | None
    rank: int | None
    contributions: dict[str, float]
    missing: tuple[str, ...]


def weight_shares(weights: Mapping[str, float]) -> dict[str, float]:
    """
    Return the weights divided by their sum, in the order given.

    Raises ValueError for a negative weight, or when all are zero: there is then nothing to rank by.

    >>> weight_shares({"violence": 3, "people": 1})
    {'violence': 0.75, 'people': 0.25}
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight must not be negative")
    total = 0.0
    for weight in weights.values():
        total += weight
    if total == 0:
        raise ValueError("all weights are zero: raise at least one")
    return {criterion: weight / total for criterion, weight in weights.items()}


def ranking(
    values: Values,
    weights: Mapping[str, float],
    scales: Mapping[str, Scale] | None = None,
    aggregation: Aggregation = Aggregation.ARITHMETIC,
) -> list[Ranked]:
    """
    Return the cercles by falling score, equal scores by P-code; those without a score last.

    A criterion without a scale is normalised by min-max. A cercle that lacks a value for a criterion of
    weight above zero has no score: a missing figure is not zero. Equal scores share a rank (1, 2, 2, 4).
    Contributions are in points and sum to the score. Raises ValueError as `weight_shares` and `normalised`.
    """
    shares = weight_shares(weights)
    counted = {criterion: share for criterion, share in shares.items() if share > 0}
    pcodes = sorted({pcode for criterion in shares for pcode in values[criterion]})
    columns = [_column(values[criterion], pcodes, (scales or {}).get(criterion)) for criterion in counted]
    score = scores(columns, [*counted.values()], aggregation)
    points = contributions(columns, [*counted.values()], aggregation)
    (order,), (ranks,) = in_order(score[None])
    ranked = []
    for at in order:
        missing = tuple(name for name, column in zip(counted, columns, strict=True) if np.isnan(column[at]))
        if missing:
            ranked.append(Ranked(pcodes[at], None, None, {}, missing))
        else:
            parts = dict(zip(counted, points[:, at].tolist(), strict=True))
            ranked.append(Ranked(pcodes[at], float(score[at]), int(ranks[at]), parts, ()))
    return ranked


def _column(values: Mapping[str, float | None], pcodes: Sequence[str], scale: Scale | None) -> Floats:
    known = np.array([values.get(pcode) for pcode in pcodes], dtype=float)
    return normalised(known, scale or Scale())
