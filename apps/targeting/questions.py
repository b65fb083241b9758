"""
What may be asked of targeting, checked here and only here: for page, API and command alike.

A question is JSON. Zones hold the cercles ranked together with their criteria; rules say how many may be
chosen and which; robustness says what is drawn. What is left out takes the value shown here, so that the same
question has one text.
"""

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.runs.asking import StrictSerializer, choice, filled, plain
from apps.targeting.indicators import INDICATORS
from geo.aggregating import Aggregation
from geo.normalising import Direction, Normalisation, Scale
from geo.robustness import DRAWS, SEED
from geo.vocabulary import EventSource, InstitutionKind

MOST_ZONES, MOST_CRITERIA, MOST_DRAWS = 6, 12, 50_000
"""Bounds on one question: what a table and a map can still show, what a worker answers in seconds."""

LEVELS = ("cercle", "commune")

EXCLUDE, REGION_MEDIAN, VALUE = "exclude", "region_median", "value"
MISSING = (EXCLUDE, REGION_MEDIAN, VALUE)
"""What is done with an area of which a criterion is not known: no score, or a value that is filled in."""

KEY = r"^[a-z][a-z0-9_]{0,39}$"


def interval():
    """Return a field for two numbers, or none."""
    return serializers.ListField(
        child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True, default=None
    )


