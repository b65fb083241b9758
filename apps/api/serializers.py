"""The points that DRF-GIS carries, and the questions about figures and choices."""

from datetime import date

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from apps.boundaries.models import Settlement
from apps.events.asked import PARAMETERS, WrongAsked, asked_from
from apps.events.models import ConflictEvent
from apps.targeting.models import Selection
from apps.targeting.services import CRITERIA, DEFAULT_WEIGHTS


class PlacedSerializer(GeoFeatureModelSerializer):
    """A point with the codes of the areas it falls in."""

    region = serializers.SlugRelatedField("pcode", read_only=True, allow_null=True)
    cercle = serializers.SlugRelatedField("pcode", read_only=True, allow_null=True)
    commune = serializers.SlugRelatedField("pcode", read_only=True, allow_null=True)


class SettlementSerializer(PlacedSerializer):
    class Meta:
        model = Settlement
        geo_field = "location"
        fields = ("id", "name", "settlement_class", "source_id", "region", "cercle", "commune")


class EventSerializer(PlacedSerializer):
    simulated = serializers.BooleanField(source="is_simulated", read_only=True)
    events_source = serializers.CharField(source="source", read_only=True)

    class Meta:
        model = ConflictEvent
        geo_field = "location"
        fields = (
            *("id", "source_event_id", "occurred_on", "time_precision", "event_type", "sub_event_type"),
            *("actor1", "actor2", "fatalities", "geo_precision", "location_name"),
            *("region", "cercle", "commune", "simulated", "events_source", "civilians_targeted"),
        )


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$", "example": "2020-10"})
class MonthField(serializers.Field):
    """A month as YYYY-MM; read as its first day."""

    def to_internal_value(self, text):
        try:
            return date.fromisoformat(f"{text}-01")
        except (ValueError, TypeError):
            raise serializers.ValidationError(
                _("%(text)s n’est pas un mois : attendu AAAA-MM, par exemple 2020-10") % {"text": text}
            ) from None

    def to_representation(self, month):
        return f"{month:%Y-%m}"


class MonthsSerializer(serializers.Serializer):
    """From a month to a month, both included."""

    since = MonthField()
    until = MonthField()

    def validate(self, asked):
        if asked["since"] > asked["until"]:
            raise serializers.ValidationError({"until": _("until est avant since : échangez les deux mois")})
        return asked


class WeightsSerializer(MonthsSerializer):
    """Months and the weights of the criteria, from 0 to 100."""

    w_violent_per_100k = serializers.FloatField(min_value=0, max_value=100, required=False)
    w_fatalities_per_100k = serializers.FloatField(min_value=0, max_value=100, required=False)
    w_people = serializers.FloatField(min_value=0, max_value=100, required=False)

    def validate(self, asked):
        asked = super().validate(asked)
        given = {criterion: asked.pop(f"w_{criterion}", None) for criterion in CRITERIA}
        if all(weight is None for weight in given.values()):
            given = DEFAULT_WEIGHTS
        asked["weights"] = {criterion: given[criterion] or 0.0 for criterion in CRITERIA}
        return checked_weights(asked)


class ChoiceSerializer(WeightsSerializer):
    """A ranking and the cercles chosen from it, P-codes separated by commas; none: all of them."""

    cercles = serializers.CharField(required=False, allow_blank=True)

    def validate_cercles(self, text):
        return [pcode for pcode in text.split(",") if pcode]


class WrittenDate(serializers.CharField):
    """A day or an instant as an address writes it; `apps.events.asked` reads it."""

    def to_representation(self, value):
        return value.isoformat()


class SelectionSerializer(serializers.ModelSerializer):
    since = MonthField()
    until = MonthField()
    weights = serializers.DictField(child=serializers.FloatField(min_value=0, max_value=100))
    cercles = serializers.ListField(
        child=serializers.CharField(max_length=8), allow_empty=False, max_length=200
    )
    author = serializers.SerializerMethodField()
    source = serializers.CharField(required=False, allow_blank=True, max_length=10)
    events_until = WrittenDate(required=False, allow_blank=True, max_length=10)
    known_at = WrittenDate(required=False, allow_blank=True, max_length=40)

    class Meta:
        model = Selection
        fields = (
            *("id", "name", "author", "created", "since", "until", "weights", "cercles"),
            *("source", "events_until", "known_at"),
            *("edition", "ranking", "snapshot", "is_simulated"),
        )
        read_only_fields = ("created", "edition", "ranking", "snapshot", "is_simulated")

    def get_author(self, selection) -> str:
        return selection.author.get_full_name() or selection.author.get_username()

    def validate_weights(self, weights):
        if unknown := sorted(set(weights) - set(CRITERIA)):
            raise serializers.ValidationError(
                _("%(name)s n’est pas un critère ; connus : %(known)s")
                % {"name": unknown[0], "known": ", ".join(CRITERIA)}
            )
        return {criterion: weights.get(criterion, 0.0) for criterion in CRITERIA}

    def validate(self, asked):
        if asked["since"] > asked["until"]:
            raise serializers.ValidationError({"until": _("until est avant since : échangez les deux mois")})
        try:
            asked["asked"] = asked_from({name: asked.pop(name, None) for name in PARAMETERS})
        except WrongAsked as error:
            raise serializers.ValidationError({error.parameter: str(error)}) from error
        return checked_weights(asked)


def checked_weights(asked):
    if not any(asked["weights"].values()):
        raise serializers.ValidationError(
            {"weights": _("Tous les poids sont à zéro : montez-en au moins un.")}
        )
    return asked
