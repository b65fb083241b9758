"""
Who is within reach of what: limits, chains of institutions, curves, posts against a norm, seeded draws.

Arrays have one element a settlement. A distance is in any one unit (kilometres, metres or minutes), `inf`
where nothing is reached, never 0; people are `nan` where no figure is known.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.integer[Any]]

HALF_OF_VIOLENCE = 12.0
"""Events a year near a settlement that give half of what a person can weigh more: one a month. Our choice."""

PEOPLE_PER_POST = 50_000
"""Offered as a norm where the asker has none. Our choice: no text of Mali that we know of gives one."""


@dataclass(frozen=True)
class Link:
    """
    How far the institutions of one link of a chain are: police, courts or prisons; or all kinds asked.

    `sure` and `known` are the distance to the nearest that counts for sure, and to the nearest that counts
    or may; `doubtful` how many of those that only may are within the limit; `is_open` where the register may
    lack one.
    """

    sure: Floats
    known: Floats
    doubtful: Indices
    is_open: Flags


@dataclass(frozen=True)
class Reached:
    """
    Who is reached: surely, at the point value (0 to 1), by all that is recorded, and at the most.

    Everywhere sure <= point <= known <= most.
    """

    sure: Flags
    point: Floats
    known: Flags
    most: Flags


def within(distances: Floats, limit: float) -> Flags:
    """
    Return who is within the limit: exactly at it counts, nobody is within reach of nothing.

    >>> within(np.array([29.9, 30.0, 30.001, np.inf]), 30).tolist()
    [True, True, False, False]
    """
    return np.isfinite(distances) & (distances <= limit)


def worst_of(distances: Sequence[Floats]) -> Floats:
    """
    Return the distance to the farthest link of a chain; a link that is missing breaks it.

    Raises ValueError for a chain of no link.

    >>> worst_of([np.array([5.0, 5.0]), np.array([40.0, np.inf])]).tolist()
    [40.0, inf]
    """
    if not distances:
        raise ValueError("A chain needs at least one link")
    return cast(Floats, np.maximum.reduce(list(distances)))


def worst_link(distances: Sequence[Floats]) -> Indices:
    """Return which link is the farthest: its position, the first of several that are equally far."""
    return cast(Indices, np.argmax(np.stack(list(distances)), axis=0))


def reached(links: Sequence[Link], limit: float, *, works: float) -> Reached:
    """
    Return who is reached by every link within the limit.

    `works` is the probability (0 to 1) that an institution of which it is not known counts: the point
    value holds each link for reached with 1 - (1 - works) ** doubtful, one link independent of the others.
    """
    sure, known, most = (np.ones(len(links[0].sure), dtype=bool) for _ in range(3))
    point = np.ones(len(sure))
    for link in links:
        is_sure, is_known = within(link.sure, limit), within(link.known, limit)
        sure &= is_sure
        known &= is_known
        most &= is_known | link.is_open
        perhaps = np.where(is_known, 1 - (1 - works) ** link.doubtful, 0.0)
        point *= np.where(is_sure, 1.0, perhaps)
    return Reached(sure, point, known, most)


def people_where(people: Floats, reached: Flags | Floats) -> Floats:
    """Return the people reached at each settlement; 0 where no figure is known."""
    return cast(Floats, np.nan_to_num(people) * reached)


def curve(distances: Floats, people: Floats, steps: Sequence[float]) -> list[float]:
    """
    Return how many people are within each of these limits, exactly at it included.

    >>> curve(np.array([0.0, 10.0, np.inf]), np.array([5.0, 7.0, 9.0]), [0, 9.9, 10, 100])
    [5.0, 5.0, 12.0, 12.0]
    """
    has = np.isfinite(distances) & ~np.isnan(people)
    order = np.argsort(distances[has], kind="stable")
    sums = np.concatenate([[0.0], np.cumsum(people[has][order])])
    return [float(sums[at]) for at in np.searchsorted(distances[has][order], steps, side="right")]


def by_band(distances: Floats, people: Floats, limits: Sequence[float]) -> list[float]:
    """
    Return the people of each band: up to the first limit, ... and beyond the last (with those never reached).

    >>> by_band(np.array([3.0, 10.0, 11.0, np.inf]), np.array([1.0, 2.0, 4.0, 8.0]), [10, 30])
    [3.0, 4.0, 8.0]
    """
    inside = curve(distances, people, limits)
    return [*np.diff([0.0, *inside]).tolist(), float(np.nansum(people)) - inside[-1]]


def violence_weights(events_a_year: Floats, *, half: float = HALF_OF_VIOLENCE) -> Floats:
    """
    Return how much a person weighs by the events near: 1 without any, towards 2 with ever more.

    w = 1 + n / (n + half): bounded, so that no place outweighs every other.

    >>> violence_weights(np.array([0.0, 12.0, 36.0])).tolist()
    [1.0, 1.5, 1.75]
    """
    return cast(Floats, 1 + events_a_year / (events_a_year + half))


def posts_needed(people: float, people_per_post: float) -> int:
    """
    Return how many posts these people need: a post begun is a post.

    >>> posts_needed(100_001, 50_000), posts_needed(0, 50_000)
    (3, 0)
    """
    return math.ceil(people / people_per_post)


@dataclass(frozen=True)
class Drawn:
    """
    An institution as draws take it: the settlements it reaches from each place where it may stand.

    `places` has one array of indices at least, all equally likely; `is_sure` when it counts for sure.
    """

    places: Sequence[Indices]
    is_sure: bool


def draws(
    chain: Sequence[Sequence[Drawn]],
    people_by_method: Sequence[Floats],
    *,
    number: int,
    seed: int,
    works: tuple[float, float],
) -> Iterator[Floats]:
    """
    Yield the people reached at each settlement in each of `number` draws; the same seed draws the same.

    A draw takes one way to count people, one probability between the two of `works` that an institution of
    unknown status counts, and then for each institution whether it does and at which of its places.
    """
    chance = np.random.default_rng(seed)
    for _ in range(number):
        people = people_by_method[int(chance.integers(len(people_by_method)))]
        probability = chance.uniform(*works)
        covered = np.ones(len(people), dtype=bool)
        for link in chain:
            covered &= _covered(link, len(people), probability, chance)
        yield people_where(people, covered)


def _covered(
    link: Sequence[Drawn], settlements: int, probability: float, chance: np.random.Generator
) -> Flags:
    covered = np.zeros(settlements, dtype=bool)
    lots = chance.random((len(link), 2))
    for institution, (counts, where) in zip(link, lots, strict=True):
        if institution.is_sure or counts < probability:
            covered[institution.places[int(where * len(institution.places))]] = True
    return covered


def interval(values: Sequence[float], point: float, *, share: float = 0.9) -> tuple[float, float]:
    """
    Return between which values this share of the draws lies, widened to hold the point value.

    >>> interval([1.0, 2.0, 3.0], 9.0)
    (1.1, 9.0)
    """
    if not len(values):
        return point, point
    least, most = np.quantile(values, [(1 - share) / 2, (1 + share) / 2])
    return min(float(least), point), max(float(most), point)
