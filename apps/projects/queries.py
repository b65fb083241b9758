"""What can be asked of projects and presences. All spatial SQL of this app is here."""

from django.db import connection, models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from apps.boundaries.queries import PointQuerySet
from apps.sources.citations import as_text, of_documents
from geo.vocabulary import Level

NEXT_ID = "SELECT nextval(pg_get_serial_sequence('projects_project', 'id'))"

ITSELF, INSIDE, AROUND, ZONE, COUNTRY = "itself", "inside", "around", "zone", "country"
"""How a presence in an area is known: told of it, of a place in it, of its region, of a zone, of Mali."""


def next_id():
    """Return an identifier that no project has or will have."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_ID)
        return cursor.fetchone()[0]


class ProjectQuerySet(models.QuerySet):
    def related(self, name):
        """Return every row that refers to projects by this related name."""
        return self.model._meta.get_field(name).related_model.objects.all()

    def with_presence(self):
        """Return the projects of which somebody told a place."""
        return self.filter(Exists(self.related("presences").filter(project=OuterRef("pk"))))

    def without_presence(self):
        """Return the projects that are nobody knows where."""
        return self.exclude(Exists(self.related("presences").filter(project=OuterRef("pk"))))

    def untouched(self):
        """Return the projects that nobody here took up: no organisation, no place or funding of theirs."""
        here = Q(is_entered=True) | Q(last_confirmed__isnull=False) | Q(ended__isnull=False)
        presences = self.related("presences").filter(here, project=OuterRef("pk"))
        fundings = self.related("fundings").filter(is_entered=True, project=OuterRef("pk"))
        involved = self.related("involvements").filter(project=OuterRef("pk"))
        return self.exclude(Exists(presences) | Exists(fundings) | Exists(involved))

    def in_area(self, area):
        """Return the projects said to be present in a region or a cercle, however that is known."""
        return self.filter(pk__in=self.related("presences").reaching(area).values("project"))

    def in_areas(self, pcodes):
        """Return the projects said to be present in one of these areas, however that is known, each once."""
        areas = self.related("presences").model._meta.get_field("area").related_model.objects
        around = areas.filter(children__pcode__in=pcodes).values("pk")
        known = (
            Q(area__pcode__in=pcodes)
            | Q(area__parent__pcode__in=pcodes)
            | Q(area__parent__parent__pcode__in=pcodes)
            | Q(area__in=around)
            | Q(zone__cercles__pcode__in=pcodes)
            | Q(zone__cercles__parent__pcode__in=pcodes)
            | Q(reach="country")
        )
        return self.filter(pk__in=self.related("presences").current().filter(known).values("project"))

    def with_words(self):
        """Add what a table tells of each: donors, places, organisations, and its document."""
        own = {
            name: self.related(name).filter(project=OuterRef("pk"))
            for name in ("fundings", "presences", "involvements")
        }
        donors = own["fundings"].exclude(donor="").order_by("line")
        return self.annotate(
            donors=as_text(donors, "donor"),
            places=as_text(own["presences"].current().order_by("place"), "place"),
            has_place=Exists(own["presences"]),
            organisation_names=as_text(
                own["involvements"].order_by("organisation__name"), "organisation__name"
            ),
            **of_documents(),
        )


class PresenceQuerySet(PointQuerySet):
    def current(self):
        """Leave out those that somebody said have ended."""
        return self.filter(ended__isnull=True)

    def reaching(self, area):
        """
        Return the presences in a region or a cercle that have not ended, with `known_by`.

        Of several ways to know, the closest is told: of the area itself, of a place in it, of the
        region around it, of a zone, of the whole country.
        """
        ways = {
            ITSELF: Q(area=area) & ~Q(reach="point"),
            INSIDE: _inside(area),
            AROUND: Q(area=area.parent_id) if area.parent_id else Q(pk__in=[]),
            ZONE: Q(zone__in=self._zones_over(area)),
            COUNTRY: Q(reach="country"),
        }
        known_by = Case(*(When(where, then=Value(way)) for way, where in ways.items()))
        return self.current().annotate(known_by=known_by).filter(known_by__isnull=False)

    def _of_projects(self, name):
        """Return every row that refers to projects by this related name."""
        return self.model._meta.get_field("project").related_model.objects.related(name)

    def _zones_over(self, area):
        zones = self.model._meta.get_field("zone").related_model.objects
        return zones.filter(Q(cercles=area) | Q(cercles__parent=area)).values("pk")

    def with_words(self):
        """
        Add the P-codes of its area and those around it, those of its zone, who funds and keeps its project,
        and its document.
        """
        cercles = self.model._meta.get_field("zone").related_model.cercles.through.objects
        of_zone = cercles.filter(namedzone=OuterRef("zone")).order_by("area__pcode")
        own = {
            name: self._of_projects(name).filter(project=OuterRef("project"))
            for name in ("fundings", "involvements")
        }
        return self.annotate(
            pcode=F("area__pcode"),
            region=_pcode_at(Level.REGION),
            cercle=_pcode_at(Level.CERCLE),
            zone_cercles=as_text(of_zone, "area__pcode"),
            donors=as_text(own["fundings"].exclude(donor="").order_by("line"), "donor"),
            organisations=as_text(own["involvements"].order_by("organisation__name"), "organisation__name"),
            **of_documents("project__documents"),
        )


def _inside(area):
    """Return which presences tell of a place inside this region or cercle, and not of it as a whole."""
    below = Q(area__parent=area) | Q(area__parent__parent=area)
    return below | (Q(area=area) & Q(reach="point"))


def _pcode_at(level):
    """Return the P-code of the area at this level that a presence lies in; none where it is larger."""
    return Case(
        When(area__level=level, then="area__pcode"),
        When(area__parent__level=level, then="area__parent__pcode"),
        When(area__parent__parent__level=level, then="area__parent__parent__pcode"),
    )
