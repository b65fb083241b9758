"""
Where to build, step by step: the site that brings most for its cost, then the next; and mended by exchanges.

What a committee would do, shown beside the best choice (`geo.siting`), and where the search for it begins.
Heavy: it needs SciPy.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.siting_problem import Problem, Site, value_of

Floats = NDArray[np.float64]

BESIDE = 1e-6
"""What a need that does not yet complete its demand counts, so that the first link of a chain is begun."""

MOST_ROUNDS = 40
"""Of exchanges, over all sites; they end long before, when nothing is gained any more."""

TRIED = 10
"""Of each site, so many exchanges are looked at: the rules may forbid the best."""


class Step(NamedTuple):
    """A site in the order of what it brings for its cost: it adds the weight `gain` to those before."""

    option: int
    year: int
    gain: float


class Ground:
    """What is open so far, and what each option would add: it satisfies one need of a demand at most."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._serves = problem.needs.tocsc().T.tocsr()
        self._open = np.zeros(problem.needs.shape[0])
        self._of_need = problem.weights[problem.demand_of]

    def change(self, option: int, by: int) -> None:
        """Open an option (1), or close it again (-1)."""
        serves = self._serves
        self._open[serves.indices[serves.indptr[option] : serves.indptr[option + 1]]] += by

    def missing(self) -> Floats:
        """Return how many needs each demand still has."""
        lacking = (self._open < 1).astype(float)
        return np.bincount(self.problem.demand_of, lacking, len(self.problem.weights)).astype(float)

    def gains(self) -> Floats:
        """Return the weight that each option would add alone."""
        last = (self._open < 1) & (self.missing()[self.problem.demand_of] == 1)
        return self._serves @ (self._of_need * last)

    def needs_met(self) -> Floats:
        """Return the weight of the demands of which each option would meet a need, completed or not."""
        return self._serves @ (self._of_need * (self._open < 1))

    def value(self) -> float:
        """Return the weight covered."""
        return float(self.problem.weights[self.missing() == 0].sum())


def greedy(problem: Problem) -> tuple[Step, ...] | None:
    """
    Return the sites that bring most for their cost, one after the other; None where that breaks a rule.

    Floors and what must be built come first, in the order of the limits; then whatever brings most for its
    cost and can still be paid, each in the first year in which it can, until nothing adds anything or a
    target is reached. Equal ones as they come. No choice found so keeps every rule for certain: then None.
    """
    return completed(problem, ())


def completed(problem: Problem, suggested: Sequence[Site]) -> tuple[Step, ...] | None:
    """Return a choice as `greedy` makes it, which begins with the suggested sites as far as rules let it."""
    ground, steps = Ground(problem), list[Step]()
    for option, year in suggested:
        if keeps_most(problem, [*((step.option, step.year) for step in steps), (option, year)]):
            steps.append(Step(option, year, float(ground.gains()[option])))
            ground.change(option, 1)
    for limit in problem.limits:
        while sum(step.option in limit.options for step in steps) < limit.least:
            if not _take_best(problem, ground, steps, among=limit.options):
                return None
    while not _is_reached(problem, ground) and _take_best(problem, ground, steps):
        pass
    return tuple(steps) if _is_reached(problem, ground) or problem.target is None else None


def _is_reached(problem: Problem, ground: Ground) -> bool:
    return problem.target is not None and ground.value() >= problem.target


def _take_best(
    problem: Problem, ground: Ground, steps: list[Step], *, among: Sequence[int] | None = None
) -> bool:
    """Open the best option that keeps the rules; return whether there was one."""
    gains = ground.gains()
    worth = (gains + BESIDE * ground.needs_met()) / np.maximum(problem.costs, 1e-9)
    allowed = range(len(worth)) if among is None else among
    for option in sorted(allowed, key=lambda each: (-worth[each], each)):
        if among is None and worth[option] <= 0:
            return False
        year = _first_year(problem, steps, option)
        if year is not None:
            steps.append(Step(option, year, float(gains[option])))
            ground.change(option, 1)
            return True
    return False


