"""Pages of the choice: rank cercles and choose among them; choices that were saved."""

import io

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_see_choices
from apps.events.figures import period_of
from apps.maps.asked import asked_question
from apps.maps.questions import WrongParameter
from apps.maps.targeting import question_views
from apps.maps.targeting.page import targeting_context
from apps.maps.targeting.questions import targeting_question
from apps.maps.targeting.selection_files import WRITERS
from apps.maps.targeting.selection_page import selection_context
from apps.targeting.models import Selection


@vary_on_cookie
def targeting_page(request):
    """The cercles ranked by weighted criteria, beside their map."""
    try:
        if request.GET.get("q") or request.GET.get("run"):
            return question_views.question_page(request)
        asked = asked_question(request.GET)
        bounds = period_of("all", asked)
        question = targeting_question(request.GET, bounds=bounds, usual=period_of("12m", asked), asked=asked)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    if request.GET.get("outils"):
        return question_views.begin(question, request.GET["outils"])
    return render(request, "maps/targeting.html", targeting_context(request, question, bounds=bounds))


def selections_page(request):
    """The choices that were saved, the latest first."""
    return _for_readers_of_choices(request) or render(
        request, "maps/selections.html", {"selections": Selection.objects.select_related("author")}
    )


def selection_page(request, pk):
    """A saved choice: the ranking as it stood, and what it rests on."""
    refusal = _for_readers_of_choices(request)
    if refusal:
        return refusal
    selection = get_object_or_404(Selection.objects.select_related("author"), pk=pk)
    return render(request, "maps/selection.html", selection_context(selection))


def selection_file(request, pk, extension):
    """A saved choice as a file."""
    refusal = _for_readers_of_choices(request)
    if refusal:
        return refusal
    if extension not in WRITERS:
        raise Http404(extension)
    body, content_type = WRITERS[extension](
        get_object_or_404(Selection.objects.select_related("author"), pk=pk)
    )
    return FileResponse(
        io.BytesIO(body),
        content_type=content_type,
        as_attachment=True,
        filename=f"maillage_choix_{pk}.{extension}",
    )


def _for_readers_of_choices(request):
    """Return the way to sign in for who has not; raises PermissionDenied for who has not the right."""
    if may_see_choices(request.user):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied
