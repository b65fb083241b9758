"""Choices of where to build: asked, listed, opened, taken away."""

import json

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema

from apps.api.views_runs import TargetingRunViewSet
from apps.runs.models import Run
from apps.siting import runs, tables
from layers.spreadsheets import as_csv


class SitingRunViewSet(TargetingRunViewSet):
    """
    Choices of where to build, immutable: most people within reach under a budget, exactly.

    Read and asked as runs of targeting are; the very same question of the very same data gives the run that
    is there. Where institutions stand is told to who may read their registers (`is_whole` false: left out).
    """

    told_by = runs
    name_of_one = "api:siting-run-detail"

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR})
    def csv(self, request, pk=None):
        """The sites of every plan of a choice that is done, with question and sources on every line."""
        answer = self._answer()
        lines = [row | tables.about(answer) for row in tables.rows(answer)]
        names = list(dict.fromkeys(name for line in lines for name in line))
        body = as_csv(names, ([line.get(name) for name in names] for line in lines))
        return self._file(body, "csv", "text/csv; charset=utf-8")

    @extend_schema(responses={(200, "application/geo+json"): OpenApiTypes.OBJECT})
    def geojson(self, request, pk=None):
        """The same as points."""
        answer = self._answer()
        collection = {
            "type": "FeatureCollection",
            **tables.about(answer),
            "features": tables.features(answer),
        }
        body = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
        return self._file(body, "geojson", "application/geo+json")

    def _answer(self):
        run = self.get_object()
        if run.state != Run.State.DONE:
            raise Http404
        return runs.told_to(run, self.request.user)

    def _file(self, body, extension, content_type):
        response = HttpResponse(body, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="maillage_implantations.{extension}"'
        return response
