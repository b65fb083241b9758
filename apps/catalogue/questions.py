"""The parameters of a layer, checked: an unknown or malformed one is an error that names it."""

from dataclasses import dataclass
from datetime import date

from django.contrib.gis.geos import Polygon
from django.utils.translation import gettext as _
from rest_framework import serializers

from geo.vocabulary import AccessClass, Pcode
from layers.declaration import FieldType, Geometry

MOST_ROWS = 30_000
DETAILS = ("full", "high", "medium", "low")
DEFAULT_DETAIL = "medium"


class BoxField(serializers.Field):
    """`west,south,east,north` in degrees, as in RFC 7946."""

    def to_internal_value(self, text):
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            raise self._malformed(text) from None
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise self._malformed(text)
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = 4326
        return box

    @staticmethod
    def _malformed(text):
        return serializers.ValidationError(
            _("bbox = %(text)s : attendu ouest,sud,est,nord en degrés, par exemple -5,13,-3,15")
            % {"text": text}
        )


class PcodesField(serializers.Field):
    """P-codes separated by commas, each kept once: rows in any of these areas."""

    def to_internal_value(self, text):
        return tuple(dict.fromkeys(map(self._pcode, text.split(","))))

    @staticmethod
    def _pcode(text):
        try:
            return Pcode(text)
        except ValueError:
            raise serializers.ValidationError(
                _("%(text)s n’est pas un P-code : attendu ML et 2, 4 ou 6 chiffres") % {"text": text}
            ) from None


class FieldNames(serializers.Field):
    """Names of fields, separated by commas, all of them declared."""

    def __init__(self, declared, **options):
        self.declared = declared
        super().__init__(**options)

    def to_internal_value(self, text):
        names = text.split(",")
        for name in names:
            if name not in self.declared:
                raise serializers.ValidationError(
                    _("fields = %(name)s : ce champ n’existe pas ; connus : %(known)s")
                    % {"name": name, "known": ", ".join(self.declared)}
                )
        return [name for name in self.declared if name in names]


@dataclass(frozen=True)
class Question:
    """What a reader asks of a layer."""

    layer: object
    fields: tuple
    equal: dict
    bbox: Polygon | None = None
    region: tuple = ()
    cercle: tuple = ()
    since: date | None = None
    until: date | None = None
    limit: int = MOST_ROWS
    offset: int = 0
    detail: str = DEFAULT_DETAIL
    readable: tuple = (AccessClass.PUBLIC,)
    """The access classes of rows that the reader may see, where each row has its own."""

    @property
    def is_whole(self):
        """Tell whether this asks for every row, the same for every reader: such bodies are kept."""
        return (
            not (
                self.layer.has_access_by_row
                or self.equal
                or self.bbox
                or self.region
                or self.cercle
                or self.since
                or self.until
                or self.offset
            )
            and self.limit == MOST_ROWS
        )


def question_serializer(layer):
    """Return a serializer for the parameters of this layer."""
    fields = {
        **{place: PcodesField(required=False) for place in layer.asked_within},
        "fields": FieldNames(layer.field_names, required=False),
        "limit": serializers.IntegerField(
            required=False, min_value=1, max_value=MOST_ROWS, default=MOST_ROWS
        ),
        "offset": serializers.IntegerField(required=False, min_value=0, default=0),
    }
    if layer.geometry is not Geometry.TABLE:
        fields["bbox"] = BoxField(required=False)
    if layer.geometry is Geometry.AREA:
        fields["detail"] = serializers.ChoiceField(DETAILS, required=False, default=DEFAULT_DETAIL)
    if layer.time_field:
        fields["since"] = serializers.DateField(required=False)
        fields["until"] = serializers.DateField(required=False)
    fields |= {each.name: _equality(each) for each in layer.filters}
    return type(f"{layer.name}_question", (serializers.Serializer,), fields)


def _equality(field):
    if field.choices:
        return serializers.ChoiceField(list(field.choices), required=False)
    if field.type is FieldType.INTEGER:
        return serializers.IntegerField(required=False)
    return serializers.CharField(required=False, max_length=200)


def question(layer, parameters, *, readable=(AccessClass.PUBLIC,), without=()):
    """
    Return the question that these query parameters (a QueryDict) ask; raises ValidationError.

    `readable` are the access classes that its reader may see, for layers whose rows have each their own;
    `without` names parameters that are not to be given here.
    """
    serializer = question_serializer(layer)(data=parameters.dict())
    _refuse_unknown(parameters, [name for name in serializer.fields if name not in without])
    serializer.is_valid(raise_exception=True)
    asked = dict(serializer.validated_data)
    equal = {each.name: asked.pop(each.name) for each in layer.filters if each.name in asked}
    names = tuple(asked.pop("fields", layer.field_names))
    if asked.get("since") and asked.get("until") and asked["since"] > asked["until"]:
        raise serializers.ValidationError({"until": _("until est avant since : échangez les deux dates")})
    return Question(layer=layer, fields=names, equal=equal, readable=tuple(readable), **asked)


def _refuse_unknown(parameters, known):
    for name, values in parameters.lists():
        if name == "lang":
            continue
        if name not in known:
            raise serializers.ValidationError(
                {name: _("Paramètre inconnu. Connus : %(known)s") % {"known": ", ".join(sorted(known))}}
            )
        if len(values) > 1:
            raise serializers.ValidationError({name: _("Donné deux fois : gardez une seule valeur")})
