"""
What is asked when sites are chosen: demands and their needs, options and their costs, budgets and rules.

A *demand* is people who need one thing or several (a police post; a police post and a court). A *need* is one
row: the options of which any one satisfies it. A demand is covered once each of its needs is. An *option* is
what may be built at one place, at a cost. A *site* is an option with the year, from 0, in which it opens.
Heavy: it needs SciPy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Site = tuple[int, int]


@dataclass(frozen=True)
class Limit:
    """
    At least and at most so many sites among these options (places in the list of all); None: no end.

    A floor is a limit with `least`, an exclusion one with `most` 0, alternatives one with `most` 1.
    """

    key: str
    options: tuple[int, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class After:
    """An option that opens in the year of one of `first` or later; without any of these, never."""

    key: str
    option: int
    first: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """
    What is asked of `solve`.

    `weights` are those of the demands (people), `needs` is (needs, options), 1 where an option satisfies a
    need, `demand_of` the demand of each need, `costs` those of the options.

    `budgets` is what may be spent up to the end of each year, in order: what a year leaves is spent later.
    None: no budget, one year. `counts_years`: a demand counts in each year in which it is covered, else
    in the last alone. With a `target`, a weight to be covered, the costs are least instead.
    """

    weights: Floats
    needs: csr_array
    demand_of: Integers
    costs: Floats
    budgets: tuple[float, ...] | None = None
    limits: Sequence[Limit] = field(default=())
    afters: Sequence[After] = field(default=())
    counts_years: bool = False
    target: float | None = None

    @property
    def years(self) -> int:
        """Return how many years there are: one without budgets."""
        return len(self.budgets) if self.budgets else 1

    @property
    def years_counted(self) -> range:
        """Return the years in which covered demands count."""
        return range(self.years) if self.counts_years else range(self.years - 1, self.years)


def covered(problem: Problem, options: Sequence[int]) -> NDArray[np.bool_]:
    """Return which demands these options cover."""
    opened = np.zeros(problem.needs.shape[1])
    opened[list(options)] = 1
    missing = np.bincount(
        problem.demand_of, weights=problem.needs @ opened < 1, minlength=len(problem.weights)
    )
    return missing == 0


def value_of(problem: Problem, sites: Sequence[tuple[int, int]]) -> float:
    """Return the weight that (option, year) cover, added over the years counted."""
    return float(
        sum(
            problem.weights[covered(problem, [option for option, opens in sites if opens <= year])].sum()
            for year in problem.years_counted
        )
    )


def without(problem: Problem, *keys: str) -> Problem:
    """Return the problem without the limits and orders of these keys."""
    return replace(
        problem,
        limits=[limit for limit in problem.limits if limit.key not in keys],
        afters=[after for after in problem.afters if after.key not in keys],
    )
