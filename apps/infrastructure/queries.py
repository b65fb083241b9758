"""What can be asked of institutions. All spatial SQL of this app is here."""

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.measure import D
from django.contrib.postgres.aggregates import StringAgg
from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from apps.boundaries.queries import PointQuerySet
from geo.vocabulary import InstitutionStatus, Level, PlaceTold

PAIRS = """
SELECT one.id, another.id, ST_Distance(one.location, another.location)
FROM infrastructure_institution one
JOIN infrastructure_institution another
  ON one.family = another.family AND ST_DWithin(one.location, another.location, %(metres)s)
WHERE one.same_as_id IS NULL AND another.same_as_id IS NULL AND another.place_told = %(exact)s
  AND CASE WHEN %(both_exact)s
      THEN one.place_told = %(exact)s AND one.id < another.id
      ELSE one.place_told <> %(exact)s END
ORDER BY 3, 1, 2
"""


def exact_pairs(*, metres):
    """Return (id, id, metres) of institutions of one family, each at an exact place, at most so far apart."""
    return _pairs(metres=metres, both_exact=True)


def told_and_exact_pairs(*, metres):
    """
    Return (id told, id exact, metres) of institutions of one family at most so far apart.

    The first is drawn at a settlement or a seat, the second stands at an exact place.
    """
    return _pairs(metres=metres, both_exact=False)


def _pairs(*, metres, both_exact):
    asked = {"metres": metres, "both_exact": both_exact, "exact": PlaceTold.EXACT.value}
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, asked)
        return cursor.fetchall()


class InstitutionQuerySet(PointQuerySet):
    def of_family(self, family):
        return self.filter(family=family)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def counted(self):
        """Return each institution once: what is confirmed to be the same as another is left out."""
        return self.filter(same_as__isnull=True)

    def with_status_on(self, day):
        """
        Add `status_on`: what the latest report of that day or before it says, UNKNOWN before any.

        Reports on what is confirmed to be the same institution count as its own.
        """
        latest = self._reports().until(day).values("status")[:1]
        return self.annotate(
            status_on=Coalesce(Subquery(latest), Value(InstitutionStatus.UNKNOWN.value)),
        )

    def with_latest_report(self):
        """Add `status_as_of`, `relocated_to` and `status_words` of the latest report, None before any."""
        latest = self._reports()
        return self.annotate(
            status_as_of=Subquery(latest.values("as_of")[:1]),
            relocated_to=Subquery(latest.values("relocated_to")[:1]),
            status_words=Subquery(latest.values("words")[:1]),
        )

    def with_sources(self):
        """Add `also_in`, the other registers' rows of the same institution, and `source_passage`."""
        others = self.model.objects.filter(same_as=OuterRef("pk")).order_by().values("same_as")
        told = StringAgg(Concat("register", Value(" "), "source_id"), Value(", "), order_by="register")
        fact = self.model.facts.rel.related_model.objects.filter(institution=OuterRef("pk"))
        return self.annotate(
            also_in=Subquery(others.annotate(told=told).values("told")),
            source_passage=Subquery(fact.order_by("row").values("source_passage")[:1]),
        )

    def _reports(self):
        reports = self.model.status_reports.rel.related_model.objects
        return reports.about(OuterRef("pk")).latest_first()

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


class StatusReportQuerySet(models.QuerySet):
    def about(self, institution):
        """Return the reports on an institution and on what is confirmed to be the same."""
        return self.filter(Q(institution=institution) | Q(institution__same_as=institution))

    def until(self, day):
        """Return the reports on that day or before it."""
        return self.filter(as_of__lte=day)

    def latest_first(self):
        """Return the reports by the day they are of, then by when they were entered, latest first."""
        return self.order_by("-as_of", "-reported_at", "-pk")
