"""Months of one area as a small drawing beside its numbers."""

from dataclasses import dataclass

WIDTH, HEIGHT = 96, 24
GAP = 0.25
"""Share of a month's width left empty."""


@dataclass(frozen=True)
class Sparkline:
    """One bar a month, the highest as high as the drawing; `most` says what that is."""

    path: str
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(counts):
    """
    Return the drawing of counts of successive months; None without any.

    >>> sparkline([1, 0, 2]).path
    'M0 24V12h24V24zM64 24V0h24V24z'
    """
    most = max(counts, default=0)
    if not most:
        return None
    step = WIDTH / len(counts)
    return Sparkline("".join(_bar(n, count / most, step) for n, count in enumerate(counts) if count), most)


def _bar(number, share, step):
    left, top, wide = (_plain(value) for value in (number * step, HEIGHT * (1 - share), step * (1 - GAP)))
    return f"M{left} {HEIGHT}V{top}h{wide}V{HEIGHT}z"


def _plain(value):
    return f"{round(value, 1):g}"
