"""
How long it takes to get somewhere over a grid: speeds make friction, friction makes minutes.

Least-cost distance from cell to cell (Tobler 1993 on slopes; Ray and Ebener 2008 and Weiss et al. 2018 on
friction). Only a worker imports this: scikit-image is heavy.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from skimage.graph import MCP_Geometric

Floats = NDArray[Any]
Cell = tuple[int, int]
Window = tuple[slice, slice]

MINUTES_PER_METRE_AT_1_KMH = 0.06

STEEPNESS = 3.5
"""How fast walking slows as the ground rises: exp(-3.5 x rise / run) (Tobler 1993)."""

MOST_CLASSES = 32
"""Classes are bits of a 32-bit number, so that a cell keeps all that pass through it."""


def slope_factor(slope: Floats) -> Floats:
    """
    Return the share of the walking speed on the flat that is left on this slope (rise / run, not degrees).

    Tobler (1993), counted as uphill both ways: a way there and a way back take equally long. An unknown
    slope (nan) slows nothing.

    >>> slope_factor(np.array([0.0, 0.1, np.nan])).round(3).tolist()
    [1.0, 0.705, 1.0]
    """
    return np.where(np.isnan(slope), 1.0, np.exp(-STEEPNESS * np.abs(slope)))


def class_speeds(classes: NDArray[np.uint32], kmh: Sequence[float], *, fastest: bool) -> Floats:
    """
    Return the km/h of each cell by the classes that pass through it: bit k stands for that of `kmh[k]`.

    The fastest class of a cell decides, or the slowest; nan where none passes.

    >>> class_speeds(np.array([[0, 1, 3]], np.uint32), [80.0, 20.0], fastest=True).tolist()
    [[nan, 80.0, 80.0]]
    >>> class_speeds(np.array([[0, 1, 3]], np.uint32), [80.0, 20.0], fastest=False).tolist()
    [[nan, 80.0, 20.0]]
    """
    speeds = np.full(classes.shape, np.nan, np.float32)
    for bit in sorted(range(len(kmh)), key=lambda bit: kmh[bit], reverse=not fastest):
        speeds[(classes & np.uint32(1 << bit)) > 0] = kmh[bit]
    return speeds


def friction(
    walking_kmh: Floats,
    *,
    roads_kmh: Floats | None = None,
    crossings_kmh: Sequence[Floats] = (),
    given: Floats | None = None,
    passable: NDArray[np.bool_] | None = None,
) -> Floats:
    """
    Return the minutes that a metre takes in each cell; inf where nothing passes.

    One walks at `walking_kmh`, no faster than each of `crossings_kmh` (rivers, barriers; nan: nothing to
    cross; 0: stopped). Where `roads_kmh` tells a speed above 0 a road passes: it crosses what is in its
    cell (a bridge), and whichever is faster counts. `given` is a friction of the operator's, in minutes per
    metre: where it is not nan it takes the place of all these. Outside `passable` nothing passes. All
    arrays have the shape of the grid.
    """
    kmh = walking_kmh
    for crossing in crossings_kmh:
        kmh = np.fmin(kmh, crossing)
    if roads_kmh is not None:
        kmh = np.fmax(kmh, roads_kmh)
    with np.errstate(divide="ignore"):
        minutes = MINUTES_PER_METRE_AT_1_KMH / kmh
    if given is not None:
        minutes = np.where(np.isnan(given), minutes, given)
    if passable is not None:
        minutes = np.where(passable, minutes, np.inf)
    return minutes


def travel_minutes(
    friction: Floats, sources: Sequence[Cell], *, cell_metres: float, limit_minutes: float | None = None
) -> NDArray[np.float32]:
    """
    Return the minutes from each cell to the nearest of `sources`, (row, column) each; inf: unreachable.

    From a cell to one of its eight neighbours it takes half the friction of each over the length between
    their middles (`skimage.graph.MCP_Geometric`). Beyond `limit_minutes` all is inf, exactly at it counts.
    Without a source nothing is reachable. `friction` is in minutes per metre; inf: nothing passes. On open
    ground ways are up to 8.2 % longer than straight (`geo.grid.GREATEST_DETOUR`). Raises ValueError for a
    source where nothing passes: move it to where something does, or leave it out.
    """
    for row, col in sources:
        if not math.isfinite(friction[row, col]):
            raise ValueError(
                f"nothing passes in cell ({row}, {col}): move the source to where something does"
            )
    if not sources:
        return np.full(friction.shape, np.inf, np.float32)
    if limit_minutes is not None:
        friction = _within_reach(friction, sources, cell_metres=cell_metres, limit_minutes=limit_minutes)
    near = _passable_box(friction)
    found = minutes_in(friction, sources, near, cell_metres=cell_metres, limit_minutes=limit_minutes)
    minutes = np.full(friction.shape, np.inf, np.float32)
    minutes[near] = found
    return minutes


def minutes_in(
    friction: Floats,
    sources: Sequence[Cell],
    window: Window,
    *,
    cell_metres: float,
    limit_minutes: float | None = None,
) -> NDArray[np.float32]:
    """Return what `travel_minutes` does for the cells of a window, by ways that do not leave it."""
    (first_row, first_col), here = (window[0].start, window[1].start), friction[window]
    # By columns, as MCP keeps them: else it makes a copy. Below 0 nothing passes.
    costs = np.asfortranarray(np.nan_to_num(here * cell_metres, copy=False, posinf=-1.0))
    found, _ = MCP_Geometric(costs).find_costs([(row - first_row, col - first_col) for row, col in sources])
    minutes = found.astype(np.float32)
    if limit_minutes is not None:
        minutes[minutes > np.float32(limit_minutes)] = np.inf
    return minutes


def reach_of(
    friction: Floats, sources: Sequence[Cell], fastest: float, *, cell_metres: float, limit_minutes: float
) -> Window:
    """
    Return the rows and columns that hold every way of up to the limit from these sources.

    `fastest` is the least friction anywhere. Where no cell around is as fast, the window is drawn closer.
    """
    around = _window(sources, limit_minutes / (fastest * cell_metres))
    while (here := float(friction[around].min())) > fastest:
        fastest = here
        around = _window(sources, limit_minutes / (fastest * cell_metres))
    return around


def _window(sources: Sequence[Cell], reach_cells: float) -> Window:
    cells = int(reach_cells) + 1
    rows, cols = zip(*sources, strict=True)
    return (
        slice(max(0, min(rows) - cells), max(rows) + cells + 1),
        slice(max(0, min(cols) - cells), max(cols) + cells + 1),
    )


def _passable_box(friction: Floats) -> Window:
    passable = np.isfinite(friction)
    rows, cols = (np.flatnonzero(passable.any(axis=axis)) for axis in (1, 0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(cols[0]), int(cols[-1]) + 1)


def _within_reach(
    friction: Floats, sources: Sequence[Cell], *, cell_metres: float, limit_minutes: float
) -> Floats:
    """Return the friction with nothing passing where no way of up to the limit can lead."""
    fastest = float(friction.min())
    around = np.zeros(friction.shape, bool)
    for source in sources:
        around[
            reach_of(friction, [source], fastest, cell_metres=cell_metres, limit_minutes=limit_minutes)
        ] = True
    return np.where(around, friction, np.inf)
