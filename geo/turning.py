"""What would have to change for a cercle to enter a choice or to leave it: one value, all else as it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geo.choosing import Rules
from geo.robustness import AS_CHOSEN, Draw, Model, Zone

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NEAREST = 60
"""Cercles nearest to the line whose turning values are sought: of the others no single value would do."""

HALVINGS = 20
"""Steps between a value and an extreme: what is left is a millionth of the way."""


def turning_values(
    zones: Sequence[Zone], rules: Rules, *, nearest: int = NEAREST
) -> Mapping[str, Mapping[str, Mapping[int, float]]]:
    """
    Return, by zone and criterion, {place of a cercle: the value at which its fate turns}.

    The value lies between the cercle's own and the least or greatest of its zone, in the unit of the
    criterion: beyond it a cercle that is out comes in, or one that is in falls out. No entry: no value in
    that range does it, or the cercle stands too far from the line. Where both ends do, the nearer one.
    """
    chosen = Model(zones, rules, AS_CHOSEN).outcome(_draw(zones, 1))
    found: dict[str, dict[str, dict[int, float]]] = {}
    for at, zone in enumerate(zones):
        members = _near_the_line(zone, chosen.chosen[0], chosen.ranks[0], nearest)
        found[zone.key] = {
            criterion.key: _turning(zones, rules, at, place, members, chosen.chosen[0])
            for place, criterion in enumerate(zone.criteria)
            if zone.shares[place]
        }
    return found


def _draw(zones: Sequence[Zone], draws: int) -> Draw:
    zeros = np.zeros(draws, dtype=np.int64)
    weights = [np.tile(np.asarray(zone.shares, dtype=float), (draws, 1)) for zone in zones]
    return Draw(weights, zeros, zeros, np.arange(draws), zeros)


def _near_the_line(zone: Zone, chosen: NDArray[np.bool_], ranks: Floats, nearest: int) -> list[int]:
    """Return the places in the zone of those whose rank is nearest to that of the last one chosen."""
    own, is_in = ranks[list(zone.members)], chosen[list(zone.members)]
    ranked = ~np.isnan(own)
    line = own[ranked & is_in].max(initial=0) + 0.5
    away = np.where(ranked, np.abs(own - line), np.inf)
    in_order = np.argsort(away, kind="stable")[:nearest]
    return sorted(int(each) for each in in_order if ranked[each])


def _turning(
    zones: Sequence[Zone],
    rules: Rules,
    at: int,
    place: int,
    members: Sequence[int],
    chosen: NDArray[np.bool_],
) -> dict[int, float]:
    """Return the turning values of these members of zone `at` for its criterion `place`."""
    zone = zones[at]
    values = zone.criteria[place].values
    known = np.array([each for each in members if not np.isnan(values[each])], dtype=np.int64)
    if not known.size:
        return {}
    places = np.asarray(zone.members)[known]

    def turns(which: Integers, tried: Floats) -> NDArray[np.bool_]:
        """Tell of these whether their fate is another with this value in place of their own."""
        rows = np.tile(values, (len(which), 1))
        lines = np.arange(len(which))
        rows[lines, known[which]] = tried
        others = _with_values(zones, at, place, rows)
        outcome = Model(others, rules, replace(AS_CHOSEN, is_placed=True)).outcome(_draw(others, len(which)))
        return outcome.chosen[lines, places[which]] != chosen[places[which]]

    own = values[known]
    ends = [_bisected(own, float(end), turns) for end in (np.nanmin(values), np.nanmax(values))]
    away = [np.where(np.isnan(end), np.inf, np.abs(end - own)) for end in ends]
    nearer = np.where(away[0] <= away[1], *ends)
    return {int(each): float(value) for each, value in zip(places, nearer, strict=True) if value == value}


def _with_values(zones: Sequence[Zone], at: int, place: int, rows: Floats) -> list[Zone]:
    """Return the zones with these values, a row a draw, for one criterion; nothing else is in doubt."""
    certain = [
        replace(zone, criteria=[replace(each, placed=None) for each in zone.criteria]) for zone in zones
    ]
    criteria = list(certain[at].criteria)
    criteria[place] = replace(criteria[place], placed=rows)
    certain[at] = replace(certain[at], criteria=criteria)
    return certain


def _bisected(own: Floats, end: float, turns: Callable[[Integers, Floats], NDArray[np.bool_]]) -> Floats:
    """Return the value nearest to its own, on the way to this end, at which each turns; NaN: none does."""
    found = np.full(len(own), np.nan)
    each = np.flatnonzero(turns(np.arange(len(own)), np.full(len(own), end)))
    turned, same = np.full(len(each), end), own[each]
    for _ in range(HALVINGS if each.size else 0):
        middle = (turned + same) / 2
        does = turns(each, middle)
        turned, same = np.where(does, middle, turned), np.where(does, same, middle)
    found[each] = turned
    return found
