"""The periods over which patterns are measured: they end with the last month of events of a source."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min

from apps.events.models import EventCount

RECENT = {"12m": 12, "36m": 36}
"""Months that end with the last month of events."""

YEARS = 6
"""How many calendar years, the last one as far as events go: what a page of small maps compares."""

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Period:
    """Whole months from `since` to `until`, both included. `key` is 12m, 36m or a year."""

    key: str
    since: date
    until: date

    @property
    def months(self):
        return _number(self.until) - _number(self.since) + 1

    def each_month(self):
        """Return the first day of each month, the first and the last of which the period may cut short."""
        return [_month(_number(self.since) + number) for number in range(self.months)]

    @property
    def years(self):
        return self.months / MONTHS_A_YEAR


def periods(source):
    """Return the periods of a source by their keys; none while it has no event."""
    span = EventCount.objects.filter(source=source).aggregate(first=Min("month"), last=Max("month"))
    return periods_between(span["first"], span["last"]) if span["last"] else {}


def periods_between(first, last):
    """Return the periods of events that begin in the month `first` and end in the month `last`, by key."""
    recent = {key: (max(first, _month(_number(last) - n + 1)), last) for key, n in RECENT.items()}
    years = {
        str(year): (max(first, date(year, 1, 1)), min(last, date(year, 12, 1)))
        for year in range(max(first.year, last.year - YEARS + 1), last.year + 1)
    }
    return {key: Period(key, since, _last_day(month)) for key, (since, month) in (recent | years).items()}


def _number(day):
    return day.year * MONTHS_A_YEAR + day.month - 1


def _month(number):
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)


def _last_day(month):
    return _month(_number(month) + 1) - timedelta(days=1)
