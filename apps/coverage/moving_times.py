"""
What would change by travel time if one institution stood elsewhere. Heavy: for the worker, by name.

answer = {areas: [{cercle (id), gained_low, ...}], counts, walking_only, moved_metres}
"""

import json
from datetime import date

import numpy as np

from apps.coverage.ground import Ground
from apps.coverage.models import MeasuredPlace
from apps.coverage.moving import Change, change_of
from apps.coverage.places import Places
from apps.coverage.questions import CoverageQuestion
from apps.coverage.register import Register
from apps.coverage.studies.inputs import inputs_of, loads_of
from apps.runs.answers import Answer
from apps.runs.snapshot import access_of
from apps.travel.surfaces import Travelling
from geo.coverage import Counts
from geo.nearness import metres_between
from geo.vocabulary import CoverageSense, InstitutionKind

FASTER_THAN = 1.2
"""How much farther than the fastest way in a straight line to look for others: cells are a kilometre wide."""

_grounds: dict[str, Ground] = {}


def compute(text, *, step):
    """Return the answer to a move by time (JSON, apps.coverage.moving); `step` is told of its one step."""
    asked = json.loads(text)
    loads = loads_of(asked)
    question = _question(asked)
    place = MeasuredPlace.objects.select_related("group").get(institution_id=asked["institution"])
    places = Places(question)
    counts = places.counts.get(place.group.position, Counts.NO)
    travelling = Travelling.now()
    changes = {} if counts is Counts.NO else _changes(asked, question, place, places, travelling, loads)
    step(1, 1)
    return Answer(
        answer={
            "areas": [{"cercle": pk, **vars(change)} for pk, change in sorted(changes.items())],
            "counts": counts,
            "walking_only": travelling.is_walking_only,
            "moved_metres": travelling.place([(asked["lon"], asked["lat"])])[0].moved_metres,
        },
        edition=travelling.edition.name,
        events_until=None,
        known_at=None,
        access=access_of(loads),
        is_simulated=any(load.is_simulated for load in loads),
        inputs=inputs_of(asked, loads),
    )


def _question(asked):
    return CoverageQuestion(
        kinds=tuple(InstitutionKind(kind) for kind in asked["kinds"]),
        sense=CoverageSense(asked["sense"]),
        limit_km=asked["limit_km"],
        day=date.fromisoformat(asked["day"]),
        with_periodic=asked["with_periodic"],
        with_works=asked["with_works"],
    )


def _ground(loads):
    """Return the settlements, read once in a process for the same data."""
    key = inputs_of({}, loads)
    if key not in _grounds:
        _grounds.clear()
        _grounds[key] = Ground.now()
    return _grounds[key]


def _changes(asked, question, place, places, travelling, loads):
    """Return {cercle: Change} of the settlements that it reaches from one of its two places alone."""
    ground, minutes = _ground(loads), asked["minutes"]
    points = [(place.location.x, place.location.y), (asked["lon"], asked["lat"])]
    was, becomes = (
        _flags(ground, at)
        for at, _ in travelling.minutes_between(points, ground.longitude, ground.latitude, minutes)
    )
    changed = np.flatnonzero(was != becomes)
    near = _Others(place, points, minutes, travelling)
    sure = places.positions(Counts.SURE) + (places.planned if question.with_works else [])
    possible = places.positions(Counts.POSSIBLE)
    reached = near.reach(ground, changed, sure)
    # Where more may stand than the register holds, it may stand next door: nobody is surely gained or lost.
    is_open = Register(question).open_cercles() != []
    maybe = np.ones(len(changed), bool) if is_open else near.reach(ground, changed, possible)
    counts = places.counts[place.group.position]
    found = {}
    for at, is_reached, may_be in zip(changed.tolist(), reached.tolist(), maybe.tolist(), strict=True):
        cercle = int(ground.cercle[at])
        if not cercle:
            continue
        people = ground.people[at]
        known = 0 if np.isnan(people) else int(people)
        most = 0 if is_reached else known
        row = (bool(becomes[at]), 1, int(not np.isnan(people)), 0 if may_be else most, most)
        found[cercle] = found.get(cercle, Change()) + change_of(*row, counts=counts)
    return found


def _flags(ground, at):
    flags = np.zeros(len(ground), bool)
    flags[at] = True
    return flags


class _Others:
    """The other institutions that may be reached from where the moved one reaches."""

    def __init__(self, place, points, minutes, travelling):
        self.minutes, self.travelling = minutes, travelling
        others = MeasuredPlace.objects.exclude(pk=place.pk).values_list("group__position", "location")
        self.others = [(position, (point.x, point.y)) for position, point in others]
        fastest_kmh = max((each.kmh for each in travelling.speeds), default=0)
        farthest = 2 * minutes / 60 * fastest_kmh * 1000 * FASTER_THAN
        longitude, latitude = (np.array([at[axis] for _, at in self.others], float) for axis in (0, 1))
        self.is_near = np.zeros(len(self.others), bool)
        for x, y in points:
            here = np.full(len(self.others), x), np.full(len(self.others), y)
            self.is_near |= metres_between(longitude, latitude, *here) <= farthest

    def reach(self, ground, at, positions):
        """Return whether one of these groups is within the limit of each of these settlements."""
        found = zip(self.others, self.is_near.tolist(), strict=True)
        points = [point for (position, point), is_near in found if is_near and position in positions]
        if not points or not len(at):
            return np.zeros(len(at), bool)
        surface = self.travelling.surface(points, limit_minutes=self.minutes)
        return self.travelling.at(surface, ground.longitude[at], ground.latitude[at]) <= self.minutes
