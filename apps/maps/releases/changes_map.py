"""Where a release differs from the one before it: cercles shaded by how many of their rows changed."""

from django.utils.translation import gettext as _

from apps.catalogue.loads import active_edition
from apps.maps.shades import legend, shade
from apps.maps.small_map import class_map
from geo.classes import class_counts, class_limits, class_of
from geo.vocabulary import Level

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
    shades = {pcode: shade(class_of(number, limits), len(limits)) for pcode, number in numbers.items()}
    return {
        "edition": edition,
        "map": class_map(edition, Level.CERCLE, shades),
        "legend": legend(limits, counts, zero=_("aucune")),
    }
