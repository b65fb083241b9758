"""What programs read of layers and files: DCAT-AP as JSON-LD."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from apps.accounts.access import access_class, may_see
from apps.api.catalogue import days_of, measured
from apps.api.downloads.views import refuse_strangers
from apps.catalogue.loads import active_edition, strictest
from apps.exports.metadata import dcat
from apps.exports.models import Export
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import AccessClass
from layers.catalogue import LAYERS

CONTENT_TYPE = "application/ld+json"
TOLD = {(200, CONTENT_TYPE): OpenApiTypes.OBJECT}


def known_to(user):
    """
    Return what tells what is known of a layer to this reader; all is asked of the database once.

    Where rows lie is told to all, as in the catalogue, their days to who may read them.
    """
    in_use, edition = list(Load.objects.in_use()), active_edition()
    revisions = {row.layer: (row.revision, row.changed_at) for row in LayerRevision.objects.all()}

    def known_of(layer):
        revision = revisions.get(layer.name, (None, None))
        loads = loads_of(layer, in_use)
        # Of rows that have access each by its own load, only those of public loads are described.
        access = access_class(layer, None if layer.has_access_by_row else next(iter(loads), None))
        days = days_of(layer, *revision) if layer.time_field and may_see(user, access) else None
        box = measured(layer, *revision)["extent"]
        return dcat.Known(access, loads, edition, revision[1], box, days)

    return known_of


def loads_of(layer, in_use):
    """Return the loads that rows of a layer come from, the one that decides who may read them first."""
    own = [each for each in in_use if each.kind == layer.load_kind]
    if layer.has_access_by_row:
        return [each for each in own if each.access == AccessClass.PUBLIC]
    others = [each for each in in_use if each.kind in layer.other_kinds]
    return [*([strictest(own)] if own else []), *others]


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
        return answered(dcat.catalogue(LAYERS.values(), known_to(request.user), root_of(request)))


class LayerDescribed(APIView):
    """A layer as a dataset of DCAT. Its description is public, whoever may read its rows."""

    permission_classes = []

    @extend_schema(responses=TOLD)
    def get(self, request, name):
        if name not in LAYERS:
            raise Http404(name)
        known = known_to(request.user)(LAYERS[name])
        return answered(dcat.dataset(LAYERS[name], known, root_of(request)))


class FileDescribed(APIView):
    """A file that is there as a distribution of DCAT, with the hash of its bytes."""

    permission_classes = []

    @extend_schema(responses=TOLD)
    def get(self, request, pk):
        export = get_object_or_404(Export.objects.made(), pk=pk)
        refuse_strangers(request.user, export)
        return answered(dcat.distribution(export, root_of(request)))
