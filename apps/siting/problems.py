"""The rules of a question as limits of a `geo.siting_problem.Problem`. Heavy: for the worker and commands."""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from django.utils.translation import gettext as _

from apps.runs.services import RunFailed
from apps.siting.candidates import BUILD, SAME_PLACE_KM, near_each_other
from geo.siting_problem import After, Limit, Problem
from geo.vocabulary import InstitutionFamily

BUDGET, NUMBER, FLOOR, MUST, ALONE, ORDER = "budget", "number", "floor", "must", "alone", "order"
"""Rules as an answer names them; `exclude`, `must_not` as in the question. ALONE: one of two."""


@dataclass(frozen=True)
class Rules:
    """The limits and orders of a question, each with how an answer names it: {key: (rule, code, reason)}."""

    limits: tuple
    afters: tuple
    names: dict


def rules_of(asked, options, measuring):
    """Return the rules of a question over its options; raises RunFailed for one that names nothing."""
    ground = measuring.ground
    named = [option.names(ground) for option in options]
    limits, names = [], {}

    def add(rule, code, reason, members, **about):
        key = f"{rule}:{code}"
        names[key] = (rule, code, reason)
        limits.append(Limit(key, tuple(members), **about))

    if asked["number"] is not None:
        add(NUMBER, "", "", range(len(options)), most=asked["number"])
    for rule in ("exclude", "must_not"):
        for code, reason in sorted(asked[rule].items()):
            add(rule, code, reason, _members(code, named, rule), most=0)
    for code, reason in sorted(asked["must"].items()):
        add(MUST, code, reason, _members(code, named, MUST), least=1)
    for code, least in sorted(asked["floors"].items()):
        add(FLOOR, code, "", _members(code, named, FLOOR), least=least)
    near = near_each_other(options)
    for members in _one_at_a_place(options, near):
        add(ALONE, "|".join(options[each].key for each in members), "", members, most=1)
    afters = _in_order(options, near, measuring) if asked["order"] else ()
    names |= {after.key: (ORDER, after.key.partition(":")[2], "") for after in afters}
    return Rules(tuple(limits), tuple(afters), names)


def _members(code, named, rule):
    found = [at for at, names in enumerate(named) if code in names]
    if not found and rule == MUST:
        raise RunFailed(
            _("« %(code)s » doit être choisi, et aucun lieu possible ne s’y trouve\u00a0: ôtez la règle.")
            % {"code": code}
        )
    return found


def _one_at_a_place(options, near):
    """Yield the pairs of options of one family that exclude each other: an upgrade, a new one beside it."""
    for at, option in enumerate(options):
        for other in near[at]:
            if other > at and options[other].family == option.family and _exclude(option, options[other]):
                yield at, other


def _exclude(one, another):
    if one.place.point == another.place.point:
        return True
    return (one.action == BUILD) != (another.action == BUILD)


def _in_order(options, near, measuring):
    """A court only where police stands already, or is built in the same year or before: at the same place."""
    police, court = InstitutionFamily.POLICE.value, InstitutionFamily.COURT.value
    standing = [
        each.point[sense]
        for each in measuring.institutions
        for sense in each.counts
        if each.kind.family.value == police
    ]
    afters = []
    for at, option in enumerate(options):
        if option.family == court and not _stands_near(option, standing, measuring):
            first = tuple(other for other in near[at] if options[other].family == police)
            afters.append(After(f"{ORDER}:{option.key}", at, first))
    return afters


def _stands_near(option, points, measuring):
    if not points:
        return False
    ends = type(measuring.ground.places)([option.place.longitude], [option.place.latitude])
    return bool(ends.nearest(points)[0] <= SAME_PLACE_KM * 1000)


def problem_of(asked, options, rules, made, *, target=None, with_bounds=True):
    """
    Return the problem of a question over demands (`geo.siting_demand.Demands`).

    Without bounds there is neither budget nor number: what a curve asks at budgets of its own.
    """
    return Problem(
        weights=made.weights,
        needs=made.needs,
        demand_of=made.demand_of,
        costs=np.array([option.cost for option in options], float),
        budgets=budgets_of(asked) if with_bounds else None,
        limits=tuple(limit for limit in rules.limits if with_bounds or limit.key != f"{NUMBER}:"),
        afters=rules.afters,
        counts_years=bool(asked["years"]) and asked["counted"] == "people_years",
        target=target,
    )


def budgets_of(asked):
    """Return what may be spent up to the end of each year; None without a budget."""
    if asked["years"]:
        return tuple(accumulate(asked["years"][year] for year in sorted(asked["years"])))
    return None if asked["budget"] is None else (asked["budget"],)


def year_of(asked, place):
    """Return the year that a place in the list of budgets stands for; None without years."""
    return int(sorted(asked["years"])[place]) if asked["years"] else None
