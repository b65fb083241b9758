"""Which rows a tile of a layer holds at a zoom: all, the larger places, single events or cells of them."""

from apps.catalogue.loads import rows_for
from apps.catalogue.tiles import queries
from apps.catalogue.tiles.asked import GRIDDED
from geo.vocabulary import SettlementClass
from layers.declaration import Geometry

LAST_ZOOM = {Geometry.AREA: 12, Geometry.POINT: 14}
"""Further in, readers draw its tiles larger: their unit is 2.4 m for areas, 0.6 m for points."""

MOST_EVENTS = 2_000
"""In one tile: of more, the tile tells cells at any zoom. Thousands sit on the point of one town."""

SMALLEST_SETTLEMENT = {0: SettlementClass(3), 5: SettlementClass(4), 7: SettlementClass(5)}
"""From which zoom on settlements of which rank are drawn; those without a rank come with the last."""


def drawn(asked, user, z, x, y):
    """Return the plain bytes of a tile; b"" where nothing lies in it."""
    kept = queries.kept_of(asked) if asked.is_gridded and queries.is_gridded_at(z) else None
    if kept is not None:
        return queries.kept_cells(kept, asked.layer.name, z, x, y)
    return drawn_of(asked.layer, asked.of(rows_for(user, asked.layer)), z, x, y)


def drawn_of(layer, rows, z, x, y):
    """Return the plain bytes of a tile of these rows of a layer, all of them counted now."""
    if layer.geometry is Geometry.AREA:
        return queries.areas(rows, layer, z, x, y)
    if layer.name in GRIDDED:
        return _events(layer, rows, z, x, y)
    if layer.name == "settlements":
        rows = _large_enough(rows, z)
    return queries.points(rows, layer, z, x, y)


def _events(layer, rows, z, x, y):
    if queries.is_gridded_at(z):
        return queries.cells(rows, layer.name, z, x, y)
    placed = queries.placed(rows)
    if queries.are_too_many(placed, MOST_EVENTS, z, x, y):
        return queries.cells(rows, layer.name, z, x, y)
    return queries.points(placed, layer, z, x, y)


def _large_enough(rows, z):
    smallest = SMALLEST_SETTLEMENT[max(zoom for zoom in SMALLEST_SETTLEMENT if zoom <= z)]
    return rows if smallest is max(SettlementClass) else rows.filter(settlement_class__lte=smallest)
