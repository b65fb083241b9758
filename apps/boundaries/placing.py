"""Which commune, cercle and region of the active edition a point falls in, for many points at once."""

import shapely
from django.contrib.gis.geos import Polygon

from apps.boundaries.models import Area
from apps.boundaries.queries import set_places
from geo.placing import Placer
from geo.vocabulary import Level


def place_points(longitudes, latitudes):
    """
    Return (region id, cercle id, commune id) for each point, None where it falls in none.

    The lowest level of the active edition decides; its parents follow by attribute, so the three never
    contradict each other. Without communes (the stand-in) the third is None.
    """
    lowest = Area.objects.active().order_by("-level").values_list("level", flat=True).first()
    if lowest is None or not len(longitudes):
        return [(None, None, None)] * len(longitudes)
    around = Polygon.from_bbox((min(longitudes), min(latitudes), max(longitudes), max(latitudes)))
    near = Area.objects.active().at(lowest).touching_the_box_of(around)
    areas = {area.pcode: area for area in near.select_related("parent").order_by("pcode")}
    boundaries = shapely.from_wkb([bytes(area.boundary.wkb) for area in areas.values()])
    pcodes = Placer(list(areas), boundaries).place(longitudes, latitudes)
    ids = {pcode: _line_of(area) for pcode, area in areas.items()}
    return [ids.get(pcode, (None, None, None)) for pcode in pcodes]


def place_again(rows):
    """Find the places of these rows in the active edition; return how many have none."""
    ids, points = [], []
    for pk, point in rows.order_by("pk").values_list("pk", "location"):
        ids.append(pk)
        points.append(point)
    places = place_points([point.x for point in points], [point.y for point in points])
    set_places(rows.model, ids, places)
    return sum(region is None for region, _, _ in places)


def _line_of(area):
    """Return the ids of the region, the cercle and the commune that `area` is or lies in."""
    match area.level:
        case Level.COMMUNE:
            return (area.parent.parent_id, area.parent_id, area.pk)
        case Level.CERCLE:
            return (area.parent_id, area.pk, None)
        case Level.REGION:
            return (area.pk, None, None)
