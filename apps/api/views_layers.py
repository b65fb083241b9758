"""The catalogue, and each layer as GeoJSON and CSV."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import may_see, visible_classes
from apps.api.answers import conditional
from apps.api.catalogue import catalogue
from apps.api.layer_answers import FORMATS, layer_answer
from apps.catalogue.loads import readable_as
from apps.catalogue.questions import DETAILS
from layers.catalogue import LAYERS

PARAMETERS = [
    OpenApiParameter("name", str, OpenApiParameter.PATH, enum=list(LAYERS)),
    OpenApiParameter("bbox", str, description="west,south,east,north"),
    OpenApiParameter("region", str, description="P-codes, separated by commas"),
    OpenApiParameter("cercle", str, description="P-codes, separated by commas"),
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
    format_name = ""

    def answer(self, request, name):
        layer = LAYERS.get(name)
        if layer is None:
            raise Http404(name)
        load, access = readable_as(layer)
        if not may_see(request.user, access):
            raise NotAuthenticated
        format_ = FORMATS[self.format_name]
        readable = visible_classes(request.user)
        answer = layer_answer(layer, load, access, format_, request.GET, readable=readable)
        response = conditional(request, answer, format_.content_type)
        response["X-Licence"] = answer.licence.encode("ascii", "replace").decode()
        return response


class LayerGeoJSONView(LayerView):
    format_name = "geojson"

    @extend_schema(parameters=PARAMETERS, responses={(200, "application/geo+json"): OpenApiTypes.OBJECT})
    def get(self, request, name):
        return self.answer(request, name)


class LayerCSVView(LayerView):
    format_name = "csv"

    @extend_schema(parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request, name):
        response = self.answer(request, name)
        response["Content-Disposition"] = f'attachment; filename="maillage_{name}.csv"'
        return response
