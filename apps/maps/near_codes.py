"""What somebody may have meant who asked for an area that does not exist: a code mistyped, or a name."""

from rapidfuzz import fuzz, process

from apps.boundaries.models import Area
from geo.names import fold

MOST_OFFERED = 5
ALIKE_FROM = 60
"""Of 100: below, an offer is a guess. Our choice."""


def nearest(text, levels):
    """Return the areas of these levels whose code or name is most like `text`, the likest first."""
    areas = list(Area.objects.active().filter(level__in=levels).defer("boundary").select_related("parent"))
    known = {(area.pk, key): key for area in areas for key in (area.pcode.lower(), fold(area.name))}
    found = process.extract(
        fold(text), known, scorer=fuzz.ratio, limit=2 * MOST_OFFERED, score_cutoff=ALIKE_FROM
    )
    by_pk = {area.pk: area for area in areas}
    return list(dict.fromkeys(by_pk[pk] for _key, _likeness, (pk, _) in found))[:MOST_OFFERED]
