"""The zones within which people are shared: cercles, or communes where a table tells all of a cercle."""

from collections import defaultdict

from apps.boundaries.models import Area, Population
from apps.coverage.models import CommuneCount
from geo.shares import shared_out


def people_of_zones():
    """
    Return {area: people} of the zones of the active edition, None where the cercle has no figure.

    A cercle is one zone, unless a table tells the people of each of its communes: these are then zones, with
    shares of the cercle's own figure in proportion to the table's, so that its total stays.
    """
    figures = dict(Population.objects.filter(area__in=Area.objects.cercles()).values_list("area", "people"))
    counts = dict(CommuneCount.objects.values_list("area", "people"))
    communes = defaultdict(list)
    for pk, cercle in Area.objects.communes().order_by("pcode").values_list("pk", "parent"):
        communes[cercle].append(pk)
    zones = {}
    for cercle in Area.objects.cercles().values_list("pk", flat=True):
        told = [counts.get(pk) for pk in communes[cercle]]
        figure = figures.get(cercle)
        if figure is None or not any(told) or None in told:
            zones[cercle] = figure
        else:
            zones |= zip(communes[cercle], shared_out(figure, told), strict=True)
    return zones
