"""The small map of a page, drawn by the server: it needs no script, and prints."""

from dataclasses import dataclass
from math import cos, floor, log10, radians

from django.contrib.gis.geos import Polygon

from apps.maps import formats
from apps.maps.queries import country_extent, outlines, plain_outlines
from geo.vocabulary import Level

WIDTH, HEIGHT = 480, 400
MARGIN = 0.3
"""Share of the area's own extent left around it, for its neighbours."""

LETTER = 7
"""About the width of a letter of a name."""

TAKEN = ((0, HEIGHT - 32, 190, HEIGHT), (WIDTH - 40, 0, WIDTH, 40))
"""Where the scale bar and the north arrow stand: no name goes there."""

KM_A_DEGREE = 111.2
"""Of latitude, on the mean sphere: enough for a scale bar."""

DETAIL_FROM_DEGREES = ((6.0, "low"), (1.6, "medium"), (0.0, "high"))
"""How wide a map is from which each detail is enough: a pixel is then wider than what was simplified away."""


@dataclass(frozen=True)
class Frame:
    """What part of the country is drawn: longitude and latitude of its north-west corner, units a degree."""

    west: float
    north: float
    scale_x: float
    scale_y: float

    @property
    def box(self):
        east, south = self.west + WIDTH / self.scale_x, self.north - HEIGHT / self.scale_y
        box = Polygon.from_bbox((self.west, south, east, self.north))
        box.srid = 4326
        return box

    @property
    def offset(self):
        """Return where the corner lies in the coordinates of an outline, which begin at 0°, 0°."""
        return -self.west * self.scale_x, self.north * self.scale_y

    def place(self, point):
        """Return x and y of a point in degrees."""
        return (
            round((point.x - self.west) * self.scale_x, 1),
            round((self.north - point.y) * self.scale_y, 1),
        )


def frame_around(extent, *, margin=MARGIN):
    """Return the frame that holds this extent (west, south, east, north) with a margin, in its middle."""
    west, south, east, north = extent
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    shrink = cos(radians(middle_y))
    width, height = (east - west) * (1 + 2 * margin) * shrink, (north - south) * (1 + 2 * margin)
    scale_y = min(WIDTH / width, HEIGHT / height)
    scale_x = scale_y * shrink
    return Frame(middle_x - WIDTH / 2 / scale_x, middle_y + HEIGHT / 2 / scale_y, scale_x, scale_y)


def small_map(area, *, points=()):
    """
    Return the drawing of an area among the others of its level.

    `points` are (point, what stands there) to place on it: those outside the frame are left out.
    """
    frame = frame_around(area.boundary.extent)
    degrees = WIDTH / frame.scale_x
    detail = next(detail for least, detail in DETAIL_FROM_DEGREES if degrees >= least)
    drawn = list(_outlines(frame, area.level, area.edition, detail))
    placed = [(*frame.place(point), told) for point, told in points if frame.box.contains(point)]
    neighbours = [_drawn(shape, frame) for shape in drawn if shape["pcode"] != area.pcode]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "offset": "{:.1f} {:.1f}".format(*frame.offset),
        "areas": named_where_there_is_room(neighbours, placed),
        "itself": next((_drawn(shape, frame) for shape in drawn if shape["pcode"] == area.pcode), None),
        "regions": _regions(frame, area.edition, detail) if area.level == Level.CERCLE else [],
        "points": placed,
        "bar": scale_bar(frame),
    }


def named_where_there_is_room(areas, points):
    """Return the areas with `has_room`: a name gives way to what stands there already, the larger first."""
    taken = [*TAKEN, *(_name_of_point(x, y, told) for x, y, told in points)]
    for area in areas:
        box = _name(area)
        area["has_room"] = not any(_overlaps(box, other) for other in taken)
        if area["has_room"]:
            taken.append(box)
    return areas


def _name(area):
    half = LETTER * len(area["name"]) / 2
    return (area["x"] - half, area["y"] - 12, area["x"] + half, area["y"] + 4)


def _name_of_point(x, y, told):
    return (x - 7, y - 9, x + 9 + LETTER * len(told.get("name", "")), y + 9)


def country_map(edition, chosen):
    """Return the drawing of every cercle of an edition; those of these P-codes are marked."""
    drawing = country_drawing(edition, Level.CERCLE)
    drawn = drawing["areas"]
    return drawing | {
        "areas": [area for area in drawn if area["pcode"] not in chosen],
        "chosen": [area for area in drawn if area["pcode"] in chosen],
    }


def country_drawing(edition, level, *, only=None, detail="low"):
    """Return the drawing of the areas of a level of an edition, or `only` of these P-codes."""
    frame = frame_around(country_extent(edition), margin=0.03)
    shapes = _outlines(frame, level, edition, detail)
    if only is not None:
        shapes = shapes.filter(area__pcode__in=only)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "offset": "{:.1f} {:.1f}".format(*frame.offset),
        "areas": [_drawn(shape, frame) for shape in shapes],
        "regions": _regions(frame, edition, detail),
        "bar": scale_bar(frame),
    }


def ground_drawing(edition, frame):
    """Return the outlines of cercles and regions in a frame, for what is placed on them."""
    degrees = WIDTH / frame.scale_x
    detail = next(detail for least, detail in DETAIL_FROM_DEGREES if degrees >= least)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "offset": "{:.1f} {:.1f}".format(*frame.offset),
        "areas": [shape["path"] for shape in _outlines(frame, Level.CERCLE, edition, detail)],
        "regions": _regions(frame, edition, detail),
        "bar": scale_bar(frame),
    }


def class_map(edition, level, shades):
    """Return the drawing of every area of a level of an edition, each with its shade by P-code."""
    frame = frame_around(country_extent(edition), margin=0.03)
    scale = (frame.scale_x, frame.scale_y)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "offset": "{:.1f} {:.1f}".format(*frame.offset),
        "areas": [
            {"name": name, "path": path, "shade": shades.get(pcode, "none")}
            for pcode, name, path in plain_outlines(edition, level, scale=scale)
        ],
        "regions": [path for _, _, path in plain_outlines(edition, Level.REGION, scale=scale)],
        "bar": scale_bar(frame),
    }


def _regions(frame, edition, detail):
    return [shape["path"] for shape in _outlines(frame, Level.REGION, edition, detail)]


def _outlines(frame, level, edition, detail):
    scale = (frame.scale_x, frame.scale_y)
    return outlines(frame.box, level, edition=edition, detail=detail, scale=scale)


def _drawn(shape, frame):
    x, y = frame.place(shape["label"])
    half = LETTER * len(shape["name"]) / 2
    return {
        "pcode": shape["pcode"],
        "name": shape["name"],
        "path": shape["path"],
        "at": (x, y),
        "x": round(min(max(x, half + 4), WIDTH - half - 4), 1),
        "y": y,
    }


def _overlaps(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def scale_bar(frame):
    """Return the width of the scale bar, and its length as told: 1, 2 or 5 times a power of ten."""
    longest_km = 0.25 * WIDTH / frame.scale_y * KM_A_DEGREE
    power = 10 ** floor(log10(longest_km))
    length_km = max(step * power for step in (1, 2, 5) if step * power <= longest_km)
    return {
        "width": round(length_km / KM_A_DEGREE * frame.scale_y, 1),
        "told": f"{formats.number(length_km)} km",
    }
