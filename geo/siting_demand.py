"""
Demands of a choice of sites, from who lives near what: places that the same options serve become one.

Heavy: it needs SciPy.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Demands(NamedTuple):
    """
    Demands with their needs, as `geo.siting.Problem` takes them.

    `demand_of_place` is the demand of each place; -1: it asks for nothing, or nothing could serve it.
    """

    weights: Floats
    needs: csr_array
    demand_of: Integers
    demand_of_place: Integers


def demands(weights: ArrayLike, served: Sequence[Sequence[ArrayLike]], asks: Sequence[ArrayLike]) -> Demands:
    """
    Return the demands of places, those with the same needs as one, in the order of their first place.

    `weights` are people of each place; a weight of NaN or 0 is left out. `served` holds for each thing
    needed (police, court) the places that each option serves; an option of another thing serves none.
    `asks` holds for each thing whether a place asks for it (it has it not yet). A place of which one
    need no option could satisfy is left out: nothing that is built here covers it.

    >>> made = demands([5.0, 7.0, 1.0], [[[0, 1], [1, 0]]], [[True, True, True]])
    >>> made.weights.tolist(), made.needs.toarray().tolist(), made.demand_of_place.tolist()
    ([12.0], [[1.0, 1.0]], [0, 0, -1])
    """
    people = np.nan_to_num(np.asarray(weights, float))
    tables = [_by_place(each, len(people)) for each in served]
    asked = [np.asarray(each, bool) for each in asks]
    options = len(served[0])
    found: dict[tuple[bytes | None, ...], int] = {}
    of_place = np.full(len(people), -1, np.int64)
    rows: list[NDArray[np.int32]] = []
    demand_of: list[int] = []
    for place in np.flatnonzero(people > 0):
        needs = [_row(table, place) if ask[place] else None for table, ask in zip(tables, asked, strict=True)]
        told = [need for need in needs if need is not None]
        if not told or any(not need.size for need in told):
            continue
        key = tuple(None if need is None else need.tobytes() for need in needs)
        if key not in found:
            found[key] = len(found)
            rows += told
            demand_of += [found[key]] * len(told)
        of_place[place] = found[key]
    kept = of_place >= 0
    return Demands(
        np.bincount(of_place[kept], people[kept], len(found)).astype(float),
        _matrix(rows, options),
        np.array(demand_of, np.int64),
        of_place,
    )


def _by_place(served: Sequence[ArrayLike], places: int) -> csr_array:
    """Return (places, options), 1 where an option serves a place."""
    lengths = [len(np.asarray(each)) for each in served]
    option = np.repeat(np.arange(len(served)), lengths)
    place = np.concatenate([np.asarray(each, np.int64) for each in served] or [np.zeros(0, np.int64)])
    table = csr_array((np.ones(len(place)), (place, option)), shape=(places, len(served)))
    table.sort_indices()
    return table


def _row(table: csr_array, place: np.intp) -> NDArray[np.int32]:
    return table.indices[table.indptr[place] : table.indptr[place + 1]].astype(np.int32)


def _matrix(rows: Sequence[NDArray[np.int32]], options: int) -> csr_array:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.concatenate(rows) if rows else np.zeros(0, np.int32)
    return csr_array((np.ones(len(indices)), indices, ends), shape=(len(rows), options))
