"""Projects and where they are present: read by everybody, changed by their organisations and data keepers."""

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from apps.accounts.access import may_add_projects, may_edit_project
from apps.boundaries.models import Area
from apps.projects import services
from apps.projects.models import Funding, Presence, Project

PRESENCES = Presence.objects.select_related("area", "zone").defer("area__boundary")


class FundingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Funding
        fields = ("line", "donor", "amount", "currency", "told")


class PresenceSerializer(serializers.ModelSerializer):
    """A place where a project is said to be; a new one is told by the P-code of its area."""

    pcode = serializers.CharField(source="area.pcode", read_only=True, default=None)
    zone = serializers.CharField(source="zone.name", read_only=True, default=None)
    area = serializers.SlugRelatedField(
        slug_field="pcode",
        write_only=True,
        queryset=Area.objects.active().select_related("parent"),
        error_messages={"does_not_exist": _("{value} n’est le P-code d’aucun lieu de l’édition en usage")},
    )

    class Meta:
        model = Presence
        fields = (
            *("id", "project", "reach", "place", "pcode", "area", "zone"),
            *("last_confirmed", "confirmed_by", "ended", "note"),
        )
        read_only_fields = ("reach", "place", "last_confirmed", "confirmed_by", "ended", "note")


class ProjectSerializer(serializers.ModelSerializer):
    fundings = FundingSerializer(many=True, read_only=True)
    presences = PresenceSerializer(many=True, read_only=True)
    organisations = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)
    why = serializers.CharField(write_only=True, required=False, max_length=300, default="")

    class Meta:
        model = Project
        fields = (
            *("id", "register", "code", "title", "implementers", "organisations", "start_year", "end_year"),
            *("dates_told", "result_area", "themes", "fund", "sector", "documents", "source_passage", "note"),
            *("updated", "fundings", "presences", "why"),
        )
        read_only_fields = (
            *("register", "code", "dates_told", "fund", "documents", "source_passage", "note", "updated"),
        )
        extra_kwargs = {"result_area": {"min_value": 1, "max_value": 4}}

    def validate(self, asked):
        start = asked.get("start_year", getattr(self.instance, "start_year", None))
        end = asked.get("end_year", getattr(self.instance, "end_year", None))
        if start and end and end < start:
            raise serializers.ValidationError({"end_year": _("La dernière année est avant la première.")})
        return asked


class ProjectFilter(filters.FilterSet):
    organisation = filters.CharFilter("involvements__organisation__name")

    class Meta:
        model = Project
        fields = ("register", "result_area", "code")


class PresenceFilter(filters.FilterSet):
    pcode = filters.CharFilter("area__pcode")

    class Meta:
        model = Presence
        fields = ("project", "reach")


class Pages(PageNumberPagination):
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 1000


class ProjectViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """Projects of the documents and of organisations; one without presences is nobody knows where."""

    queryset = Project.objects.prefetch_related(
        "fundings", "organisations", Prefetch("presences", PRESENCES)
    ).order_by("pk")
    serializer_class = ProjectSerializer
    filterset_class = ProjectFilter
    pagination_class = Pages
    permission_classes = (AllowAny,)
    http_method_names = ("get", "head", "options", "post", "patch")

    def perform_create(self, serializer):
        user = self.request.user
        if not may_add_projects(user):
            raise PermissionDenied
        values = dict(serializer.validated_data)
        values.pop("why")
        serializer.instance = services.enter_project(values, organisation=user.organisation)

    def perform_update(self, serializer):
        project = serializer.instance
        if not may_edit_project(self.request.user, project):
            raise PermissionDenied
        values = dict(serializer.validated_data)
        why = values.pop("why", "")
        serializer.instance = services.correct_project(project, values, why=why)


class PresenceViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, viewsets.GenericViewSet
):
    """Where projects are said to be present, and since when somebody confirmed it."""

    queryset = PRESENCES.select_related("project").order_by("pk")
    serializer_class = PresenceSerializer
    filterset_class = PresenceFilter
    pagination_class = Pages
    permission_classes = (AllowAny,)

    def perform_create(self, serializer):
        told = serializer.validated_data
        self._check_right(told["project"])
        serializer.instance = services.add_presence(
            told["project"],
            told["area"],
            who=services.said_by(self.request.user),
            today=timezone.localdate(),
        )

    @action(detail=True, methods=["post"])
    def confirm(self, request, pk=None):
        """Say that the project is there today."""
        return self._said(services.confirm_presence)

    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Say that the project is no longer there, or never was."""
        return self._said(services.end_presence)

    def _said(self, service):
        presence = self.get_object()
        self._check_right(presence.project)
        who, today = services.said_by(self.request.user), timezone.localdate()
        return Response(self.get_serializer(service(presence, who=who, today=today)).data)

    def _check_right(self, project):
        if not may_edit_project(self.request.user, project):
            raise PermissionDenied
