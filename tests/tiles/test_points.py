"""Tiles of points: the larger settlements first, places, edges of tiles."""

import pytest
from django.contrib.gis.geos import Point

from apps.boundaries.models import Settlement
from apps.sources.models import Load
from layers.sources_toml import Contents
from tests import small_country
from tests.tiles.reading import features

pytestmark = pytest.mark.django_db

TOWNS = {
    "Chef-lieu": (3, -4.5, 13.5),
    "Bourg": (4, -4.4, 13.5),
    "Village": (5, -4.3, 13.5),
    "Sans rang": (None, -4.2, 13.5),
}


@pytest.fixture(autouse=True, scope="module")
def country(lasting):
    with lasting():
        small_country.make()
        Settlement.objects.all().delete()
        load = small_country.recorded(Load.Kind.SETTLEMENTS, Contents.SETTLEMENTS)
        for name, (rank, longitude, latitude) in TOWNS.items():
            settle(load, name, rank, longitude, latitude)


def settle(load, name, rank, longitude, latitude):
    return Settlement.objects.create(
        load=load,
        name=name,
        source_id=name,
        settlement_class=rank,
        location=Point(longitude, latitude, srid=4326),
    )


def names(client, address):
    response = client.get(f"/tiles/{address}.mvt")
    return {each.properties["name"] for each in features(response.content, "settlements")}


def test_seats_come_first_and_villages_last(client):
    assert names(client, "settlements/4/7/7") == {"Chef-lieu"}
    assert names(client, "settlements/5/15/14") == {"Chef-lieu", "Bourg"}
    assert names(client, "settlements/6/31/29") == {"Chef-lieu", "Bourg"}
    assert names(client, "settlements/7/62/59") == set(TOWNS)


def test_a_tile_at_the_edge_of_the_world_holds_its_places(client):
    assert names(client, "settlements/1/0/0") == {"Chef-lieu"}


def test_a_place_lies_where_the_projection_puts_it(client):
    found = features(client.get("/tiles/settlements/7/62/59.mvt").content, "settlements")
    town = next(each for each in found if each.properties["name"] == "Chef-lieu")
    # 175.5 of 360 degrees are 62.4 of 128 tiles; 13.5 degrees north lie 59.155 of them from the north.
    assert town.parts == [[(round(0.4 * 4096), 635)]]
    assert town.id == Settlement.objects.get(name="Chef-lieu").pk


def test_a_place_at_the_edge_of_two_tiles_is_drawn_by_both(client):
    # -5.625 degrees are exactly 62 of 128 tiles from the west.
    load = Settlement.objects.first().load
    settle(load, "Bord", 5, -5.625, 13.5)
    assert "Bord" in names(client, "settlements/7/62/59")
    assert "Bord" in names(client, "settlements/7/61/59")
    assert "Bord" not in names(client, "settlements/7/60/59")


def test_places_are_asked_by_their_filters(client):
    assert names(client, "settlements/7/62/59") == set(TOWNS)
    response = client.get("/tiles/settlements/7/62/59.mvt?settlement_class=3,5")
    found = {each.properties["name"] for each in features(response.content, "settlements")}
    assert found == {"Chef-lieu", "Village"}
