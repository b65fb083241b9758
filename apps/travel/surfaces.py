"""
How many minutes it takes to reach places, over the grid of Mali. Heavy: only a worker imports this.

    travelling = Travelling.now()
    minutes = travelling.surface([(-8.0, 12.65)], limit_minutes=120)
    travelling.at(minutes, [-7.9], [12.7])
"""

from dataclasses import dataclass

import numpy as np

from apps.boundaries.models import Area
from apps.travel.ground import Ground, ground
from apps.travel.known import Known
from geo.grid import MALI, OFF_THE_GRID
from geo.travel import minutes_in, reach_of, travel_minutes
from layers.travel import Placing

MOST_CELLS_MOVED = 25
"""A place where nothing passes is moved up to so many kilometres: Mali's widest lakes are narrower. Ours."""

MOST_GROUNDS_KEPT = 2
_grounds: dict[tuple[str, tuple[int | None, ...]], Ground] = {}


@dataclass(frozen=True)
class Placed:
    """The cell of a place (-1, -1: it does not count), how far it was moved to get there, and why."""

    row: int
    col: int
    moved_metres: float
    why: Placing

    @property
    def counts(self):
        return self.row != OFF_THE_GRID


class Travelling(Known):
    """What is known of travel at one moment, and the minutes that follow."""

    @property
    def ground(self):
        """Return what lies in each cell, made once in a process for the same inputs."""
        rows = self.edition and self.edition.pk, *(layer.load_id for layer in self.layers.values())
        key = (self.key, rows)
        if key not in _grounds:
            while len(_grounds) >= MOST_GROUNDS_KEPT:
                _grounds.pop(next(iter(_grounds)))
            _grounds[key] = ground(
                Area.objects.regions(),
                self.layers,
                {(each.what, each.of_class): each.kmh for each in self.speeds},
                across_border=self.across_border,
            )
        return _grounds[key]

    def place(self, points):
        """
        Return where on the grid each of these points, (longitude, latitude), counts (`Placed`).

        One in water or on a barrier is moved to the nearest cell where something passes; one outside Mali
        does not count unless the border is open.
        """
        if not len(points):
            return []
        rows, cols = MALI.cells_of(*np.transpose(np.asarray(points, float)))
        return [self._placed(row, col) for row, col in zip(rows.tolist(), cols.tolist(), strict=True)]

    def _placed(self, row, col):
        if row == OFF_THE_GRID:
            return _uncounted(Placing.OFF_THE_GRID)
        if not (self.across_border or self.ground.in_mali[row, col]):
            return _uncounted(Placing.OUTSIDE_MALI)
        if np.isfinite(self.ground.friction[row, col]):
            return Placed(row, col, 0.0, Placing.AS_IT_IS)
        top, left = max(0, row - MOST_CELLS_MOVED), max(0, col - MOST_CELLS_MOVED)
        around = self.ground.friction[top : row + MOST_CELLS_MOVED + 1, left : col + MOST_CELLS_MOVED + 1]
        near_rows, near_cols = np.nonzero(np.isfinite(around))
        if not len(near_rows):
            return _uncounted(Placing.NO_GROUND_NEAR)
        cells = np.hypot(near_rows + top - row, near_cols + left - col)
        nearest = int(cells.argmin())
        return Placed(
            int(near_rows[nearest]) + top,
            int(near_cols[nearest]) + left,
            float(cells[nearest]) * MALI.cell_metres,
            Placing.OUT_OF_WATER if self.ground.stopped_by_water[row, col] else Placing.OFF_A_BARRIER,
        )

    def surface(self, points, limit_minutes=None):
        """
        Return the minutes from each cell of the grid to the nearest of these points; inf: unreachable.

        Points that do not count (`place`) are left out; without any, all is inf. Exactly the limit counts.
        """
        sources = sorted({(each.row, each.col) for each in self.place(points) if each.counts})
        return travel_minutes(
            self.ground.friction, sources, cell_metres=MALI.cell_metres, limit_minutes=limit_minutes
        )

    def at(self, surface, longitudes, latitudes):
        """Return the minutes of a surface at these places; nan: off the grid or out of Mali."""
        rows, cols = self.cells(longitudes, latitudes)
        return np.where(rows == OFF_THE_GRID, np.float32(np.nan), surface[rows, cols])

    def cells(self, longitudes, latitudes):
        """Return the row and column where each of these places counts; -1: nowhere."""
        rows, cols = MALI.cells_of(longitudes, latitudes)
        for index in np.flatnonzero((rows != OFF_THE_GRID) & ~np.isfinite(self.ground.friction[rows, cols])):
            placed = self._placed(int(rows[index]), int(cols[index]))
            rows[index], cols[index] = placed.row, placed.col
        return rows, cols

    def minutes_between(self, points, longitudes, latitudes, limit_minutes):
        """
        Return, for each point, which of the places can be reached within the limit, and in how many minutes.

        A list of (indices, minutes), one of each point; a point that does not count reaches none.
        """
        rows, cols = self.cells(longitudes, latitudes)
        counted = np.flatnonzero(rows != OFF_THE_GRID)
        return [self._reached(placed, rows, cols, counted, limit_minutes) for placed in self.place(points)]

    def _reached(self, placed, rows, cols, counted, limit_minutes):
        if not placed.counts:
            return np.empty(0, np.intp), np.empty(0, np.float32)
        source = [(placed.row, placed.col)]
        about = {"cell_metres": MALI.cell_metres, "limit_minutes": limit_minutes}
        window = reach_of(self.ground.friction, source, self.ground.fastest, **about)
        near = counted[_lies_in(window, rows[counted], cols[counted])]
        here = rows[near] - window[0].start, cols[near] - window[1].start
        minutes = minutes_in(self.ground.friction, source, window, **about)[here]
        reached = np.isfinite(minutes)
        return near[reached], minutes[reached]


def _lies_in(window, rows, cols):
    in_rows = (rows >= window[0].start) & (rows < window[0].stop)
    return in_rows & (cols >= window[1].start) & (cols < window[1].stop)


def _uncounted(why):
    return Placed(OFF_THE_GRID, OFF_THE_GRID, 0.0, why)
