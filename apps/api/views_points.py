"""Points through DRF-GIS, read only: settlements and events."""

from django_filters import rest_framework as filters
from rest_framework import serializers, viewsets
from rest_framework.permissions import BasePermission
from rest_framework_gis.filters import InBBoxFilter
from rest_framework_gis.pagination import GeoJsonPagination

from apps.api.serializers import EventSerializer, SettlementSerializer
from apps.boundaries.models import Settlement
from apps.catalogue.loads import may_read
from apps.events.models import ConflictEvent
from layers.catalogue import LAYERS


class Pages(GeoJsonPagination):
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000

    def get_paginated_response_schema(self, schema):
        """Return the schema of a page: a FeatureCollection (`schema`), and where the others lie."""
        page = super().get_paginated_response_schema(schema)["properties"]
        about = {name: page[name] for name in ("count", "next", "previous")}
        return {"allOf": [schema, {"type": "object", "required": ["count"], "properties": about}]}


class PlaneBoxFilter(InBBoxFilter):
    """`in_bbox=west,south,east,north`, asked on the plane: edges are parallels and meridians."""

    def filter_queryset(self, request, queryset, view):
        try:
            box = self.get_filter_bbox(request)
        except Exception as malformed:
            raise serializers.ValidationError({self.bbox_param: str(malformed)}) from malformed
        return queryset.inside(box) if box else queryset


class InArea(filters.FilterSet):
    region = filters.CharFilter("region__pcode")
    cercle = filters.CharFilter("cercle__pcode")
    commune = filters.CharFilter("commune__pcode")


class SettlementFilter(InArea):
    class Meta:
        model = Settlement
        fields = ("settlement_class",)


class EventFilter(InArea):
    since = filters.DateFilter("occurred_on", lookup_expr="gte")
    until = filters.DateFilter("occurred_on", lookup_expr="lte")

    class Meta:
        model = ConflictEvent
        fields = ("event_type", "geo_precision")


class MaySeeLayer(BasePermission):
    """Asks `apps.accounts.access`, like every other door."""

    def has_permission(self, request, view):
        return may_read(request.user, LAYERS[view.layer_name])


class PointsMixin:
    pagination_class = Pages
    filter_backends = (filters.DjangoFilterBackend, PlaneBoxFilter)
    bbox_filter_field = "location"


class SettlementViewSet(PointsMixin, viewsets.ReadOnlyModelViewSet):
    """Towns and villages."""

    layer_name = "settlements"
    queryset = Settlement.objects.select_related("region", "cercle", "commune").order_by("pk")
    serializer_class = SettlementSerializer
    filterset_class = SettlementFilter
    permission_classes = (MaySeeLayer,)


class EventViewSet(PointsMixin, viewsets.ReadOnlyModelViewSet):
    """Conflict events, for those who may see the rows of their source."""

    layer_name = "events"
    queryset = (
        ConflictEvent.objects.current()
        .of_kind(LAYERS["events"].load_kind)
        .select_related("region", "cercle", "commune")
        .order_by("-occurred_on", "pk")
    )
    serializer_class = EventSerializer
    filterset_class = EventFilter
    permission_classes = (MaySeeLayer,)
