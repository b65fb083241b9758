"""The cost-coverage curve as a drawing the server makes: it needs no script, and prints."""

from apps.maps import formats
from apps.maps.runs.told import number

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 14, 40
"""Room for the numbers of the axes."""

STEPS = (1, 2, 2.5, 5, 10)
MOST_TICKS, MOST_COSTS = 6, 8

MILLION, THOUSAND = 1_000_000, 1000


def curve_drawing(points, *, spent=None):
    """
    Return the drawing of (cost, low, people, high, greedy) rows, the cheapest first; None below two of them.

    `people` is what the exact choice newly reaches at that cost, `low` and `high` its interval, `greedy` what
    site after site does. None leaves a gap. `spent` is marked as the budget of the run.
    """
    if len(points) < 2:
        return None
    x_axis = axis(max(cost for cost, *_ in points), MOST_COSTS)
    y_axis = axis(max(value or 0 for _, *values in points for value in values))
    x, y = _scale(x_axis[-1], LEFT, WIDTH - RIGHT), _scale(y_axis[-1], HEIGHT - BOTTOM, TOP)
    costs = [x(cost) for cost, *_ in points]
    lows, exact, highs, greedy = ([row[place] for row in points] for place in range(1, 5))
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "top": TOP,
        "base": HEIGHT - BOTTOM,
        "band": _band(
            costs, [y(low) for low in lows if low is not None], [y(h) for h in highs if h is not None]
        ),
        "exact": _line(costs, exact, y),
        "greedy": _line(costs, greedy, y),
        "dots": [(at, y(value)) for at, value in zip(costs, exact, strict=True) if value is not None],
        "squares": [(at, y(value)) for at, value in zip(costs, greedy, strict=True) if value is not None],
        "spent": None if spent is None or spent > x_axis[-1] else x(spent),
        "x_ticks": [(x(value), dollars(value)) for value in x_axis],
        "y_ticks": [(y(value), formats.number(value)) for value in y_axis],
    }


def axis(most, most_ticks=MOST_TICKS):
    """
    Return the numbers of an axis from 0: even, the last not below `most`.

    >>> axis(7), axis(430), axis(0)
    ([0, 2, 4, 6, 8], [0, 100, 200, 300, 400, 500], [0, 1])
    """
    power = 10 ** max(0, len(str(int(most))) - 2)
    while True:
        for step in STEPS:
            size = step * power
            if size == int(size) and size * most_ticks >= most:
                size = int(size)
                return list(range(0, max(-(-int(-(-most // 1)) // size), 1) * size + 1, size))
        power *= 10


def dollars(value):
    """Return a sum as an axis has room for it: 1,5 M, 335 k."""
    if value >= MILLION:
        return f"{number(value / MILLION)}\u00a0M"
    return f"{number(value / THOUSAND)}\u00a0k" if value else "0"


def _scale(most, start, end):
    return lambda value: round(start + value / most * (end - start), 1)


def _line(costs, values, y):
    """Return the path through the known points; a gap where one is not known."""
    parts, command = [], "M"
    for at, value in zip(costs, values, strict=True):
        if value is None:
            command = "M"
            continue
        parts.append(f"{command}{at} {y(value)}")
        command = "L"
    return "".join(parts)


def _band(costs, lows, highs):
    """Return the outline of the interval; nothing unless it is known all along."""
    if len(lows) != len(costs) or len(highs) != len(costs):
        return ""
    up = [f"{at} {low}" for at, low in zip(costs, lows, strict=True)]
    back = [f"{at} {high}" for at, high in zip(costs, highs, strict=True)]
    return f"M{'L'.join(up)}L{'L'.join(reversed(back))}Z"
