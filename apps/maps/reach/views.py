"""Pages of studies of reach: the list, the question, one study, what its map draws."""

import json
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_cookie
from rest_framework.exceptions import ValidationError

from apps.accounts.access import may_save_choices
from apps.coverage.studies import runs
from apps.maps.questions import WrongParameter
from apps.maps.reach import form, told
from apps.maps.reach.page import list_context, map_figures, question_context, study_context
from apps.maps.reach.table import study_view
from apps.maps.runs.opening import for_readers, opened, under_way
from apps.runs.models import Run

State = Run.State


@require_safe
@vary_on_cookie
def studies_page(request):
    """The studies of reach that this reader may open, the latest first."""
    return render(request, "maps/reach/list.html", list_context(request.user, request.GET.get("page")))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def question_page(request):
    """A question of reach, written; asked by who may, it opens the page of its run."""
    return _launch(request) if request.method == "POST" else _write(request)


def _write(request):
    """Return the form: blank, of another study (`?run=`), or of what an address tells."""
    forked_from = _forked_from(request.GET, request.user)
    try:
        asked = runs.whole(json.loads(forked_from.question) if forked_from else form.told_by(request.GET))
    except ValidationError as error:
        context = question_context(request.user, form.typed_again(request.GET), refused=form.refusals(error))
        return render(request, "maps/reach/question.html", context, status=400)
    context = question_context(
        request.user, form.typed(asked), forked_from=forked_from, name=told.title(asked)
    )
    return render(request, "maps/reach/question.html", context)


def _launch(request):
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if not may_save_choices(request.user):
        raise PermissionDenied
    forked_from = _forked_from(request.POST, request.user)
    name = request.POST.get("name", "").strip()[: form.LONGEST_NAME]
    try:
        asked = runs.whole(form.told_by(request.POST))
        run = runs.ask(request.user, asked, name=name or told.title(asked), forked_from=forked_from)
    except ValidationError as error:
        context = question_context(
            request.user,
            form.typed_again(request.POST),
            forked_from=forked_from,
            name=name,
            refused=form.refusals(error),
        )
        return render(request, "maps/reach/question.html", context, status=400)
    return redirect("reach-run", run.pk)


def _forked_from(parameters, user):
    """Return the study whose question is taken up again, if this reader may open it."""
    try:
        pk = UUID(parameters.get("run", ""))
    except ValueError:
        return None
    return runs.readable(user).filter(pk=pk).first()


@require_safe
@vary_on_cookie
@for_readers
def study_page(request, pk):
    """One study: who is beyond reach, where, and what the answer hangs on."""
    run = opened(request, pk, runs.KIND)
    if run.state != State.DONE:
        return under_way(request, run)
    answer = runs.told_to(run, request.user)
    try:
        view = study_view(request.GET, answer)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/reach/study.html", study_context(run, request.user, answer, view))


@require_safe
@for_readers
def study_map(request, pk):
    """What the map of a study draws; a study that is done never changes."""
    run = opened(request, pk, runs.KIND)
    if run.state != State.DONE:
        raise Http404(pk)
    return JsonResponse(map_figures(runs.told_to(run, request.user)))
