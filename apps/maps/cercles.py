"""Areas to choose from, in the order of their names: é stands with e."""

from apps.boundaries.models import Area
from geo.names import fold
from geo.vocabulary import Level


def areas_by_name(level):
    """Return (P-code, name) of the areas of a level of the edition in use."""
    areas = Area.objects.active().at(level).values_list("pcode", "name")
    return sorted(areas, key=lambda area: fold(area[1]))


def cercles_by_region():
    """Return (name of the region, [(P-code, name) of each of its cercles])."""
    grouped = {}
    rows = Area.objects.active().at(Level.CERCLE).values_list("parent__name", "pcode", "name")
    for region, pcode, name in sorted(rows, key=lambda row: (fold(row[0]), fold(row[2]))):
        grouped.setdefault(region, []).append((pcode, name))
    return list(grouped.items())
