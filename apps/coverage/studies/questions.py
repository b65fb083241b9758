"""
What may be asked of a study of reach, checked here and only here: for page, API and command alike.

A question is JSON: who is within a time or a distance of what, counted how? What is left out takes the value
shown here, so that the same question has one text.
"""

from datetime import date

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.coverage.questions import DEFAULT_FAMILY, kinds_of
from apps.runs.asking import StrictSerializer, choice, filled, plain
from geo.functioning import PERIODIC_SHARE
from geo.reach import PEOPLE_PER_POST
from geo.vocabulary import CoverageSense, InstitutionFamily, InstitutionKind

METHOD = 1
"""Counted up when the method changes: two answers of two methods may differ for that alone."""

KM, MINUTES = "km", "minutes"
MEASURES = (KM, MINUTES)

LONGEST = {KM: 100.0, MINUTES: 1440.0}
"""Of each measure: as far as distances are kept, and a day on the way."""

DEFAULT_LIMIT = {KM: 30.0, MINUTES: 120.0}
DEFAULT_LIMITS = {KM: (10.0, 30.0, 60.0), MINUTES: (30.0, 60.0, 120.0)}
"""Where bands of reach end when nobody says: readable distances, our choice."""

CLOSED, OPEN = "closed", "open"
BORDERS = (CLOSED, OPEN)

POCKET_KM = 5.0
"""
Settlements at most so far apart lie in one pocket: an hour on foot. Our choice; at 10 km nearly all that
lies beyond reach in the south of Mali is one pocket.
"""

MOST_LIMITS, MOST_DRAWS = 8, 1000
DRAWS, SEED = 200, 2026

CHAIN = {
    InstitutionFamily.POLICE: (
        InstitutionKind.COMMISSARIAT,
        InstitutionKind.BRIGADE,
        InstitutionKind.POLICE_NOT_TOLD,
    ),
    InstitutionFamily.COURT: (
        InstitutionKind.TGI,
        InstitutionKind.TI,
        InstitutionKind.JPCE,
        InstitutionKind.COURT_NOT_TOLD,
    ),
    InstitutionFamily.PRISON: (InstitutionKind.EPES, InstitutionKind.PRISON_NOT_TOLD),
}
"""
The criminal chain of an ordinary case, in its order. Military and specialised courts and brigades serve the
whole country and are no link of it. Our choice.
"""


def number(least, most, **about):
    return serializers.FloatField(min_value=least, max_value=most, **about)


class NormSerializer(StrictSerializer):
    people_per_post = number(1, 10_000_000, default=float(PEOPLE_PER_POST))


class ViolenceSerializer(StrictSerializer):
    """Events within `km` of a settlement, from `since` to `until`; left out: the last three years known."""

    km = number(1, 100, default=20.0)
    since = serializers.DateField(allow_null=True, default=None)
    until = serializers.DateField(allow_null=True, default=None)

    def validate(self, told):
        if told["since"] and told["until"] and told["since"] > told["until"]:
            raise serializers.ValidationError({"since": _("La période finit avant de commencer.")})
        return told


class QuestionSerializer(StrictSerializer):
    day = serializers.DateField(allow_null=True, default=None)
    sense = choice(CoverageSense, default=CoverageSense.NOMINAL.value)
    kinds = serializers.ListField(
        child=choice([*InstitutionKind, *InstitutionFamily]), allow_null=True, default=None
    )
    chain = serializers.BooleanField(default=False)
    measure = choice(MEASURES, default=KM)
    limit = number(1, LONGEST[MINUTES], allow_null=True, default=None)
    limits = serializers.ListField(
        child=number(1, LONGEST[MINUTES]), max_length=MOST_LIMITS, allow_null=True, default=None
    )
    border = choice(BORDERS, default=CLOSED)
    periodic_share = number(0, 1, default=PERIODIC_SHARE)
    unknown_works = serializers.ListField(child=number(0, 1), min_length=2, max_length=2, default=[0.0, 1.0])
    with_works = serializers.BooleanField(default=False)
    norm = NormSerializer(default=dict)
    violence = ViolenceSerializer(default=dict)
    draws = serializers.IntegerField(min_value=0, max_value=MOST_DRAWS, default=DRAWS)
    seed = serializers.IntegerField(min_value=0, max_value=2**31, default=SEED)
    pocket_km = number(1, 50, default=POCKET_KM)
    edition = serializers.CharField(max_length=60, allow_null=True, default=None)

    def validate_norm(self, told):
        return told or filled(NormSerializer, {})

    def validate_violence(self, told):
        return told or filled(ViolenceSerializer, {})

    def validate_unknown_works(self, told):
        if told[0] > told[1]:
            raise serializers.ValidationError(_("La plus petite part vient d’abord."))
        return told

    def validate(self, told):
        if told["chain"] and told["kinds"]:
            raise serializers.ValidationError(
                {"kinds": _("La chaîne dit elle-même ses sortes\u00a0: ôtez-les, ou ôtez la chaîne.")}
            )
        measure = told["measure"]
        limits = {told["limit"] or DEFAULT_LIMIT[measure], *(told["limits"] or DEFAULT_LIMITS[measure])}
        if max(limits) > LONGEST[measure]:
            raise serializers.ValidationError(
                {"limit": _("Au plus %(most)g %(unit)s.") % {"most": LONGEST[measure], "unit": measure}}
            )
        return told


def question(told, *, today: date):
    """
    Return the question that this JSON value asks, whole and checked; raises ValidationError.

    `today` is the day meant where none is given.
    """
    asked = filled(QuestionSerializer, told)
    measure = asked["measure"]
    limit = asked["limit"] or DEFAULT_LIMIT[measure]
    return plain(
        asked
        | {
            "day": asked["day"] or today,
            "kinds": None if asked["chain"] else _kinds(asked["kinds"] or [DEFAULT_FAMILY]),
            "limit": limit,
            "limits": sorted({limit, *(asked["limits"] or DEFAULT_LIMITS[measure])}),
        }
    )


def _kinds(words):
    """Return the kinds that these words name, each once in the order of the vocabulary."""
    families = set(InstitutionFamily)
    named = {kind for word in words for kind in (kinds_of(word) if word in families else (word,))}
    return [kind.value for kind in InstitutionKind if kind in named]


def links_of(asked):
    """Return {key: kinds} of the links that a question asks for: of the chain, or one of all its kinds."""
    if asked["chain"]:
        return {family.value: kinds for family, kinds in CHAIN.items()}
    return {"asked": tuple(InstitutionKind(kind) for kind in asked["kinds"])}
