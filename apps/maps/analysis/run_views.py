"""Pages of questions that are kept: the list, one with its versions, its files; saved, and asked again."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie
from rest_framework.exceptions import APIException

from apps.accounts.access import may_save_choices
from apps.analysis import files, runs
from apps.analysis.askers import address_of
from apps.maps.analysis.address import question_in
from apps.maps.analysis.kept import made_of
from apps.maps.analysis.refusals import refused_page
from apps.maps.analysis.run_page import again_context, answered_context, list_context
from apps.maps.analysis.views import attached
from apps.maps.questions import WrongParameter
from apps.maps.runs.opening import for_readers, opened, under_way
from apps.runs.models import Run

LONGEST_NAME = 120


@require_safe
@vary_on_cookie
def runs_page(request):
    """The questions that this reader may open, the latest first."""
    return render(request, "maps/analysis/list.html", list_context(request.user, request.GET.get("page")))


@require_POST
def save_question(request):
    """Keep a question and its answer under a name; one too large for a page waits for the worker."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("analysis"))
    if not may_save_choices(request.user):
        raise PermissionDenied
    try:
        question = question_in(request.POST)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    if question is None or not name:
        return redirect("analysis")
    try:
        run = runs.save(request.user, question, name=name, forked_from=made_of(request.POST, request.user))
    except APIException as error:
        return refused_page(request, question, error)
    return redirect("analysis-run", run.pk)


@require_safe
@vary_on_cookie
@for_readers
def run_page(request, pk):
    """One question that is kept: its answer as it was given, its versions, how to open it elsewhere."""
    run = opened(request, pk, runs.KIND)
    if run.state != Run.State.DONE:
        return under_way(request, run)
    return render(request, "maps/analysis/run.html", answered_context(request, run))


@require_safe
@for_readers
def run_file(request, pk, extension):
    """The answer that is kept, as a file, for who may see what it rests on."""
    run = opened(request, pk, runs.KIND)
    found = runs.answer_of(run, request.user) if run.state == Run.State.DONE else None
    if extension not in files.WRITERS or found is None:
        raise Http404(extension)
    body, content_type = files.written(extension, found)
    return attached(body, content_type, f"maillage_{run.hash[:12]}.{extension}")


@require_safe
@vary_on_cookie
@for_readers
def ask_again(request, pk):
    """The same question asked of the data of now: the same answer, or which load changed."""
    run = opened(request, pk, runs.KIND)
    if run.state != Run.State.DONE:
        return under_way(request, run)
    try:
        again = runs.ask_again(run, request.user, address=address_of(request))
    except APIException as error:
        return refused_page(request, runs.question_of(run), error)
    return render(request, "maps/analysis/again.html", again_context(request, run, again))
