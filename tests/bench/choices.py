"""How long it takes to know what a choice hangs on: drawn one by one, and together."""

import numpy as np

from geo.choosing import Limit, Rules
from geo.normalising import Scale
from geo.robustness import DRAWS, Measured, Zone, robustness
from geo.scoring import ranking
from geo.sensitivity import SAMPLES, sobol
from geo.turning import turning_values
from tests.bench.say import say, timed, told

CRITERIA, PLACINGS = 8, 200
SIZES = ((53, 21), (701, 277))
"""Cercles and communes of Mali, and how many the programme chose of each."""

NAIVE_DRAWS = 200
"""Of the naive way; its time is scaled to as many as ours."""


def zone(areas):
    """Return areas with eight criteria, of which three rest on events that may lie elsewhere."""
    random = np.random.default_rng(20201031)
    criteria = [
        Measured(
            f"c{each}",
            Scale(),
            random.gamma(1, 10, areas),
            random.gamma(1, 10, (PLACINGS, areas)) if each < 3 else None,
        )
        for each in range(CRITERIA)
    ]
    return Zone("all", range(areas), criteria, [1 / CRITERIA] * CRITERIA)


def one_by_one(asked, number):
    """Draw weights and rank anew each time, as the page does once; return how often each is chosen."""
    random = np.random.default_rng(1)
    values = {
        each.key: {f"{at:04}": value for at, value in enumerate(each.values)} for each in asked.criteria
    }
    chosen = np.zeros(len(asked.members))
    for weights in random.dirichlet(np.full(CRITERIA, 30 / CRITERIA), NAIVE_DRAWS):
        ranked = ranking(values, dict(zip(values, weights, strict=True)))
        chosen[[int(each.pcode) for each in ranked[:number]]] += 1
    return chosen


def what_a_choice_hangs_on(geodata):
    """10 000 draws of everything in doubt, Sobol indices, turning values: 53 cercles and 701 communes."""
    for areas, number in SIZES:
        asked = zone(areas)
        rules = Rules([Limit("all", frozenset(range(areas)), most=number)])
        naive_ms, _ = timed(lambda asked=asked, number=number: one_by_one(asked, number), 1)
        ours_ms, _ = timed(lambda asked=asked, rules=rules: robustness([asked], rules), 3)
        say(
            f"{DRAWS} draws, {areas} areas x {CRITERIA} criteria",
            naive_ms * DRAWS / NAIVE_DRAWS,
            ours_ms,
            f"naive: weights alone, scaled from {NAIVE_DRAWS}",
        )
        sobol_ms, _ = timed(lambda asked=asked, rules=rules: sobol([asked], rules), 3)
        told(f"  Sobol indices, {SAMPLES} samples a source", f"{sobol_ms:.0f} ms")
        turning_ms, _ = timed(lambda asked=asked, rules=rules: turning_values([asked], rules), 1)
        told("  turning values of the 60 nearest the line", f"{turning_ms:.0f} ms")
