"""What would change if one institution stood elsewhere."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.api.views_coverage import KINDS
from apps.coverage.moving import CannotMove, moved
from apps.coverage.moving_by_time import moved_by_time
from apps.coverage.questions import CoverageSerializer, MoveSerializer, move
from apps.runs.models import Run


class MovedView(APIView):
    """
    People who come within reach and who no longer are if an institution stood at `lon`, `lat`: by cercle.

    In a straight line; with `minutes`, by travel time: the worker answers, and 202 with its state says that
    it has not yet (the same question later has the answer). The least of each is whom nothing else reaches,
    even unrecorded; the most, whom nothing else that is known does. Nothing is saved.
    """

    permission_classes = []

    @extend_schema(parameters=[MoveSerializer, KINDS, CoverageSerializer], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        question, place = move(request.GET, today=timezone.localdate())
        try:
            ask = moved_by_time if place.minutes else moved
            told = ask(question, place, reader=request.user)
        except PermissionError:
            raise PermissionDenied from None
        except CannotMove as refusal:
            raise serializers.ValidationError({"institution": str(refusal)}) from refusal
        if isinstance(told, Run):
            return Response({"state": told.state, "saved": False}, status=202)
        return Response(
            {
                **question.as_parameters(),
                "institution": told.institution.pk,
                "name": told.institution.name,
                "from": [told.institution.location.x, told.institution.location.y],
                "to": [told.longitude, told.latitude],
                "cercle": told.cercle,
                "minutes": told.minutes,
                "walking_only": told.walking_only,
                "counts": told.counts,
                "country": asdict(told.country),
                "areas": [
                    {"pcode": each.pcode, "name": each.name, "parent": each.parent} | asdict(each.change)
                    for each in told.areas
                ],
                "edition": told.edition,
                "simulated": told.is_simulated,
                "sources": [asdict(source) for source in told.sources],
                "saved": False,
            }
        )
