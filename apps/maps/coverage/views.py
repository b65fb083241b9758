"""The page of coverage: it asks, and answers with one template."""

from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.maps.coverage.page import coverage_context
from apps.maps.coverage.questions import page_question
from apps.maps.questions import WrongParameter


@vary_on_cookie
def coverage_page(request):
    """Who is beyond reach of which institutions, by area, as an interval."""
    try:
        question = page_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/coverage/coverage.html", coverage_context(request, question))
