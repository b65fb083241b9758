"""Where a release differs from the one before it: cercles shaded by how many of their rows changed."""

from django.utils.translation import gettext as _

from apps.catalogue.loads import active_edition
from apps.maps import formats
from apps.maps.small_map import class_map
from geo.classes import class_counts, class_limits, class_of
from geo.vocabulary import Level

SHADES = 5
CERCLE_LENGTH = len("ML0101")


def drawn(by_area):
    """Return the map of cercles in classes of rows that changed, with its legend; None without an edition."""
    edition = active_edition()
    if edition is None:
        return None
    changed = {pcode: sum(each.values()) for pcode, each in by_area.items() if len(pcode) == CERCLE_LENGTH}
    pcodes = edition.areas.filter(level=Level.CERCLE).values_list("pcode", flat=True)
    # Of a cercle that no row tells, all rows are known, and none changed: that is zero.
    numbers = {pcode: changed.get(pcode, 0) for pcode in pcodes}
    limits = class_limits(numbers.values())
    counts, _missing = class_counts(numbers.values(), limits)
    shades = {pcode: _shade(class_of(number, limits), len(limits)) for pcode, number in numbers.items()}
    return {
        "edition": edition,
        "map": class_map(edition, Level.CERCLE, shades),
        "legend": _legend(limits, counts),
    }


def _legend(limits, counts):
    rows = [("0", _("aucune"), counts[0])] if counts[0] else []
    low = None
    for place, high in enumerate(limits, start=1):
        told = {"low": formats.number(low or 0), "high": formats.number(high)}
        words = _("jusqu’à %(high)s") if low is None else _("plus de %(low)s à %(high)s")
        rows.append((_shade(place, len(limits)), words % told, counts[place]))
        low = high
    return rows


def _shade(place, classes):
    """Return the name of a shade: fewer classes than shades spread over the whole ramp."""
    if not place:
        return "0"
    return str(3 if classes == 1 else 1 + round((place - 1) * (SHADES - 1) / (classes - 1)))
