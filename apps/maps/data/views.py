"""Pages of the data: the catalogue with every load, and one load with what it refused."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from apps.maps.data.page import data_context, load_context
from apps.sources.models import Load


@vary_on_cookie
def data_page(request):
    """The layers, where they come from and who may read them."""
    return render(request, "maps/data.html", data_context(request))


@vary_on_cookie
def load_page(request, pk):
    """One load: its file, its source, what it refused and doubted."""
    return render(request, "maps/load.html", load_context(request, get_object_or_404(Load, pk=pk)))
