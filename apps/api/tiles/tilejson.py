"""What the tiles of a layer hold (TileJSON 3.0), with where its rows come from and what is not drawn."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from apps.api.catalogue import described
from apps.catalogue.loads import active_edition, rows_for
from apps.catalogue.tiles.asked import GRIDDED, TILED
from apps.catalogue.tiles.contents import left_out, vector_layers
from apps.catalogue.tiles.drawing import LAST_ZOOM, MOST_EVENTS
from apps.catalogue.tiles.queries import placed_counts
from apps.events.queries import LAST_GRIDDED_ZOOM
from apps.sources.models import LayerRevision, Load

MALI = (-12.3, 10.1, 4.3, 25.0)
"""West, south, east, north: what a map shows of a layer that has no row yet."""


def tilejson(request, wanted):
    """Return the TileJSON of what is asked of a layer (`Asked`), in the reader's language."""
    layer = wanted.layer
    language = get_language()
    revision = LayerRevision.objects.filter(layer=layer.name).first()
    about = described(layer, list(Load.objects.in_use()), active_edition(), revision, request)
    extent = about["extent"] or MALI
    asked = urlencode([(name, value) for name, value in request.GET.items() if name != "lang"])
    return {
        "tilejson": "3.0.0",
        "name": layer.title.in_language(language),
        "description": " ".join([layer.description.in_language(language), *left_out(layer)]),
        "version": f"{revision.revision if revision else 0}.0.0",
        "scheme": "xyz",
        "tiles": [tiles_url(request, layer) + (f"?{asked}" if asked else "")],
        "minzoom": 0,
        "maxzoom": LAST_ZOOM[layer.geometry],
        "bounds": [round(degrees, 5) for degrees in extent],
        "center": [round((extent[0] + extent[2]) / 2, 5), round((extent[1] + extent[3]) / 2, 5), 5],
        "attribution": about["attribution"] or about["publisher"],
        "vector_layers": vector_layers(layer, language, last=LAST_ZOOM[layer.geometry]),
        "maillage": {
            **{name: value for name, value in about.items() if name not in ("extent", "geometry")},
            **(_placed(wanted, request.user) if layer.name in GRIDDED else {}),
            "links": about["links"] | links(request, layer),
        },
    }


def _placed(wanted, user):
    """Return how many of these events the tiles hold, and how many are drawn nowhere, as too vague."""
    drawn, not_drawn = placed_counts(wanted, rows_for(user, wanted.layer))
    return {
        "events_drawn": drawn,
        "events_not_drawn": not_drawn,
        "first_zoom_of_single_events": LAST_GRIDDED_ZOOM + 1,
        "most_single_events": MOST_EVENTS,
    }


def tiles_url(request, layer):
    """Return the absolute address of the layer's tiles, with {z}, {x} and {y} to be filled in."""
    return (
        request.build_absolute_uri(reverse("tiles:tilejson", args=[layer.name])).removesuffix(".json")
        + "/{z}/{x}/{y}.mvt"
    )


def links(request, layer):
    """Return the absolute addresses of a layer's TileJSON and styles."""
    names = {"tilejson": "tiles:tilejson", "maplibre_style": "tiles:style", "qgis_style": "tiles:qml"}
    return {rel: request.build_absolute_uri(reverse(name, args=[layer.name])) for rel, name in names.items()}


def every_layer(request):
    """Return each layer that has tiles: its words and where to find what is needed to draw it."""
    language = get_language()
    return [
        {"name": layer.name, "title": layer.title.in_language(language), "links": links(request, layer)}
        for layer in TILED.values()
    ]
