"""
What is measured of the areas of one level over one period, measure by measure.

Each function takes a `Question` and returns one `Found` for each area, in the order of `question.areas`.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.module_loading import import_string

from apps.boundaries.placing import place_points
from apps.patterns import queries
from apps.patterns.counted import numbers, placed_at, with_point_at
from apps.patterns.methods import KM2_TOLD, LEAST_AREAS, PERMUTATIONS, SEED
from apps.patterns.models import Pattern
from apps.patterns.periods import Period
from geo import diffusion as spread
from geo.conflict_classes import LEAST_EVENTS, conflict_class, intensity, nearest_neighbour_ratio
from geo.vocabulary import Level

HOT_SPOTS = "geo.hot_spots.hot_spots"
"""Imported when there is something to test: it brings esda with it, which takes seconds."""

Why = Pattern.Why


@dataclass(frozen=True)
class Question:
    """`events` are the violent ones of the period; `areas` are ids, `areas_km2` in the same order."""

    level: Level
    period: Period
    events: queries.EventPoints
    areas: list[int]
    areas_km2: list[float]
    land: "Land"


@dataclass(frozen=True)
class Found:
    value: float | None = None
    p: float | None = None
    q: float | None = None
    label: str = ""
    why: str = ""
    detail: dict = field(default_factory=dict)


class Land:
    """What does not change from one period to the next: neighbours, and inhabited cells by area."""

    def __init__(self, areas_of):
        """`areas_of` are the ids of the areas of each level."""
        self.areas_of = areas_of
        self._neighbours = {}
        self._cells = None

    def neighbours(self, level):
        if level not in self._neighbours:
            self._neighbours[level] = queries.neighbours_of(self.areas_of[level])
        return self._neighbours[level]

    @property
    def is_inhabited(self):
        """Tell whether anything is known of where people live."""
        return bool(self._inhabited())

    def inhabited_cells(self, level, area):
        """Return the inhabited cells of 10 km whose middle lies in an area."""
        return self._inhabited().get(level, {}).get(area, [])

    def _inhabited(self):
        if self._cells is None:
            self._cells = _inhabited_by_area()
        return self._cells


def _inhabited_by_area():
    boxes = queries.boxes_of_people()
    if not boxes:
        return {}
    cells = spread.inhabited(spread.people_of_cells([box[:4] for box in boxes], [box[4] for box in boxes]))
    by_area = {level: defaultdict(list) for level in Level}
    longitudes, latitudes = spread.centres_of(cells)
    for cell, place in zip(cells, place_points(longitudes.tolist(), latitudes.tolist()), strict=True):
        for level, area in zip(Level, place, strict=True):
            by_area[level][area].append(cell)
    return by_area


def hot_spots(question):
    """Return Gi* of the number of violent events placed with confidence, with its neighbours."""
    counts = numbers(placed_at(question.events, question.level), question.level, question.areas)
    if why := _cannot_test(counts):
        return [Found(why=why, detail={"events": count}) for count in counts]
    neighbours = question.land.neighbours(question.level)
    told = import_string(HOT_SPOTS)(counts, neighbours, permutations=PERMUTATIONS, seed=SEED)
    return [
        _hot_spot(each, {"events": count, "neighbours": len(near)})
        for each, count, near in zip(told, counts, neighbours, strict=True)
    ]


def _cannot_test(counts):
    if not any(counts):
        return Why.NO_EVENT
    if len(counts) < LEAST_AREAS:
        return Why.TOO_FEW_AREAS
    return Why.ALL_ALIKE if len(set(counts)) == 1 else ""


def _hot_spot(told, detail):
    if told is None:
        return Found(why=Why.NO_NEIGHBOUR, detail=detail)
    return Found(told.z, told.p, told.q, told.label, detail=detail)


def diffusion(question):
    """Return the share of inhabited cells reached, by exact events; with those near a town in `high`."""
    if not question.land.is_inhabited:
        return [Found(why=Why.PEOPLE_NOT_KNOWN) for _ in question.areas]
    exact = with_point_at(question.events, Level.COMMUNE)
    near = with_point_at(question.events, Level.CERCLE)
    by_exact, by_near = (_reached(events, question.period.years) for events in (exact, near))
    left_out = len(question.events.days) - len(near.days)
    return [_diffusion(question, area, by_exact, by_near, left_out) for area in question.areas]


def _reached(events, years):
    return spread.reached(Counter(spread.cells_of(events.longitudes, events.latitudes)), years=years)


def _diffusion(question, area, by_exact, by_near, left_out):
    cells = question.land.inhabited_cells(question.level, area)
    if not cells:
        return Found(why=Why.NO_INHABITED_CELL)
    return Found(
        spread.share_reached(cells, by_exact),
        detail={
            "high": spread.share_reached(cells, by_near),
            "cells": len(cells),
            "reached": sum(cell in by_exact for cell in cells),
            "reached_high": sum(cell in by_near for cell in cells),
            "left_out_country": left_out,
        },
    )


def conflict_classes(question):
    """Return violent events by 1 000 km² and year, with the class that their concentration gives."""
    usable = with_point_at(question.events, question.level)
    placed = numbers(question.events, question.level, question.areas)
    by_area = defaultdict(list)
    for place, area in enumerate(usable.areas[question.level].tolist()):
        by_area[area].append(place)
    return [
        _conflict_class(
            usable.longitudes[by_area[area]],
            usable.latitudes[by_area[area]],
            area_km2=area_km2,
            years=question.period.years,
            lying_there=lying_there,
        )
        for area, area_km2, lying_there in zip(question.areas, question.areas_km2, placed, strict=True)
    ]


def _conflict_class(longitudes, latitudes, *, area_km2, years, lying_there):
    number = len(longitudes)
    events_km2 = intensity(number, area_km2=area_km2, years=years)
    ratio = nearest_neighbour_ratio(longitudes, latitudes, area_km2=area_km2)
    why = "" if number >= LEAST_EVENTS else (Why.ONE_EVENT if number else Why.NO_EVENT)
    return Found(
        events_km2 * KM2_TOLD,
        label=conflict_class(events_km2, ratio) or "",
        why=why,
        detail={"ratio": ratio, "events": number, "left_out": lying_there - number},
    )


MEASURES = {
    Pattern.Measure.HOT_SPOT: hot_spots,
    Pattern.Measure.DIFFUSION: diffusion,
    Pattern.Measure.CONFLICT_CLASS: conflict_classes,
}
