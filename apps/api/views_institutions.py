"""Institutions, their dated statuses and the completeness of their register; data keepers change them."""

from django_filters import rest_framework as filters
from rest_framework import mixins, viewsets
from rest_framework.pagination import PageNumberPagination

from apps.api.serializers_institutions import (
    CompletenessSerializer,
    InstitutionSerializer,
    StatusReportSerializer,
)
from apps.api.views_points import InArea, MaySeeLayer, PointsMixin
from apps.infrastructure import services
from apps.infrastructure.completeness import set_completeness
from apps.infrastructure.models import Institution, RegisterCompleteness, StatusReport
from apps.infrastructure.statuses import report_status, withdraw


class InstitutionFilter(InArea):
    merged = filters.BooleanFilter(
        method="as_they_are", label="Also list rows that are confirmed to be the same as another"
    )

    class Meta:
        model = Institution
        fields = ("family", "kind", "status", "register", "place_told")

    def as_they_are(self, queryset, name, value):
        return queryset if value else queryset.counted()


class OfInstitutions:
    """Asks who may see the layer of institutions, beyond who may change the rows."""

    layer_name = "institutions"

    def get_permissions(self):
        return [*super().get_permissions(), MaySeeLayer()]


class InstitutionViewSet(OfInstitutions, PointsMixin, viewsets.ModelViewSet):
    """
    Institutions of security and justice. Incomplete register: an absence means unknown, not none.

    A list counts each once: rows that are the same as another are left out unless `merged=true` asks.
    """

    queryset = (
        Institution.objects.with_latest_report().select_related("region", "cercle", "commune").order_by("pk")
    )
    serializer_class = InstitutionSerializer
    filterset_class = InstitutionFilter

    def get_queryset(self):
        rows = super().get_queryset()
        counts_once = self.action == "list" and "merged" not in self.request.query_params
        return rows.counted() if counts_once else rows

    def perform_create(self, serializer):
        self._keep(serializer, Institution())

    def perform_update(self, serializer):
        self._keep(serializer, serializer.instance)

    def _keep(self, serializer, institution):
        told = dict(serializer.validated_data)
        about = {"why": told.pop("why", ""), "as_of": told.pop("status_as_of", None)}
        for name, value in told.items():
            setattr(institution, name, value)
        kept = services.keep(institution, by=self.request.user, **about)
        serializer.instance = self.get_queryset().get(pk=kept.pk)

    def perform_destroy(self, institution):
        services.remove(institution, by=self.request.user)


class Pages(PageNumberPagination):
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


class StatusReportViewSet(
    OfInstitutions,
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet,
):
    """Dated statuses, latest first, of all institutions or of one. To delete one takes it back."""

    queryset = StatusReport.objects.latest_first()
    serializer_class = StatusReportSerializer
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_fields = ("institution", "status")
    pagination_class = Pages

    def perform_create(self, serializer):
        serializer.instance = report_status(**serializer.validated_data, by=self.request.user)

    def perform_destroy(self, report):
        withdraw(report, by=self.request.user)


class CompletenessViewSet(OfInstitutions, mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet):
    """How complete the register is, by kind and cercle: a new judgement takes the place of the former one."""

    queryset = RegisterCompleteness.objects.select_related("cercle")
    serializer_class = CompletenessSerializer
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_fields = ("kind", "state")
    pagination_class = Pages

    def perform_create(self, serializer):
        told = serializer.validated_data
        cercle, kind = told.pop("cercle"), told.pop("kind")
        set_completeness([kind], [cercle], **told, by=self.request.user)
        serializer.instance = RegisterCompleteness.objects.get(cercle=cercle, kind=kind)
