"""Monthly counts from events beside those of a publisher: a page and its file. Aggregates: public."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from apps.maps.comparison.page import comparison_csv, page_context
from apps.maps.comparison.questions import question


@require_GET
@vary_on_cookie
def comparison_page(request):
    """The two series, month by month, and the reasons why they differ."""
    return render(request, "maps/comparison/page.html", page_context(*question(request.GET)))


@require_GET
def comparison_file(request):
    """The same as CSV."""
    asked, _wrong = question(request.GET)
    response = HttpResponse(comparison_csv(asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="comparaison.csv"'
    return response
