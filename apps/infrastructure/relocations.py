"""Where institutions that work from another place really sit: found once, when the place is told."""

from django.db.models import Q

from apps.boundaries.told_places import ToldPlaces


def place_relocated(reports):
    """
    Find the places that these reports (a QuerySet) tell; return those of a place that is not surely known.

    A place that no name fits, or that several bear, has no point: the institution then surely covers nobody.
    """
    told = list(reports.filter(~Q(relocated_to="") | Q(relocated_point__isnull=False)))
    if not told:
        return []
    places = ToldPlaces()
    found = [(report, _point(places, report.relocated_to)) for report in told]
    moved = [report for report, point in found if report.relocated_point != point]
    for report, point in found:
        report.relocated_point = point
    reports.model.objects.bulk_update(moved, ["relocated_point"])
    return [report for report, point in found if report.relocated_to and point is None]


def _point(places, words):
    return places.meant_by(words).point if words else None
