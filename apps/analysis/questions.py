"""
What may be asked at /analyse/, checked here and only here: for page, API and command alike.

A question is JSON (schema version 1): one to three steps, each "what" features stand in a relation to "of"
others; then by what the features of the last step are grouped, and what is measured. What is left out takes
the value shown here, so that the same question has one text.
"""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.analysis import shapes
from apps.analysis.features import AREA_LAYERS, GROUNDS, LEVEL_NAMES, has_geometry, layer_of
from apps.runs.asking import StrictSerializer, choice, filled, plain
from geo.vocabulary import EventSource, Pcode
from layers.catalogue import LAYERS
from layers.declaration import FieldType, Geometry

VERSION = 1

MOST_STEPS, MOST_BY, MOST_FILTERS, MOST_AREAS = 3, 2, 8, 60
LONGEST_KM = 500
MOST_NEAREST = 10

WITHIN, CONTAINS, INTERSECTS, TOUCHES = "within", "contains", "intersects", "touches"
WITHIN_KM, BEYOND_KM, NEAREST = "within_km", "beyond_km", "nearest"
SHARE_OF_AREA, SHARE_OF_PEOPLE = "share_of_area", "share_of_people"
RELATIONS = (
    WITHIN,
    CONTAINS,
    INTERSECTS,
    TOUCHES,
    WITHIN_KM,
    BEYOND_KM,
    NEAREST,
    SHARE_OF_AREA,
    SHARE_OF_PEOPLE,
)
SHARES = (SHARE_OF_AREA, SHARE_OF_PEOPLE)
OF_DISTANCE = (WITHIN_KM, BEYOND_KM)
COUNTED_RELATIONS = (WITHIN, CONTAINS, INTERSECTS, TOUCHES, WITHIN_KM)
"""Those of which `at_least` and `first` ask how many are related."""

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "contains", "known", "unknown")
OF_TEXT = ("=", "!=", "in", "contains", "known", "unknown")
WITHOUT_VALUE = ("known", "unknown")

COUNT, SUM, MEAN, DISTINCT, RATE = "count", "sum", "mean", "distinct", "rate"
AREA, PEOPLE, SHARE = "area", "people", "share"
MEASURES = (COUNT, SUM, MEAN, DISTINCT, RATE, AREA, PEOPLE, SHARE)
MONTH, YEAR = "month", "year"
TIMES = (MONTH, YEAR)
NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def refused(member, message, /, **about):
    """Return the refusal of one member of a question, in words."""
    return serializers.ValidationError({member: message % about if about else message})


class Value(serializers.Field):
    """Any JSON value: what it must be follows from the field that it is compared with."""

    def to_internal_value(self, told):
        return told


class PcodeField(serializers.CharField):
    def to_internal_value(self, told):
        try:
            return str(Pcode(super().to_internal_value(told)))
        except ValueError:
            raise serializers.ValidationError(
                _("%(text)s n’est pas un P-code : attendu ML et 2, 4 ou 6 chiffres") % {"text": told}
            ) from None


class ConditionSerializer(StrictSerializer):
    field = serializers.CharField(max_length=60)
    op = choice(OPERATORS)
    value = Value(required=False, default=None, allow_null=True)


class FeaturesSerializer(StrictSerializer):
    """Features of a layer, those a step kept, a selection of areas, or a shape."""

    layer = choice(GROUNDS, required=False)
    step = serializers.IntegerField(min_value=1, max_value=MOST_STEPS, required=False)
    where = ConditionSerializer(many=True, required=False, max_length=MOST_FILTERS)
    areas = serializers.ListField(child=PcodeField(), required=False, max_length=MOST_AREAS)
    since = serializers.DateField(required=False, allow_null=True)
    until = serializers.DateField(required=False, allow_null=True)
    last_months = serializers.IntegerField(min_value=1, max_value=600, required=False, allow_null=True)
    shape = serializers.DictField(required=False)
    name = serializers.CharField(max_length=120, required=False, allow_blank=True)

    def validate(self, told):
        told = {name: value for name, value in told.items() if value is not None}
        if "layer" in told:
            return _features_of_layer(told)
        return _features_elsewhere(told)


