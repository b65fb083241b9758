"""Rows of documents as layers, on the stand-in of the real country."""

import pytest

from apps.boundaries.models import Area
from apps.infrastructure.models import Fact

pytestmark = pytest.mark.django_db

FACTS = "/api/layers/institution_facts.geojson"


def properties(client, address):
    response = client.get(f"/api/layers/{address}")
    assert response.status_code == 200, response.content
    return [feature["properties"] for feature in response.json()["features"]]


@pytest.fixture
def koro():
    return Area.objects.cercles().get(name="Koro")


def test_the_works_of_a_cercle_are_those_told_of_it(client, koro):
    works = properties(client, f"planned_works.geojson?cercle={koro.pcode}")
    assert [work["infra_id"] for work in works] == ["INF02", "INF12", "INF21"]
    assert {work["areas"] for work in works} == {koro.pcode}
    assert {work["place_told"] for work in works} == {"seat"}


def test_a_region_has_the_rows_of_its_cercles_and_its_own(client, koro):
    region = properties(client, f"planned_works.geojson?region={koro.parent.pcode}")
    assert {"Koro", "Djenné", "Bankass", "Mopti"} <= {work["place"] for work in region}
    assert len({work["infra_id"] for work in region}) == len(region)


def test_a_row_told_of_two_cercles_comes_once(client, koro):
    fact = Fact.objects.filter(areas=koro).first()
    fact.areas.add(other := Area.objects.cercles().get(name="Bankass"))
    both, here, there = (
        [row["id"] for row in client.get(f"{FACTS}?cercle={told}").json()["features"]]
        for told in (f"{koro.pcode},{other.pcode}", koro.pcode, other.pcode)
    )
    assert both.count(fact.pk) == 1
    assert sorted(both) == sorted({*here, *there})


def test_a_mechanism_has_a_point_and_its_kind(client):
    rows = properties(client, "peace_mechanisms.geojson?mechanism=cndh_antenna")
    assert rows
    assert {row["mechanism"] for row in rows} == {"cndh_antenna"}
    every = properties(client, "institution_facts.geojson")
    assert len(every) == 111
    assert len(properties(client, "peace_mechanisms.geojson")) == sum(bool(row["mechanism"]) for row in every)


def test_indicators_are_asked_by_variant(client):
    assert len(properties(client, "indicators.geojson?framework=17 cercles")) == 53


def test_a_layer_of_documents_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        properties(client, "results_2020_2021.geojson")
