"""Where the places that documents tell lie in the active edition: its areas, and a point to draw."""

import re
from collections import defaultdict
from typing import NamedTuple

from django.contrib.gis.geos import Point

from apps.boundaries.matching import CercleNames, aliases
from apps.boundaries.models import Area, Settlement
from apps.boundaries.queries import set_points
from geo.names import NameIndex, fold
from geo.vocabulary import Level, PlaceTold, SettlementClass

UNRANKED = 9
"""A settlement whose rank is not told comes after those whose is."""

REGION_LEVELS = ("region", "district", "region group")
"""Bamako is a district beside the regions; COD-AB counts it as one."""

SITE_LEVELS = ("quartier", "prison site", "IDP site")
"""Places smaller than a settlement: a village of the same name elsewhere is another place."""

_PARENT = re.compile(r"(région|cercle|commune|ville|district) (?:de |du |d['’])(.+)", re.IGNORECASE)
_PARENT_LEVELS = {
    "région": "region",
    "district": "district",
    "cercle": "cercle",
    "commune": "commune",
    "ville": "locality",
}
_WITHIN = re.compile(r"(.+?)(?:, | \()([^()]+)\)?")


class FoundPlace(NamedTuple):
    """Areas of the active edition; a point (EPSG:4326) or None; how the point was found, "" without one."""

    areas: list
    point: Point | None
    place_told: str


NOWHERE = FoundPlace([], None, "")


class _Town(NamedTuple):
    pk: int
    folded: str
    rank: int
    location: Point
    region: int | None
    cercle: int | None
    commune: int | None


class ToldPlaces:
    """
    The names of the active edition and of its settlements, read once.

    A name that several places bear is not decided here: it finds nothing, and the row keeps its words.
    """

    def __init__(self):
        self.areas = {
            area.pk: area for area in Area.objects.active().defer("boundary").order_by("level", "pcode")
        }
        self.cercles = CercleNames()
        self.regions = NameIndex(
            [
                *((region.name, region.pk) for region in self._at(Level.REGION)),
                *((name, area.pk) for name, area in aliases() if area.level == Level.REGION),
            ]
        )
        self.communes = NameIndex([(commune.name, commune.pk) for commune in self._at(Level.COMMUNE)])
        self.seats = {}
        self.by_name = defaultdict(list)
        self.by_area = defaultdict(list)
        for town in _towns():
            self.by_name[town.folded].append(town)
            for area in (town.region, town.cercle, town.commune):
                self.by_area[area].append(town)

    def _at(self, level):
        return [area for area in self.areas.values() if area.level == level]

    def find(self, place, level, parent=""):
        """
        Return what a document's `place` is, at the `level` it tells, within the `parent` it tells.

        Several places joined by ";" give all their areas and no point. A locality is a point in its
        cercle, a cercle or a commune is drawn at its seat; a region has no point (`seat_of` gives one).
        A zone, the whole country, and a name that the edition lacks or has twice find nothing.
        """
        places = [each.strip() for each in place.split(";") if each.strip()]
        if len(places) == 1:
            return self._one(places[0], level, parent)
        areas = [area for each in places for area in self._one(each, level, parent).areas]
        return FoundPlace(list(dict.fromkeys(areas)), None, "")

    def meant_by(self, words):
        """
        Return what free words name: a locality, "Sévaré" or "Sévaré (cercle de Mopti)", or an area's seat.
        """
        name, parent = _name_and_parent(words.strip(), "")
        levels = ("locality",) if parent else ("locality", "cercle", "commune")
        found = (self._one(name, level, parent) for level in levels)
        return next((each for each in found if each.point), NOWHERE)

    def seat_of(self, area):
        """
        Return the point of the seat of a region, a cercle or a commune; None when no settlement is it.

        The seat is the settlement that bears the area's name, or else the one of highest rank when no
        other has that rank.
        """
        if area.pk not in self.seats:
            towns, name = self.by_area[area.pk], fold(area.name)
            seat = _best([town for town in towns if town.folded == name]) or _best(towns)
            is_seat = seat and seat.rank <= SettlementClass.COMMUNE_SEAT
            self.seats[area.pk] = seat.location if is_seat else None
        return self.seats[area.pk]

    def _one(self, place, level, parent):
        if level in REGION_LEVELS:
            return FoundPlace(self._region(place), None, "")
        if level == "cercle":
            return self.at_seat(self._cercle(place))
        if level == "commune":
            return self._commune(place, parent)
        if level == "locality":
            return self._locality(place, parent)
        if level in SITE_LEVELS:
            return FoundPlace(self._parents(parent), None, "")
        return NOWHERE

    def at_seat(self, areas):
        """Return these areas, drawn at the seat of the first."""
        point = self.seat_of(areas[0]) if areas else None
        return FoundPlace(areas, point, PlaceTold.SEAT if point else "")

    def _region(self, name):
        found = self.regions.find(name)
        return [self.areas[found[0]]] if len(found) == 1 else []

    def _cercle(self, name):
        cercle = self.cercles.one(name)
        return [self.areas[cercle.pk]] if cercle else []

    def _commune(self, place, parent):
        name, within = _name_and_parent(place, parent)
        parents = self._parents(within)
        found = [self.areas[pk] for pk in self.communes.find(name)]
        if parents:
            found = [commune for commune in found if self._is_in(commune, parents[0])]
        return self.at_seat(found) if len(found) == 1 else FoundPlace(parents, None, "")

    def _locality(self, place, parent):
        parents = self._parents(parent)
        towns = self._towns_called(place)
        if parents:
            towns = [town for town in towns if parents[0].pk in (town.region, town.cercle, town.commune)]
        town = _surely(towns)
        if not town:
            return FoundPlace(parents, None, "")
        cercle = self.areas.get(town.cercle)
        return FoundPlace([cercle] if cercle else [], town.location, PlaceTold.SETTLEMENT)

    def _towns_called(self, name):
        """Return the settlements of this name; by another known name, the one that names a cercle."""
        towns = self.by_name.get(fold(name))
        if towns:
            return towns
        return [
            town
            for cercle in self._cercle(name)
            for town in self.by_area[cercle.pk]
            if town.folded == fold(cercle.name)
        ]

    def _parents(self, told):
        """Return the area that a row's parent is, in a list; none when it is not told or not found."""
        if not told:
            return []
        levelled = _PARENT.fullmatch(told)
        if levelled:
            return self._one(levelled[2], _PARENT_LEVELS[levelled[1].lower()], "").areas
        return self._region(told) or self._cercle(told) or self._commune(told, "").areas

    def _is_in(self, commune, area):
        cercle = self.areas[commune.parent_id]
        return area.pk in (commune.pk, cercle.pk, cercle.parent_id)


