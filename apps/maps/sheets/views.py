"""The sheet of a cercle or of a region: a page of its own."""

from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_cookie

from apps.boundaries.models import Area
from apps.maps.sheets.near_codes import nearest
from apps.maps.sheets.page import area_of, sheet_context
from geo.vocabulary import Level

SHEETS = {Level.REGION: "region-sheet", Level.CERCLE: "cercle-sheet"}


@vary_on_cookie
def cercle_sheet(request, pcode):
    """All that is known of a cercle."""
    return _sheet(request, Level.CERCLE, pcode)


@vary_on_cookie
def region_sheet(request, pcode):
    """All that is known of a region."""
    return _sheet(request, Level.REGION, pcode)


def _sheet(request, level, pcode):
    area = area_of(level, pcode)
    if area:
        return render(request, "maps/sheet.html", sheet_context(request, area))
    meant = Area.objects.active().filter(pcode=pcode.upper(), level__in=SHEETS).first()
    if meant:
        return redirect(SHEETS[meant.level], meant.pcode)
    found = [(area, SHEETS[area.level]) for area in nearest(pcode, SHEETS)]
    return render(request, "maps/no_such_area.html", {"pcode": pcode, "nearest": found}, status=404)
