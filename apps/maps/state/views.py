"""The state of the data: read by everybody, decided by data keepers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import keeps_data
from apps.feeds import services
from apps.feeds.models import Feed
from apps.maps.institutions.readers import for_keepers
from apps.maps.state.forms import FeedForm
from apps.maps.state.page import state_context


@require_GET
@vary_on_cookie
def state_page(request):
    """How old the data are, which publisher is asked when, and how the last passages went."""
    return render(request, "maps/state/page.html", state_context(keeps=keeps_data(request.user)))


@require_POST
@for_keepers
def decide(request, key):
    """A feed switched on or off, its schedule, the age from which its data are stale."""
    feed = get_object_or_404(Feed, key=key)
    form = FeedForm(request.POST, feed=feed)
    if not form.is_valid():
        context = state_context(keeps=True, wrong={key: form})
        return render(request, "maps/state/page.html", context, status=400)
    services.decide(feed, **form.cleaned_data)
    messages.success(request, _("Le réglage est enregistré."))
    return redirect("data-state")


@require_POST
@for_keepers
def run_now(request, key):
    """A passage asked now: the worker does it."""
    feed = get_object_or_404(Feed, key=key)
    if services.run_soon(feed):
        messages.success(request, _("Le passage est demandé : il commence dès que le service est libre."))
    else:
        messages.info(request, _("Ce passage est déjà demandé."))
    return redirect("data-state")
