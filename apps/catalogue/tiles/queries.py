"""Tiles as PostGIS makes them. All spatial SQL of this room is here."""

from math import pi

from django.contrib.gis.db.models import Extent, GeometryField, PolygonField
from django.contrib.gis.geos import Polygon
from django.db import connection
from django.db.models import BinaryField, Count, F, Func, IntegerField, Q, Sum, Value
from psycopg import sql

from apps.boundaries.queries import on_the_plane
from apps.boundaries.services import DETAIL_FROM_ZOOM
from apps.catalogue.rows import ROWS
from apps.events.models import EventCell
from apps.events.queries import (
    CELL_X,
    CELL_Y,
    CELLS_PER_TILE_ZOOMS,
    LAST_GRIDDED_ZOOM,
    ON_A_POINT,
    end_of_month,
)
from geo.vocabulary import EventSource, PlacePrecision
from layers.declaration import Geometry

EXTENT = 4096
"""Units across a tile."""

BUFFER = 64
"""Units beyond its edge that a tile draws too: a line or a ring is not cut where tiles meet."""

HALF_WORLD_M = pi * 6378137.0
"""From the middle of EPSG:3857 to its edge."""

CELL_UNITS = EXTENT >> CELLS_PER_TILE_ZOOMS

TILE = "SELECT ST_AsMVT(tile, %s, {extent}, 'geometry'{id}) FROM ({rows}) AS tile ({names})"

# Cells are given in units of the tile, whose y goes down: an outer ring that turns so is counter-clockwise.
TILE_OF_CELLS = """
SELECT ST_AsMVT(tile, %s, {extent}, 'geometry')
FROM (
    SELECT ST_ForcePolygonCCW(ST_MakeEnvelope(x * {side}, y * {side}, (x + 1) * {side}, (y + 1) * {side}))
               AS geometry,
           exact + near AS events, exact AS events_exact, near AS events_near, imprecise AS events_imprecise,
           fatalities
    FROM ({rows}) AS cell (x, y, exact, near, imprecise, fatalities)
    WHERE exact + near > 0
) tile
"""


def box_of(z, x, y, *, margin=0.0):
    """Return the square of a tile in EPSG:3857, wider on each side by this share of its width."""
    width = 2 * HALF_WORLD_M / 2**z
    west, north = x * width - HALF_WORLD_M, HALF_WORLD_M - y * width
    more = margin * width
    sides = (west - more, north - width - more, west + width + more, north + more)
    # Beyond the edge of the world a longitude would come back on its other side, and the box inside out.
    box = Polygon.from_bbox([min(max(side, -HALF_WORLD_M), HALF_WORLD_M) for side in sides])
    box.srid = 3857
    return box


def in_tile(shape, box):
    """Return the expression of a shape of EPSG:3857 in the units of the tile with this box; None outside."""
    return Func(
        shape,
        Value(box, PolygonField(srid=3857)),
        Value(EXTENT),
        Value(BUFFER),
        Value(True),
        function="ST_AsMVTGeom",
        output_field=BinaryField(),
    )


def in_mercator(point):
    return Func(point, Value(3857), function="ST_Transform", output_field=GeometryField(srid=3857))


def areas(rows, layer, z, x, y):
    """Return the bytes of a tile of areas, from the shapes stored for this zoom."""
    return _tile(near_areas(rows, z, x, y), layer, in_tile(F("tile_shapes__shape"), box_of(z, x, y)))


def near_areas(rows, z, x, y):
    """Return the areas whose box touches the tile, its edge included, each with its shape for this zoom."""
    stored = max(zoom for zoom in DETAIL_FROM_ZOOM if zoom <= z)
    wide = box_of(z, x, y, margin=BUFFER / EXTENT)
    return rows.filter(tile_shapes__from_zoom=stored, tile_shapes__shape__bboverlaps=wide)


def points(rows, layer, z, x, y):
    """Return the bytes of a tile of points."""
    shape = in_tile(in_mercator(on_the_plane("location")), box_of(z, x, y))
    return _tile(near_points(rows, z, x, y), layer, shape)


def near_points(rows, z, x, y):
    """Return the rows whose point lies in the tile, its edge included."""
    wide = box_of(z, x, y, margin=BUFFER / EXTENT).transform(4326, clone=True)
    return rows.alias(plane=on_the_plane("location")).filter(plane__bboverlaps=wide)


def is_anything_near(rows, layer, z, x, y):
    """Return whether a tile or one of those inside it may draw one of these rows."""
    near = near_areas if layer.geometry is Geometry.AREA else near_points
    return near(rows, z, x, y).order_by().exists()


def extent(layer, rows):
    """Return west, south, east, north of rows of a layer; None for a table or no row."""
    match layer.geometry:
        case Geometry.TABLE:
            return None
        case Geometry.AREA:
            return rows.aggregate(extent=Extent("boundary"))["extent"]
        case Geometry.POINT:
            return rows.annotate(plane=on_the_plane("location")).aggregate(extent=Extent("plane"))["extent"]


