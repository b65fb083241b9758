"""Pages. Each asks, and answers with one template."""

from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.boundaries.places import found
from apps.maps.map_page import map_context
from apps.maps.questions import WrongParameter, map_question

SHORTEST_SEARCH = 2


@vary_on_cookie
def map_page(request):
    """The map of regions or cercles, its layers and its table."""
    try:
        question = map_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/map.html", map_context(request, question))


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
