"""The areas of the active edition, and how complete the register is in each of their cercles."""

from collections import defaultdict

from apps.boundaries.models import Area
from apps.infrastructure.models import RegisterCompleteness
from geo.coverage import kinds_to_be_complete
from geo.vocabulary import Completeness, Level


class Register:
    """The areas of the active edition and how complete the register is in each, for the kinds asked."""

    def __init__(self, question):
        self.areas = {
            area["pk"]: area
            for area in Area.objects.active()
            .with_people()
            .order_by("pcode")
            .values("pk", "pcode", "name", "level", "parent", "parent__pcode", "parent__name", "people")
        }
        self.kinds = kinds_to_be_complete(question.kinds)
        self.states = states_on(question.day, judgements())

    def at(self, level):
        return [area for area in self.areas.values() if area["level"] == level]

    def open_cercles(self):
        """Return the cercles where more may stand than the register holds; None: in all of them."""
        return open_cercles([area["pk"] for area in self.at(Level.CERCLE)], self.states, self.kinds)

    def counts(self, cercles):
        """Return how many (kind, cercle) are complete, partial and unknown."""
        told = dict.fromkeys(Completeness, 0)
        for cercle in cercles:
            for kind in self.kinds:
                told[self.states[cercle].get(kind, Completeness.UNKNOWN)] += 1
        return told

    def cercles_of(self, area):
        """Return the cercles of an area: a commune's own, a region's all; of None, the country's."""
        cercles = self.at(Level.CERCLE)
        if area is None:
            return cercles
        match area["level"]:
            case Level.REGION:
                return [each for each in cercles if each["parent"] == area["pk"]]
            case Level.CERCLE:
                return [area]
            case Level.COMMUNE:
                return [self.areas[area["parent"]]]


def judgements():
    """Return (cercle, kind, state, day) of each judgement of the register by data keepers."""
    judged = RegisterCompleteness.objects.filter(cercle__isnull=False)
    return list(judged.values_list("cercle", "kind", "state", "as_of"))


def states_on(day, judged):
    """Return {cercle: {kind: state}} as of a day: complete today may not have been so before."""
    states = defaultdict(dict)
    for cercle, kind, state, since in judged:
        if since <= day:
            states[cercle][kind] = Completeness(state)
    return states


def open_cercles(cercles, states, kinds):
    """Return the cercles where more may stand than the register holds; None: in all of them."""
    still_open = [
        cercle
        for cercle in cercles
        if any(states[cercle].get(kind) is not Completeness.COMPLETE for kind in kinds)
    ]
    return None if len(still_open) == len(cercles) else still_open


def summed_up(told):
    """Return one word for several: complete or unknown when all are, else partial."""
    states = [state for state, number in told.items() if number]
    return states[0] if len(states) == 1 else Completeness.PARTIAL if states else Completeness.UNKNOWN
