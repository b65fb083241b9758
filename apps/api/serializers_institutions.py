"""Institutions, their dated statuses and what is known of their register, as the API carries them."""

from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.api.serializers import PlacedSerializer
from apps.boundaries.models import Area
from apps.infrastructure.completeness import TOLD_KINDS
from apps.infrastructure.models import Institution, RegisterCompleteness, StatusReport

MALI_BOX = (-12.5, 10.0, 4.5, 25.1)
"""West, south, east, north of Mali with a tenth of a degree around: a point beyond is a mistake."""


def not_to_come(day):
    """Refuse a day after today: nobody knows it yet."""
    if day > timezone.localdate():
        raise serializers.ValidationError(
            _("%(day)s est à venir : donnez le jour où l’on savait.") % {"day": day}
        )


class InstitutionSerializer(PlacedSerializer):
    """An institution. `status_as_of` dates the status given, today unless told; its history keeps `why`."""

    status_as_of = serializers.DateField(required=False, allow_null=True, validators=[not_to_come])
    why = serializers.CharField(required=False, write_only=True, max_length=300, allow_blank=True)

    class Meta:
        model = Institution
        geo_field = "location"
        fields = (
            *("id", "name", "family", "kind", "status", "status_as_of", "why"),
            *("place_told", "same_as", "register", "source_id", "updated"),
            *("region", "cercle", "commune"),
        )
        read_only_fields = ("family", "same_as", "register", "source_id", "updated")

    def validate_location(self, location):
        west, south, east, north = MALI_BOX
        if not isinstance(location, Point):
            raise serializers.ValidationError(_("Un point est attendu, de forme GeoJSON (RFC 7946)."))
        if not (west <= location.x <= east and south <= location.y <= north):
            raise serializers.ValidationError(
                _("Ce point est hors du Mali : donnez longitude puis latitude, par exemple [-4.2, 14.5]")
            )
        return location


class StatusReportSerializer(serializers.ModelSerializer):
    """How an institution worked at a date. `from_document` tells a document's words from a data keeper's."""

    why = serializers.CharField(max_length=300)
    as_of = serializers.DateField(validators=[not_to_come])
    from_document = serializers.SerializerMethodField()

    class Meta:
        model = StatusReport
        fields = (
            *("id", "institution", "status", "as_of", "as_of_told", "relocated_to", "share_of_days", "words"),
            *("why", "reported_at", "from_document"),
        )
        read_only_fields = ("reported_at",)

    def get_from_document(self, report) -> bool:
        return report.fact_id is not None


class CompletenessSerializer(serializers.ModelSerializer):
    """How complete the register is for a kind in a cercle. What has no row is unknown."""

    cercle = serializers.SlugRelatedField("pcode", queryset=Area.objects.cercles().select_related("parent"))
    kind = serializers.ChoiceField([kind.value for kind in TOLD_KINDS])
    as_of = serializers.DateField(validators=[not_to_come])

    class Meta:
        model = RegisterCompleteness
        fields = ("id", "cercle", "cercle_name", "region_name", "kind", "state", "as_of", "why", "set_at")
        read_only_fields = ("cercle_name", "region_name", "set_at")
        validators = []  # a judgement takes the place of the former one
