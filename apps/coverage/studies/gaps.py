"""Whom nothing reaches: pockets of settlements that lie together, hexagons, those off the grid. Heavy."""

import h3
import numpy as np

from apps.coverage.studies.areas import whole
from geo.pockets import hull_km2, pockets
from geo.reach import people_where

HEXAGONS = 5
"""Resolution of H3: hexagons of about 250 km2, some 18 km across: a few villages each. Our choice."""

MOST_POCKETS = 100
"""Told one by one, those of most people first; the others are counted."""

MOST_OFF_THE_GRID = 200

DIGITS = 5
"""Of a degree: a metre."""


def pockets_told(ground, beyond, distances, *, apart_km, unit):
    """
    Return the pockets of the settlements that are `beyond` (flags), the most people first.

    `distances` are those to the nearest known, in `unit`: inf is told as None, for nothing reaches there.
    """
    at = np.flatnonzero(beyond)
    number = pockets(ground.longitude[at], ground.latitude[at], apart_km=apart_km)
    # Sorted by pocket, each is one slice.
    order = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number)) if len(number) else []
    told = [_pocket(ground, at[part], distances, unit) for part in np.split(order, ends[:-1]) if len(part)]
    told.sort(key=lambda each: (-each["people"], each["longitude"], each["latitude"]))
    return {
        "apart_km": apart_km,
        "number": len(told),
        "settlements": len(at),
        "people": whole(np.nansum(ground.people[at])),
        "largest": told[:MOST_POCKETS],
    }


def _pocket(ground, members, distances, unit):
    people = np.nan_to_num(ground.people[members])
    weights = people if people.any() else None
    worst = members[np.argmax(distances[members])]
    return {
        "people": whole(people.sum()),
        "settlements": len(members),
        "hull_km2": round(hull_km2(ground.longitude[members], ground.latitude[members]), 1),
        "longitude": round(float(np.average(ground.longitude[members], weights=weights)), DIGITS),
        "latitude": round(float(np.average(ground.latitude[members], weights=weights)), DIGITS),
        "worst": {**settlement_told(ground, worst), unit: finite(distances[worst])},
        "cercles": _areas(ground, ground.cercle[members]),
        "regions": _areas(ground, ground.region[members]),
        "communes": len(np.unique(ground.commune[members][ground.commune[members] > 0])),
    }


def settlement_told(ground, at):
    cercle = ground.areas.get(int(ground.cercle[at]))
    people = ground.people[at]
    return {
        "name": ground.names[at],
        "longitude": round(float(ground.longitude[at]), DIGITS),
        "latitude": round(float(ground.latitude[at]), DIGITS),
        "people": None if np.isnan(people) else whole(people),
        "cercle": cercle and cercle["pcode"],
        "cercle_name": cercle and cercle["name"],
    }


def _areas(ground, pks):
    found = [ground.areas[pk] for pk in np.unique(pks).tolist() if pk in ground.areas]
    return [{"pcode": area["pcode"], "name": area["name"]} for area in found]


def hexagons_told(ground, reached):
    """Return the hexagons where people live: how many do, and how many of them are beyond."""
    cells = [
        h3.latlng_to_cell(latitude, longitude, HEXAGONS)
        for longitude, latitude in zip(ground.longitude.tolist(), ground.latitude.tolist(), strict=True)
    ]
    names, at = np.unique(np.array(cells, dtype=object).astype(str), return_inverse=True)
    columns = {
        "people": np.nan_to_num(ground.people),
        "beyond_low": people_where(ground.people, ~reached.most),
        "beyond_known": people_where(ground.people, ~reached.known),
        "beyond_high": people_where(ground.people, ~reached.sure),
    }
    sums = {name: np.bincount(at, values, minlength=len(names)) for name, values in columns.items()}
    return {
        "resolution": HEXAGONS,
        "average_km2": round(h3.average_hexagon_area(HEXAGONS, unit="km^2"), 1),
        "cells": [
            {"h3": name, "ring": _ring(name), **{key: whole(sums[key][number]) for key in columns}}
            for number, name in enumerate(names.tolist())
            if sums["people"][number]
        ],
    }


def _ring(cell):
    """Return the corners of a hexagon, longitude and latitude, the first not repeated."""
    return [[round(longitude, 4), round(latitude, 4)] for latitude, longitude in h3.cell_to_boundary(cell)]


def off_the_grid_told(ground, is_off):
    """Return the settlements that lie off the grid of travel: no time is known to anything from there."""
    at = np.flatnonzero(is_off)
    return {
        "number": len(at),
        "people": whole(np.nansum(ground.people[at])),
        "settlements": [settlement_told(ground, each) for each in at[:MOST_OFF_THE_GRID]],
    }


def finite(distance):
    """Return a distance as an answer tells it: None where nothing is reached."""
    return round(float(distance), 3) if np.isfinite(distance) else None
