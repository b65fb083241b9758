"""What is known of some cercles, as one file: chosen here, made by the worker, fetched where it waits."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_cookie

from apps.exports import services
from apps.maps.packs.page import asked_in, choose_context
from apps.packs.orders import WrongCercles, ordered


@vary_on_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def my_area(request):
    """The choice of cercles, format and language; posted to, the file is begun."""
    if request.method == "POST":
        return begin(request, asked_in(request.POST))
    return answered(request, asked_in(request.GET))


def begin(request, asked):
    """Begin the file, or give back the one that is there; lead to its page."""
    try:
        order = ordered(
            request.user,
            asked.pcodes,
            kind=asked.kind,
            language=asked.language,
            with_closed=asked.with_closed,
        )
        export = services.found(order.key) or services.begin(order, user=request.user)
    except WrongCercles as wrong:
        return answered(request, asked, refusal=str(wrong), status=400)
    except services.TooManyWaiting:
        full = _("Trop de fichiers sont déjà en préparation. Attendez la fin de l’un d’eux, puis réessayez.")
        return answered(request, asked, refusal=full, status=429)
    return redirect("export", export.pk)


def answered(request, asked, *, refusal="", status=200):
    """Return the page with the choice as it was made."""
    context = choose_context(request, asked, refusal=refusal)
    return render(request, "maps/packs/choose.html", context, status=status)
