"""What the pages of runs of every kind do alike: open one for its reader, say how far it is, publish it."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import may_save_choices
from apps.maps.runs.kinds import PAGES
from apps.maps.runs.told import author_of, state_told
from apps.runs import services


class SignInFirst(Exception):
    """Nobody is signed in, and what is asked is not public: it may be there for who is."""


def opened(request, pk, kind):
    """Return the run, if this reader may open it; raises Http404, SignInFirst where signing in may help."""
    run = PAGES[kind].told_by.readable(request.user).filter(pk=pk).first()
    if run is None and not request.user.is_authenticated:
        raise SignInFirst
    if run is None:
        raise Http404(pk)
    return run


def for_readers(view):
    """Let who is not signed in do so, where that may open the run that is asked."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except SignInFirst:
            return redirect_to_login(request.get_full_path())

    return asked


def run_context(run, user):
    """Return what every page of a run needs, whatever its kind and its state."""
    pages = PAGES[run.kind]
    return {
        "run": run,
        "pages": pages,
        "urls": pages.urls(run),
        "author": author_of(run),
        "state": state_told(run),
        "share_done": round(100 * run.done / run.total) if run.total else None,
        "may_publish": may_save_choices(user),
        "may_ask": may_save_choices(user),
    }


def under_way(request, run):
    """Return the page of a run that is not done: how far it is, or why it failed."""
    return render(request, "maps/runs/under_way.html", run_context(run, request.user))


@require_safe
@never_cache
def run_state(request, pk, kind):
    """How far a run is: its page asks every second."""
    try:
        run = opened(request, pk, kind)
    except SignInFirst:
        raise PermissionDenied from None
    told = {"state": run.state, "said": state_told(run), "done": run.done, "total": run.total}
    return JsonResponse(told)


@require_POST
def run_publish(request, pk, kind):
    """Open a run to everybody, or close it."""
    if not may_save_choices(request.user):
        raise PermissionDenied
    run = opened(request, pk, kind)
    services.publish(run, is_public=request.POST.get("public") == "yes")
    return redirect(PAGES[kind].urls(run)["page"])


@require_POST
def run_stop(request, pk, kind):
    """Stop a run that waits or is computed; one that is done stays as it is."""
    if not may_save_choices(request.user):
        raise PermissionDenied
    run = opened(request, pk, kind)
    services.cancel(run)
    return redirect(PAGES[kind].urls(run)["page"])
