"""Horizontal bars as a drawing the server makes: each with its name, its length and its number."""

from dataclasses import dataclass

ROW, BAR, NUMBERS, GAP = 26, 16, 60, 6
"""Units of the drawing: height of a row and of a bar, room for a number, and the gap before it."""


@dataclass(frozen=True)
class Bar:
    name: str
    told: str
    y: int
    length: float
    end: float
    series: str


@dataclass(frozen=True)
class Bars:
    bars: list
    height: int
    width: int
    left: int
    thick: int = BAR


def bars(rows, *, width, names):
    """
    Return the bars of (name, value, how it is told, series) rows, the longest filling its room.

    `width` and `names` are units of the drawing: of all of it, and of the room for names.
    """
    most = max((value for _name, value, _told, _series in rows), default=0)
    scale = (width - names - NUMBERS) / most if most else 0
    drawn = [_bar(row, index, scale, names) for index, row in enumerate(rows)]
    return Bars(drawn, ROW * len(drawn), width, names)


def _bar(row, index, scale, names):
    name, value, told, series = row
    length = round(value * scale, 1)
    return Bar(name, told, index * ROW, length, names + length + GAP, series)
