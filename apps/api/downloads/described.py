"""What programs read of layers and files: DCAT-AP as JSON-LD."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from apps.api.downloads.views import refuse_strangers
from apps.catalogue.loads import readable_as
from apps.exports.metadata import dcat
from apps.exports.models import Export
from layers.catalogue import LAYERS

CONTENT_TYPE = "application/ld+json"
TOLD = {(200, CONTENT_TYPE): OpenApiTypes.OBJECT}


def access_of(layer):
    return readable_as(layer)[1]


def root_of(request):
    """Return our address as this reader wrote it, without its last slash."""
    return request.build_absolute_uri("/").rstrip("/")


def answered(told):
    return JsonResponse(told, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


class CatalogueDescribed(APIView):
    """Every layer as a dataset of DCAT."""

    permission_classes = []

    @extend_schema(responses=TOLD)
    def get(self, request):
        return answered(dcat.catalogue(LAYERS.values(), access_of, root_of(request)))


class LayerDescribed(APIView):
    """A layer as a dataset of DCAT. Its description is public, whoever may read its rows."""

    permission_classes = []

    @extend_schema(responses=TOLD)
    def get(self, request, name):
        if name not in LAYERS:
            raise Http404(name)
        return answered(dcat.dataset(LAYERS[name], access_of(LAYERS[name]), root_of(request)))


class FileDescribed(APIView):
    """A file that is there as a distribution of DCAT, with the hash of its bytes."""

    permission_classes = []

    @extend_schema(responses=TOLD)
    def get(self, request, pk):
        export = get_object_or_404(Export.objects.made(), pk=pk)
        refuse_strangers(request.user, export)
        return answered(dcat.distribution(export, root_of(request)))
