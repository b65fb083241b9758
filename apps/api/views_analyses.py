"""Spatial questions: asked, kept, opened, taken away; the ready ones and the schema of all."""

import json

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.accounts.access import may_save_choices, may_see
from apps.analysis import files, runs
from apps.analysis.askers import ask
from apps.analysis.gallery import GALLERY
from apps.analysis.schema import question_schema
from apps.api.views_runs import RunSerializer
from apps.runs.models import Run

FORMATS = ("json", "csv", "geojson")
TYPES = {"text/csv": "csv", "application/geo+json": "geojson"}
"""Of the header Accept, where `format` does not say."""

QUESTION = {"type": "object", "description": "A question: /api/analyses/schema/ has its JSON Schema."}
FORMAT = OpenApiParameter("format", str, enum=FORMATS)
SAVE = OpenApiParameter("save", str, description="A name: the question and its answer are kept under it.")
WHICH = OpenApiParameter("extension", str, OpenApiParameter.PATH, enum=("csv", "geojson"))


class Negotiated(BaseContentNegotiation):
    """`format` and `Accept` choose among files that the view writes itself."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class AnalysesView(APIView):
    """
    Ask a spatial question: the answer comes back, as `format` or `Accept` says.

    Anybody may ask: who may not read the rows of a layer may only count them. With a name (`save`, or the
    member `name` beside `question`) who may save choices keeps question and answer.
    """

    permission_classes = []
    content_negotiation_class = Negotiated

    @extend_schema(
        operation_id="analyses_ask",
        parameters=[FORMAT, SAVE],
        request={"application/json": QUESTION},
        responses={200: OpenApiTypes.OBJECT, 201: OpenApiTypes.OBJECT, 202: OpenApiTypes.OBJECT},
    )
    def post(self, request):
        question, name, former = _asked(request)
        if name:
            return self._kept(request, question, name, former)
        found = ask(request, question)
        extension = _format(request)
        if extension == "json":
            return Response(found.as_dict())
        body, content_type = files.written(extension, found)
        return HttpResponse(body, content_type=content_type)

    def _kept(self, request, question, name, former):
        if not may_save_choices(request.user):
            raise PermissionDenied
        of_run = former and runs.readable(request.user).filter(pk=former).first()
        run = runs.save(request.user, question, name=name, forked_from=of_run or None)
        url = reverse("api:analysis", args=[run.pk])
        is_done = run.state == Run.State.DONE
        told = RunSerializer(run).data | {"url": url}
        if is_done:
            told = runs.answer_of(run, request.user).as_dict() | told
        return Response(told, status=201 if is_done else 202, headers={"Location": url})


class NameSerializer(serializers.Serializer):
    """What may stand beside a question that is kept."""

    question = serializers.JSONField()
    name = serializers.CharField(max_length=120, required=False)
    forked_from = serializers.UUIDField(required=False, allow_null=True)


def _asked(request):
    """Return question, name to keep it under, and the kept one it was made of."""
    told, name, former = request.data, request.query_params.get("save", ""), None
    if isinstance(told, dict) and "question" in told:
        wrapped = NameSerializer(data=told)
        wrapped.is_valid(raise_exception=True)
        told = wrapped.validated_data["question"]
        name = wrapped.validated_data.get("name") or name
        former = wrapped.validated_data.get("forked_from")
    return told, name[:120], former


def _format(request):
    asked = request.query_params.get("format")
    if asked is None:
        accepted = request.headers.get("Accept", "")
        return next((name for content_type, name in TYPES.items() if content_type in accepted), "json")
    if asked not in FORMATS:
        raise serializers.ValidationError({"format": f"format = {asked} : {', '.join(FORMATS)}"})
    return asked


class AnalysisView(APIView):
    """A question that was kept, with its answer as it was given: immutable."""

    permission_classes = []

    @extend_schema(
        operation_id="analyses_one", responses={200: OpenApiTypes.OBJECT, 202: OpenApiTypes.OBJECT}
    )
    def get(self, request, pk):
        run = _run(request, pk)
        head = RunSerializer(run).data | {"question": runs.question_of(run)}
        if run.state != Run.State.DONE:
            return Response(head, status=202 if run.state != Run.State.FAILED else 200)
        found = runs.answer_of(run, request.user)
        return Response((found.as_dict() if found else {}) | head | {"is_whole": found is not None})


class AnalysisFile(APIView):
    """The answer of a kept question as a file, for who may see what it rests on."""

    permission_classes = []

    @extend_schema(
        operation_id="analyses_file",
        parameters=[WHICH],
        responses={(200, "text/csv"): OpenApiTypes.STR, (200, "application/geo+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request, pk, extension):
        run = _run(request, pk)
        if run.state != Run.State.DONE or extension not in FORMATS or not may_see(request.user, run.access):
            raise Http404
        body, content_type = files.written(extension, runs.answer_of(run, request.user))
        name = f"maillage_{run.hash[:12]}.{extension}"
        return HttpResponse(
            body, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )


def _run(request, pk):
    run = runs.readable(request.user).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


class GalleryView(APIView):
    """The questions that are ready to be asked: title, why it matters, the question."""

    permission_classes = []

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request):
        return Response(
            {
                "questions": [
                    {
                        "key": each.key,
                        "theme": each.theme,
                        "title": vars(each.title),
                        "why": vars(each.why),
                        "question": each.question,
                    }
                    for each in GALLERY
                ]
            }
        )


class QuestionSchemaView(APIView):
    """The JSON Schema of a question."""

    permission_classes = []

    @extend_schema(responses={(200, "application/schema+json"): OpenApiTypes.OBJECT})
    def get(self, request):
        return HttpResponse(json.dumps(question_schema()), content_type="application/schema+json")
