"""Who lives where: the people of areas shared among their settlements, by rank, by a raster or by both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.shares import shared_out
from geo.vocabulary import SettlementClass

CLASS_WEIGHTS = {
    SettlementClass.CAPITAL: 2000,
    SettlementClass.REGION_SEAT: 130,
    SettlementClass.CERCLE_SEAT: 20,
    SettlementClass.COMMUNE_SEAT: 3,
    SettlementClass.VILLAGE: 1,
}
"""How many villages a settlement of each rank stands for: orders of magnitude, our choice."""

UNRANKED_WEIGHT = 1
"""A settlement whose rank is not told weighs as a village. Our choice."""

CLASS_SPREAD = 2.0
"""
By how much a drawn weight differs from the stated one: two draws of three lie between its half and its double
(one standard deviation of its logarithm). Orders of magnitude are no surer than that. Our choice.
"""

NO_CELL = -1


@dataclass(frozen=True)
class ToShare:
    """
    Settlements, the zones whose people they share, and the raster under them; arrays by settlement.

    `zone` numbers the zone of each settlement from 0; `people_of_zones` are whole numbers, NaN where unknown.
    `cell` numbers the part of a raster cell in its zone that holds it, `NO_CELL` where none does, and
    `people_of_cells` are the raster's people in each such part.
    """

    zone: np.ndarray
    people_of_zones: np.ndarray
    cell: np.ndarray
    people_of_cells: np.ndarray

    @property
    def without_raster(self) -> "ToShare":
        """Return the same, of which no raster tells."""
        return ToShare(self.zone, self.people_of_zones, np.full(len(self.zone), NO_CELL), np.zeros(0))


def class_weights(classes: Sequence[int | None]) -> np.ndarray:
    """
    Return the stated weight of each settlement by its rank; None and 0 (not told) weigh as a village.

    >>> class_weights([3, 5, None]).tolist()
    [20.0, 1.0, 1.0]
    """
    return np.array([_stated(each) for each in classes], float)


def _stated(settlement_class: int | None) -> float:
    return float(CLASS_WEIGHTS[SettlementClass(settlement_class)] if settlement_class else UNRANKED_WEIGHT)


def drawn_class_weights(
    classes: Sequence[int | None], draws: int, *, seed: int, spread: float = CLASS_SPREAD
) -> np.ndarray:
    """
    Return the weight of each settlement in each draw (draws x settlements).

    In one draw all settlements of a rank weigh alike: lognormal, its median the stated weight and its
    standard deviation the factor `spread`. Villages, and those whose rank is not told, are the unit: they
    weigh 1 always, since shares rest on the ratios of weights alone.

    >>> drawn_class_weights([1, 5], 2, seed=1, spread=1.0).tolist()
    [[2000.0, 1.0], [2000.0, 1.0]]
    """
    factors = np.exp(
        np.log(spread) * np.random.default_rng(seed).standard_normal((draws, len(CLASS_WEIGHTS)))
    )
    ranks = list(CLASS_WEIGHTS)
    factors[:, ranks.index(SettlementClass.VILLAGE)] = 1
    village = ranks.index(SettlementClass.VILLAGE)
    columns = [ranks.index(SettlementClass(each)) if each else village for each in classes]
    return class_weights(classes) * factors[:, columns]


def weights(by_class: np.ndarray, to_share: ToShare) -> np.ndarray:
    """
    Return what each settlement weighs in its zone (Mennis 2003): by the raster where it tells, and by rank.

    The people of a cell go to its settlements by rank; a settlement in no cell, or in one without people,
    weighs nothing. In a zone none of whose settlements lies in a cell with people, rank alone decides.
    """
    by_cell = _by_cell(by_class, to_share)
    told = np.bincount(to_share.zone, by_cell, minlength=len(to_share.people_of_zones)) > 0
    return np.where(told[to_share.zone], by_cell, by_class)


def _by_cell(by_class: np.ndarray, to_share: ToShare) -> np.ndarray:
    by_cell = np.zeros(len(by_class))
    inside = to_share.cell != NO_CELL
    cell = to_share.cell[inside]
    sums = np.bincount(cell, by_class[inside], minlength=len(to_share.people_of_cells))
    by_cell[inside] = to_share.people_of_cells[cell] * by_class[inside] / sums[cell]
    return by_cell


def raster_weights(to_share: ToShare) -> np.ndarray:
    """
    Return what each settlement weighs by the raster alone: an equal part of its cell's people.

    NaN in a zone none of whose settlements lies in a cell with people: the raster tells nothing there, and
    equal parts would be invented.
    """
    by_cell = _by_cell(np.ones(len(to_share.zone)), to_share)
    told = np.bincount(to_share.zone, by_cell, minlength=len(to_share.people_of_zones)) > 0
    return np.where(told[to_share.zone], by_cell, np.nan)


def people_of_weights(weighed: np.ndarray, to_share: ToShare) -> np.ndarray:
    """
    Return the people of each settlement, whole numbers as floats that sum to its zone's people exactly.

    Largest remainders (`geo.shares.shared_out`), in the order of the settlements. NaN where the zone has no
    figure or its weights are not told.
    """
    people = np.full(len(weighed), np.nan)
    order = np.argsort(to_share.zone, kind="stable")
    sizes = np.bincount(to_share.zone, minlength=len(to_share.people_of_zones))
    ends = np.cumsum(sizes)
    for total, first, end in zip(to_share.people_of_zones, ends - sizes, ends, strict=True):
        members = order[first:end]
        if len(members) and not np.isnan(total) and not np.isnan(weighed[members]).any():
            people[members] = shared_out(int(total), weighed[members].tolist())
    return people


def people_of_draws(weighed: np.ndarray, to_share: ToShare) -> np.ndarray:
    """
    Return the people of each settlement in each draw of weights (draws x settlements); NaN without a figure.

    Whole numbers that sum to the people of the zone exactly, none more than one from its exact share: the
    running sum of the shares is rounded, and each settlement gets what the sum grows by at it.
    """
    if not weighed.size:
        return np.zeros(weighed.shape)
    order = np.argsort(to_share.zone, kind="stable")
    zone = to_share.zone[order]
    known = np.nan_to_num(to_share.people_of_zones)[zone]
    people = np.empty(weighed.shape)
    for draw, each in enumerate(weighed):
        sums = np.bincount(to_share.zone, each, minlength=len(to_share.people_of_zones))
        grown = np.rint(np.cumsum(known * each[order] / sums[zone]))
        people[draw, order] = np.diff(grown, prepend=0)
    people[:, np.isnan(to_share.people_of_zones)[to_share.zone]] = np.nan
    return people


def settlement_weights(
    classes: Sequence[int | None], cells: Sequence[int | None], people_of_cells: Mapping[int, float]
) -> list[float]:
    """
    Return the weight of each settlement of one cercle, by the raster where it tells and by rank.

    `cells` names the cell each settlement lies in (None: in none), `people_of_cells` the people of the
    part of each cell inside the cercle. See `weights`.

    >>> settlement_weights([3, 5, 5], [1, 1, 2], {1: 210, 2: 90})
    [200.0, 10.0, 90.0]
    >>> settlement_weights([3, 5, None], [None, None, None], {})
    [20.0, 1.0, 1.0]
    """
    numbers = {cell: number for number, cell in enumerate(people_of_cells)}
    to_share = ToShare(
        zone=np.zeros(len(classes), int),
        people_of_zones=np.full(1, np.nan),
        cell=np.array([NO_CELL if each is None else numbers.get(each, NO_CELL) for each in cells], int),
        people_of_cells=np.array(list(people_of_cells.values()), float),
    )
    told: list[float] = weights(class_weights(classes), to_share).tolist()
    return told


def people_of_settlements(
    people: int | None,
    classes: Sequence[int | None],
    cells: Sequence[int | None],
    people_of_cells: Mapping[int, float],
) -> list[int | None]:
    """
    Return the people of each settlement of a cercle: whole numbers that sum to `people` exactly.

    Weights are those of `settlement_weights`. Without a figure for the cercle none has one: None, not 0.

    >>> people_of_settlements(1000, [3, 5, 5], [1, 1, 2], {1: 210, 2: 90})
    [667, 33, 300]
    >>> people_of_settlements(None, [3], [None], {})
    [None]
    """
    if people is None:
        return [None] * len(classes)
    if not classes:
        return []
    return list(shared_out(people, settlement_weights(classes, cells, people_of_cells)))
