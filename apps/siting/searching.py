"""What other budgets would reach, what binds a choice, and which rules cannot hold together. Heavy."""

from dataclasses import replace

import numpy as np

from apps.siting.plans import plan_told
from apps.siting.problems import ALONE, BUDGET, NUMBER, ORDER, problem_of
from geo.siting import Status, solve
from geo.siting_greedy import greedy
from geo.siting_problem import without

MOST_POINTS = 20
"""Of the curve: as many budgets, evenly apart, the last twice the cost of the choice. Our choice."""


def curve_told(siting, found):
    """Return what the best choice and the greedy one newly reach at budgets up to twice the plan's cost."""
    costs = np.array([option.cost for option in siting.options if not option.barred])
    if not costs.size or not costs.min() or not siting.made.weights.size:
        return []
    spent = sum(siting.options[option].cost for option, _ in found.sites) if found else 0
    unit = float(costs.min())
    units = max(1, round(2 * (spent or 5 * unit) / unit))
    step = unit * -(-units // MOST_POINTS)
    plain = problem_of(siting.asked, siting.options, siting.rules, siting.made, with_bounds=False)
    told, before = [], ()
    for number in range(int(units * unit / step) + 1):
        problem = replace(plain, budgets=(number * step,), counts_years=False)
        exact = solve(problem, start=before)
        if exact.status is not Status.INFEASIBLE:
            before = exact.sites
        steps = greedy(problem)
        told.append(
            {
                "cost": number * step,
                "exact": _reached(siting, None if exact.status is Status.INFEASIBLE else exact.options),
                "greedy": _reached(siting, None if steps is None else [each.option for each in steps]),
            }
        )
    return told


def _reached(siting, options):
    if options is None:
        return None
    plan, _ = plan_told("", siting.reaching, siting.people, [siting.site(option) for option in options])
    return plan["people"]


def binding_told(siting, found):
    """
    Return the rules without which more would be covered, and by how much; the most first.

    Each is found by solving anew without it: the budget with the cost of one more site, the number with one
    more. Where a share is to be reached, the gain is the money that would be saved.
    """
    told = []
    for key, problem in _relaxed(siting):
        other = solve(problem, start=found.sites)
        if other.status is Status.INFEASIBLE:
            continue
        # No more than the gap is no gain: the search ends there.
        gain = abs(other.value - found.value)
        is_better = (
            other.value < found.value if siting.problem.target is not None else other.value > found.value
        )
        if is_better and gain > max(found.gap, 0.5):
            told.append(_named(siting, key) | {"gain": gain})
    return sorted(told, key=lambda each: (-each["gain"], each["key"], each["area"]))


def _relaxed(siting):
    problem, rules = siting.problem, siting.rules
    if problem.budgets:
        more = min((option.cost for option in siting.options if not option.barred), default=0)
        yield f"{BUDGET}:", replace(problem, budgets=tuple(each + more for each in problem.budgets))
    for key, (rule, _code, _reason) in rules.names.items():
        if rule == NUMBER:
            more = [
                replace(limit, most=limit.most + 1) if limit.key == key else limit for limit in problem.limits
            ]
            yield key, replace(problem, limits=more)
        elif rule not in (ALONE, ORDER):
            yield key, without(problem, key)
    if problem.afters:
        # One rule of the question, however many courts it concerns.
        yield f"{ORDER}:", replace(problem, afters=())


def _named(siting, key):
    rule, _, code = key.partition(":")
    reason = siting.rules.names.get(key, ("", "", ""))[2]
    names = {area["pcode"]: area["name"] for area in siting.ground.areas.values()}
    names |= {option.key: option.place.name for option in siting.options}
    return {"key": rule, "area": code, "name": names.get(code, ""), "reason": reason}


def infeasible_told(siting):
    """
    Return the rules that cannot hold together, of which none can be spared; and the greatest share there is.

    Each rule in turn is dropped; where it is still not possible without, it stays dropped.
    """
    problem = siting.problem
    rules = [BUDGET] if problem.budgets else []
    kept = [*rules, *(["share"] if problem.target is not None else []), *siting.rules.names]
    for key in list(kept):
        fewer = [each for each in kept if each != key]
        if solve(_with_rules(problem, fewer)).status is Status.INFEASIBLE:
            kept = fewer
    return {"rules": [_named(siting, f"{each}:" if ":" not in each else each) for each in kept]} | {
        "most_share": _most_share(siting)
    }


def _with_rules(problem, keys):
    return replace(
        problem,
        limits=[limit for limit in problem.limits if limit.key in keys],
        afters=[after for after in problem.afters if after.key in keys],
        budgets=problem.budgets if BUDGET in keys or not problem.budgets else (np.inf,) * problem.years,
        target=problem.target if "share" in keys else None,
        # What is possible at all: nothing needs to be covered.
        weights=problem.weights if "share" in keys else np.zeros_like(problem.weights),
    )


def _most_share(siting):
    """Return the greatest share that all candidates together reach, where a share is asked."""
    if siting.problem.target is None:
        return None
    allowed = [at for at, option in enumerate(siting.options) if not option.barred]
    _plan, tally = plan_told("", siting.reaching, siting.people, [siting.site(option) for option in allowed])
    everybody = siting.people.sum() * (1 if siting.reaching.is_chain else len(siting.reaching.families))
    return float(siting.people @ tally.reached("point") / everybody) if everybody else None
