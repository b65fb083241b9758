"""
The second half of a count of events: what areas may hold of those that are known only to a wider unit.

Areas alone asked: the interval of the indicators (`apps.events.spreading`), by the same seeded draws. A
distance or a drawn shape asked too: at most, every event whose unit the area lies in or holds.
"""

from math import ceil

import numpy as np

from apps.events import figures
from apps.events.spreading import DRAWS_OF, MEASURES, units_of, usual_spread, weights_function
from geo.spreading import QUANTILES, SEED, drawn
from geo.vocabulary import Level, PlacePrecision


class Pairs:
    """Tells what the areas of a level may hold of imprecise events, besides what is placed in them."""

    def __init__(self, level, asked, *, by_distance):
        self.level, self.by_distance = level, by_distance
        self.areas = figures.areas_of(level)
        self.index = {area["pcode"]: place for place, area in enumerate(self.areas)}
        self._weights_of = weights_function(
            usual_spread(level), self.areas, lambda: figures.precise_events(level, asked)
        )

    def of(self, alike, groups, measure):
        """
        Return {group: (low, high)} to be added to what is placed.

        `alike` is rows (precision, cercle, region, violent, fatalities, number); `groups` {group: P-codes of
        the areas of the level that make it up}; `measure` one of `MEASURES`.
        """
        if self.by_distance:
            return self._at_most(alike, groups, measure)
        return self._drawn(alike, groups, measure)

    def _drawn(self, alike, groups, measure):
        draws, nothing = DRAWS_OF[self.level], np.zeros(DRAWS_OF[self.level], dtype=np.int32)
        # Outside every area, as for the indicators: it counts in none.
        alike = [row for row in alike if row[2] is not None and _unit(*row[:3]) is not None]
        landed = self._landed(alike, MEASURES.index(measure), draws)
        ends = [ceil(quantile * draws) - 1 for quantile in QUANTILES]
        found = {}
        for group, pcodes in groups.items():
            together = sum((landed.get(self.index[pcode], nothing) for pcode in pcodes), start=nothing)
            low, high = np.partition(together, ends)[ends]
            found[group] = (int(low), int(high))
        return found

    def _landed(self, alike, measure, draws):
        """Return {place of an area: what lands in it in each draw}, of the areas where something may."""
        units, _by_events = units_of(alike, self.areas, self._weights_of, self.level)
        landed = {}
        for unit in units:
            for area, got in zip(unit.areas, drawn(unit, seed=SEED, draws=draws)[measure], strict=True):
                landed[area] = landed[area] + got if area in landed else got
        return landed

    def _at_most(self, alike, groups, measure):
        found = {}
        for group, pcodes in groups.items():
            inside = [_units(self.areas[self.index[pcode]], self.level) for pcode in pcodes]
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
