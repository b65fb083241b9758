"""The map of a siting run: what is chosen, what was planned, what stands, and how far each reaches."""

from math import cos, radians

from django.contrib.gis.geos import Point

from apps.boundaries.models import Edition
from apps.maps.memo.drawing import placed
from apps.maps.queries import country_extent
from apps.maps.small_map import KM_A_DEGREE, frame_around, ground_drawing

RADIUS = 7
"""Of the disc that carries a number, in units of the drawing."""

LEAST_DEGREES = 3.0
"""A map is at least so wide: a single site shows where in the country it lies."""

AROUND = 0.06
"""Share of the extent of the sites left around them."""


def siting_map(edition_name, *, chosen, planned=(), existing=(), limit_km=None):
    """
    Return the drawing of numbered sites; None where the edition is no longer here.

    `chosen` are dictionaries with `number`, `longitude`, `latitude` and `name`, `planned` the same without a
    number, `existing` (longitude, latitude) pairs. Without `limit_km`, no circle is drawn.
    """
    edition = Edition.objects.filter(name=edition_name).first()
    if edition is None:
        return None
    frame = _frame(edition, [*chosen, *planned], limit_km or 0)
    discs = {site["number"]: _place(frame, site) for site in chosen}
    names = {site["number"]: site["name"] for site in chosen}
    inside = [Point(*each) for each in existing]
    return ground_drawing(edition, frame) | {
        "sites": [(number, x, y, names[number]) for number, x, y in placed(discs, RADIUS)],
        "planned": [(*_place(frame, site), site["name"]) for site in planned],
        "existing": [frame.place(point) for point in inside if frame.box.contains(point)],
        "reaches": [_reach(frame, site, limit_km) for site in chosen] if limit_km else [],
        "planned_reaches": [_reach(frame, site, limit_km) for site in planned] if limit_km else [],
        "radius": RADIUS,
    }


def _frame(edition, sites, limit_km):
    """Return the part of the country that holds all sites with their reach."""
    if not sites:
        return frame_around(country_extent(edition), margin=0.03)
    margin = limit_km / KM_A_DEGREE
    longitudes = [site["longitude"] for site in sites]
    latitudes = [site["latitude"] for site in sites]
    west, east = _widened(min(longitudes) - margin, max(longitudes) + margin)
    south, north = _widened(min(latitudes) - margin, max(latitudes) + margin)
    return frame_around((west, south, east, north), margin=AROUND)


def _widened(low, high):
    missing = max(0, LEAST_DEGREES - (high - low)) / 2
    return low - missing, high + missing


def _place(frame, site):
    return frame.place(Point(site["longitude"], site["latitude"]))


def _reach(frame, site, limit_km):
    """Return x, y and both radii of all that lies within the limit: a circle on the ground."""
    degrees = limit_km / KM_A_DEGREE
    x, y = _place(frame, site)
    wide = degrees / cos(radians(site["latitude"])) * frame.scale_x
    return x, y, round(wide, 1), round(degrees * frame.scale_y, 1)
