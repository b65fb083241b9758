"""Pages of the runs of targeting: the list, one run, its files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from apps.maps.questions import WrongParameter
from apps.maps.runs.files import WRITERS
from apps.maps.runs.opening import for_readers, opened, under_way
from apps.maps.runs.page import answered_context, list_context
from apps.maps.runs.questions import run_question
from apps.maps.runs.reading import Reading
from apps.runs.models import Run
from apps.targeting import runs

State = Run.State


@require_safe
@vary_on_cookie
def runs_page(request):
    """The runs that this reader may open, the latest first."""
    return render(request, "maps/runs/list.html", list_context(request.user, request.GET.get("page")))


@require_safe
@vary_on_cookie
@for_readers
def run_page(request, pk):
    """One run: the choice, why, and how much it hangs on."""
    run = opened(request, pk, runs.KIND)
    if run.state != State.DONE:
        return under_way(request, run)
    answer = runs.told_to(run, request.user)
    try:
        question = run_question(request.GET, Reading(answer))
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/runs/run.html", answered_context(run, request.user, answer, question))


@require_safe
@for_readers
def run_file(request, pk, extension):
    """The areas of a run as a file, with what they rest on."""
    run = opened(request, pk, runs.KIND)
    if extension not in WRITERS or run.state != State.DONE:
        raise Http404(extension)
    answer = runs.told_to(run, request.user)
    body, content_type = WRITERS[extension](run, answer)
    if body is None:
        raise Http404(extension)
    return HttpResponse(
        body,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="maillage_{run.hash[:12]}.{extension}"',
        },
    )
