"""What somebody may have meant who asked for an area that does not exist: a code mistyped, or a name."""

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from apps.boundaries.models import Area
from geo.names import fold

MOST_OFFERED = 5
ALIKE_FROM = 0.8
"""Of 1: below, an offer is a guess. Our choice."""


def nearest(text, levels):
    """Return the areas of these levels whose code or name is most like `text`, the likest first."""
    areas = list(Area.objects.active().filter(level__in=levels).defer("boundary").select_related("parent"))
    known = {(area.pk, key): key for area in areas for key in (area.pcode.lower(), fold(area.name))}
    # The first letters weigh more: a code of the same region is nearer than one with the same end.
    found = process.extract(
        fold(text),
        known,
        scorer=JaroWinkler.normalized_similarity,
        limit=2 * MOST_OFFERED,
        score_cutoff=ALIKE_FROM,
    )
    by_pk = {area.pk: area for area in areas}
    return list(dict.fromkeys(by_pk[pk] for _key, _likeness, (pk, _) in found))[:MOST_OFFERED]
