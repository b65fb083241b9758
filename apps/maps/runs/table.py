"""The table of a run: its areas in the order asked, each with its bar, its interval, its sentences."""

from django.core.paginator import Paginator

from apps.maps.runs.drawings import interval, score_bar
from apps.maps.runs.told import class_title, figure, short_title, unit_of, zone_title
from apps.maps.runs.why import Why, probability
from apps.maps.tables import direction, next_sort, sortable

ROWS = 60
"""Areas on a page: all cercles, and communes sixty at a time."""


def tables_told(reading, question, page=None):
    """Return a table for each zone that has areas asked for, with the pages they stand on."""
    robust = reading.answer["robustness"].get("areas", {})
    asked = [area for area in reading.answer["scores"] if question.holds(area, robust.get(area["pcode"], {}))]
    ordered = [area for zone in reading.zones for area in _in_order(_of_zone(asked, zone), question, robust)]
    page = Paginator(ordered, ROWS).get_page(question.page)
    zones = [(zone, _of_zone(page.object_list, zone)) for zone in reading.zones]
    return {
        "page": page,
        "found": len(ordered),
        "of": len(reading.areas),
        "zones": [_table(reading, zone, areas, robust) for zone, areas in zones if areas],
    }


def _of_zone(areas, zone):
    return [area for area in areas if area["zone"] == zone]


def _in_order(areas, question, robust):
    """Return the areas in the order asked; those without what it asks stand last."""
    key = _key(question.order, robust)
    known = [area for area in areas if key(area) is not None]
    known.sort(key=lambda area: sortable(key(area)), reverse=question.is_descending)
    return [*known, *(area for area in areas if key(area) is None)]


def _key(order, robust):
    if order in ("probability", "median_rank"):
        return lambda area: robust.get(area["pcode"], {}).get(order)
    if order == "known":
        return lambda area: area.get("quality", {}).get("precise")
    return lambda area: area.get(order)


def _table(reading, zone, areas, robust):
    criteria = reading.used(zone) if reading.is_whole else []
    return {
        "key": zone,
        "title": zone_title(reading.zones[zone]),
        "told": reading.zones[zone],
        "criteria": [
            {"title": short_title(criterion), "unit": unit_of(criterion), "tone": place % 6 + 1}
            for place, criterion in enumerate(criteria)
        ],
        "rows": [_row(reading, area, criteria, robust.get(area["pcode"])) for area in areas],
    }


def _row(reading, area, criteria, robust):
    row = {"area": area, "why": Why(reading, area["pcode"]).sentences()}
    if not reading.is_whole:
        return row
    zone = reading.zone_of(area)
    return row | {
        "bar": score_bar(criteria, area["contributions"]),
        "robust": robust,
        "class_told": class_title(robust["class"]),
        "probability": probability(robust["probability"]),
        "interval": interval(robust, len(reading.ranked(area["zone"])), zone["chosen"]),
        "cells": [_cell(area, criterion) for criterion in criteria],
        "precise": area["quality"]["precise"],
        "known": area["quality"]["known"],
    }


def _cell(area, criterion):
    value = area["values"][criterion["id"]]
    is_filled = value["value"] is None and value["filled"] is not None
    return {
        "told": figure(criterion, value["filled"] if is_filled else value["value"]),
        "is_filled": is_filled,
        "is_imprecise": value["low"] != value["high"],
        "low": figure(criterion, value["low"]),
        "high": figure(criterion, value["high"]),
    }


def columns(question):
    """Return the direction of each column that can be sorted by, and the order that a click on it asks."""
    return {
        key: {"direction": direction(question, key), "next": next_sort(question, key, first=first)}
        for key, first in FIRST.items()
    }


FIRST = {
    "rank": "",
    "name": "",
    "selected": "-",
    "score": "-",
    "probability": "-",
    "median_rank": "",
    "known": "-",
}
"""What a first click on a column asks: figures begin with the largest, ranks and names with the first."""
