"""Pages of the choice: rank cercles and choose among them; choices that were saved."""

from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.events.figures import period_of
from apps.maps.questions import WrongParameter
from apps.maps.targeting_page import targeting_context
from apps.maps.targeting_questions import targeting_question


@vary_on_cookie
def targeting_page(request):
    """The cercles ranked by weighted criteria, beside their map."""
    bounds = period_of("all")
    try:
        question = targeting_question(request.GET, bounds=bounds, usual=period_of("12m"))
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/targeting.html", targeting_context(request, question, bounds=bounds))
