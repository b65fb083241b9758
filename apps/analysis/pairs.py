"""
The second half of a count of events: what areas may hold of those that are known only to a wider unit.

Areas alone asked: the interval of the indicators (`apps.events.spreading`), by the same seeded draws. A
distance or a drawn shape asked too: at most, every event whose unit the area lies in or holds.
"""

from math import ceil

import numpy as np

from apps.events import figures
from apps.events.spreading import DRAWS_OF, MEASURES, drawn_counts, usual_spread
from geo.spreading import QUANTILES
from geo.vocabulary import Level, PlacePrecision

ZERO = dict.fromkeys(MEASURES, 0)


class Pairs:
    """Spreads imprecise events over the areas of a level, of which `places` (P-codes) are asked."""

    def __init__(self, level, asked, places, *, by_distance):
        self.level, self.asked, self.by_distance = level, asked, by_distance
        self.areas = [area | ZERO for area in figures.areas_of(level)]
        self.at = [index for index, area in enumerate(self.areas) if area["pcode"] in places]
        self._known = None

    def of(self, alike, groups, measure):
        """
        Return {group: (low, high)} to be added to what is placed.

        `alike` is rows (precision, cercle, region, violent, fatalities, number); `groups` {group: P-codes of
        the areas of the level that make it up}; `measure` one of `MEASURES`.
        """
        if self.by_distance:
            return self._at_most(alike, groups, measure)
        return self._drawn(alike, groups, measure)

    def _precise_events(self):
        if self._known is None:
            self._known = figures.precise_events(self.level, self.asked)
        return self._known

    def _drawn(self, alike, groups, measure):
        draws = DRAWS_OF[self.level]
        drawn = drawn_counts(
            self.areas,
            alike,
            level=self.level,
            by=usual_spread(self.level),
            precise_events=self._precise_events,
            draws=draws,
        )[MEASURES.index(measure)]
        ends = [ceil(quantile * draws) - 1 for quantile in QUANTILES]
        index = {area["pcode"]: place for place, area in enumerate(self.areas)}
        found = {}
        for group, pcodes in groups.items():
            together = drawn[[index[pcode] for pcode in pcodes]].sum(axis=0)
            low, high = np.partition(together, ends)[ends]
            found[group] = (int(low), int(high))
        return found

    def _at_most(self, alike, groups, measure):
        index = {area["pcode"]: area for area in self.areas}
        found = {}
        for group, pcodes in groups.items():
            inside = [_units(index[pcode], self.level) for pcode in pcodes]
            units = set().union(*inside) if inside else set()
            most = sum(
                number * _amount(measure, violent, fatalities)
                for precision, cercle, region, violent, fatalities, number in alike
                if _unit(precision, cercle, region) in units
            )
            found[group] = (0, most)
        return found


def _units(area, level):
    """Return the P-codes of the units that an area lies in, itself and the country too."""
    told = {area["pcode"], "ML", area.get("cercle"), area["region"]}
    return told - {None} if level is not Level.REGION else {area["pcode"], "ML"}


def _unit(precision, cercle, region):
    unit = PlacePrecision(precision).unit
    # An event near a town, or of an exact place, that is not counted here still lies in its cercle.
    return {Level.COMMUNE: cercle, Level.CERCLE: cercle, Level.REGION: region, None: "ML"}[unit]


def _amount(measure, violent, fatalities):
    return {"events": 1, "violent_events": int(violent), "fatalities": fatalities}[measure]
