"""Classes of numbers as shades of a small map and lines of its legend."""

from django.utils.translation import gettext as _

from apps.maps import formats

SHADES = 5
"""Of the ramp of `area_tables.css`, beside those of zero and of no data."""


def shade(place, classes):
    """Return the name of the shade of a class; fewer classes than shades spread over the whole ramp."""
    if place is None:
        return "none"
    if place == 0:
        return "0"
    return str(3 if classes == 1 else 1 + round((place - 1) * (SHADES - 1) / (classes - 1)))


def legend(limits, counts, *, zero, decimals=0):
    """Return (shade, words, how many areas) of each class that any area is in, zero first in words given."""
    rows = [("0", zero, counts[0])] if counts[0] else []
    low = None
    for place, high in enumerate(limits, start=1):
        told = {"low": formats.number(low or 0, decimals), "high": formats.number(high, decimals)}
        words = _("jusqu’à %(high)s") if low is None else _("plus de %(low)s à %(high)s")
        rows.append((shade(place, len(limits)), words % told, counts[place]))
        low = high
    return rows
