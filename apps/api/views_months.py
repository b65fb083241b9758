"""Every month of the events at once, in columns: a reader moves through them without asking again."""

import json

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from apps.api import bodies
from apps.api.answers import conditional
from apps.api.layer_answers import LayerAnswer
from apps.catalogue.loads import active_edition
from apps.events.asked import DEFAULT_ORDER, loaded_sources
from apps.events.figures import load_of_source
from apps.events.monthly import monthly_counts
from apps.sources.models import LayerRevision, Load
from geo.vocabulary import VIOLENT_EVENT_TYPES, AccessClass, EventSource, Level

LEVELS = {"regions": Level.REGION, "cercles": Level.CERCLE}
LAYER = "event_counts"


class MonthlyView(APIView):
    """Counts of one source by area, month and type, in columns. Aggregates: public."""

    permission_classes = []

    @extend_schema(
        parameters=[
            OpenApiParameter("level", str, enum=list(LEVELS)),
            OpenApiParameter("source", str, enum=list(DEFAULT_ORDER)),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request):
        level = _known("level", request.GET.get("level", "cercles"), LEVELS)
        source = _source_asked(request)
        return conditional(request, _answer(level, source), "application/json")


def _known(name, value, known):
    if value not in known:
        detail = _("%(value)s n’est pas connu. Connus : %(known)s") % {
            "value": value,
            "known": ", ".join(known),
        }
        raise serializers.ValidationError({name: detail})
    return value


def _source_asked(request):
    """Return the source asked; without one the preferred of those loaded, None when none is."""
    loaded = loaded_sources()
    asked = request.GET.get("source")
    if not asked:
        return loaded[0] if loaded else None
    if _known("source", asked, DEFAULT_ORDER) not in loaded:
        raise Http404(asked)
    return EventSource(asked)


def _answer(level, source):
    revision, changed_at = LayerRevision.objects.of(LAYER, "cercles", "regions")
    key = bodies.key_of("monthly", level, source, revision, changed_at)
    load = load_of_source(source, list(Load.objects.in_use()))

    def make_body():
        return bodies.kept(LAYER, key, lambda: _rendered(level, source, load))

    return LayerAnswer(key, changed_at, AccessClass.PUBLIC, load.licence if load else "", make_body)


def _rendered(level, source, load):
    counts = monthly_counts(LEVELS[level], source)
    edition = active_edition()
    told = {
        "source": source,
        "level": level,
        "attribution": load.attribution if load else "",
        "licence": load.licence if load else "",
        "as_of": load.as_of.isoformat() if load and load.as_of else None,
        "simulated": source == EventSource.SIMULATED,
        "edition": edition.name if edition else None,
        "months": [f"{month:%Y-%m}" for month in counts.months],
        "types": counts.types,
        "violent_types": [each for each in counts.types if each in VIOLENT_EVENT_TYPES],
        "pcodes": counts.pcodes,
        "placed": counts.placed,
        "imprecise": counts.imprecise,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
