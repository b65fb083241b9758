"""
The answer to a question of siting. Heavy: for the worker and commands.

Everything it holds follows from the question, the data its snapshot names, and the method. Its shape:

    method, question (whole), edition, is_approximate, snapshot
    register_is_floor     True: what stands and is not recorded is in nobody's `point` or `high`
    register              {complete, partial, unknown}: how many (kind, cercle)
    walking_only, travel  as in studies of reach: minutes are walking minutes while no road is loaded
    violence              how people are weighted; None unless it is the objective
    families              {family: kinds that count}
    people                {placed, reached: {low, point, high}}: before anything is built; person-services
    costs                 {kind or upgrade: {usd, basis, lines: [{work, place, usd}], documents}}
    candidates            [{key, code, pcode, name, kind, action, institution, region, region_name, cercle,
                          cercle_name, longitude, latitude, cost, cost_source, people, barred}]
                          people: within the limit, newly reached or not; barred: {rule, code, reason} or None
    plans                 [{key, sites, people: {low, point, high}, cost}]: "chosen", "planned", "greedy"
                          sites: in the order of people for their cost, each what it adds to those before:
                          {key, name, kind, action, pcode, region, cercle, longitude, latitude, cost, year,
                          people: {low, point, high}, people_per_100k_usd}
                          of the plan "planned" also document_cost, confidence, alignment, place_told,
                          documents, barred, is_candidate; and works_without_place beside the sites
                          "chosen" is missing where no choice keeps the rules
    curve                 [{cost, exact, greedy}]: {low, point, high} at budgets around the plan's; None: none
    existing              [[longitude, latitude]] of what counts today; None for who may not see them
    gap                   {status, unit, objective, bound, absolute, share}; None where infeasible
    binding               [{key, area, name, gain}]: people more without the rule ("budget", "number": with
                          one site's cost more, or one site more), the most first
    robust                {draws, seed, limits, methods, doubtful, sites: [{candidate, name, share,
                          is_chosen, word}]}; None without draws
    infeasible            {rules: [{key, area, name, reason}], most_share}; None where a choice is found
    areas                 [{pcode, name, level, parent, gains: {plan: {low, point, high}}}]
"""

import json
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from apps.coverage.register import summed_up
from apps.coverage.studies.computing import HOLDS_INSTITUTIONS, edition_of
from apps.coverage.studies.measuring import Measuring
from apps.coverage.studies.questions import CLOSED
from apps.coverage.studies.violence import Violence
from apps.runs.answers import Answer
from apps.runs.services import RunFailed
from apps.runs.snapshot import access_of, snapshot
from apps.siting.candidates import Costs, options_of
from apps.siting.inputs import inputs_of, loads_of
from apps.siting.plans import (
    CHOSEN,
    GREEDY,
    PLANNED,
    by_gain,
    interval,
    option_told,
    plan_told,
    planned_works,
)
from apps.siting.problems import problem_of, rules_of, year_of
from apps.siting.questions import METHOD, NONE, VIOLENCE, links_of
from apps.siting.reaching import BASES, POINT, WIDER, Reaching
from apps.siting.robust import robust_told
from apps.siting.searching import binding_told, curve_told, infeasible_told
from apps.sources.models import Load
from geo.coverage import Counts, kinds_to_be_complete
from geo.functioning import PERIODIC_SHARE
from geo.siting import Status, solve
from geo.siting_greedy import greedy
from geo.siting_problem import value_of
from geo.vocabulary import Completeness, CoverageSense, Level

STEPS = 100
NEAR_KM = 20.0
"""Violent events at most so far from a settlement weigh on its people, as studies of reach have it."""


def compute(text, *, step):
    """Return the answer (`apps.runs.answers.Answer`) to a question as it is kept; raises RunFailed."""
    asked = json.loads(text)
    edition = edition_of(asked)
    asked |= {"edition": edition.name}
    loads = loads_of()
    siting = Siting(asked, lambda share: step(int(share * STEPS), STEPS))
    answer = {
        "method": METHOD,
        "edition": edition.name,
        "is_approximate": edition.is_approximate,
        "snapshot": snapshot((), also=loads),
        **siting.told(),
    }
    violence = siting.violence
    return Answer(
        answer=answer,
        edition=edition.name,
        events_until=violence.until if violence and violence.is_known else None,
        known_at=None,
        access=access_of(load for load in loads if load.kind in HOLDS_INSTITUTIONS),
        is_simulated=any(load.is_simulated for load in loads if load.kind != Load.Kind.EVENTS or violence),
        inputs=inputs_of(asked, loads),
    )


