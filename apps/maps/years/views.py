"""The years side by side: a page and a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.maps.questions import LEVELS, WrongParameter
from apps.maps.years.page import years_context
from apps.maps.years.questions import years_question
from apps.maps.years.table_csv import years_csv


@vary_on_cookie
def years_page(request):
    """Six years of events on six maps of one scale, and the same in a table."""
    try:
        question = years_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/years/years.html", years_context(question))


def years_file(request):
    """Every figure of every area and year as CSV; it asks as the page does."""
    try:
        question = years_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return HttpResponse(
        years_csv(LEVELS[question.level], question.asked),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="maillage_annees_{question.level}.csv"'},
    )