def _tile(rows, layer, shape):
    columns = ROWS[layer.name]
    names = layer.field_names
    values = rows.annotate(tile_geometry=shape).values_list(
        *(F(columns.column(name)) for name in names), "tile_geometry"
    )
    statement = sql.SQL(TILE).format(
        extent=sql.Literal(EXTENT),
        id=sql.SQL(", 'id'" if "id" in names else ""),
        rows=sql.SQL("{}"),
        names=sql.SQL(", ").join(map(sql.Identifier, [*names, "geometry"])),
    )
    return _asked(statement, layer.name, values)


def cells(rows, name, z, x, y):
    """Return the bytes of a tile of counted cells of these events, counted now."""
    side = 2 ** (z + CELLS_PER_TILE_ZOOMS)
    first = 2**CELLS_PER_TILE_ZOOMS
    box = box_of(z, x, y).transform(4326, clone=True)
    plane = on_the_plane("location")
    counted = (
        rows.alias(plane=plane)
        .filter(plane__bboverlaps=box)
        .annotate(cell_x=_cell(CELL_X, plane, side), cell_y=_cell(CELL_Y, plane, side))
        .order_by()
        .filter(
            cell_x__range=(x * first, (x + 1) * first - 1), cell_y__range=(y * first, (y + 1) * first - 1)
        )
        .annotate(tile_x=F("cell_x") - x * first, tile_y=F("cell_y") - y * first)
        .values("tile_x", "tile_y")
        .order_by("tile_x", "tile_y")
        .annotate(
            exact=Count("pk", filter=Q(geo_precision=PlacePrecision.EXACT)),
            near=Count("pk", filter=Q(geo_precision=PlacePrecision.NEAR)),
            imprecise=Count("pk", filter=~Q(geo_precision__in=ON_A_POINT)),
            deaths=Sum("fatalities", filter=Q(geo_precision__in=ON_A_POINT), default=0),
        )
        .values_list("tile_x", "tile_y", "exact", "near", "imprecise", "deaths")
    )
    return _cells(name, counted)


def _cell(number, point, side):
    """Return a number of the cell of a point, where `side` cells reach from edge to edge of the world."""
    template = number.format(point="%(expressions)s", cells=f"{side:d}")
    return Func(point, template=template, output_field=IntegerField())


def kept_of(asked):
    """Return the kept cells that count just the events asked; None where they must be counted row by row."""
    if set(asked.among) - {"event_type", "events_source"} or not _is_of_whole_months(asked):
        return None
    of_ucdp = Q(source=EventSource.UCDP)
    kept = EventCell.objects.filter(of_ucdp if asked.layer.name == "ucdp_events" else ~of_ucdp)
    if asked.since:
        kept = kept.filter(month__gte=asked.since)
    if asked.until:
        kept = kept.filter(month__lte=asked.until)
    columns = {"event_type": "event_type", "events_source": "source"}
    return kept.filter(**{f"{columns[name]}__in": values for name, values in asked.among.items()})


def _is_of_whole_months(asked):
    begins = asked.since is None or asked.since.day == 1
    return begins and (asked.until is None or asked.until == end_of_month(asked.until))


def kept_cells(kept, name, z, x, y):
    """Return the bytes of a tile of counted cells, as these were counted when the events were loaded."""
    first = 2**CELLS_PER_TILE_ZOOMS
    sums = ("events_exact", "events_near", "events_imprecise", "fatalities")
    here = (
        kept.filter(
            zoom=z, x__range=(x * first, (x + 1) * first - 1), y__range=(y * first, (y + 1) * first - 1)
        )
        .annotate(tile_x=F("x") - x * first, tile_y=F("y") - y * first)
        .values("tile_x", "tile_y")
        .order_by("tile_x", "tile_y")
        .annotate(*map(Sum, sums))
        .values_list("tile_x", "tile_y", *(f"{each}__sum" for each in sums))
    )
    return _cells(name, here)


def _cells(name, rows):
    statement = sql.SQL(TILE_OF_CELLS).format(
        extent=sql.Literal(EXTENT), side=sql.Literal(CELL_UNITS), rows=sql.SQL("{}")
    )
    return _asked(statement, f"{name}_cells", rows)


def _asked(statement, name, rows):
    """Return the tile that this statement makes of the rows of a queryset, put in place of its {}."""
    inner, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string().replace("{}", inner), [name, *parameters])
        return bytes(cursor.fetchone()[0])


def placed(rows):
    """Return the events whose point says where they were."""
    return rows.filter(geo_precision__in=ON_A_POINT)


def are_too_many(rows, most, z, x, y):
    """Return whether a tile holds more than `most` of these rows."""
    box = box_of(z, x, y).transform(4326, clone=True)
    here = rows.alias(plane=on_the_plane("location")).filter(plane__bboverlaps=box)
    return here.order_by()[: most + 1].count() > most


def is_gridded_at(z):
    return z <= LAST_GRIDDED_ZOOM


def placed_counts(asked, rows):
    """Return how many of these events tiles draw, and how many are known to a wider unit than a point."""
    kept = kept_of(asked)
    if kept is None:
        found = asked.of(rows).aggregate(
            drawn=Count("pk", filter=Q(geo_precision__in=ON_A_POINT)),
            imprecise=Count("pk", filter=~Q(geo_precision__in=ON_A_POINT)),
        )
    else:
        found = kept.filter(zoom=0).aggregate(
            drawn=Sum(F("events_exact") + F("events_near"), default=0),
            imprecise=Sum("events_imprecise", default=0),
        )
    return found["drawn"], found["imprecise"]
