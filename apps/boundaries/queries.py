"""What can be asked of areas, people and places. All spatial SQL of this app is here."""

from functools import partial

from django.contrib.gis.db.models import GeometryField, PointField
from django.contrib.gis.db.models.functions import AsGeoJSON, AsKML, AsWKB, PointOnSurface
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, models
from django.db.models import Case, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast
from psycopg import sql

from geo.names import fold, sound
from geo.vocabulary import Level

COORDINATE_DECIMALS = 5
"""About one metre in Mali: the precision of the official files."""

POINT_DECIMALS = 6
"""About ten centimetres: finer than any source of ours."""

ALIKE_FROM = 0.45
"""Trigram similarity from which a name is offered as a candidate: two letters wrong in eight. Our choice."""


COPY_SETTLEMENTS = (
    "COPY boundaries_settlement (load_id, name, source_id, settlement_class, location, region_id, cercle_id,"
    " commune_id) FROM STDIN"
)
COPY_DENSITY = "COPY boundaries_densitycell (load_id, box, people) FROM STDIN"
COPY_NAMES = "COPY boundaries_placename (name, folded, sound, weight, area_id, settlement_id) FROM STDIN"

SET_PLACES = """
UPDATE {table} SET region_id = place.region, cercle_id = place.cercle, commune_id = place.commune
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[]) AS place (id, region, cercle, commune)
WHERE {table}.id = place.id
"""

SET_POINTS = """
UPDATE {table} SET location = point.location::geography, place_told = point.place_told
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS point (id, location, place_told)
WHERE {table}.id = point.id
"""


KM_TO_NEAREST = """
SELECT area.pcode, min(ST_Distance(own.shape::geography, other.shape::geography)) / 1000
FROM boundaries_area area
JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
JOIN boundaries_areashape own ON own.area_id = area.id AND own.detail = 'medium'
JOIN boundaries_area there ON there.edition_id = area.edition_id AND there.level = area.level
                           AND there.id <> area.id AND there.pcode = ANY(%(pcodes)s)
JOIN boundaries_areashape other ON other.area_id = there.id AND other.detail = 'medium'
WHERE area.level = %(level)s
GROUP BY area.pcode
"""

KM_OF_BORDER = """
WITH area AS (
    SELECT area.pcode, area.boundary FROM boundaries_area area
    JOIN boundaries_edition edition ON edition.id = area.edition_id AND edition.is_active
    WHERE area.level = %(level)s
), country AS (SELECT ST_Boundary(ST_Union(boundary)) AS border FROM area)
SELECT pcode, ST_Length(ST_CollectionExtract(
           ST_Intersection(ST_Boundary(boundary), border), 2)::geography) / 1000
FROM area, country
"""

# Vertex by vertex: what two neighbours shared in degrees they share in metres.
MAKE_TILE_SHAPES = """
INSERT INTO boundaries_tileshape (area_id, from_zoom, shape)
SELECT area.id, told.from_zoom, ST_Transform(coalesce(simplified.shape, area.boundary), 3857)
FROM boundaries_area area
CROSS JOIN unnest(%(zooms)s::int[], %(details)s::text[]) AS told (from_zoom, detail)
LEFT JOIN boundaries_areashape simplified
  ON simplified.area_id = area.id AND simplified.detail = told.detail
WHERE area.edition_id = %(edition)s
"""


def make_tile_shapes(edition, detail_from_zoom):
    """Write the shapes that tiles are made of from the shapes of these details; "" is the whole boundary."""
    asked = {
        "zooms": list(detail_from_zoom),
        "details": list(detail_from_zoom.values()),
        "edition": edition.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(MAKE_TILE_SHAPES, asked)


def copy_rows(statement, rows):
    """Write rows by COPY: tens of times quicker than INSERT. Geometries as EWKT, JSON as text."""
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def set_places(model, ids, places):
    """Write the (region, cercle, commune) ids of the rows of `model` with these ids, in one statement."""
    regions, cercles, communes = zip(*places, strict=True) if places else ((), (), ())
    # As text: the history of tracked rows reads the statements that pass.
    statement = sql.SQL(SET_PLACES).format(table=sql.Identifier(model._meta.db_table)).as_string()
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids), list(regions), list(cercles), list(communes)])


