"""Class limits of a choropleth: few, readable, and the same for everybody."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import floor, log10

CLASSES = 5
"""Five shades are as many as an eye tells apart on a screen in the sun (Brewer 1994)."""


def readable(value: float) -> float:
    """
    Return `value` rounded to two significant digits, as a legend prints it.

    >>> readable(1234.5), readable(0.0456), readable(0)
    (1200.0, 0.046, 0.0)
    """
    if value == 0:
        return 0.0
    return float(round(value, 1 - floor(log10(abs(value)))))


def class_limits(values: Iterable[float | None], *, classes: int = CLASSES) -> list[float]:
    """
    Return the upper limits of the classes above zero, rising, each readable; the last holds the maximum.

    Zero is a class of its own and missing values (None) belong to none: neither takes part. The limits
    are quantiles, so that each class holds about as many areas, rounded to two digits and merged when
    rounding makes two equal: fewer areas than classes give fewer classes. No positive value: no limit.

    >>> class_limits([None, 0, 1, 2, 3, 4, 5])
    [1.0, 2.0, 3.0, 4.0, 5.0]
    >>> class_limits([0, 0, None])
    []
    """
    positive = sorted(value for value in values if value)
    if not positive:
        return []
    quantiles = [positive[-(-len(positive) * k // classes) - 1] for k in range(1, classes + 1)]
    limits = sorted({readable(quantile) for quantile in quantiles})
    if limits[-1] < positive[-1]:
        limits[-1] = _readable_above(positive[-1])
    return limits


def _readable_above(value: float) -> float:
    """Return the least readable number that is not below `value`."""
    step = 10.0 ** (floor(log10(value)) - 1)
    rounded = readable(value)
    return rounded if rounded >= value else readable(rounded + step)


def class_of(value: float | None, limits: Sequence[float]) -> int | None:
    """
    Return 0 for zero, 1 to len(limits) for the class whose upper limit is the first not below `value`.

    None (no data) has no class. A value exactly at a limit belongs to the class that the limit closes.

    >>> class_of(10, [10, 20]), class_of(10.1, [10, 20]), class_of(0, [10, 20]), class_of(None, [10])
    (1, 2, 0, None)
    """
    if value is None:
        return None
    if value == 0:
        return 0
    return bisect_left(limits, value) + 1


def class_counts(values: Iterable[float | None], limits: Sequence[float]) -> tuple[list[int], int]:
    """Return how many areas fall in each class, zero's first, and how many have no data."""
    classes = [class_of(value, limits) for value in values]
    return [classes.count(k) for k in range(len(limits) + 1)], classes.count(None)
