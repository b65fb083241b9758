"""Hot spots, diffusion and classes of conflict of areas: aggregates, public whatever the events are."""

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.events.asked import Asked, loaded_sources
from apps.events.figures import provenance
from apps.patterns.figures import as_answer
from apps.patterns.methods import METHODS
from apps.patterns.models import Pattern
from apps.patterns.periods import periods
from geo.vocabulary import EventSource, Level

LEVELS = {level.name.lower(): level for level in Level}


class PatternSerializer(serializers.Serializer):
    """What is asked: one measure of one source, at one level, over one period."""

    measure = serializers.ChoiceField(Pattern.Measure.values, default=Pattern.Measure.HOT_SPOT.value)
    level = serializers.ChoiceField(list(LEVELS), default="cercle")
    period = serializers.CharField(
        default="12m", help_text="12m, 36m, or one of the last six calendar years of the events: 2020"
    )
    source = serializers.ChoiceField(
        [each.value for each in EventSource], required=False, help_text="by default the first that is loaded"
    )

    def validate(self, asked):
        """Turn the source and the period into those that are loaded; None while no event is."""
        loaded = loaded_sources()
        source = EventSource(asked["source"]) if "source" in asked else next(iter(loaded), None)
        known = periods(source)
        if source and not known:
            told = {"known": ", ".join(loaded)}
            raise serializers.ValidationError(
                {"source": _("Aucun événement de cette source n’est chargé. Chargées : %(known)s") % told}
            )
        if known and asked["period"] not in known:
            told = {"known": ", ".join(known)}
            raise serializers.ValidationError({"period": _("Période inconnue. Connues : %(known)s") % told})
        return asked | {"source": source, "period": known.get(asked["period"])}


class PatternsView(APIView):
    """
    Where violent events gather: hot spots (Gi*), diffusion, or the class of conflict (SCDi) of every area.

    Of each area: `value` in `unit` (null: not known, and `why` tells it), and for hot spots `z`, `p` by
    permutation on both sides, `q` after false-discovery control and `label`: hot_99, hot_95, hot_90,
    not_significant, cold_90, cold_95 or cold_99. `labels` counts them. Measured by the worker after every
    load: `measured_at` is null, and `areas` empty, until it has.
    """

    permission_classes = []

    @extend_schema(parameters=[PatternSerializer], responses=OpenApiTypes.OBJECT)
    def get(self, request):
        serializer = PatternSerializer(data=request.GET.dict())
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        measure, source = Pattern.Measure(asked["measure"]), asked["source"]
        return Response(
            {
                **provenance(Asked(source=source)),
                "method": METHODS[measure],
                **as_answer(measure, source, LEVELS[asked["level"]], asked["period"]),
            }
        )
