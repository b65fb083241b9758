"""
All settlements as arrays, with their people and areas: what studies of reach and choices of sites stand on.

Heavy: for the worker and commands.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from apps.boundaries.models import Area
from apps.coverage.models import SettlementReach
from geo.nearness import Places
from geo.vocabulary import Level


@dataclass(frozen=True)
class Ground:
    """
    Settlements in the order of their ids, those of no region left out; arrays of one length.

    `people` is NaN where their cercle has no figure. `region`, `cercle`, `commune` are ids of areas of the
    edition in use, 0 where there is none.
    """

    pks: np.ndarray
    names: list[str]
    longitude: np.ndarray
    latitude: np.ndarray
    settlement_class: np.ndarray
    """0: not told."""
    people: np.ndarray
    region: np.ndarray
    cercle: np.ndarray
    commune: np.ndarray
    areas: dict[int, dict]
    """Of the edition in use, by id: pk, pcode, name, level, parent (its id), people (None: no figure)."""

    @classmethod
    def now(cls):
        """Return the settlements as they are stored now."""
        rows = (
            SettlementReach.objects.filter(region__isnull=False)
            .order_by("settlement_id")
            .values_list(
                "settlement_id",
                "settlement__name",
                "settlement__location",
                "settlement__settlement_class",
                "people",
                "region_id",
                "cercle_id",
                "commune_id",
            )
        )
        pks, names, locations, classes, people, *areas = list(zip(*rows, strict=True)) or [()] * 8
        region, cercle, commune = (np.array([pk or 0 for pk in column], np.int64) for column in areas)
        return cls(
            pks=np.array(pks, np.int64),
            names=list(names),
            longitude=np.array([point.x for point in locations], float),
            latitude=np.array([point.y for point in locations], float),
            settlement_class=np.array([each or 0 for each in classes], np.int64),
            people=np.array([np.nan if each is None else each for each in people], float),
            region=region,
            cercle=cercle,
            commune=commune,
            areas=_areas(),
        )

    def __len__(self):
        return len(self.pks)

    @cached_property
    def places(self):
        return Places(self.longitude, self.latitude)

    def metres_between(self, points, limit_km):
        """
        Return for each point (longitude, latitude) the settlements within `limit_km` (`geo.nearness.Near`).
        """
        return self.places.within(points, limit_km=limit_km)

    def nearest(self, points):
        """Return how far in metres each settlement is from the nearest of the points; inf without any."""
        return self.places.nearest(points)

    def of_level(self, level):
        """Return the area of this level that each settlement lies in, 0 where there is none."""
        return {Level.REGION: self.region, Level.CERCLE: self.cercle, Level.COMMUNE: self.commune}[level]


def _areas():
    rows = Area.objects.active().with_people().order_by("pcode")
    told = rows.values("pk", "pcode", "name", "level", "parent", "people")
    return {area["pk"]: area for area in told}
