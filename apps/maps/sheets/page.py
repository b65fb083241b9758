"""What the sheet of a cercle or a region draws beside its facts: chart, small map, signs, what is printed."""

from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.translation import get_language

from apps.boundaries.models import Area
from apps.maps.asked import asked_told
from apps.maps.sheets.events import month_rows
from apps.maps.sheets.facts import sheet_facts
from apps.maps.sheets.institutions import drawn, institutions_in
from apps.maps.sheets.monthly_chart import chart
from apps.maps.sheets.paper import printed_rows
from apps.maps.sheets.place import place_of
from apps.maps.sheets.sources import downloads
from apps.maps.signs import sign_of
from apps.maps.small_map import small_map
from apps.sources.models import Load


def area_of(level, pcode):
    """Return the area of the active edition with this code, and what its sheet says of it; None without."""
    areas = Area.objects.active().at(level).select_related("edition", "parent", "population")
    return areas.filter(pcode=pcode).defer("parent__boundary").first()


def sheet_of(request, area, asked):
    """Return (facts of an area as this reader may see them, the institutions to draw, the loads in use)."""
    place = place_of(area)
    loads = {load.kind: load for load in Load.objects.in_use()}
    institutions = institutions_in(place, request.user, loads.get(Load.Kind.INSTITUTIONS))
    every = request.GET.get("localites") == "toutes"
    facts = sheet_facts(
        place, loads, institutions, asked=asked, today=timezone.localdate(), every_settlement=every
    )
    return facts, institutions[0], loads


def sheet_context(request, area, asked):
    """Return what templates/maps/sheet.html needs to show `area`."""
    sheet, institutions, loads = sheet_of(request, area, asked)
    groups = sheet["institutions"]["groups"]
    return {
        "sheet": sheet,
        "asked": asked_told(asked),
        "area": area,
        "is_region": area.parent is None,
        "chart": chart(month_rows(sheet["events"]["months"])) if sheet["events"] else None,
        "institution_groups": [(group, sign_of(group["kind"], group["status"])) for group in groups],
        "institutions": bool(institutions),
        "map": small_map(area, points=[*_seats(sheet), *drawn(institutions)]),
        "paper": printed_rows(sheet),
        "downloads": downloads(request.user, area, loads, get_language()),
        "today": timezone.localdate(),
    }


def _seats(sheet):
    """Return the seats among the settlements that the sheet names, with their place."""
    return [
        (Point(each["longitude"], each["latitude"], srid=4326), {"name": each["name"]})
        for each in sheet["settlements"]["named"]
        if each["is_seat"]
    ]
