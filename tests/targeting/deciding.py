"""Runs of the small country that choose one cercle each, to compare and to adopt."""

from apps.runs.services import run_now
from apps.targeting import runs
from apps.targeting.questions import question
from tests import small_country
from tests.small_country import event

DAYS = {"since": "2020-01-01", "until": "2020-12-31"}


def country(*, simulated=False):
    """People: Alpha 100, Bêta 50, Gamma 200 thousand. Violent events: Alpha 2, Bêta 1, Gamma 1."""
    small_country.make()
    small_country.people(Alpha=100_000, Bêta=50_000, Gamma=200_000)
    small_country.happened(
        event(-4.5, 13.5, fatalities=1),
        event(-4.5, 13.4),
        event(-3.5, 13.5, fatalities=3),
        event(-2.5, 13.5),
        simulated=simulated,
    )


def asked(violence, people, **about):
    """Return a question that weighs the number of violent events and people, and chooses one cercle."""
    criteria = [
        {"key": "violence", "indicator": "violent_events", "weight": violence, **DAYS},
        {"key": "people", "indicator": "people", "weight": people},
    ]
    told = {"zones": [{"key": "all", "criteria": criteria}], "rules": {"number": 1}}
    return question(told | {"robustness": {"draws": 200}} | about)


def by_violence(name="Violence", **about):
    """Return a run that chooses Alpha."""
    return run_now(runs.KIND, asked(1, 0, **about), name=name)


def by_people(name="Population", **about):
    """Return a run that chooses Gamma."""
    return run_now(runs.KIND, asked(0, 1, **about), name=name)
