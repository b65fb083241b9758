"""Studies of reach: asked, listed, opened, taken away."""

import json

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

from apps.api.views_runs import TargetingRunViewSet
from apps.coverage.studies import runs, tables
from apps.runs.models import Run
from layers.spreadsheets import as_csv

WHICH = OpenApiParameter("table", str, OpenApiParameter.PATH, enum=tables.TABLES)


class ReachRunViewSet(TargetingRunViewSet):
    """
    Studies of reach, immutable: who is within a time or a distance of what, counted how.

    Read and asked as runs of targeting are; the very same question of the very same data gives the run that
    is there. Single institutions are told to who may read their registers (`is_whole` false: left out).

    `question`, each with a default: `kinds` (or families) or `chain`; `sense`; `day`; `measure` (`km`,
    `minutes`), `limit`, `limits` of bands; `border` (`closed`, `open`); `periodic_share` of days;
    `unknown_works` [least, most]; `with_works`; `norm` {`people_per_post`}; `violence` {`km`, `since`,
    `until`}; `draws`, `seed`; `pocket_km`; `edition`. Formulas: docs/methods.md.
    """

    told_by = runs
    name_of_one = "api:reach-run-detail"

    @extend_schema(parameters=[WHICH], responses={(200, "text/csv"): OpenApiTypes.STR})
    def csv(self, request, pk=None, table=""):
        """A table of a study that is done, with question and sources on every line."""
        answer, rows = self._rows(table)
        lines = [row | tables.about(answer) for row in rows]
        names = list(dict.fromkeys(name for line in lines for name in line))
        body = as_csv(names, ([line.get(name) for name in names] for line in lines))
        return self._file(body, f"{table}.csv", "text/csv; charset=utf-8")

    @extend_schema(parameters=[WHICH], responses={(200, "application/geo+json"): OpenApiTypes.OBJECT})
    def geojson(self, request, pk=None, table=""):
        """A table of a study that is done, as shapes: areas, hexagons, centres of pockets."""
        answer, _rows = self._rows(table)
        collection = {
            "type": "FeatureCollection",
            **tables.about(answer),
            "features": tables.features(answer, table),
        }
        body = json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()
        return self._file(body, f"{table}.geojson", "application/geo+json")

    def _rows(self, table):
        run = self.get_object()
        if run.state != Run.State.DONE or table not in tables.TABLES:
            raise Http404
        answer = runs.told_to(run, self.request.user)
        return answer, tables.rows(answer, table)

    def _file(self, body, name, content_type):
        response = HttpResponse(body, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="maillage_portee_{name}"'
        return response
