"""Is it rising or falling? The yearly change of monthly counts, with its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEAST_MONTHS = 12
LEAST_EVENTS = 10
LEAST_MONTHS_WITH_EVENTS = 3
"""Below any of these a line through the counts says more of chance than of change. Our choice."""

CONFIDENCE = 0.95
ROUNDS = 50
CLOSE_ENOUGH = 1e-10


@dataclass(frozen=True, slots=True)
class Trend:
    """
    The change a year as a share (0.5: half as many again; -0.5: half as many), with its interval of 95 %.

    `dispersion` is how much more the months vary than chance alone (Poisson) would have them, at least 1.
    """

    change: float
    low: float
    high: float
    dispersion: float

    @property
    def direction(self) -> str:
        """Return rising, falling, or unclear where the interval holds no change."""
        if self.low > 0:
            return "rising"
        return "falling" if self.high < 0 else "unclear"


def trend(counts: Sequence[int]) -> Trend | None:
    """
    Return the trend of counts of successive months; None where there are too few to tell.

    log of the expected count = a + b t, t in years, fitted by quasi-likelihood (Wedderburn 1974; McCullagh
    and Nelder 1989): iteratively reweighted least squares, then the variance of b times the dispersion,
    Pearson's chi-square over the months less two, at least 1. Interval by Student's t.

    >>> trend([4, 4, 5]) is None
    True
    >>> doubled_each_month = trend([2**month for month in range(12)])
    >>> round(doubled_each_month.change + 1)
    4096
    """
    y = np.asarray(counts, dtype=float)
    if len(y) < LEAST_MONTHS or y.sum() < LEAST_EVENTS or np.count_nonzero(y) < LEAST_MONTHS_WITH_EVENTS:
        return None
    years = (np.arange(len(y)) - (len(y) - 1) / 2) / 12
    slope, expected = _fitted(y, years)
    dispersion = max(1.0, float(((y - expected) ** 2 / expected).sum() / (len(y) - 2)))
    middle = (expected * years).sum() / expected.sum()
    error = np.sqrt(dispersion / (expected * (years - middle) ** 2).sum())
    reach = student(0.5 + CONFIDENCE / 2, degrees=len(y) - 2) * float(error)
    return Trend(_change(slope), _change(slope - reach), _change(slope + reach), dispersion)


def _fitted(y: NDArray[np.float64], years: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return b and the expected counts of the most likely line."""
    design = np.column_stack([np.ones_like(years), years])
    ab = np.array([np.log(y.mean()), 0.0])
    for _ in range(ROUNDS):
        expected = np.exp(design @ ab)
        step = np.linalg.solve(design.T @ (design * expected[:, None]), design.T @ (y - expected))
        # A full step may overshoot where nearly all happens in one month: ten-fold a round is enough.
        step *= min(1.0, np.log(10) / max(np.abs(design @ step).max(), CLOSE_ENOUGH))
        ab = ab + step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return float(ab[1]), np.exp(design @ ab)


def _change(slope: float) -> float:
    return exp(min(slope, 700.0)) - 1


def student(share: float, *, degrees: int) -> float:
    """
    Return the value below which this share of Student's t lies, to three decimals from 5 degrees of freedom.

    Abramowitz and Stegun (1964), 26.7.5.

    >>> round(student(0.975, degrees=10), 3), round(student(0.975, degrees=34), 3)
    (2.228, 2.032)
    """
    z, v = NormalDist().inv_cdf(share), degrees
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
