"""What checks questions of every kind of run: strict, and plain once checked. Light: pages call it."""

from django.utils.translation import gettext as _
from rest_framework import serializers


def choice(names, **about):
    return serializers.ChoiceField([str(name) for name in names], **about)


class StrictSerializer(serializers.Serializer):
    """Refuses what it does not know: a word misspelt would silently ask something else."""

    def to_internal_value(self, told):
        if not isinstance(told, dict):
            raise serializers.ValidationError({"non_field_errors": _("Attendu : un objet JSON.")})
        unknown = sorted(set(told) - set(self.fields))
        if unknown:
            raise serializers.ValidationError(
                {
                    unknown[0]: _("Champ inconnu ; connus : %(known)s")
                    % {"known": ", ".join(sorted(self.fields))}
                }
            )
        return super().to_internal_value(told)


def filled(serializer_class, told):
    serializer = serializer_class(data=told)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def plain(value):
    """Return checked values as JSON holds them: days as ISO 8601, tuples as lists."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
