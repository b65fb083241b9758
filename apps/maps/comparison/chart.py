"""Two series by month as a drawing the server makes: bars for ours, a line for the publisher's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from apps.maps import formats

WIDTH, HEIGHT = 900, 236
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 14, 28
STEPS = (1, 2, 5)
MOST_TICKS = 5
MOST_YEARS_NAMED = 12


@dataclass(frozen=True)
class Chart:
    """Paths and labels in units of the drawing; `text` says what an eye sees."""

    placed: str
    point_only: str
    published: str
    ticks: list
    years: list
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def chart(months, agreement):
    """Return the chart of these months; None where there is nothing to draw."""
    most = max((max(month.ours, month.published or 0) for month in months), default=0)
    if not most:
        return None
    ticks = axis(most)
    top = ticks[-1]
    return Chart(
        placed=_bars(months, top, part=lambda month: (0, month.placed)),
        point_only=_bars(months, top, part=lambda month: (month.placed, month.ours)),
        published=_line(months, top),
        ticks=[(_height(value, top), value) for value in ticks],
        years=_years(months),
        text=_told(months, agreement),
    )


def axis(most):
    """
    Return the numbers of the axis: whole, even, the last not below the highest value.

    >>> axis(7), axis(96)
    ([0, 2, 4, 6, 8], [0, 20, 40, 60, 80, 100])
    """
    powers = (step * 10**exponent for exponent in range(9) for step in STEPS)
    step = next(each for each in powers if -(-most // each) <= MOST_TICKS)
    return list(range(0, most + step, step))


def _height(value, top):
    return round(HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / top, 1)


def _slot(months):
    return (WIDTH - LEFT - RIGHT) / len(months)


def _bars(months, top, *, part):
    slot = _slot(months)
    width = max(slot - 1, 0.8 * slot)
    path = []
    for index, month in enumerate(months):
        low, high = part(month)
        if high > low:
            foot, head = _height(low, top), _height(high, top)
            path.append(f"M{LEFT + index * slot:.1f} {foot:g}V{head:g}h{width:.1f}V{foot:g}z")
    return "".join(path)


def _line(months, top):
    """Return one step a month; a month that the publisher does not tell breaks the line."""
    slot, path, is_drawing = _slot(months), [], False
    for index, month in enumerate(months):
        if month.published is None:
            is_drawing = False
            continue
        x, y = LEFT + index * slot, _height(month.published, top)
        path.append(f"{'L' if is_drawing else 'M'}{x:.1f} {y:g}H{x + slot:.1f}")
        is_drawing = True
    return "".join(path)


def _years(months):
    slot = _slot(months)
    januaries = [
        (round(LEFT + index * slot, 1), each.month.year)
        for index, each in enumerate(months)
        if each.month.month == 1
    ]
    every = -(-len(januaries) // MOST_YEARS_NAMED) or 1
    return [(x, year) for x, year in januaries if year % every == 0] or [(LEFT, months[0].month.year)]


def _told(months, agreement):
    said = _("De %(since)s à %(until)s : %(ours)s événements chez nous, %(published)s chez l’éditeur.") % {
        "since": formats.month(months[0].month),
        "until": formats.month(months[-1].month),
        "ours": formats.number(agreement.ours),
        "published": formats.number(agreement.published),
    }
    return said