class CriterionSerializer(StrictSerializer):
    key = serializers.RegexField(KEY)
    indicator = choice(INDICATORS)
    weight = serializers.FloatField(min_value=0, max_value=100)
    since = serializers.DateField(allow_null=True, default=None)
    until = serializers.DateField(allow_null=True, default=None)
    table = serializers.SlugField(max_length=60, allow_null=True, default=None)
    run = serializers.RegexField(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", required=False)
    """Of siting. Left out where it is not told: questions asked before keep their text."""
    threshold = serializers.FloatField(min_value=0, allow_null=True, default=None)
    kinds = serializers.ListField(child=choice(InstitutionKind), allow_null=True, default=None)
    limit_km = serializers.FloatField(min_value=0.001, max_value=1000, allow_null=True, default=None)
    direction = choice(Direction, default=Direction.MORE.value)
    band = interval()
    normalisation = choice(Normalisation, default=Normalisation.MIN_MAX.value)
    bounds = interval()
    logged = serializers.BooleanField(default=False)
    missing = choice(MISSING, default=EXCLUDE)
    fill = serializers.FloatField(allow_null=True, default=None)

    def validate(self, told):
        indicator = INDICATORS[told["indicator"]]
        if told["since"] and told["until"] and told["since"] > told["until"]:
            raise serializers.ValidationError({"since": _("La période finit avant de commencer.")})
        for name, why in indicator.needs.items():
            if told.get(name) is None:
                raise serializers.ValidationError({name: why})
        if (told["missing"] == VALUE) != (told["fill"] is not None):
            raise serializers.ValidationError(
                {
                    "fill": _(
                        "Une valeur de remplacement va avec « une valeur à dire », et seulement avec elle."
                    )
                }
            )
        if wrong := dict(_wrong_scale(told)):
            raise serializers.ValidationError(wrong)
        return told


def _wrong_scale(told):
    """Yield (field, what is wrong) of a scale that means nothing, as `geo.normalising.Scale` refuses it."""
    band, bounds = told["band"], told["bounds"]
    if told["direction"] == Direction.BAND and band is None:
        yield "band", _("Donnez les deux limites de la bande.")
    elif told["direction"] != Direction.BAND and band:
        yield "band", _("Une bande va avec la direction « le mieux dans une bande », et seulement avec elle.")
    if bounds and told["normalisation"] != Normalisation.MIN_MAX:
        yield "bounds", _("Des bornes fixes vont avec le minimum et le maximum : ôtez-les, ou choisissez-le.")
    elif bounds and not bounds[0] < bounds[1]:
        yield "bounds", _("La borne basse doit être sous la borne haute.")
    elif band and bounds and not bounds[0] <= min(band) <= max(band) <= bounds[1]:
        yield "band", _("La bande doit tenir entre les bornes fixes.")
    if band and band[0] > band[1]:
        yield "band", _("La bande finit avant de commencer : échangez ses deux limites.")
    if told["logged"] and any(limit < 0 for limit in (*(bounds or ()), *(band or ()))):
        yield "logged", _("Un nombre négatif n’a pas de logarithme : changez les limites, ou ôtez-le.")


class ZoneSerializer(StrictSerializer):
    key = serializers.RegexField(KEY)
    title = serializers.CharField(max_length=120, allow_blank=True, default="")
    regions = serializers.ListField(child=serializers.CharField(max_length=8), allow_null=True, default=None)
    areas = serializers.ListField(child=serializers.CharField(max_length=8), allow_null=True, default=None)
    number = serializers.IntegerField(min_value=0, allow_null=True, default=None)
    aggregation = choice(Aggregation, default=Aggregation.ARITHMETIC.value)
    criteria = CriterionSerializer(many=True, allow_empty=False, max_length=MOST_CRITERIA)

    def validate_criteria(self, criteria):
        _once(each["key"] for each in criteria)
        if not any(each["weight"] for each in criteria):
            raise serializers.ValidationError(_("Tous les poids sont nuls : relevez-en au moins un."))
        return criteria


class Reasons(serializers.DictField):
    """P-codes, each with the reason why."""

    child = serializers.CharField(max_length=300)


def numbers_by_region():
    return serializers.DictField(child=serializers.IntegerField(min_value=0), default=dict)


class RulesSerializer(StrictSerializer):
    number = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    budget = serializers.FloatField(min_value=0, allow_null=True, default=None)
    cost = serializers.FloatField(min_value=0, allow_null=True, default=None)
    costs = serializers.DictField(child=serializers.FloatField(min_value=0), default=dict)
    floors = numbers_by_region()
    ceilings = numbers_by_region()
    must = Reasons(default=dict)
    must_not = Reasons(default=dict)
    no_access = Reasons(default=dict)

    def validate(self, told):
        if told["budget"] is not None and told["cost"] is None:
            raise serializers.ValidationError(
                {"cost": _("Un budget demande le coût d’un cercle : donnez-le.")}
            )
        return told


class RobustnessSerializer(StrictSerializer):
    draws = serializers.IntegerField(min_value=100, max_value=MOST_DRAWS, default=DRAWS)
    seed = serializers.IntegerField(min_value=0, max_value=2**31, default=SEED)
    concentration = serializers.FloatField(min_value=1, max_value=10_000, allow_null=True, default=30.0)
    normalisations = serializers.ListField(
        child=choice(Normalisation), default=lambda: [each.value for each in Normalisation]
    )
    aggregations = serializers.ListField(
        child=choice(Aggregation), default=lambda: [each.value for each in Aggregation]
    )
    imprecise = serializers.BooleanField(default=True)
    missing = serializers.BooleanField(default=True)


class QuestionSerializer(StrictSerializer):
    level = choice(LEVELS, default="cercle")
    edition = serializers.CharField(max_length=60, allow_null=True, default=None)
    source = choice(EventSource, allow_null=True, default=None)
    events_until = serializers.DateField(allow_null=True, default=None)
    known_at = serializers.DateTimeField(allow_null=True, default=None)
    zones = ZoneSerializer(many=True, allow_empty=False, max_length=MOST_ZONES)
    rules = RulesSerializer(default=dict)
    robustness = RobustnessSerializer(default=dict)

    def validate_rules(self, told):
        return told or filled(RulesSerializer, {})

    def validate_robustness(self, told):
        return told or filled(RobustnessSerializer, {})

    def validate_zones(self, zones):
        _once(each["key"] for each in zones)
        whole = [each["key"] for each in zones if each["regions"] is None and each["areas"] is None]
        if len(zones) > 1 and whole:
            raise serializers.ValidationError(
                _("La zone « %(zone)s » ne dit pas ses cercles : nommez ses régions.") % {"zone": whole[0]}
            )
        return zones


def _once(keys):
    seen = set()
    for key in keys:
        if key in seen:
            raise serializers.ValidationError(_("« %(key)s » est dit deux fois.") % {"key": key})
        seen.add(key)


def question(told):
    """Return the question that this JSON value asks, whole and checked; raises ValidationError."""
    return plain(filled(QuestionSerializer, told))


def scale_of(criterion):
    """Return how the values of a criterion of a question are read; raises ValueError."""
    return Scale(
        Normalisation(criterion["normalisation"]),
        Direction(criterion["direction"]),
        criterion["bounds"] and tuple(criterion["bounds"]),
        criterion["band"] and tuple(criterion["band"]),
        criterion["logged"],
    )
