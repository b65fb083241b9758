"""People within reach as the limit grows, as a drawing the server makes: it needs no script, and prints."""

from apps.maps import formats
from apps.maps.reach.told import with_unit

WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 14, 12, 34
SHARES = (0, 0.25, 0.5, 0.75, 1)
TICKS = 5


def curve_drawing(measure, curve, placed, *, limit=None):
    """
    Return the drawing of the share of people within each limit; None where nobody is placed.

    `curve` has limits, people surely reached (`low`) and reached by all that is recorded (`known`).
    """
    if not placed:
        return None
    most = curve["limits"][-1]

    def x(value):
        return round(LEFT + value / most * (WIDTH - LEFT - RIGHT), 1)

    def y(share):
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    lines = {
        name: [(x(at), y(people / placed)) for at, people in zip(curve["limits"], curve[name], strict=True)]
        for name in ("low", "known")
    }
    every = max(1, (len(curve["limits"]) - 1) // TICKS)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "base": HEIGHT - BOTTOM,
        "top": TOP,
        "low": path(lines["low"]),
        "known": path(lines["known"]),
        "band": path([*lines["known"], *reversed(lines["low"])]) + "Z",
        "limit": None if limit is None or limit > most else x(limit),
        "x_ticks": [(x(value), formats.number(value)) for value in curve["limits"][::every]],
        "y_ticks": [(y(share), formats.percent(share)) for share in SHARES],
        "unit": "km" if measure == "km" else "min",
        "rows": [
            (with_unit(measure, at), low, known)
            for at, low, known in zip(curve["limits"], curve["low"], curve["known"], strict=True)
        ],
    }


def path(points):
    """Return a line through these points, as SVG writes it."""
    return "M" + "L".join(f"{x} {y}" for x, y in points)
