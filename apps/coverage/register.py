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
        # What is judged complete today may not have been so before.
        judged = RegisterCompleteness.objects.filter(
            kind__in=self.kinds, as_of__lte=question.day, cercle__isnull=False
        )
        self.states = defaultdict(dict)
        for cercle, kind, state in judged.values_list("cercle", "kind", "state"):
            self.states[cercle][kind] = Completeness(state)

    def at(self, level):
        return [area for area in self.areas.values() if area["level"] == level]

    def open_cercles(self):
        """Return the cercles where more may stand than the register holds; None: in all of them."""
        cercles = [area["pk"] for area in self.at(Level.CERCLE)]
        still_open = [pk for pk in cercles if self.counts([pk])[Completeness.COMPLETE] < len(self.kinds)]
        return None if len(still_open) == len(cercles) else still_open

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


def summed_up(told):
    """Return one word for several: complete or unknown when all are, else partial."""
    states = [state for state, number in told.items() if number]
    return states[0] if len(states) == 1 else Completeness.PARTIAL if states else Completeness.UNKNOWN
