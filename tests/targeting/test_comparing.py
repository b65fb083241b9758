"""Runs of the small country side by side, by hand."""

import json

import pytest

from apps.targeting.comparing import Comparison, NotComparable
from tests import small_country
from tests.targeting import deciding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        deciding.country()


def compared(*runs):
    return Comparison([json.loads(run.answer) for run in runs])


def test_who_is_in_and_on_how_many_runs_agree():
    told = compared(deciding.by_violence(), deciding.by_people(), deciding.by_people("Encore"))
    by_name = {area["name"]: area for area in told.areas()}
    assert {name: area["chosen_by"] for name, area in by_name.items()} == {"Alpha": 1, "Bêta": 0, "Gamma": 2}
    assert told.consensus() == [1, 1, 1, 0]
    assert [cell["change"] for cell in by_name["Gamma"]["cells"]] == ["", "enters", "enters"]
    assert [cell["change"] for cell in by_name["Alpha"]["cells"]] == ["", "leaves", "leaves"]
    assert told.changes(1) == (["ML9202"], ["ML9101"])
    assert told.changes(0) == ([], [])


def test_people_and_events_of_the_chosen():
    told = compared(deciding.by_violence(), deciding.by_people())
    assert (told.figures(0)["people"], told.figures(0)["events"]) == (100_000, 2)
    assert (told.figures(1)["people"], told.figures(1)["events"]) == (200_000, 1)
    assert told.figures(1)["events_of"] == told.figures(1)["areas"] == 1
    assert told.figures(1)["cost"] is None


def test_a_rate_tells_the_number_of_events_and_an_answer_without_either_tells_none():
    rate = {"key": "rate", "indicator": "violent_per_100k", "weight": 1, **deciding.DAYS}
    people = {"key": "people", "indicator": "people", "weight": 1}
    zones = [{"key": "all", "criteria": [rate]}], [{"key": "all", "criteria": [people]}]
    told = compared(*(deciding.by_violence(zones=each) for each in zones))
    # 2 for 100 000 in Alpha (and in Bêta, which comes after it).
    assert told.figures(0)["events"] == 2
    assert (told.figures(1)["events"], told.figures(1)["events_of"]) == (None, 0)


def test_out_of_a_question_is_not_left_out():
    west = [{"key": "all", "regions": ["ML91"], "criteria": deciding.asked(1, 0)["zones"][0]["criteria"]}]
    told = compared(deciding.by_people(), deciding.by_violence(zones=west))
    gamma = next(area for area in told.areas() if area["name"] == "Gamma")
    assert gamma["cells"][1] is None
    assert (gamma["chosen_by"], gamma["ranked_by"]) == (1, 1)


def test_what_cannot_stand_side_by_side_says_why():
    with pytest.raises(NotComparable, match="échelons"):
        compared(deciding.by_violence(), deciding.by_violence(level="commune"))
    run = deciding.by_violence()
    small_country.make("Autre édition")
    with pytest.raises(NotComparable, match="éditions différentes"):
        compared(run, deciding.by_violence())
