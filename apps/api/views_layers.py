"""The catalogue, and each layer as GeoJSON and CSV."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import may_see
from apps.api import bodies
from apps.api.answers import conditional, etag_of
from apps.api.catalogue import access_of, active_edition, catalogue, load_of, told
from apps.api.questions import DETAILS, question
from apps.api.rendering import geojson, table
from apps.sources.models import LayerRevision
from layers.catalogue import LAYERS

PARAMETERS = [
    OpenApiParameter("name", str, OpenApiParameter.PATH, enum=list(LAYERS)),
    OpenApiParameter("bbox", str, description="west,south,east,north"),
    OpenApiParameter("region", str, description="P-code"),
    OpenApiParameter("cercle", str, description="P-code"),
    OpenApiParameter("since", OpenApiTypes.DATE),
    OpenApiParameter("until", OpenApiTypes.DATE),
    OpenApiParameter("fields", str, description="names, separated by commas"),
    OpenApiParameter("limit", int),
    OpenApiParameter("offset", int),
    OpenApiParameter("detail", str, enum=DETAILS),
]


class CatalogueView(APIView):
    """Every layer with its words, fields, counts, source, licence and links."""

    permission_classes = []

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request):
        return Response({"layers": catalogue(request)})


class LayerView(APIView):
    """The rows of a layer, for those who may see them."""

    permission_classes = []
    content_type = ""
    extension = ""

    def answer(self, request, name):
        layer = LAYERS.get(name)
        if layer is None:
            raise Http404(name)
        load = load_of(layer)
        access = access_of(layer, load)
        if not may_see(request.user, access):
            raise NotAuthenticated
        asked = question(layer, request.GET)
        revision, changed_at = LayerRevision.objects.of(layer.name)
        key = bodies.key_of(
            self.extension, sorted(request.GET.items()), layer.name, revision, changed_at, load and load.pk
        )
        edition = active_edition()

        def make_body():
            def render():
                return self.render(asked, told(load, edition, changed_at), request)

            return bodies.kept(layer.name, key, render) if asked.is_whole else bodies.once(render())

        response = conditional(
            request,
            etag=etag_of(key),
            changed_at=changed_at,
            access=access,
            content_type=self.content_type,
            make_body=make_body,
        )
        if load and load.licence:
            response["X-Licence"] = load.licence.encode("ascii", "replace").decode()
        return response


class LayerGeoJSONView(LayerView):
    content_type = "application/geo+json"
    extension = "geojson"

    @extend_schema(parameters=PARAMETERS, responses={(200, "application/geo+json"): OpenApiTypes.OBJECT})
    def get(self, request, name):
        return self.answer(request, name)

    def render(self, asked, about, request):
        return geojson(asked, about, request.get_full_path())


class LayerCSVView(LayerView):
    content_type = "text/csv; charset=utf-8"
    extension = "csv"

    @extend_schema(parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request, name):
        response = self.answer(request, name)
        response["Content-Disposition"] = f'attachment; filename="maillage_{name}.csv"'
        return response

    def render(self, asked, about, request):
        return table(asked, about)