def _first_year(problem: Problem, steps: Sequence[Step], option: int) -> int | None:
    sites = [(step.option, step.year) for step in steps]
    if option in {each for each, _ in sites}:
        return None
    for year in range(problem.years):
        if keeps_most(problem, [*sites, (option, year)]):
            return year
    return None


def keeps_most(problem: Problem, sites: Sequence[Site]) -> bool:
    """Return whether sites keep all rules but what must be there at least: more may still be added."""
    years = dict(sites)
    for limit in problem.limits:
        if limit.most is not None and sum(each in years for each in limit.options) > limit.most:
            return False
    for after in problem.afters:
        if after.option in years:
            first = [years[each] for each in after.first if each in years]
            if not first or min(first) > years[after.option]:
                return False
    for year, budget in enumerate(problem.budgets or ()):
        if sum(problem.costs[option] for option, opens in sites if opens <= year) > budget + 1e-6:
            return False
    return True


def keeps_all(problem: Problem, sites: Sequence[Site]) -> bool:
    """Return whether sites keep every rule."""
    chosen = {option for option, _ in sites}
    least = all(sum(each in chosen for each in limit.options) >= limit.least for limit in problem.limits)
    if not least or len(chosen) < len(sites) or not keeps_most(problem, sites):
        return False
    return problem.target is None or bool(value_of(problem, sites) >= problem.target * (1 - 1e-9))


def exchanged(problem: Problem, sites: Sequence[Site]) -> tuple[Site, ...]:
    """
    Return a choice of one year mended: a site exchanged for another as long as that covers more.

    *Source:* the interchange of Teitz and Bart (1968). Nothing is promised of how good it is.
    """
    chosen = list(sites)
    ground = Ground(problem)
    for option, _ in chosen:
        ground.change(option, 1)
    for _round in range(MOST_ROUNDS):
        exchanges = [_exchange(problem, ground, chosen, place) for place in range(len(chosen))]
        if not any(exchanges):
            break
    return tuple(sorted(chosen))


def _exchange(problem: Problem, ground: Ground, chosen: list[Site], place: int) -> bool:
    """Exchange one site for the option that adds most instead of it; return whether any adds more."""
    option = chosen[place][0]
    before = ground.value()
    ground.change(option, -1)
    change = ground.gains() - (before - ground.value())
    taken = {each for each, _ in chosen}
    for other in np.argsort(-change, kind="stable")[:TRIED]:
        if change[other] <= BESIDE:
            break
        after = [*chosen[:place], (int(other), 0), *chosen[place + 1 :]]
        if int(other) not in taken and keeps_all(problem, after):
            chosen[place] = after[place]
            ground.change(int(other), 1)
            return True
    ground.change(option, 1)
    return False


def thrifty(problem: Problem, sites: Sequence[Site]) -> tuple[Site, ...]:
    """
    Return a choice that is worth as much for less: what adds nothing is left out, the dearest first.

    In one year, a site is then exchanged for the cheapest that adds as much. Rules are kept throughout.
    """
    kept = list(sites)
    value = value_of(problem, kept)
    for site in sorted(sites, key=lambda each: (-problem.costs[each[0]], each)):
        fewer = [each for each in kept if each != site]
        if keeps_all(problem, fewer) and value_of(problem, fewer) >= value:
            kept = fewer
    return tuple(sorted(_cheaper(problem, kept) if problem.years == 1 else kept))


def _cheaper(problem: Problem, sites: Sequence[Site]) -> list[Site]:
    chosen = list(sites)
    ground = Ground(problem)
    for option, _ in chosen:
        ground.change(option, 1)
    for place, (option, year) in enumerate(chosen):
        before = ground.value()
        ground.change(option, -1)
        enough = ground.gains() >= before - ground.value()
        cheaper = np.flatnonzero(enough & (problem.costs < problem.costs[option]))
        taken = {each for each, _ in chosen}
        for other in sorted(cheaper.tolist(), key=lambda each: (problem.costs[each], each)):
            after = [*chosen[:place], (other, year), *chosen[place + 1 :]]
            if other not in taken and keeps_all(problem, after):
                chosen[place] = after[place]
                break
        ground.change(chosen[place][0], 1)
    return chosen
