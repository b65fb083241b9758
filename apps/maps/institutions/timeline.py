"""The statuses of an institution over time as a line that the server draws: no script, and it prints."""

from datetime import date

from django.utils.translation import get_language

from apps.maps import formats
from apps.maps.signs import CROSSED, FILLS
from geo.coverage import history
from geo.vocabulary import InstitutionStatus
from layers.institutions import INSTITUTION_STATUSES

WIDTH, HEIGHT = 640, 66
LEFT, RIGHT = 8, 8
TOP, DEEP = 8, 26
LEAST_YEARS = 3
"""A line is at least so long: one report of last month is no dot."""

MOST_YEARS_NAMED = 12


def timeline(reports, *, today):
    """
    Return the drawing of what dated reports say, from before the first of them to today; None without any.

    Before the first report, and after one that says so, the status is unknown. A report that is of a later
    day than today is not drawn.
    """
    told = [(report.as_of, InstitutionStatus(report.status)) for report in reversed(list(reports))]
    changes = [(day, status) for day, status in history(told) if day <= today]
    if not told or not changes:
        return None
    start = date(min(changes[0][0].year - 1, today.year - LEAST_YEARS), 1, 1)
    end = date(today.year + 1, 1, 1)

    def x(day):
        share = (day - start).days / (end - start).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    days = [start, *(day for day, _ in changes), today]
    statuses = [InstitutionStatus.UNKNOWN, *(status for _, status in changes)]
    every = -(-(end.year - start.year) // MOST_YEARS_NAMED)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "top": TOP,
        "deep": DEEP,
        "base": TOP + DEEP,
        "right": WIDTH - RIGHT,
        "left": LEFT,
        "parts": [
            {
                "x": x(since),
                "width": round(x(until) - x(since), 1),
                "fill": FILLS[status],
                "is_crossed": status in CROSSED,
                "status": INSTITUTION_STATUSES[status].in_language(get_language()),
                "since": None if since == start else formats.day(since),
            }
            for since, until, status in zip(days, days[1:], statuses, strict=False)
            if until > since
        ],
        "today": x(today),
        "years": [(x(date(year, 1, 1)), str(year)) for year in range(start.year, end.year, every)],
    }
