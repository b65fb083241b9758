"""Choices held against the real one: those that are ready, one in full, its file, and a new one."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie
from rest_framework.exceptions import ValidationError

from apps.accounts.access import may_save_choices
from apps.maps.backtest.page import backtest_csv, page_context
from apps.maps.backtest.words import CASES
from apps.runs.models import Run
from apps.targeting import backtests, runs

EVERY_SECONDS = "3"
"""How often a page that waits for an answer asks again: by the browser itself, without a script."""


@require_GET
@vary_on_cookie
def backtest_page(request):
    """The newest public back-tests of the ready-made cases, the first of them in full."""
    return render(request, "maps/backtest/page.html", page_context(request.user))


@require_GET
@vary_on_cookie
def backtest_run(request, pk):
    """One back-test in full, or how far it is."""
    run = get_object_or_404(backtests.readable(request.user), pk=pk)
    response = render(request, "maps/backtest/page.html", page_context(request.user, run))
    if run.state in (Run.State.WAITING, Run.State.RUNNING):
        response["Refresh"] = EVERY_SECONDS
    return response


@require_GET
def backtest_file(request, pk):
    """The cercles of a back-test as CSV."""
    run = get_object_or_404(backtests.readable(request.user).answered(), pk=pk)
    body = backtest_csv(backtests.told_to(run, request.user))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="maillage_epreuve_{run.hash[:12]}.csv"'
    return response


@require_POST
def backtest_launch(request):
    """Hold a ready-made case, or a run of targeting, against the real choice anew."""
    if not may_save_choices(request.user):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
    name, told = _asked(request)
    try:
        run = backtests.ask(request.user, told, name=name)
    except ValidationError as error:
        return render(request, "400.html", {"detail": _first(error.detail)}, status=400)
    return redirect("backtest-run", run.pk)


def _asked(request):
    """Return the name and the question (JSON) of what a form asks; raises Http404 for what is not there."""
    if "run" in request.POST:
        run = get_object_or_404(runs.readable(request.user).answered(), pk=_uuid(request.POST["run"]))
        return run.name, backtests.of_run(run)
    case = tuple(request.POST.get("case", "").split("-"))
    if case not in CASES:
        raise Http404
    return str(CASES[case]), dict(zip(("case", "zones"), case, strict=True))


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _first(detail):
    """Return the first sentence of what is wrong with a question."""
    while isinstance(detail, dict | list):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)
