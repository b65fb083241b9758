"""An answer of where to build as pages read it: its plans by key, its candidates by key."""

from functools import cached_property

from apps.maps import formats
from apps.maps.coverage import sentences as said

CHOSEN, PLANNED, GREEDY = "chosen", "planned", "greedy"
KM, MINUTES = "km", "minutes"


class Reading:
    """What stands in an answer (`apps.siting.runs.told_to`), found by name."""

    def __init__(self, answer):
        self.answer = answer
        self.question = answer["question"]
        self.plans = {plan["key"]: plan for plan in answer["plans"]}

    @property
    def chosen(self):
        """Return the plan that is the answer; None where no choice keeps the rules."""
        return self.plans.get(CHOSEN)

    @property
    def planned(self):
        """Return the plan of the programme's works; None where it has none of what is asked."""
        return self.plans.get(PLANNED)

    @cached_property
    def candidates(self):
        return {each["key"]: each for each in self.answer["candidates"]}

    @cached_property
    def shares(self):
        """Return in which share of the draws each candidate stays chosen, by its key."""
        robust = self.answer["robust"]
        return {each["candidate"]: each["share"] for each in robust["sites"]} if robust else {}

    def is_planned(self, site):
        return _place(site) in _places(self.planned)

    def is_chosen(self, site):
        return _place(site) in _places(self.chosen)

    @property
    def limit_km(self):
        """Return the limit in kilometres; None where it is in minutes: what they reach is no circle."""
        return self.question["limit"] if self.question["measure"] == KM else None

    def limit_told(self):
        """Return « 30 km » or « 120 min »."""
        if self.question["measure"] == MINUTES:
            return f"{formats.number(self.question['limit'])}\u00a0min"
        return said.kilometres(self.question["limit"])


def _place(site):
    """Return what makes two sites of two plans the same: the kind, and the cercle's seat or the point."""
    return site["kind"], round(site["longitude"], 3), round(site["latitude"], 3)


def _places(plan):
    return {_place(site) for site in plan["sites"]} if plan else set()


def interval_told(people):
    """Return « 12 000 à 34 000 » of {low, point, high}; nothing where both ends are the point."""
    return said.interval(people["low"], people["high"]) if people["low"] != people["high"] else ""
