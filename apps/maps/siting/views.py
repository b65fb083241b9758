"""Pages of where to build: the list, the question, one run, its files."""

import json
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie
from rest_framework.exceptions import ValidationError

from apps.accounts.access import may_save_choices
from apps.maps.runs.opening import for_readers, opened, under_way
from apps.maps.siting import form
from apps.maps.siting.page import answered_context, list_context
from apps.maps.siting.question_page import question_context
from apps.maps.siting.ready_made import READY_MADE
from apps.runs.models import Run
from apps.siting import runs
from apps.siting.costs import programme_costs

LONGEST_NAME = 120


@require_safe
@vary_on_cookie
def sitings_page(request):
    """What is ready to be launched, and the runs that this reader may open, the latest first."""
    return render(request, "maps/siting/list.html", list_context(request.user, request.GET.get("page")))


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_cookie
def question_page(request):
    """A question is written, and launched: POST opens the page of its run, or tells what is wrong."""
    if request.method == "POST":
        return _launch(request)
    run = _forked_from(request.GET.get("run"), request.user)
    told = run and json.loads(run.question)
    context = question_context(request.user, told, name=run.name if run else "", forked_from=run)
    return render(request, "maps/siting/question.html", context)


def _launch(request):
    if (refused := _refused(request)) is not None:
        return refused
    run = _forked_from(request.POST.get("run"), request.user)
    usual_costs = {key: cost.usd for key, cost in programme_costs().items()}
    told = form.told_by(request.POST, usual_costs)
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    try:
        if not name:
            raise ValidationError({"name": [_("Donnez un nom à l’exécution.")]})
        begun = runs.ask(request.user, told, name=name, forked_from=run)
    except ValidationError as error:
        context = question_context(request.user, told, name=name, forked_from=run, detail=error.detail)
        return render(request, "maps/siting/question.html", context, status=400)
    return redirect("siting-run", begun.pk)


@require_POST
def ready_launch(request, key):
    """Launch a question that is ready."""
    if (refused := _refused(request)) is not None:
        return refused
    if key not in READY_MADE:
        raise Http404(key)
    ready = READY_MADE[key]
    try:
        begun = runs.ask(request.user, ready.question(), name=str(ready.title))
    except ValidationError as error:
        return render(request, "400.html", {"detail": _first(error.detail)}, status=400)
    return redirect("siting-run", begun.pk)


def _refused(request):
    """Return the way to sign in for who has not, None for who may ask; raises PermissionDenied."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("siting-question"))
    if not may_save_choices(request.user):
        raise PermissionDenied
    return None


def _forked_from(pk, user):
    if not pk:
        return None
    try:
        return get_object_or_404(runs.readable(user), pk=UUID(pk))
    except ValueError:
        raise Http404(pk) from None


def _first(detail):
    """Return the first sentence of what is wrong with a question."""
    while isinstance(detail, dict | list):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)


@require_safe
@vary_on_cookie
@for_readers
def siting_page(request, pk):
    """One run: what to build where, who is reached, and how far to trust it."""
    run = opened(request, pk, runs.KIND)
    if run.state != Run.State.DONE:
        return under_way(request, run)
    answer = runs.told_to(run, request.user)
    return render(request, "maps/siting/run.html", answered_context(run, request.user, answer))
