"""What can be asked of institutions. All spatial SQL of this app is here."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.measure import D

from apps.boundaries.queries import PointQuerySet
from geo.vocabulary import Level


class InstitutionQuerySet(PointQuerySet):
    def of_family(self, family):
        return self.filter(family=family)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def in_area(self, area):
        """Return the institutions of a region, a cercle or a commune."""
        column = {Level.REGION: "region", Level.CERCLE: "cercle", Level.COMMUNE: "commune"}[area.level]
        return self.filter(**{column: area})

    def within_km(self, point, limit_km):
        """Return the institutions at most `limit_km` from the point, on the ellipsoid; the limit counts."""
        return self.filter(location__dwithin=(point, D(km=limit_km)))

    def distances_km(self, point):
        """Return the kilometres from each institution to the point, on the ellipsoid, nearest first."""
        measured = self.annotate(distance=Distance("location", point)).order_by("distance")
        return [distance.km for distance in measured.values_list("distance", flat=True)]
