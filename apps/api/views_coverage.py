"""Who is within reach of an institution and who is beyond: as JSON, as a table, as areas on a map."""

import json
from dataclasses import asdict

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.boundaries.models import Area
from apps.coverage.figures import coverage, difference_with_works
from apps.coverage.questions import CoverageSerializer, question
from geo.vocabulary import InstitutionFamily, InstitutionKind
from layers.spreadsheets import as_csv

KINDS = OpenApiParameter(
    "kinds",
    str,
    description="kinds or families, separated by commas: "
    + ", ".join([*InstitutionFamily, *InstitutionKind]),
)
DETAIL = "medium"
"""Of the shapes in a download: that of the map."""


def asked(request):
    return question(request.GET, today=timezone.localdate())


def figures_of(area):
    """Return the figures of an area, flat, as JSON, CSV and GeoJSON have them."""
    told = asdict(area)
    counts = told.pop("register_counts")
    return {
        **told,
        **{f"register_{state}": number for state, number in counts.items()},
        "people_not_placed": area.people_not_placed,
        "beyond_low": area.beyond_low,
        "beyond_high": area.beyond_high,
        "share_reached_low": area.share_reached_low,
        "share_reached_high": area.share_reached_high,
        "share_beyond_low": area.share_beyond_low,
        "share_beyond_high": area.share_beyond_high,
    }


def about(answer):
    """Return what travels with every answer: the question, the edition, the sources, their doubts."""
    attributions = dict.fromkeys(source.attribution or source.publisher for source in answer.sources)
    licences = dict.fromkeys(source.licence for source in answer.sources if source.licence)
    return {
        **answer.question.as_parameters(),
        "edition": answer.edition,
        "simulated": answer.is_simulated,
        "approximate": answer.is_approximate,
        "attribution": "; ".join(attributions),
        "licence": "; ".join(licences),
    }


def gain_of(gain):
    """Return what the works change in an area; the works that bring it by their codes."""
    told = asdict(gain)
    told["works"] = [
        {"infra_id": each.work.infra_id, "gained_low": each.gained_low, "gained_high": each.gained_high}
        for each in gain.works
    ]
    return told


class CoverageView(APIView):
    """
    People within reach of an institution that counts, and beyond, by area: the least and the most.

    The lower bound is what the register knows to stand; the upper one adds what may stand unrecorded or
    may work. `works_change` tells what the planned works bring; the register is a floor, so they bring
    at most `gained_high`.
    """

    permission_classes = []

    @extend_schema(parameters=[KINDS, CoverageSerializer], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        question_asked = asked(request)
        told = difference_with_works(question_asked, reader=request.user)
        answer = told.after if question_asked.with_works else told.before
        return Response(
            {
                **about(answer),
                "sources": [asdict(source) for source in answer.sources],
                "country": figures_of(answer.country),
                "areas": [figures_of(area) for area in answer.areas],
                "institutions": None
                if answer.institutions is None
                else [asdict(each) for each in answer.institutions],
                "institutions_sure": answer.institutions_sure,
                "institutions_possible": answer.institutions_possible,
                "works_placed": _works(answer.works),
                "works_without_place": _works(answer.works_without_place),
                "works_change": {
                    "country": gain_of(told.country),
                    "areas": [gain_of(area) for area in told.areas],
                },
            }
        )


def _works(works):
    return None if works is None else [asdict(work) for work in works]


class CoverageFile(APIView):
    """The figures of every area as a file."""

    permission_classes = []
    extension = ""

    def answered(self, request):
        answer = coverage(asked(request), reader=request.user)
        response = HttpResponse(self.body(answer), content_type=self.content_type)
        level = answer.question.level.name.lower()
        response["Content-Disposition"] = (
            f'attachment; filename="maillage_couverture_{level}.{self.extension}"'
        )
        return response


class CoverageCSV(CoverageFile):
    extension, content_type = "csv", "text/csv; charset=utf-8"

    @extend_schema(parameters=[KINDS, CoverageSerializer], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request):
        return self.answered(request)

    def body(self, answer):
        """Return the areas, then the country, with question and sources on every line."""
        lines = [{**figures_of(area), **about(answer)} for area in [*answer.areas, answer.country]]
        return as_csv(list(lines[0]), (list(line.values()) for line in lines))


class CoverageGeoJSON(CoverageFile):
    extension, content_type = "geojson", "application/geo+json"

    @extend_schema(
        parameters=[KINDS, CoverageSerializer],
        responses={(200, "application/geo+json"): OpenApiTypes.OBJECT},
    )
    def get(self, request):
        return self.answered(request)

    def body(self, answer):
        areas = Area.objects.active().at(answer.question.level).with_geojson(DETAIL)
        shapes = dict(areas.values_list("pcode", "geojson"))
        features = [
            {
                "type": "Feature",
                "id": area.pcode,
                "geometry": json.loads(shapes[area.pcode]),
                "properties": figures_of(area),
            }
            for area in answer.areas
        ]
        collection = {"type": "FeatureCollection", **about(answer), "features": features}
        return json.dumps(collection, ensure_ascii=False, default=str).encode()
