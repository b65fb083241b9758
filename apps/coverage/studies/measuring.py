"""How far everybody is from what counts, in kilometres and in minutes. Heavy: for the worker and commands."""

from copy import copy
from functools import cached_property

import numpy as np

from apps.coverage.ground import Ground
from apps.coverage.models import CercleDistance
from apps.coverage.register import judgements, open_cercles, states_on
from apps.coverage.studies.questions import KM, OPEN
from apps.coverage.studies.standing import counts_for, standing
from apps.travel.surfaces import Travelling
from geo.coverage import LONGEST_LIMIT_KM, Counts, kinds_to_be_complete
from geo.reach import Link
from geo.vocabulary import Level
from layers.travel import Placing


class Measuring:
    """
    Distances of every settlement (`Ground`) to the institutions of a question; each asked for once.

    Points outside Mali count only where the border is open.
    """

    def __init__(self, asked, links, day):
        self.asked, self.links, self.day = asked, links, day
        self.ground = Ground.now()
        self.travelling = Travelling.now(across_border=asked["border"] == OPEN)
        everything = standing(asked, links)
        self.institutions = [each for each in everything if self._counts_here(each)]
        self.outside = [each for each in everything if not self._counts_here(each)]
        self._nearest, self._within = {}, {}

    def asking(self, **changes):
        """Return the same with a rule of the question changed; distances measured once serve both."""
        other = copy(self)
        other.asked = self.asked | changes
        other.institutions = [each for each in standing(other.asked, self.links) if self._counts_here(each)]
        return other

    def _counts_here(self, institution):
        return institution.is_in_mali or self.asked["border"] == OPEN

    @cached_property
    def cells(self):
        """Return the cell of the grid where each settlement counts; -1: off the grid."""
        return self.travelling.cells(self.ground.longitude, self.ground.latitude)

    @property
    def off_the_grid(self):
        return self.cells[0] < 0

    def points(self, key, sense, *words, kinds=None):
        """Return the points of the institutions of a link that count in one of these words, each once."""
        return sorted({each.point[sense] for each in self.counted(key, sense, *words, kinds=kinds)})

    def counted(self, key, sense, *words, kinds=None):
        """Return the institutions of a link that count in one of these words."""
        kinds = kinds or self.links[key]
        return [each for each in self.institutions if counts_for(each, kinds, sense) in words]

    def nearest(self, points, measure):
        """Return how far each settlement is from the nearest of these points; inf: reached by none."""
        key = (measure, tuple(points))
        if key not in self._nearest:
            self._nearest[key] = self._kilometres(points) if measure == KM else self._minutes(points)
        return self._nearest[key]

    def _kilometres(self, points):
        # To the micrometre: the millimetres of the distances, as kilometres.
        return np.round(self.ground.nearest(points) / 1000, 9)

    def _minutes(self, points):
        if not points:
            return np.full(len(self.ground), np.inf)
        surface = self.travelling.surface(points)
        rows, cols = self.cells
        return np.where(self.off_the_grid, np.inf, surface[rows, cols]).astype(float)

    def within(self, point, measure, limit):
        """Return which settlements are at most so far from a point: exactly at the limit counts."""
        key = (measure, point, limit)
        if key not in self._within:
            if measure == KM:
                found = self.ground.metres_between([point], limit)[0].indices
            else:
                about = self.ground.longitude, self.ground.latitude, limit
                found = self.travelling.minutes_between([point], *about)[0][0]
            self._within[key] = np.asarray(found, int)
        return self._within[key]

    def distances(self, key, sense, measure, *, kinds=None):
        """Return how far the nearest is that counts for sure, and the nearest that counts or may."""
        sure = self.points(key, sense, Counts.SURE, kinds=kinds)
        known = self.points(key, sense, Counts.SURE, Counts.POSSIBLE, kinds=kinds)
        return self.nearest(sure, measure), self.nearest(known, measure)

    def link(self, key, sense, measure, limit, *, kinds=None):
        """Return the `geo.reach.Link` of a link, or of some of its kinds, in a sense and a measure."""
        sure, known = self.distances(key, sense, measure, kinds=kinds)
        doubtful = np.zeros(len(self.ground), int)
        for each in self.counted(key, sense, Counts.POSSIBLE, kinds=kinds):
            doubtful[self.within(each.point[sense], measure, limit)] += 1
        return Link(
            sure=sure,
            known=known,
            doubtful=doubtful,
            is_open=self.is_open(kinds or self.links[key], measure, limit),
        )

    def is_open(self, kinds, measure, limit):
        """Return where more may stand within the limit than the register holds."""
        cercles = [pk for pk, area in self.ground.areas.items() if area["level"] == Level.CERCLE]
        still_open = open_cercles(cercles, self.states, kinds_to_be_complete(kinds))
        radius_km = limit if measure == KM else self._furthest_km(limit)
        if still_open is None or (still_open and radius_km > LONGEST_LIMIT_KM):
            return np.ones(len(self.ground), bool)
        near = CercleDistance.objects.filter(cercle__in=still_open, metres__lte=radius_km * 1000)
        settlements = list(near.values_list("settlement", flat=True).distinct())
        outside = ~np.isin(self.ground.cercle, cercles)
        return outside | np.isin(self.ground.cercle, still_open) | np.isin(self.ground.pks, settlements)

    @cached_property
    def states(self):
        return states_on(self.day, judgements())

    def _furthest_km(self, minutes):
        """Return how far one gets in so many minutes where it goes fastest."""
        fastest = self.travelling.ground.fastest
        return min(minutes / fastest / 1000, 10 * LONGEST_LIMIT_KM) if fastest else 10 * LONGEST_LIMIT_KM

    def placing_told(self, sense):
        """Return the institutions that were moved to where something passes, and those without a place."""
        placed = self.travelling.place([each.point[sense] for each in self.institutions])
        told = [
            {
                "id": each.id,
                "name": each.name,
                "kind": each.kind,
                "metres": place.moved_metres,
                "why": place.why,
            }
            for each, place in zip(self.institutions, placed, strict=True)
            if place.why is not Placing.AS_IT_IS
        ]
        return [each for each in told if each["metres"]], [each for each in told if not each["metres"]]