def _features_of_layer(told):
    _only(told, "layer", "where", "areas", "since", "until", "last_months")
    layer = LAYERS[told["layer"]]
    if {"since", "until", "last_months"} & set(told) and not layer.time_field:
        raise refused("since", _("Les rangées de « %(layer)s » n’ont pas de date."), layer=title(layer))
    if "last_months" in told and {"since", "until"} & set(told):
        raise refused("last_months", _("Dites des mois ou deux jours, pas les deux."))
    if told.get("since") and told.get("until") and told["since"] > told["until"]:
        raise refused("since", _("Le premier jour est après le dernier."))
    if told.get("areas") and not GROUNDS[layer.name].is_placed:
        raise refused("areas", _("Les rangées de « %(layer)s » n’ont pas de lieu."), layer=title(layer))
    where = sorted((_condition(layer, each) for each in told.get("where", ())), key=str)
    dates = {name: told[name] for name in ("since", "until", "last_months") if name in told}
    return {"layer": layer.name, "where": where, "areas": sorted(set(told.get("areas", ()))), **dates}


def _features_elsewhere(told):
    if "step" in told:
        _only(told, "step")
        return told
    if "shape" in told:
        _only(told, "shape", "name")
        return {"shape": shapes.checked(told["shape"]), "name": told.get("name", "")}
    if told.get("areas"):
        _only(told, "areas")
        return {"areas": sorted(set(told["areas"]))}
    raise refused("layer", _("Dites une couche, une étape d’avant, des unités ou un tracé."))


def _only(told, *names):
    if unknown := sorted(set(told) - set(names)):
        raise refused(
            unknown[0], _("« %(name)s » ne va pas avec « %(with)s »."), name=unknown[0], **{"with": names[0]}
        )


def title(layer):
    return layer.title.in_language(get_language() or "fr")


def field_of(layer, name, *, member="field"):
    """Return the declared field of a layer; raises ValidationError that tells those it has."""
    found = next((each for each in layer.fields if each.name == name), None)
    if found is None:
        raise refused(
            member,
            _("« %(layer)s » n’a pas de champ %(name)s ; connus : %(known)s"),
            layer=title(layer),
            name=name,
            known=", ".join(layer.field_names),
        )
    return found


def _condition(layer, told):
    field, op = field_of(layer, told["field"]), told["op"]
    if op in WITHOUT_VALUE:
        return {"field": field.name, "op": op}
    if (field.type in (FieldType.STRING, FieldType.BOOLEAN) or field.several) and op not in OF_TEXT:
        raise refused("op", _("%(op)s ne se demande que de nombres et de dates."), op=op)
    if op == "contains" and field.type is not FieldType.STRING:
        raise refused("op", _("« contains » ne se demande que de textes."))
    if op != "in":
        return {"field": field.name, "op": op, "value": _value(field, told["value"], op)}
    values = told["value"]
    if not isinstance(values, list) or not 0 < len(values) <= MOST_AREAS:
        raise refused("value", _("« in » attend une liste de 1 à %(most)s valeurs."), most=MOST_AREAS)
    return {"field": field.name, "op": op, "value": sorted({_value(field, each, op) for each in values})}


CHECKS = {
    FieldType.INTEGER: serializers.IntegerField(),
    FieldType.NUMBER: serializers.FloatField(),
    FieldType.DATE: serializers.DateField(),
    FieldType.BOOLEAN: serializers.BooleanField(),
    FieldType.STRING: serializers.CharField(max_length=300),
}


def _value(field, told, op):
    try:
        value = CHECKS[field.type].run_validation(told)
    except serializers.ValidationError as error:
        raise refused("value", f"{field.name} {op} : {error.detail[0]}") from None
    if field.choices and op in ("=", "!=", "in") and str(value) not in field.choices:
        raise refused(
            "value",
            _("%(name)s n’a pas la valeur %(value)s ; connues : %(known)s"),
            name=field.name,
            value=str(value)[:60],
            known=", ".join(field.choices),
        )
    return value.isoformat() if isinstance(value, date) else value


