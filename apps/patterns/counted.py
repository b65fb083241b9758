"""Which events a pattern rests on, area by area: those whose place is known well enough for it."""

import numpy as np

from geo.vocabulary import Level, PlacePrecision

POINT_KNOWN = {
    Level.COMMUNE: (PlacePrecision.EXACT,),
    Level.CERCLE: (PlacePrecision.EXACT, PlacePrecision.NEAR),
    Level.REGION: (PlacePrecision.EXACT, PlacePrecision.NEAR),
}
"""Precisions at which both the area and about where in it are known. The others are left out, and counted."""


def in_period(events, period):
    """Return the events of a period."""
    return events.where(
        (events.days >= np.datetime64(period.since)) & (events.days <= np.datetime64(period.until))
    )


def placed_at(events, level):
    """Return the events that count with confidence in the areas of a level."""
    return events.where(_of_precision(events, [each for each in PlacePrecision if each.is_placed_in(level)]))


def with_point_at(events, level):
    """Return the events whose point may be used inside the areas of a level."""
    return events.where(_of_precision(events, POINT_KNOWN[level]))


def _of_precision(events, precisions):
    return np.isin(events.precisions, [each.value for each in precisions])


def numbers(events, level, areas):
    """Return how many of the events lie in each of these areas (ids), in their order."""
    found, counts = np.unique(events.areas[level], return_counts=True)
    by_area = dict(zip(found.tolist(), counts.tolist(), strict=True))
    return [by_area.get(area, 0) for area in areas]
