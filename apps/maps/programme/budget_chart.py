"""The money of each year as a column of its parts: a drawing the server makes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.maps import formats
from apps.maps.programme.words import PARTS
from apps.programme.models import YEARS

WIDTH, HEIGHT = 720, 350
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 22, 26
COLUMN = 0.72
"""Share of its slot that a column fills."""

LEAST_LABELLED = 15
"""Height from which a part has room for its amount."""

MILLION = 1_000_000


@dataclass(frozen=True)
class Segment:
    """A part of a column, with its amount where there is room for it."""

    part: str
    x: float
    y: float
    width: float
    height: float
    label: str
    middle_x: float
    middle_y: float


@dataclass(frozen=True)
class Column:
    year: int
    total: str
    middle_x: float
    head_y: float
    segments: list


@dataclass(frozen=True)
class BudgetChart:
    """The columns in units of the drawing; `text` says what an eye sees."""

    columns: list
    parts: list
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def money_parts(activities, lines):
    """
    Return {part: the five years and the total}: results added up from activities, the rest as stated.

    `activities` are amounts by result, `lines` the lines of the work plan by code.
    """
    parts = {str(result): amounts for result, amounts in activities.items()}
    parts["MG"] = lines["MG"].stated
    parts["fees"] = tuple(map(sum, zip(lines["GMS"].stated, lines["LEVY"].stated, strict=True)))
    return parts


def budget_chart(parts):
    """Return the chart of {part: the five years and the total}."""
    totals = [sum(amounts[index] for amounts in parts.values()) for index in range(len(YEARS))]
    scale = (HEIGHT - TOP - BOTTOM) / max(totals)
    return BudgetChart(
        columns=[_column(index, year, parts, scale, totals[index]) for index, year in enumerate(YEARS)],
        parts=[(part, PARTS[part], parts[part][-1]) for part in reversed(parts)],
        text=_told(parts, totals),
    )


def _column(index, year, parts, scale, total):
    slot = (WIDTH - LEFT - RIGHT) / len(YEARS)
    x, width = LEFT + (index + (1 - COLUMN) / 2) * slot, COLUMN * slot
    foot, segments = HEIGHT - BOTTOM, []
    for part, amounts in parts.items():
        height = amounts[index] * scale
        foot -= height
        segments.append(_segment(part, amounts[index], x, foot, width, height))
    return Column(year, _millions(total), round(x + width / 2, 1), round(foot, 1), segments)


def _segment(part, usd, x, y, width, height):
    return Segment(
        part=part,
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=round(height, 1),
        label=_millions(usd) if height >= LEAST_LABELLED else "",
        middle_x=round(x + width / 2, 1),
        middle_y=round(y + height / 2, 1),
    )


def _millions(usd):
    return _("%(millions)s M") % {"millions": formats.number(usd / MILLION, 2)}


def _told(parts, totals):
    """Return the chart in words: each year's money, and the part that weighs most."""
    years = ", ".join(f"{year} {_millions(total)}" for year, total in zip(YEARS, totals, strict=True))
    largest = max(parts, key=lambda part: parts[part][-1])
    return _("Millions de dollars : %(years)s. La plus grande part : %(part)s, %(usd)s en cinq ans.") % {
        "years": years,
        "part": PARTS[largest],
        "usd": _millions(parts[largest][-1]),
    }
