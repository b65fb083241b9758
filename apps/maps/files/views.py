"""The page of a file that was asked for: how far it is, then where to fetch it and how to be sure of it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.exports.models import Export
from apps.exports.services import cancel, may_fetch
from layers.catalogue import LAYERS

State = Export.State


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_page(request, pk):
    """Show how far a file is; posted to, give up one that is under way."""
    export = get_object_or_404(Export, pk=pk)
    if not may_fetch(request.user, export):
        return render(request, "maps/files/export.html", {"is_withheld": True}, status=403)
    if request.method == "POST":
        if export.asked_by_id != request.user.pk or not request.user.is_authenticated:
            raise PermissionDenied
        cancel(export)
        return HttpResponseRedirect(request.path)
    return render(request, "maps/files/export.html", export_context(request, export))


def export_context(request, export):
    """Return what templates/maps/files/export.html needs."""
    is_there = export.state == State.DONE and export.path.is_file()
    address = reverse("downloads:file", args=[export.pk, export.file_name])
    return {
        "export": export,
        "about": export.about,
        "layers": [
            (LAYERS[name].title.in_language(get_language()), reverse("layer", args=[name]))
            for name in export.layers
            if name in LAYERS
        ],
        "is_there": is_there,
        "is_gone": export.state == State.DONE and not is_there,
        "is_under_way": export.is_under_way,
        "has_failed": export.state == State.FAILED,
        "may_give_up": request.user.is_authenticated and export.asked_by_id == request.user.pk,
        "address": address,
        "whole_address": request.build_absolute_uri(address),
        "state_address": reverse("api:export", args=[export.pk]),
    }
