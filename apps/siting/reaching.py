"""Whom each option would bring within reach, and who is there already. Heavy: for the worker and commands."""

import numpy as np

from apps.coverage.studies.questions import KM
from apps.siting.questions import CHAINS, NONE
from geo.coverage import Counts
from geo.reach import within
from geo.siting_demand import demands
from geo.vocabulary import CoverageSense

LOW, POINT, HIGH = "low", "point", "high"
BASES = (LOW, POINT, HIGH)
"""
Against what people are newly reached. Low: against all that may stand, unrecorded too. Point: against all
that the register holds and that may count. High: against what counts for sure.
"""

WIDER, NARROWER = 1.25, 0.75
"""The draws of what is robust take the limit between these shares of the one asked. Our choice."""


class Reaching:
    """
    Distances from every option, and from what stands, to every settlement; up to `widest` times the limit.

    `families` are those that people need: of the chain, or of what is built.
    """

    def __init__(self, asked, measuring, options, *, widest=1.0):
        self.asked, self.measuring, self.options = asked, measuring, options
        self.limit, self.measure = asked["limit"], asked["measure"]
        self.families = list(measuring.links)
        self.is_chain = asked["objective"] == CHAINS
        self.near = self.from_points([each.place.point for each in options], self.limit * widest)
        self.bases = {base: self._standing(base) for base in BASES}

    def from_points(self, points, limit):
        """Return (settlements, distances) of each point within a limit; each point is measured once."""
        distinct = sorted(set(points))
        if self.measure == KM:
            near = self.measuring.ground.metres_between(distinct, limit)
            told = [(each.indices, each.metres / 1000) for each in near]
        else:
            ground = self.measuring.ground
            told = self.measuring.travelling.minutes_between(
                distinct, ground.longitude, ground.latitude, limit
            )
        by_point = dict(zip(distinct, told, strict=True))
        return [by_point[point] for point in points]

    def _standing(self, base):
        """Return {family: who has it already} as a base of the interval counts."""
        if self.asked["existing"]["sense"] == NONE:
            return {family: np.zeros(len(self.measuring.ground), bool) for family in self.families}
        sense = CoverageSense(self.asked["existing"]["sense"])
        found = {}
        for family in self.families:
            sure, known = self.measuring.distances(family, sense, self.measure)
            reached = within(sure if base == HIGH else known, self.limit)
            if base == LOW:
                kinds = self.measuring.links[family]
                reached = reached | self.measuring.is_open(kinds, self.measure, self.limit)
            found[family] = reached
        return found

    def served(self, limit=None):
        """Return the settlements that each option serves within a limit; an option of no use serves none."""
        limit = self.limit if limit is None else limit
        return [near[distances <= limit] for near, distances in self.near]

    def by_family(self, served):
        """Return for each family the settlements that each option serves of it, as `demands` takes them."""
        nobody = np.zeros(0, int)
        return [
            [
                near if option.family == family else nobody
                for option, near in zip(self.options, served, strict=True)
            ]
            for family in self.families
        ]

    def demands(self, weights, standing, served):
        """
        Return the `geo.siting_demand.Demands` of these weights of settlements.

        For chains a settlement needs every family it lacks at once. Else each family is a demand of its own:
        who newly reaches a post and a court counts twice.
        """
        by_family = self.by_family(served)
        asks = [~standing[family] for family in self.families]
        if self.is_chain or len(self.families) == 1:
            return demands(weights, by_family, asks)
        places = len(weights)
        apart = [[near + at * places for near in of_family] for at, of_family in enumerate(by_family)]
        together = [np.concatenate(each) for each in zip(*apart, strict=True)]
        return demands(np.tile(weights, len(self.families)), [together], [np.concatenate(asks)])

    def doubtful(self, limit):
        """Return [(family, settlements, distances)] of each institution that may count, within a limit."""
        if self.asked["existing"]["sense"] == NONE:
            return []
        sense = CoverageSense(self.asked["existing"]["sense"])
        found = []
        for family in self.families:
            points = [each.point[sense] for each in self.measuring.counted(family, sense, Counts.POSSIBLE)]
            found += [(family, *near) for near in self.from_points(points, limit)]
        return found

    def sure_within(self, limit):
        """Return {family: who surely has it within another limit}."""
        if self.asked["existing"]["sense"] == NONE:
            return {family: np.zeros(len(self.measuring.ground), bool) for family in self.families}
        sense = CoverageSense(self.asked["existing"]["sense"])
        return {
            family: within(self.measuring.distances(family, sense, self.measure)[0], limit)
            for family in self.families
        }
