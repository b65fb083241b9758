"""What travel times rest on: the grid, the layers that are loaded, the speeds and their sources."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.travel.known import Known


class TravelView(APIView):
    """
    What every answer in minutes rests on, as it stands now.

    `grid` is the one grid of Mali, `greatest_length_error` the share by which a length on it may be off,
    `greatest_detour` the share by which eight directions may lengthen a way. `layers` are those loaded, with
    their source and the SHA-256 of their file; `speeds` those in use, 0 where nothing passes.
    `walking_only`: no roads are loaded, so that a time is a distance walked. `key` changes with any of these.
    """

    permission_classes = []

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request):
        known = Known.now()
        return Response({**known.told(), "key": known.key})
