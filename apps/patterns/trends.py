"""Violent events by month, area by area, and what trend they show: light enough for a web process."""

from dataclasses import dataclass

from apps.events.figures import COLUMNS, countable
from apps.events.queries import end_of_month
from geo.trends import Trend, trend


@dataclass(frozen=True)
class Months:
    """Violent events placed in an area, month by month, and their trend; None where it cannot be told."""

    counts: list[int]
    trend: Trend | None


@dataclass(frozen=True)
class Trends:
    """`months` are the first days of whole months; `areas` holds those with events, by P-code."""

    months: list
    areas: dict[str, Months]

    def of(self, pcode):
        """Return the months of an area, all without events where none is known of it."""
        return self.areas.get(pcode) or Months([0] * len(self.months), None)


def trends(level, period, asked):
    """
    Return the trends of the areas of a level over a period, of the events `asked` (an `Asked`).

    A month that `period` cuts short is left out: its count would read as a fall.
    """
    months = [month for month in period.each_month() if end_of_month(month) <= period.until]
    if not months:
        return Trends([], {})
    place = {month: number for number, month in enumerate(months)}
    column = f"{COLUMNS[level]}__pcode"
    counts = {}
    rows = countable(asked).in_months(months[0], months[-1]).summed_by(column, "month", level=level)
    for row in rows:
        if row[column]:
            of_area = counts.setdefault(row[column], [0] * len(months))
            of_area[place[row["month"]]] += row["violent_events_sum"]
    return Trends(months, {pcode: Months(each, trend(each)) for pcode, each in counts.items()})