def set_points(model, points):
    """Write (id, point or None, how it was found) of rows of documents, in one statement."""
    ids, locations, told = zip(*points, strict=True) if points else ((), (), ())
    statement = sql.SQL(SET_POINTS).format(table=sql.Identifier(model._meta.db_table)).as_string()
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids), [place and place.ewkt for place in locations], list(told)])


def km_to_nearest(level, pcodes):
    """
    Return {P-code: kilometres} from each area of a level to the nearest other one of these, edge to edge.

    0 to a neighbour; an area without another of them has no entry. Between the shapes of medium detail, which
    keep common borders.
    """
    with connection.cursor() as cursor:
        cursor.execute(KM_TO_NEAREST, {"level": Level(level).value, "pcodes": list(pcodes)})
        return dict(cursor.fetchall())


def km_of_border(level):
    """Return {P-code: kilometres} of national border that each area of a level has; 0 inside the country."""
    with connection.cursor() as cursor:
        cursor.execute(KM_OF_BORDER, {"level": Level(level).value})
        return dict(cursor.fetchall())


class EditionQuerySet(models.QuerySet):
    def active(self):
        """Return the edition that is switched on; raises Edition.DoesNotExist before the first load."""
        return self.get(is_active=True)


class AreaQuerySet(models.QuerySet):
    def active(self):
        return self.filter(edition__is_active=True)

    def at(self, level):
        return self.filter(level=level)

    def regions(self):
        return self.active().at(Level.REGION)

    def cercles(self):
        return self.active().at(Level.CERCLE)

    def communes(self):
        return self.active().at(Level.COMMUNE)

    def touching_the_box_of(self, shape):
        """Return the areas whose bounding box touches that of the shape (EPSG:4326): a first sieve."""
        shape.srid = shape.srid or 4326
        return self.filter(boundary__bboverlaps=shape)

    def inside(self, box):
        """Return the areas that share a point with the box (a Polygon, EPSG:4326)."""
        return self.filter(boundary__intersects=box)

    def with_point_inside(self):
        """Add `point_inside`, a point that surely lies in the area."""
        return self.annotate(point_inside=PointOnSurface("boundary"))

    def with_people(self):
        """Add people, people_year and people_method, each None where no figure is known."""
        return self.annotate(
            people=F("population__people"),
            people_year=F("population__year"),
            people_method=F("population__method"),
        )

    def with_geojson(self, detail):
        """Add `geojson`, the shape of this detail as text, made by PostGIS."""
        return self._with_shape("geojson", detail, partial(as_text, AsGeoJSON))

    def with_wkb(self, detail):
        """Add `wkb`, the shape of this detail as well-known binary, made by PostGIS."""
        return self._with_shape("wkb", detail, AsWKB)

    def with_kml(self, detail):
        """Add `kml`, the shape of this detail as KML, made by PostGIS."""
        return self._with_shape("kml", detail, partial(as_text, AsKML))

    def _with_shape(self, name, detail, drawn):
        if detail == "full":
            return self.annotate(**{name: drawn("boundary")})
        shape = self.model.shapes.rel.related_model.objects.filter(area=OuterRef("pk"), detail=detail)
        return self.annotate(**{name: Subquery(shape.annotate(drawn=drawn("shape")).values("drawn"))})


def as_text(form, field):
    """Return a surface in this form; outer rings go against the clock, as RFC 7946 and KML ask."""
    shape = Func(field, function="ST_ForcePolygonCCW", output_field=GeometryField(srid=4326))
    return form(shape, precision=COORDINATE_DECIMALS)


