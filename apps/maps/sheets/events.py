"""What happened in an area: month by month, year by year, over the usual periods."""

from datetime import date

from apps.events.figures import PERIODS, counts_by_month, period_of_months, with_pairs
from apps.maps.asked import title_of
from apps.maps.indicators import PERIOD_TITLES
from apps.maps.sheets.monthly_chart import by_year
from apps.sources.models import Load
from geo.vocabulary import EventSource

COLUMNS = ("events", "violent_events", "fatalities")


def events_told(area, people, asked):
    """Return the counts of an area; None while no event is loaded or known: what happened is then unknown."""
    months = counts_by_month(area, asked)
    if not months:
        return None
    told = [{"month": month.isoformat()[:7], **counts} for month, counts in months]
    counted = [period_of_months(key, months, asked) for key in PERIODS]
    pairs = with_pairs(area, counted, asked)
    return {
        "is_simulated": asked.counted_source is EventSource.SIMULATED,
        "source": title_of(asked.counted_source),
        "load_kind": Load.Kind.UCDP_EVENTS if asked.counted_source is EventSource.UCDP else Load.Kind.EVENTS,
        "periods": [
            _period(period, counts, people) for (period, _counts), counts in zip(counted, pairs, strict=True)
        ],
        "years": [dict(zip(("year", *COLUMNS), row, strict=True)) for row in by_year(month_rows(told))],
        "months": told,
    }


def month_rows(months):
    """Return (first day, events, violent events, fatalities) of each month told: what the chart draws."""
    return [(date.fromisoformat(f"{each['month']}-01"), *(each[key] for key in COLUMNS)) for each in months]


def _period(period, counts, people):
    violent = counts["violent_events"]
    return {
        "title": str(PERIOD_TITLES[period.key]),
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        **counts,
        "violent_events_per_100k_people": 100_000 * violent / people if people else None,
    }
