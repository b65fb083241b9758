"""The pages of the programme."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.vary import vary_on_cookie

from apps.accounts.access import may_see
from apps.maps.programme.bulletin_page import bulletin_context
from apps.maps.programme.list_page import list_context, lists_context
from apps.maps.programme.lists import LISTS
from apps.maps.programme.overview import overview_context
from apps.maps.programme.rules import rules_context
from apps.sources.models import Load


@vary_on_cookie
def overview_page(request):
    """The programme as its document tells it: money, works, cercles, doubts."""
    return _page(request, "overview", overview_context)


@vary_on_cookie
def rules_page(request):
    """The rules of choice, exclusion, phasing and siting."""
    return _page(request, "rules", rules_context)


@vary_on_cookie
def lists_page(request):
    """All lists drawn from the documents."""
    return _page(request, "lists", lists_context)


@vary_on_cookie
def list_page(request, slug):
    """The rows of one list, searched, filtered and sorted."""
    if slug not in LISTS:
        raise Http404
    return _page(request, "list", lambda: list_context(LISTS[slug], request.GET))


@vary_on_cookie
def bulletin_page(request):
    """The funds and projects of the bulletin of June 2017."""
    return _page(request, "bulletin", bulletin_context)


def _page(request, name, context):
    """Return a page of the tables of the programme to those who may read them."""
    load = Load.objects.in_use().of_kind(Load.Kind.PROGRAMME).first()
    if load and not may_see(request.user, load.access):
        raise PermissionDenied
    return render(request, f"maps/programme/{name}.html", {**context(), "load": load})
