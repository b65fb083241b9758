"""The sheet of a cercle or of a region: a page of its own, and the same as JSON."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_cookie

from apps.boundaries.models import Area
from apps.maps.asked import asked_question
from apps.maps.questions import WrongParameter
from apps.maps.sheets.near_codes import nearest
from apps.maps.sheets.page import area_of, sheet_context, sheet_of
from geo.vocabulary import Level

SHEETS = {Level.REGION: "region-sheet", Level.CERCLE: "cercle-sheet"}
FILES = {Level.REGION: "region-file", Level.CERCLE: "cercle-file"}


@vary_on_cookie
def cercle_sheet(request, pcode):
    """All that is known of a cercle."""
    return _sheet(request, Level.CERCLE, pcode)


@vary_on_cookie
def region_sheet(request, pcode):
    """All that is known of a region."""
    return _sheet(request, Level.REGION, pcode)


@vary_on_cookie
def cercle_file(request, pcode):
    """All that is known of a cercle, as JSON."""
    return _file(request, Level.CERCLE, pcode)


@vary_on_cookie
def region_file(request, pcode):
    """All that is known of a region, as JSON."""
    return _file(request, Level.REGION, pcode)


def _sheet(request, level, pcode):
    area = area_of(level, pcode)
    if area:
        try:
            context = sheet_context(request, area, asked_question(request.GET))
        except WrongParameter as error:
            return render(request, "400.html", {"detail": str(error)}, status=400)
        return render(request, "maps/sheet.html", context)
    meant = _meant(pcode)
    if meant:
        return redirect(SHEETS[meant.level], meant.pcode)
    found = [(area, SHEETS[area.level]) for area in nearest(pcode, SHEETS)]
    return render(request, "maps/no_such_area.html", {"pcode": pcode, "nearest": found}, status=404)


def _file(request, level, pcode):
    area = area_of(level, pcode)
    if area:
        try:
            facts, _institutions, _loads = sheet_of(request, area, asked_question(request.GET))
        except WrongParameter as error:
            return JsonResponse({"detail": str(error)}, status=400)
        return JsonResponse(facts, json_dumps_params={"ensure_ascii": False, "allow_nan": False})
    meant = _meant(pcode)
    if meant:
        return redirect(FILES[meant.level], meant.pcode)
    offered = [{"pcode": area.pcode, "name": area.name} for area in nearest(pcode, SHEETS)]
    detail = _("Aucune région et aucun cercle n’a ce code dans l’édition en usage.")
    return JsonResponse({"detail": detail, "nearest": offered}, status=404)


def _meant(pcode):
    """Return the region or cercle of this code, whatever its level and the case of its letters."""
    return Area.objects.active().filter(pcode=pcode.upper(), level__in=SHEETS).first()
