"""Which commune, cercle and region of the active edition a point falls in, for many points at once."""

from itertools import islice

import shapely
from django.contrib.gis.geos import Polygon

from apps.boundaries.models import Area
from apps.boundaries.point_places import NOWHERE, Places
from apps.boundaries.queries import set_places
from geo.placing import Placer
from geo.vocabulary import Level

PLACED_AT_ONCE = 20_000


def places(box=None):
    """
    Return the areas of the active edition, made ready to say where many points lie (`Places`).

    The lowest level of the edition decides; its parents follow by attribute, so the three never contradict
    each other. Without communes (the stand-in) the third is None. With a box (west, south, east, north), only
    the areas that it touches are made ready.
    """
    lowest = Area.objects.active().order_by("-level").values_list("level", flat=True).first()
    areas = Area.objects.active().at(lowest) if lowest else Area.objects.none()
    if box:
        areas = areas.touching_the_box_of(Polygon.from_bbox(box))
    by_pcode = {area.pcode: area for area in areas.select_related("parent").order_by("pcode")}
    boundaries = shapely.from_wkb([bytes(area.boundary.wkb) for area in by_pcode.values()])
    lines = {pcode: _line_of(area) for pcode, area in by_pcode.items()}
    return Places(Placer(list(by_pcode), boundaries), lines)


def place_points(longitudes, latitudes):
    """Return (region id, cercle id, commune id) for each point, None where it falls in none."""
    if not len(longitudes):
        return []
    box = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    return places(box).of(longitudes, latitudes)


def place_again(rows):
    """Find the places of these rows in the active edition; return how many have none."""
    areas, nowhere = places(), 0
    points = rows.order_by("pk").values_list("pk", "location").iterator(chunk_size=PLACED_AT_ONCE)
    while some := list(islice(points, PLACED_AT_ONCE)):
        ids, locations = zip(*some, strict=True)
        found = areas.of([point.x for point in locations], [point.y for point in locations])
        set_places(rows.model, ids, found)
        nowhere += found.count(NOWHERE)
    return nowhere


def _line_of(area):
    """Return the ids of the region, the cercle and the commune that `area` is or lies in."""
    match area.level:
        case Level.COMMUNE:
            return (area.parent.parent_id, area.parent_id, area.pk)
        case Level.CERCLE:
            return (area.parent_id, area.pk, None)
        case Level.REGION:
            return (area.pk, None, None)
