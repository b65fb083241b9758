"""Pages of the room: runs side by side."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_see_choices
from apps.maps.questions import WrongParameter
from apps.maps.scenarios.comparison_page import comparison_context, comparison_csv, comparison_of
from apps.maps.scenarios.questions import asked_ids, asked_runs
from apps.targeting import runs
from apps.targeting.comparing import FEWEST, MOST, NotComparable

MOST_LISTED = 100


@require_GET
@vary_on_cookie
def comparison_page(request):
    """Two to six runs side by side; where none is named, those to choose from."""
    if "run" not in request.GET:
        return _picker(request)
    try:
        asked = asked_runs(request.GET, request.user)
        compared = comparison_of(asked, request.user)
    except (WrongParameter, NotComparable) as error:
        return _picker(request, detail=str(error))
    return render(request, "maps/scenarios/comparison.html", comparison_context(asked, compared))


def _picker(request, detail=""):
    """The runs to choose from, those in the address ticked; `detail` says why they cannot be compared."""
    if not may_see_choices(request.user) and not detail:
        return sign_in_or_refuse(request)
    ticked = {str(each) for each in asked_ids(request.GET)} | set(request.GET.getlist("pick"))
    listed = runs.readable(request.user).answered().without_texts() if may_see_choices(request.user) else []
    context = {
        "runs": [(run, str(run.pk) in ticked) for run in listed[:MOST_LISTED]],
        "most_listed": MOST_LISTED,
        "detail": detail,
        "fewest": FEWEST,
        "most": MOST,
    }
    return render(request, "maps/scenarios/picker.html", context, status=400 if detail else 200)


def sign_in_or_refuse(request):
    """Return the way to sign in for who has not; raises PermissionDenied for who has not the right."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


@require_GET
def comparison_file(request):
    """The table of the comparison as CSV."""
    try:
        asked = asked_runs(request.GET, request.user)
        compared = comparison_of(asked, request.user)
    except (WrongParameter, NotComparable) as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    response = HttpResponse(comparison_csv(asked, compared), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="maillage_comparaison.csv"'
    return response
