"""How long the exact choice of sites takes: all settlements, every seat of a commune a candidate."""

import numpy as np

from apps.coverage.ground import Ground
from geo.siting import solve
from geo.siting_demand import demands
from geo.siting_problem import Problem
from geo.siting_program import Found, Program, Status
from geo.vocabulary import SettlementClass
from tests.bench.say import say, timed, told

LIMIT_KM = 30
SITES = (9, 20, 50)
"""Budgets, in sites of one cost: the programme's, twice as many, and half of what its whole money builds."""


def where_to_build(geodata):
    """Most people within 30 km under a budget: HiGHS on the plain program, and ours to the same gap."""
    ground = Ground.now()
    rank = ground.settlement_class
    seats = np.flatnonzero((rank > 0) & (rank <= SettlementClass.COMMUNE_SEAT))
    points = [(float(ground.longitude[at]), float(ground.latitude[at])) for at in seats]

    def prepared():
        near = [each.indices for each in ground.metres_between(points, LIMIT_KM)]
        return demands(ground.people, [near], [np.ones(len(ground), bool)])

    ready_ms, made = timed(prepared, 1)
    told(f"{len(ground)} settlements x {len(seats)} seats: who serves whom", f"{ready_ms:.0f} ms")
    for number in SITES:
        asked = Problem(
            made.weights, made.needs, made.demand_of, np.ones(len(seats)), budgets=(float(number),)
        )
        ours_ms, ours = timed(lambda asked=asked: solve(asked), 1)
        naive_ms, naive = timed(lambda asked=asked: plainly(asked), 1)
        say(
            f"best {number} of {len(seats)} sites",
            naive_ms,
            ours_ms,
            f"people {ours.value:,.0f} and {naive:,.0f}, gap {ours.gap_share:.4%}",
        )


def plainly(asked):
    """Give HiGHS the whole program as it is; return the people covered."""
    program = Program(asked)
    relaxed = Found(Status.OPTIMAL, np.zeros(program.columns), np.zeros(program.columns), 0.0)
    found = program.whole(relaxed, np.inf, start=(), largest_gap=5e-4)
    return float(found.columns[program.opening :] @ program.worth)
