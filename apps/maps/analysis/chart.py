"""An answer by groups as bars the server draws: they need no script, and print; the table says the same."""

from apps.maps import formats
from apps.maps.analysis.cells import plain_number

WIDTH = 720
NAME, TOLD = 210, 130
"""Left to the names, and to the numbers, of bars that lie."""
BAR, GAP, TOP = 16, 6, 4
MOST_BARS = 25
LONGEST_NAME = 30
HEIGHT, LEFT, RIGHT, BASE = 220, 48, 8, 188
MOST_NAMES = 9
"""Of months written below standing bars: more would touch."""


def bars(column, rows):
    """
    Return lying bars, the rows in their order: (name, value, low, high) each; None where nothing is known.

    Past `MOST_BARS` the rest is left to the table.
    """
    drawn = rows[:MOST_BARS]
    most = max((high for _name, _value, _low, high in drawn if high is not None), default=0)
    if not most or most < 0:
        return None
    scale = (WIDTH - NAME - TOLD) / most
    return {
        "width": WIDTH,
        "height": TOP + len(drawn) * (BAR + GAP),
        "left": NAME,
        "rest": len(rows) - len(drawn),
        "n": len(drawn),
        "bars": [_bar(place, row, scale, column) for place, row in enumerate(drawn)],
    }


def _bar(place, row, scale, column):
    name, value, low, high = row
    y = TOP + place * (BAR + GAP)
    ends = None if low is None or high is None or low == high else (low, high)
    return {
        "name": name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
        "told": plain_number(column, value),
        "y": y,
        "middle": y + BAR / 2,
        "height": BAR,
        "width": round((value or 0) * scale, 1),
        "ends": ends and [round(NAME + end * scale, 1) for end in ends],
        "told_at": round(NAME + max(value or 0, high or 0) * scale + 6, 1),
    }


def columns_in_time(rows):
    """Return standing bars of months or years: (name, value, low, high) each; None where nothing is known."""
    most = max((high for _name, _value, _low, high in rows if high is not None), default=0)
    if not most or most < 0:
        return None
    step = (WIDTH - LEFT - RIGHT) / len(rows)
    scale = (BASE - 12) / most
    every = -(-len(rows) // MOST_NAMES)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "base": BASE,
        "n": len(rows),
        "ticks": [
            (round(BASE - part * most * scale, 1), formats.number(part * most)) for part in (0, 0.5, 1)
        ],
        "bars": [
            {
                "x": round(LEFT + place * step + step * 0.1, 1),
                "middle": round(LEFT + (place + 0.5) * step, 1),
                "width": round(step * 0.8, 2),
                "y": round(BASE - (value or 0) * scale, 1),
                "height": round((value or 0) * scale, 1),
                "ends": None
                if low is None or high is None or low == high
                else [round(BASE - end * scale, 1) for end in (high, low)],
                "name": name if place % every == 0 else "",
            }
            for place, (name, value, low, high) in enumerate(rows)
        ],
    }
