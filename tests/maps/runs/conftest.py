"""Runs in the small country, whose scores can be made by hand."""

import json

import pytest

from apps.runs.services import run_now
from apps.targeting import runs
from apps.targeting.questions import question
from tests import small_country
from tests.small_country import event

DAYS = {"since": "2020-01-01", "until": "2020-12-31"}
VIOLENCE = {"key": "violence", "indicator": "violent_events", "weight": 3, **DAYS}
PEOPLE = {"key": "people", "indicator": "people", "weight": 1}


@pytest.fixture(scope="module")
def country(lasting):
    """
    Violence 2, 1, 1 in Alpha, Bêta, Gamma (three quarters), people 100, 50, 200 thousand (a quarter).

    Scores: Alpha 83.33, Gamma 25, Bêta 0.
    """
    with lasting():
        small_country.make()
        small_country.people(Alpha=100_000, Bêta=50_000, Gamma=200_000)
        small_country.happened(event(-4.5, 13.5), event(-4.5, 13.4), event(-3.5, 13.5), event(-2.5, 13.5))


def answered(criteria=(VIOLENCE, PEOPLE), *, rules=None, zones=None, name="Essai", **about):
    """Ask a question of these criteria and rules, and answer it."""
    told = {"zones": zones or [{"key": "all", "criteria": list(criteria)}]}
    told |= {"rules": rules or {"number": 1}, "robustness": {"draws": 200}}
    return run_now(runs.KIND, question(told), name=name, **about)


@pytest.fixture
def run(country, db):
    return answered


@pytest.fixture
def answer(run):
    return lambda *args, **about: json.loads(run(*args, **about).answer)


@pytest.fixture(scope="module")
def done(country, lasting):
    """A run of the usual question, once for all tests of a module."""
    with lasting():
        return answered(name="Un essai")