def on_the_plane(field):
    """Return the point of a geography as a geometry: a bbox is made of parallels and meridians."""
    return Cast(field, PointField(srid=4326))


class PointQuerySet(models.QuerySet):
    """Rows that have a `location`."""

    def inside(self, box):
        """Return the rows in the box (a Polygon, EPSG:4326), its edge included."""
        return self.alias(plane=on_the_plane("location")).filter(plane__intersects=box)

    def with_geojson(self, detail):
        """Add `geojson`, the point as text, made by PostGIS; a point has one detail."""
        return self.annotate(geojson=AsGeoJSON("location", precision=POINT_DECIMALS))

    def with_wkb(self, detail):
        """Add `wkb`, the point as well-known binary."""
        return self.annotate(wkb=AsWKB(on_the_plane("location")))

    def with_kml(self, detail):
        """Add `kml`, the point as KML."""
        return self.annotate(kml=AsKML(on_the_plane("location"), precision=POINT_DECIMALS))

    def with_point(self, detail):
        """Add `point`, the point in degrees."""
        return self.annotate(point=on_the_plane("location"))


class PlacedRowQuerySet(PointQuerySet):
    """Rows of documents, tied to the areas they tell of."""

    def in_areas(self, pcodes):
        """Return the rows that tell of one of these regions or cercles or of an area in it, each once."""
        told = (
            Q(areas__pcode__in=pcodes)
            | Q(areas__parent__pcode__in=pcodes)
            | Q(areas__parent__parent__pcode__in=pcodes)
        )
        return self.filter(pk__in=self.model.objects.filter(told).values("pk"))

    def with_pcodes(self):
        """Add `pcodes`, the P-codes of the areas as one text."""
        areas = self.model.areas.field.related_model.objects.filter(
            **{f"{self.model.areas.field.related_query_name()}": OuterRef("pk")}
        )
        codes = ArraySubquery(areas.order_by("level", "pcode").values("pcode"))
        return self.annotate(
            pcodes=Func(codes, Value("; "), function="array_to_string", output_field=models.TextField())
        )


class SettlementQuerySet(PointQuerySet):
    def in_area(self, area):
        """Return the settlements of a region, a cercle or a commune."""
        column = {Level.REGION: "region", Level.CERCLE: "cercle", Level.COMMUNE: "commune"}[area.level]
        return self.filter(**{column: area})


PEOPLE_BY_DENSITY = """
SELECT coalesce(sum(cell.people * ST_Area(ST_Intersection(cell.box, area.boundary)) / ST_Area(cell.box)), 0)
FROM boundaries_area area
LEFT JOIN boundaries_densitycell cell ON ST_Intersects(cell.box, area.boundary)
WHERE area.id = %s
"""


class DensityCellQuerySet(models.QuerySet):
    def people_in(self, area):
        """Return the people of the raster in an area: cells cut by its border count by the part inside."""
        with connection.cursor() as cursor:
            cursor.execute(PEOPLE_BY_DENSITY, [area.pk])
            return cursor.fetchone()[0]


class PlaceNameQuerySet(models.QuerySet):
    def like(self, words):
        """
        Return the names that `words` may stand for, the likeliest first.

        Same letters before same sound, before a name that begins so, before a similar one; then larger
        places first.
        """
        folded, sounding = fold(words), sound(words)
        if not folded:
            return self.none()
        return (
            self.annotate(alike=TrigramSimilarity("folded", folded))
            .filter(
                Q(folded=folded) | Q(sound=sounding) | Q(folded__startswith=folded) | Q(alike__gte=ALIKE_FROM)
            )
            .annotate(
                nearness=Case(
                    When(folded=folded, then=Value(0)),
                    When(sound=sounding, then=Value(1)),
                    When(folded__startswith=folded, then=Value(2)),
                    default=Value(3),
                ),
            )
            .order_by("nearness", "weight", "-alike", "name", "pk")
        )