class RelationSerializer(StrictSerializer):
    kind = choice(RELATIONS)
    km = serializers.FloatField(min_value=0, max_value=LONGEST_KM, required=False, allow_null=True)
    count = serializers.IntegerField(min_value=1, max_value=MOST_NEAREST, required=False, allow_null=True)
    at_least = serializers.IntegerField(min_value=1, max_value=100_000, required=False, allow_null=True)
    first = serializers.IntegerField(min_value=1, max_value=1000, required=False, allow_null=True)

    def validate(self, told):
        kind = told["kind"]
        km, count, at_least = told.get("km"), told.get("count"), told.get("at_least")
        if kind in OF_DISTANCE and km is None:
            raise refused("km", _("Dites à combien de kilomètres."))
        if km is not None and kind not in (*OF_DISTANCE, *SHARES):
            raise refused("km", _("Des kilomètres ne vont pas avec « %(kind)s »."), kind=kind)
        if count is not None and kind != NEAREST:
            raise refused("count", _("« count » va avec « nearest », et seulement avec lui."))
        if at_least is not None and kind not in COUNTED_RELATIONS:
            raise refused("at_least", _("« at_least » ne va pas avec « %(kind)s »."), kind=kind)
        if told.get("first") is not None and kind not in (*COUNTED_RELATIONS, *SHARES):
            raise refused("first", _("« first » ne va pas avec « %(kind)s »."), kind=kind)
        return {
            "kind": kind,
            **({"km": km} if km is not None else {}),
            **({"count": count or 1} if kind == NEAREST else {}),
            **({"at_least": at_least or 1} if kind in COUNTED_RELATIONS else {}),
            **({"first": told["first"]} if told.get("first") else {}),
        }


class StepSerializer(StrictSerializer):
    what = FeaturesSerializer()
    relation = RelationSerializer(required=False, allow_null=True)
    of = FeaturesSerializer(required=False, allow_null=True)

    def validate(self, told):
        relation, of = told.get("relation"), told.get("of")
        if "shape" in told["what"] or set(told["what"]) == {"areas"}:
            raise refused("what", _("Ce qui est demandé est une couche, ou ce qu’une étape a gardé."))
        if (relation is None) != (of is None):
            raise refused("of", _("Une relation va avec ce à quoi elle se rapporte, et seulement avec lui."))
        return {"what": told["what"], "relation": relation, "of": of}


class MeasureSerializer(StrictSerializer):
    kind = choice(MEASURES)
    field = serializers.CharField(max_length=60, required=False, allow_null=True)


class KeepSerializer(StrictSerializer):
    at_least = serializers.FloatField(required=False, allow_null=True)
    first = serializers.IntegerField(min_value=1, max_value=1000, required=False, allow_null=True)

    def validate(self, told):
        told = {name: value for name, value in told.items() if value is not None}
        if len(told) != 1:
            raise refused("first", _("Dites « at_least » ou « first »."))
        return told


class EventsSerializer(StrictSerializer):
    source = choice(EventSource, required=False, allow_null=True, default=None)
    until = serializers.DateField(required=False, allow_null=True, default=None)
    known_at = serializers.CharField(max_length=40, required=False, allow_null=True, default=None)


class QuestionSerializer(StrictSerializer):
    version = serializers.IntegerField(min_value=VERSION, max_value=VERSION, default=VERSION)
    steps = StepSerializer(many=True, min_length=1, max_length=MOST_STEPS)
    by = serializers.ListField(child=serializers.CharField(max_length=60), max_length=MOST_BY, default=list)
    measure = MeasureSerializer(required=False, allow_null=True, default=None)
    keep = KeepSerializer(required=False, allow_null=True, default=None)
    events = EventsSerializer(required=False, allow_null=True, default=None)
    edition = serializers.CharField(max_length=60, allow_null=True, default=None)

    def validate(self, told):
        told = told | {"events": told["events"] or filled(EventsSerializer, {})}
        for number, step in enumerate(told["steps"], start=1):
            _check_step(told, number, step)
        if len(set(told["by"])) != len(told["by"]):
            raise refused("by", _("La même chose est demandée deux fois."))
        told["by"] = [_by(told, name) for name in told["by"]]
        if told["keep"] and not told["by"]:
            raise refused("keep", _("« keep » garde des groupes : dites par quoi grouper."))
        told["measure"] = _measure(told)
        return told


