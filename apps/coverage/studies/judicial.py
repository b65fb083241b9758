"""The court that the law assigns, beside the nearest one. Heavy: for the worker and commands."""

from functools import cached_property

import numpy as np

from apps.coverage.studies.areas import whole
from apps.coverage.studies.questions import KM
from apps.infrastructure.models import Jurisdiction
from apps.sources.models import Load
from geo.coverage import Counts
from geo.nearness import metres_between
from geo.reach import people_where, within
from geo.vocabulary import CoverageSense, InstitutionKind, Level

NONE = -1


class Judicial:
    """The judicial map in use, for the kinds of court of a question; nothing while none is loaded."""

    def __init__(self, measuring):
        self.measuring, self.ground = measuring, measuring.ground
        self.load = Load.objects.in_use().of_kind(Load.Kind.JUDICIAL_MAP).first()
        asked = {kind for kinds in measuring.links.values() for kind in kinds}
        rows = Jurisdiction.objects.filter(load=self.load, area__isnull=False, court_kind__in=asked)
        by_kind = {}
        for row in rows.select_related("institution", "area").defer("area__boundary").order_by("row"):
            by_kind.setdefault(InstitutionKind(row.court_kind), []).append(row)
        self.courts = [Assigned(kind, rows, measuring) for kind, rows in sorted(by_kind.items())]

    def told(self):
        """Return what an answer says of the map; None while none is loaded."""
        if self.load is None:
            return None
        return {
            "file": self.load.file_name,
            "publisher": self.load.publisher,
            "as_of": self.load.as_of,
            "is_simulated": self.load.is_simulated,
            "courts": [each.told() for each in self.courts],
        }

    def by_area(self, areas):
        """Return what is told of each area and kind of court; None without a map."""
        if not self.courts:
            return None
        told = [each.by_area(areas) for each in self.courts]
        return [[of_kind[at] for of_kind in told] for at in range(len(areas))]


class Assigned:
    """
    The courts of one kind that the law assigns, and how far each settlement is from its own.

    A court sits where the register puts it (for a question of what works: where it really sits), else where
    the map puts it; without either, how far it is is not known. A commune told by itself is not its cercle's.
    """

    def __init__(self, kind, rows, measuring):
        self.kind, self.measuring, self.ground = kind, measuring, measuring.ground
        self.sense = CoverageSense(measuring.asked["sense"])
        self.names = sorted({row.court_name for row in rows})
        of_area = {row.area_id: self.names.index(row.court_name) for row in rows}
        self.court = self._of_settlements(of_area, {row.area_id for row in rows if _is_commune(row)})
        standing = {each.id: each for each in measuring.institutions}
        self.points = {}
        for row in rows:
            point = _point(row, standing, self.sense)
            if point:
                self.points.setdefault(self.names.index(row.court_name), point)

    def _of_settlements(self, of_area, communes):
        """Return the number of the court of each settlement, NONE where the map assigns none."""
        ground = self.ground
        pairs = zip(ground.commune.tolist(), ground.cercle.tolist(), strict=True)
        found = [of_area.get(commune if commune in communes else cercle, NONE) for commune, cercle in pairs]
        return np.array(found, int)

    @cached_property
    def km(self):
        """Return how far each settlement is from its own court in a straight line; nan: not known."""
        km = np.full(len(self.ground), np.nan)
        for number, (longitude, latitude) in self.points.items():
            at = np.flatnonzero(self.court == number)
            here = np.full(len(at), longitude), np.full(len(at), latitude)
            km[at] = metres_between(self.ground.longitude[at], self.ground.latitude[at], *here) / 1000
        return km

    @cached_property
    def nearest_km(self):
        return self._nearest(KM)

    def _nearest(self, measure):
        """Return how far the nearest court of the kind is that counts, or may, whatever the law says."""
        key = next(key for key, kinds in self.measuring.links.items() if self.kind in kinds)
        words = (Counts.SURE, Counts.POSSIBLE)
        points = self.measuring.points(key, self.sense, *words, kinds=(self.kind,))
        return self.measuring.nearest(points, measure)

    @cached_property
    def columns(self):
        """Return which settlements are assigned a court, reach it, reach the nearest, have one nearer."""
        asked = self.measuring.asked
        reached = np.zeros(len(self.ground), bool)
        for number, point in self.points.items():
            near = self.measuring.within(point, asked["measure"], asked["limit"])
            reached[near] |= self.court[near] == number
        is_assigned = self.court != NONE
        return {
            "people": is_assigned,
            "place_known": ~np.isnan(self.km),
            "reached": reached,
            "nearest_reached": is_assigned & within(self._nearest(asked["measure"]), asked["limit"]),
            "another_is_nearest": np.nan_to_num(self.nearest_km, posinf=np.inf) < np.nan_to_num(self.km),
        }

    def told(self):
        return {
            "kind": self.kind,
            "courts": len(self.names),
            "courts_without_place": [
                name for number, name in enumerate(self.names) if number not in self.points
            ],
        }

    def by_area(self, areas):
        people = self.ground.people
        sums = {name: areas.sums(people_where(people, flags)) for name, flags in self.columns.items()}
        known = ~np.isnan(self.km) & np.isfinite(self.nearest_km)
        far = {
            name: areas.sums(people_where(people, np.where(known, km, 0)))
            for name, km in (("km", self.km), ("nearest_km", self.nearest_km))
        }
        measured = areas.sums(people_where(people, known))
        return [
            {
                "court_kind": self.kind,
                **{name: whole(column[at]) for name, column in sums.items()},
                **{name: _mean(column[at], measured[at]) for name, column in far.items()},
            }
            for at in range(len(areas))
        ]


def _mean(total, people):
    """Return the mean of people's kilometres; None where nobody's are known."""
    return round(float(total / people), 3) if people else None


def _is_commune(row):
    return row.area.level == Level.COMMUNE


def _point(row, standing, sense):
    """Return where the court of a row sits; None when nobody says."""
    court = standing.get(row.institution_id)
    if court:
        return court.point[sense]
    location = row.institution.location if row.institution else row.location
    return (location.x, location.y) if location else None
