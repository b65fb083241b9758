"""What a table tells of each area, for choices and questions: a number where it is known."""

from apps.area_tables.models import AreaTable
from apps.boundaries.models import Area
from geo.vocabulary import AccessClass


def tables(classes=(AccessClass.PUBLIC,)):
    """Return the tables of numbers whose load has one of these access classes, by title."""
    return AreaTable.objects.of_access(classes).filter(is_number=True).select_related("load")


def values_of(table, level):
    """
    Return {P-code: number} for every area of a level in the active edition; None where it is not known.

    A table of another level tells nothing of this one: every number is None.
    """
    told = dict(table.values.filter(area__level=level).values_list("area__pcode", "number"))
    pcodes = Area.objects.active().at(level).values_list("pcode", flat=True)
    return {pcode: told.get(pcode) for pcode in pcodes}