def _check_step(told, number, step):
    for side in ("what", "of"):
        earlier = (step[side] or {}).get("step")
        if earlier is not None and earlier >= number:
            raise refused("step", _("L’étape %(step)s ne vient pas avant celle-ci."), step=earlier)
    if step["relation"] is None:
        return
    kind = step["relation"]["kind"]
    what = layer_of(told, step["what"])
    _need_geometry(what)
    of = layer_of(told, step["of"])
    if of is not None:
        _need_geometry(of)
    what_is_area = what.geometry is Geometry.AREA
    of_is_area = of.geometry is Geometry.AREA if of else _has_surface(step["of"])
    if kind in (CONTAINS, *SHARES) and not what_is_area:
        raise refused("kind", _("« %(kind)s » se demande d’unités : régions, cercles, communes."), kind=kind)
    if kind == TOUCHES and not (what_is_area and of_is_area):
        raise refused("kind", _("Seules des surfaces se touchent."))
    if kind == WITHIN and not of_is_area:
        raise refused("kind", _("Rien ne tient dans un point : demandez à combien de kilomètres."))
    if kind in SHARES and not of_is_area and not step["relation"].get("km"):
        raise refused("km", _("Un point ne couvre rien : dites jusqu’à combien de kilomètres."))


def _need_geometry(layer):
    if not has_geometry(layer):
        raise refused("layer", _("« %(layer)s » est un tableau, sans lieu sur la carte."), layer=title(layer))


def _has_surface(of):
    return "shape" not in of or "Polygon" in _types(of["shape"])


def _types(shape):
    """Return the types of a GeoJSON geometry, and of those it collects, as one text."""
    return " ".join([str(shape.get("type")), *(_types(each) for each in shape.get("geometries", ()))])


def _by(told, name):
    layer = layer_of(told, told["steps"][-1]["what"])
    ground = GROUNDS[layer.name]
    if name in LEVEL_NAMES:
        if not (ground.areas or getattr(ground, name)):
            raise refused(
                "by", _("« %(layer)s » n’est pas placée par %(level)s."), layer=title(layer), level=name
            )
    elif name in TIMES:
        if not layer.time_field:
            raise refused("by", _("Les rangées de « %(layer)s » n’ont pas de date."), layer=title(layer))
    else:
        field_of(layer, name, member="by")
    return name


def _measure(told):
    """Return what is measured: without groups and measure None, the features are listed."""
    measure = told["measure"] or ({"kind": COUNT} if told["by"] else None)
    if measure is None:
        return None
    kind, name = measure["kind"], measure.get("field")
    step = told["steps"][-1]
    layer = layer_of(told, step["what"])
    ground = GROUNDS[layer.name]
    if kind in (SUM, MEAN, DISTINCT) and not name:
        raise refused("field", _("Dites de quel champ."))
    if name and kind not in (SUM, MEAN, DISTINCT, RATE):
        raise refused("field", _("Un champ ne va pas avec « %(kind)s »."), kind=kind)
    if name and kind != DISTINCT and field_of(layer, name).type not in NUMBERS:
        raise refused("field", _("%(name)s n’est pas un nombre."), name=name)
    if name:
        field_of(layer, name)
    if kind == RATE and not set(told["by"]) & set(AREA_NAMES):
        raise refused(
            "measure",
            _("Un taux se rapporte aux habitants d’unités : groupez par région, cercle ou commune."),
        )
    if kind == AREA and ground.level is None:
        raise refused("measure", _("Seules des unités ont une superficie."))
    if kind == PEOPLE and not ground.people:
        raise refused("measure", _("Des habitants se comptent de localités ou d’unités."))
    if kind == SHARE and (step["relation"] or {}).get("kind") not in SHARES:
        raise refused("measure", _("Une part va avec « share_of_area » ou « share_of_people »."))
    return {"kind": kind, **({"field": name} if name else {})}


AREA_NAMES = tuple(level.name.lower() for level in AREA_LAYERS)


def checked(told):
    """Return the question that this JSON value asks, whole and checked; raises ValidationError in words."""
    return plain(filled(QuestionSerializer, told))
