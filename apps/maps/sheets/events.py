"""What happened in an area: month by month, year by year, over the usual periods."""

from datetime import date

from apps.events.figures import PERIODS, counts_by_month, period_of_months
from apps.maps.indicators import PERIOD_TITLES
from apps.maps.sheets.monthly_chart import by_year

COLUMNS = ("events", "violent_events", "fatalities")


def events_told(area, people, load):
    """Return the counts of an area; None while no event is loaded: what happened is then unknown."""
    months = counts_by_month(area)
    if not months:
        return None
    told = [{"month": month.isoformat()[:7], **counts} for month, counts in months]
    return {
        "is_simulated": bool(load and load.is_simulated),
        "periods": [_period(key, months, people) for key in PERIODS],
        "years": [dict(zip(("year", *COLUMNS), row, strict=True)) for row in by_year(month_rows(told))],
        "months": told,
    }


def month_rows(months):
    """Return (first day, events, violent events, fatalities) of each month told: what the chart draws."""
    return [(date.fromisoformat(f"{each['month']}-01"), *(each[key] for key in COLUMNS)) for each in months]


def _period(key, months, people):
    period, counts = period_of_months(key, months)
    violent = counts["violent_events"]
    return {
        "title": str(PERIOD_TITLES[key]),
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        **counts,
        "violent_events_per_100k_people": 100_000 * violent / people if people else None,
    }
