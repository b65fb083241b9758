"""Events that may lie near a place: known to a unit alone that the limit reaches. Told, never counted."""

import pytest

from tests import small_country
from tests.analysis.asking import answer, features, step, told
from tests.coverage.inhabited import planned
from tests.small_country import event

pytestmark = pytest.mark.django_db

IN_ALPHA, IN_BETA = (-4.5, 13.25), (-3.1, 13.25)
"""The second is 10.8 km west of Gamma."""


@pytest.fixture(scope="module", autouse=True)
def country(lasting):
    """A work in Alpha and one in Bêta, an event at each; three known to Ouest, to Gamma, to the country."""
    with lasting():
        small_country.make()
        planned(*IN_ALPHA, code="INF901")
        planned(*IN_BETA, code="INF902")
        small_country.happened(
            event(*IN_ALPHA),
            event(*IN_BETA),
            event(-4.9, 13.9, geo_precision=5),
            event(-2.1, 13.9, geo_precision=4),
            event(-3.5, 13.9, geo_precision=6),
        )


def near_works(km, **about):
    return answer(step(features("planned_works"), "within_km", features("events", **about), km=km))


def test_an_event_of_a_region_may_be_near_every_place_in_it_and_one_of_the_country_near_any():
    found = near_works(5)
    assert told(found, "related", "infra_id") == {"INF901": 1, "INF902": 1}
    assert told(found, "related_low", "infra_id") == {"INF901": 1, "INF902": 1}
    assert told(found, "related_high", "infra_id") == {"INF901": 3, "INF902": 2}


def test_an_event_of_a_cercle_may_be_near_a_place_that_is_so_near_to_the_cercle():
    assert told(near_works(10), "related_high", "infra_id")["INF902"] == 2
    assert told(near_works(11), "related_high", "infra_id")["INF902"] == 3


def test_without_imprecise_events_the_most_is_what_is_counted():
    exact = [{"field": "geo_precision", "op": "=", "value": 1}]
    found = near_works(11, where=exact)
    assert told(found, "related_high", "infra_id") == told(found, "related", "infra_id")
