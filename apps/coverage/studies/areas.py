"""What a study tells of each area: people reached and beyond, bands, links, norm, violence. Heavy."""

from collections import Counter

import numpy as np

from apps.coverage.studies.standing import counts_for
from geo.coverage import Counts
from geo.reach import interval, people_where, posts_needed
from geo.vocabulary import CoverageSense, Level

COUNTRY = "ML"
LEVELS = {Level.REGION: "regions", Level.CERCLE: "cercles", Level.COMMUNE: "communes"}


class Areas:
    """The country and its areas in the order of P-codes, and sums over the settlements of each."""

    def __init__(self, ground):
        self.ground = ground
        self.pks = [None, *ground.areas]
        self._position = {pk: at for at, pk in enumerate(self.pks)}
        # A settlement in no commune adds to an element past the last, which is cut off.
        self._of_settlements = [
            np.array([self._position.get(pk, len(self.pks)) for pk in ground.of_level(level).tolist()], int)
            for level in LEVELS
        ]

    def __len__(self):
        return len(self.pks)

    def sums(self, values):
        """Return the sum of these values of settlements in each area, the country first."""
        totals = np.zeros(len(self) + 1)
        for positions in self._of_settlements:
            totals += np.bincount(positions, values, minlength=len(self) + 1)
        totals[0] = values.sum()
        return totals[:-1]

    def position(self, pk):
        return self._position[pk]

    def above(self, cercle):
        """Return the positions of a cercle, its region and the country."""
        region = self.ground.areas[cercle]["parent"]
        return [0, *(self._position[pk] for pk in (region, cercle) if pk in self._position)]

    def name(self, position):
        """Return how an answer names an area."""
        pk = self.pks[position]
        if pk is None:
            return {"pcode": COUNTRY, "name": "Mali", "level": None, "parent": None, "parent_name": None}
        area = self.ground.areas[pk]
        parent = self.ground.areas.get(area["parent"])
        return {
            "pcode": area["pcode"],
            "name": area["name"],
            "level": Level(area["level"]).name.lower(),
            "parent": parent and parent["pcode"],
            "parent_name": parent and parent["name"],
        }

    def by_level(self, told):
        """Return {"country": ..., "regions": [...], ...} of what is told of each area."""
        of_level = {name: [] for name in LEVELS.values()}
        for pk, each in zip(self.pks[1:], told[1:], strict=True):
            of_level[LEVELS[Level(self.ground.areas[pk]["level"])]].append(each)
        return {"country": told[0], **of_level}


def bounds_told(areas, people, reached):
    """Return {low, point, known, high} people of each area who are reached."""
    columns = {"low": reached.sure, "point": reached.point, "known": reached.known, "high": reached.most}
    sums = {name: areas.sums(people_where(people, flags)) for name, flags in columns.items()}
    return [
        {name: whole(column[at]) if name != "point" else float(column[at]) for name, column in sums.items()}
        for at in range(len(areas))
    ]


def beyond_told(placed, bounds):
    """Return the people of an area who are not reached, from the least to the most."""
    return {
        "low": placed - bounds["high"],
        "known": placed - bounds["known"],
        "point": placed - bounds["point"],
        "high": placed - bounds["low"],
    }


def with_draws(areas, bounds, drawn):
    """Add to the bounds of each area the interval of the draws, widened to hold the point value."""
    sums = np.array([areas.sums(each) for each in drawn]).reshape(-1, len(areas))
    for at, told in enumerate(bounds):
        low, high = interval(sums[:, at], told["point"])
        told |= {"drawn_low": low, "drawn_high": high}


def posts(areas, institutions, kinds, sense):
    """Return (posts that count for sure, those that may too) of each area, by the cercle they stand in."""
    standing = {Counts.SURE: Counter(), Counts.POSSIBLE: Counter()}
    for each in institutions:
        counts = counts_for(each, kinds, sense)
        if counts is Counts.NO:
            continue
        places = areas.above(each.cercle) if each.cercle in areas.ground.areas else [0]
        standing[counts].update(places)
    return [
        (standing[Counts.SURE][at], standing[Counts.SURE][at] + standing[Counts.POSSIBLE][at])
        for at in range(len(areas))
    ]


def norm_told(people, standing, people_per_post):
    """Return posts needed for these people, standing and lacking; the register is a floor of what stands."""
    needed = posts_needed(people, people_per_post)
    sure, known = standing
    return {
        "people_per_post": people_per_post,
        "needed": needed,
        "standing_low": sure,
        "standing_known": known,
        "lacking_low": max(0, needed - known),
        "lacking_high": max(0, needed - sure),
    }


def senses_told(areas, people, by_sense):
    """Return the bounds of what stands and of what works, side by side, of each area."""
    told = {sense: bounds_told(areas, people, by_sense[sense]) for sense in CoverageSense}
    return [{sense.value: told[sense][at] for sense in CoverageSense} for at in range(len(areas))]


def whole(number):
    """Return a number of people as one: sums of whole numbers."""
    return round(float(number))
