"""The coordinate reference systems that features are asked and told in."""

from dataclasses import dataclass
from math import isfinite

from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import (
    GEOSException,
    LineString,
    MultiLineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
)
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

DEGREES = 4326
"""What PostGIS calls the system that every row is stored in, longitude first."""


@dataclass(frozen=True)
class Crs:
    """
    One system. `srid` is what PostGIS calls it; `decimals` of a coordinate are some ten centimetres.

    `is_latitude_first` says that its first axis is the latitude, as EPSG:4326 has it. `most` is the largest
    value of each of its axes.
    """

    uri: str
    name: str
    srid: int
    decimals: int
    most: tuple[float, float]
    is_latitude_first: bool = False

    def shape(self, type_, coordinates, parameter):
        """
        Return what a GeoJSON geometry (its type and coordinates) of this system draws, in degrees.

        Raises ValidationError in the name of the parameter: outside the system, open, or crossing itself.
        """
        if type_ not in SHAPES:
            raise ValidationError(
                {parameter: _("géométrie inconnue ; possibles : %(known)s") % {"known": ", ".join(SHAPES)}}
            )
        depth, build = SHAPES[type_]
        positions = self._longitude_first(coordinates, depth, parameter)
        try:
            shape = build(positions)
            shape.srid = self.srid
            if self.srid != DEGREES:
                shape.transform(DEGREES)
        except (GEOSException, GDALException, ValueError, TypeError) as error:
            raise ValidationError({parameter: _("Cette géométrie ne se lit pas")}) from error
        if not shape.valid:
            raise ValidationError(
                {parameter: _("Cette géométrie se croise elle-même : %(why)s") % {"why": shape.valid_reason}}
            )
        return shape

    def _longitude_first(self, nested, depth, parameter):
        if not isinstance(nested, list | tuple) or not nested:
            raise ValidationError({parameter: _("Cette géométrie ne se lit pas")})
        if depth == 0:
            return self._position(nested, parameter)
        return [self._longitude_first(each, depth - 1, parameter) for each in nested]

    def _position(self, numbers, parameter):
        if len(numbers) < 2 or not all(type(each) in (int, float) for each in numbers):
            raise ValidationError({parameter: _("Cette géométrie ne se lit pas")})
        first, second = numbers[:2]  # Features are flat: a height is left out.
        for value, most in zip((first, second), self.most, strict=True):
            if not (isfinite(value) and abs(value) <= most):
                raise ValidationError(
                    {
                        parameter: _("%(value)s est hors de %(crs)s (de -%(most)s à %(most)s)")
                        % {"value": value, "crs": self.name, "most": most}
                    }
                )
        return (second, first) if self.is_latitude_first else (first, second)


def _polygon(rings):
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise ValueError("a ring ends where it begins")
    return Polygon(*rings)


SHAPES = {
    "Point": (0, Point),
    "LineString": (1, LineString),
    "Polygon": (2, _polygon),
    "MultiPoint": (1, lambda parts: MultiPoint(*map(Point, parts))),
    "MultiLineString": (2, lambda parts: MultiLineString(*map(LineString, parts))),
    "MultiPolygon": (3, lambda parts: MultiPolygon(*map(_polygon, parts))),
}
"""Type of GeoJSON -> how deep its positions lie, and what builds it of them."""

CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "CRS84", DEGREES, 6, (180, 90))
SYSTEMS = {
    each.uri: each
    for each in (
        CRS84,
        Crs("http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326", DEGREES, 6, (90, 180), True),
        Crs("http://www.opengis.net/def/crs/EPSG/0/3857", "EPSG:3857", 3857, 2, (20037508.35, 20048966.11)),
        # Equal Earth, of equal area: clients know its code, and its middle meridian crosses Mali.
        Crs("http://www.opengis.net/def/crs/EPSG/0/8857", "EPSG:8857", 8857, 2, (17243959.07, 8392927.6)),
    )
}
"""URI -> system. The first is told when nobody asks, and the one that rows are stored in."""


def system(uri, parameter):
    """Return the system of this URI; raises ValidationError naming those there are."""
    if uri not in SYSTEMS:
        raise ValidationError(
            {
                parameter: _("%(uri)s : système inconnu ; possibles : %(known)s")
                % {"uri": uri[:100], "known": ", ".join(SYSTEMS)}
            }
        )
    return SYSTEMS[uri]


def box(text, crs, parameter):
    """
    Return the box of `west,south,east,north` in the order of the axes of `crs`, or six numbers with heights.

    A box whose west is east of its east crosses the 180th meridian. Its edges follow those of the system:
    they are drawn with a corner every hundredth before they are turned into degrees.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in (4, 6):
        raise ValidationError(
            {
                parameter: _(
                    "%(text)s : attendu 4 nombres (ouest,sud,est,nord) ou 6 (avec les hauteurs), par exemple "
                    "-5,13,-3,15"
                )
                % {"text": text[:100]}
            }
        )
    return box_of(numbers, crs, parameter)


def box_of(numbers, crs, parameter):
    """Return the box of four or six numbers in the order of the axes of `crs`, in degrees."""
    if not all(type(each) in (int, float) and isfinite(each) for each in numbers):
        raise ValidationError({parameter: _("Une boîte est faite de nombres")})
    half = len(numbers) // 2
    (first, second), (last_first, last_second) = numbers[:2], numbers[half : half + 2]
    west, east = (second, last_second) if crs.is_latitude_first else (first, last_first)
    south, north = (first, last_first) if crs.is_latitude_first else (second, last_second)
    if south > north:
        raise ValidationError({parameter: _("Le sud est au nord du nord : échangez les deux nombres")})
    if west == east or south == north:
        ends = [(south, west), (north, east)] if crs.is_latitude_first else [(west, south), (east, north)]
        if ends[0] == ends[1]:
            return crs.shape("Point", ends[0], parameter)
        return crs.shape("LineString", ends, parameter)
    half_turn = max(crs.most) if crs.srid == DEGREES else crs.most[0]
    sides = [(west, east)] if west <= east else [(west, half_turn), (-half_turn, east)]
    rings = [[_ring(left, south, right, north, crs)] for left, right in sides if left < right]
    return crs.shape("MultiPolygon", rings, parameter)


CORNERS_A_SIDE = 100


def _ring(west, south, east, north, crs):
    steps = [i / CORNERS_A_SIDE for i in range(CORNERS_A_SIDE)] if crs.srid != DEGREES else [0]
    width, height = east - west, north - south
    ring = [
        *((west + width * step, south) for step in steps),
        *((east, south + height * step) for step in steps),
        *((east - width * step, north) for step in steps),
        *((west, north - height * step) for step in steps),
        (west, south),
    ]
    return [(y, x) for x, y in ring] if crs.is_latitude_first else ring
