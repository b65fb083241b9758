"""
What may be asked of siting, checked here and only here: for page, API and command alike.

A question is JSON: what to build, among which places, at what cost, within which budget, so that the most
people come within reach? What is left out takes the value shown here, so that the same question has one text.
"""

from datetime import date

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.coverage.questions import kinds_of
from apps.coverage.studies.questions import CHAIN, DEFAULT_LIMIT, KM, LONGEST, MEASURES
from apps.coverage.studies.questions import number as between
from apps.programme.models import YEARS
from apps.runs.asking import StrictSerializer, choice, filled, plain
from geo.vocabulary import CoverageSense, InstitutionFamily, InstitutionKind, SettlementClass

METHOD = 1
"""Counted up when the method changes: two answers of two methods may differ for that alone."""

CERCLE_SEATS, COMMUNE_SEATS, SETTLEMENTS, POINTS = "cercle_seats", "commune_seats", "settlements", "points"
CANDIDATES = (CERCLE_SEATS, COMMUNE_SEATS, SETTLEMENTS, POINTS)
"""Among which places: the seats of cercles are the programme's rule."""

PEOPLE, VIOLENCE, CHAINS = "people", "violence", "chains"
OBJECTIVES = (PEOPLE, VIOLENCE, CHAINS)

PEOPLE_YEARS, END = "people_years", "end"
COUNTED = (PEOPLE_YEARS, END)
"""With a budget a year: people count in each year in which they are covered, or once, at the end."""

NONE = "none"
SENSES = (*CoverageSense, NONE)
"""What stands already counts by the register, if it works, or not at all."""

JPCE_TO_TI, REHABILITATE = "jpce_to_ti", "rehabilitate"
UPGRADES = (JPCE_TO_TI, REHABILITATE)

BUILT = tuple(kind for family in (*CHAIN, InstitutionFamily.SUPPORT) for kind in kinds_of(family))

MOST_POINTS, MOST_DRAWS = 200, 200
DRAWS, SEED = 30, 2026
LEAST_PEOPLE = 10_000
"""Of the settlements that are candidates when nobody says: a small town. Our choice."""

KEY = r"^[A-Za-z0-9_:.\-]{1,80}$"


def dollars(**about):
    return serializers.FloatField(min_value=0, max_value=1e10, **about)


class Reasons(serializers.DictField):
    """P-codes or keys of candidates, each with the reason why."""

    child = serializers.CharField(max_length=300, allow_blank=True)


class PointSerializer(StrictSerializer):
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    longitude = between(-180, 180)
    latitude = between(-90, 90)


class CandidatesSerializer(StrictSerializer):
    of = choice(CANDIDATES, default=CERCLE_SEATS)
    least_people = serializers.IntegerField(min_value=0, allow_null=True, default=None)
    least_rank = serializers.ChoiceField(
        [each.value for each in SettlementClass], allow_null=True, default=None
    )
    """The lowest rank that is taken: 4 takes seats of communes and above."""
    points = PointSerializer(many=True, allow_null=True, default=None, max_length=MOST_POINTS)

    def validate(self, told):
        if (told["of"] == POINTS) != bool(told["points"]):
            raise serializers.ValidationError(
                {"points": _("Des lieux dessinés vont avec « points », et seulement avec eux.")}
            )
        if told["of"] != SETTLEMENTS and (told["least_people"] is not None or told["least_rank"]):
            raise serializers.ValidationError(
                {"least_people": _("Une taille va avec « settlements », et seulement avec eux.")}
            )
        return told


class ExistingSerializer(StrictSerializer):
    sense = choice(SENSES, default=CoverageSense.NOMINAL.value)
    day = serializers.DateField(allow_null=True, default=None)


