"""
Events that never happened, to show what the maps do with real ones.

Everything here is invented by Maillage: how many, where, which kind, how deadly. The only likeness sought
is that of the data's shape: more in the centre and north, more in later years, six types, three degrees of
precision.
"""

import csv
import io
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

import shapely

from geo.vocabulary import DatePrecision, EventType, PlacePrecision
from layers.standin.areas import Cercle
from layers.standin.towns import Town

Event = tuple[str | int | float, ...]
Word = TypeVar("Word")

COUNT = 2500
FIRST_DAY = date(2018, 1, 1)
LAST_DAY = date(2020, 10, 31)

REGION_WEIGHTS = {
    "Mopti": 38,
    "Gao": 16,
    "Tombouctou": 13,
    "Ségou": 12,
    "Ménaka": 7,
    "Kidal": 5,
    "Koulikoro": 3,
    "Sikasso": 3,
    "Kayes": 2,
    "Bamako": 1,
}
CALM_REGIONS = {"Kayes", "Koulikoro", "Sikasso", "Bamako"}

TYPE_WEIGHTS = {
    EventType.VIOLENCE_AGAINST_CIVILIANS: 34,
    EventType.BATTLES: 30,
    EventType.EXPLOSIONS: 14,
    EventType.STRATEGIC_DEVELOPMENTS: 10,
    EventType.PROTESTS: 8,
    EventType.RIOTS: 4,
}
CALM_TYPE_WEIGHTS = {
    EventType.PROTESTS: 45,
    EventType.RIOTS: 20,
    EventType.STRATEGIC_DEVELOPMENTS: 14,
    EventType.VIOLENCE_AGAINST_CIVILIANS: 13,
    EventType.BATTLES: 6,
    EventType.EXPLOSIONS: 2,
}
SUB_TYPES = {
    EventType.VIOLENCE_AGAINST_CIVILIANS: ("Attack", "Abduction/forced disappearance"),
    EventType.BATTLES: ("Armed clash",),
    EventType.EXPLOSIONS: ("Remote explosive/landmine/IED", "Shelling/artillery/missile attack"),
    EventType.STRATEGIC_DEVELOPMENTS: ("Looting/property destruction", "Agreement", "Other"),
    EventType.PROTESTS: ("Peaceful protest",),
    EventType.RIOTS: ("Violent demonstration", "Mob violence"),
}
DEADLY = {EventType.VIOLENCE_AGAINST_CIVILIANS: 0.45, EventType.BATTLES: 0.6, EventType.EXPLOSIONS: 0.4}
"""The share of events of a type that kill; the others kill nobody."""

MEAN_FURTHER_DEATHS = 2.5
MOST_FATALITIES = 40
PLACE_PRECISIONS = {PlacePrecision.EXACT: 62, PlacePrecision.NEAR: 36, PlacePrecision.REGION: 2}
PLACE_CODES = {PlacePrecision.EXACT: 1, PlacePrecision.NEAR: 2, PlacePrecision.REGION: 3}
"""ACLED's own codes, in whose columns the file is written."""
DATE_PRECISIONS = {DatePrecision.DAY: 95, DatePrecision.WEEK: 4, DatePrecision.MONTH: 1}
MEAN_DISTANCE_DEGREES = 0.15
GROUPS = ("Acteur simulé A", "Acteur simulé B", "Acteur simulé C", "Acteur simulé D")
CROWD, CIVILIANS = "Manifestants simulés", "Civils simulés"

COLUMNS = (
    "event_id_cnty",
    "event_date",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "actor2",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "fatalities",
    "simulated",
)


def events_csv(cercles: Sequence[Cercle], towns: Sequence[Town], *, seed: int) -> str:
    """
    Return simulated events in ACLED's columns and a column `simulated`, by date; one seed, the same events.

    Each lies in the cercle that it names, in degrees of EPSG:4326, near a town of it.
    """
    # Only random() and choices(): their results do not change from one Python to the next.
    chance = random.Random(seed)  # noqa: S311  nothing here is secret
    found = sorted(_events(cercles, towns, chance))
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((f"SIM{number:05}", *event) for number, event in enumerate(found, start=1))
    return table.getvalue()


