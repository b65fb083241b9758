"""The page of people by commune: it asks, and answers with one template."""

from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from apps.coverage.population import UnknownRegion, population
from apps.maps.people.page import people_context, unknown_region


@require_GET
@vary_on_cookie
def people_page(request):
    """How many people live in each commune, between which bounds, and what a raster alone says."""
    try:
        answer = population(request.GET.get("region") or None)
    except UnknownRegion:
        return render(request, "400.html", {"detail": unknown_region(request.GET["region"])}, status=400)
    return render(request, "maps/people/people.html", people_context(answer))
