"""
Where to build under a budget, exactly: maximal covering, by years, with floors, alternatives and an order.

Heavy: for the worker.

*Sources:* Church and ReVelle (1974), the maximal covering location problem; Toregas et al. (1971), the fewest
sites for all; Teitz and Bart (1968), exchanges.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.siting_greedy import completed, exchanged, keeps_all, thrifty
from geo.siting_problem import Problem, Site, value_of
from geo.siting_program import SMALL, Found, Program, Status

Floats = NDArray[np.float64]

LARGEST_GAP = 5e-4
"""The search ends once no choice can be better by more than this share: half of what is promised."""

LARGEST_SEARCH = 15_000
"""
Entries of the columns left to search. Above, HiGHS needs minutes at the root alone: the best choice known is
told, with its gap. The same on each machine, as a limit in seconds is not. Measured on seats of communes.
"""

ROUNDINGS, SEED = 12, 20211
"""How often the relaxed solution is rounded, the parts of sites in another order each time; and the seed."""


@dataclass(frozen=True)
class Solution:
    """
    A choice: the sites in the order of the options, and what they are worth.

    `value` is the weight covered (over the years counted), or the costs where there is a target. No choice
    can do better than `bound`. Infeasible: no site, both NaN.
    """

    status: Status
    sites: tuple[Site, ...]
    value: float
    bound: float

    @property
    def options(self) -> tuple[int, ...]:
        """Return the options chosen, without their years."""
        return tuple(option for option, _ in self.sites)

    @property
    def gap(self) -> float:
        """Return how much better than this a choice might be at most."""
        return abs(self.bound - self.value)

    @property
    def gap_share(self) -> float:
        """Return the gap as a share of the value; 0 where both are 0."""
        return self.gap / abs(self.value) if self.value else 0.0 if not self.gap else float("inf")


INFEASIBLE = Solution(Status.INFEASIBLE, (), float("nan"), float("nan"))


def solve(
    problem: Problem,
    *,
    start: Sequence[Site] = (),
    largest_gap: float = LARGEST_GAP,
    largest_search: int = LARGEST_SEARCH,
) -> Solution:
    """
    Return the best choice, by HiGHS with one thread and a fixed seed: the same each time.

    First the program in which sites may be built in part, whose value no choice betters. What it suggests is
    completed and mended by exchanges; `start` is a choice known before. Whatever could not better the best of
    these, by its reduced cost, is fixed, and the program that is left is solved in whole numbers, to
    `largest_gap`; where more than `largest_search` is left, the best known is told as STOPPED. Of choices
    worth the same the thriftier is taken (`thrifty`), of options that are alike in all, the first.
    """
    program = Program(problem)
    relaxed = program.relaxed()
    if relaxed.status is Status.INFEASIBLE:
        return INFEASIBLE
    known = _known(problem, program, relaxed, start, largest_gap)
    spare = np.inf if known is None else abs(relaxed.bound - _value(problem, known))
    if known is not None and _is_near(problem, known, relaxed.bound, largest_gap):
        return _solution(problem, Status.OPTIMAL, known, relaxed.bound)
    if known is not None and program.entries_left(relaxed, spare) > largest_search:
        return _solution(problem, Status.STOPPED, known, relaxed.bound)
    found = program.whole(relaxed, spare, start=known or (), largest_gap=largest_gap)
    if found.status is Status.INFEASIBLE:
        return INFEASIBLE
    sites = _best(problem, [program.sites(found.columns), known or ()])
    return _solution(problem, found.status, sites or (), found.bound)


def _known(
    problem: Problem, program: Program, relaxed: Found, start: Sequence[Site], largest_gap: float
) -> tuple[Site, ...] | None:
    """Return the best choice among `start`, the one found step by step, and roundings of the relaxed one."""
    chance = np.random.default_rng(SEED)
    best = _best(problem, [start, _mended(problem, ())])
    for turn in range(ROUNDINGS):
        if best is not None and _is_near(problem, best, relaxed.bound, largest_gap):
            break
        parts = relaxed.columns[: program.opening]
        less = chance.random(len(parts)) * (parts < 1 - SMALL) if turn else 0
        best = _best(problem, [best or (), _mended(problem, program.suggested(parts * (1 - 0.9 * less)))])
    return best


def _is_near(problem: Problem, sites: Sequence[Site], bound: float, largest_gap: float) -> bool:
    value = _value(problem, sites)
    return abs(bound - value) <= largest_gap * abs(value) + SMALL


def _mended(problem: Problem, suggested: Sequence[Site]) -> tuple[Site, ...]:
    """Return the suggested sites completed, and mended by exchanges; none where a rule is broken."""
    steps = completed(problem, suggested) or ()
    sites = tuple((step.option, step.year) for step in steps)
    is_plain = problem.years == 1 and problem.target is None
    return exchanged(problem, sites) if is_plain and sites else sites


def _best(problem: Problem, choices: Sequence[Sequence[Site]]) -> tuple[Site, ...] | None:
    """Return the best of the choices that keep every rule; None where none does."""
    kept = [tuple(sorted(sites)) for sites in choices if keeps_all(problem, sites)]
    sign = 1 if problem.target is None else -1
    return max(kept, key=lambda sites: sign * _value(problem, sites), default=None)


def _value(problem: Problem, sites: Sequence[Site]) -> float:
    if problem.target is None:
        return value_of(problem, sites)
    return float(problem.costs[[option for option, _ in sites]].sum())


def _solution(problem: Problem, status: Status, sites: tuple[Site, ...], bound: float) -> Solution:
    """Return the choice with its value; a bound is by its rounding never worse than the value itself."""
    sites = _first_of_twins(problem, sites if problem.target is not None else thrifty(problem, sites))
    value = _value(problem, sites)
    return Solution(status, sites, value, max(value, bound) if problem.target is None else min(value, bound))


def _first_of_twins(problem: Problem, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Return the choice with each option replaced by the first one that is its like in all and not chosen."""
    twins: dict[tuple[object, ...], list[int]] = {}
    for option, likeness in enumerate(_likeness(problem)):
        twins.setdefault(likeness, []).append(option)
    alike = {option: group for group in twins.values() for option in group}
    years: dict[int, list[int]] = {}
    for option, year in sites:
        years.setdefault(alike[option][0], []).append(year)
    return tuple(
        sorted(
            (option, year)
            for first, opens in years.items()
            for option, year in zip(alike[first], sorted(opens), strict=False)
        )
    )


def _likeness(problem: Problem) -> list[tuple[object, ...]]:
    """Return of each option what must be the same in another for the two to be exchanged."""
    columns = problem.needs.tocsc()
    under: list[list[str]] = [[] for _ in problem.costs]
    for limit in problem.limits:
        for option in limit.options:
            under[option].append(limit.key)
    ordered = {each for after in problem.afters for each in (after.option, *after.first)}
    return [
        (
            columns.indices[columns.indptr[option] : columns.indptr[option + 1]].tobytes(),
            float(problem.costs[option]),
            tuple(under[option]),
            option if option in ordered else None,
        )
        for option in range(len(problem.costs))
    ]
