"""
Ranking cercles by a weighted sum of normalised criteria (Nardo et al. 2008, OECD/JRC handbook).

The browser does the same arithmetic in the same order, so that both show the same last digit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def min_max(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """
    Return each value placed between the lowest (0) and the highest (1) known one; None stays None.

    Equal values all become 0: a criterion that tells nothing apart adds nothing.

    >>> min_max({"a": 10, "b": 20, "c": None})
    {'a': 0.0, 'b': 1.0, 'c': None}
    """
    known = [value for value in values.values() if value is not None]
    if not known:
        return dict.fromkeys(values)
    lowest, highest = min(known), max(known)
    width = highest - lowest
    return {
        pcode: None if value is None else ((value - lowest) / width if width else 0.0)
        for pcode, value in values.items()
    }


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


def ranking(values: Values, weights: Mapping[str, float]) -> list[Ranked]:
    """
    Return the cercles by falling score, equal scores by P-code; those without a score last.

    The score is 100 times the sum, criterion by criterion in the order of `weights`, of weight share
    times normalised value. A cercle that lacks a value for a criterion of weight above zero has no
    score: a missing figure is not zero. Equal scores share a rank (1, 2, 2, 4). Contributions are in
    points and sum to the score. Raises ValueError as `weight_shares` does.
    """
    shares = weight_shares(weights)
    normalised = {criterion: min_max(values[criterion]) for criterion in shares}
    pcodes = sorted({pcode for criterion in shares for pcode in values[criterion]})
    scored = sorted(
        (_scored(pcode, normalised, shares) for pcode in pcodes),
        key=lambda each: (each.score is None, -(each.score or 0.0), each.pcode),
    )
    return _with_ranks(scored)


def _scored(pcode: str, normalised: Values, shares: Mapping[str, float]) -> Ranked:
    counted = [criterion for criterion, share in shares.items() if share > 0]
    missing = tuple(criterion for criterion in counted if normalised[criterion].get(pcode) is None)
    total, contributions = 0.0, {}
    for criterion in counted:
        part = shares[criterion] * (normalised[criterion].get(pcode) or 0.0)
        total += part
        contributions[criterion] = 100 * part
    if missing:
        return Ranked(pcode, None, None, {}, missing)
    return Ranked(pcode, 100 * total, None, contributions, ())


def _with_ranks(scored: Sequence[Ranked]) -> list[Ranked]:
    ranked: list[Ranked] = []
    for place, each in enumerate(scored, start=1):
        rank: int | None = place
        if each.score is None:
            rank = None
        elif ranked and ranked[-1].score == each.score:
            rank = ranked[-1].rank
        ranked.append(Ranked(each.pcode, each.score, rank, each.contributions, each.missing))
    return ranked
