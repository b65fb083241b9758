"""Pages of the runs of targeting: the list, one run, how far it is, its files, open to everybody or not."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_save_choices
from apps.maps.questions import WrongParameter
from apps.maps.runs.files import WRITERS
from apps.maps.runs.page import answered_context, list_context, run_context
from apps.maps.runs.questions import run_question
from apps.maps.runs.reading import Reading
from apps.maps.runs.told import state_told
from apps.runs import services
from apps.runs.models import Run
from apps.targeting import runs

State = Run.State


class SignInFirst(Exception):
    """Nobody is signed in, and what is asked is not public: it may be there for who is."""


def _readable(request, pk):
    """Return the run, if this reader may open it; raises Http404, SignInFirst where signing in may help."""
    run = runs.readable(request.user).filter(pk=pk).first()
    if run is None and not request.user.is_authenticated:
        raise SignInFirst
    if run is None:
        raise Http404(pk)
    return run


@require_safe
@vary_on_cookie
def runs_page(request):
    """The runs that this reader may open, the latest first."""
    return render(request, "maps/runs/list.html", list_context(request.user, request.GET.get("page")))


@require_safe
@vary_on_cookie
def run_page(request, pk):
    """One run: the choice, why, and how much it hangs on."""
    try:
        run = _readable(request, pk)
    except SignInFirst:
        return redirect_to_login(request.get_full_path())
    if run.state != State.DONE:
        return render(request, "maps/runs/under_way.html", run_context(run, request.user))
    answer = runs.told_to(run, request.user)
    try:
        question = run_question(request.GET, Reading(answer))
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/runs/run.html", answered_context(run, request.user, answer, question))


@require_safe
@never_cache
def run_state(request, pk):
    """How far a run is: its page asks every second."""
    try:
        run = _readable(request, pk)
    except SignInFirst:
        raise PermissionDenied from None
    told = {"state": run.state, "said": state_told(run), "done": run.done, "total": run.total}
    return JsonResponse(told)


@require_safe
def run_file(request, pk, extension):
    """The areas of a run as a file, with what they rest on."""
    try:
        run = _readable(request, pk)
    except SignInFirst:
        return redirect_to_login(request.get_full_path())
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


@require_POST
def run_publish(request, pk):
    """Open a run to everybody, or close it."""
    if not may_save_choices(request.user):
        raise PermissionDenied
    run = _readable(request, pk)
    services.publish(run, is_public=request.POST.get("public") == "yes")
    return redirect("run", pk)
