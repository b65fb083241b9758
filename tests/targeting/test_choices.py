"""Ranking the small country by hand, and saving a choice."""

from datetime import date

import pytest

from apps.targeting import services
from apps.targeting.models import Selection
from tests import small_country
from tests.small_country import event

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2020, 1, 1), date(2020, 12, 31)


@pytest.fixture(autouse=True)
def country():
    small_country.make()
    small_country.people(Alpha=100_000, Bêta=50_000)
    # Per 100 000: Alpha 2 violent events and 1 death; Bêta 2 and 4.
    small_country.happened(
        event(-4.5, 13.5, fatalities=1), event(-4.5, 13.4), event(-3.5, 13.5, fatalities=2), event(-2.5, 13.5)
    )


def test_the_ranking_of_the_small_country():
    rows = services.ranked(SINCE, UNTIL, {"violent_per_100k": 0, "fatalities_per_100k": 1, "people": 1})
    # Deaths: Alpha 0, Bêta 1. People: Alpha 1, Bêta 0. Half each: a tie. Gamma has no people told.
    assert [(row["name"], row["score"], row["rank"]) for row in rows] == [
        ("Alpha", 50.0, 1),
        ("Bêta", 50.0, 1),
        ("Gamma", None, None),
    ]
    assert rows[2]["missing"] == ("fatalities_per_100k", "people")


def test_no_criterion_rests_on_the_register_of_institutions():
    assert services.CRITERIA == ("violent_per_100k", "fatalities_per_100k", "people")


def test_a_choice_keeps_its_ranking_and_the_hashes_of_its_sources(django_user_model):
    author = django_user_model.objects.create_user("planner")
    weights = {"violent_per_100k": 0, "fatalities_per_100k": 1, "people": 0}
    selection = services.save_selection(
        author, name="Essai", since=SINCE, until=UNTIL, weights=weights, cercles=["ML9201", "ML9201"]
    )
    small_country.people(Alpha=1, Bêta=1, Gamma=1)
    kept = Selection.objects.get(pk=selection.pk)
    assert kept.cercles == ["ML9201"]
    assert [row["pcode"] for row in kept.ranking] == ["ML9201", "ML9101", "ML9202"]
    assert {source["kind"] for source in kept.snapshot} >= {"boundaries", "population", "events"}
    assert all(len(source["sha256"]) == 64 for source in kept.snapshot)


def test_a_code_that_is_no_cercle_is_refused(django_user_model):
    author = django_user_model.objects.create_user("planner")
    with pytest.raises(services.UnknownCercle, match="ML0000"):
        services.save_selection(
            author, name="x", since=SINCE, until=UNTIL, weights=services.DEFAULT_WEIGHTS, cercles=["ML0000"]
        )
    assert not Selection.objects.exists()
