"""
What may be asked of a back-test, checked here and only here: for page, API and command alike.

A question names a ready-made case, or gives a question of targeting and the day it was known. What a case
says is filled in, so that the question kept is whole, and asks the same whatever becomes of the cases.
"""

from datetime import date

from django.utils.translation import gettext as _
from rest_framework import serializers

from apps.runs.asking import StrictSerializer, choice, filled
from apps.targeting import ready_made
from apps.targeting.questions import MOST_DRAWS, QuestionSerializer
from apps.targeting.questions import question as targeting_question
from apps.targeting.ready_made import CASES, three_years_to
from apps.targeting.runs import programme_zones
from geo.robustness import DRAWS, SEED
from geo.vocabulary import ZoneLogic

OWN = "own"
"""The case of who gives a question."""

NATIONAL, PROGRAMME = "national", "programme"
ZONES = (NATIONAL, PROGRAMME)
"""One ranking of every cercle, or the zones of the programme in the regions where it chose."""


class BacktestSerializer(StrictSerializer):
    case = choice([*CASES, OWN])
    zones = choice(ZONES, default=PROGRAMME)
    question = QuestionSerializer(allow_null=True, default=None)
    until = serializers.DateField(allow_null=True, default=None)
    logics = serializers.ListField(child=choice(ZoneLogic), allow_null=True, default=None)
    reduced_to = serializers.IntegerField(min_value=1, allow_null=True, default=None)
    alone_since = serializers.DateField(allow_null=True, default=None)
    draws = serializers.IntegerField(min_value=100, max_value=MOST_DRAWS, default=DRAWS)
    seed = serializers.IntegerField(min_value=0, max_value=2**31, default=SEED)

    def validate(self, told):
        if told["case"] == OWN:
            for name in ("question", "until"):
                if told[name] is None:
                    raise serializers.ValidationError(
                        {name: _("Sans cas tout prêt, donnez la question et le jour jusqu’où l’on savait.")}
                    )
        if told["question"] and told["question"]["level"] != "cercle":
            raise serializers.ValidationError(
                {"question": _("Le choix réel est un choix de cercles : level = cercle.")}
            )
        return told


def question(told):
    """Return the question that this JSON value asks, whole and checked; raises ValidationError."""
    checked = filled(BacktestSerializer, told)
    case = CASES.get(checked["case"])
    until = checked["until"] or case.until
    logics = checked["logics"] or (case.logics if case else tuple(ZoneLogic))
    asked = told.get("question") or _of_case(logics, until, checked["zones"])
    return {
        "case": checked["case"],
        "zones": checked["zones"],
        "question": targeting_question(asked),
        "until": until.isoformat(),
        "logics": [ZoneLogic(each).value for each in logics],
        "reduced_to": checked["reduced_to"] or (case and case.reduced_to),
        "alone_since": _first_day(checked["alone_since"], until),
        "draws": checked["draws"],
        "seed": checked["seed"],
    }


def _first_day(told: date | None, until):
    return (told or three_years_to(until)).isoformat()


def _of_case(logics, until, zones):
    of_logics = programme_zones([ZoneLogic(each) for each in logics])
    if zones == NATIONAL:
        return ready_made.backtest_national(
            sum(number for _regions, number in of_logics.values()), until=until
        )
    return ready_made.backtest_of_zones(of_logics, until=until)
