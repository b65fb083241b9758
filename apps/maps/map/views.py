"""Pages. Each asks, and answers with one template."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.boundaries.places import found
from apps.events.figures import choropleth
from apps.maps.asked import asked_question
from apps.maps.map.overlay_figures import documents_source, with_overlay_figures
from apps.maps.map.page import map_context
from apps.maps.map.table_csv import table_csv
from apps.maps.questions import LEVELS, WrongParameter, map_question
from apps.targeting.targets import targets_now

SHORTEST_SEARCH = 2


@vary_on_cookie
def map_page(request):
    """The map of regions or cercles, its layers and its table."""
    try:
        question = map_question(request.GET, asked_question(request.GET))
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/map.html", map_context(request, question))


def table_file(request):
    """The table of the map as CSV; it asks as the map does."""
    try:
        question = map_question(request.GET, asked_question(request.GET))
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    shown = choropleth(LEVELS[question.level], question.period, question.asked)
    shown["areas"], _notes = with_overlay_figures(shown["areas"], question)
    if question.layers:
        shown["source"] |= {"programme": documents_source()}
    name = f"maillage_{question.level}_{question.period}.csv"
    return HttpResponse(
        table_csv(shown, targets_now(), added=question.added_columns),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def search_page(request):
    """The places a name may stand for, each with its parents."""
    words = request.GET.get("q", "").strip()[:80]
    is_long_enough = len(words) >= SHORTEST_SEARCH
    return render(
        request,
        "maps/search.html",
        {
            "q": words,
            "is_long_enough": is_long_enough,
            "places_found": found(words) if is_long_enough else [],
        },
    )