def _towns():
    rows = Settlement.objects.order_by("pk").values_list(
        "pk", "name", "settlement_class", "location", "region", "cercle", "commune"
    )
    return [
        _Town(pk, fold(name), rank or UNRANKED, location, region, cercle, commune)
        for pk, name, rank, location, region, cercle, commune in rows
    ]


def _name_and_parent(place, parent):
    """Return "Commune I" and "Bamako" of "Commune I (Bamako)" or "Commune I, Bamako"."""
    within = _WITHIN.fullmatch(place)
    return (within[1], within[2]) if within else (place, parent)


def _best(towns):
    """Return the settlement of highest rank, None when several have it."""
    highest = min((town.rank for town in towns), default=None)
    found = [town for town in towns if town.rank == highest]
    return found[0] if len(found) == 1 else None


def _surely(towns):
    """Return the settlement meant by a name: the only one, or the only seat of the highest rank."""
    town = _best(towns)
    return town if town and (len(towns) == 1 or town.rank <= SettlementClass.COMMUNE_SEAT) else None


def tie_to_edition(model, *, places=None, regions_at_seat=False):
    """
    Tie every row of a `PlacedRow` model to the areas of the active edition; return those that found none.

    Rows that name no place, a zone or the whole country are not among those returned. With
    `regions_at_seat`, a row about one region is drawn at the seat of it.
    """
    places = places or ToldPlaces()
    moved, ties, lost = [], [], []
    for row in model.objects.all():
        found = places.find(row.place, row.level, row.parent_told)
        if regions_at_seat and row.level == "region" and len(found.areas) == 1:
            found = places.at_seat(found.areas)
        if (row.location, row.place_told) != (found.point, found.place_told):
            moved.append((row.pk, found.point, found.place_told))
        ties += [(row.pk, area.pk) for area in found.areas]
        if names_an_area(row) and not found.areas:
            lost.append(row)
    set_points(model, moved)
    _replace_ties(model, ties)
    return lost


def names_an_area(row):
    """Return whether a row tells of a region, a cercle, a commune or a place in one."""
    levels = (*REGION_LEVELS, *SITE_LEVELS, "cercle", "commune", "locality")
    return bool(row.place) and row.level in levels


def _replace_ties(model, ties):
    through = model.areas.through
    row_id = model.areas.field.m2m_field_name() + "_id"
    through.objects.all().delete()
    through.objects.bulk_create(through(**{row_id: row, "area_id": area}) for row, area in ties)
