"""Vector tiles, what they hold (TileJSON), and how they are drawn (MapLibre, QGIS)."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rest_framework.exceptions import APIException, NotAuthenticated

from apps.accounts.access import may_see
from apps.api import bodies
from apps.api.answers import conditional
from apps.api.layer_answers import LayerAnswer
from apps.api.problems import handler, problem
from apps.api.throttles import TileReaders, count
from apps.api.tiles.maplibre import style
from apps.api.tiles.tilejson import every_layer, tilejson
from apps.catalogue.loads import readable_as
from apps.catalogue.qgis import qml
from apps.catalogue.tiles.asked import TILED, asked
from apps.catalogue.tiles.drawing import LAST_ZOOM, drawn
from apps.sources.models import LayerRevision
from geo.vocabulary import AccessClass

CONTENT_TYPE = "application/vnd.mapbox-vector-tile"


def of_a_layer(view):
    """Give the view the layer of this name, and who may read it; refuse in words, as the API does."""

    @require_safe
    @wraps(view)
    def answer(request, name, **places):
        try:
            if name not in TILED:
                raise Http404(name)
            layer = TILED[name]
            count(request, TileReaders)
            load, access = readable_as(layer)
            if not may_see(request.user, access):
                raise NotAuthenticated
            response = view(request, layer, access, load, **places)
        except (APIException, Http404, PermissionDenied) as refused:
            return handler(refused, {"request": request})
        if access == AccessClass.PUBLIC:
            response["Access-Control-Allow-Origin"] = "*"  # a map on another site may draw what all may read
        return response

    return answer


@of_a_layer
def tile(request, layer, access, load, z, x, y):
    """Answer one tile."""
    last = LAST_ZOOM[layer.geometry]
    if z > last or x >= 2**z or y >= 2**z:
        words = _("Il n’y a pas de tuile %(z)s/%(x)s/%(y)s : z va de 0 à %(last)s, x et y de 0 à 2^z − 1.")
        return problem(request, 404, words % {"z": z, "x": x, "y": y, "last": last})
    wanted = asked(layer, request.GET)
    revision, changed_at = revision_of(layer)
    given = sorted((name, value) for name, value in request.GET.items() if name != "lang")
    key = bodies.key_of("mvt", layer.name, revision, changed_at, (z, x, y), given)
    licence = load.licence if load else ""

    def make_body():
        return bodies.remembered(key, lambda: drawn(wanted, request.user, z, x, y))

    return conditional(request, LayerAnswer(key, changed_at, access, licence, make_body), CONTENT_TYPE)


def revision_of(layer):
    """Return the revision of a layer's rows and when they changed: (0, None) before any load."""
    return LayerRevision.objects.filter(pk=layer.name).values_list("revision", "changed_at").first() or (
        0,
        None,
    )


@require_safe
def index(request):
    """List the layers that have tiles."""
    return _document(JsonResponse({"layers": every_layer(request)}), AccessClass.PUBLIC)


@of_a_layer
def tilejson_of(request, layer, access, load):
    """Tell what the tiles of a layer hold; the filters asked here are those of its tiles."""
    return _document(JsonResponse(tilejson(request, asked(layer, request.GET))), access)


@of_a_layer
def style_of(request, layer, access, load):
    """Tell MapLibre how to draw a layer."""
    address = request.build_absolute_uri(reverse("tiles:tilejson", args=[layer.name]))
    return _document(JsonResponse(style(layer, address, get_language())), access)


@of_a_layer
def qml_of(request, layer, access, load):
    """Tell QGIS how to draw a layer."""
    response = HttpResponse(qml(layer, get_language()), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="maillage_{layer.name}.qml"'
    return _document(response, access)


def _document(response, access):
    """Say who may keep a copy: the words are those of the reader's language."""
    is_public = access == AccessClass.PUBLIC
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