class Siting:
    """A question, everything measured for it, and what was found."""

    def __init__(self, asked, step):
        self.asked, self.step = asked, step
        about = {
            "day": asked["existing"]["day"],
            "border": CLOSED,
            "periodic_share": PERIODIC_SHARE,
            "with_works": False,
        }
        self.measuring = Measuring(about, links_of(asked), date.fromisoformat(about["day"]))
        self.ground = self.measuring.ground
        if not len(self.ground):
            raise RunFailed(_("Aucune localité n’est chargée\u00a0: lancez manage.py load_settlements."))
        self.costs = Costs(asked)
        self.options = options_of(asked, self.measuring, self.costs)
        step(0.05)
        widest = WIDER if asked["draws"] else 1.0
        self.reaching = Reaching(asked, self.measuring, self.options, widest=widest)
        self.served = self.reaching.served()
        self.violence = self._violence()
        self.people = np.nan_to_num(self.ground.people)
        self.rules = rules_of(asked, self.options, self.measuring)
        self.made = self._demands(self.weigh(self.people), POINT)
        self.problem = problem_of(asked, self.options, self.rules, self.made, target=self._target())
        step(0.1)

    def _violence(self):
        if self.asked["objective"] != VIOLENCE:
            return None
        found = Violence(self.ground, {"km": NEAR_KM, "since": None, "until": None})
        if not found.is_known:
            raise RunFailed(_("Aucun événement n’est chargé\u00a0: choisissez un autre objectif."))
        return found

    def weigh(self, people):
        """Return what people count in the objective."""
        return np.nan_to_num(people) * (self.violence.weights if self.violence else 1.0)

    def _demands(self, weights, base):
        return self.reaching.demands(weights, self.reaching.bases[base], self.served)

    def _reached_before(self, weights):
        """Return {base: the weight reached before anything is built}, and the weight of all."""
        _plan, tally = plan_told("", self.reaching, weights, [])
        families = 1 if self.reaching.is_chain else len(self.reaching.families)
        return {base: float(weights @ tally.before[base]) for base in BASES}, float(weights.sum()) * families

    def _target(self):
        """Return the weight to be newly covered for the share asked; None without one."""
        if self.asked["share"] is None:
            return None
        before, everybody = self._reached_before(self.weigh(self.people))
        return max(0.0, self.asked["share"] * everybody - before[POINT])

    def told(self):
        """Return the answer: plain values."""
        found = solve(self.problem)
        self.step(0.2)
        feasible = found.status is not Status.INFEASIBLE
        plans, tallies = self._plans(found if feasible else None)
        self.step(0.3)
        return {
            "question": self.asked | {"costs": self._costs_in_force()},
            "register_is_floor": True,
            "register": self._register(),
            "walking_only": self.measuring.travelling.is_walking_only,
            "travel": self.measuring.travelling.told() | {"key": self.measuring.travelling.key},
            "violence": self.violence and self.violence.told(),
            "families": {family: list(kinds) for family, kinds in self.measuring.links.items()},
            "people": self._people_told(),
            "costs": self.costs.used,
            "candidates": self._candidates(),
            "plans": plans,
            "existing": self._existing(),
            "gap": self._gap(found) if feasible else None,
            "infeasible": None if feasible else infeasible_told(self),
            "binding": binding_told(self, found) if feasible else [],
            "curve": curve_told(self, found if feasible else None),
            "areas": self._areas(tallies),
            "robust": robust_told(
                self.asked,
                self.reaching,
                self.options,
                self.rules,
                found.sites,
                self.weigh,
                step=lambda share: self.step(0.5 + 0.5 * share),
            )
            if feasible
            else None,
        }

    def _costs_in_force(self):
        return self.asked["costs"] | {sort: told["usd"] for sort, told in self.costs.used.items()}

    def _plans(self, found):
        plans, tallies = [], {}
        if found:
            sites = by_gain(self.reaching, self.people, [self.site(*site) for site in found.sites])
            plan, tallies[CHOSEN] = plan_told(CHOSEN, self.reaching, self.people, sites)
            plans.append(plan)
        works, elsewhere = planned_works(self.asked, self.ground, self.costs, self._barring)
        if works or elsewhere:
            near = self.reaching.from_points(
                [(each["longitude"], each["latitude"]) for each in works], self.reaching.limit
            )
            families = {option.kind.value: option.family for option in self.options}
            sites = [
                (work, families[work["kind"]], settlements)
                for work, (settlements, _far) in zip(works, near, strict=True)
            ]
            ordered = by_gain(self.reaching, self.people, sites)
            about = {
                "works_without_place": elsewhere,
                "document_cost": sum(each["document_cost"] or 0 for each in works),
            }
            plan, tallies[PLANNED] = plan_told(PLANNED, self.reaching, self.people, ordered, **about)
            plans.append(plan)
        steps = greedy(self.problem)
        if steps is not None:
            sites = [self.site(step.option, step.year) for step in steps]
            plan, tallies[GREEDY] = plan_told(GREEDY, self.reaching, self.people, sites)
            plans.append(plan | {"objective": value_of(self.problem, [step[:2] for step in steps])})
        return plans, tallies

    def site(self, option, year=0):
        """Return (what is told, family, settlements) of an option that opens in a year."""
        chosen = self.options[option]
        told = option_told(chosen, self.ground) | {"year": year_of(self.asked, year)}
        return told, chosen.family, self.served[option]

    def _barring(self, pcodes):
        for rule in ("exclude", "must_not"):
            for code in pcodes:
                if code in self.asked[rule]:
                    return {"rule": rule, "code": code, "reason": self.asked[rule][code]}
        return None

    def _candidates(self):
        return [
            option_told(option, self.ground)
            | {
                "people": interval({POINT: float(self.people[served].sum())})[POINT],
                "barred": option.barred and dict(zip(("rule", "code", "reason"), option.barred, strict=True)),
            }
            for option, served in zip(self.options, self.served, strict=True)
        ]

    def _existing(self):
        if self.asked["existing"]["sense"] == NONE:
            return []
        sense = CoverageSense(self.asked["existing"]["sense"])
        words = (Counts.SURE, Counts.POSSIBLE)
        return sorted(
            {
                point
                for family in self.measuring.links
                for point in self.measuring.points(family, sense, *words)
            }
        )

    def _people_told(self):
        before, everybody = self._reached_before(self.people)
        return {
            "placed": everybody,
            "reached": {"low": before["high"], "point": before["point"], "high": before["low"]},
        }

    def _gap(self, found):
        unit = "usd" if self.asked["share"] is not None else self.asked["objective"]
        return {
            "status": found.status,
            "unit": unit,
            "objective": found.value,
            "bound": found.bound,
            "absolute": found.gap,
            "share": found.gap_share,
        }

    def _register(self):
        kinds = kinds_to_be_complete([kind for of in self.measuring.links.values() for kind in of])
        cercles = [pk for pk, area in self.ground.areas.items() if area["level"] == Level.CERCLE]
        told = dict.fromkeys(Completeness, 0)
        for cercle in cercles:
            for kind in kinds:
                told[self.measuring.states[cercle].get(kind, Completeness.UNKNOWN)] += 1
        return {state.value: number for state, number in told.items()} | {"all": summed_up(told)}

    def _areas(self, tallies):
        gains = {key: tally.by_area() for key, tally in tallies.items()}
        nobody = interval({})
        return [
            {
                "pcode": area["pcode"],
                "name": area["name"],
                "level": Level(area["level"]).name.lower(),
                "parent": area["parent"] and self.ground.areas[area["parent"]]["pcode"],
                "gains": {key: told.get(pk, nobody) for key, told in gains.items()},
            }
            for pk, area in self.ground.areas.items()
            if area["level"] != Level.COMMUNE and any(pk in told for told in gains.values())
        ]
