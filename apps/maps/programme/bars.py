"""Horizontal bars as a drawing the server makes: each with its name, its length and its number."""

from dataclasses import dataclass

ROW, BAR, NAMES, WIDTH, NUMBERS, GAP = 26, 16, 250, 620, 60, 6
"""
Units of the drawing: height of a row and of a bar, room for names, whole width, room for numbers, gap
before a number.
"""


@dataclass(frozen=True)
class Bar:
    name: str
    told: str
    y: int
    length: float
    end: float
    series: str = ""


@dataclass(frozen=True)
class Bars:
    bars: list
    height: int
    width: int = WIDTH
    left: int = NAMES
    thick: int = BAR


def bars(rows):
    """Return the bars of (name, value, how it is told, series) rows, the longest filling its room."""
    most = max((value for _name, value, _told, _series in rows), default=0)
    room = WIDTH - NAMES - NUMBERS
    drawn = [_bar(row, index, room / most if most else 0) for index, row in enumerate(rows)]
    return Bars(drawn, ROW * len(drawn))


def _bar(row, index, scale):
    name, value, told, series = row
    length = round(value * scale, 1)
    return Bar(name, told, index * ROW, length, NAMES + length + GAP, series)
