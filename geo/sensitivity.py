"""
What a choice hangs on most: which source of doubt, and which criterion.

Sobol indices share out the variance of a result among its sources of doubt (Sobol 2001, Saltelli et al.
2010). There are two results: how far ranks move from the choice as it stands (Saisana, Saltelli and Tarantola
2005), and how many of its cercles stay. Brings SALib and scipy: for workers, never for a web process.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import sobol as analysing
from SALib.sample import sobol as sampling
from scipy.special import gammaincinv

from geo.choosing import Rules
from geo.robustness import CHUNK, SEED, USUAL, Draw, Model, Outcome, Spread, Zone, pool_size, weighed

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SAMPLES = 1024
"""Pairs of draws, a power of 2. With five sources of doubt the choice is made 1024 x 7 times."""

RESAMPLES = 2
"""The least that SALib takes; its interval by resampling is not used."""


class Source(StrEnum):
    """What can be in doubt about a choice."""

    WEIGHTS = "weights"
    NORMALISATION = "normalisation"
    AGGREGATION = "aggregation"
    PLACES = "places"
    FILLED = "filled"


@dataclass(frozen=True)
class Indices:
    """
    The share of variance that a source makes alone (`first`), and with all it acts together with (`total`).

    None where the result never changes. Estimates: a small one can come out below 0, and is told so.
    """

    first: float | None
    total: float | None


@dataclass(frozen=True)
class Sensitivity:
    """
    Of each source in doubt, its part in two results, with their means over the draws.

    `shift` is the average shift in rank against the choice as it stands, in ranks; `staying` the number of
    its cercles that stay chosen. `evaluations` is how many times the choice was made.
    """

    shift: Mapping[Source, Indices]
    staying: Mapping[Source, Indices]
    mean_shift: float
    mean_staying: float
    evaluations: int


def sobol(
    zones: Sequence[Zone], rules: Rules, *, spread: Spread = USUAL, seed: int = SEED, samples: int = SAMPLES
) -> Sensitivity:
    """
    Return the first-order and total Sobol index of each source of doubt; the weights of all zones are one.

    Sources that `spread` and the criteria leave in no doubt are not in it. `samples` is a power of 2; the
    same arguments give the same answer.
    """
    columns = _columns(zones, spread)
    problem = _problem(columns)
    uniforms = sampling.sample(problem, samples, calc_second_order=False, seed=seed)
    shift, staying = _results(zones, rules, spread, columns, uniforms)
    groups = len(set(problem["groups"]))
    return Sensitivity(
        _indices(problem, shift, columns),
        _indices(problem, staying, columns),
        float(_ends(shift, groups).mean()),
        float(_ends(staying, groups).mean()),
        len(uniforms),
    )


def _columns(zones: Sequence[Zone], spread: Spread) -> list[Source]:
    """Return whose each uniform number is: one a weighty criterion, one for each other source in doubt."""
    weighty = [sum(share > 0 for share in zone.shares) for zone in zones]
    is_weight_drawn = spread.concentration is not None and max(weighty) > 1
    sizes = {
        Source.NORMALISATION: len(spread.normalisations),
        Source.AGGREGATION: len(spread.aggregations),
        Source.PLACES: pool_size(zones, "placed") if spread.is_placed else 1,
        Source.FILLED: pool_size(zones, "filled") if spread.is_filled else 1,
    }
    weights = [Source.WEIGHTS] * sum(weighty) if is_weight_drawn else []
    return weights + [source for source, size in sizes.items() if size > 1]


def _problem(columns: Sequence[Source]) -> dict:  # type: ignore[type-arg]
    groups = [*columns, *IDLE[min(len(set(columns)), 2) :]]
    return {
        "num_vars": len(groups),
        "names": [f"u{at}" for at in range(len(groups))],
        "groups": groups,
        "bounds": [[0.0, 1.0]] * len(groups),
    }


IDLE = ("nothing", "nothing else")
"""SALib takes two groups or more: those that change nothing make up the number."""


def _results(
    zones: Sequence[Zone], rules: Rules, spread: Spread, columns: Sequence[Source], uniforms: Floats
) -> tuple[Floats, Floats]:
    """Return of each row of uniform numbers the average shift in rank, and how many cercles stay."""
    model = Model(zones, rules, spread)
    chosen = weighed(zones, rules, [np.array([zone.shares], dtype=float) for zone in zones])
    shift, staying = np.empty(len(uniforms)), np.empty(len(uniforms))
    for begin in range(0, len(uniforms), CHUNK):
        rows = slice(begin, begin + CHUNK)
        found = model.outcome(_draw(zones, spread, columns, uniforms[rows]))
        shift[rows] = average_shift(found, chosen)
        staying[rows] = (found.chosen & chosen.chosen).sum(axis=1)
    return shift, staying


def average_shift(found: Outcome, chosen: Outcome) -> Floats:
    """Return of each draw by how many ranks a cercle moves on average, among those ranked in both."""
    moved = np.abs(found.ranks - chosen.ranks)
    ranked = ~np.isnan(moved)
    return np.where(ranked, moved, 0).sum(axis=1) / np.maximum(ranked.sum(axis=1), 1)


def _draw(zones: Sequence[Zone], spread: Spread, columns: Sequence[Source], uniforms: Floats) -> Draw:
    def of(source: Source) -> Floats:
        return uniforms[:, [at for at, each in enumerate(columns) if each is source]]

    def place(source: Source, size: int) -> Integers:
        own = of(source)
        return (own[:, 0] * size).astype(np.int64) if own.size else np.zeros(len(uniforms), dtype=np.int64)

    return Draw(
        dirichlet_weights(zones, spread, of(Source.WEIGHTS)),
        place(Source.NORMALISATION, len(spread.normalisations)),
        place(Source.AGGREGATION, len(spread.aggregations)),
        place(Source.PLACES, pool_size(zones, "placed")),
        place(Source.FILLED, pool_size(zones, "filled")),
    )


def dirichlet_weights(zones: Sequence[Zone], spread: Spread, uniforms: Floats) -> list[Floats]:
    """
    Return weights by zone, (draws, criteria), from uniform numbers, a column for each weighty criterion.

    Each is a gamma variable, by its inverse distribution, divided by their sum in the zone.
    """
    found, begin = [], 0
    for zone in zones:
        shares = np.asarray(zone.shares, dtype=float)
        weights = np.tile(shares, (len(uniforms), 1))
        weighty = shares > 0
        own = uniforms[:, begin : begin + weighty.sum()]
        if own.size and spread.concentration is not None:
            # A share next to nothing gives gammas below the least number there is; all of them would be 0/0.
            gammas = np.maximum(gammaincinv(shares[weighty] * spread.concentration, own), LEAST)
            weights[:, weighty] = gammas / gammas.sum(axis=1, keepdims=True)
        found.append(weights)
        begin += weighty.sum()
    return found


LEAST = float(np.finfo(float).tiny)


def _indices(problem: dict, results: Floats, columns: Sequence[Source]) -> dict[Source, Indices]:  # type: ignore[type-arg]
    sources = list(dict.fromkeys(columns))
    if not np.ptp(_ends(results, len(set(problem["groups"])))):
        return dict.fromkeys(sources, Indices(None, None))
    with warnings.catch_warnings():
        # Of its two resamples one may be constant: their interval is not used.
        warnings.filterwarnings("ignore", message="Constant values encountered")
        found = analysing.analyze(
            problem, results, calc_second_order=False, num_resamples=RESAMPLES, seed=SEED
        )
    return {
        source: Indices(float(first), float(total))
        for source, first, total in zip(sources, found["S1"], found["ST"], strict=False)
    }


def _ends(results: Floats, groups: int) -> Floats:
    """Return the results of plain draws, first and last of each block: between them one source is swapped."""
    blocks = results.reshape(-1, groups + 2)
    return blocks[:, [0, -1]]


@dataclass(frozen=True)
class Exchange:
    """The places of those that come into a choice, and of those that leave it."""

    enters: tuple[int, ...]
    leaves: tuple[int, ...]


def leave_one_out(zones: Sequence[Zone], rules: Rules) -> Mapping[str, Mapping[str, Exchange | None]]:
    """
    Return, by zone and criterion, who enters and who leaves when that criterion is dropped.

    The others keep their proportions; a cercle that lacked only this criterion is then ranked. None where no
    other criterion of the zone has weight: nothing would be left to rank by.
    """
    shares = [np.array([zone.shares], dtype=float) for zone in zones]
    chosen = weighed(zones, rules, shares).chosen[0]
    found: dict[str, dict[str, Exchange | None]] = {}
    for at, zone in enumerate(zones):
        found[zone.key] = {}
        for place, criterion in enumerate(zone.criteria):
            rest = np.where(np.arange(len(zone.shares)) == place, 0.0, shares[at])
            exchange = None
            if rest.any():
                others = [*shares[:at], rest / rest.sum(), *shares[at + 1 :]]
                exchange = _exchange(chosen, weighed(zones, rules, others).chosen[0])
            found[zone.key][criterion.key] = exchange
    return found


def _exchange(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> Exchange:
    return Exchange(
        tuple(np.flatnonzero(after & ~before).tolist()), tuple(np.flatnonzero(before & ~after).tolist())
    )
