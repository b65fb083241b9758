"""What patterns rest on: neighbours, points of events, cells of people. All spatial SQL of this app."""

from dataclasses import dataclass

import numpy as np
from django.db import connection

from geo.vocabulary import VIOLENT_EVENT_TYPES, Level

MEASURING = 7_113
"""The number of the lock that one measuring holds."""

COPY_PATTERNS = (
    "COPY patterns_pattern (measure, source, level, since, until, area_id, value, p_value, q_value, label,"
    " detail, why, inputs, made_at) FROM STDIN"
)

# Areas that share a border or a corner: queen contiguity.
NEIGHBOURS = """
SELECT one.id, another.id
FROM boundaries_area one
JOIN boundaries_area another ON one.id <> another.id AND ST_Intersects(one.boundary, another.boundary)
WHERE one.id = ANY(%(areas)s) AND another.id = ANY(%(areas)s)
"""

POINTS = """
SELECT occurred_on, geo_precision, ST_X(location::geometry), ST_Y(location::geometry),
       region_id, cercle_id, commune_id
FROM events_conflictevent
WHERE known_until IS NULL AND region_id IS NOT NULL AND source = %(source)s
  AND occurred_on BETWEEN %(since)s AND %(until)s AND event_type = ANY(%(types)s)
"""

BOXES = """
SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box), people FROM boundaries_densitycell
"""


@dataclass(frozen=True)
class EventPoints:
    """Violent events of a source, one place in each array for each. Areas are ids, 0 where there is none."""

    days: np.ndarray
    precisions: np.ndarray
    longitudes: np.ndarray
    latitudes: np.ndarray
    areas: dict[Level, np.ndarray]

    def where(self, chosen):
        """Return the events for which the array `chosen` is true."""
        return EventPoints(
            self.days[chosen],
            self.precisions[chosen],
            self.longitudes[chosen],
            self.latitudes[chosen],
            {level: areas[chosen] for level, areas in self.areas.items()},
        )


def _rows(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def wait_for_measuring():
    """Wait until no other transaction measures; held to the end of this one."""
    _rows("SELECT pg_advisory_xact_lock(%s)", [MEASURING])


def neighbours_of(areas):
    """Return, for each of these ids of areas in their order, the positions of its neighbours among them."""
    position = {area: number for number, area in enumerate(areas)}
    near = [[] for _ in areas]
    for one, another in _rows(NEIGHBOURS, {"areas": list(areas)}):
        near[position[one]].append(position[another])
    return [sorted(each) for each in near]


def violent_events(source, *, since, until):
    """Return the violent events of a source that happened on these days and lie in a region."""
    asked = {"source": source, "since": since, "until": until, "types": [str(t) for t in VIOLENT_EVENT_TYPES]}
    rows = _rows(POINTS, asked)
    days, precisions, longitudes, latitudes, *areas = zip(*rows, strict=True) if rows else [()] * 7
    return EventPoints(
        np.array(days, dtype="datetime64[D]"),
        np.array(precisions, dtype=int),
        np.array(longitudes, dtype=float),
        np.array(latitudes, dtype=float),
        {
            level: np.array([a or 0 for a in each], dtype=int)
            for level, each in zip(Level, areas, strict=True)
        },
    )


def boxes_of_people():
    """Return west, south, east, north and people of each cell of the raster in use."""
    return _rows(BOXES)
