"""Pages on which data keepers say which area a place told in a file is, and take back what they said."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.boundaries import aliases
from apps.boundaries.models import Area, PlaceAlias
from apps.imports import decisions
from apps.imports.models import Import, PlaceQuestion
from apps.maps.imports.readers import for_importers
from apps.maps.places_review.page import NONE_OF_THEM, import_places_context, outlines_of, places_context


@require_GET
@for_importers
def import_places(request, pk):
    """The places of one file that wait for a decision, with their candidates on a map."""
    import_ = get_object_or_404(Import, pk=pk)
    return render(request, "maps/places_review/import.html", import_places_context(import_, request.GET))


@require_GET
@for_importers
def places(request):
    """Every place that waits, and every other name decided, which can be undone."""
    return render(request, "maps/places_review/places.html", places_context())


@require_GET
@for_importers
def outlines(request):
    """The outlines of candidates, for the map."""
    body = outlines_of(request.GET.getlist("pcode"))
    return HttpResponse(body, content_type="application/geo+json")


@require_POST
@for_importers
def decide(request, pk):
    """One of the candidates, an area found by search, or none."""
    question = get_object_or_404(PlaceQuestion, pk=pk)
    choice = request.POST.get("choice", "")
    area = Area.objects.active().filter(pcode=choice).first()
    if area is None and choice != NONE_OF_THEM:
        messages.error(request, _("Rien n’est choisi pour ce lieu : rien n’est décidé."))
        return redirect(_at(question))
    decisions.decide(question, area, by=request.user, remembered="remember" in request.POST)
    told = question.told or question.code_told
    if area:
        said = _("« %(told)s » est %(name)s (%(pcode)s).")
        messages.success(request, said % {"told": told, "name": area.name, "pcode": area.pcode})
    else:
        messages.success(request, _("« %(told)s » : ses lignes sont refusées.") % {"told": told})
    return redirect("import-places", question.of_import_id)


@require_POST
@for_importers
def reopen(request, pk):
    """A decision taken back."""
    question = get_object_or_404(PlaceQuestion, pk=pk)
    decisions.reopen(question)
    messages.success(request, _("La décision est reprise : ce lieu attend de nouveau."))
    return redirect(_at(question))


@require_POST
@for_importers
def forget(request, pk):
    """Another name undone, with the reason."""
    alias = get_object_or_404(PlaceAlias, pk=pk)
    why = request.POST.get("why", "").strip()[:300]
    if not why:
        messages.error(request, _("Dites pourquoi : l’historique le garde."))
    else:
        aliases.forget(alias, by=request.user, why=why)
        messages.success(request, _("Ce nom n’est plus tenu pour certain."))
    return redirect(f"{reverse('places-to-decide')}#autres-noms")


def _at(question):
    return f"{reverse('import-places', args=[question.of_import_id])}#lieu-{question.pk}"
