"""The second half of a count: what areas may hold of the events known only to a wider unit."""

from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np

from geo.spreading import (
    DRAWS,
    PRIOR_EVENTS,
    QUANTILES,
    SEED,
    Unit,
    drawn_together,
    spread,
    weights_by_events,
    weights_by_people,
)
from geo.vocabulary import Level, PlacePrecision

MEASURES = ("events", "violent_events", "fatalities")
"""What is spread, in the order of the amounts of a class."""

BOUNDS = ("low", "expected", "high")

DRAWS_OF = {Level.REGION: DRAWS, Level.CERCLE: DRAWS, Level.COMMUNE: 400}
"""Fewer for the 701 communes, so that an answer comes at once."""

COUNTRY = "ML"


class SpreadBy(StrEnum):
    """What the probability that an imprecise event lies in an area follows."""

    PEOPLE = "people"
    EVENTS = "events"


@dataclass(frozen=True)
class SpreadTold:
    """How the imprecise events were spread: everything that somebody needs to do it again."""

    by: SpreadBy
    seed: int
    draws: int
    quantiles: tuple
    prior_events: int | None
    """Added to the precise events of each area, where these are its weight."""
    units_by_events: list
    """The units spread by events because no number of people is known in them, though people were asked."""


def usual_spread(level):
    """Return by what a level is spread unless asked otherwise: people are not known by commune."""
    return SpreadBy.EVENTS if level is Level.COMMUNE else SpreadBy.PEOPLE


def units_of(alike, areas, weights_of, level, *, around=None):
    """
    Return the units that hold imprecise events, and those of them spread by events for want of people.

    `alike` is what `imprecise_by_place` returns, `areas` the figures of all areas of the level; `around` is
    the place of the one area whose units are wanted, None for all.
    """
    classes = {}
    for precision, cercle, region, is_violent, fatalities, number in alike:
        key = _unit_of(PlacePrecision(precision), cercle, region)
        of_unit, amounts = classes.setdefault(key, {}), (1, int(is_violent), fatalities)
        of_unit[amounts] = of_unit.get(amounts, 0) + number
    within = _members(areas, level)
    units, by_events = [], []
    for key in sorted(classes):
        members = within.get(key)
        if not members or (around is not None and around not in members):
            continue
        weights, is_by_events = weights_of(members)
        units.append(Unit(key, members, weights, classes[key]))
        by_events += [key] if is_by_events else []
    return units, by_events


def _unit_of(precision, cercle, region):
    """Return the P-code of the unit that an event stands for; ML is the country."""
    return {Level.CERCLE: cercle, Level.REGION: region, None: COUNTRY}[precision.unit]


def _members(areas, level):
    """Return {P-code of a unit: places of its areas in the list}."""
    within = {COUNTRY: list(range(len(areas)))}
    for place, area in enumerate(areas):
        around = () if level is Level.REGION else (area["region"], area.get("cercle"))
        for pcode in around:
            if pcode:
                within.setdefault(pcode, []).append(place)
    return within


def weights_function(by, areas, precise_events):
    """
    Return the function from members of a unit to their weights, and whether events stood in for people.

    `precise_events` is called, once, when events are needed: it returns {P-code: events placed}.
    """
    known = {}

    def by_events(members):
        if not known:
            known.update(precise_events() or {COUNTRY: 0})
        return weights_by_events([known.get(areas[member]["pcode"], 0) for member in members])

    def weights(members):
        if by is SpreadBy.EVENTS:
            return by_events(members), False
        of_people = weights_by_people([areas[member]["people"] for member in members])
        return (by_events(members), True) if of_people is None else (of_people, False)

    return weights


def with_intervals(areas, alike, *, level, by, precise_events, around=None):
    """
    Return the areas with `_low`, `_expected` and `_high` of each of `MEASURES`, and how it was done.

    Low and high hold what is placed too: nothing imprecise, and both are what is placed. With `around`, the
    place of an area, only that one is spread to: it gets what it gets among all.
    """
    weights_of = weights_function(by, areas, precise_events)
    units, by_events = units_of(alike, areas, weights_of, level, around=around)
    done = spread(units, len(areas), measures=len(MEASURES), seed=SEED, draws=DRAWS_OF[level])
    told = SpreadTold(
        by=by,
        seed=SEED,
        draws=DRAWS_OF[level],
        quantiles=QUANTILES,
        prior_events=PRIOR_EVENTS if by is SpreadBy.EVENTS or by_events else None,
        units_by_events=by_events,
    )
    found = dict(
        zip(BOUNDS, (done.low.tolist(), done.expected.round(2).tolist(), done.high.tolist()), strict=True)
    )
    paired = [
        area
        | {
            f"{name}_{bound}": area[name] + found[bound][measure][place]
            for measure, name in enumerate(MEASURES)
            for bound in BOUNDS
        }
        for place, area in enumerate(areas)
    ]
    return paired, asdict(told)


def drawn_counts(areas, alike, *, level, by, precise_events, draws):
    """
    Return what each area holds under each of so many placings of the imprecise events.

    An array of `MEASURES` by areas by draws, what is placed with confidence included.
    """
    units, _by_events = units_of(alike, areas, weights_function(by, areas, precise_events), level)
    spread_over = drawn_together(units, len(areas), measures=len(MEASURES), seed=SEED, draws=draws)
    placed = np.array([[area[name] for area in areas] for name in MEASURES])
    return placed[:, :, None] + spread_over


def certain(counts):
    """Return the intervals of counts beside which nothing is imprecise: low and high are what is placed."""
    return {f"{name}_{bound}": counts[name] for name in MEASURES for bound in BOUNDS}


UNKNOWN_INTERVALS = {f"{name}_{bound}": None for name in MEASURES for bound in BOUNDS}
"""Of every area while nothing is known."""
