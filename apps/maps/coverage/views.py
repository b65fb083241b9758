"""The page of coverage: it asks, and answers with one template."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.coverage.moving import CannotMove
from apps.maps.coverage.both_page import both_context
from apps.maps.coverage.comparing_page import comparing_context, comparison
from apps.maps.coverage.moving_page import asked_move, moving_context
from apps.maps.coverage.page import coverage_context
from apps.maps.coverage.questions import page_question
from apps.maps.questions import WrongParameter


@vary_on_cookie
def coverage_page(request):
    """Who is beyond reach of which institutions, by area, as an interval."""
    try:
        question = page_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/coverage/coverage.html", coverage_context(request, question))


@vary_on_cookie
def moving_page(request):
    """One institution thought elsewhere: who comes within reach and who no longer is. Nothing is saved."""
    try:
        context = moving_context(request.user, *asked_move(request.GET))
    except (WrongParameter, CannotMove) as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    except PermissionError:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied from None
    return render(request, "maps/coverage/moving.html", context)


@vary_on_cookie
def comparing_page(request):
    """One question answered twice: on two days, or without and with the planned works."""
    try:
        asked = comparison(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/coverage/comparing.html", comparing_context(request.user, asked))


@vary_on_cookie
def both_page(request):
    """Who is within reach of what stands, and of what works, on one map."""
    try:
        question = page_question(request.GET)
    except WrongParameter as error:
        return render(request, "400.html", {"detail": str(error)}, status=400)
    return render(request, "maps/coverage/both.html", both_context(question.asked))
