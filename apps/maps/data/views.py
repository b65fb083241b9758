"""Pages of the data: the catalogue, one layer, every load, one load and its refusals."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from apps.maps.data.layer_page import layer_context
from apps.maps.data.loads_page import load_context, loads_context
from apps.maps.data.page import data_context
from apps.sources.models import Load
from layers.catalogue import LAYERS


@vary_on_cookie
def data_page(request):
    """The layers, found by words or by theme, and what is new among them."""
    return render(request, "maps/data.html", data_context(request))


@vary_on_cookie
def loads_page(request):
    """Every load of a file, those in use first."""
    return render(request, "maps/data/loads.html", loads_context(request))


@vary_on_cookie
def load_page(request, pk):
    """One load: its file, its source, what it refused and doubted."""
    return render(request, "maps/load.html", load_context(request, get_object_or_404(Load, pk=pk)))


@vary_on_cookie
def layer_page(request, name):
    """One layer: what it holds, where it comes from, and how to open it elsewhere."""
    if name not in LAYERS:
        raise Http404(name)
    return render(request, "maps/data/layer.html", layer_context(request, LAYERS[name]))
