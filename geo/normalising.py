"""
Criteria on one scale: from a value to how much it speaks for a cercle, 0 to 1 (Nardo et al. 2008, step 5).

A scale first logs a value if asked to, then normalises it, then takes the direction into account. Arrays are
(..., cercles): the last axis is what is normalised together. NaN is not known and stays NaN. The browser
does the same arithmetic (static/js/normalising.js), equal to 1e-9.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Place = Callable[[Floats], Floats]

Z_LIMIT = 3.0
"""Standard deviations at which a z-score ends: three below the mean is 0, three above is 1. Our choice."""


class Normalisation(StrEnum):
    """How values become comparable."""

    MIN_MAX = "min_max"
    PERCENTILE = "percentile"
    Z_SCORE = "z_score"


class Direction(StrEnum):
    """What more of a criterion says; BAND: for a cercle up to a limit, against it beyond another."""

    MORE = "more"
    LESS = "less"
    BAND = "band"


@dataclass(frozen=True)
class Scale:
    """
    How the values of a criterion are read.

    `bounds` are fixed limits of min-max, in the unit of the values; a value beyond counts as the limit.
    `band` holds the two limits between which a value is best. `is_logged` reads ln(1 + value), of limits too.
    Raises ValueError for what means nothing.
    """

    normalisation: Normalisation = Normalisation.MIN_MAX
    direction: Direction = Direction.MORE
    bounds: tuple[float, float] | None = None
    band: tuple[float, float] | None = None
    is_logged: bool = False

    def __post_init__(self) -> None:
        if self.bounds and self.normalisation is not Normalisation.MIN_MAX:
            raise ValueError("fixed bounds are of min-max: drop them, or choose min-max")
        if self.bounds and not self.bounds[0] < self.bounds[1]:
            raise ValueError(f"the lower bound must be below the upper one, not {self.bounds}")
        if (self.direction is Direction.BAND) != (self.band is not None):
            raise ValueError("a band goes with the direction 'band', and only with it")
        if self.band and not self.band[0] <= self.band[1]:
            raise ValueError(f"a band begins before it ends, not {self.band}")
        if (
            self.band
            and self.bounds
            and not (self.bounds[0] <= self.band[0] and self.band[1] <= self.bounds[1])
        ):
            raise ValueError(f"the band {self.band} must lie within the bounds {self.bounds}")
        if self.is_logged and any(limit < 0 for limit in (*(self.bounds or ()), *(self.band or ()))):
            raise ValueError("a logarithm takes no negative limit")


def normalised(values: ArrayLike, scale: Scale) -> Floats:
    """
    Return how much each value speaks for its cercle, 0 to 1, NaN where it is not known.

    Values that are all equal become 0 whatever the direction, for they tell nothing apart; not so between
    fixed bounds. Raises ValueError for a negative value of which the logarithm is asked.

    >>> normalised([10, 15, float("nan"), 20], Scale()).tolist()
    [0.0, 0.5, nan, 1.0]
    >>> normalised([10, 15, 20], Scale(direction=Direction.LESS)).tolist()
    [1.0, 0.5, 0.0]
    >>> normalised([0, 5, 10, 20], Scale(direction=Direction.BAND, band=(10, 10))).tolist()
    [0.0, 0.5, 1.0, 0.0]
    """
    read = _logged(np.asarray(values, dtype=float), scale)
    place = _placing(read, scale)
    found = np.clip(place(read), 0, 1)
    if scale.direction is Direction.LESS:
        found = 1 - found
    elif scale.band:
        found = _in_band(read, found, place, _logged(np.array(scale.band, dtype=float), scale))
    if not scale.bounds:
        found = np.where(_are_equal(read), 0.0, found)
    return np.where(np.isnan(read), np.nan, found)


def _logged(values: Floats, scale: Scale) -> Floats:
    if not scale.is_logged:
        return values
    if (values < 0).any():
        raise ValueError("a logarithm takes no negative value")
    return np.log1p(values)


def _are_equal(read: Floats) -> NDArray[np.bool_]:
    low, high = _ends(read)
    return ~(low < high)


def _ends(read: Floats) -> tuple[Floats, Floats]:
    """Return the least and the greatest known value of each row; the wrong way round where none is known."""
    low = np.fmin.reduce(read, axis=-1, keepdims=True, initial=np.inf)
    return low, np.fmax.reduce(read, axis=-1, keepdims=True, initial=-np.inf)


def _placing(read: Floats, scale: Scale) -> Place:
    """Return the function that places values among those that are read: 0 to 1 between the two ends."""
    if scale.normalisation is Normalisation.PERCENTILE:
        return lambda values: percentiles(read) if values is read else _share_below(read, values)
    if scale.normalisation is Normalisation.Z_SCORE:
        low, high = _z_ends(read)
    elif scale.bounds:
        low, high = _logged(np.array(scale.bounds, dtype=float), scale)
    else:
        low, high = _ends(read)
    return lambda values: _divided(values - low, high - low)


def _divided(values: Floats, by: Floats) -> Floats:
    """Return the quotients; 0 where there is no width to divide by."""
    return np.divide(values, by, out=np.zeros(np.broadcast_shapes(values.shape, np.shape(by))), where=by > 0)


def _z_ends(read: Floats) -> tuple[Floats, Floats]:
    known = np.maximum((~np.isnan(read)).sum(axis=-1, keepdims=True), 1)
    mean = np.nansum(read, axis=-1, keepdims=True) / known
    deviation = np.sqrt(np.nansum((read - mean) ** 2, axis=-1, keepdims=True) / known)
    return mean - Z_LIMIT * deviation, mean + Z_LIMIT * deviation


def percentiles(read: ArrayLike) -> Floats:
    """
    Return the share of the other known values that lie below each, those equal to it counted for half.

    >>> percentiles([5, 1, 3, 3, float("nan")]).tolist()
    [1.0, 0.0, 0.5, 0.5, nan]
    """
    rows = np.asarray(read, dtype=float)
    order = np.argsort(rows, axis=-1, kind="stable")
    in_order = np.take_along_axis(rows, order, axis=-1)
    places = np.broadcast_to(np.arange(rows.shape[-1]), rows.shape)
    begins = np.ones(rows.shape, dtype=bool)
    begins[..., 1:] = in_order[..., 1:] != in_order[..., :-1]
    ends = np.ones(rows.shape, dtype=bool)
    ends[..., :-1] = begins[..., 1:]
    first = np.maximum.accumulate(np.where(begins, places, 0), axis=-1)
    last = np.minimum.accumulate(np.where(ends, places, rows.shape[-1])[..., ::-1], axis=-1)[..., ::-1]
    found = np.empty(rows.shape)
    others = (~np.isnan(rows)).sum(axis=-1, keepdims=True) - 1
    np.put_along_axis(found, order, (first + last) / 2 / np.maximum(others, 1), axis=-1)
    return np.where(np.isnan(rows), np.nan, found)


def _share_below(read: Floats, limits: Floats) -> Floats:
    """Return where each limit would stand among the values that are read, by the rule of `percentiles`."""
    others = np.maximum((~np.isnan(read)).sum(axis=-1, keepdims=True) - 1, 1)
    below = np.stack([(read < limit).sum(axis=-1) for limit in limits], axis=-1)
    equal = np.stack([(read == limit).sum(axis=-1) for limit in limits], axis=-1)
    return (below + (equal - 1) / 2) / others


def _in_band(read: Floats, found: Floats, place: Place, band: Floats) -> Floats:
    """
    Return 1 within the band; below it the share of the way to it, beyond it the share of the way left.

    A limit that no value reaches stands beyond 0 to 1, so that nothing outside the band counts as within it.
    """
    from_below, from_above = np.split(place(band), 2, axis=-1)
    rising = _divided(found, from_below)
    falling = _divided(1 - found, 1 - from_above)
    low, high = band
    return np.where(read < low, rising, np.where(read > high, falling, 1.0))
