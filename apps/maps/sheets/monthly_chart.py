"""Events by month as a drawing the server makes: it needs no script, and prints."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.maps import formats

WIDTH, HEIGHT = 900, 236
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 14, 28
"""Room for the numbers of the axis, and for the years under it."""

STEPS = (1, 2, 5)
MOST_TICKS = 5
MOST_YEARS_NAMED = 12


@dataclass(frozen=True)
class Chart:
    """Paths and labels in units of the drawing; `text` says what an eye sees."""

    violent: str
    others: str
    ticks: list
    years: list
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    base: int = HEIGHT - BOTTOM


def chart(months):
    """Return the chart of (month, events, violent events, fatalities) rows; None without any event."""
    most = max((events for _, events, _, _ in months), default=0)
    if not most:
        return None
    top = _axis(most)[-1]
    return Chart(
        violent=_bars(months, top, part=lambda events, violent: (0, violent)),
        others=_bars(months, top, part=lambda events, violent: (violent, events)),
        ticks=[(_height(value, top), value) for value in _axis(most)],
        years=_years(months),
        text=_told(months),
    )


def _axis(most):
    """
    Return the numbers of the axis: whole, even, the last not below the highest bar.

    >>> _axis(7), _axis(43), _axis(1)
    ([0, 2, 4, 6, 8], [0, 10, 20, 30, 40, 50], [0, 1])
    """
    step = next(
        step * power
        for power in (10**exponent for exponent in range(9))
        for step in STEPS
        if -(-most // (step * power)) <= MOST_TICKS
    )
    return list(range(0, most + step, step))


def _height(value, top):
    return round(HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / top, 1)


def _bars(months, top, *, part):
    """Return one path for all bars of a series; `part` gives from which to which number a bar stands."""
    slot = (WIDTH - LEFT - RIGHT) / len(months)
    # A hair between bars where there is room for it.
    width = max(slot - 1, 0.8 * slot)
    path = []
    for index, (_month, events, violent, _fatalities) in enumerate(months):
        low, high = part(events, violent)
        if high > low:
            foot, head = _height(low, top), _height(high, top)
            path.append(f"M{LEFT + index * slot:.1f} {foot:g}V{head:g}h{width:.1f}V{foot:g}z")
    return "".join(path)


def _years(months):
    """Return (x, year) of each January that is named: every year, or every few of a long period."""
    slot = (WIDTH - LEFT - RIGHT) / len(months)
    years = [
        (round(LEFT + index * slot, 1), month.year)
        for index, (month, *_) in enumerate(months)
        if month.month == 1
    ]
    each = -(-len(years) // MOST_YEARS_NAMED) or 1
    named = [(x, year) for x, year in years if year % each == 0]
    # A period within one year names that year at its first month.
    return named or [(LEFT, months[0][0].year)]


def _told(months):
    """Return the chart in words: from when to when, how many, how many violent, the worst month."""
    events, violent = sum(row[1] for row in months), sum(row[2] for row in months)
    worst = max(months, key=lambda row: row[1])
    return _(
        "De %(since)s à %(until)s : %(events)s, dont %(violent)s. "
        "Le mois le plus chargé : %(worst)s (%(most)s)."
    ) % {
        "since": formats.month(months[0][0]),
        "until": formats.month(months[-1][0]),
        "events": events_told(events),
        "violent": ngettext("%(n)s violent", "%(n)s violents", violent) % {"n": formats.number(violent)},
        "worst": formats.month(worst[0]),
        "most": events_told(worst[1]),
    }


def events_told(events):
    """Return « 12 événements »."""
    return ngettext("%(n)s événement", "%(n)s événements", events) % {"n": formats.number(events)}


def by_year(months):
    """Return (year, events, violent events, fatalities) rows, the latest first: the chart as numbers."""
    years = groupby(months, key=lambda row: row[0].year)
    summed = [
        (year, *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True)))
        for year, rows in years
    ]
    return summed[::-1]
