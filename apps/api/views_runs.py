"""Runs of targeting: asked, listed, opened, taken away."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.response import Response

from apps.accounts.access import may_save_choices, may_see
from apps.runs.models import Run
from apps.targeting import backtests, runs


class MayAsk(BasePermission):
    """Public runs are read by everybody; who may save choices may ask for runs."""

    def has_permission(self, request, view):
        return request.method in SAFE_METHODS or may_save_choices(request.user)


class RunPages(PageNumberPagination):
    page_size = 50


class RunSerializer(serializers.ModelSerializer):
    author = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields = (
            *("id", "name", "hash", "created", "author", "state", "done", "total", "message"),
            *("edition", "events_until", "known_at", "is_simulated", "is_public", "forked_from"),
        )

    def get_author(self, run) -> str | None:
        return run.author and (run.author.get_full_name() or run.author.get_username())


class AskSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)
    question = serializers.JSONField()
    forked_from = serializers.UUIDField(required=False, allow_null=True, default=None)


class TargetingRunViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """
    Runs of targeting, immutable. A public one is read by everybody, the others by who may see choices.

    One that rests on a restricted table tells the choice alone to readers without access (`is_whole` false).
    """

    permission_classes = (MayAsk,)
    serializer_class = RunSerializer
    pagination_class = RunPages
    told_by = runs
    """What asks, reads and tells runs of this kind."""
    name_of_one = "api:run-detail"

    def get_queryset(self):
        found = self.told_by.readable(self.request.user)
        return found.without_texts().answered() if self.action == "list" else found

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def retrieve(self, request, *args, **kwargs):
        run = self.get_object()
        head = self.get_serializer(run).data
        if run.state != Run.State.DONE:
            return Response(head, status=202 if run.state != Run.State.FAILED else 200)
        return Response({**self.told_by.told_to(run, request.user), **head})

    @extend_schema(request=AskSerializer, responses={202: OpenApiTypes.OBJECT})
    def create(self, request, *args, **kwargs):
        asked = AskSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        readable = self.told_by.readable(request.user)
        former = told["forked_from"] and readable.filter(pk=told["forked_from"]).first()
        run = self.told_by.ask(request.user, told["question"], name=told["name"], forked_from=former or None)
        url = reverse(self.name_of_one, args=[run.pk])
        return Response(
            {"id": str(run.pk), "state": run.state, "url": url}, status=202, headers={"Location": url}
        )

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, url_path="answer", url_name="answer")
    def answer(self, request, pk=None):
        """The very bytes that were hashed, for who may read all that the run rests on."""
        run = self.get_object()
        if run.state != Run.State.DONE or not may_see(request.user, run.access):
            raise Http404
        response = HttpResponse(run.answer, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="maillage_{run.hash[:12]}.json"'
        response["ETag"] = f'"{run.hash}"'
        return response


class BacktestViewSet(TargetingRunViewSet):
    """
    Choices held against the real one, immutable; read and asked as runs of targeting are.

    `question` names a case (`centre_nord_2019`, `all_2020`; `zones`: `national`, `programme`), or gives a
    question of targeting with the day `until` which it was known.
    """

    told_by = backtests
    name_of_one = "api:backtest-detail"