def _events(cercles: Sequence[Cercle], towns: Sequence[Town], chance: random.Random) -> Iterator[Event]:
    places = _places(cercles, towns)
    weights = _weights(cercles, chance)
    for cercle in chance.choices(cercles, weights, k=COUNT):
        yield _event(cercle, places, chance)


def _weights(cercles: Sequence[Cercle], chance: random.Random) -> list[float]:
    """Return how often each cercle comes up: its region's weight, unevenly shared among its cercles."""
    shares = [0.1 + chance.random() for _ in cercles]
    totals: dict[str, float] = defaultdict(float)
    for cercle, share in zip(cercles, shares, strict=True):
        totals[cercle.seat.region] += share
    return [
        REGION_WEIGHTS[cercle.seat.region] * share / totals[cercle.seat.region]
        for cercle, share in zip(cercles, shares, strict=True)
    ]


def _places(cercles: Sequence[Cercle], towns: Sequence[Town]) -> dict[str, list[Town]]:
    """Return the towns of each cercle by its P-code."""
    return {
        cercle.seat.cercle_pcode: [
            town for town in towns if cercle.boundary.covers(shapely.Point(town.longitude, town.latitude))
        ]
        for cercle in cercles
    }


def _event(cercle: Cercle, places: dict[str, list[Town]], chance: random.Random) -> Event:
    seat = cercle.seat
    types = CALM_TYPE_WEIGHTS if seat.region in CALM_REGIONS else TYPE_WEIGHTS
    event_type = _drawn(types, chance)
    precision = _drawn(PLACE_PRECISIONS, chance)
    town = _one_of(places[seat.cercle_pcode], chance)
    longitude, latitude = _spot(cercle, town, precision, chance)
    actor1, actor2 = _actors(event_type, chance)
    return (
        _day(chance).isoformat(),
        int(_drawn(DATE_PRECISIONS, chance)),
        str(event_type),
        _one_of(SUB_TYPES[event_type], chance),
        actor1,
        actor2,
        seat.region,
        seat.cercle,
        "",
        seat.region if precision is PlacePrecision.REGION else town.name,
        latitude,
        longitude,
        PLACE_CODES[precision],
        _fatalities(event_type, chance),
        "true",
    )


def _day(chance: random.Random) -> date:
    """Return a day; later ones come up more often, as the larger of two draws does."""
    days = (LAST_DAY - FIRST_DAY).days + 1
    return FIRST_DAY + timedelta(days=int(days * max(chance.random(), chance.random())))


def _spot(
    cercle: Cercle, town: Town, precision: PlacePrecision, chance: random.Random
) -> tuple[float, float]:
    """Return where: around a town when exact, in it when near, at the seat when only the region is known."""
    if precision is PlacePrecision.REGION:
        return round(cercle.seat.longitude, 4), round(cercle.seat.latitude, 4)
    if precision is PlacePrecision.EXACT:
        away, bearing = _exponential(MEAN_DISTANCE_DEGREES, chance), 2 * math.pi * chance.random()
        longitude = round(town.longitude + away * math.cos(bearing), 4)
        latitude = round(town.latitude + away * math.sin(bearing), 4)
        if cercle.boundary.contains(shapely.Point(longitude, latitude)):
            return longitude, latitude
    return round(town.longitude, 4), round(town.latitude, 4)


def _actors(event_type: EventType, chance: random.Random) -> tuple[str, str]:
    if event_type in (EventType.PROTESTS, EventType.RIOTS):
        return CROWD, ""
    first = _one_of(GROUPS, chance)
    if event_type is EventType.VIOLENCE_AGAINST_CIVILIANS:
        return first, CIVILIANS
    if event_type is EventType.BATTLES:
        return first, _one_of([group for group in GROUPS if group != first], chance)
    return first, ""


def _fatalities(event_type: EventType, chance: random.Random) -> int:
    if chance.random() >= DEADLY.get(event_type, 0):
        return 0
    return min(MOST_FATALITIES, 1 + int(_exponential(MEAN_FURTHER_DEATHS, chance)))


def _exponential(mean: float, chance: random.Random) -> float:
    return -mean * math.log(1 - chance.random())


def _drawn(weights: Mapping[Word, float], chance: random.Random) -> Word:
    return chance.choices(list(weights), list(weights.values()))[0]


def _one_of(words: Sequence[Word], chance: random.Random) -> Word:
    return chance.choices(words)[0]
