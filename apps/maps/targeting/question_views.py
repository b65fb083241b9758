"""A whole question of /ciblage/: opened, written in a form, told while it is being written, launched."""

import json
import uuid
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.accounts.access import may_save_choices
from apps.events.figures import period_of
from apps.maps.questions import WrongParameter
from apps.maps.targeting.question_answer import Draft, preview
from apps.maps.targeting.question_form import told_by
from apps.maps.targeting.question_page import Screen, answer, question_context
from apps.maps.targeting.question_steps import stepped
from apps.maps.targeting.question_text import is_shaped, packed, unpacked
from apps.maps.targeting.questions import Besides, besides
from apps.targeting import ready_made, runs

LONGEST_NAME = 120


def question_page(request):
    """The cercles ranked by a whole question, beside the fields in which it is written."""
    run = _forked_from(request.GET, request.user)
    draft = Draft(unpacked(request.GET["q"]) if request.GET.get("q") else _told_by_run(run), run)
    screen = Screen(draft, besides(request.GET), request.user, period_of("all", draft.asked))
    context = question_context(request, screen)
    if request.GET.get("lancer") == "1":
        context["launch_error"] = _("Donnez un nom à l’exécution.")
    return render(request, "maps/targeting.html", context)


def _forked_from(parameters, user):
    if not parameters.get("run"):
        return None
    try:
        pk = uuid.UUID(parameters["run"])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(runs.readable(user), pk=pk)


def _told_by_run(run):
    told = json.loads(run.question)
    if not is_shaped(told) or told.get("level") != "cercle":
        raise WrongParameter(_("Cette exécution porte sur des communes : la page du ciblage a les cercles."))
    return told


def begin(question, outils):
    """Open a whole question: from the three sliders as they stand, or the programme's case."""
    told = runs.prosmed_question() if outils == "programme" else told_by_sliders(question)
    return redirect(address(told, Besides(question.cercles, question.with_programme, "rank")))


def told_by_sliders(question):
    """Return the question that the sliders ask, with the programme's other criteria, which have no weight."""
    days = [day and day.isoformat() for day in (question.since, question.until)]
    criteria = ready_made.usual_criteria(*days)
    for criterion in criteria:
        criterion["weight"] = question.weights.get(criterion["indicator"], 0)
    asked = question.asked
    return ready_made.usual() | {
        "zones": [{"key": "all", "criteria": criteria}],
        "source": asked.source and asked.source.value,
        "events_until": asked.events_until and asked.events_until.isoformat(),
        "known_at": asked.known_at and asked.known_at.isoformat(),
    }


def address(told, parameters, *, run=None, place="", **more):
    """Return the address of a question, as it can be copied."""
    query = {"q": packed(told)}
    if run:
        query["run"] = str(run.pk)
    if parameters.cercles:
        query["cercles"] = ",".join(parameters.cercles)
    if parameters.with_programme:
        query["programme"] = "1"
    if parameters.sort != "rank":
        query["sort"] = parameters.sort
    return f"{reverse('targeting')}?{urlencode(query | more, safe=',')}{f'#{place}' if place else ''}"


# Nothing is written by the two that follow: without sign-in, a form needs no token.


@csrf_exempt
@require_POST
def question_step(request):
    """Read the form, do what the button pressed says, and open the page at the question that comes of it."""
    run = _forked_from(request.POST, request.user)
    told, step = _told(request.POST), request.POST.get("do", "")
    parameters = besides(request.POST)
    if step == "choose":
        chosen = preview(Draft(told), request.user).chosen
        return redirect(address(told, parameters._replace(cercles=tuple(chosen)), run=run))
    told, place = stepped(told, step, request.POST)
    return redirect(address(told, parameters, run=run, place=place))


@csrf_exempt
@require_POST
def question_answer(request):
    """What a question that is being written would answer, for the scripts."""
    try:
        draft = Draft(_told(request.POST), _forked_from(request.POST, request.user))
        screen = Screen(draft, besides(request.POST), request.user, period_of("all", draft.asked))
    except WrongParameter as error:
        return JsonResponse({"detail": str(error)}, status=400, content_type="application/problem+json")
    return JsonResponse(answer(screen))


@require_POST
def question_launch(request):
    """Have the worker answer the question under a name, and open the page of its run."""
    run = _forked_from(request.POST, request.user)
    told, parameters = _told(request.POST), besides(request.POST)
    here = address(told, parameters, run=run)
    if not request.user.is_authenticated:
        return redirect_to_login(here)
    if not may_save_choices(request.user):
        raise PermissionDenied
    name = request.POST.get("name", "").strip()[:LONGEST_NAME]
    draft = Draft(told)
    if draft.question is None or preview(draft, request.user).failed:
        return redirect(here)
    if not name:
        return redirect(address(told, parameters, run=run, place="launch", lancer=1))
    begun = runs.ask(request.user, draft.question, name=name, forked_from=run)
    return redirect("run", begun.pk)


def _told(form):
    told = told_by(form)
    if not is_shaped(told):
        raise Http404
    return told
