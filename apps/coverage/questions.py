"""What may be asked of coverage, read from query parameters: for page, API and download alike."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from geo.coverage import LONGEST_LIMIT_KM, SHORTEST_LIMIT_KM
from geo.vocabulary import CoverageSense, InstitutionFamily, InstitutionKind, Level

USUAL_LIMITS_KM = (10, 30, 60)
"""Offered beside a distance of one's own. Our choice."""

DEFAULT_LIMIT_KM = 30
LONGEST_MINUTES = 1440
"""A day on the way."""
DEFAULT_FAMILY = InstitutionFamily.POLICE
"""Asked when nothing is: the family with the most rows in the registers we know."""

LEVELS = {level.name.lower(): level for level in Level}


@dataclass(frozen=True)
class CoverageQuestion:
    """
    Who is within `limit_km` of an institution of one of `kinds` that counts on `day`?

    `with_periodic` matters to the functional sense only: an institution that works by periods counts.
    """

    kinds: tuple[InstitutionKind, ...]
    sense: CoverageSense
    limit_km: float
    day: date
    with_periodic: bool = False
    with_works: bool = False
    level: Level = Level.CERCLE

    def including_works(self):
        return replace(self, with_works=True)

    def leaving_works_out(self):
        return replace(self, with_works=False)

    def as_parameters(self):
        """Return the query parameters that ask this very question, for links and downloads."""
        return {
            "kinds": ",".join(self.kinds),
            "sense": self.sense.value,
            "limit_km": f"{self.limit_km:g}",
            "day": self.day.isoformat(),
            "periodic": "true" if self.with_periodic else "false",
            "works": "true" if self.with_works else "false",
            "level": self.level.name.lower(),
        }


def kinds_of(family):
    """Return the kinds of institution of a family."""
    return tuple(kind for kind in InstitutionKind if kind.family is InstitutionFamily(family))


@extend_schema_field({"type": "string", "example": "police,ti"})
class KindsField(serializers.Field):
    """Kinds of institution, separated by commas or given one by one; a family stands for all its kinds."""

    def get_value(self, dictionary):
        given = dictionary.getlist(self.field_name)
        return ",".join(given) if given else serializers.empty

    def to_internal_value(self, text):
        families = {family.value: kinds_of(family) for family in InstitutionFamily}
        known = families | {kind.value: (kind,) for kind in InstitutionKind}
        words = [word for word in text.split(",") if word]
        for word in words:
            if word not in known:
                raise serializers.ValidationError(
                    _("kinds = %(word)s : sorte d’institution inconnue ; connues : %(known)s")
                    % {"word": word, "known": ", ".join(known)}
                )
        asked = {kind for word in words for kind in known[word]}
        if not asked:
            raise serializers.ValidationError(_("Choisissez au moins une sorte d’institution."))
        return tuple(kind for kind in InstitutionKind if kind in asked)


class CoverageSerializer(serializers.Serializer):
    """The parameters of a question of coverage."""

    kinds = KindsField(required=False, default=kinds_of(DEFAULT_FAMILY))
    sense = serializers.ChoiceField(
        [sense.value for sense in CoverageSense], required=False, default=CoverageSense.NOMINAL.value
    )
    limit_km = serializers.DecimalField(
        max_digits=6,
        decimal_places=3,
        min_value=SHORTEST_LIMIT_KM,
        max_value=LONGEST_LIMIT_KM,
        required=False,
        default=DEFAULT_LIMIT_KM,
    )
    day = serializers.DateField(required=False)
    periodic = serializers.BooleanField(required=False, default=False)
    works = serializers.BooleanField(required=False, default=False)
    level = serializers.ChoiceField(list(LEVELS), required=False, default="cercle")


def question(parameters, *, today):
    """
    Return the question that these query parameters (a QueryDict) ask; raises ValidationError.

    Its keys name the parameters. `today` is the day meant where none is given. A comma for the decimals
    of the distance is read as in French.
    """
    _refuse_unknown(parameters)
    asked = parameters.copy()
    if "limit_km" in asked:
        asked["limit_km"] = asked["limit_km"].replace(",", ".")
    for name in [name for name, value in asked.items() if value == "" and name != "kinds"]:
        del asked[name]
    serializer = CoverageSerializer(data=asked)
    serializer.is_valid(raise_exception=True)
    told = serializer.validated_data
    return CoverageQuestion(
        kinds=told["kinds"],
        sense=CoverageSense(told["sense"]),
        limit_km=float(told["limit_km"]),
        day=told.get("day", today),
        with_periodic=told["periodic"],
        with_works=told["works"],
        level=LEVELS[told["level"]],
    )


@dataclass(frozen=True)
class Move:
    """An institution thought to stand elsewhere: degrees, EPSG:4326; by time where `minutes` are asked."""

    institution: int
    longitude: float
    latitude: float
    minutes: float | None = None


class MoveSerializer(serializers.Serializer):
    """Which institution, and where it is thought to stand."""

    institution = serializers.IntegerField(min_value=1)
    lon = serializers.FloatField(min_value=-180, max_value=180)
    lat = serializers.FloatField(min_value=-90, max_value=90)
    minutes = serializers.FloatField(
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
        help_text="by travel time, for who is signed in: the worker answers (state, until it has)",
    )


def move(parameters, *, today):
    """Return the question and the `Move` that these query parameters ask; raises ValidationError."""
    asked = parameters.copy()
    told = {name: (asked.pop(name, None) or [""])[-1] for name in MoveSerializer().fields}
    if not told["minutes"]:
        del told["minutes"]
    numbers = {name: value.replace(",", ".") for name, value in told.items()}
    serializer = MoveSerializer(data=numbers)
    serializer.is_valid(raise_exception=True)
    place = serializer.validated_data
    return question(asked, today=today), Move(
        place["institution"], place["lon"], place["lat"], place.get("minutes")
    )


def _refuse_unknown(parameters):
    known = [*CoverageSerializer().fields, "lang"]
    for name, values in parameters.lists():
        if name not in known:
            raise serializers.ValidationError(
                {name: _("Paramètre inconnu. Connus : %(known)s") % {"known": ", ".join(sorted(known))}}
            )
        if len(values) > 1 and name != "kinds":
            raise serializers.ValidationError({name: _("Donné deux fois : gardez une seule valeur")})
