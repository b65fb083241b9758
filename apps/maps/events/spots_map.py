"""The small map of hot spots: what the column of the table says, drawn by the server."""

from collections import Counter

from apps.boundaries.models import Edition
from apps.maps.events.words import HOT_SPOTS
from apps.maps.small_map import country_drawing
from geo.vocabulary import Level

NOT_SIGNIFICANT, NOT_TESTED = "not_significant", "not_tested"


def spots_map(level, spots):
    """
    Return the drawing of a level of the active edition; `spots` are the labels of areas by P-code.

    Of communes only those that stand out are drawn, over the regions: their borders would hide them.
    """
    labels = {pcode: label or NOT_TESTED for pcode, label in spots.items()}
    common = NOT_SIGNIFICANT if any(spots.values()) else NOT_TESTED
    drawn = None
    if level is Level.COMMUNE:
        drawn = [pcode for pcode, label in labels.items() if label != common]
    drawing = country_drawing(Edition.objects.active(), level, only=drawn)
    by_label = {common: drawing["regions"]} if drawn is not None else {}
    for area in drawing["areas"]:
        by_label.setdefault(labels.get(area["pcode"], NOT_TESTED), []).append(area["path"])
    counts = Counter(labels.values())
    return drawing | {
        "spots": by_label,
        "legend": [(label, title, counts[label]) for label, title in HOT_SPOTS.items()],
        "not_tested": counts[NOT_TESTED],
    }
