"""
How many imprecise events an area may hold: those of a unit spread over its areas by seeded draws.

An event known only to lie in a unit (a cercle, a region, the country) lies in one of its areas. Each draw
puts every such event in one area, with probabilities that follow weights: the numbers of a unit are then
multinomial, and what they add up to in an area (deaths, say) is compound multinomial, drawn from how many
events have how many deaths. The interval of an area is between two quantiles of what it got. Multiple
imputation of a missing place (Rubin 1987); areal weights as in dasymetric mapping (Mennis 2003).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 20211220
"""Any number would do; it is stated with every answer, so that anybody draws the same."""

QUANTILES = (0.05, 0.95)
"""Nine draws in ten fall between, both included."""

PRIOR_EVENTS = 1
"""Added to the events of an area when they are its weight: none recorded does not mean none possible."""


@dataclass(frozen=True)
class Unit:
    """
    The events known to lie in a unit and no more precisely, and the areas that make it up.

    `areas` are places in the list of all areas, `weights` theirs in the same order. `classes` tells how many
    events add these amounts to the measures: {(1, 7): 3} is three events of seven deaths each, where the
    measures are events and deaths. `key` tells units apart: each has draws of its own, whichever others are
    drawn with it.
    """

    key: str
    areas: Sequence[int]
    weights: Sequence[float]
    classes: Mapping[tuple[int, ...], int]


@dataclass(frozen=True)
class Spread:
    """What each area may hold beside what is placed in it: arrays of measures by areas."""

    expected: NDArray[np.float64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]


def shares(weights: Sequence[float]) -> NDArray[np.float64]:
    """
    Return the weights divided by their sum; equal shares where all are zero: nothing tells areas apart.

    Raises ValueError for a negative weight or for no area.

    >>> shares([3, 1]).tolist(), shares([0, 0]).tolist()
    ([0.75, 0.25], [0.5, 0.5])
    """
    if not len(weights):
        raise ValueError("a unit without areas holds no event")
    each = np.asarray(weights, dtype=float)
    if (each < 0).any():
        raise ValueError("a weight must not be negative")
    total = each.sum()
    return each / total if total else np.full(len(each), 1 / len(each))


def weights_by_people(people: Sequence[float | None]) -> list[float] | None:
    """
    Return the people of each area as weights; an area of unknown number takes the mean of the known ones.

    None where no area has a known number.

    >>> weights_by_people([900, None, 300]), weights_by_people([None])
    ([900.0, 600.0, 300.0], None)
    """
    known = [float(number) for number in people if number is not None]
    if not known:
        return None
    mean = sum(known) / len(known)
    return [mean if number is None else float(number) for number in people]


def weights_by_events(events: Sequence[int]) -> list[float]:
    """
    Return the precise events of each area plus `PRIOR_EVENTS`, as weights.

    >>> weights_by_events([0, 4])
    [1.0, 5.0]
    """
    return [float(number + PRIOR_EVENTS) for number in events]


def drawn(unit: Unit, *, seed: int, draws: int) -> NDArray[np.int32]:
    """
    Return what each area of the unit gets in each draw: an array of measures by areas by draws.

    In each draw the areas together get what the unit has. The same seed and unit give the same draws.
    """
    places = shares(unit.weights)
    # A stream for each unit: an area asked alone gets what it gets among all the others.
    random = np.random.default_rng([seed, *unit.key.encode()])
    measures = len(next(iter(unit.classes), ()))
    got = np.zeros((measures, len(places), draws), dtype=np.int32)
    few = []
    for amounts, number in sorted(unit.classes.items()):
        if number <= FEW * len(places):
            few.append((amounts, number))
            continue
        landed = random.multinomial(number, places, size=draws).astype(np.int32).T
        for measure, amount in enumerate(amounts):
            if amount:
                got[measure] += landed if amount == 1 else amount * landed
    if few:
        _add_one_by_one(got, random, few, places)
    return got


FEW = 0.5
"""Events of a class for each area, up to which one by one is quicker than a multinomial (measured)."""


def _add_one_by_one(
    got: NDArray[np.int32],
    random: np.random.Generator,
    classes: Sequence[tuple[tuple[int, ...], int]],
    places: NDArray[np.float64],
) -> None:
    """Put each event of these classes in an area, draw by draw."""
    _measures, areas, draws = got.shape
    amounts = np.repeat([each for each, _number in classes], [number for _each, number in classes], axis=0)
    ends = np.cumsum(places)[:-1].astype(np.float32)
    landed = np.searchsorted(ends, random.random((len(amounts), draws), dtype=np.float32), side="right")
    landed *= draws
    landed += np.arange(draws)
    for measure in range(amounts.shape[1]):
        # By amount, so that plain counting does: it is much quicker than adding weights.
        for amount in np.unique(amounts[:, measure]):
            if amount:
                cells = landed[amounts[:, measure] == amount].ravel()
                counted = np.bincount(cells, minlength=areas * draws).reshape(areas, draws)
                got[measure] += (counted if amount == 1 else amount * counted).astype(np.int32)


def drawn_together(
    units: Sequence[Unit], areas: int, *, measures: int, seed: int = SEED, draws: int = DRAWS
) -> NDArray[np.int32]:
    """Return what each of so many areas gets of all these units in each draw: measures by areas by draws."""
    total = np.zeros((measures, areas, draws), dtype=np.int32)
    for unit in units:
        if unit.classes:
            total[:, unit.areas] += drawn(unit, seed=seed, draws=draws)
    return total


def spread(
    units: Sequence[Unit], areas: int, *, measures: int, seed: int = SEED, draws: int = DRAWS
) -> Spread:
    """
    Return what each of so many areas may hold of the events of these units, beside what is placed in it.

    `low` and `high` are the least draws at or above which `QUANTILES` of all draws end; `expected` is exact.
    An area in no unit has zero for all three.
    """
    expected = np.zeros((measures, areas))
    for unit in units:
        if unit.classes:
            of_unit = sum(np.outer(amounts, [number])[:, 0] for amounts, number in unit.classes.items())
            expected[:, unit.areas] += np.outer(of_unit, shares(unit.weights))
    total = drawn_together(units, areas, measures=measures, seed=seed, draws=draws)
    low, high = np.zeros((measures, areas), np.int64), np.zeros((measures, areas), np.int64)
    touched = expected.any(axis=0)
    if touched.any():
        at = [ceil(quantile * draws) - 1 for quantile in QUANTILES]
        in_order = np.partition(total[:, touched], at, axis=2)
        low[:, touched], high[:, touched] = in_order[:, :, at[0]], in_order[:, :, at[1]]
    return Spread(expected, low, high)
