"""
Choosing cercles by rank, under rules: quotas, floors, ceilings, those that must be in or out, a budget.

The choice is made as a committee would: those that must be in, then the best of each place that has a floor
until it is met, then the others by rank, passing over whoever a full limit or the money left does not admit.
It can be followed line by line; it is no optimum of the summed scores. Arrays are (draws, cercles): many
rankings are chosen from at once, one of them when there is but one draw.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

DECIMALS = 9
"""Scores equal to so many decimals are equal: the last bits of a logarithm differ between machines."""


class How(IntEnum):
    """By what a cercle came in; NOT: it did not."""

    NOT = 0
    MUST = 1
    FLOOR = 2
    RANK = 3


class ImpossibleRules(ValueError):
    """No choice can keep these rules; the message names those that contradict each other."""


@dataclass(frozen=True)
class Limit:
    """At least and at most so many cercles among its `members` (places in the list of all); None: no end."""

    key: str
    members: frozenset[int]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Rules:
    """
    What a choice must keep. Cercles are named by their place in the list of all.

    `costs` is needed where there is a `budget`: one number a cercle, of the same unit. Without a limit on
    everybody and without a budget, everybody allowed is chosen.
    """

    limits: Sequence[Limit] = ()
    must: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    budget: float | None = None
    costs: Sequence[float] = field(default=())


def in_order(scores: ArrayLike) -> tuple[Integers, Floats]:
    """
    Return the places of each row from the highest score to the lowest, and the rank of each score.

    Scores are told apart to `DECIMALS` decimals and lie below a million. Equal ones share a rank (1, 2, 2, 4)
    and stand as they come; NaN is last and has no rank.

    >>> order, ranks = in_order([[5, 9, 5.0000000001, float("nan"), 1]])
    >>> order.tolist(), ranks.tolist()
    ([[1, 0, 2, 4, 3]], [[2.0, 1.0, 2.0, nan, 4.0]])
    """
    rows = np.asarray(scores, dtype=float)
    unknown = np.isnan(rows)
    steps = np.where(unknown, -UNRANKED, np.floor(rows * 10**DECIMALS + 0.5)).astype(np.int64)
    # Whole numbers of which each holds its place sort several times quicker than places by a float.
    bits = max(rows.shape[-1] - 1, 1).bit_length()
    keys = np.sort((-steps << bits) | np.arange(rows.shape[-1]), axis=-1)
    order = keys & ((1 << bits) - 1)
    keys >>= bits
    places = np.ones(rows.shape)
    places[..., 1:] = np.where(keys[..., 1:] != keys[..., :-1], np.arange(2.0, rows.shape[-1] + 1), 1)
    ranks = np.empty(rows.shape)
    np.put_along_axis(ranks, order, np.maximum.accumulate(places, axis=-1), axis=-1)
    ranks[unknown] = np.nan
    return order, ranks


UNRANKED = 10.0**15
"""Stands below every score, so that what has none comes last."""


def choose(order: Integers, rules: Rules, *, eligible: Booleans) -> NDArray[np.uint8]:
    """
    Return by what each cercle came in (`How`), for each draw: (draws, cercles).

    `order` holds the places of the cercles from the first to the last, `eligible` who has a score. A floor
    that too few can fill stays unmet (see `unmet`). Raises ImpossibleRules where those that must be in
    break a limit, the budget, or are barred.

    >>> rules = Rules([Limit("all", frozenset(range(4)), most=2)], must=frozenset({3}))
    >>> choose(np.array([[0, 1, 2, 3]]), rules, eligible=np.ones((1, 4), bool)).tolist()
    [[3, 0, 0, 1]]
    """
    check(rules)
    choice = _Choice(order, rules, eligible)
    for at, limit in enumerate(rules.limits):
        if limit.least:
            choice.meet(at)
    choice.fill()
    return choice.how


def check(rules: Rules) -> None:
    """Raise ImpossibleRules when those that must be in contradict the other rules."""
    if twice := rules.must & rules.barred:
        raise ImpossibleRules(f"both in and out: {sorted(twice)}")
    for limit in rules.limits:
        if limit.most is not None and len(limit.members & rules.must) > limit.most:
            raise ImpossibleRules(f"more must be in than the limit {limit.key} admits: {limit.most}")
        if limit.most is not None and limit.least > limit.most:
            raise ImpossibleRules(f"the floor of {limit.key} is above its ceiling")
    if rules.budget is not None and _left(rules.must, rules) < 0:
        raise ImpossibleRules(f"those that must be in cost more than the budget {rules.budget:g}")


class _Choice:
    """The state of a choice, draw by draw: who is in, how full each limit is, what is left of the money."""

    def __init__(self, order: Integers, rules: Rules, eligible: Booleans) -> None:
        draws, cercles = order.shape
        self.order, self.rules = order, rules
        self.draws = np.arange(draws)
        self.open = eligible.copy()
        self.open[:, sorted(rules.barred | rules.must)] = False
        self.how = np.zeros((draws, cercles), dtype=np.uint8)
        self.how[:, sorted(rules.must)] = How.MUST
        # One limit more, which everybody is in and nothing fills: there is always one.
        self.belongs = np.array(
            [[place in each.members for each in rules.limits] + [True] for place in range(cercles)], dtype=int
        )
        endless = np.iinfo(np.int64).max
        self.most = np.array(
            [endless if each.most is None else each.most for each in rules.limits] + [endless]
        )
        # Cercles that are in the same limits are of one kind: a full limit closes whole kinds.
        self.kinds, kind_of = np.unique(self.belongs, axis=0, return_inverse=True)
        self.kind_of = kind_of.reshape(-1)
        self.counts = np.tile(self.belongs[sorted(rules.must)].sum(axis=0), (draws, 1))
        self.closed = self._closed(self.counts)
        self.costs = np.asarray(rules.costs, dtype=float)
        self.left = np.full(draws, _left(rules.must, rules))

    def _closed(self, counts: Integers) -> Booleans:
        """Tell of each kind whether one of its limits is full: (draws, kinds)."""
        full = (counts >= self.most).astype(float)
        return full @ self.kinds.T > 0

    def meet(self, floor: int) -> None:
        """Take members of this limit, in order, until its floor is met."""
        members = self.belongs[:, floor] == 1
        for candidates in self.order[members[self.order]].reshape(len(self.draws), -1).T:
            wanted = self.counts[:, floor] < self.rules.limits[floor].least
            if not wanted.any():
                return
            self._take(candidates, wanted, How.FLOOR)

    def fill(self) -> None:
        """Take, in order, whoever is allowed."""
        for candidates in np.ascontiguousarray(self.order.T):
            if self.closed.all():
                return
            self._take(candidates, np.True_, How.RANK)

    def _take(self, candidates: Integers, wanted: Booleans | np.bool_, how: How) -> None:
        """Take the candidate of each draw where it is wanted and nothing holds it back."""
        taken = self.open[self.draws, candidates] & wanted
        taken &= ~self.closed[self.draws, self.kind_of[candidates]]
        if self.rules.budget is not None:
            taken &= self.costs[candidates] <= self.left
        rows = np.flatnonzero(taken)
        if not rows.size:
            return
        who = candidates[rows]
        self.open[rows, who] = False
        self.how[rows, who] = how
        if self.rules.budget is not None:
            self.left[rows] -= self.costs[who]
        counts = self.counts.take(rows, axis=0) + self.belongs.take(who, axis=0)
        self.counts[rows] = counts
        if (counts >= self.most).any():
            self.closed[rows] = self._closed(counts)


def unmet(chosen: Booleans, rules: Rules) -> list[str]:
    """Return the keys of the limits whose floor one choice, (cercles,), does not meet."""
    inside = set(np.flatnonzero(chosen).tolist())
    return [limit.key for limit in rules.limits if len(limit.members & inside) < limit.least]


def held_back_by(place: int, chosen: Booleans, rules: Rules) -> list[str]:
    """Return the keys of the full limits that keep this cercle out of one choice; `budget` for the money."""
    inside = set(np.flatnonzero(chosen).tolist())
    full = [
        limit.key
        for limit in rules.limits
        if place in limit.members and limit.most is not None and len(limit.members & inside) >= limit.most
    ]
    if rules.budget is not None and rules.costs[place] > _left(inside, rules):
        return [*full, "budget"]
    return full


def _left(inside: Iterable[int], rules: Rules) -> float:
    """Return the money left when these are in; endless without a budget."""
    if rules.budget is None:
        return np.inf
    # A billionth more: costs that add up to the budget fit in it, whatever the last bit of their sum.
    return rules.budget * (1 + 1e-9) - sum(rules.costs[place] for place in inside)