class QuestionSerializer(StrictSerializer):
    kinds = serializers.ListField(
        child=choice(BUILT), allow_empty=False, default=[InstitutionKind.COMMISSARIAT.value]
    )
    upgrades = serializers.ListField(child=choice(UPGRADES), default=list)
    counts = serializers.ListField(child=choice(InstitutionKind), allow_null=True, default=None)
    """The kinds of which an institution covers people; None: all of the families of what is built."""
    candidates = CandidatesSerializer(default=dict)
    costs = serializers.DictField(child=dollars(), default=dict)
    """By kind, upgrade or key of a candidate; what is not told is the programme's."""
    budget = dollars(allow_null=True, default=None)
    number = serializers.IntegerField(min_value=0, max_value=1000, allow_null=True, default=None)
    share = between(0, 1, allow_null=True, default=None)
    years = serializers.DictField(child=dollars(), allow_null=True, default=None)
    counted = choice(COUNTED, default=PEOPLE_YEARS)
    measure = choice(MEASURES, default=KM)
    limit = between(1, max(LONGEST.values()), allow_null=True, default=None)
    objective = choice(OBJECTIVES, default=PEOPLE)
    floors = serializers.DictField(child=serializers.IntegerField(min_value=0), default=dict)
    must = Reasons(default=dict)
    must_not = Reasons(default=dict)
    exclude = Reasons(default=dict)
    order = serializers.BooleanField(default=False)
    existing = ExistingSerializer(default=dict)
    draws = serializers.IntegerField(min_value=0, max_value=MOST_DRAWS, allow_null=True, default=DRAWS)
    seed = serializers.IntegerField(min_value=0, max_value=2**31, allow_null=True, default=SEED)
    edition = serializers.CharField(max_length=60, allow_null=True, default=None)

    def validate_candidates(self, told):
        return told or filled(CandidatesSerializer, {})

    def validate_existing(self, told):
        return told or filled(ExistingSerializer, {})

    def validate_years(self, told):
        known = {str(year) for year in YEARS}
        if told and (unknown := sorted(set(told) - known)):
            raise serializers.ValidationError(
                _("%(year)s n’est pas une année du programme : attendu %(known)s.")
                % {"year": unknown[0], "known": ", ".join(sorted(known))}
            )
        return told

    def validate(self, told):
        _bounded(told)
        measure = told["measure"]
        if (told["limit"] or 0) > LONGEST[measure]:
            raise serializers.ValidationError(
                {"limit": _("Au plus %(most)g %(unit)s.") % {"most": LONGEST[measure], "unit": measure}}
            )
        if told["objective"] == CHAINS and not {
            InstitutionKind(kind).family for kind in told["kinds"]
        } <= set(CHAIN):
            raise serializers.ValidationError(
                {"kinds": _("Un guichet n’est pas un maillon de la chaîne pénale : ôtez-le.")}
            )
        return told


def _bounded(told):
    """Refuse a question that nothing bounds, or that two aims pull apart."""
    bounds = [name for name in ("budget", "number", "years", "share") if told[name] is not None]
    if not bounds:
        raise serializers.ValidationError(
            {"budget": _("Dites un budget, un nombre de sites, des budgets par an ou une part à atteindre.")}
        )
    if "share" in bounds and len(bounds) > 1:
        raise serializers.ValidationError(
            {"share": _("Une part à atteindre cherche le moindre coût : ôtez le budget ou le nombre.")}
        )
    if "years" in bounds and "budget" in bounds:
        raise serializers.ValidationError(
            {"years": _("Un budget par an et un budget en tout ne vont pas ensemble : gardez l’un des deux.")}
        )


def question(told, *, today: date):
    """
    Return the question that this JSON value asks, whole and checked; raises ValidationError.

    `today` is the day meant where none is given.
    """
    asked = filled(QuestionSerializer, told)
    existing = asked["existing"]
    candidates = dict(asked["candidates"])
    if (
        candidates["of"] == SETTLEMENTS
        and candidates["least_people"] is None
        and not candidates["least_rank"]
    ):
        candidates["least_people"] = LEAST_PEOPLE
    return plain(
        asked
        | {
            "kinds": _in_order(asked["kinds"]),
            "upgrades": sorted(set(asked["upgrades"])),
            "counts": asked["counts"] and _in_order(asked["counts"]),
            "candidates": candidates,
            "limit": asked["limit"] or DEFAULT_LIMIT[asked["measure"]],
            "existing": {**existing, "day": existing["day"] or today},
            "draws": DRAWS if asked["draws"] is None else asked["draws"],
            "seed": SEED if asked["seed"] is None else asked["seed"],
        }
    )


def _in_order(words):
    return [kind.value for kind in InstitutionKind if kind in set(words)]


def links_of(asked):
    """Return {family: kinds that count} of what must be within reach: of the chain, or of what is built."""
    counts = [InstitutionKind(kind) for kind in asked["counts"] or InstitutionKind]
    usual = CHAIN if asked["objective"] == CHAINS else {each: kinds_of(each) for each in _families(asked)}
    told = {
        family: tuple(kind for kind in counts if kind.family is family) if asked["counts"] else kinds
        for family, kinds in usual.items()
    }
    # What is built always counts for its own family.
    built = [InstitutionKind(kind) for kind in asked["kinds"]]
    return {
        family.value: kinds or tuple(kind for kind in built if kind.family is family)
        for family, kinds in told.items()
    }


def _families(asked):
    families = {InstitutionKind(kind).family for kind in asked["kinds"]}
    if JPCE_TO_TI in asked["upgrades"]:
        families.add(InstitutionFamily.COURT)
    return [family for family in InstitutionFamily if family in families]
