"""The page of travel: read by everybody; its speeds are changed by data keepers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import keeps_data
from apps.maps.institutions.readers import for_keepers
from apps.maps.travel.forms import SpeedForm
from apps.maps.travel.page import travel_context
from apps.travel import services
from apps.travel.speeds import speeds_in_force


@require_GET
@vary_on_cookie
def travel_page(request):
    """What minutes rest on: the grid, the layers that are loaded, the speeds and their sources."""
    context = travel_context(keeps=keeps_data(request.user))
    return render(request, "maps/travel/travel.html", context)


@require_POST
@for_keepers
def change_speed(request):
    """Another speed of a class, or its default again."""
    form = SpeedForm(speeds_in_force(), request.POST)
    if not form.is_valid():
        return render(request, "maps/travel/travel.html", travel_context(keeps=True, form=form), status=400)
    given = form.cleaned_data
    about = {"why": given["why"], "by": request.user}
    if given["kmh"] is None:
        services.set_speed_back(given["what"], given["of_class"], **about)
        messages.success(request, _("La valeur par défaut vaut de nouveau."))
    else:
        services.set_speed(given["what"], given["of_class"], given["kmh"], **about)
        messages.success(
            request, _("La vitesse est enregistrée : les temps calculés à partir d’ici la suivent.")
        )
    return redirect("travel")
