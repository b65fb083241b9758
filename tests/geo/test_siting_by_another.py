"""The same choices by another program (spopt, with another solver), where its costs are equal."""

import numpy as np
import pulp
import pytest
from spopt.locate import LSCP, MCLP

from geo.siting import solve
from geo.siting_demand import demands
from geo.siting_problem import Problem

pytestmark = pytest.mark.filterwarnings("ignore")  # spopt's own


def by_cbc():
    return pulp.PULP_CBC_CMD(msg=False)


def problem(people, far, radius, **about):
    served = [np.flatnonzero(far[:, at] <= radius) for at in range(far.shape[1])]
    made = demands(people, [served], [np.ones(len(people), bool)])
    return Problem(made.weights, made.needs, made.demand_of, np.ones(len(served)), **about)


def reachable(seed):
    """Return people and who each of twelve sites serves, over sixty villages at random."""
    random = np.random.default_rng(seed)
    villages, sites = random.random((60, 2)), random.random((12, 2))
    far = np.linalg.norm(villages[:, None] - sites[None], axis=2)
    return random.integers(1, 1000, 60).astype(float), far


@pytest.mark.parametrize("number", [1, 3, 5])
def test_another_solver_covers_as_many_with_as_many_sites(number):
    people, far = reachable(7)
    theirs = MCLP.from_cost_matrix(far, people, service_radius=0.25, p_facilities=number)
    theirs = theirs.solve(by_cbc())
    ours = solve(problem(people, far, 0.25, budgets=(number,)))
    assert ours.value == pytest.approx(theirs.problem.objective.value())


def test_another_solver_needs_as_many_sites_for_everybody():
    people, far = reachable(8)
    radius = float(np.sort(far.min(axis=1))[-1])
    theirs = LSCP.from_cost_matrix(far, service_radius=radius)
    theirs = theirs.solve(by_cbc())
    assert solve(problem(people, far, radius, target=people.sum())).value == theirs.problem.objective.value()
