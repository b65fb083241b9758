"""Settlements as arrays say what the database says."""

import numpy as np
import pytest

from apps.boundaries.models import Settlement
from apps.coverage.ground import Ground
from apps.coverage.models import SettlementReach
from geo.vocabulary import Level
from tests import small_country
from tests.coverage.inhabited import live, stands

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def four_villages(lasting):
    with lasting():
        small_country.make()
        live((-4.9, 13.2, 3), (-4.5, 13.4), (-3.2, 13.5), (-2.4, 13.6))
        small_country.people(Alpha=900)


def test_people_areas_and_ranks_are_those_stored():
    ground = Ground.now()
    assert ground.pks.tolist() == sorted(Settlement.objects.values_list("pk", flat=True))
    told = SettlementReach.objects.order_by("settlement_id")
    assert ground.cercle.tolist() == [each or 0 for each in told.values_list("cercle_id", flat=True)]
    assert np.nansum(ground.people) == 900
    assert np.isnan(ground.people[-1])  # its cercle has no figure: unknown, not nobody
    assert ground.settlement_class.tolist() == [3, 5, 5, 5]
    assert {ground.areas[pk]["level"] for pk in ground.of_level(Level.REGION).tolist()} == {Level.REGION}


def test_distances_are_those_that_postgis_measured():
    stands(-4.7, 13.3)
    ground = Ground.now()
    stored = dict(SettlementReach.objects.values_list("settlement_id", "metres"))
    measured = ground.nearest([(-4.7, 13.3)]).tolist()
    for pk, metres in zip(ground.pks.tolist(), measured, strict=True):
        kept = stored[pk][0] if stored[pk] else None  # nothing within the longest limit
        assert kept == metres if kept is not None else metres > 100_000
    assert sum(metres <= 100_000 for metres in measured) == 2
    (near,) = ground.metres_between([(-4.7, 13.3)], limit_km=max(measured[:2]) / 1000)
    assert near.indices.tolist() == [0, 1]


def test_a_country_without_settlements_is_empty_ground():
    Settlement.objects.all().delete()
    ground = Ground.now()
    assert len(ground) == 0
    assert ground.nearest([(-4.7, 13.3)]).tolist() == []
