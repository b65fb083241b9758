"""
The people of settlements by other methods than the one that is stored, and by drawn weights of ranks.

Heavy: for the worker and commands.
"""

from dataclasses import dataclass

import numpy as np

from apps.coverage.queries import settlements_in_cells
from apps.coverage.rasters.queries import people_of_cells
from apps.coverage.zones import people_of_zones
from geo import dasymetric
from geo.dasymetric import NO_CELL, ToShare

DRAWS = 200
SEED = 20_201_231
"""A day of the figures of 2020, stated so that draws return; any other number would do."""

BOTH, CLASSES, RASTER = "classes_and_raster", "classes", "raster"


@dataclass(frozen=True)
class Sharing:
    """What the people of the settlements of a `Ground` are shared by."""

    to_share: ToShare
    classes: list[int]

    @classmethod
    def of(cls, ground):
        """Return the zones and the cells of the raster that the settlements lie in."""
        figures = people_of_zones()
        by_commune = np.isin(ground.commune, list(figures))
        zones, zone = np.unique(np.where(by_commune, ground.commune, ground.cercle), return_inverse=True)
        number, people = {}, []
        for area, cell, inside in people_of_cells(zones.tolist()):
            number[area, cell] = len(people)
            people.append(inside)
        cell_of = {pk: cell for pk, *_, cell in settlements_in_cells()}
        in_zone = zip(zones[zone].tolist(), ground.pks.tolist(), strict=True)
        told = [figures.get(pk) for pk in zones.tolist()]
        to_share = ToShare(
            zone=zone,
            people_of_zones=np.array([np.nan if each is None else each for each in told], float),
            cell=np.array([number.get((area, cell_of.get(pk)), NO_CELL) for area, pk in in_zone], int),
            people_of_cells=np.array(people, float),
        )
        return cls(to_share, ground.settlement_class.tolist())

    def by_classes(self):
        """Return the people of settlements by rank alone."""
        alone = self.to_share.without_raster
        return self._shared(dasymetric.weights(dasymetric.class_weights(self.classes), alone))

    def by_raster(self):
        """Return the people of settlements by the raster alone; NaN in a cercle of which it tells nothing."""
        return self._shared(dasymetric.raster_weights(self.to_share))

    def drawn(self, draws, seed):
        """Return the people of settlements by the raster and drawn weights of ranks (draws x settlements)."""
        drawn = dasymetric.drawn_class_weights(self.classes, draws, seed=seed)
        weighed = np.array([dasymetric.weights(each, self.to_share) for each in drawn])
        return dasymetric.people_of_draws(weighed.reshape(draws, len(self.classes)), self.to_share)

    def _shared(self, weighed):
        return dasymetric.people_of_weights(weighed, self.to_share)


def people_by_method(ground):
    """
    Return {method: people of each settlement of a `Ground`}, whole numbers with the same totals by cercle.

    "classes_and_raster" is what is stored and used everywhere; "classes" counts ranks alone, "raster" the
    raster alone. NaN without a figure of the cercle; with "raster" also where it tells nothing of a cercle.
    """
    sharing = Sharing.of(ground)
    return {BOTH: ground.people, CLASSES: sharing.by_classes(), RASTER: sharing.by_raster()}


def people_draws(ground, draws=DRAWS, seed=SEED):
    """
    Return the people of settlements with weights of ranks drawn round the stated ones (draws x settlements).

    Whole numbers with the totals of the cercles in each draw, NaN without a figure. The same seed gives the
    same draws.
    """
    return Sharing.of(ground).drawn(draws, seed)
