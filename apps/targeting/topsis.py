"""
TOPSIS: how near each cercle comes to the best of every criterion, beside our two means (Hwang and Yoon 1981).

Imports scikit-criteria, which takes seconds and hundreds of megabytes: for workers and commands only.
"""

import numpy as np
from skcriteria import mkdm
from skcriteria.agg.topsis import TOPSIS
from skcriteria.preprocessing.scalers import VectorScaler


def topsis(values, shares, *, falls):
    """
    Return the closeness of each cercle to the best there is, 0 to 1; NaN where a value it needs is.

    `values` are (criteria, cercles) in their own units, NaN where not known; `shares` sum to 1, and what has
    none takes no part. `falls` says of each criterion whether less of it speaks for a cercle. Cercles that no
    criterion tells apart are at 0.
    """
    values, shares = np.asarray(values, dtype=float), np.asarray(shares, dtype=float)
    rising = np.where(np.asarray(falls)[:, None], -values, values)[shares > 0]
    known = ~np.isnan(rising).any(axis=0)
    found = np.full(values.shape[1], np.nan)
    if known.any():
        found[known] = _closeness(rising[:, known], shares[shares > 0])
    return found


def _closeness(rising, shares):
    # Of equal values the best is the worst: they take no part, and all zeros have no length to be divided by.
    differ = rising.max(axis=1) > rising.min(axis=1)
    if not differ.any():
        return 0.0
    asked = mkdm(rising[differ].T, [max] * differ.sum(), weights=shares[differ])
    return TOPSIS().evaluate(VectorScaler("matrix").transform(asked)).e_.similarity
