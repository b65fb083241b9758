"""Whose events count, until when and as known when: the parameters of every address that counts events."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from apps.events.asked import WrongAsked, asked_from
from geo.vocabulary import EventSource

ASKED = [
    OpenApiParameter(
        "source",
        str,
        enum=[source.value for source in EventSource],
        description="whose events count; the first loaded of acled, simulated and ucdp unless told",
    ),
    OpenApiParameter("events_until", OpenApiTypes.DATE, description="no event after this day counts"),
    OpenApiParameter(
        "known_at",
        str,
        description="a day or an instant: counts as this installation knew them then",
    ),
]


def asked_of(request):
    """Return what the parameters of this request ask of events; raises ValidationError for a wrong one."""
    try:
        return asked_from(request.GET)
    except WrongAsked as error:
        raise serializers.ValidationError({error.parameter: str(error)}) from error
