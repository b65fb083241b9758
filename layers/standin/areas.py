"""Approximate regions and cercles: Natural Earth's regions, divided among the seats of their cercles."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geo.tessellation import cells, fitted

DECIMALS = 4
"""Ten metres: the drawing is kilometres off, and shorter numbers load faster."""

CODES_VALID_ON = "2021-12-20"
"""The edition of OCHA's P-codes and names that the seats carry."""

# Natural Earth's English name; and Ménaka, which it still shows inside Gao (a region since 2016).
OUTLINE_OF = {"Tombouctou": "Timbuktu", "Ménaka": "Gao"}


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A cercle's seat: degrees of EPSG:4326, P-codes and names of cercle and region, and who located it."""

    region_pcode: str
    region: str
    cercle_pcode: str
    cercle: str
    name: str
    longitude: float
    latitude: float
    source: str


@dataclass(frozen=True, kw_only=True)
class Cercle:
    """A cercle of the stand-in and its seat."""

    seat: Seat
    boundary: shapely.Geometry


def seats(path: Path) -> list[Seat]:
    """Return the seats listed in a CSV, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Seat(
                region_pcode=row["adm1_pcode"],
                region=row["adm1_name"],
                cercle_pcode=row["adm2_pcode"],
                cercle=row["adm2_name"],
                name=row["seat"],
                longitude=float(row["lon"]),
                latitude=float(row["lat"]),
                source=row["source"],
            )
            for row in csv.DictReader(file)
        ]


def outlines(path: Path) -> dict[str, shapely.Geometry]:
    """Return Natural Earth's regions by the name it gives them, in degrees of EPSG:4326."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        each["properties"]["name"]: shapely.from_geojson(json.dumps(each["geometry"])) for each in features
    }


def cercles(regions: dict[str, shapely.Geometry], all_seats: Iterable[Seat]) -> list[Cercle]:
    """
    Return a cercle around each seat, by P-code, that together fill the outlines as an exact coverage.

    Each outline is divided among all the seats in it: the cercles of Ménaka become the part of Gao nearest
    their four seats. Raises KeyError for a seat of a region without outline.
    """
    by_outline: dict[str, list[Seat]] = defaultdict(list)
    for seat in sorted(all_seats, key=lambda seat: seat.cercle_pcode):
        by_outline[OUTLINE_OF.get(seat.region, seat.region)].append(seat)
    drawn = [
        (seat, cell)
        for name, inside in by_outline.items()
        for seat, cell in zip(inside, cells(regions[name], _points(inside)), strict=True)
    ]
    boundaries = fitted([cell for _, cell in drawn], DECIMALS)
    found = [Cercle(seat=seat, boundary=each) for (seat, _), each in zip(drawn, boundaries, strict=True)]
    return sorted(found, key=lambda cercle: cercle.seat.cercle_pcode)


def cercles_geojson(all_cercles: list[Cercle]) -> str:
    """Return the cercles as GeoJSON with the columns of COD-AB."""
    return _collection(
        (_region_columns(each.seat) | _cercle_columns(each.seat), each.boundary) for each in all_cercles
    )


def regions_geojson(all_cercles: list[Cercle]) -> str:
    """Return the regions as GeoJSON with the columns of COD-AB: each is the union of its cercles."""
    by_region: dict[str, list[Cercle]] = defaultdict(list)
    for each in sorted(all_cercles, key=lambda cercle: cercle.seat.region_pcode):
        by_region[each.seat.region_pcode].append(each)
    return _collection(
        (_region_columns(own[0].seat), shapely.union_all([each.boundary for each in own]))
        for own in by_region.values()
    )


def _points(inside: list[Seat]) -> list[shapely.Point]:
    return [shapely.Point(seat.longitude, seat.latitude) for seat in inside]


def _region_columns(seat: Seat) -> dict[str, Any]:
    return {
        "adm0_pcode": "ML",
        "adm0_name": "Mali",
        "adm1_pcode": seat.region_pcode,
        "adm1_name": seat.region,
        "valid_on": CODES_VALID_ON,
        "approximate": True,
    }


def _cercle_columns(seat: Seat) -> dict[str, Any]:
    return {"adm2_pcode": seat.cercle_pcode, "adm2_name": seat.cercle}


def _collection(features: Iterable[tuple[dict[str, Any], shapely.Geometry]]) -> str:
    """Return a FeatureCollection, one feature a line, so that a change shows as the lines it changed."""
    lines = ",\n".join(_line(properties, boundary) for properties, boundary in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def _line(properties: dict[str, Any], boundary: shapely.Geometry) -> str:
    # Normalised, so that rings always begin at the same vertex; outer rings turn left, as RFC 7946 asks.
    drawn = shapely.orient_polygons(shapely.normalize(boundary))
    feature = {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(drawn))}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
