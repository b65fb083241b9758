"""How many people live in each commune: as JSON, as a table, as areas on a map."""

import json
from dataclasses import asdict

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from apps.boundaries.models import Area
from apps.coverage.population import UnknownRegion, about, figures_of, population
from layers.spreadsheets import as_csv

REGION = OpenApiParameter("region", str, description="P-code of a region; by default all")
DETAIL = "medium"
"""Of the shapes in a download: that of the map."""


def asked(request):
    region = request.GET.get("region") or None
    try:
        return population(region)
    except UnknownRegion as error:
        told = _("Aucune région de l’édition en usage n’a ce P-code.")
        raise ValidationError({"region": told}) from error


class PeopleView(APIView):
    """
    People of communes, which no source counts: an estimate, the least and the most, and a raster alone.

    `people` is the sum of the commune's settlements, among which the figure of the cercle is shared by raster
    and rank; `low` and `high` are the least and the most over other methods and drawn weights. `raster` is
    the raster's own sum, not scaled; `difference` is it less the estimate. Null: unknown, never zero.
    """

    permission_classes = []

    @extend_schema(parameters=[REGION], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        answer = asked(request)
        return Response(
            {
                **about(answer),
                "sources": [asdict(source) for source in answer.sources],
                "people": answer.people,
                "raster": None if answer.raster is None else round(answer.raster, 1),
                "communes": [figures_of(commune) for commune in answer.communes],
            }
        )


class PeopleFile(APIView):
    """The people of every commune as a file."""

    permission_classes = []
    extension = ""

    def answered(self, request):
        response = HttpResponse(self.body(asked(request)), content_type=self.content_type)
        response["Content-Disposition"] = f'attachment; filename="maillage_population.{self.extension}"'
        return response


class PeopleCSV(PeopleFile):
    extension, content_type = "csv", "text/csv; charset=utf-8"

    @extend_schema(parameters=[REGION], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request):
        return self.answered(request)

    def body(self, answer):
        """Return the communes, with method, sources and their terms on every line."""
        lines = [figures_of(commune) | about(answer) for commune in answer.communes]
        header = list(lines[0]) if lines else list(about(answer))
        return as_csv(header, (list(line.values()) for line in lines))


class PeopleGeoJSON(PeopleFile):
    extension, content_type = "geojson", "application/geo+json"

    @extend_schema(parameters=[REGION], responses={(200, "application/geo+json"): OpenApiTypes.OBJECT})
    def get(self, request):
        return self.answered(request)

    def body(self, answer):
        shapes = dict(Area.objects.communes().with_geojson(DETAIL).values_list("pcode", "geojson"))
        features = [
            {
                "type": "Feature",
                "id": commune.pcode,
                "geometry": json.loads(shapes[commune.pcode]),
                "properties": figures_of(commune),
            }
            for commune in answer.communes
        ]
        collection = {"type": "FeatureCollection", **about(answer), "features": features}
        return json.dumps(collection, ensure_ascii=False).encode()
