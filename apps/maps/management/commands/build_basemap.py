"""
Writes the land around Mali from the world-atlas of npm (Natural Earth).

The map stands on it, and asks no other host.

The names of the countries are those of CLDR, in the languages of the pages.
"""

import gzip
import json
from pathlib import Path

import pyogrio
import shapely
from babel import Locale
from babel.core import get_global
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

AROUND_MALI = (-42.0, -3.0, 34.0, 41.0)
"""West, south, east, north of what the map lets one see."""
NEAR_MALI = (-14.5, 8.2, 6.5, 26.5)
"""Where the name of a neighbour stands: in sight when the map shows all of Mali."""
TOLERANCE_DEGREES = 0.01
DECIMALS = 3
FEWEST_POINTS = 4
LABELLED = {"MR", "DZ", "NE", "BF", "CI", "GN", "SN", "GH", "BJ", "NG", "TG"}
"""Neighbours in sight whose names fit; the smaller ones would cover each other."""


class Command(BaseCommand):
    help = "Write the neighbouring countries from world-atlas/countries-50m.json for the map."

    def add_arguments(self, parser):
        parser.add_argument("atlas", type=Path, help="node_modules/world-atlas/countries-50m.json")
        parser.add_argument(
            "--output", type=Path, default=settings.STATE_DIR / "vendor/basemap/countries.geojson"
        )

    def handle(self, *, atlas, output, **options):
        if not atlas.is_file():
            raise CommandError(f"{atlas} does not exist: run `npm ci` first")
        countries = read_countries(atlas)
        text = json.dumps(collection(countries), ensure_ascii=False, separators=(",", ":"))
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")
        compressed_kb = len(gzip.compress(text.encode())) / 1024
        self.stdout.write(
            f"Wrote {len(countries)} countries to {output} ({compressed_kb:.0f} KB compressed)."
        )


def read_countries(atlas):
    """Return (alpha-2 code, shape) of every country in sight, clipped and simplified with its neighbours."""
    _, _, wkb, (codes, _) = pyogrio.raw.read(atlas, layer="countries", columns=["id", "name"])
    shapes = shapely.make_valid(shapely.from_wkb(wkb))
    clipped = shapely.clip_by_rect(shapes, *AROUND_MALI)
    in_sight = ~shapely.is_empty(clipped)
    simple = shapely.coverage_simplify(_polygons(clipped[in_sight]), TOLERANCE_DEGREES)
    return [
        (alpha_2(code), shape)
        for code, shape in zip(codes[in_sight], simple, strict=True)
        if rounded_rings(shape)
    ]


def _polygons(shapes):
    """Return each shape as a multipolygon: clipping along a border leaves lines, which are no land."""
    parts = [
        [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if shape.geom_type != "Polygon"
        else [shape]
        for shape in shapes
    ]
    return [shapely.MultiPolygon(each) for each in parts]


def alpha_2(numeric):
    """Return the ISO 3166 code of two letters for one of three digits; None for land that has none."""
    return (get_global("territory_aliases").get(numeric) or [None])[0]


def rounded_rings(shape):
    """Return the polygons of a shape as lists of rounded rings, those under four points left out."""
    polygons = []
    for polygon in shapely.get_parts(shape):
        rings = [_rounded(ring) for ring in (polygon.exterior, *polygon.interiors)]
        if len(rings[0]) >= FEWEST_POINTS:
            polygons.append([ring for ring in rings if len(ring) >= FEWEST_POINTS])
    return polygons


def _rounded(ring):
    points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring.coords]
    return [point for before, point in zip([None, *points], points, strict=False) if point != before]


def collection(countries):
    return {"type": "FeatureCollection", "features": [_feature(code, shape) for code, shape in countries]}


def _feature(code, shape):
    return {
        "type": "Feature",
        "properties": _properties(code, shape),
        "geometry": {"type": "MultiPolygon", "coordinates": rounded_rings(shape)},
    }


def _properties(code, shape):
    if code not in LABELLED:
        return {}
    visible = shapely.make_valid(shape).intersection(shapely.box(*NEAR_MALI))
    if visible.is_empty:
        return {}
    point = visible.point_on_surface()
    names = {f"name_{language}": Locale(language).territories[code] for language, _ in settings.LANGUAGES}
    return {**names, "label": [round(point.x, 2), round(point.y, 2)]}
