"""What a page of an import asks beside itself: how far the work is, and the refused rows as a file."""

from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from apps.imports import uploads
from apps.imports.models import Import
from apps.maps.imports.readers import for_importers
from apps.maps.imports.words import STATES


@require_GET
@never_cache
@for_importers
def state(request, pk):
    """How far the work is: a page asks about once a second."""
    import_ = get_object_or_404(Import.objects.only("state", "done", "total"), pk=pk)
    return JsonResponse(
        {
            "state": import_.state,
            "said": str(STATES[import_.state]),
            "done": import_.done,
            "total": import_.total,
        }
    )


@require_GET
@for_importers
def refusals(request, pk):
    """The rows that stayed out, as in the file, each with its reason."""
    get_object_or_404(Import, pk=pk)
    path = uploads.refusals_of(pk)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
