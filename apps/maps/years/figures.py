"""The figures of areas in each of the last calendar years of events, and one set of classes for all."""

from dataclasses import dataclass
from datetime import date

from apps.events.figures import COUNTED, NO_EVENT, RATES, Period, area_months, areas_of, period_of
from geo.classes import class_counts, class_limits

YEARS = 6
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Year:
    """A calendar year as far as events are loaded: `areas` are those of the level with their figures."""

    year: int
    since: date
    until: date
    areas: list[dict]

    @property
    def months(self):
        return self.until.month - self.since.month + 1

    @property
    def is_partial(self):
        return (self.since.month, self.since.day, self.until.month, self.until.day) != (1, 1, 12, 31)

    def total(self, name):
        return sum(area[name] for area in self.areas)


def last_years(level, asked):
    """Return the last six calendar years of the events asked, the first one first; none without events."""
    whole = period_of("all", asked)
    if whole.since is None:
        return []
    years = range(max(whole.since.year, whole.until.year - YEARS + 1), whole.until.year + 1)
    spans = {
        year: (max(whole.since, date(year, 1, 1)), min(whole.until, date(year, 12, 31))) for year in years
    }
    months = area_months(level, Period("years", spans[years[0]][0], whole.until), asked)
    areas = areas_of(level)
    return [Year(year, *span, _counted(areas, _of_year(months, year))) for year, span in spans.items()]


def _of_year(months, year):
    """Return {P-code: counts} added up over the months of a year."""
    told = {}
    for month, counts in months.items():
        if month.year == year:
            for pcode, count in counts.items():
                before = told.get(pcode, NO_EVENT)
                told[pcode] = {name: before[name] + count[name] for name in COUNTED}
    return told


def _counted(areas, counts):
    return [_with_rates(area | counts.get(area["pcode"], NO_EVENT)) for area in areas]


def _with_rates(area):
    people = area["people"]
    return area | {rate: 100_000 * area[of] / people if people else None for rate, of in RATES.items()}


def classes_of_all(years, indicator):
    """Return the limits that every year shares, and how many areas fall in each class over the years."""
    values = [area[indicator] for year in years for area in year.areas]
    limits = class_limits(values)
    counts, no_data = class_counts(values, limits)
    return {"limits": limits, "counts": counts, "no_data": no_data}
