"""Runs of the small country, to be printed."""

import pytest

from apps.runs.services import run_now
from apps.targeting.questions import question
from apps.targeting.runs import KIND
from tests import small_country
from tests.small_country import event

DAYS = {"since": "2020-01-01", "until": "2020-12-31"}
VIOLENCE = {"key": "violence", "indicator": "violent_events", "weight": 3, **DAYS}
PEOPLE = {"key": "people", "indicator": "people", "weight": 1}
NAME = "Essai du petit pays"


def asked(**about):
    zone = {"key": "all", "criteria": [VIOLENCE, PEOPLE]}
    return question({"zones": [zone], "rules": {"number": 1}, "robustness": {"draws": 200}} | about)


def run_of(told, **about):
    return run_now(KIND, told, **{"name": NAME, "is_public": True} | about)


@pytest.fixture
def country(db):
    small_country.make()
    small_country.people(Alpha=100_000, Bêta=50_000, Gamma=200_000)
    # Violent events: Alpha 2, Bêta 1, Gamma 1.
    small_country.happened(
        event(-4.5, 13.5), event(-4.5, 13.4), event(-3.5, 13.5, geo_precision=2), event(-2.5, 13.5)
    )


@pytest.fixture
def run(country):
    """Alpha, first by both criteria, is chosen of three."""
    return run_of(asked())
